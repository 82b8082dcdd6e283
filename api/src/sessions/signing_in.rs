//! Signing in from beginning to end: the proof, and the session it opens.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    actor::Actor,
    ids::{AgencyId, CodeRequestId, Id, OfficerId},
    officers::place,
    personal::Personal,
    sessions::{AccountKind, CodePurpose},
    time::Time,
};
use persistence::{
    Tx,
    officers::{self, grants},
};

use super::{
    codes::{self, Asker, RequestOtp, ShownCode},
    device::Device,
    officer_wire::{OfficerLogin, OfficerSession, Placed},
    opening::NewSession,
    throttle::{self, Way},
    use_cases::{Known, Verified, VerifyOtp},
    wire::{CitizenSession, OtpSent, OtpVerification},
};
use crate::{
    api_code::ApiCode,
    app::App,
    config::Sessions,
    extract::{Language, Network},
    failure::Failure,
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
            Verified::Wrong | Verified::NoSuchRequest => Err(ApiCode::CredentialsRefused.into()),
            Verified::Fits(person, is_new) => {
                let granted = new.granted(self, &Actor::Citizen { person })?;
                Ok(CitizenSession::new(granted, person, is_new))
            }
        }
    }

    /// Signs an officer in with login and password.
    ///
    /// # Errors
    /// `invalid-content`; `credentials-refused`; `too-many-requests`; `role-forbids` for an agency
    /// where no role is held.
    pub async fn officer_session(
        &self,
        shown: OfficerLogin,
        network: &Network,
    ) -> Result<OfficerSession, Failure> {
        let (login, password, asked, device) = shown.into_parts()?;
        let known = self.officer_signing_in(login, password, network).await?;
        let Known { officer, grants: _ } = known.ok_or(ApiCode::CredentialsRefused)?;
        self.open_officer_session(officer.id, asked, device, network)
            .await
    }

    /// Opens the session of an officer who has proved to be one, at the agency asked for.
    ///
    /// # Errors
    /// `credentials-refused` when the account was taken out of use since it was looked at;
    /// `role-forbids`.
    pub async fn open_officer_session(
        &self,
        officer: OfficerId,
        asked: Option<AgencyId>,
        device: Device,
        network: &Network,
    ) -> Result<OfficerSession, Failure> {
        let new = NewSession::prepare(self, AccountKind::Officer, device, network)?;
        let new = Arc::new(new);
        let opening = Arc::clone(&new);
        let (keys, now) = (Arc::clone(&self.refresh_tokens), self.clock.now());
        let open = move |tx: &mut Tx| -> Result<_, Failure> {
            let placed = placed(tx, officer, asked, now)?;
            let ended = opening.open(tx, &keys, &placed.actor())?;
            Ok((placed, ended))
        };
        let (placed, ended) = self.store.write(open).await?;
        self.ended(&ended);
        let granted = new.granted(self, &placed.actor())?;
        Ok(OfficerSession::new(granted, placed))
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
