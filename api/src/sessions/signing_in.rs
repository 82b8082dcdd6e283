//! Signing in from beginning to end: the proof, and the session it opens.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    actor::Actor,
    ids::{AgencyId, CodeRequestId, Id, OfficerId},
    officers::{
        place,
        second_factor::{Asked, asked},
    },
    personal::Personal,
    sessions::{Account, AccountKind, CodePurpose},
    time::Time,
};
use persistence::{
    Tx,
    officers::{self, Officer, grants},
    second_factors,
    sessions::step_ups,
};

use super::{
    codes::{self, Asker, RequestOtp, ShownCode},
    device::Device,
    officer_wire::{OfficerLogin, OfficerSession, Placed, SignIn},
    opening::NewSession,
    throttle::{self, Attempt, Way},
    told::{SignInEvent, tell},
    use_cases::{Verified, VerifyOtp},
    wire::{CitizenSession, OtpSent, OtpVerification},
};
use crate::{
    api_code::ApiCode,
    app::App,
    config::Sessions,
    extract::{Language, Network},
    failure::Failure,
    officers::second_factor::{self, Shown},
};

impl OtpSent {
    /// The limits a code is sent under.
    pub fn of(code_request_id: CodeRequestId, limits: &Sessions) -> Self {
        Self {
            code_request_id,
            expires_in_seconds: limits.one_time_code_seconds,
            resend_after_seconds: limits.one_time_code_pause_seconds,
        }
    }
}

impl OtpVerification {
    /// The command, with the identifiers it may need, and the device.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn into_command(
        self,
        app: &App,
        language: Language,
        now: Time,
    ) -> Result<(VerifyOtp, Device), Failure> {
        let (request, number, code, device) = self.into_parts()?;
        let command = VerifyOtp {
            shown: ShownCode {
                request,
                number,
                code,
                purpose: CodePurpose::SignIn,
                account: None,
                now,
            },
            new_person: Id::from_uuid(app.ids.uuid(now)),
            new_event: app.ids.uuid(now),
            language: language.tag(),
        };
        Ok((command, device))
    }
}

impl App {
    /// Sends a one-time code.
    ///
    /// # Errors
    /// `too-many-requests`.
    pub async fn send_code(
        &self,
        number: Personal<String>,
        asker: Asker,
        network: &Network,
    ) -> Result<OtpSent, Failure> {
        let command = RequestOtp::new(self, number, asker, network, self.clock.now())?;
        let id = command.id();
        let (codes, keys) = (
            Arc::clone(&self.one_time_codes),
            Arc::clone(&self.refresh_tokens),
        );
        let ask = move |tx: &mut Tx| codes::request_otp(tx, &codes, &keys, &command);
        self.store.write(ask).await?;
        Ok(OtpSent::of(id, &self.config.sessions))
    }

    /// Signs a citizen in with a one-time code.
    ///
    /// # Errors
    /// `invalid-content`; `credentials-refused`; `too-many-requests`.
    pub async fn citizen_session(
        &self,
        shown: OtpVerification,
        language: Language,
        network: &Network,
    ) -> Result<CitizenSession, Failure> {
        let now = self.clock.now();
        let (command, device) = shown.into_command(self, language, now)?;
        let number = command.shown.number.reveal();
        let attempt = self.throttle.attempt(Way::Code, number, network, now);
        let sending = self.throttle.sending(network, now);
        let new = NewSession::prepare(self, AccountKind::Citizen, device, network)?;
        let new = Arc::new(new);
        let (opening, codes) = (Arc::clone(&new), Arc::clone(&self.one_time_codes));
        let keys = Arc::clone(&self.refresh_tokens);
        let sign_in = move |tx: &mut Tx| -> Result<_, Failure> {
            let verified = throttle::verify_otp(tx, &codes, (&attempt, &sending), &command)?;
            let ended = match verified {
                Verified::Fits(person, _) => opening.open(tx, &keys, &Actor::Citizen { person })?,
                Verified::Wrong | Verified::NoSuchRequest => Vec::new(),
            };
            Ok((verified, ended))
        };
        let (verified, ended) = self.store.write(sign_in).await?;
        self.ended(&ended);
        match verified {
            Verified::Wrong | Verified::NoSuchRequest => {
                tell(SignInEvent::Refused, Some(Way::Code), None);
                Err(ApiCode::CredentialsRefused.into())
            }
            Verified::Fits(person, is_new) => {
                let granted = new.granted(self, &Actor::Citizen { person })?;
                let account = Account::Citizen(person);
                tell(SignInEvent::SignedIn, Some(Way::Code), Some(account));
                Ok(CitizenSession::new(granted, person, is_new))
            }
        }
    }

