//! The first administrator of an installation, and the password an officer chooses.

use std::sync::Arc;

use aws_lc_rs::{
    digest::{SHA256, digest},
    rand,
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::Duration;
use domain::{
    actor::{Actor, Role, Roles, Sight},
    ids::OfficerId,
    personal::Personal,
    rejection::{Code, Fault, Rejection},
    sessions::{Account, EndReason},
};
use persistence::{
    Tx,
    officers::{self, Officer, setup},
    second_factors,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use super::{
    accounts::sign_out,
    hiring::{NewOfficer, hire},
    second_factor::{Shown, uses_up},
    trace::trace_by,
};
use crate::{
    api_code::ApiCode,
    app::App,
    auth::{passwords, second_factor::SecondFactorKeys},
    call::Call,
    extract::Network,
    failure::Failure,
    sessions::{
        throttle::Way,
        told::{SignInEvent, tell},
    },
};

/// How long a set-up token holds.
const TOKEN_HOURS: i64 = 24;

/// Keeps the digest of a new set-up token, in place of an earlier one, and gives the token; none where
/// somebody ever administered the province.
///
/// # Errors
/// As the store reports them.
pub async fn new_setup_token(app: &App) -> Result<Option<String>, Failure> {
    let mut bytes = [0_u8; 32];
    rand::fill(&mut bytes).map_err(|_| Failure::internal("no randomness"))?;
    let token = BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let (key, expires_at) = (
        key_of(&token),
        app.clock.now().plus(Duration::hours(TOKEN_HOURS)),
    );
    let put = move |tx: &mut Tx| -> Result<bool, Failure> {
        if setup::is_over(tx)? {
            return Ok(false);
        }
        setup::put(tx, &key, expires_at)?;
        Ok(true)
    };
    Ok(app.store.write(put).await?.then_some(token))
}

fn key_of(token: &str) -> Vec<u8> {
    digest(&SHA256, token.as_bytes()).as_ref().to_vec()
}

/// The first administrator, as whoever holds the token describes them.
pub struct SetUp {
    /// The token.
    pub token: SecretString,
    /// The password they will sign in with.
    pub password: SecretString,
    /// The account.
    pub login: String,
    /// Family name, middle name and given name.
    pub full_name: Personal<String>,
    /// The agency they belong to.
    pub agency: domain::ids::AgencyId,
}

/// Uses the token up and makes the first administrator of the province. Whatever is wrong with the
/// account leaves the token as it was.
///
/// # Errors
/// `credentials-refused` when the token does not hold, was used, or somebody administers already;
/// those of [`hire`].
pub fn set_up(
    tx: &mut Tx,
    call: &Call,
    key: &[u8],
    new: &NewOfficer,
) -> Result<OfficerId, Failure> {
    if !setup::take(tx, key, call.now)? || setup::is_over(tx)? {
        return Err(ApiCode::CredentialsRefused.into());
    }
    let roles = Roles::of(&[Role::ProvinceAdministrator]);
    Ok(hire(tx, call, new, roles)?.id)
}

/// What an officer sends to have another password.
pub struct Choice {
    /// The login.
    pub login: String,
    /// The password so far.
    pub old: SecretString,
    /// The new one.
    pub new: SecretString,
    /// The code beside it, if one was sent.
    pub shown: Option<Shown>,
}

/// Replaces the password that was checked just now, if the account still has it.
///
/// # Errors
/// `credentials-refused` when it was replaced meanwhile, or the account is out of use.
pub fn choose_password(
    tx: &mut Tx,
    call: &Call,
    checked: &Officer,
    hash: &Personal<String>,
) -> Result<(), Failure> {
    let loaded = officers::lock(tx, checked.id, Sight::Province)?;
    if !loaded.active || loaded.password_hash != checked.password_hash {
        return Err(ApiCode::CredentialsRefused.into());
    }
    let officer = Officer {
        password_hash: hash.clone(),
        must_change_password: false,
        version: loaded.version + 1,
        updated_at: call.now,
        ..loaded
    };
    officers::save(tx, &officer)?;
    sign_out(tx, call, officer.id, EndReason::PasswordChanged)?;
    let actor = Actor::Officer {
        officer: officer.id,
        agency: officer.agency,
        roles: Roles::default(),
    };
    let payload = json!({ "officer_id": officer.id });
    let at = (officer.agency, officer.version);
    trace_by(tx, call, &actor, "officer_password_chosen", at, &payload)
}

impl App {
    /// Makes the first administrator.
    ///
    /// # Errors
    /// Those of [`set_up`]; `invalid-content` for a password that is too short or too long,
    /// `too-many-requests`.
    pub async fn set_up(&self, first: SetUp, network: &Network) -> Result<OfficerId, Failure> {
        let SetUp {
            token,
            password,
            login,
            full_name,
            agency,
        } = first;
        let attempt = self
            .throttle
            .attempt(Way::SetUp, "", network, self.clock.now());
        let paying = attempt.clone();
        self.store.write(move |tx| paying.pay(tx)).await?;
        let (key, now) = (key_of(token.expose_secret()), self.clock.now());
        let looked_up = key.clone();
        let stands = move |tx: &mut Tx| setup::stands(tx, &looked_up, now);
        if !self.store.read(stands).await.map_err(Failure::from)? {
            return Err(ApiCode::CredentialsRefused.into());
        }
        well_chosen("/password", &password)?;
        let new = NewOfficer {
            login,
            full_name,
            password_hash: self.passwords.hash(&password).await?,
            agency,
        };
        let call = self.call(Actor::System);
        let work = move |tx: &mut Tx| {
            let officer = set_up(tx, &call, &key, &new)?;
            attempt.pay_back(tx)?;
            Ok::<_, Failure>(officer)
        };
        self.store.write(work).await
    }

    /// Replaces an officer's password by one they chose. The code is used up in the transaction that does
    /// it, and a wrong one counts like one at sign-in.
    ///
    /// # Errors
    /// `credentials-refused` for a wrong password or code; `totp-code-required`; `invalid-content` for a
    /// password that is too short, too long or the same; `too-many-requests`.
    pub async fn choose_password(&self, choice: Choice, network: &Network) -> Result<(), Failure> {
        let Choice {
            login,
            old,
            new,
            shown,
        } = choice;
        let same = old.expose_secret() == new.expose_secret();
        let known = self.officer_behind(login, old, network).await?;
        let known = known.ok_or(ApiCode::CredentialsRefused)?;
        well_chosen("/new_password", &new)?;
        if same {
            Rejection::of_faults(vec![Fault::new("/new_password", Code::Duplicate)])?;
        }
        let shown = match (known.has_second_factor, shown) {
            (true, None) => return Err(ApiCode::TotpCodeRequired.into()),
            (true, shown) => shown,
            (false, _) => None,
        };
        let officer = known.officer;
        let account = Some(Account::Officer(officer.id));
        let way = shown.as_ref().map(Shown::way);
        let attempt = match &shown {
            Some(shown) => Some(self.paid_attempt(shown, &officer.login, network).await?),
            None => None,
        };
        let hash = self.passwords.hash(&new).await?;
        let (call, keys) = (self.call(Actor::System), Arc::clone(&self.second_factors));
        let choose = move |tx: &mut Tx| -> Result<bool, Failure> {
            if !proves(tx, &call, (&keys, &officer), shown.as_ref())? {
                return Ok(false);
            }
            choose_password(tx, &call, &officer, &hash)?;
            if let Some(attempt) = &attempt {
                attempt.pay_back(tx)?;
            }
            Ok(true)
        };
        if self.store.write(choose).await? {
            tell(SignInEvent::PasswordChanged, None, account);
            Ok(())
        } else {
            tell(SignInEvent::SecondFactorRefused, way, account);
            Err(ApiCode::CredentialsRefused.into())
        }
    }
}

/// Whether what was shown beside the password is good, or none is needed now.
fn proves(
    tx: &mut Tx,
    call: &Call,
    (keys, officer): (&SecondFactorKeys, &Officer),
    shown: Option<&Shown>,
) -> Result<bool, Failure> {
    let officer = officers::lock(tx, officer.id, Sight::Province)?;
    match shown {
        Some(shown) => uses_up(tx, call, (keys, &officer), shown),
        // Where one was set since the password was looked at.
        None => Ok(!second_factors::is_confirmed(tx, officer.id)?),
    }
}

fn well_chosen(pointer: &str, password: &SecretString) -> Result<(), Rejection> {
    let fault = passwords::fault(password).map(|code| Fault::new(pointer, code));
    Rejection::of_faults(fault.into_iter().collect())
}
