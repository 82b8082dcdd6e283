//! From a case to what its reader sees, in the reader's language.

use domain::{
    dossiers::{Case, Dossier, Standing, filing::missing_papers, transitions::offered},
    ids::DossierId,
    papers::Paper,
    payments::{Obligation, amount_due},
    results::{ResultDocument, is_open_to},
    text::Localized,
};
use persistence::Tx;
use serde_json::value::RawValue;

use super::{
    beats::case_of,
    proof::ProofView,
    secret::shown_secret,
    view::{AgencyBrief, DossierView, ObligationView, PaperView, ProcedureBrief, ResultView},
    wire::GroupCode,
};
use crate::{
    call::Call, extract::Language, failure::Failure, supplements::render::supplement_view,
};

/// The dossier as its reader sees it.
///
/// # Errors
/// `not-found` when it is missing or foreign, `role-forbids` to officers whose work is not on cases.
pub fn show_dossier(
    tx: &mut Tx,
    call: &Call,
    language: Language,
    id: DossierId,
) -> Result<DossierView, Failure> {
    let dossier = persistence::dossiers::find(tx, id, call.reading()?)?;
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

fn view(case: &Case, call: &Call, language: Language) -> Result<DossierView, Failure> {
    let dossier = &case.dossier;
    let missing = missing_papers(&case.required_papers, &case.papers);
    let standing = Standing::of(case);
    Ok(DossierView {
        id: dossier.id,
        version: dossier.version,
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
        applicant: (&dossier.applicant).into(),
        submitter: dossier.submitter.as_ref().map(Into::into),
        form: RawValue::from_string(dossier.form.reveal().clone()).map_err(Failure::internal)?,
        claims: dossier
            .claims
            .iter()
            .map(|claim| GroupCode(claim.group.clone()))
            .collect(),
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
        accepted_at: dossier.accepted_at,
        finished_at: dossier.finished_at,
        returned_at: dossier.returned_at,
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

/// A paper, as shown.
pub fn paper_view(paper: &Paper) -> PaperView {
    let Paper {
        id,
        dossier: _,
        key,
        file,
        copy_kind,
        origin,
        attached_at,
    } = paper;
    PaperView {
        id: *id,
        key: key.clone(),
        file_id: file.id,
        media_type: file.kind.media_type(),
        size: file.size,
        sha256: hex(&file.sha256),
        copy_kind: *copy_kind,
        origin: *origin,
        attached_at: *attached_at,
    }
}

/// A fee, as shown.
pub fn obligation_view(language: Language, obligation: &Obligation) -> ObligationView {
    let Obligation {
        id,
        dossier_id: _,
        fee_code,
        name,
        kind: _,
        quantity,
        gross,
        net,
        applied,
        collected,
        state,
        created_at: _,
        asked_at,
        settled_at,
        settled_by: _,
    } = obligation;
    ObligationView {
        id: *id,
        fee_code: fee_code.clone(),
        name: picked(language, name),
        quantity: *quantity,
        gross: *gross,
        net: *net,
        reduction: applied.as_ref().map(|applied| applied.code.clone()),
        reduction_basis: applied.as_ref().map(|applied| applied.legal_basis.clone()),
        reduction_proof: applied
            .as_ref()
            .and_then(|applied| applied.proof.as_ref())
            .map(|proof| ProofView::of(proof, language)),
        collected: *collected,
        state: *state,
        asked_at: *asked_at,
        settled_at: *settled_at,
    }
}

/// The results of a dossier, as this actor sees them.
pub fn results_view(call: &Call, dossier: &Dossier, results: &[ResultDocument]) -> Vec<ResultView> {
    let open = is_open_to(call.actor.sight(), dossier);
    let shown = |result| result_view(result, open);
    results.iter().map(shown).collect()
}

/// A result, as shown: the document itself only if it is open to the reader.
pub fn result_view(result: &ResultDocument, open: bool) -> ResultView {
    let ResultDocument {
        id,
        dossier,
        number,
        issued_on,
        signer_name,
        outcome,
        file,
        issued_by: _,
        issued_at,
    } = result;
    ResultView {
        id: *id,
        dossier_id: *dossier,
        number: number.clone(),
        issued_on: *issued_on,
        signer_name: signer_name.clone(),
        outcome: *outcome,
        file_id: open.then_some(file.id),
        media_type: file.kind.media_type(),
        sha256: hex(&file.sha256),
        issued_at: *issued_at,
    }
}
