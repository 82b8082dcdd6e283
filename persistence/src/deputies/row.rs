//! Rows of `deputies`.

use chrono::NaiveDate;
use diesel::{Insertable, Queryable, Selectable};
use domain::{
    actor::Role,
    ids::{AgencyId, DeputyId, OfficerId},
    officers::{Deputy, Revocation},
    time::Time,
};

use super::Key;
use crate::{connection::MultiBackend, schema::deputies, sql::Sql};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = deputies, check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false)]
pub(super) struct Row {
    id: Sql<DeputyId>,
    agency_id: Sql<AgencyId>,
    deputised_id: Sql<OfficerId>,
    deputy_id: Sql<OfficerId>,
    role: Sql<Role>,
    valid_from: Sql<NaiveDate>,
    valid_until: Sql<NaiveDate>,
    reason: String,
    made_by: Sql<OfficerId>,
    made_at: Sql<Time>,
    ended_at: Option<Sql<Time>>,
    ended_by: Option<Sql<OfficerId>>,
}

impl Row {
    pub(super) fn of(deputy: &Deputy) -> Self {
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
        } = deputy.clone();
        Self {
            id: Sql(id),
            agency_id: Sql(agency),
            deputised_id: Sql(officer),
            deputy_id: Sql(deputy),
            role: Sql(role),
            valid_from: Sql(from),
            valid_until: Sql(until),
            reason,
            made_by: Sql(made_by),
            made_at: Sql(made_at),
            ended_at: ended.map(|ended| Sql(ended.at)),
            ended_by: ended.and_then(|ended| ended.by).map(Sql),
        }
    }

    pub(super) fn into_deputy(self) -> Deputy {
        let Self {
            id: Sql(id),
            agency_id: Sql(agency),
            deputised_id: Sql(officer),
            deputy_id: Sql(deputy),
            role: Sql(role),
            valid_from: Sql(from),
            valid_until: Sql(until),
            reason,
            made_by: Sql(made_by),
            made_at: Sql(made_at),
            ended_at,
            ended_by,
        } = self;
        let by = ended_by.map(Sql::into_inner);
        Deputy {
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
            ended: ended_at.map(|Sql(at)| Revocation { at, by }),
        }
    }

    pub(super) const fn key(&self) -> Key {
        (self.made_at.0, self.id.0)
    }
}
