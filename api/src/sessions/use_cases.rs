//! What signing in does to the store.

use domain::{
    actor::Actor,
    identities::AssuranceLevel,
    ids::{Id, PersonId},
    officers::Grant,
    personal::Personal,
};
use persistence::{
    Json, StoreError, Tx,
    disclosures::Reading,
    events::{self, NewEvent},
    officers::{self, Officer, grants},
    people::{self, Person},
    second_factors,
};
use uuid::Uuid;

use super::codes::{Looked, ShownCode, look_at};
use crate::{auth::one_time_codes::OneTimeCodes, failure::Failure};

/// A code shown to sign in with.
#[derive(Debug)]
pub struct VerifyOtp {
    /// The code.
    pub shown: ShownCode,
    /// The account's id, if one has to be made.
    pub new_person: PersonId,
    /// The event's id, if an account has to be made.
    pub new_event: Uuid,
    /// The language of a new account.
    pub language: &'static str,
}

/// What came of showing a code. A wrong one is no error of the transaction: it has to be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verified {
    /// It fits: this is the account, and whether it was made just now.
    Fits(PersonId, bool),
    /// It does not; one of the request's tries is gone.
    Wrong,
    /// There is no such request, or it is over.
    NoSuchRequest,
}

/// Checks a code; the first good one of a number makes the account.
///
/// # Errors
/// As the store reports them.
pub fn verify_otp(
    tx: &mut Tx,
    codes: &OneTimeCodes,
    command: &VerifyOtp,
) -> Result<Verified, Failure> {
    match look_at(tx, codes, &command.shown)? {
        Looked::Wrong => return Ok(Verified::Wrong),
        Looked::NoSuchRequest => return Ok(Verified::NoSuchRequest),
        Looked::Fits => {}
    }
    let number = &command.shown.number;
    if let Some(found) = people::by_phone(tx, number)? {
        // Under lock: whoever gives the account another number meanwhile ends its sessions, and would
        // miss the one that is opened now.
        let person = people::lock(tx, found.id, &Reading::Own(found.id))?;
        if person.phone.as_ref() == Some(number) {
            return Ok(Verified::Fits(person.id, false));
        }
    }
    Ok(Verified::Fits(register(tx, command)?, true))
}

fn register(tx: &mut Tx, command: &VerifyOtp) -> Result<PersonId, StoreError> {
    let (id, now) = (command.new_person, command.shown.now);
    people::insert(
        tx,
        &Person {
            id,
            phone: Some(command.shown.number.clone()),
            full_name: Personal::new(String::new()),
            personal_number: None,
            birth_date: None,
            address: None,
            assurance: AssuranceLevel::Phone,
            language: command.language.to_owned(),
            version: 1,
            created_at: now,
            updated_at: now,
        },
    )?;
    events::append(
        tx,
        NewEvent {
            id: Id::from_uuid(command.new_event),
            dossier: None,
            agency: None,
            person: Some(id),
            version: 1,
            kind: "person_registered",
            actor: &Actor::Citizen { person: id },
            at: now,
            state: None,
            due_at: None,
            channel: None,
            payload: Json::empty(),
        },
    )?;
    Ok(id)
}

/// An officer who may sign in, and the grants the roles follow from.
#[derive(Debug, Clone)]
pub struct Known {
    /// The account.
    pub officer: Officer,
    /// Every grant it ever had.
    pub grants: Vec<Grant>,
    /// Whether it has a second factor.
    pub has_second_factor: bool,
}

/// The officer who may sign in with this login, if there is one.
///
/// # Errors
/// As the store reports them.
pub fn officer_login(tx: &mut Tx, login: &str) -> Result<Option<Known>, Failure> {
    let officer = officers::by_login(tx, login)?;
    let Some(officer) = officer.filter(|officer| officer.active) else {
        return Ok(None);
    };
    let grants = grants::of_officer(tx, officer.id)?;
    let has_second_factor = second_factors::is_confirmed(tx, officer.id)?;
    Ok(Some(Known {
        officer,
        grants,
        has_second_factor,
    }))
}
