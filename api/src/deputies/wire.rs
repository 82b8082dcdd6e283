//! The shapes of standing in for another officer.

use chrono::NaiveDate;
use domain::{
    actor::Role,
    ids::{AgencyId, DeputyId, OfficerId},
    officers::{Deputy, Revocation},
    time::Time,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::use_cases::Wish;
use crate::page_type;

/// The path of one deputising.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct DeputyPath {
    /// The deputising.
    #[param(value_type = uuid::Uuid)]
    pub deputising_id: DeputyId,
}

/// Who is to stand in for whom (phân công thay thế).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"deputy_id": "019ab1f0-7c1e-7000-8000-000000000021", "role": "approver", "from": "2026-11-23", "until": "2026-11-27", "reason": "Đi công tác."}))]
pub struct DeputyBody {
    /// Who is stood in for: the caller when left out, else somebody whose officers the caller looks
    /// after.
    #[serde(default)]
    #[schema(nullable = false)]
    pub deputised_id: Option<OfficerId>,
    /// Who stands in: another officer of the same agency.
    pub deputy_id: OfficerId,
    /// Which role of case work.
    pub role: Role,
    /// The first day, today or later.
    #[schema(value_type = String, format = Date)]
    pub from: NaiveDate,
    /// The last day, which still counts; a year later at most.
    #[schema(value_type = String, format = Date)]
    pub until: NaiveDate,
    /// Why.
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

/// That one officer stands in for another (phân công thay thế).
#[derive(Debug, Serialize, ToSchema)]
pub struct DeputyView {
    /// The deputising.
    pub deputising_id: DeputyId,
    /// The agency of both.
    pub agency_id: AgencyId,
    /// Who is stood in for.
    pub deputised_id: OfficerId,
    /// Who stands in.
    pub deputy_id: OfficerId,
    /// With which role; it opens nothing while the other one does not hold it.
    pub role: Role,
    /// The first day.
    #[schema(value_type = String, format = Date)]
    pub from: NaiveDate,
    /// The last day, which still counts.
    #[schema(value_type = String, format = Date)]
    pub until: NaiveDate,
    /// Why.
    #[schema(max_length = 500)]
    pub reason: String,
    /// Who made it.
    pub made_by: OfficerId,
    /// When.
    pub made_at: Time,
    /// When it was ended before its last day.
    pub ended_at: Option<Time>,
    /// By whom.
    pub ended_by: Option<OfficerId>,
}

/// A token for standing in: send it in place of the session's own for what is done for the other one.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeputyToken {
    /// Send it as `Authorization: Bearer …`. It opens just the one role, and every event says for whom.
    #[schema(max_length = 2000)]
    pub access_token: String,
    /// Always `Bearer`.
    #[schema(max_length = 6, example = "Bearer")]
    pub token_type: &'static str,
    /// How long it holds; ask again for the next one.
    #[schema(minimum = 1)]
    pub expires_in_seconds: i64,
    /// The agency.
    pub agency_id: AgencyId,
    /// Who is stood in for.
    pub on_behalf_of: OfficerId,
    /// The role.
    pub role: Role,
}

page_type!(/** A page of deputisings, newest first. */ DeputyPage of DeputyView);

impl From<DeputyBody> for Wish {
    fn from(body: DeputyBody) -> Self {
        let DeputyBody {
            deputised_id,
            deputy_id,
            role,
            from,
            until,
            reason,
        } = body;
        Self {
            deputised: deputised_id,
            deputy: deputy_id,
            role,
            from,
            until,
            reason,
        }
    }
}

impl From<Deputy> for DeputyView {
    fn from(deputy: Deputy) -> Self {
        let Deputy {
            id,
            agency,
            officer,
            deputy,
            role,
            from,
            until,
            reason,
            made_by,
            made_at,
            ended,
        } = deputy;
        Self {
            deputising_id: id,
            agency_id: agency,
            deputised_id: officer,
            deputy_id: deputy,
            role,
            from,
            until,
            reason,
            made_by,
            made_at,
            ended_at: ended.map(|Revocation { at, by: _ }| at),
            ended_by: ended.and_then(|Revocation { at: _, by }| by),
        }
    }
}
