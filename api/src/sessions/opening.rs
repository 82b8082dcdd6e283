//! How a session comes about once the store has spoken.

use std::collections::BTreeSet;

use domain::{
    actor::Actor,
    ids::{AgencyId, Id},
    officers::place,
    time::Time,
};

use super::{
    use_cases::{Known, Verified, VerifyOtp},
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
    /// The session of the officer whose password fitted, at the agency asked for.
    ///
    /// # Errors
    /// `credentials-refused` when none did, `role-forbids` for an agency where no role is held.
    pub fn open(
        app: &App,
        known: Option<Known>,
        asked: Option<AgencyId>,
        now: Time,
    ) -> Result<Self, Failure> {
        let Known { officer, grants } = known.ok_or(ApiCode::CredentialsRefused)?;
        let (agency, roles) = place(officer.agency, asked, &grants, now)?;
        let elsewhere: BTreeSet<AgencyId> = grants
            .iter()
            .filter(|grant| grant.agency != agency && grant.holds_at(now))
            .map(|grant| grant.agency)
            .collect();
        let actor = Actor::Officer {
            officer: officer.id,
            agency,
            roles,
        };
        Ok(Self {
            access_token: app.tokens.issue(&actor, now, app.ids.uuid(now))?,
            token_type: BEARER,
            expires_in_seconds: app.tokens.lifetime_seconds(),
            officer_id: officer.id,
            agency_id: agency,
            roles: roles.iter().collect(),
            other_agencies: elsewhere.into_iter().collect(),
        })
    }
}
