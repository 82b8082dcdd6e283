//! What a proof of identity does to the store.

use domain::{
    actor::Actor,
    identities::{AssuranceLevel, Identity, Known, may_prove},
    ids::{AgencyId, PersonId},
    people::PersonalNumber,
    rejection::Code,
    sessions::refuse_while_held,
};
use persistence::{
    Json, StoreError, Tx,
    disclosures::Reading,
    events::{self, NewEvent},
    identities::{self, Counter, Evidence, Proof},
    people::{self, Person},
    sessions::holds,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{call::Call, extract::Citizen, failure::Failure, people::use_cases::standing};

/// A citizen who signed in at the provider.
pub struct SignIn {
    /// Who it is.
    pub identity: Identity,
    /// The provider's issuer address.
    pub issuer: String,
    /// The account's id, if one has to be made.
    pub new_person: PersonId,
    /// The language of a new account.
    pub language: &'static str,
    /// The circumstances.
    pub call: Call,
}

/// The account of whoever signed in at the provider: the one that is verified to have the number, or a
/// new one. Accounts that only say they have it are left alone. Also tells whether it was made just now.
///
/// # Errors
/// `already-exists` when somebody else made it at the same time: then it is there.
pub fn sign_in(tx: &mut Tx, command: &SignIn) -> Result<(PersonId, bool), Failure> {
    let number = command.identity.number.digits();
    if let Some(found) = people::by_verified_number(tx, number)? {
        // Under lock: whoever erases the account meanwhile would miss the session that is opened now.
        let person = people::lock(tx, found, &Reading::Own(found))?;
        if person.assurance == AssuranceLevel::Verified
            && person.personal_number.as_ref() == Some(number)
        {
            return Ok((person.id, false));
        }
    }
    Ok((register(tx, command)?, true))
}

fn register(tx: &mut Tx, command: &SignIn) -> Result<PersonId, Failure> {
    let SignIn {
        identity,
        issuer,
        new_person: id,
        language,
        call,
    } = command;
    let person = Person {
        id: *id,
        phone: None,
        full_name: identity.full_name.clone(),
        personal_number: Some(identity.number.digits().clone()),
        birth_date: identity.birth_date.clone(),
        address: None,
        assurance: AssuranceLevel::Verified,
        language: (*language).to_owned(),
        version: 1,
        created_at: call.now,
        updated_at: call.now,
    };
    people::insert(tx, &person)?;
    let call = Call {
        actor: Actor::Citizen { person: *id },
        ..call.clone()
    };
    let evidence = Evidence::Provider(issuer.clone());
    keep(tx, &call, ("person_registered", &person), evidence)?;
    Ok(*id)
}

/// Raises the citizen's own account to what the provider proved.
///
/// # Errors
/// `unauthenticated` when the account is gone; those of [`prove`].
pub fn link(
    tx: &mut Tx,
    call: &Call,
    citizen: Citizen,
    (identity, issuer): (&Identity, &str),
) -> Result<Person, Failure> {
    let loaded = standing(people::lock(
        tx,
        citizen.person,
        &Reading::Own(citizen.person),
    ))?;
    let evidence = Evidence::Provider(issuer.to_owned());
    prove(tx, call, loaded, identity, evidence)
}

/// Makes a locked account that person's: number, name and date of birth are what was proved.
///
/// # Errors
/// `account-on-hold` within a day of another telephone number; `identity-verified`, `identity-taken`.
pub fn prove(
    tx: &mut Tx,
    call: &Call,
    loaded: Person,
    identity: &Identity,
    evidence: Evidence,
) -> Result<Person, Failure> {
    refuse_while_held(holds::until(tx, loaded.id)?, call.now)?;
    let number: &PersonalNumber = &identity.number;
    let owner = people::by_verified_number(tx, number.digits())?;
    let known = Known {
        level: loaded.assurance,
        number: loaded.personal_number.as_ref(),
        is_anothers: owner.is_some_and(|owner| owner != loaded.id),
    };
    may_prove(known, identity)?;
    let birth_date = identity.birth_date.clone();
    let person = Person {
        full_name: identity.full_name.clone(),
        personal_number: Some(number.digits().clone()),
        birth_date: birth_date.or_else(|| loaded.birth_date.clone()),
        assurance: AssuranceLevel::Verified,
        version: loaded.version + 1,
        updated_at: call.now,
        ..loaded
    };
    match people::save(tx, &person) {
        // Verified elsewhere at this very moment.
        Err(StoreError::Duplicate { constraint: _ }) => return Err(Code::IdentityTaken.into()),
        saved => saved?,
    }
    keep(tx, call, ("identity_verified", &person), evidence)?;
    Ok(person)
}

/// Keeps the proof, and the event that names it: which document was seen is told, its digits are not.
fn keep(
    tx: &mut Tx,
    call: &Call,
    (kind, person): (&str, &Person),
    evidence: Evidence,
) -> Result<(), Failure> {
    let id: Uuid = call.ids.uuid(call.now);
    let (agency, payload) = told(id, &evidence);
    identities::append(
        tx,
        &Proof {
            id,
            person: person.id,
            evidence,
            at: call.now,
        },
    )?;
    events::append(
        tx,
        NewEvent {
            id: call.id(),
            dossier: None,
            agency,
            person: Some(person.id),
            version: person.version,
            kind,
            actor: &call.actor,
            at: call.now,
            state: None,
            due_at: None,
            channel: None,
            payload: Json::of(&payload)?,
        },
    )?;
    Ok(())
}

fn told(id: Uuid, evidence: &Evidence) -> (Option<AgencyId>, Value) {
    let method = evidence.method().as_str();
    match evidence {
        Evidence::Provider(issuer) => (
            None,
            json!({ "proof_id": id, "method": method, "issuer": issuer }),
        ),
        Evidence::Counter(Counter {
            officer: _,
            agency,
            document,
            digits: _,
        }) => (
            Some(*agency),
            json!({ "proof_id": id, "method": method, "document": document.as_str() }),
        ),
    }
}
