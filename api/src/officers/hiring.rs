//! Gives an officer an account.

use domain::{
    actor::Roles,
    ids::{AgencyId, OfficerId},
    officers::Grant,
    people::checked_name,
    personal::Personal,
    rejection::{Code, Fault, Rejection},
};
use persistence::{
    Json, Tx,
    events::{self, NewEvent},
    officers::{self, Officer, grants},
};
use serde_json::json;

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
    /// The agency they belong to.
    pub agency: AgencyId,
    /// The roles they hold there from today on.
    pub roles: Roles,
}

/// Why whoever is hired with roles has them.
const REASON: &str = "Giao khi lập tài khoản.";

/// Adds the officer with roles that nobody else has to agree to: for the house itself, at the
/// machine. Over HTTP, roles are proposed and approved.
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
        payload: Json::of(&json!({ "officer_id": officer.id }))?,
    };
    events::append(tx, event)?;
    for role in new.roles.iter() {
        let grant = Grant {
            id: call.id(),
            officer: officer.id,
            agency: officer.agency,
            role,
            from: call.now.date(),
            until: None,
            reason: REASON.to_owned(),
            granted_by: None,
            approved_by: None,
            granted_at: call.now,
            revoked: None,
        };
        grants::insert(tx, &grant)?;
        trace_grant(tx, call, &grant)?;
    }
    Ok(officer.id)
}

/// Writes down that a role was given, with everybody who had a part in it.
pub(super) fn trace_grant(tx: &mut Tx, call: &Call, grant: &Grant) -> Result<(), Failure> {
    let Grant {
        id,
        officer,
        agency,
        role,
        from,
        until,
        reason: _,
        granted_by,
        approved_by,
        granted_at: _,
        revoked: _,
    } = grant;
    let payload = json!({
        "grant_id": id, "officer_id": officer, "role": role, "from": from, "until": until,
        "proposed_by": granted_by, "approved_by": approved_by,
    });
    let event = NewEvent {
        id: call.id(),
        dossier: None,
        agency: Some(*agency),
        person: None,
        version: 1,
        kind: "role_granted",
        actor: &call.actor,
        at: call.now,
        state: None,
        due_at: None,
        channel: None,
        payload: Json::of(&payload)?,
    };
    Ok(events::append(tx, event)?)
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
