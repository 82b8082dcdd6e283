//! Intake at the one-stop desk: file for somebody, accept with a due date, refuse, forward, stop.

use domain::{
    actor::Actor,
    dossiers::{
        Case, Channel, Dossier, State,
        decide::{self, Acceptance},
        filing::Contents,
    },
    ids::{AgencyId, DossierId},
    payments::Obligation,
    personal::Personal,
    procedures::ProcedureCode,
    rejection::{Code, Rejection},
};
use persistence::{Tx, payments};

use super::seen::Seen;
use crate::{
    call::Call,
    consents::use_cases::{self as consents, Said},
    dossiers::{
        beats::{self, Target},
        drafts::{blank, offered},
        filing::{fee_query, fees_of, form_faults, next_code},
    },
    failure::Failure,
};

/// A dossier that an officer files for somebody.
#[derive(Debug, Clone)]
pub struct CounterFiling {
    /// The id the client made.
    pub id: DossierId,
    /// Which procedure.
    pub procedure: ProcedureCode,
    /// Over the counter or from the post.
    pub channel: Channel,
    /// What it says.
    pub contents: Contents,
    /// What the person said when asked for consent.
    pub said: Said,
}

/// The agency an officer works for in this request.
///
/// # Errors
/// `role-forbids` for anybody else.
pub fn own_agency(call: &Call) -> Result<AgencyId, Failure> {
    match call.actor {
        Actor::Officer {
            officer: _,
            agency,
            roles: _,
        } => Ok(agency),
        Actor::Citizen { person: _ } | Actor::System => Err(Code::RoleForbids.into()),
    }
}

/// Files a dossier at the officer's own desk for a person who may have no phone. The form must be
/// complete, because its answers decide what is owed; papers may still come, and are scanned then.
///
/// # Errors
/// `role-forbids` unless the officer receives; `consent-missing`; `procedure-not-in-force`,
/// `procedure-not-offered`; `invalid-content` with every fault of the form.
pub fn file_dossier(
    tx: &mut Tx,
    call: &Call,
    filing: &CounterFiling,
    secret: &Personal<String>,
) -> Result<Dossier, Failure> {
    let Actor::Officer {
        officer,
        agency,
        roles,
    } = call.actor
    else {
        return Err(Code::RoleForbids.into());
    };
    if !roles.has(domain::actor::Role::Receiver) {
        return Err(Code::RoleForbids.into());
    }
    consents::agreed(call, filing.said)?;
    let procedure = offered(call, &filing.procedure, agency)?;
    let mut dossier = blank(
        call,
        filing.id,
        procedure,
        agency,
        None,
        filing.contents.clone(),
    );
    Rejection::of_faults(form_faults(call, &dossier)?)?;
    dossier.state = State::Registered;
    dossier.channel = filing.channel;
    dossier.helper = Some(officer);
    dossier.submitted_at = Some(call.now);
    dossier.code = Some(next_code(tx, call, agency)?);
    dossier.tracking_secret = Some(secret.clone());
    let filed = beats::create(tx, call, decide::file_for(dossier))?;
    consents::keep(tx, call, &filed, filing.said)?;
    Ok(filed)
}

/// Accepts a dossier: the clock starts, and what it owes is fixed with the rule and the proof.
///
/// `seen` is what the officer was shown; the single best reduction it proves applies to each fee.
///
/// # Errors
/// `invalid-content` when a proof has no bearing; `paper-missing` and `invalid-content` where the
/// version in force today asks for more than the one it was filed under, `procedure-not-in-force`,
/// `calendar-missing`, and those of [`beats::change`].
pub fn accept_dossier(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    seen: &Seen,
) -> Result<Dossier, Failure> {
    let officer = call.officer()?;
    let accepted = beats::change(tx, call, target, |_, case| {
        let procedure = call
            .posted
            .in_force(&case.dossier.procedure, call.now.date())?;
        answers_still_fit(call, case)?;
        let working = call.posted.working_time(case.dossier.filed_with)?;
        let acceptance = Acceptance {
            procedure,
            working,
            claims: seen.claims(officer),
        };
        let decision = decide::accept(case, &call.actor, &acceptance)?;
        seen.is_asked_for(
            &procedure.fees,
            &fee_query(&decision.dossier, procedure, call)?,
        )?;
        Ok(decision)
    })?;
    let procedure = call
        .posted
        .version(&accepted.procedure, accepted.procedure_version)?;
    let lines = fees_of(&accepted, procedure, call)?.lines;
    let owed: Vec<Obligation> = lines
        .into_iter()
        .map(|line| Obligation::of_line(call.id(), accepted.id, line, call.now))
        .collect();
    payments::insert_obligations(tx, accepted.filed_with, &owed)?;
    Ok(accepted)
}

