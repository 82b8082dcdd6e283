//! Proposing a mandate: whom it is of, who is to act, and that neither is taken at their word.

use domain::{
    actor::Actor,
    ids::{AgencyId, MandateId, PersonId},
    mandates::{
        Ground, Mandate, MandateState, Mandator, MandatorKind, Organisation, Ward,
        proposing::{Terms, parents_term},
    },
    personal::Personal,
    rejection::{Code, Fault, Rejection},
    sessions::refuse_while_held,
    text::folded,
};
use persistence::{Tx, mandates, people, sessions::holds};

use super::{
    checking::{Account, Proposed, Wanted},
    use_cases::trace,
};
use crate::{call::Call, dossiers::drafts::unknown, failure::Failure};

/// Records a mandate that waits for whoever must agree or confirm.
///
/// # Errors
/// `invalid-content`, `unknown-reference` for an account, an organisation or an agency that is not
/// there or not as named, `not-to-oneself`, `account-on-hold`, `already-exists`, `unauthenticated`.
pub fn propose_mandate(
    tx: &mut Tx,
    call: &Call,
    id: MandateId,
    proposed: &Proposed,
) -> Result<Mandate, Failure> {
    let Actor::Citizen { person } = call.actor else {
        return Err(Code::RoleForbids.into());
    };
    call.account_stands(tx)?;
    refuse_while_held(holds::until(tx, person)?, call.now)?;
    let terms = terms(call, proposed)?;
    let delegate = delegate(tx, person, proposed)?;
    let mandator = mandator(tx, call, person, proposed)?;
    if mandator == Mandator::Person(delegate) {
        return Err(Code::NotToOneself.into());
    }
    let Terms {
        ground,
        scope,
        term,
        evidence,
    } = terms;
    let mandate = Mandate {
        id,
        version: 1,
        mandator,
        delegate,
        ground,
        scope,
        term,
        evidence,
        agency: proposed.agency,
        state: MandateState::Proposed,
        ending: None,
        proposed_by: person,
        agreed: None,
        confirmed: None,
        ended_at: None,
        created_at: call.now,
        updated_at: call.now,
    };
    mandates::insert(tx, &mandate)?;
    trace(tx, call, "mandate_proposed", &mandate, None)?;
    Ok(mandate)
}

const fn kind(wanted: &Wanted) -> MandatorKind {
    match wanted {
        Wanted::Account(_) | Wanted::Myself => MandatorKind::Person,
        Wanted::Ward { .. } => MandatorKind::Ward,
        Wanted::Organisation { .. } | Wanted::Represented(_) => MandatorKind::Organisation,
    }
}

/// What is proposed, held against the law of the day: a parent's mandate ends when the child is of age.
fn terms(call: &Call, proposed: &Proposed) -> Result<Terms, Failure> {
    let Proposed {
        mandator,
        delegate,
        terms,
        agency,
    } = proposed;
    let today = call.now.date();
    let mut terms = terms.clone();
    let mut faults = terms.faults(kind(mandator), today);
    if let Wanted::Ward { birth_date, .. } = mandator
        && terms.ground == Ground::ParentOfMinor
    {
        match parents_term(terms.term, *birth_date.reveal(), today) {
            Ok(term) => terms.term = term,
            Err(fault) => faults.push(fault),
        }
    }
    faults.extend(misplaced(
        call,
        (mandator, delegate.as_ref()),
        *agency,
        terms.ground,
    ));
    for code in terms.scope.procedures.iter().flatten() {
        if call.posted.in_force(code, today).is_err() {
            faults.push(Fault::new("/procedures", Code::UnknownReference));
        }
    }
    Rejection::of_faults(faults)?;
    Ok(terms)
}

/// Who acts is named where the caller gives, and only there; a counter where it is confirmed at one.
fn misplaced(
    call: &Call,
    (mandator, delegate): (&Wanted, Option<&Account>),
    agency: Option<AgencyId>,
    ground: Ground,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let gives = matches!(mandator, Wanted::Myself | Wanted::Represented(_));
    match (gives, delegate) {
        (true, None) => faults.push(Fault::new("/delegate", Code::Required)),
        (false, Some(_)) => faults.push(Fault::new("/delegate", Code::OutOfRange)),
        (true, Some(_)) | (false, None) => {}
    }
    let inside = ground == Ground::OrganisationAuthorisation;
    if kind(mandator) == MandatorKind::Organisation
        && inside != matches!(mandator, Wanted::Represented(_))
    {
        faults.push(Fault::new("/ground", Code::OutOfRange).because(
            "Người đại diện theo pháp luật tự khai tổ chức; uỷ quyền nội bộ do người đại diện lập.",
            "A legal representative names the organisation; an authorisation inside one is given by its representative.",
        ));
    }
    let at_a_counter = kind(mandator) != MandatorKind::Person;
    match (at_a_counter, agency) {
        (true, None) => faults.push(Fault::new("/agency_id", Code::Required)),
        (false, Some(_)) => faults.push(Fault::new("/agency_id", Code::OutOfRange)),
        (true, Some(agency)) if call.posted.agency(agency).is_none() => {
            faults.push(Fault::new("/agency_id", Code::UnknownReference));
        }
        (true, Some(_)) | (false, None) => {}
    }
    faults
}

/// The account of this number, if it is that person's: whoever does not know both learns nothing.
fn account(tx: &mut Tx, at: &str, named: &Account) -> Result<PersonId, Failure> {
    let Account { phone, full_name } = named;
    let found = people::by_phone(tx, phone)?;
    let found = found
        .filter(|person| folded(person.full_name.reveal()) == folded(full_name.reveal()))
        .ok_or_else(|| unknown(at))?;
    Ok(found.id)
}

fn delegate(tx: &mut Tx, person: PersonId, proposed: &Proposed) -> Result<PersonId, Failure> {
    match &proposed.delegate {
        Some(named) => account(tx, "/delegate", named),
        None => Ok(person),
    }
}

fn mandator(
    tx: &mut Tx,
    call: &Call,
    person: PersonId,
    proposed: &Proposed,
) -> Result<Mandator, Failure> {
    match &proposed.mandator {
        Wanted::Myself => Ok(Mandator::Person(person)),
        Wanted::Account(named) => account(tx, "/mandator/account", named).map(Mandator::Person),
        Wanted::Represented(id) => {
            let represented = mandates::represented_by(tx, person, call.now.date())?;
            if represented.contains(id) {
                Ok(Mandator::Organisation(*id))
            } else {
                Err(unknown("/mandator/organisation_id"))
            }
        }
        Wanted::Ward {
            full_name,
            birth_date,
            personal_number,
        } => {
            let ward = Ward {
                id: call.id(),
                full_name: full_name.clone(),
                birth_date: Some(Personal::new(*birth_date.reveal())),
                personal_number: personal_number.clone(),
                confirmed_at: None,
                created_at: call.now,
            };
            mandates::insert_ward(tx, &ward)?;
            Ok(Mandator::Ward(ward.id))
        }
        Wanted::Organisation { name, tax_code } => {
            let organisation = Organisation {
                id: call.id(),
                name: name.clone(),
                tax_code: tax_code.clone(),
                confirmed_at: None,
                created_at: call.now,
            };
            mandates::insert_organisation(tx, &organisation)?;
            Ok(Mandator::Organisation(organisation.id))
        }
    }
}
