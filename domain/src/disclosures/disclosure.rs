//! One line of the log: what one officer read of one dossier, for one purpose, in a quarter of an hour.

use chrono::Duration;
use uuid::Uuid;

use super::{AccessPurpose, Actions, Fields};
use crate::{
    actor::{Actor, Role, Roles},
    ids::{AgencyId, DisclosureId, DossierId, MandateId, OfficerId},
    personal::Personal,
    rejection::Code,
    time::Time,
};

/// What a line tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// A dossier.
    Dossier(DossierId),
    /// A mandate, which names people before there is a dossier.
    Mandate(MandateId),
}

/// A line of the access log (nhật ký truy cập dữ liệu cá nhân).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// Its id.
    pub id: DisclosureId,
    /// Who read.
    pub officer: OfficerId,
    /// Acting for which agency.
    pub agency: AgencyId,
    /// The roles held there.
    pub roles: Roles,
    /// Of what.
    pub matter: Matter,
    /// Why.
    pub purpose: AccessPurpose,
    /// The reason in the officer's words, where the purpose was stated.
    pub note: Option<Personal<String>>,
    /// When first.
    pub first_at: Time,
    /// When it was last written down. What was read again and shows nothing new is not written again.
    pub last_at: Time,
    /// How often it was written down.
    pub times: i32,
    /// What was done.
    pub actions: Actions,
    /// What was seen.
    pub fields: Fields,
    /// Until when the citizen does not see this line.
    pub restricted_until: Option<Time>,
    /// The request it was first written in, as the request log has it; not for the citizen.
    pub request: Option<Uuid>,
}

/// Minutes that one line gathers.
const QUARTER_MINUTES: i64 = 15;

/// When the quarter of an hour began that this instant lies in.
pub fn quarter_of(now: Time) -> Time {
    let quarter = Duration::minutes(QUARTER_MINUTES);
    let Some(length) = quarter.num_microseconds() else {
        return now;
    };
    now.plus(-Duration::microseconds(now.micros().rem_euclid(length)))
}

/// The longest an investigation may keep a line from the citizen, in days.
pub const LONGEST_RESTRICTION_DAYS: i64 = 180;

/// Nothing if this actor may keep a read for this purpose from the citizen until that instant: an
/// auditor who inspects or settles a complaint, and not for long.
///
/// # Errors
/// `role-forbids`; `out-of-range` for an instant that is past or too far ahead.
pub fn may_restrict(
    actor: &Actor,
    purpose: AccessPurpose,
    until: Time,
    now: Time,
) -> Result<(), Code> {
    let investigates = matches!(
        purpose,
        AccessPurpose::Inspection | AccessPurpose::Complaint
    );
    let is_auditor = matches!(actor, Actor::Officer { roles, .. } if roles.has(Role::Auditor));
    if !investigates || !is_auditor {
        return Err(Code::RoleForbids);
    }
    let latest = now.plus(Duration::days(LONGEST_RESTRICTION_DAYS));
    if until <= now || until > latest {
        return Err(Code::OutOfRange);
    }
    Ok(())
}
