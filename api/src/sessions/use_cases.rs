//! What signing in does to the store.

use chrono::Duration;
use domain::{
    actor::Actor,
    ids::{Id, PersonId},
    officers::Grant,
    personal::Personal,
    time::Time,
};
use persistence::{
    Json, StoreError, Tx,
    events::{self, NewEvent},
    officers::{self, Officer, grants},
    one_time_codes::{self, OneTimeCode},
    outbox::{self, NewEntry},
    people::{self, Person},
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    api_code::ApiCode,
    app::App,
    auth::one_time_codes::OneTimeCodes,
    failure::{Failure, Refusal},
};

/// The outbox's topic for codes to be delivered.
pub const DELIVERY: &str = "one_time_code";

/// How many codes that nobody uses a number gets in a day. With five tries each, who guesses has
/// one chance in 40,000 a day.
const CODES_A_DAY: i64 = 5;

/// A code to be sent.
#[derive(Debug)]
pub struct RequestOtp {
    now: Time,
    number: Personal<String>,
    code: Personal<String>,
    row: OneTimeCode,
    pause: Duration,
    delivery: Uuid,
}

impl RequestOtp {
    /// Makes the code, before the transaction that may have to run twice.
    ///
    /// # Errors
    /// `internal` when the machine gives no randomness.
    pub fn new(app: &App, number: Personal<String>, now: Time) -> Result<Self, Failure> {
        let code = OneTimeCodes::generate()?;
        let id = app.ids.uuid(now);
        let limits = &app.config.sessions;
        let seconds = |seconds| Duration::seconds(i64::from(seconds));
        Ok(Self {
            now,
            row: OneTimeCode {
                id,
                number_digest: app.one_time_codes.number_digest(number.reveal()),
                code_digest: app.one_time_codes.digest(id, code.reveal()),
                tries_left: i64::from(limits.one_time_code_tries),
                created_at: now,
                expires_at: now.plus(seconds(limits.one_time_code_seconds)),
                used_at: None,
            },
            number,
            code,
            pause: seconds(limits.one_time_code_pause_seconds),
            delivery: app.ids.uuid(now),
        })
    }

    /// The digits, as they are delivered.
    #[cfg(test)]
    pub(crate) fn code(&self) -> &str {
        self.code.reveal()
    }
}

/// Keeps the digest of a new code and hands the code to the outbox.
///
/// # Errors
/// `too-many-requests` when the number got one just now, or enough for a day.
pub fn request_otp(tx: &mut Tx, command: &RequestOtp) -> Result<(), Failure> {
    let RequestOtp {
        now,
        number,
        code,
        row,
        pause,
        delivery,
    } = command;
    if let Some(newest) = one_time_codes::lock_newest(tx, &row.number_digest)? {
        let wait = *pause - now.since(newest.created_at);
        if newest.used_at.is_none() && wait > Duration::zero() {
            let seconds = u32::try_from(wait.num_seconds() + 1).unwrap_or(u32::MAX);
            return Err(Refusal::new(ApiCode::TooManyRequests)
                .retry_after(seconds)
                .into());
        }
    }
    let since = now.plus(-Duration::days(1));
    if one_time_codes::unused_since(tx, &row.number_digest, since)? >= CODES_A_DAY {
        return Err(Refusal::new(ApiCode::TooManyRequests)
            .retry_after(3600)
            .into());
    }
    one_time_codes::insert(tx, row)?;
    outbox::put(
        tx,
        NewEntry {
            id: Id::from_uuid(*delivery),
            topic: DELIVERY,
            key: &delivery.to_string(),
            payload: Json::of(&json!({
                "number": number.reveal(),
                "code": code.reveal(),
                "expires_at": row.expires_at,
            }))?,
            now: *now,
        },
    )?;
    Ok(())
}

/// A code shown, to be checked.
#[derive(Debug)]
pub struct VerifyOtp {
    /// When.
    pub now: Time,
    /// The number, in E.164.
    pub number: Personal<String>,
    /// The digits.
    pub code: Personal<String>,
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
    /// It does not, or no longer.
    Refused,
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
    let digest = codes.number_digest(command.number.reveal());
    let Some(sent) = one_time_codes::lock_newest(tx, &digest)? else {
        return Ok(Verified::Refused);
    };
    let open = sent.used_at.is_none() && sent.tries_left > 0 && command.now < sent.expires_at;
    if !open {
        return Ok(Verified::Refused);
    }
    if !codes.fits(sent.id, command.code.reveal(), &sent.code_digest) {
        one_time_codes::count_try(tx, &sent)?;
        return Ok(Verified::Refused);
    }
    one_time_codes::use_up(tx, &sent, command.now)?;
    match people::by_phone(tx, &command.number)? {
        Some(person) => Ok(Verified::Fits(person.id, false)),
        None => Ok(Verified::Fits(register(tx, command)?, true)),
    }
}

fn register(tx: &mut Tx, command: &VerifyOtp) -> Result<PersonId, StoreError> {
    let id = command.new_person;
    people::insert(
        tx,
        &Person {
            id,
            phone: command.number.clone(),
            full_name: Personal::new(String::new()),
            personal_number: None,
            birth_date: None,
            address: None,
            language: command.language.to_owned(),
            version: 1,
            created_at: command.now,
            updated_at: command.now,
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
            at: command.now,
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
    Ok(Some(Known { officer, grants }))
}
