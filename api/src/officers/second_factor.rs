//! Setting a second factor, using it, and taking a lost one away.

use std::sync::Arc;

use domain::{
    actor::{Actor, Roles, Sight},
    officers::{administration, second_factor::waits},
    personal::Personal,
    rejection::{Code, Fault},
    sessions::{EndReason, Sensitive},
};
use persistence::{
    Tx,
    officers::{self, Officer},
    second_factors::{self, recovery},
};
use serde_json::json;
use uuid::Uuid;

use super::{
    accounts::{Target, account, administered_freshly, seen, sign_out},
    trace::{trace, trace_by},
};
use crate::{
    api_code::ApiCode,
    app::App,
    auth::{
        second_factor::{Enrolment, SecondFactorKeys},
        totp,
    },
    call::Call,
    extract::Network,
    failure::Failure,
    sessions::throttle::Way,
};

/// What an officer shows beside the password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// The code of the authenticator app.
    Totp(Personal<String>),
    /// A recovery code.
    Recovery(Personal<String>),
}

impl Shown {
    /// The one that was sent, if one was.
    pub fn read(
        totp_code: Option<Personal<String>>,
        recovery_code: Option<Personal<String>>,
        faults: &mut Vec<Fault>,
    ) -> Option<Self> {
        match (totp_code, recovery_code) {
            (None, None) => None,
            (Some(code), None) => {
                if !totp::is_code(code.reveal()) {
                    faults.push(Fault::new("/totp_code", Code::WrongFormat));
                }
                Some(Self::Totp(code))
            }
            (None, Some(code)) => Some(Self::Recovery(code)),
            (Some(_), Some(_)) => {
                faults.push(Fault::new("/recovery_code", Code::Duplicate));
                None
            }
        }
    }

    /// How tries with it are counted.
    pub const fn way(&self) -> Way {
        match self {
            Self::Totp(_) => Way::Totp,
            Self::Recovery(_) => Way::Recovery,
        }
    }
}

/// Uses up what an officer shows; whether it was good. The officer is locked.
///
/// # Errors
/// As the store reports them.
pub fn uses_up(
    tx: &mut Tx,
    call: &Call,
    (keys, officer): (&SecondFactorKeys, &Officer),
    shown: &Shown,
) -> Result<bool, Failure> {
    match shown {
        Shown::Totp(code) => {
            let factor = second_factors::find(tx, officer.id)?;
            let Some(factor) = factor.filter(|factor| factor.confirmed.is_some()) else {
                return Ok(false);
            };
            match totp::step_of(&factor.secret, code.reveal(), call.now)? {
                Some(step) => Ok(second_factors::use_step(tx, officer.id, step)?),
                None => Ok(false),
            }
        }
        Shown::Recovery(code) => {
            let digest = keys.recovery_digest(officer.id, code);
            if !recovery::use_up(tx, officer.id, &digest, call.now)? {
                return Ok(false);
            }
            let left = recovery::left(tx, officer.id)?;
            let payload = json!({ "officer_id": officer.id, "left": left });
            let at = (officer.agency, officer.version);
            trace_by(
                tx,
                call,
                &themself(officer),
                "recovery_code_used",
                at,
                &payload,
            )?;
            Ok(true)
        }
    }
}

/// The officer, before anybody is signed in.
const fn themself(officer: &Officer) -> Actor {
    Actor::Officer {
        officer: officer.id,
        agency: officer.agency,
        roles: Roles::none(),
    }
}

/// An enrolment as its owner is shown it, once.
pub struct Begun {
    /// What it stands for.
    pub enrolment: Enrolment,
    /// The shared secret, in base 32.
    pub secret: Personal<String>,
    /// The login, for the app.
    pub login: String,
}

/// Begins to set a second factor for the officer whose password was right just now.
///
/// # Errors
/// `credentials-refused` when the account changed meanwhile; `second-factor-set`.
pub fn begin_enrolment(
    tx: &mut Tx,
    call: &Call,
    checked: &Officer,
    secret: &Personal<String>,
) -> Result<Begun, Failure> {
    let officer = officers::lock(tx, checked.id, Sight::Province)?;
    if !officer.active || officer.password_hash != checked.password_hash {
        return Err(ApiCode::CredentialsRefused.into());
    }
    if second_factors::is_confirmed(tx, officer.id)? {
        return Err(ApiCode::SecondFactorSet.into());
    }
    second_factors::begin(tx, officer.id, secret, call.now)?;
    let payload = json!({ "officer_id": officer.id });
    let at = (officer.agency, officer.version);
    trace_by(
        tx,
        call,
        &themself(&officer),
        "second_factor_begun",
        at,
        &payload,
    )?;
    Ok(Begun {
        enrolment: Enrolment {
            officer: officer.id,
            begun_at: call.now,
            version: officer.version,
        },
        secret: secret.clone(),
        login: officer.login,
    })
}

