//! Rows of `sessions` and `refresh_tokens`.

use diesel::{Insertable, Queryable, Selectable};
use domain::{
    ids::{AgencyId, Id, SessionId},
    personal::Personal,
    sessions::{Account, AccountKind, EndReason},
    time::Time,
};
use uuid::Uuid;

use crate::{
    connection::MultiBackend,
    schema::{refresh_tokens, sessions},
    sql::Sql,
};

/// One device that is or was signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The session's id; access tokens carry it.
    pub id: SessionId,
    /// Whose it is.
    pub account: Account,
    /// The agency an officer signed in for.
    pub agency: Option<AgencyId>,
    /// The keyed digest of the name the app gave the device.
    pub device_digest: Option<Vec<u8>>,
    /// What the app calls the device to its owner.
    pub device_label: Option<Personal<String>>,
    /// The prefix of the network it was used from last.
    pub network: Personal<String>,
    /// When it was opened.
    pub created_at: Time,
    /// When it was opened or refreshed last.
    pub last_used_at: Time,
    /// When it is too old to go on.
    pub expires_at: Time,
    /// When and why it was ended before that.
    pub ended: Option<(Time, EndReason)>,
}

/// A refresh token, as far as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefreshToken {
    /// Its own id: the successor is derived from it.
    pub id: Uuid,
    /// Its session.
    pub session: SessionId,
    /// The keyed digest of the token.
    pub digest: Vec<u8>,
    /// When it was made.
    pub created_at: Time,
    /// When its session is too old to go on.
    pub expires_at: Time,
    /// When it was used.
    pub spent_at: Option<Time>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions, check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false)]
pub(super) struct Row {
    id: Sql<SessionId>,
    account_kind: Sql<AccountKind>,
    account_id: Sql<Uuid>,
    agency_id: Option<Sql<AgencyId>>,
    device_digest: Option<Vec<u8>>,
    device_label: Option<Sql<Personal<String>>>,
    network: Sql<Personal<String>>,
    created_at: Sql<Time>,
    last_used_at: Sql<Time>,
    expires_at: Sql<Time>,
    ended_at: Option<Sql<Time>>,
    end_reason: Option<Sql<EndReason>>,
}

impl Row {
    pub(super) fn of(session: &Session) -> Self {
        let Session {
            id,
            account,
            agency,
            device_digest,
            device_label,
            network,
            created_at,
            last_used_at,
            expires_at,
            ended,
        } = session.clone();
        Self {
            id: Sql(id),
            account_kind: Sql(account.kind()),
            account_id: Sql(account.uuid()),
            agency_id: agency.map(Sql),
            device_digest,
            device_label: device_label.map(Sql),
            network: Sql(network),
            created_at: Sql(created_at),
            last_used_at: Sql(last_used_at),
            expires_at: Sql(expires_at),
            ended_at: ended.map(|(at, _)| Sql(at)),
            end_reason: ended.map(|(_, why)| Sql(why)),
        }
    }

    pub(super) fn into_session(self) -> Session {
        let Self {
            id: Sql(id),
            account_kind: Sql(account_kind),
            account_id: Sql(account_id),
            agency_id,
            device_digest,
            device_label,
            network: Sql(network),
            created_at: Sql(created_at),
            last_used_at: Sql(last_used_at),
            expires_at: Sql(expires_at),
            ended_at,
            end_reason,
        } = self;
        Session {
            id,
            account: match account_kind {
                AccountKind::Citizen => Account::Citizen(Id::from_uuid(account_id)),
                AccountKind::Officer => Account::Officer(Id::from_uuid(account_id)),
            },
            agency: agency_id.map(Sql::into_inner),
            device_digest,
            device_label: device_label.map(Sql::into_inner),
            network,
            created_at,
            last_used_at,
            expires_at,
            // Both or neither: the table sees to it.
            ended: ended_at
                .map(Sql::into_inner)
                .zip(end_reason.map(Sql::into_inner)),
        }
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = refresh_tokens, check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false)]
pub(super) struct TokenRow {
    id: Sql<Uuid>,
    session_id: Sql<SessionId>,
    token_digest: Vec<u8>,
    created_at: Sql<Time>,
    expires_at: Sql<Time>,
    spent_at: Option<Sql<Time>>,
}

impl TokenRow {
    pub(super) fn of(token: &RefreshToken) -> Self {
        let RefreshToken {
            id,
            session,
            digest,
            created_at,
            expires_at,
            spent_at,
        } = token.clone();
        Self {
            id: Sql(id),
            session_id: Sql(session),
            token_digest: digest,
            created_at: Sql(created_at),
            expires_at: Sql(expires_at),
            spent_at: spent_at.map(Sql),
        }
    }

    pub(super) fn into_token(self) -> RefreshToken {
        let Self {
            id: Sql(id),
            session_id: Sql(session),
            token_digest,
            created_at: Sql(created_at),
            expires_at: Sql(expires_at),
            spent_at,
        } = self;
        RefreshToken {
            id,
            session,
            digest: token_digest,
            created_at,
            expires_at,
            spent_at: spent_at.map(Sql::into_inner),
        }
    }
}