    /// Signs an officer in with login and password, and a code where the account has a second factor.
    ///
    /// # Errors
    /// `invalid-content`; `credentials-refused`, for a wrong code too; `totp-code-required`,
    /// `second-factor-enrolment-required`; `too-many-requests`; `role-forbids` for an agency where no
    /// role is held.
    pub async fn officer_session(
        &self,
        body: OfficerLogin,
        network: &Network,
    ) -> Result<OfficerSession, Failure> {
        let SignIn {
            login,
            password,
            shown,
            agency,
            device,
        } = body.into_parts()?;
        let known = self.officer_signing_in(login, password, network).await?;
        let known = known.ok_or(ApiCode::CredentialsRefused)?;
        let shown = match asked(self.config.second_factor, known.has_second_factor) {
            Asked::Nothing => None,
            Asked::Enrolment => return Err(ApiCode::EnrolmentRequired.into()),
            Asked::Code => Some(shown.ok_or(ApiCode::TotpCodeRequired)?),
        };
        let new = NewSession::prepare(self, AccountKind::Officer, device, network)?;
        self.open_officer_session(&known.officer, shown, agency, (new, network))
            .await
    }

    /// Opens the session of an officer whose password was right, at the agency asked for. The code is
    /// used up in the transaction that opens it, so that one code opens one session.
    async fn open_officer_session(
        &self,
        officer: &Officer,
        shown: Option<Shown>,
        asked: Option<AgencyId>,
        (new, network): (NewSession, &Network),
    ) -> Result<OfficerSession, Failure> {
        let (id, call) = (officer.id, self.call(Actor::System));
        let way = shown.as_ref().map(Shown::way);
        let attempt = match &shown {
            Some(shown) => Some(self.paid_attempt(shown, &officer.login, network).await?),
            None => None,
        };
        let new = Arc::new(new);
        let opening = Arc::clone(&new);
        let keys = Arc::clone(&self.refresh_tokens);
        let factors = Arc::clone(&self.second_factors);
        let open = move |tx: &mut Tx| -> Result<_, Failure> {
            let officer = officers::lock(tx, id, Actor::System.sight())?;
            let holds = match &shown {
                Some(shown) => {
                    second_factor::uses_up(tx, &call, (factors.as_ref(), &officer), shown)?
                }
                // Where one was set since the password was looked at.
                None => !second_factors::is_confirmed(tx, id)?,
            };
            if !holds {
                return Ok(None);
            }
            let placed = placed(tx, id, asked, call.now)?;
            let ended = opening.open(tx, &keys, &placed.actor())?;
            step_ups::put(tx, opening.id(), id, call.now)?;
            if let Some(attempt) = &attempt {
                attempt.pay_back(tx)?;
            }
            Ok(Some((placed, ended)))
        };
        let opened = self.store.write(open).await?;
        let account = Some(Account::Officer(id));
        let Some((placed, ended)) = opened else {
            tell(SignInEvent::SecondFactorRefused, way, account);
            return Err(ApiCode::CredentialsRefused.into());
        };
        self.ended(&ended);
        tell(SignInEvent::SignedIn, way.or(Some(Way::Password)), account);
        let granted = new.granted(self, &placed.actor())?;
        Ok(OfficerSession::new(granted, placed))
    }

    /// A try with a code, paid for before it is checked, so that many at once are no way around.
    ///
    /// # Errors
    /// `too-many-requests`.
    pub async fn paid_attempt(
        &self,
        shown: &Shown,
        login: &str,
        network: &Network,
    ) -> Result<Attempt, Failure> {
        let now = self.clock.now();
        let attempt = self.throttle.attempt(shown.way(), login, network, now);
        let paying = attempt.clone();
        self.store.write(move |tx| paying.pay(tx)).await?;
        Ok(attempt)
    }
}

impl Placed {
    /// The officer at that agency.
    pub const fn actor(&self) -> Actor {
        Actor::Officer {
            officer: self.officer,
            agency: self.agency,
            roles: self.roles,
        }
    }
}

/// Where the officer acts as things are now. Under lock: what ends the account's sessions meanwhile
/// would miss the one that is opened.
fn placed(
    tx: &mut Tx,
    id: OfficerId,
    asked: Option<AgencyId>,
    now: Time,
) -> Result<Placed, Failure> {
    let officer = officers::lock(tx, id, Actor::System.sight())?;
    if !officer.active {
        return Err(ApiCode::CredentialsRefused.into());
    }
    let grants = grants::of_officer(tx, id)?;
    let (agency, roles) = place(officer.agency, asked, &grants, now)?;
    let elsewhere: BTreeSet<AgencyId> = grants
        .iter()
        .filter(|grant| grant.agency != agency && grant.holds_at(now))
        .map(|grant| grant.agency)
        .collect();
    Ok(Placed {
        officer: id,
        agency,
        roles,
        elsewhere: elsewhere.into_iter().collect(),
    })
}
