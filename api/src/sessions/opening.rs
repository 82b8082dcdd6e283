//! How a session is opened, once it is known whose it is to be.

use chrono::Duration;
use domain::{
    actor::Actor,
    ids::SessionId,
    personal::Personal,
    sessions::{Account, AccountKind, EndReason, MOST_SESSIONS},
    time::Time,
};
use persistence::{
    Json, Tx,
    events::{self, NewEvent},
    sessions::{self, RefreshToken, Session, tokens},
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;
use uuid::Uuid;

use super::{device::Device, ending};
use crate::{
    app::App, auth::refresh_tokens::RefreshTokens, call::Call, extract::Network, failure::Failure,
};

/// The scheme of access tokens (RFC 6750).
pub(crate) const BEARER: &str = "Bearer";

/// A session that may be about to be opened: all its chance is drawn before the transaction, which
/// may have to run twice.
pub struct NewSession {
    id: SessionId,
    token_row: Uuid,
    token: SecretString,
    token_digest: Vec<u8>,
    device: Device,
    network: Personal<String>,
    expires_at: Time,
    call: Call,
}

impl NewSession {
    /// A session of that kind of account, on that device and network.
    ///
    /// # Errors
    /// `internal` when the machine gives no randomness.
    pub fn prepare(
        app: &App,
        kind: AccountKind,
        device: Device,
        network: &Network,
    ) -> Result<Self, Failure> {
        let call = app.call(Actor::System);
        let token = RefreshTokens::first()?;
        let limits = &app.config.sessions;
        let longest = match kind {
            AccountKind::Citizen => limits.citizen_session_seconds,
            AccountKind::Officer => limits.officer_session_seconds,
        };
        Ok(Self {
            id: call.id(),
            token_row: call.ids.uuid(call.now),
            token_digest: app.refresh_tokens.digest(&token),
            token,
            device,
            network: network.prefix(),
            expires_at: call.now.plus(Duration::seconds(i64::from(longest))),
            call,
        })
    }

    /// Its id.
    pub const fn id(&self) -> SessionId {
        self.id
    }

    /// Opens it for the actor. The sessions that have to end for it are given.
    ///
    /// # Errors
    /// `internal` for the worker; as the store reports them.
    pub fn open(
        &self,
        tx: &mut Tx,
        keys: &RefreshTokens,
        actor: &Actor,
    ) -> Result<Vec<SessionId>, Failure> {
        let account = Account::of(actor).ok_or_else(|| Failure::internal("nobody's session"))?;
        let now = self.call.now;
        let id = self.device.id.as_ref();
        let session = Session {
            id: self.id,
            account,
            agency: match actor {
                Actor::Officer {
                    officer: _,
                    agency,
                    roles: _,
                } => Some(*agency),
                Actor::Citizen { person: _ } | Actor::System => None,
            },
            device_digest: id.map(|id| keys.device_digest(account, id.reveal())),
            device_label: self.device.label.clone(),
            network: self.network.clone(),
            created_at: now,
            last_used_at: now,
            expires_at: self.expires_at,
            ended: None,
        };
        let call = Call {
            actor: *actor,
            ..self.call.clone()
        };
        let live = sessions::live(tx, account, now)?;
        let surplus = live.iter().skip(MOST_SESSIONS - 1);
        let ended = ending::end_each(tx, &call, surplus, EndReason::Superseded)?;
        sessions::insert(tx, &session)?;
        events::append(tx, event(&call, &session, "session_opened", 1, None)?)?;
        tokens::insert(
            tx,
            &RefreshToken {
                id: self.token_row,
                session: self.id,
                digest: self.token_digest.clone(),
                created_at: now,
                expires_at: self.expires_at,
                spent_at: None,
            },
        )?;
        Ok(ended)
    }

    /// What the app is told of it, once it is open.
    ///
    /// # Errors
    /// `internal` when signing fails.
    pub fn granted(&self, app: &App, actor: &Actor) -> Result<Granted, Failure> {
        Granted::new(app, actor, (self.id, self.expires_at), &self.token)
    }
}

/// What a session gives its device: the tokens, and how long they are good for.
pub struct Granted {
    /// The access token.
    pub access_token: String,
    /// Its scheme (RFC 6750).
    pub token_type: &'static str,
    /// How long it holds.
    pub expires_in_seconds: i64,
    /// The refresh token.
    pub refresh_token: String,
    /// The session.
    pub session_id: SessionId,
    /// When it is too old to go on.
    pub session_expires_at: Time,
}

impl Granted {
    /// An access token of the session, beside the refresh token.
    ///
    /// # Errors
    /// `internal` when signing fails.
    pub fn new(
        app: &App,
        actor: &Actor,
        (session_id, session_expires_at): (SessionId, Time),
        refresh_token: &SecretString,
    ) -> Result<Self, Failure> {
        let now = app.clock.now();
        Ok(Self {
            access_token: app
                .tokens
                .issue(actor, session_id, now, app.ids.uuid(now))?,
            token_type: BEARER,
            expires_in_seconds: app.tokens.lifetime_seconds(),
            refresh_token: refresh_token.expose_secret().to_owned(),
            session_id,
            session_expires_at,
        })
    }
}

/// The event of a session: whose it is stands in its columns, why it ended in its payload.
///
/// # Errors
/// `internal` when the payload cannot be written.
pub(super) fn event<'a>(
    call: &'a Call,
    session: &Session,
    kind: &'a str,
    version: i64,
    why: Option<EndReason>,
) -> Result<NewEvent<'a>, Failure> {
    let payload = match why {
        Some(why) => json!({ "session_id": session.id, "why": why.as_str() }),
        None => json!({ "session_id": session.id }),
    };
    Ok(NewEvent {
        id: call.id(),
        dossier: None,
        agency: session.agency,
        person: match session.account {
            Account::Citizen(person) => Some(person),
            Account::Officer(_) => None,
        },
        version,
        kind,
        actor: &call.actor,
        at: call.now,
        state: None,
        due_at: None,
        channel: None,
        payload: Json::of(&payload)?,
    })
}
