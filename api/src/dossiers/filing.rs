//! Filing: what is still missing, what it will cost, when it would be due, and the act itself.

use domain::{
    deadlines::{self, Ledger},
    disclosures::AccessAction,
    dossiers::{
        Case, Channel, Dossier, DossierCode, State, decide,
        doubts::{doubts, unfit_papers},
        filing::missing_papers,
        helping,
    },
    identities::AssuranceLevel,
    ids::AgencyId,
    payments::fees::{Assessment, FeeChannel, FeeQuery, assess, event_dates},
    personal::Personal,
    procedures::ProcedureVersion,
    rejection::{Code, Fault, Rejection},
    time::Time,
};
use persistence::{Tx, counters, dossiers};

use super::beats::{self, Target};
use crate::{
    call::Call,
    consents::use_cases::{self as consents, Said},
    failure::Failure,
    identities::needed::level_refusal,
};

/// What a check before filing says.
#[derive(Debug)]
pub struct Check {
    /// Everything that stands in the way, all at once.
    pub faults: Vec<Fault>,
    /// What the desk may yet ask for.
    pub doubts: Vec<Fault>,
    /// How surely the citizen has to be known.
    pub needed_level: AssuranceLevel,
    /// What it will cost, line by line.
    pub fees: Assessment,
    /// When it would be due if it were accepted now; nothing when the calendar is missing.
    pub due: Option<Ledger>,
}

/// Checks a draft without changing anything.
///
/// # Errors
/// `not-found`; a dossier that is filed already is checked all the same.
pub fn check_dossier(
    tx: &mut Tx,
    call: &Call,
    id: domain::ids::DossierId,
) -> Result<Check, Failure> {
    let dossier = dossiers::find(tx, id, &call.reading(AccessAction::Open)?)?;
    let case = beats::case_of(tx, call, dossier)?;
    let procedure = call
        .posted
        .in_force(&case.dossier.procedure, call.now.date())?;
    let dossier = &case.dossier;
    let working = call.posted.working_time(dossier.filed_with)?;
    let limit = procedure.limit(dossier.channel == Channel::Online);
    let mut faults = match procedure.is_filed_online_here() {
        Err(elsewhere) if dossier.channel == Channel::Online => elsewhere.faults,
        Err(_) => Vec::new(),
        // How surely one must be known is asked only where it can be filed.
        Ok(()) => level_refusal(tx, &call.actor, dossier, procedure)?
            .map_or_else(Vec::new, |no| no.faults),
    };
    faults.extend(faults_of(call, &case)?);
    let fees = fees_of(dossier, procedure, call)?;
    Ok(Check {
        faults,
        doubts: doubts(procedure, &case, &fees.lines),
        needed_level: procedure.needs_level(),
        fees,
        due: deadlines::preview(*limit, call.now, &working).ok(),
    })
}

/// Everything that keeps a dossier from being filed: answers, papers that are missing or not of the kind or
/// size that is taken now, and who helped.
///
/// # Errors
/// `internal` when the stored form is not JSON.
pub fn faults_of(call: &Call, case: &Case) -> Result<Vec<Fault>, Failure> {
    let mut faults = form_faults(call, &case.dossier)?;
    let missing = missing_papers(&case.required_papers, &case.papers);
    faults.extend(
        missing
            .into_iter()
            .map(|key| Fault::new(format!("/papers/{key}"), Code::PaperMissing)),
    );
    faults.extend(unfit_papers(beats::law_of(call, &case.dossier)?, case));
    let dossier = &case.dossier;
    faults.extend(helping::unnamed(
        dossier.assistance,
        dossier.helped_by.as_ref(),
    ));
    Ok(faults)
}

/// What the answers lack for the form of the version that the dossier lives by, each at its place
/// under `/form`.
///
/// # Errors
/// `internal` when the stored form is not JSON.
pub fn form_faults(call: &Call, dossier: &Dossier) -> Result<Vec<Fault>, Failure> {
    let form = call
        .posted
        .form(&dossier.procedure, dossier.procedure_version)?;
    let answers = serde_json::from_str(dossier.form.reveal()).map_err(Failure::internal)?;
    Ok(form.validate(&answers, "/form"))
}

