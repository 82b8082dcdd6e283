//! Rows of `one_time_codes`.

use diesel::{Insertable, Queryable, Selectable};
use domain::{ids::PersonId, sessions::CodePurpose, time::Time};
use uuid::Uuid;

use crate::{connection::MultiBackend, schema::one_time_codes, sql::Sql};

/// A code that was sent, as far as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneTimeCode {
    /// The code's own id, made by the caller; its digest is bound to it.
    pub id: Uuid,
    /// The keyed digest of the number it was sent to.
    pub number_digest: Vec<u8>,
    /// The keyed digest of the code.
    pub code_digest: Vec<u8>,
    /// How many wrong tries it still survives.
    pub tries_left: i64,
    /// When it was sent.
    pub created_at: Time,
    /// When it stops to hold.
    pub expires_at: Time,
    /// When it was used.
    pub used_at: Option<Time>,
    /// What it is for.
    pub purpose: CodePurpose,
    /// The citizen who is signed in and asked for it.
    pub account: Option<PersonId>,
    /// The keyed digest of the device, network or account that asked for it.
    pub asker_digest: Vec<u8>,
    /// Whether the number's account was signed in on that device before.
    pub known_device: bool,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = one_time_codes, check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false)]
pub(super) struct Row {
    id: Sql<Uuid>,
    number_digest: Vec<u8>,
    code_digest: Vec<u8>,
    tries_left: i64,
    created_at: Sql<Time>,
    expires_at: Sql<Time>,
    used_at: Option<Sql<Time>>,
    purpose: Sql<CodePurpose>,
    account_id: Option<Sql<PersonId>>,
    asker_digest: Vec<u8>,
    known_device: bool,
}

impl Row {
    pub(super) fn of(code: &OneTimeCode) -> Self {
        let OneTimeCode {
            id,
            number_digest,
            code_digest,
            tries_left,
            created_at,
            expires_at,
            used_at,
            purpose,
            account,
            asker_digest,
            known_device,
        } = code.clone();
        Self {
            id: Sql(id),
            number_digest,
            code_digest,
            tries_left,
            created_at: Sql(created_at),
            expires_at: Sql(expires_at),
            used_at: used_at.map(Sql),
            purpose: Sql(purpose),
            account_id: account.map(Sql),
            asker_digest,
            known_device,
        }
    }

    pub(super) fn into_code(self) -> OneTimeCode {
        let Self {
            id: Sql(id),
            number_digest,
            code_digest,
            tries_left,
            created_at: Sql(created_at),
            expires_at: Sql(expires_at),
            used_at,
            purpose: Sql(purpose),
            account_id,
            asker_digest,
            known_device,
        } = self;
        OneTimeCode {
            id,
            number_digest,
            code_digest,
            tries_left,
            created_at,
            expires_at,
            used_at: used_at.map(Sql::into_inner),
            purpose,
            account: account_id.map(Sql::into_inner),
            asker_digest,
            known_device,
        }
    }
}
