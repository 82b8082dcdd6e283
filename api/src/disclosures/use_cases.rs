//! Looking at the access log.

use domain::{actor::Actor, disclosures::may_review, mandates::Act, rejection::Code};
use persistence::{
    Tx,
    disclosures::{self, Filter, Key, Reviewed, Shown},
    page::{Limit, Page},
};

use crate::{call::Call, failure::Failure};

/// What officers read of the citizen who asks, and of those they represent today, newest first.
///
/// # Errors
/// `role-forbids` for anybody but a citizen.
pub fn list_my_access_log(
    tx: &mut Tx,
    call: &Call,
    after: Option<Key>,
    limit: Limit,
) -> Result<Page<Shown, Key>, Failure> {
    let Actor::Citizen { person } = call.actor else {
        return Err(Code::RoleForbids.into());
    };
    let reach = call.reach(person, Act::Read);
    Ok(disclosures::of_subject(tx, reach, call.now, after, limit)?)
}

/// What officers read, for the auditor: of the own agency, what its officers read and what others read of
/// its dossiers; of the province for whoever administers it too.
///
/// # Errors
/// `role-forbids` for anybody but an auditor.
pub fn list_office_access_log(
    tx: &mut Tx,
    call: &Call,
    filter: Filter,
    (after, limit): (Option<Key>, Limit),
) -> Result<Page<Reviewed, Key>, Failure> {
    may_review(&call.actor)?;
    let sight = call.actor.sight();
    Ok(disclosures::review(tx, sight, filter, after, limit)?)
}
