//! What the security log is told about signing in: what happened, to whose account, in which request.
//!
//! Ids and fixed words only. A login, a number, a code or an address of the network stands in no line; the
//! request's own line, found by its id, says the rest.

use domain::{actor::Actor, sessions::Account};

use super::throttle::Way;
use crate::middleware::current;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInEvent {
    /// A session was opened.
    SignedIn,
    /// The password or the code of a citizen was wrong, or the account is not there.
    Refused,
    /// The password was right, and the code beside it was not.
    SecondFactorRefused,
    /// A wrong proof was given in a session.
    StepUpRefused,
    /// Another password was chosen.
    PasswordChanged,
    /// A session was ended by whoever it belongs to.
    SignedOut,
    /// A spent refresh token was shown: the session was in two hands and is ended.
    TokenReused,
}

impl SignInEvent {
    /// Its word in the log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::Refused => "sign_in_refused",
            Self::SecondFactorRefused => "second_factor_refused",
            Self::StepUpRefused => "step_up_refused",
            Self::PasswordChanged => "password_changed",
            Self::SignedOut => "signed_out",
            Self::TokenReused => "refresh_token_reused",
        }
    }
}

/// Tells the log. `account` is known where the login or the token named one that is there.
pub fn tell(event: SignInEvent, way: Option<Way>, account: Option<Account>) {
    tracing::info!(
        target: "sign_in",
        event = event.as_str(),
        way = way.map(Way::name),
        account = account.map(|account| tracing::field::display(account.uuid())),
        account_kind = account.map(|account| account.kind().as_str()),
        request_id = current::request().map(tracing::field::display),
    );
}

/// The same about somebody who acts.
pub fn tell_of(event: SignInEvent, way: Option<Way>, actor: &Actor) {
    tell(event, way, Account::of(actor));
}