/// What a citizen answered online must satisfy the form in force on the day of acceptance, too.
/// What an officer typed in at the desk is in the officer's hands.
fn answers_still_fit(call: &Call, case: &Case) -> Result<(), Failure> {
    let dossier = &case.dossier;
    if dossier.channel == Channel::Online && dossier.state == State::Registered {
        Rejection::of_faults(form_faults(call, dossier)?)?;
    }
    Ok(())
}

/// Refuses a dossier at intake (form 03).
///
/// # Errors
/// Those of [`beats::change`].
pub fn refuse_dossier(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    reason: &str,
    legal_ground: &str,
) -> Result<Dossier, Failure> {
    beats::change(tx, call, target, |_, case| {
        Ok(decide::refuse(
            case,
            &call.actor,
            reason.to_owned(),
            legal_ground.to_owned(),
        )?)
    })
}

/// Hands a dossier to the specialist unit.
///
/// # Errors
/// `fees-open` when fees collected at intake are not settled; those of [`beats::change`].
pub fn forward_dossier(tx: &mut Tx, call: &Call, target: Target) -> Result<Dossier, Failure> {
    beats::change(tx, call, target, |_, case| {
        Ok(decide::forward(case, &call.actor)?)
    })
}

/// Stops processing (form 05); what was owed and not paid is owed no more.
///
/// # Errors
/// `calendar-missing` when the clock stands still; those of [`beats::change`].
pub fn stop_dossier(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    reason: &str,
    legal_ground: &str,
) -> Result<Dossier, Failure> {
    let stopped = beats::change(tx, call, target, |_, case| {
        let working = call.posted.working_time(case.dossier.filed_with)?;
        Ok(decide::stop(
            case,
            &call.actor,
            reason.to_owned(),
            legal_ground.to_owned(),
            &working,
        )?)
    })?;
    drop_debts(tx, &stopped)?;
    Ok(stopped)
}

/// Confirms a withdrawal; what was owed and not paid is owed no more.
///
/// # Errors
/// `calendar-missing` when the clock stands still; those of [`beats::change`].
pub fn grant_withdrawal(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    reason: Option<&str>,
) -> Result<Dossier, Failure> {
    let granted = beats::change(tx, call, target, |_, case| {
        let working = call.posted.working_time(case.dossier.filed_with)?;
        let reason = reason.map(str::to_owned);
        Ok(decide::grant_withdrawal(
            case,
            &call.actor,
            reason,
            &working,
        )?)
    })?;
    drop_debts(tx, &granted)?;
    Ok(granted)
}

/// Declines a withdrawal.
///
/// # Errors
/// Those of [`beats::change`].
pub fn decline_withdrawal(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    reason: &str,
) -> Result<Dossier, Failure> {
    beats::change(tx, call, target, |_, case| {
        Ok(decide::decline_withdrawal(
            case,
            &call.actor,
            reason.to_owned(),
        )?)
    })
}

/// Cancels what an ended dossier still owed; what was paid stays, for a refund to deal with.
///
/// # Errors
/// `unavailable` and the like.
pub fn drop_debts(tx: &mut Tx, dossier: &Dossier) -> Result<(), Failure> {
    let owed = payments::obligations_of(tx, dossier.id)?;
    let dropped: Vec<_> = owed.iter().filter_map(|one| one.cancel().ok()).collect();
    Ok(payments::update_obligations(
        tx,
        dossier.filed_with,
        &dropped,
    )?)
}
