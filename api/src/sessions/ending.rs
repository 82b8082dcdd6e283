//! How sessions end before their time.

use domain::{
    ids::SessionId,
    rejection::Code,
    sessions::{Account, EndReason},
};
use persistence::{
    Tx, events,
    sessions::{self, Session},
};

use super::{
    opening::event,
    told::{SignInEvent, tell},
};
use crate::{app::App, call::Call, extract::SignedIn, failure::Failure};

/// Ends every session of an account, in the transaction of what asks for it: another number, another
/// password, other roles, an account taken out of use. Afterwards tell [`App::ended`], so that the
/// access tokens stop to hold here at once; other processes notice by themselves within a second.
///
/// # Errors
/// As the store reports them.
pub fn revoke_all(
    tx: &mut Tx,
    call: &Call,
    account: Account,
    why: EndReason,
) -> Result<Vec<SessionId>, Failure> {
    let live = sessions::live(tx, account, call.now)?;
    end_each(tx, call, live.iter(), why)
}

/// Ends these sessions; those that somebody else has ended meanwhile are left as they are.
pub(super) fn end_each<'a>(
    tx: &mut Tx,
    call: &Call,
    sessions: impl Iterator<Item = &'a Session>,
    why: EndReason,
) -> Result<Vec<SessionId>, Failure> {
    let mut ended = Vec::new();
    for session in sessions {
        if sessions::end(tx, session.id, why, call.now)? {
            events::append(tx, event(call, session, "session_ended", 2, Some(why))?)?;
            ended.push(session.id);
        }
    }
    Ok(ended)
}

/// Ends one session of the account.
///
/// # Errors
/// `not-found` when it is somebody else's, or over.
pub fn end_own(
    tx: &mut Tx,
    call: &Call,
    account: Account,
    id: SessionId,
    why: EndReason,
) -> Result<(), Failure> {
    let live = sessions::live(tx, account, call.now)?;
    let own = live.iter().filter(|session| session.id == id);
    if end_each(tx, call, own, why)?.is_empty() {
        return Err(Code::NotFound.into());
    }
    Ok(())
}

impl App {
    /// Lets no access token of these sessions pass any more.
    pub fn ended(&self, sessions: &[SessionId]) {
        let now = self.clock.now();
        self.ended_sessions
            .note(sessions.iter().map(|id| (*id, now)));
    }

    /// Ends one session of whoever asks, with its access tokens.
    ///
    /// # Errors
    /// Those of [`end_own`].
    pub async fn end_session(&self, caller: SignedIn, id: SessionId) -> Result<(), Failure> {
        self.end(caller, id, EndReason::EndedByOwner).await
    }

    /// Ends the session of this request. That it is over already is what was wanted.
    ///
    /// # Errors
    /// As the store reports them.
    pub async fn log_out(&self, caller: SignedIn) -> Result<(), Failure> {
        match self.end(caller, caller.session, EndReason::Logout).await {
            Err(Failure::Rule(no)) if no.code == Code::NotFound => {
                self.ended(&[caller.session]);
                Ok(())
            }
            outcome => outcome,
        }
    }

    async fn end(&self, caller: SignedIn, id: SessionId, why: EndReason) -> Result<(), Failure> {
        let call = self.call(caller.actor);
        let account = caller.account;
        let end = move |tx: &mut Tx| end_own(tx, &call, account, id, why);
        self.store.write(end).await?;
        self.ended(&[id]);
        tell(SignInEvent::SignedOut, None, Some(account));
        Ok(())
    }
}
