//! What clients see of a dossier.

use chrono::NaiveDate;
use domain::{
    dossiers::{Assistance, Channel, Command, Delivery, State},
    ids::{
        AgencyId, DossierId, FileId, MandateId, ObligationId, OfficerId, PaperId, ResultDocumentId,
        SupplementId,
    },
    money::Dong,
    papers::{CopyKind, Origin, ScanState},
    payments::{ObligationState, fees::CollectedAt},
    procedures::PaperKey,
    results::Outcome,
    supplements::{MissingReason, SecondRoundReason, SupplementStatus},
    time::Time,
};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::{helping::HelperView, party::PartyView, proof::ProofView, wire::GroupCode};

/// A dossier in full: one answer for one screen.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierView {
    /// Its id.
    pub id: DossierId,
    /// Counts changes; send it back as `If-Match: "v<version>"`.
    #[schema(minimum = 1)]
    pub version: i64,
    /// The mandate it was drafted under.
    pub mandate_id: Option<MandateId>,
    /// Where it stands.
    pub state: State,
    /// The state in words.
    #[schema(max_length = 200, example = "Hồ sơ đã được tiếp nhận.")]
    pub state_text: String,
    /// What the citizen must do now, if anything.
    #[schema(max_length = 200)]
    pub must_do_now: Option<String>,
    /// The national status code, 1 to 10; none for a draft.
    #[schema(minimum = 1, maximum = 10)]
    pub national_code: Option<u8>,
    /// The official code, from submission on.
    #[schema(max_length = 40, example = "H01.38-20260211-0000042")]
    pub code: Option<String>,
    /// The second secret of public tracking, as printed on the receipt slip; null to officers.
    #[schema(max_length = 16, example = "7KQ2M9XD")]
    pub tracking_secret: Option<String>,
    /// The procedure.
    pub procedure: ProcedureBrief,
    /// The competent agency.
    pub agency: AgencyBrief,
    /// How it came in.
    pub channel: Channel,
    /// Who held the pen.
    pub assistance: Assistance,
    /// Who helped on the citizen's own phone.
    pub helped_by: Option<HelperView>,
    /// Whose matter it is.
    pub applicant: PartyView,
    /// Who submits, when that is not the applicant.
    pub submitter: Option<PartyView>,
    /// The form's answers.
    #[schema(value_type = Object)]
    pub form: Box<RawValue>,
    /// Beneficiary groups claimed; from acceptance on, those whose proof was seen.
    #[schema(max_items = 10)]
    pub claims: Vec<GroupCode>,
    /// Groups the citizen had claimed and no proof was shown for at acceptance: they lower no fee.
    #[schema(max_items = 10)]
    pub unproven_claims: Vec<GroupCode>,
    /// How the result should be handed over.
    pub delivery: Delivery,
    /// The current papers.
    #[schema(max_items = 100)]
    pub papers: Vec<PaperView>,
    /// Keys of required papers that are not there.
    #[schema(max_items = 100, value_type = Vec<PaperKey>)]
    pub missing_papers: Vec<String>,
    /// Supplement requests, by round.
    #[schema(max_items = 100)]
    pub supplements: Vec<SupplementView>,
    /// What it owes and owed.
    #[schema(max_items = 100)]
    pub obligations: Vec<ObligationView>,
    /// What is still to be paid, in dong.
    pub amount_due: Dong,
    /// Always `VND`.
    #[schema(max_length = 3, example = "VND")]
    pub currency: &'static str,
    /// Result documents.
    #[schema(max_items = 100)]
    pub results: Vec<ResultView>,
    /// The leader's decision.
    pub outcome: Option<Outcome>,
    /// When the result is due; explained at `/v1/dossiers/{dossier_id}/deadline`.
    pub due_at: Option<Time>,
    /// The business date of `due_at` in Viet Nam.
    pub due_date: Option<NaiveDate>,
    /// When it was due as accepted.
    pub original_due_at: Option<Time>,
    /// Since when the clock stands still.
    pub paused_since: Option<Time>,
    /// When it was created.
    pub created_at: Time,
    /// When it last changed.
    pub updated_at: Time,
    /// When it was filed.
    pub submitted_at: Option<Time>,
    /// Until when the desk answers what was filed online: accepts, refuses, or asks for papers.
    pub answer_due_at: Option<Time>,
    /// When it first did.
    pub answered_at: Option<Time>,
    /// To officers: until when what was accepted goes to the specialist unit, while it has not.
    pub forward_due_at: Option<Time>,
    /// To officers: until when appraisal may find papers missing (three working days of acceptance).
    pub appraisal_due_at: Option<Time>,
    /// When it was accepted.
    pub accepted_at: Option<Time>,
    /// When it was finished.
    pub finished_at: Option<Time>,
    /// When the result was handed over.
    pub returned_at: Option<Time>,
    /// To officers: whose work it is, if anybody's.
    pub assignee_id: Option<OfficerId>,
    /// What the caller could do now. `extend_deadline` and `reopen` are proposed and approved by two.
    #[schema(max_items = 40)]
    pub offered: Vec<Command>,
}

