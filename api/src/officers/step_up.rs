//! Proving anew, in a session that is open, who is signed in.

use std::sync::Arc;

use domain::{
    actor::{Actor, Sight},
    ids::OfficerId,
    personal::Personal,
    sessions::Account,
    time::Time,
};
use persistence::{
    Tx,
    officers::{self, Officer},
    sessions::step_ups,
};
use secrecy::SecretString;
use serde_json::json;

use super::{
    second_factor::{Shown, uses_up},
    trace::trace,
};
use crate::{
    api_code::ApiCode,
    app::App,
    auth::second_factor::SecondFactorKeys,
    call::{Asking, Call},
    extract::Network,
    failure::Failure,
    sessions::{
        throttle::{Attempt, Way},
        told::{SignInEvent, tell, tell_of},
    },
};

/// What an officer proves it with.
#[derive(Debug)]
pub enum Proof {
    /// The password.
    Password(SecretString),
    /// The code of the authenticator app.
    Totp(Personal<String>),
}

/// Notes the proof for this session, if the code that was shown is good; of a password that was checked
/// there is none left to show. Whether it was.
///
/// # Errors
/// `unauthenticated` when the account does not stand any more.
pub fn step_up(
    tx: &mut Tx,
    call: &Call,
    keys: &SecondFactorKeys,
    (checked, shown): (&Officer, Option<&Shown>),
) -> Result<bool, Failure> {
    call.account_stands(tx)?;
    let session = call.session.ok_or(ApiCode::Unauthenticated)?;
    let officer = officers::lock(tx, checked.id, Sight::Province)?;
    let good = match shown {
        Some(shown) => uses_up(tx, call, (keys, &officer), shown)?,
        None => officer.password_hash == checked.password_hash,
    };
    if !good {
        return Ok(false);
    }
    step_ups::prove(tx, session, officer.id, call.now)?;
    let payload = json!({ "officer_id": officer.id, "session_id": session });
    let at = (officer.agency, officer.version);
    trace(tx, call, "stepped_up", at, &payload)?;
    Ok(true)
}

impl App {
    /// Takes a fresh proof of who is signed in; until when it counts as one.
    ///
    /// # Errors
    /// `credentials-refused`, `too-many-requests`; those of [`step_up`].
    pub async fn step_up(
        &self,
        asking: Asking,
        proof: Proof,
        network: &Network,
    ) -> Result<Time, Failure> {
        let call = self.call(asking);
        let officer = self.themself(&call).await?;
        let (shown, attempt) = match proof {
            Proof::Password(password) => {
                (None, self.password_of(&officer, password, network).await?)
            }
            Proof::Totp(code) => {
                let shown = Shown::Totp(code);
                let attempt = self.paid_attempt(&shown, &officer.login, network).await?;
                (Some(shown), attempt)
            }
        };
        let way = shown.as_ref().map(Shown::way);
        let until = call.now.plus(call.proof_lasts);
        let keys = Arc::clone(&self.second_factors);
        let prove = move |tx: &mut Tx| -> Result<bool, Failure> {
            let good = step_up(tx, &call, &keys, (&officer, shown.as_ref()))?;
            if good {
                attempt.pay_back(tx)?;
            }
            Ok(good)
        };
        if self.store.write(prove).await? {
            Ok(until)
        } else {
            tell_of(SignInEvent::StepUpRefused, way, &asking.actor);
            Err(ApiCode::CredentialsRefused.into())
        }
    }

    /// The account of who asks, if the token still stands.
    async fn themself(&self, call: &Call) -> Result<Officer, Failure> {
        let (id, call): (OfficerId, Call) = (call.officer()?, call.clone());
        let find = move |tx: &mut Tx| -> Result<Officer, Failure> {
            call.account_stands(tx)?;
            Ok(officers::find(tx, id, Actor::System.sight())?)
        };
        self.store.read(find).await
    }

    /// A try with this password, which was right.
    async fn password_of(
        &self,
        officer: &Officer,
        password: SecretString,
        network: &Network,
    ) -> Result<Attempt, Failure> {
        let now = self.clock.now();
        let attempt = self
            .throttle
            .attempt(Way::Password, &officer.login, network, now);
        let paying = attempt.clone();
        self.store.write(move |tx| paying.pay(tx)).await?;
        let hash = Some(officer.password_hash.reveal().clone());
        if self.passwords.verify(password, hash).await? {
            Ok(attempt)
        } else {
            let account = Some(Account::Officer(officer.id));
            tell(SignInEvent::StepUpRefused, Some(Way::Password), account);
            Err(ApiCode::CredentialsRefused.into())
        }
    }
}
