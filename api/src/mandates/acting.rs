//! What a delegate may do with a dossier: asked of the mandates of now, in the transaction of the act.

use domain::{
    actor::Actor,
    dossiers::{Dossier, Party, State, decide::Decision, filing::Contents},
    ids::{MandateId, PersonId},
    mandates::{Act, Mandate, Mandator, Reach, applicant::Named, scope::act_of},
    procedures::ProcedureCode,
    rejection::{Code, Fault, Rejection},
};
use persistence::{StoreError, Tx, disclosures::Reading, mandates, people};

use crate::{call::Call, dossiers::drafts::unknown, failure::Failure};

/// Nothing if whoever changes a dossier may: its own citizen, or a delegate whose mandate includes the
/// act and stands. The delegate's mandates stay locked until the change is committed.
///
/// # Errors
/// `mandate-does-not-cover`.
pub fn may_change(tx: &mut Tx, call: &Call, decision: &Decision) -> Result<(), Failure> {
    let Actor::Citizen { person } = call.actor else {
        return Ok(());
    };
    let Decision {
        dossier,
        event,
        supplements: _,
    } = decision;
    if dossier.owner == Some(person) {
        return Ok(());
    }
    let answering = event.state == State::SupplementRequested;
    let act = act_of(event.kind, answering).ok_or(Code::MandateDoesNotCover)?;
    let reach = Reach {
        person,
        on: call.now.date(),
        act,
    };
    if mandates::may_act(tx, dossier.id, reach)? {
        Ok(())
    } else {
        Err(Code::MandateDoesNotCover.into())
    }
}

/// A mandate that a dossier is drafted under.
#[derive(Debug)]
pub struct Under {
    /// The mandate.
    pub mandate: Mandate,
    /// Whom it is of.
    pub named: Named,
}

/// The mandate a draft names, if whoever drafts may: the delegate who may submit, or the mandator, who
/// lets the delegate see the dossier like this.
///
/// # Errors
/// `unknown-reference` for a mandate that is not theirs, `mandate-state-forbids` for one that does not
/// stand today, `mandate-does-not-cover`.
pub fn drafting(
    tx: &mut Tx,
    call: &Call,
    (person, id): (PersonId, MandateId),
    procedure: &ProcedureCode,
) -> Result<Under, Failure> {
    let foreign = || unknown("/mandate_id");
    let mandate = match mandates::lock(tx, id, call.actor.sight()) {
        Err(StoreError::Absent) => return Err(foreign()),
        found => found?,
    };
    let today = call.now.date();
    if !mandate.stands(today) {
        return Err(Code::MandateStateForbids.into());
    }
    let act = if mandate.delegate == person {
        Act::Submit
    } else {
        Act::Read
    };
    if !mandate.allows(procedure, act, today) {
        return Err(Code::MandateDoesNotCover.into());
    }
    let named = named(tx, mandate.mandator)?;
    Ok(Under { mandate, named })
}

/// Whom a mandate is of, by name.
///
/// # Errors
/// As the store reports them.
pub fn named(tx: &mut Tx, mandator: Mandator) -> Result<Named, Failure> {
    Ok(match mandator {
        Mandator::Person(person) => Named::Person(mandates::name_of(tx, person)?),
        Mandator::Ward(ward) => {
            let ward = mandates::ward(tx, ward)?;
            Named::Ward(ward.full_name, ward.personal_number)
        }
        Mandator::Organisation(organisation) => {
            let organisation = mandates::organisation(tx, organisation)?;
            Named::Organisation(domain::personal::Personal::new(organisation.name))
        }
    })
}

/// The contents of a new draft under a mandate: the applicant is the mandator, the submitter the
/// delegate, as the account has them.
///
/// # Errors
/// `invalid-content` when the applicant is somebody else, or a submitter is named.
pub fn contents(
    tx: &mut Tx,
    person: PersonId,
    under: &Under,
    mut contents: Contents,
) -> Result<Contents, Failure> {
    let mut faults = under.named.faults(&contents.applicant);
    if contents.submitter.is_some() {
        faults.push(whoever_signs_in());
    }
    Rejection::of_faults(faults)?;
    contents.applicant.full_name = under.named.name().clone();
    if under.mandate.delegate == person {
        contents.submitter = Some(account(tx, person)?);
    }
    Ok(contents)
}

fn whoever_signs_in() -> Fault {
    Fault::new("/submitter", Code::OutOfRange).because(
        "Hồ sơ theo uỷ quyền do người được uỷ quyền đang đăng nhập nộp; không nêu người nộp khác.",
        "Under a mandate the signed-in delegate submits; nobody else is named.",
    )
}

fn account(tx: &mut Tx, person: PersonId) -> Result<Party, Failure> {
    let account = people::find(tx, person, &Reading::Own(person))?;
    Ok(Party {
        full_name: account.full_name,
        personal_number: account.personal_number,
        birth_date: account.birth_date,
        phone: account.phone,
        address: account.address,
    })
}

/// The contents of a draft as changed: what was drafted under a mandate stays the mandator's.
///
/// # Errors
/// `invalid-content`.
pub fn kept(tx: &mut Tx, dossier: &Dossier, mut changed: Contents) -> Result<Contents, Failure> {
    if dossier.mandate.is_none() {
        return Ok(changed);
    }
    let mandate = mandates::of_dossier(tx, dossier.id)?;
    let named = named(tx, mandate.mandator)?;
    let mut faults = named.faults(&changed.applicant);
    if changed.submitter != dossier.submitter {
        faults.push(whoever_signs_in());
    }
    Rejection::of_faults(faults)?;
    changed.applicant.full_name = named.name().clone();
    Ok(changed)
}
