//! How it is known that a fee reduction holds, as shown.

use domain::{
    ids::PaperId,
    payments::fees::{Confirmation, Proof},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::render::pick;
use crate::extract::Language;

/// Where the proof of a reduction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProofKind {
    /// A paper of the dossier, see `paper_id`.
    Paper,
    /// A database that was asked.
    Database,
    /// A paper that an officer was shown.
    SeenByOfficer,
    /// What an officer was shown, in the officer's words.
    ConfirmedByOfficer,
    /// The level of the account that filed.
    Account,
    /// The dossier itself: how it was filed.
    Dossier,
    /// An answer of the form held against the day of filing, see `form_field`.
    FormAnswer,
}

/// The proof of a reduction.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProofView {
    /// Where it is.
    pub kind: ProofKind,
    /// In words; what the officer wrote down, if that is the proof.
    #[schema(max_length = 300)]
    pub text: String,
    /// The paper.
    pub paper_id: Option<PaperId>,
    /// The answer, as a JSON Pointer into the form's answers.
    #[schema(max_length = 64, example = "/child_birth_date")]
    pub form_field: Option<String>,
}

impl ProofView {
    /// The proof, in the reader's language.
    pub fn of(proof: &Proof, language: Language) -> Self {
        let (kind, sentence) = told(proof);
        let plain = Self {
            kind,
            text: pick(language, sentence),
            paper_id: None,
            form_field: None,
        };
        match proof {
            Proof::Paper(paper) => Self {
                paper_id: Some(*paper),
                ..plain
            },
            Proof::Database(name) => Self {
                text: name.clone(),
                ..plain
            },
            Proof::Confirmed(Confirmation { by: _, shown }) => Self {
                text: shown.reveal().clone(),
                ..plain
            },
            Proof::FormAnswer(field) => Self {
                form_field: Some(field.clone()),
                ..plain
            },
            Proof::SeenBy(_) | Proof::Account | Proof::Dossier => plain,
        }
    }
}

/// Where the proof is, and the sentence for it where the proof has no words of its own.
const fn told(proof: &Proof) -> (ProofKind, (&'static str, &'static str)) {
    match proof {
        Proof::Paper(_) => (
            ProofKind::Paper,
            ("Giấy tờ trong hồ sơ.", "A paper of the dossier."),
        ),
        Proof::Database(_) => (ProofKind::Database, ("", "")),
        Proof::SeenBy(_) => (
            ProofKind::SeenByOfficer,
            (
                "Giấy tờ đã xuất trình cho cán bộ tiếp nhận.",
                "A paper shown to the receiving officer.",
            ),
        ),
        Proof::Confirmed(_) => (ProofKind::ConfirmedByOfficer, ("", "")),
        Proof::Account => (
            ProofKind::Account,
            (
                "Mức độ của tài khoản định danh đã nộp hồ sơ.",
                "The level of the account that filed.",
            ),
        ),
        Proof::Dossier => (
            ProofKind::Dossier,
            ("Cách nộp hồ sơ.", "How the dossier was filed."),
        ),
        Proof::FormAnswer(_) => (
            ProofKind::FormAnswer,
            (
                "Ngày khai trong tờ khai, so với ngày nộp hồ sơ.",
                "The day given in the form, held against the day of filing.",
            ),
        ),
    }
}
