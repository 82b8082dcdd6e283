//! How often one may try to sign in, or guess at a receipt: by account (or code) and network
//! together, and by network.
//!
//! Never by account alone: whoever tries a stranger's account from elsewhere uses up the tries of
//! that place, not the stranger's. A try is paid for before it is checked, so that many at once
//! are no way around, and paid back when it was good.

use aws_lc_rs::hmac::{self, Key};
use chrono::Duration;
use domain::{sessions::Account, time::Time};
use persistence::{
    Tx,
    throttles::{self, Budget},
};
use secrecy::SecretString;

use super::{
    told::{SignInEvent, tell},
    use_cases::{self, Known, Verified, VerifyOtp},
};
use crate::{
    api_code::ApiCode,
    app::App,
    auth::{keyring::Keyring, one_time_codes::OneTimeCodes},
    extract::Network,
    failure::{Failure, Refusal},
};

/// Ten wrong tries for an account from one network, then one every ninety seconds: enough for
/// somebody who has forgotten, 970 guesses a day for somebody who has not.
const OF_ACCOUNT: Budget = Budget {
    burst: 10,
    every: Duration::seconds(90),
};

/// A hundred wrong tries from one network, then one every nine seconds: a whole office stands
/// behind one address, and whoever tries many accounts in turn is stopped all the same.
const OF_NETWORK: Budget = Budget {
    burst: 100,
    every: Duration::seconds(9),
};

/// Thirty wrong codes of an authenticator for an account, wherever from, then one every five minutes: of
/// the million codes there are three are good at any time. Only whoever knows the password uses them up,
/// and a recovery code still opens the account.
const OF_FACTOR: Budget = Budget {
    burst: 30,
    every: Duration::minutes(5),
};

/// A hundred codes asked for from one network that nobody has used, then one a minute: each costs
/// money, and whoever asks for codes to many numbers in turn is stopped.
const OF_SENDS: Budget = Budget {
    burst: 100,
    every: Duration::seconds(60),
};

/// Makes the keys of limits: digests, which tell neither account nor address.
#[derive(Debug)]
pub struct Throttle {
    key: Key,
}

impl Throttle {
    /// Limits of this installation.
    pub fn new(keyring: &Keyring) -> Self {
        Self {
            key: keyring.derived("sign-in limits"),
        }
    }

    /// A code that is asked for from this network.
    pub fn sending(&self, network: &Network, now: Time) -> Sending {
        let message = ["sends", network.as_str()].join("\u{1f}");
        Sending {
            key: hmac::sign(&self.key, message.as_bytes()).as_ref().to_vec(),
            now,
        }
    }

    /// A try to sign in to this account, by password or by code, or to follow the dossier of this
    /// code, from this network.
    pub fn attempt(&self, way: Way, account: &str, network: &Network, now: Time) -> Attempt {
        let digest = |parts: &[&str]| {
            // No part holds the separator: a network is an address.
            let message = parts.join("\u{1f}");
            hmac::sign(&self.key, message.as_bytes()).as_ref().to_vec()
        };
        Attempt {
            pair: digest(&[way.name(), network.as_str(), account]),
            everywhere: (way == Way::Totp).then(|| digest(&[way.name(), account])),
            network: digest(&["network", network.as_str()]),
            now,
        }
    }
}

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// An officer's password.
    Password,
    /// The code of an officer's authenticator, after the right password.
    Totp,
    /// An officer's recovery code, after the right password.
    Recovery,
    /// A citizen's one-time code.
    Code,
    /// The secret on a receipt.
    Receipt,
    /// The token for the first administrator.
    SetUp,
    /// The identity provider, which does the counting itself.
    Provider,
}

impl Way {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Totp => "totp",
            Self::Recovery => "recovery",
            Self::Code => "code",
            Self::Receipt => "receipt",
            Self::SetUp => "set up",
            Self::Provider => "provider",
        }
    }
}

/// One code to be sent to somebody who is not known at the number.
#[derive(Debug, Clone)]
pub struct Sending {
    key: Vec<u8>,
    now: Time,
}

impl Sending {
    /// Pays for it.
    ///
    /// # Errors
    /// `too-many-requests`, with the time to wait.
    pub fn pay(&self, tx: &mut Tx) -> Result<(), Failure> {
        refuse_for(throttles::spend(tx, &self.key, OF_SENDS, self.now)?)
    }

    /// Pays it back: the code was used.
    ///
    /// # Errors
    /// As the store reports them.
    pub fn pay_back(&self, tx: &mut Tx) -> Result<(), Failure> {
        Ok(throttles::give_back(tx, &self.key, OF_SENDS, self.now)?)
    }
}

/// One try to sign in.
#[derive(Debug, Clone)]
pub struct Attempt {
    pair: Vec<u8>,
    network: Vec<u8>,
    everywhere: Option<Vec<u8>>,
    now: Time,
}

