//! What a dossier contains when it is written or filed, and what a check before filing says.

use crate::{
    dossiers::{Assistance, Delivery, Dossier, Party, helping::Helper},
    papers::Paper,
    payments::fees::Claim,
    personal::Personal,
    procedures::{PaperNeed, PaperOrigin, ProcedureVersion, Quantities},
};

/// The part of a dossier that its author writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// Who held the pen.
    pub assistance: Assistance,
    /// Who helped, where somebody did on the citizen's own phone.
    pub helped_by: Option<Helper>,
    /// Whose matter it is.
    pub applicant: Party,
    /// Who submits, when that is not the applicant.
    pub submitter: Option<Party>,
    /// The form's answers, as raw JSON text.
    pub form: Personal<String>,
    /// What the fees are counted by.
    pub quantities: Quantities,
    /// Beneficiary groups claimed.
    pub claims: Vec<Claim>,
    /// How the result should be handed over.
    pub delivery: Delivery,
}

impl Contents {
    /// The contents of a dossier as they stand.
    pub fn of(dossier: &Dossier) -> Self {
        Self {
            assistance: dossier.assistance,
            helped_by: dossier.helped_by.clone(),
            applicant: dossier.applicant.clone(),
            submitter: dossier.submitter.clone(),
            form: dossier.form.clone(),
            quantities: dossier.quantities,
            claims: dossier.claims.clone(),
            delivery: dossier.delivery,
        }
    }

    /// Writes these contents into a dossier.
    pub fn fill(self, dossier: &mut Dossier) {
        let Self {
            assistance,
            helped_by,
            applicant,
            submitter,
            form,
            quantities,
            claims,
            delivery,
        } = self;
        dossier.assistance = assistance;
        dossier.helped_by = helped_by;
        dossier.applicant = applicant;
        dossier.submitter = submitter;
        dossier.form = form;
        dossier.quantities = quantities;
        dossier.claims = claims;
        dossier.delivery = delivery;
    }
}

/// Keys of the papers that every dossier of this procedure must carry as files. Papers that are
/// only shown at the desk, filled in as the form, or depend on the case are not among them, and
/// neither is what a database or the citizen's own store holds: asking for that is forbidden
/// (309/2026/NĐ-CP). It may be handed in all the same where the data cannot be had.
pub fn required_papers(procedure: &ProcedureVersion) -> Vec<String> {
    procedure
        .papers
        .iter()
        .filter(|paper| matches!(paper.kind, PaperNeed::Mandatory {}) && paper.is_uploaded())
        .filter(|paper| paper.source == PaperOrigin::Citizen)
        .map(|paper| paper.key.to_string())
        .collect()
}

/// Which of the required papers are not there yet.
pub fn missing_papers<'a>(required: &'a [String], papers: &[Paper]) -> Vec<&'a str> {
    let missing = |key: &&String| papers.iter().all(|paper| paper.key != **key);
    required
        .iter()
        .filter(missing)
        .map(String::as_str)
        .collect()
}