/// What the dossier costs by the law of today, with what is known of it now.
///
/// # Errors
/// As [`fee_query`].
pub fn fees_of(
    dossier: &Dossier,
    procedure: &ProcedureVersion,
    call: &Call,
) -> Result<Assessment, Failure> {
    let query = fee_query(dossier, procedure, call)?;
    Ok(assess(&procedure.fees, &query))
}

/// The facts that decide what a dossier costs. A draft is looked at as if it were filed now.
///
/// # Errors
/// `internal` when the stored form is not JSON.
pub fn fee_query(
    dossier: &Dossier,
    procedure: &ProcedureVersion,
    call: &Call,
) -> Result<FeeQuery, Failure> {
    let channel = match dossier.channel {
        Channel::Online => FeeChannel::Online,
        Channel::Counter => FeeChannel::Direct,
        Channel::Post => FeeChannel::Post,
    };
    let answers = serde_json::from_str(dossier.form.reveal()).map_err(Failure::internal)?;
    let filed_on = dossier.submitted_at.unwrap_or(call.now).date();
    // Without a calendar no day is known to be off; acceptance is refused then.
    let keeps_terms_since = call
        .posted
        .working_time(dossier.filed_with)?
        .keeps_terms_since(filed_on)
        .unwrap_or(filed_on);
    Ok(FeeQuery {
        filed_on,
        keeps_terms_since,
        event_dates: event_dates(&procedure.fees, &answers),
        copies: dossier.quantities.copies,
        pages: dossier.quantities.pages,
        persons: dossier.quantities.persons,
        claims: dossier.claims.clone(),
        ..FeeQuery::new(call.now.date(), channel)
    })
}

/// Files the draft: every fault is named, and on success it has its official code, the consent it was
/// filed with is kept, and the desk's clock for an answer runs. Filing touches nothing else around the
/// dossier, so the case that was loaded stays true.
///
/// # Errors
/// `invalid-content` with every fault, `consent-missing`, `procedure-not-in-force`,
/// `procedure-not-online`, `identity-level-too-low`, and those of [`beats::change`].
pub fn submit_dossier(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    said: Said,
    secret: &Personal<String>,
) -> Result<Case, Failure> {
    beats::changed(tx, call, target, |tx, case| {
        if case.dossier.state == State::Draft {
            consents::agreed(call, said)?;
            let procedure = call
                .posted
                .in_force(&case.dossier.procedure, call.now.date())?;
            procedure.is_filed_online_here()?;
            if let Some(refusal) = level_refusal(tx, &call.actor, &case.dossier, procedure)? {
                return Err(refusal.into());
            }
            Rejection::of_faults(faults_of(call, case)?)?;
            consents::keep(tx, call, &case.dossier, said)?;
            dossiers::forget_field_versions(tx, case.dossier.id)?;
        }
        let answer_by = answer_by(call, case)?;
        // Last: whoever has the next number keeps the others of the agency waiting until it is durable.
        let code = next_code(tx, call, case.dossier.agency)?;
        Ok(decide::submit(
            case,
            &call.actor,
            code,
            secret.clone(),
            answer_by,
        )?)
    })
}

/// Until when the desk answers; nothing where no calendar says what to promise. Filing does not wait
/// for a calendar: nothing is due before acceptance, which does.
fn answer_by(call: &Call, case: &Case) -> Result<Option<Time>, Failure> {
    let dossier = &case.dossier;
    let procedure = call
        .posted
        .version(&dossier.procedure, dossier.procedure_version)?;
    let Ok(working) = call.posted.working_time(dossier.filed_with) else {
        return Ok(None);
    };
    let from = dossier.moment(call.now);
    Ok(deadlines::ends_at(procedure.desk.answer, from, &working).ok())
}

/// The next official code of an agency's day, taken in the same transaction as the filing, so that
/// none is skipped and none is given twice.
///
/// # Errors
/// `code-unavailable` when the agency has no identifier in force or its day is full.
pub fn next_code(tx: &mut Tx, call: &Call, agency: AgencyId) -> Result<DossierCode, Failure> {
    let today = call.now.date();
    let identifier = call
        .posted
        .agency(agency)
        .and_then(|agency| agency.on(today))
        .and_then(|version| version.identifier.as_deref())
        .ok_or(Code::CodeUnavailable)?;
    let sequence = counters::next(tx, agency, &format!("dossiers/{today}"))?;
    Ok(call
        .code_format
        .code(identifier, today, sequence)
        .ok_or(Code::CodeUnavailable)?)
}