impl Attempt {
    /// Pays for the try.
    ///
    /// # Errors
    /// `too-many-requests`, with the time to wait.
    pub fn pay(&self, tx: &mut Tx) -> Result<(), Failure> {
        for (key, budget) in self.budgets() {
            refuse_for(throttles::spend(tx, key, budget, self.now)?)?;
        }
        Ok(())
    }

    /// Whether it may be made, at no price: for what is asked often and right, and paid for only
    /// when it was wrong.
    ///
    /// # Errors
    /// `too-many-requests`, with the time to wait.
    pub fn is_free(&self, tx: &mut Tx) -> Result<(), Failure> {
        for (key, budget) in self.budgets() {
            refuse_for(throttles::wait(tx, key, budget, self.now)?)?;
        }
        Ok(())
    }

    fn budgets(&self) -> impl Iterator<Item = (&[u8], Budget)> {
        let places = [
            (Some(&self.pair), OF_ACCOUNT),
            (Some(&self.network), OF_NETWORK),
            (self.everywhere.as_ref(), OF_FACTOR),
        ];
        let counted = places.into_iter();
        counted.filter_map(|(key, budget)| Some((key?.as_slice(), budget)))
    }

    /// Pays it back: it was good, and whoever signs in here has the account's tries anew.
    ///
    /// # Errors
    /// As the store reports them.
    pub fn pay_back(&self, tx: &mut Tx) -> Result<(), Failure> {
        throttles::forget(tx, &self.pair)?;
        if let Some(key) = &self.everywhere {
            throttles::give_back(tx, key, OF_FACTOR, self.now)?;
        }
        Ok(throttles::give_back(
            tx,
            &self.network,
            OF_NETWORK,
            self.now,
        )?)
    }
}

/// Nothing if there is nothing to wait for; else `too-many-requests`, with the time.
pub(crate) fn refuse_for(wait: Option<Duration>) -> Result<(), Failure> {
    let Some(wait) = wait else {
        return Ok(());
    };
    let seconds = u32::try_from(wait.num_seconds() + 1).unwrap_or(u32::MAX);
    let refusal = Refusal::new(ApiCode::TooManyRequests);
    Err(refusal.retry_after(seconds).into())
}

/// Checks a code as [`use_cases::verify_otp`] does. The tries of a request are its own, five and no
/// more, so that nobody who shares a network with the owner uses them up; whoever shows codes for
/// requests that are not there pays as for any guess.
///
/// # Errors
/// `too-many-requests`; as the store reports them.
pub fn verify_otp(
    tx: &mut Tx,
    codes: &OneTimeCodes,
    (attempt, sending): (&Attempt, &Sending),
    command: &VerifyOtp,
) -> Result<Verified, Failure> {
    let verified = use_cases::verify_otp(tx, codes, command)?;
    match verified {
        Verified::NoSuchRequest => attempt.pay(tx)?,
        Verified::Wrong => {}
        Verified::Fits(_, _) => sending.pay_back(tx)?,
    }
    Ok(verified)
}

impl App {
    /// The officer whose login and password these are, if the caller may still try; an unknown
    /// login takes as long as a wrong password.
    ///
    /// # Errors
    /// `too-many-requests`; as the store reports them.
    pub async fn officer_behind(
        &self,
        login: String,
        password: SecretString,
        network: &Network,
    ) -> Result<Option<Known>, Failure> {
        let now = self.clock.now();
        let attempt = self.throttle.attempt(Way::Password, &login, network, now);
        let paying = attempt.clone();
        self.store.write(move |tx| paying.pay(tx)).await?;
        let find = move |tx: &mut Tx| use_cases::officer_login(tx, &login);
        let known = self.store.read(find).await?;
        let hash = known.as_ref();
        let hash = hash.map(|known| known.officer.password_hash.reveal().clone());
        let fits = self.passwords.verify(password, hash).await?;
        if fits {
            self.store.write(move |tx| attempt.pay_back(tx)).await?;
        } else {
            let account = known
                .as_ref()
                .map(|known| Account::Officer(known.officer.id));
            tell(SignInEvent::Refused, Some(Way::Password), account);
        }
        Ok(known.filter(|_| fits))
    }

    /// The same for who wants to sign in now.
    ///
    /// # Errors
    /// Those of [`App::officer_behind`]; `password-change-required` for a password that an
    /// administrator made.
    pub async fn officer_signing_in(
        &self,
        login: String,
        password: SecretString,
        network: &Network,
    ) -> Result<Option<Known>, Failure> {
        let known = self.officer_behind(login, password, network).await?;
        if known
            .as_ref()
            .is_some_and(|known| known.officer.must_change_password)
        {
            return Err(ApiCode::PasswordChangeRequired.into());
        }
        Ok(known)
    }
}
