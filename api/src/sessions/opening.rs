//! How a session comes about once the store has spoken.

use domain::{actor::Actor, ids::Id, time::Time};
use persistence::officers::Officer;

use super::{
    use_cases::{Verified, VerifyOtp},
    wire::{CitizenSession, OfficerSession, OtpSent, OtpVerification},
};
use crate::{api_code::ApiCode, app::App, config::Sessions, extract::Language, failure::Failure};

/// The scheme of the tokens (RFC 6750).
const BEARER: &str = "Bearer";

impl OtpSent {
    /// The limits a code is sent under.
    pub fn of(limits: &Sessions) -> Self {
        Self {
            expires_in_seconds: limits.one_time_code_seconds,
            resend_after_seconds: limits.one_time_code_pause_seconds,
        }
    }
}

impl OtpVerification {
    /// The command, with the identifiers it may need.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn into_command(
        self,
        app: &App,
        language: Language,
        now: Time,
    ) -> Result<VerifyOtp, Failure> {
        let (number, code) = self.into_parts()?;
        Ok(VerifyOtp {
            now,
            number,
            code,
            new_person: Id::from_uuid(app.ids.uuid(now)),
            new_event: app.ids.uuid(now),
            language: language.tag(),
        })
    }
}

impl CitizenSession {
    /// The session of the account whose code fitted.
    ///
    /// # Errors
    /// `credentials-refused` when none did.
    pub fn open(app: &App, verified: Verified, now: Time) -> Result<Self, Failure> {
        match verified {
            Verified::Refused => Err(ApiCode::CredentialsRefused.into()),
            Verified::Fits(person, is_new) => Ok(Self {
                access_token: app.tokens.issue(
                    &Actor::Citizen { person },
                    now,
                    app.ids.uuid(now),
                )?,
                token_type: BEARER,
                expires_in_seconds: app.tokens.lifetime_seconds(),
                person_id: person,
                is_new,
            }),
        }
    }
}

impl OfficerSession {
    /// The session of the officer whose password fitted.
    ///
    /// # Errors
    /// `credentials-refused` when none did.
    pub fn open(app: &App, officer: Option<Officer>, now: Time) -> Result<Self, Failure> {
        let Officer {
            id,
            login: _,
            password_hash: _,
            full_name: _,
            agency,
            roles,
            active: _,
            version: _,
            created_at: _,
            updated_at: _,
        } = officer.ok_or(ApiCode::CredentialsRefused)?;
        let actor = Actor::Officer {
            officer: id,
            agency,
            roles,
        };
        Ok(Self {
            access_token: app.tokens.issue(&actor, now, app.ids.uuid(now))?,
            token_type: BEARER,
            expires_in_seconds: app.tokens.lifetime_seconds(),
            officer_id: id,
            agency_id: agency,
            roles: roles.iter().collect(),
        })
    }
}
