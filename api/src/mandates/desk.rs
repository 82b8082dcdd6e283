//! What the desk does with mandates: it looks at the evidence, confirms, refuses, revokes.

use domain::{
    actor::{Actor, Role, Sight, Who},
    disclosures::AccessAction,
    ids::{DossierId, MandateId},
    mandates::{Mandate, MandateState, Mandator, Side, Ward},
    personal::Personal,
    rejection::Code,
    text::folded,
};
use persistence::{
    Tx,
    disclosures::note_mandates,
    mandates::{self, Key, Of},
    page::{Limit, Page},
};

use super::use_cases::{Rule, Target, locked, trace};
use crate::{
    call::Call, disclosures::opening::opened, failure::Failure, office::intake::own_agency,
};

/// Whoever receives at the counter looks at evidence; the auditor at what was confirmed.
const READERS: &[Who] = &[Who::Officer(Role::Receiver), Who::Officer(Role::Auditor)];

fn may_look(call: &Call) -> Result<(), Code> {
    if call.actor.is_one_of(READERS) {
        Ok(())
    } else {
        Err(Code::RoleForbids)
    }
}

/// The mandate, once it is written down that the officer is shown whom it names.
fn noted(tx: &mut Tx, call: &Call, mandate: Mandate) -> Result<Mandate, Failure> {
    let reading = call.reading(AccessAction::Mandate)?;
    note_mandates(tx, &reading, std::slice::from_ref(&mandate))?;
    Ok(mandate)
}

/// Mandates that wait, or waited, for the caller's desk, newest first.
///
/// # Errors
/// `role-forbids`.
pub fn list_office_mandates(
    tx: &mut Tx,
    call: &Call,
    state: Option<MandateState>,
    (after, limit): (Option<Key>, Limit),
) -> Result<Page<Mandate, Key>, Failure> {
    may_look(call)?;
    let of = Of::Agency(own_agency(call)?);
    let page = mandates::list(tx, &of, state, after, limit)?;
    note_mandates(tx, &call.reading(AccessAction::Mandate)?, &page.items)?;
    Ok(page)
}

/// A mandate that waits, or waited, for the caller's desk.
///
/// # Errors
/// `role-forbids`, `not-found`.
pub fn get_office_mandate(tx: &mut Tx, call: &Call, id: MandateId) -> Result<Mandate, Failure> {
    may_look(call)?;
    let mandate = mandates::find(tx, id, Sight::Agency(own_agency(call)?))?;
    noted(tx, call, mandate)
}

/// The mandate a dossier was drafted under, as it is now.
///
/// # Errors
/// `role-forbids`, `not-found` also where it was drafted under none.
pub fn get_dossier_mandate(tx: &mut Tx, call: &Call, id: DossierId) -> Result<Mandate, Failure> {
    let dossier = opened(tx, call, id, AccessAction::Mandate)?;
    Ok(mandates::of_dossier(tx, dossier.id)?)
}

fn as_desk(tx: &mut Tx, call: &Call, target: Target) -> Result<(Mandate, Side), Failure> {
    let Actor::Officer {
        officer,
        agency,
        roles,
    } = call.actor
    else {
        return Err(Code::RoleForbids.into());
    };
    if !roles.has(Role::Receiver) {
        return Err(Code::RoleForbids.into());
    }
    call.account_stands(tx)?;
    let mandate = locked(tx, target, Sight::Agency(agency))?;
    match mandate.agency {
        Some(agency) if call.actor.acts_for(agency) => Ok((mandate, Side::Desk(officer))),
        Some(_) | None => Err(Code::RoleForbids.into()),
    }
}

/// Confirms that the evidence was looked at, and the mandate stands. A ward or an organisation that is
/// known already is the one the mandate is of from now on.
///
/// # Errors
/// `role-forbids`, `not-found`, `version-mismatch`, `mandate-state-forbids`.
pub fn confirm_mandate(tx: &mut Tx, call: &Call, target: Target) -> Result<Mandate, Failure> {
    let (mandate, side) = as_desk(tx, call, target)?;
    let mut confirmed = mandate.confirm(side, call.now)?;
    confirmed.mandator = known(tx, call, mandate.mandator)?;
    mandates::update(tx, &confirmed)?;
    if confirmed.mandator != mandate.mandator {
        match mandate.mandator {
            Mandator::Ward(ward) => mandates::remove_ward(tx, ward)?,
            Mandator::Organisation(organisation) => {
                mandates::remove_organisation(tx, organisation)?;
            }
            Mandator::Person(_) => {}
        }
    }
    trace(tx, call, "mandate_confirmed", &confirmed, None)?;
    noted(tx, call, confirmed)
}

/// The ward of that number, or the organisation of that tax code, which was confirmed before; else this
/// one is confirmed.
fn known(tx: &mut Tx, call: &Call, mandator: Mandator) -> Result<Mandator, Failure> {
    match mandator {
        Mandator::Person(_) => {}
        Mandator::Ward(id) => {
            let ward = mandates::ward(tx, id)?;
            let known = match &ward.personal_number {
                Some(number) => mandates::confirmed_ward(tx, number)?,
                None => None,
            };
            if let Some(known) = known {
                same_child(&ward, &mandates::ward(tx, known)?)?;
                return Ok(Mandator::Ward(known));
            }
            mandates::confirm_ward(tx, id, call.now)?;
        }
        Mandator::Organisation(id) => {
            let organisation = mandates::organisation(tx, id)?;
            let known = mandates::confirmed_organisation(tx, &organisation.tax_code)?;
            if let Some(known) = known {
                return Ok(Mandator::Organisation(known));
            }
            mandates::confirm_organisation(tx, id, call.now)?;
        }
    }
    Ok(mandator)
}

/// A number alone joins nobody's dossiers: name and date of birth must be those confirmed before.
fn same_child(claimed: &Ward, confirmed: &Ward) -> Result<(), Code> {
    let names = [claimed, confirmed].map(|ward| folded(ward.full_name.reveal()));
    let days = [claimed, confirmed].map(|ward| ward.birth_date.as_ref().map(Personal::reveal));
    let [name, known_name] = names;
    let [day, known_day] = days;
    if name == known_name && day == known_day {
        Ok(())
    } else {
        Err(Code::NumberDisagrees)
    }
}

/// Refuses or revokes a mandate at the desk, with the reason both sides read.
///
/// # Errors
/// `role-forbids`, `not-found`, `version-mismatch`, `mandate-state-forbids`.
pub fn end_at_desk(
    tx: &mut Tx,
    call: &Call,
    target: Target,
    (kind, rule): (&str, Rule),
    reason: &str,
) -> Result<Mandate, Failure> {
    let (mandate, side) = as_desk(tx, call, target)?;
    let ended = rule(&mandate, side, call.now)?;
    mandates::update(tx, &ended)?;
    trace(tx, call, kind, &ended, Some(reason))?;
    noted(tx, call, ended)
}