/// Ends an enrolment with a first code, and keeps the digests of the recovery codes.
///
/// # Errors
/// `credentials-refused` for a wrong code, and for an enrolment that does not wait any more.
pub fn confirm_enrolment(
    tx: &mut Tx,
    call: &Call,
    (enrolment, code): (&Enrolment, &Personal<String>),
    recovery_digests: &[(Uuid, Vec<u8>)],
) -> Result<(), Failure> {
    let officer = officers::lock(tx, enrolment.officer, Sight::Province)?;
    let factor = second_factors::find(tx, officer.id)?;
    let factor = factor
        .filter(|factor| factor.begun_at == enrolment.begun_at && waits(factor.begun_at, call.now));
    let stands = officer.active && officer.version == enrolment.version;
    let Some(factor) = factor.filter(|_| stands) else {
        return Err(ApiCode::CredentialsRefused.into());
    };
    let step = totp::step_of(&factor.secret, code.reveal(), call.now)?;
    let step = step.ok_or(ApiCode::CredentialsRefused)?;
    if !second_factors::confirm(tx, officer.id, step, call.now)? {
        return Err(ApiCode::CredentialsRefused.into());
    }
    recovery::replace(tx, officer.id, recovery_digests)?;
    let payload = json!({ "officer_id": officer.id });
    let at = (officer.agency, officer.version);
    trace_by(
        tx,
        call,
        &themself(&officer),
        "second_factor_set",
        at,
        &payload,
    )
}

/// Takes a lost second factor away, and ends the officer's sessions: the next sign-in sets another one.
///
/// # Errors
/// `role-forbids`, `not-to-oneself`, `step-up-required`, `second-person-needed` for an administrator's
/// account, `version-mismatch`; `not-found` where there is none.
pub fn reset_second_factor(tx: &mut Tx, call: &Call, target: Target) -> Result<Officer, Failure> {
    let what = Sensitive::ResetSecondFactor;
    let (loaded, held) = administered_freshly(tx, call, target.id, what)?;
    administration::may_reset_password(&call.actor, account(&loaded), &held, call.now)?;
    seen(&loaded, target)?;
    if !second_factors::remove(tx, loaded.id)? {
        return Err(Code::NotFound.into());
    }
    let officer = Officer {
        version: loaded.version + 1,
        updated_at: call.now,
        ..loaded
    };
    officers::save(tx, &officer)?;
    sign_out(tx, call, officer.id, EndReason::FactorReset)?;
    let payload = json!({ "officer_id": officer.id });
    let at = (officer.agency, officer.version);
    trace(tx, call, "officer_second_factor_reset", at, &payload)?;
    Ok(officer)
}

impl App {
    /// Begins to set a second factor, with login and password.
    ///
    /// # Errors
    /// Those of [`begin_enrolment`]; `password-change-required`, `too-many-requests`.
    pub async fn begin_enrolment(
        &self,
        login: String,
        password: secrecy::SecretString,
        network: &Network,
    ) -> Result<Begun, Failure> {
        let known = self.officer_signing_in(login, password, network).await?;
        let officer = known.ok_or(ApiCode::CredentialsRefused)?.officer;
        let secret = totp::new_secret()?;
        let call = self.call(Actor::System);
        let begin = move |tx: &mut Tx| begin_enrolment(tx, &call, &officer, &secret);
        self.store.write(begin).await
    }

    /// Ends an enrolment with a first code; the recovery codes, to be shown once.
    ///
    /// # Errors
    /// Those of [`confirm_enrolment`].
    pub async fn confirm_enrolment(
        &self,
        token: &str,
        code: Personal<String>,
    ) -> Result<Vec<Personal<String>>, Failure> {
        let keys = Arc::clone(&self.second_factors);
        let enrolment = keys.open(token).ok_or(ApiCode::CredentialsRefused)?;
        let codes = SecondFactorKeys::recovery_codes()?;
        let call = self.call(Actor::System);
        let digest = |code| keys.recovery_digest(enrolment.officer, code);
        let rows = codes
            .iter()
            .map(|code| (call.ids.uuid(call.now), digest(code)));
        let rows: Vec<_> = rows.collect();
        let confirm = move |tx: &mut Tx| confirm_enrolment(tx, &call, (&enrolment, &code), &rows);
        self.store.write(confirm).await?;
        Ok(codes)
    }
}
