//! Rows of `officers`, and how they become officers.

use diesel::{AsChangeset, Insertable, Queryable, Selectable};
use domain::{
    ids::{AgencyId, OfficerId},
    personal::Personal,
    time::Time,
};

use super::Key;
use crate::{connection::MultiBackend, schema::officers, sql::Sql};

/// An officer's account; which roles are held is in [`grants`](super::grants).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// The officer's id.
    pub id: OfficerId,
    /// The name they log in with.
    pub login: String,
    /// argon2id, in the PHC string format.
    pub password_hash: Personal<String>,
    /// Family name, middle name and given name.
    pub full_name: Personal<String>,
    /// The agency they belong to, whose administrator looks after the account.
    pub agency: AgencyId,
    /// Whether they may log in.
    pub active: bool,
    /// Whether the password is only for choosing another one.
    pub must_change_password: bool,
    /// Goes up by one with each change.
    pub version: i64,
    /// When the account was made.
    pub created_at: Time,
    /// When it last changed.
    pub updated_at: Time,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = officers, check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
pub(super) struct Row {
    id: Sql<OfficerId>,
    login: String,
    password_hash: Sql<Personal<String>>,
    full_name: Sql<Personal<String>>,
    agency_id: Sql<AgencyId>,
    active: bool,
    must_change_password: bool,
    version: i64,
    created_at: Sql<Time>,
    updated_at: Sql<Time>,
}

impl Row {
    pub(super) fn of(officer: &Officer) -> Self {
        let Officer {
            id,
            login,
            password_hash,
            full_name,
            agency,
            active,
            must_change_password,
            version,
            created_at,
            updated_at,
        } = officer.clone();
        Self {
            id: Sql(id),
            login,
            password_hash: Sql(password_hash),
            full_name: Sql(full_name),
            agency_id: Sql(agency),
            active,
            must_change_password,
            version,
            created_at: Sql(created_at),
            updated_at: Sql(updated_at),
        }
    }

    pub(super) fn into_officer(self) -> Officer {
        let Self {
            id: Sql(id),
            login,
            password_hash: Sql(password_hash),
            full_name: Sql(full_name),
            agency_id: Sql(agency_id),
            active,
            must_change_password,
            version,
            created_at: Sql(created_at),
            updated_at: Sql(updated_at),
        } = self;
        Officer {
            id,
            login,
            password_hash,
            full_name,
            agency: agency_id,
            active,
            must_change_password,
            version,
            created_at,
            updated_at,
        }
    }

    pub(super) const fn key(&self) -> Key {
        (self.created_at.0, self.id.0)
    }
}
