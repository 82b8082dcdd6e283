//! Whether whoever stands in for another officer still may, asked in each of their transactions.

use domain::{
    actor::{Actor, Roles},
    sessions::Account,
};
use persistence::{
    Tx, deputies,
    officers::{self, grants},
    sessions,
};

use crate::{call::Call, failure::Failure};

/// Whether the session and the deputising behind the token hold, and the one who is stood in for holds the role now:
/// read anew, so that it ends at once with either. If so the events of this transaction say for whom.
///
/// # Errors
/// As the store reports them.
pub(crate) fn stands_in(tx: &mut Tx, call: &Call) -> Result<bool, Failure> {
    let Actor::Officer {
        officer,
        agency,
        roles,
    } = call.actor
    else {
        return Ok(false);
    };
    let (Some(id), Some(session)) = (call.deputy, call.session) else {
        return Ok(false);
    };
    // The token was made in a session, and is worth nothing once that is over.
    if !sessions::goes_on(tx, session, Account::Officer(officer), call.now)? {
        return Ok(false);
    }
    let Some(deputy) = deputies::find(tx, id)? else {
        return Ok(false);
    };
    let theirs = deputy.deputy == officer
        && deputy.agency == agency
        && roles == Roles::of(&[deputy.role])
        && officers::is_active_at(tx, officer, agency)?
        && officers::is_active_at(tx, deputy.officer, agency)?;
    if !theirs {
        return Ok(false);
    }
    let held = grants::of_active(tx, deputy.officer, agency)?;
    if !deputy.acts(&held, call.now) {
        return Ok(false);
    }
    tx.stands_in_for(deputy.officer);
    Ok(true)
}