/// A procedure, named.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureBrief {
    /// The national code.
    #[schema(max_length = 8, example = "2.000635")]
    pub code: String,
    /// The version the dossier lives by.
    #[schema(minimum = 1)]
    pub version: u32,
    /// Its name.
    #[schema(max_length = 300, example = "Cấp bản sao trích lục hộ tịch")]
    pub name: String,
}

/// An agency, named.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgencyBrief {
    /// Its stable id.
    pub id: AgencyId,
    /// Its name today.
    #[schema(max_length = 300)]
    pub name: String,
}

/// A paper of a dossier.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaperView {
    /// Its id.
    pub id: PaperId,
    /// Which paper of the procedure's list.
    #[schema(max_length = 64)]
    pub key: String,
    /// The file, at `/v1/files/{file_id}`.
    pub file_id: FileId,
    /// Its media type.
    #[schema(max_length = 100, example = "application/pdf")]
    pub media_type: &'static str,
    /// Its size in bytes.
    #[schema(minimum = 1)]
    pub size: i64,
    /// SHA-256 of its bytes, hexadecimal.
    #[schema(min_length = 64, max_length = 64)]
    pub sha256: String,
    /// What was handed in.
    pub copy_kind: CopyKind,
    /// How it came in.
    pub origin: Origin,
    /// When it was attached.
    pub attached_at: Time,
    /// What the virus scanner says of it.
    pub scan: ScanState,
    /// Whether a picture to look at is at `/v1/files/{file_id}/preview`; never of HEIC.
    pub has_preview: bool,
}

/// A supplement request.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplementView {
    /// Its id.
    pub id: SupplementId,
    /// Counts from 1.
    #[schema(minimum = 1)]
    pub round: u32,
    /// How it stands.
    pub status: SupplementStatus,
    /// Every missing paper.
    #[schema(max_items = 100)]
    pub items: Vec<SupplementItemView>,
    /// The legal ground.
    #[schema(max_length = 500)]
    pub legal_ground: String,
    /// Why a further round was needed.
    pub second_round_reason: Option<SecondRoundReason>,
    /// When it was asked.
    pub asked_at: Time,
    /// Until when it may be answered.
    pub reply_by: Time,
    /// When it was answered.
    pub answered_at: Option<Time>,
    /// What the citizen added in words.
    #[schema(max_length = 500)]
    pub answer_note: Option<String>,
    /// The due instant before.
    pub old_due_at: Option<Time>,
    /// The due instant after the answer.
    pub new_due_at: Option<Time>,
    /// When it was settled.
    pub closed_at: Option<Time>,
}

/// One paper asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplementItemView {
    /// The paper's key.
    #[schema(max_length = 64)]
    pub paper_key: String,
    /// The coded reason.
    pub reason: MissingReason,
    /// What exactly to do.
    #[schema(max_length = 1000)]
    pub text: String,
    /// The paper that answered it.
    pub answered_by: Option<PaperId>,
}

/// One fee.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObligationView {
    /// Its id.
    pub id: ObligationId,
    /// The code of the fee rule.
    #[schema(max_length = 64)]
    pub fee_code: String,
    /// Its name.
    #[schema(max_length = 300)]
    pub name: String,
    /// How many units.
    pub quantity: u32,
    /// By the tariff, in dong.
    pub gross: Dong,
    /// What is owed after the best reduction, in dong.
    pub net: Dong,
    /// The reduction that explains the difference.
    #[schema(max_length = 64)]
    pub reduction: Option<String>,
    /// The act and article of the reduction.
    #[schema(max_length = 500)]
    pub reduction_basis: Option<String>,
    /// How it is known that the reduction holds; null where the law asks for no proof.
    pub reduction_proof: Option<ProofView>,
    /// When it is collected.
    pub collected: CollectedAt,
    /// Where it stands.
    pub state: ObligationState,
    /// When the citizen was first asked to pay it.
    pub asked_at: Option<Time>,
    /// When it was paid.
    pub settled_at: Option<Time>,
}

/// A result document.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResultView {
    /// Its id.
    pub id: ResultDocumentId,
    /// The dossier it is the result of.
    pub dossier_id: DossierId,
    /// The number in the agency's register.
    #[schema(max_length = 60, example = "215/2026/TLKS-BS")]
    pub number: String,
    /// The date on the document.
    pub issued_on: NaiveDate,
    /// Who signed.
    #[schema(max_length = 120)]
    pub signer_name: String,
    /// Granted or declined.
    pub outcome: Outcome,
    /// The document, at `/v1/files/{file_id}`; null to the citizen until it was handed over.
    pub file_id: Option<FileId>,
    /// Its media type.
    #[schema(max_length = 100, example = "application/pdf")]
    pub media_type: &'static str,
    /// SHA-256 of its bytes, hexadecimal.
    #[schema(min_length = 64, max_length = 64)]
    pub sha256: String,
    /// When it was issued.
    pub issued_at: Time,
}
