//! The shapes of officers' accounts and roles, as administrators see them.

use chrono::NaiveDate;
use domain::{
    actor::Role,
    ids::{AgencyId, GrantId, OfficerId},
    officers::{Grant, Revocation},
    personal::Personal,
    rejection::{Code, Fault, Rejection},
    time::Time,
};
use persistence::officers::Officer;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{accounts::Changes, roles::RoleWish};
use crate::{page_type, patch::present};

/// The path of one officer.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct OfficerPath {
    /// The officer's id.
    #[param(value_type = uuid::Uuid)]
    pub officer_id: OfficerId,
}

/// The path of one role of an officer.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct GrantPath {
    /// The officer's id.
    #[param(value_type = uuid::Uuid)]
    pub officer_id: OfficerId,
    /// The id of the grant.
    #[param(value_type = uuid::Uuid)]
    pub grant_id: GrantId,
}

/// Whose officers are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OfficersQuery {
    /// The agency; the one the token is for when left out.
    #[param(value_type = Option<uuid::Uuid>)]
    pub agency_id: Option<AgencyId>,
    /// How many items a page has, 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    pub page_size: Option<u8>,
    /// The `next_page_token` of the page before.
    #[param(max_length = 600)]
    pub page_token: Option<String>,
}

/// An officer who is to have an account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"login": "mythuan.tiepnhan2", "full_name": "Lê Thị Sen", "agency_id": "01980000-0000-7000-8000-000000030838"}))]
pub struct OfficerBody {
    /// The name to sign in with: lower-case letters, digits, dots and hyphens.
    #[schema(min_length = 1, max_length = 100, pattern = "^[a-z0-9.-]{1,100}$")]
    pub login: String,
    /// Family name, middle name, given name.
    #[schema(value_type = String, min_length = 1, max_length = 120)]
    pub full_name: Personal<String>,
    /// The agency they belong to.
    pub agency_id: AgencyId,
}

/// What is to be different: a merge patch.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"active": false}))]
#[expect(
    clippy::option_option,
    reason = "left out, null and a value are three different wishes"
)]
pub struct OfficerPatch {
    /// Family name, middle name, given name.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 120)]
    full_name: Option<Option<Personal<String>>>,
    /// Whether they may sign in.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = bool, required = false)]
    active: Option<Option<bool>>,
}

/// An officer's account (tài khoản cán bộ).
#[derive(Debug, Serialize, ToSchema)]
pub struct OfficerView {
    /// The officer.
    pub officer_id: OfficerId,
    /// The name they sign in with.
    #[schema(max_length = 100)]
    pub login: String,
    /// Family name, middle name, given name.
    #[schema(max_length = 120)]
    pub full_name: String,
    /// The agency they belong to, whose administrator looks after the account.
    pub agency_id: AgencyId,
    /// Whether they may sign in.
    pub active: bool,
    /// Whether the password is only for choosing another one.
    pub must_change_password: bool,
    /// Goes up with each change; the `ETag` holds it.
    #[schema(minimum = 1)]
    pub version: i64,
    /// When the account was made.
    pub created_at: Time,
    /// When it last changed.
    pub updated_at: Time,
}

/// An account with a password that somebody else made.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewPassword {
    /// The account as it is now.
    pub officer: OfficerView,
    /// For choosing another one at the first sign-in, and for nothing else; shown this once. Hand it
    /// over in person.
    #[schema(max_length = 32)]
    pub one_time_password: String,
}

/// A role for an officer (giao vai trò).
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"agency_id": "01980000-0000-7000-8000-000000030838", "role": "receiver", "from": "2026-11-23", "until": "2026-12-31", "reason": "Thay cán bộ nghỉ thai sản."}))]
pub struct RoleBody {
    /// Where.
    pub agency_id: AgencyId,
    /// Which role. Administrators of the province are not made here.
    pub role: Role,
    /// The first day, today or later.
    #[schema(value_type = String, format = Date)]
    pub from: NaiveDate,
    /// The last day, which still counts; without one the role holds until it is taken back.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<NaiveDate>,
    /// Why.
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// A role as it was given.
#[derive(Debug, Serialize, ToSchema)]
pub struct GrantView {
    /// The grant.
    pub grant_id: GrantId,
    /// Where.
    pub agency_id: AgencyId,
    /// Which role.
    pub role: Role,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub from: NaiveDate,
    /// The last day, which still counts.
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<NaiveDate>,
    /// Why.
    #[schema(max_length = 500)]
    pub reason: String,
    /// Whether it holds now.
    pub holds: bool,
    /// Who proposed it; null: given at the machine.
    pub proposed_by: Option<OfficerId>,
    /// Who agreed.
    pub approved_by: Option<OfficerId>,
    /// When it was given.
    pub granted_at: Time,
    /// When it was taken back.
    pub revoked_at: Option<Time>,
    /// By whom.
    pub revoked_by: Option<OfficerId>,
}

/// Every role an officer was given, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfficerRoles {
    /// The grants.
    #[schema(max_items = 10_000)]
    pub items: Vec<GrantView>,
}

page_type!(/** A page of officers, newest first. */ OfficerPage of OfficerView);

impl From<Officer> for OfficerView {
    fn from(officer: Officer) -> Self {
        let Officer {
            id,
            login,
            password_hash: _,
            full_name,
            agency,
            active,
            must_change_password,
            version,
            created_at,
            updated_at,
        } = officer;
        Self {
            officer_id: id,
            login,
            full_name: full_name.into_revealed(),
            agency_id: agency,
            active,
            must_change_password,
            version,
            created_at,
            updated_at,
        }
    }
}

impl OfficerRoles {
    /// The grants, and which of them hold now.
    pub fn of(grants: Vec<Grant>, now: Time) -> Self {
        let items = grants.into_iter().map(|grant| GrantView::of(grant, now));
        Self {
            items: items.collect(),
        }
    }
}

impl GrantView {
    fn of(grant: Grant, now: Time) -> Self {
        let holds = grant.holds_at(now);
        let Grant {
            id,
            officer: _,
            agency,
            role,
            from,
            until,
            reason,
            granted_by,
            approved_by,
            granted_at,
            revoked,
        } = grant;
        Self {
            grant_id: id,
            agency_id: agency,
            role,
            from,
            until,
            reason,
            holds,
            proposed_by: granted_by,
            approved_by,
            granted_at,
            revoked_at: revoked.map(|Revocation { at, by: _ }| at),
            revoked_by: revoked.and_then(|Revocation { at: _, by }| by),
        }
    }
}

impl From<RoleBody> for RoleWish {
    fn from(body: RoleBody) -> Self {
        let RoleBody {
            agency_id,
            role,
            from,
            until,
            reason,
        } = body;
        Self {
            agency_id,
            role,
            from,
            until,
            reason,
        }
    }
}

impl OfficerPatch {
    /// The changes.
    ///
    /// # Errors
    /// `invalid-content` with every field that cannot be cleared.
    pub fn into_changes(self) -> Result<Changes, Rejection> {
        let Self { full_name, active } = self;
        let cleared = [
            ("/full_name", full_name == Some(None)),
            ("/active", active == Some(None)),
        ];
        let faults = cleared.into_iter().filter(|(_, cleared)| *cleared);
        let faults = faults.map(|(pointer, _)| Fault::new(pointer, Code::Required));
        Rejection::of_faults(faults.collect())?;
        Ok(Changes {
            full_name: full_name.flatten(),
            active: active.flatten(),
        })
    }
}
