//! Gives an officer an account.

use domain::{
    actor::Roles,
    ids::AgencyId,
    officers::Grant,
    people::checked_name,
    personal::Personal,
    rejection::{Code, Fault, Rejection},
};
use persistence::{
    Tx,
    officers::{self, Officer, grants},
};
use serde_json::json;

use super::trace::{trace, trace_grant};
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
}

/// Why whoever is hired with roles has them.
const REASON: &str = "Giao khi lập tài khoản.";

/// Adds the officer with roles from today on that nobody else has to agree to: for the house itself,
/// at the machine. Over HTTP, roles are proposed and approved.
///
/// # Errors
/// Those of [`add_account`], and `invalid-content` without a role.
pub fn hire(tx: &mut Tx, call: &Call, new: &NewOfficer, roles: Roles) -> Result<Officer, Failure> {
    let mut faults = faults_of(call, new);
    if roles.is_empty() {
        faults.push(Fault::new("/roles", Code::Required));
    }
    Rejection::of_faults(faults)?;
    let officer = add_account(tx, call, new, false)?;
    for role in roles.iter() {
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
    Ok(officer)
}

/// Adds an account without a role; `one_time` when the password is only for choosing another one.
///
/// # Errors
/// `invalid-content` for a login with other than lower-case letters, digits, dots and hyphens, a
/// name that is none, or an agency the catalogue does not know today; `already-exists` for a login
/// that is taken.
pub fn add_account(
    tx: &mut Tx,
    call: &Call,
    new: &NewOfficer,
    one_time: bool,
) -> Result<Officer, Failure> {
    Rejection::of_faults(faults_of(call, new))?;
    let officer = Officer {
        id: call.id(),
        login: new.login.clone(),
        password_hash: new.password_hash.clone(),
        full_name: new.full_name.clone(),
        agency: new.agency,
        active: true,
        must_change_password: one_time,
        version: 1,
        created_at: call.now,
        updated_at: call.now,
    };
    officers::insert(tx, &officer)?;
    let payload = json!({ "officer_id": officer.id });
    trace(tx, call, "officer_added", (officer.agency, 1), &payload)?;
    Ok(officer)
}

fn faults_of(call: &Call, new: &NewOfficer) -> Vec<Fault> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
    let login_fits =
        !new.login.is_empty() && new.login.len() <= LONGEST_LOGIN && new.login.chars().all(plain);
    let mut faults = Vec::new();
    if !login_fits {
        faults.push(Fault::new("/login", Code::WrongFormat));
    }
    if let Err(code) = checked_name(new.full_name.reveal()) {
        faults.push(Fault::new("/full_name", code));
    }
    if !works_today(call, new.agency) {
        faults.push(Fault::new("/agency_id", Code::UnknownReference));
    }
    faults
}

/// Whether the catalogue knows the agency today.
pub(super) fn works_today(call: &Call, agency: AgencyId) -> bool {
    let known = call.posted.agency(agency);
    known.is_some_and(|agency| agency.on(call.now.date()).is_some())
}
