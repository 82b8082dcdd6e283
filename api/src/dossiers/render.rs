//! From a case to what its reader sees, in the reader's language.

use domain::{
    disclosures::AccessAction,
    dossiers::{Case, Dossier, Standing, filing::missing_papers, transitions::offered},
    ids::DossierId,
    payments::amount_due,
    text::Localized,
};
use persistence::Tx;
use serde_json::value::RawValue;

use super::{
    beats::case_of,
    desk_dates::DeskDates,
    parts::{claims, obligation_view, paper_view, results_view},
    secret::shown_secret,
    submitter::shown_to,
    view::{AgencyBrief, DossierView, ProcedureBrief},
};
use crate::{
    call::Call, disclosures::opening::opened, extract::Language, failure::Failure,
    supplements::render::supplement_view,
};

/// The dossier as its reader sees it.
///
/// # Errors
/// `not-found` when it is missing or foreign, `purpose-required` where a purpose would show it,
/// `role-forbids` to officers whose work is not on cases.
pub fn show_dossier(
    tx: &mut Tx,
    call: &Call,
    language: Language,
    id: DossierId,
) -> Result<DossierView, Failure> {
    let dossier = opened(tx, call, id, AccessAction::Open)?;
    render(tx, call, language, dossier)
}

/// A dossier that was just loaded or changed, as its reader sees it.
///
/// # Errors
/// `internal` when the store is at odds with the catalogue.
pub fn render(
    tx: &mut Tx,
    call: &Call,
    language: Language,
    dossier: Dossier,
) -> Result<DossierView, Failure> {
    let dossier = shown_to(tx, call, dossier)?;
    let case = case_of(tx, call, dossier)?;
    view(&case, call, language)
}

/// What a use case leaves behind, ready to be shown.
pub trait Shown {
    /// As its reader sees it.
    ///
    /// # Errors
    /// `internal` when the store is at odds with the catalogue.
    fn show(self, tx: &mut Tx, call: &Call, language: Language) -> Result<DossierView, Failure>;
}

/// What surrounds the dossier is loaded anew.
impl Shown for Dossier {
    fn show(self, tx: &mut Tx, call: &Call, language: Language) -> Result<DossierView, Failure> {
        render(tx, call, language, self)
    }
}

/// Nothing is loaded: the use case vouches that the case is complete.
impl Shown for Case {
    fn show(self, _: &mut Tx, call: &Call, language: Language) -> Result<DossierView, Failure> {
        view(&self, call, language)
    }
}

/// The sentence in the language asked for.
pub fn pick(language: Language, (vi, en): (&'static str, &'static str)) -> String {
    match language {
        Language::Vi => vi,
        Language::En => en,
    }
    .to_owned()
}

/// The text in the language asked for.
pub fn picked(language: Language, text: &Localized) -> String {
    language.of(text.clone())
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[expect(
    clippy::too_many_lines,
    reason = "one line per member of the view, so that none is forgotten"
)]
fn view(case: &Case, call: &Call, language: Language) -> Result<DossierView, Failure> {
    let dossier = &case.dossier;
    let missing = missing_papers(&case.required_papers, &case.papers);
    let standing = Standing::of(case);
    let (claims, unproven_claims) = claims(dossier);
    let desk = DeskDates::of(call, dossier)?;
    Ok(DossierView {
        id: dossier.id,
        version: dossier.version,
        mandate_id: dossier.mandate,
        state: dossier.state,
        state_text: pick(language, standing.sentence()),
        must_do_now: standing.citizen_must().map(|must| pick(language, must)),
        national_code: dossier.state.national_code(),
        code: dossier.code.as_ref().map(ToString::to_string),
        tracking_secret: shown_secret(call, dossier),
        procedure: procedure_brief(call, language, dossier)?,
        agency: agency_brief(call, language, dossier),
        channel: dossier.channel,
        assistance: dossier.assistance,
        helped_by: dossier.helped_by.as_ref().map(Into::into),
        applicant: (&dossier.applicant).into(),
        submitter: dossier.submitter.as_ref().map(Into::into),
        form: RawValue::from_string(dossier.form.reveal().clone()).map_err(Failure::internal)?,
        claims,
        unproven_claims,
        delivery: dossier.delivery,
        papers: case.papers.iter().map(paper_view).collect(),
        missing_papers: missing.into_iter().map(str::to_owned).collect(),
        supplements: case.supplements.iter().map(supplement_view).collect(),
        obligations: case
            .obligations
            .iter()
            .map(|one| obligation_view(language, one))
            .collect(),
        amount_due: amount_due(&case.obligations),
        currency: "VND",
        results: results_view(call, dossier, &case.results),
        outcome: dossier.verdict.map(|verdict| verdict.outcome),
        due_at: dossier.due_at,
        due_date: dossier.due_at.map(domain::time::Time::date),
        original_due_at: dossier.original_due_at,
        paused_since: dossier.paused_since,
        created_at: dossier.created_at,
        updated_at: dossier.updated_at,
        submitted_at: dossier.submitted_at,
        answer_due_at: dossier.answer.due_at,
        answered_at: dossier.answer.at,
        forward_due_at: desk.forward,
        appraisal_due_at: desk.appraisal,
        accepted_at: dossier.accepted_at,
        finished_at: dossier.finished_at,
        returned_at: dossier.returned_at,
        assignee_id: case.assignee,
        offered: offered(case, &call.actor),
    })
}

/// The procedure by name, as the dossier is pinned to it.
///
/// # Errors
/// As [`crate::procedures::posted::Posted::version`].
pub fn procedure_brief(
    call: &Call,
    language: Language,
    dossier: &Dossier,
) -> Result<ProcedureBrief, Failure> {
    let procedure = call
        .posted
        .version(&dossier.procedure, dossier.procedure_version)?;
    let name = picked(language, &procedure.name);
    Ok(ProcedureBrief {
        code: procedure.code.to_string(),
        version: procedure.version,
        name,
    })
}

/// The agency by its name of today.
pub fn agency_brief(call: &Call, language: Language, dossier: &Dossier) -> AgencyBrief {
    let version = call
        .posted
        .agency(dossier.agency)
        .and_then(|agency| agency.on(call.now.date()));
    let name = version
        .map(|version| picked(language, &version.name))
        .unwrap_or_default();
    AgencyBrief {
        id: dossier.agency,
        name,
    }
}
