//! How a session goes on: one refresh token for another.

use std::sync::Arc;

use chrono::Duration;
use domain::{
    actor::Actor,
    ids::SessionId,
    officers::roles_at,
    personal::Personal,
    sessions::{Account, Device as Seen, EndReason, Shown, Worth, worth},
    time::Time,
};
use persistence::{
    StoreError, Tx,
    officers::{self, grants},
    people,
    sessions::{self, RefreshToken, Session, tokens},
};
use secrecy::SecretString;
use uuid::Uuid;

use super::{
    device::Device,
    ending,
    opening::Granted,
    session_wire::{RefreshRequest, RefreshedSession},
    told::{SignInEvent, tell},
};
use crate::{
    api_code::ApiCode, app::App, auth::refresh_tokens::RefreshTokens, call::Call, extract::Network,
    failure::Failure,
};

/// A refresh token shown.
pub struct Refresh {
    token: SecretString,
    digest: Vec<u8>,
    device: Device,
    network: Personal<String>,
    next_row: Uuid,
    grace: Duration,
    call: Call,
}

/// What came of it. A refusal is no error of the transaction: what it ends has to stay ended.
pub enum Refreshed {
    /// The session goes on.
    GoesOn {
        /// The session.
        session: Box<Session>,
        /// Who is signed in, as things are now.
        actor: Actor,
        /// The token to show next time.
        token: SecretString,
    },
    /// It does not; these were ended just now.
    Refused(Vec<SessionId>),
    /// It does not: somebody showed a spent token of this account, and these were ended for it.
    Reused(Vec<SessionId>, Account),
}

impl Refresh {
    /// The command, with the identifiers it may need.
    pub fn new(app: &App, token: SecretString, device: Device, network: &Network) -> Self {
        let call = app.call(Actor::System);
        Self {
            digest: app.refresh_tokens.digest(&token),
            token,
            device,
            network: network.prefix(),
            next_row: call.ids.uuid(call.now),
            grace: Duration::seconds(i64::from(app.config.sessions.refresh_grace_seconds)),
            call,
        }
    }

    fn seen(&self, keys: &RefreshTokens, session: &Session) -> Seen {
        let Some(stored) = &session.device_digest else {
            return Seen::Unnamed {
                same_network: session.network == self.network,
            };
        };
        let id = self.device.id.as_ref();
        let shown = id.map(|id| keys.device_digest(session.account, id.reveal()));
        if shown.as_ref() == Some(stored) {
            Seen::Same
        } else {
            Seen::Other
        }
    }
}

/// Gives a refresh token's successor, once for all; ends the session of a token in two hands.
///
/// # Errors
/// As the store reports them.
pub fn refresh(tx: &mut Tx, keys: &RefreshTokens, command: &Refresh) -> Result<Refreshed, Failure> {
    let nothing = || Ok(Refreshed::Refused(Vec::new()));
    let Some(found) = tokens::find(tx, &command.digest)? else {
        return nothing();
    };
    let Some(session) = sessions::lock(tx, found.session)? else {
        return nothing();
    };
    // Another use may have come first while this one waited for the lock.
    let Some(shown) = tokens::find(tx, &command.digest)? else {
        return nothing();
    };
    let (account, now) = (session.account, command.call.now);
    let facts = Shown {
        spent_at: shown.spent_at,
        ended: session.ended.is_some(),
        expires_at: session.expires_at,
        device: command.seen(keys, &session),
    };
    let end = |tx: &mut Tx, why| {
        let one = std::iter::once(&session);
        ending::end_each(tx, &command.call, one, why)
    };
    let next = keys.successor(shown.id, &command.token);
    match worth(facts, now, command.grace) {
        Worth::Nothing => return nothing(),
        Worth::Theft => return Ok(Refreshed::Reused(end(tx, EndReason::TokenReused)?, account)),
        Worth::SameSuccessor => {}
        Worth::Successor => {
            tokens::spend(tx, shown.id, now)?;
            tokens::insert(
                tx,
                &RefreshToken {
                    id: command.next_row,
                    session: session.id,
                    digest: keys.digest(&next),
                    created_at: now,
                    expires_at: session.expires_at,
                    spent_at: None,
                },
            )?;
            sessions::touch(tx, session.id, &command.network, now)?;
        }
    }
    match signed_in(tx, &session, now)? {
        Err(why) => Ok(Refreshed::Refused(end(tx, why)?)),
        Ok(actor) => Ok(Refreshed::GoesOn {
            session: Box::new(session),
            actor,
            token: next,
        }),
    }
}

/// Who a session stands for as things are now, or why it stands for nobody: the account is gone or
/// out of use, or no role is held any more where it was opened for.
fn signed_in(
    tx: &mut Tx,
    session: &Session,
    now: Time,
) -> Result<Result<Actor, EndReason>, Failure> {
    let officer = match session.account {
        Account::Citizen(person) => {
            let known = people::is_known(tx, person)?;
            return Ok(known
                .then_some(Actor::Citizen { person })
                .ok_or(EndReason::AccountClosed));
        }
        Account::Officer(officer) => officer,
    };
    let active = match officers::find(tx, officer, Actor::System.sight()) {
        Ok(found) => found.active,
        Err(StoreError::Absent) => false,
        Err(error) => return Err(error.into()),
    };
    let Some(agency) = session.agency.filter(|_| active) else {
        return Ok(Err(EndReason::AccountClosed));
    };
    let roles = roles_at(&grants::of_active(tx, officer, agency)?, agency, now);
    Ok(if roles.is_empty() {
        Err(EndReason::RolesChanged)
    } else {
        Ok(Actor::Officer {
            officer,
            agency,
            roles,
        })
    })
}

impl App {
    /// Goes on with a session.
    ///
    /// # Errors
    /// `invalid-content`; `credentials-refused`, whatever is wrong with the token.
    pub async fn refreshed(
        &self,
        request: RefreshRequest,
        network: &Network,
    ) -> Result<RefreshedSession, Failure> {
        let (token, device) = request.into_parts()?;
        let command = Refresh::new(self, token, device, network);
        let keys = Arc::clone(&self.refresh_tokens);
        let work = move |tx: &mut Tx| refresh(tx, &keys, &command);
        match self.store.write(work).await? {
            Refreshed::GoesOn {
                session,
                actor,
                token,
            } => {
                let place = (session.id, session.expires_at);
                Ok(Granted::new(self, &actor, place, &token)?.into())
            }
            Refreshed::Reused(ended, account) => {
                self.ended(&ended);
                tell(SignInEvent::TokenReused, None, Some(account));
                Err(ApiCode::CredentialsRefused.into())
            }
            Refreshed::Refused(ended) => {
                self.ended(&ended);
                Err(ApiCode::CredentialsRefused.into())
            }
        }
    }
}
