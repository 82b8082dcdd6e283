//! What operations on accounts do to the store.

use chrono::NaiveDate;
use domain::{
    identities::AssuranceLevel,
    ids::{EventId, PersonId},
    personal::Personal,
    rejection::Code,
    sessions::refuse_while_held,
    time::Time,
};
use persistence::{
    Json, StoreError, Tx,
    disclosures::Reading,
    events::{self, NewEvent},
    people::{self, Person},
    sessions::holds,
};

use crate::{api_code::ApiCode, call::Call, extract::Citizen, failure::Failure};

/// The citizen's own account.
///
/// # Errors
/// `unauthenticated` when the account is gone.
pub fn get_me(tx: &mut Tx, citizen: Citizen) -> Result<Person, Failure> {
    standing(people::find(tx, citizen.person, &citizen.reading()))
}

/// An account that is gone while its token still holds: the app is told to sign in anew, as for a
/// token that holds no more.
pub(crate) fn standing(found: Result<Person, StoreError>) -> Result<Person, Failure> {
    match found {
        Err(StoreError::Absent) => Err(ApiCode::Unauthenticated.into()),
        found => Ok(found?),
    }
}

/// What is to be different: the outer `None` leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// The full name.
    pub full_name: Option<Personal<String>>,
    /// The personal identification number.
    pub personal_number: Option<Option<Personal<String>>>,
    /// The date of birth.
    pub birth_date: Option<Option<Personal<NaiveDate>>>,
    /// The place of residence.
    pub address: Option<Option<Personal<String>>>,
    /// The language of notices.
    pub language: Option<&'static str>,
}

/// What stands as it was verified.
const VERIFIED: [&str; 3] = ["full_name", "personal_number", "birth_date"];

/// A change of the citizen's own account.
#[derive(Debug)]
pub struct ChangeMe {
    /// Whose account.
    pub citizen: Citizen,
    /// The version that was seen.
    pub seen: i64,
    /// What is to be different.
    pub changes: Changes,
    /// When.
    pub now: Time,
    /// The event's id.
    pub event: EventId,
}

/// Changes the account.
///
/// # Errors
/// `version-mismatch` when it has moved on; `account-on-hold` for another address within a day of
/// another number; `identity-verified` for another name, number or date of birth than those that were
/// verified. A personal number that another account gives too is taken
/// like any other: it proves nothing until it is verified, and whether somebody gave it is not told.
pub fn change_me(tx: &mut Tx, command: &ChangeMe) -> Result<Person, Failure> {
    let actor = command.citizen.actor();
    let loaded = standing(people::lock(
        tx,
        command.citizen.person,
        &command.citizen.reading(),
    ))?;
    if loaded.version != command.seen {
        let current_version = loaded.version;
        return Err(StoreError::Stale { current_version }.into());
    }
    if command.changes.address.is_some() {
        refuse_while_held(holds::until(tx, loaded.id)?, command.now)?;
    }
    let (person, changed) = decide(&loaded, &command.changes, command.now);
    if loaded.assurance == AssuranceLevel::Verified
        && changed.iter().any(|field| VERIFIED.contains(field))
    {
        return Err(Code::IdentityVerified.into());
    }
    people::save(tx, &person)?;
    events::append(
        tx,
        NewEvent {
            id: command.event,
            dossier: None,
            agency: None,
            person: Some(person.id),
            version: person.version,
            kind: "person_changed",
            actor: &actor,
            at: command.now,
            state: None,
            due_at: None,
            channel: None,
            payload: Json::of(&serde_json::json!({ "fields": changed }))?,
        },
    )?;
    Ok(person)
}

/// Puts an account right for its citizen: an officer has seen proof of what it should be.
///
/// # Errors
/// `not-found` when the account is gone; `identity-verified` for what was verified.
pub(crate) fn correct_person(
    tx: &mut Tx,
    call: &Call,
    id: PersonId,
    changes: &Changes,
) -> Result<(), Failure> {
    let loaded = people::lock(tx, id, &Reading::House)?;
    let (person, fields) = decide(&loaded, changes, call.now);
    // What was verified is changed by verifying again: the next sign-in goes by that number.
    if loaded.assurance == AssuranceLevel::Verified
        && fields.iter().any(|field| VERIFIED.contains(field))
    {
        return Err(Code::IdentityVerified.into());
    }
    people::save(tx, &person)?;
    let event = NewEvent {
        id: call.id(),
        dossier: None,
        agency: None,
        person: Some(person.id),
        version: person.version,
        kind: "person_changed",
        actor: &call.actor,
        at: call.now,
        state: None,
        due_at: None,
        channel: None,
        payload: Json::of(&serde_json::json!({ "fields": fields }))?,
    };
    Ok(events::append(tx, event)?)
}

/// The account with the changes, and the names of the fields that differ: names only, since the
/// log holds no personal data.
fn decide(loaded: &Person, changes: &Changes, now: Time) -> (Person, Vec<&'static str>) {
    let Changes {
        full_name,
        personal_number,
        birth_date,
        address,
        language,
    } = changes.clone();
    let person = Person {
        full_name: full_name.unwrap_or_else(|| loaded.full_name.clone()),
        personal_number: personal_number.unwrap_or_else(|| loaded.personal_number.clone()),
        birth_date: birth_date.unwrap_or_else(|| loaded.birth_date.clone()),
        address: address.unwrap_or_else(|| loaded.address.clone()),
        assurance: loaded.assurance,
        language: language.map_or_else(|| loaded.language.clone(), str::to_owned),
        id: loaded.id,
        phone: loaded.phone.clone(),
        version: loaded.version + 1,
        created_at: loaded.created_at,
        updated_at: now,
    };
    let fields = [
        ("full_name", person.full_name != loaded.full_name),
        (
            "personal_number",
            person.personal_number != loaded.personal_number,
        ),
        ("birth_date", person.birth_date != loaded.birth_date),
        ("address", person.address != loaded.address),
        ("language", person.language != loaded.language),
    ];
    let differing = fields
        .into_iter()
        .filter(|(_, differs)| *differs)
        .map(|(name, _)| name);
    (person, differing.collect())
}
