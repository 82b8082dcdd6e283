//! Gives an officer an account.

use domain::{
    actor::Roles,
    ids::{AgencyId, OfficerId},
    people::checked_name,
    personal::Personal,
    rejection::{Code, Fault, Rejection},
};
use persistence::{
    Json, Tx,
    events::{self, NewEvent},
    officers::{self, Officer},
};

use crate::{call::Call, failure::Failure};

/// The longest login, in characters.
const LONGEST_LOGIN: usize = 100;

/// An officer who is to have an account.
#[derive(Debug, Clone)]
pub struct NewOfficer {
    /// The name they log in with.
    pub login: String,
    /// Family name, middle name and given name.
    pub full_name: Personal<String>,
    /// argon2id, in the PHC string format.
    pub password_hash: Personal<String>,
    /// The agency they act for.
    pub agency: AgencyId,
    /// The roles they hold there.
    pub roles: Roles,
}

/// Adds the officer.
///
/// # Errors
/// `invalid-content` for a login with other than lower-case letters, digits, dots and hyphens, a
/// name that is none, no role, or an agency the catalogue does not know today; `already-exists` for
/// a login that is taken.
pub fn hire(tx: &mut Tx, call: &Call, new: &NewOfficer) -> Result<OfficerId, Failure> {
    Rejection::of_faults(faults_of(call, new))?;
    let officer = Officer {
        id: call.id(),
        login: new.login.clone(),
        password_hash: new.password_hash.clone(),
        full_name: new.full_name.clone(),
        agency: new.agency,
        roles: new.roles,
        active: true,
        version: 1,
        created_at: call.now,
        updated_at: call.now,
    };
    officers::insert(tx, &officer)?;
    let event = NewEvent {
        id: call.id(),
        dossier: None,
        agency: Some(officer.agency),
        person: None,
        version: 1,
        kind: "officer_added",
        actor: &call.actor,
        at: call.now,
        state: None,
        due_at: None,
        channel: None,
        payload: Json::of(&serde_json::json!({ "officer_id": officer.id }))?,
    };
    events::append(tx, event)?;
    Ok(officer.id)
}

fn faults_of(call: &Call, new: &NewOfficer) -> Vec<Fault> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
    let login_fits =
        !new.login.is_empty() && new.login.len() <= LONGEST_LOGIN && new.login.chars().all(plain);
    let works_today = call
        .posted
        .agency(new.agency)
        .is_some_and(|agency| agency.on(call.now.date()).is_some());
    let mut faults = Vec::new();
    if !login_fits {
        faults.push(Fault::new("/login", Code::WrongFormat));
    }
    if let Err(code) = checked_name(new.full_name.reveal()) {
        faults.push(Fault::new("/full_name", code));
    }
    if !works_today {
        faults.push(Fault::new("/agency_id", Code::UnknownReference));
    }
    if new.roles.iter().next().is_none() {
        faults.push(Fault::new("/roles", Code::Required));
    }
    faults
}
