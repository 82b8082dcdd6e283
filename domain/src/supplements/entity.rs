//! A supplement request as a full object: what is missing, why, by when, who asked, what came.

use serde::{Deserialize, Serialize, Serializer};
use utoipa::ToSchema;

use crate::{
    ids::{DossierId, OfficerId, PaperId, SupplementId},
    personal::Personal,
    time::Time,
    vocabulary,
};

vocabulary! {
    /// Why a paper is asked for.
    MissingReason {
        /// It was not handed in.
        Missing = "missing",
        /// It cannot be read.
        Unreadable = "unreadable",
        /// It has run out.
        Expired = "expired",
        /// It is not the paper that is needed.
        WrongPaper = "wrong_paper",
        /// It contradicts the form or a database.
        Inconsistent = "inconsistent",
        /// A signature or seal is missing.
        Unsigned = "unsigned",
        /// The form of the paper is not the legal one (a photocopy where a certified copy is due).
        WrongForm = "wrong_form",
        /// The data that should have replaced it could not be retrieved (decree 309/2026).
        DataUnavailable = "data_unavailable",
    }
}

vocabulary! {
    /// Why a further round is needed, although the law wants one full request.
    SecondRoundReason {
        /// The answer did not mend what was asked.
        AnswerInsufficient = "answer_insufficient",
        /// Appraisal found something that could not be seen at the desk.
        FoundInAppraisal = "found_in_appraisal",
        /// Another agency asked for it.
        AskedByOtherAgency = "asked_by_other_agency",
        /// The law changed.
        LawChanged = "law_changed",
        /// The agency overlooked it the first time.
        AgencyOversight = "agency_oversight",
    }
}

vocabulary! {
    /// How a request stands.
    SupplementStatus {
        /// Waiting for the citizen.
        Open = "open",
        /// Answered, waiting for the desk.
        Answered = "answered",
        /// The desk confirmed the answer.
        Satisfied = "satisfied",
        /// The answer did not do: the desk asked for another round instead of confirming.
        Insufficient = "insufficient",
        /// Nobody answered in time.
        Lapsed = "lapsed",
        /// The dossier ended before the desk confirmed: without an answer, or with one nobody judged.
        Void = "void",
    }
}

/// One paper asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestedItem {
    /// The paper's key in the procedure's list.
    #[schema(max_length = 64, example = "authorisation")]
    pub paper_key: String,
    /// The coded reason.
    pub reason: MissingReason,
    /// What exactly the citizen should do, in plain words.
    #[schema(min_length = 1, max_length = 1000)]
    pub text: String,
}

/// What came for one paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnsweredItem {
    /// The paper's key.
    pub paper_key: String,
    /// The paper attached since the request.
    pub paper: PaperId,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupplementAnswer {
    /// When; the law's clock runs again from here.
    pub at: Time,
    /// What came, paper by paper.
    pub items: Vec<AnsweredItem>,
    /// What the citizen adds in words, for the desk to read.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "kept"
    )]
    pub note: Option<Personal<String>>,
}

/// The note belongs to the stored answer, and nowhere else.
#[expect(
    clippy::ref_option,
    reason = "serde hands over a reference to the field"
)]
fn kept<S: Serializer>(note: &Option<Personal<String>>, serializer: S) -> Result<S::Ok, S::Error> {
    note.as_ref().map(Personal::reveal).serialize(serializer)
}

/// A supplement request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supplement {
    /// Its id.
    pub id: SupplementId,
    /// The dossier.
    pub dossier: DossierId,
    /// Counts from 1; a second round counts as overdue in the national index (decision 766, 2.1).
    pub round: u32,
    /// How it stands.
    pub status: SupplementStatus,
    /// The officer at the desk who asked: units ask through the desk (decree 61/2018, art. 5).
    pub asked_by: OfficerId,
    /// Why a further round, and which leader consented.
    pub consent: Option<(SecondRoundReason, OfficerId)>,
    /// Everything that is missing.
    pub items: Vec<RequestedItem>,
    /// The legal ground.
    pub legal_ground: String,
    /// When it was asked.
    pub asked_at: Time,
    /// Until when the citizen may answer.
    pub reply_by: Time,
    /// The due instant before the request.
    pub old_due_at: Option<Time>,
    /// The due instant after the answer.
    pub new_due_at: Option<Time>,
    /// The answer.
    pub answer: Option<SupplementAnswer>,
    /// When it was settled, one way or the other.
    pub closed_at: Option<Time>,
}

impl Supplement {
    /// Whether the citizen may still answer.
    pub fn is_open_at(&self, now: Time) -> bool {
        self.status == SupplementStatus::Open && now <= self.reply_by
    }

    /// Whether nobody answered in time.
    pub fn has_lapsed_at(&self, now: Time) -> bool {
        self.status == SupplementStatus::Open && now > self.reply_by
    }
}
