//! The shapes of signing in as an officer.

use domain::{
    actor::Roles,
    ids::{AgencyId, OfficerId, SessionId},
    personal::Personal,
    rejection::Rejection,
    time::Time,
};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{device::Device, opening::Granted};
use crate::officers::second_factor::Shown;

/// An officer's login and password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"login": "tiepnhan.mythuan", "password": "…"}))]
pub struct OfficerLogin {
    /// The login.
    #[schema(min_length = 1, max_length = 100)]
    pub login: String,
    /// The password.
    #[schema(value_type = String, min_length = 1, max_length = 256, format = Password)]
    pub password: SecretString,
    /// The code that the officer's authenticator app shows, where the account has a second factor.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 6, max_length = 6, pattern = "^[0-9]{6}$")]
    pub totp_code: Option<Personal<String>>,
    /// A recovery code in place of it, where the device is lost; it works once.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 16, max_length = 32)]
    pub recovery_code: Option<Personal<String>>,
    /// Where to act, for officers who hold roles at several agencies.
    #[serde(default)]
    #[schema(nullable = false)]
    pub agency_id: Option<AgencyId>,
    /// A name the app made for this device from chance and keeps in the device's own store. With it,
    /// whoever copies a refresh token cannot use it on another device.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 16, max_length = 128)]
    pub device_id: Option<Personal<String>>,
    /// What the device is called in the list of sessions.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 60)]
    pub device_label: Option<Personal<String>>,
}

/// What an officer signs in with.
pub struct SignIn {
    /// The login.
    pub login: String,
    /// The password.
    pub password: SecretString,
    /// The code beside it, if one was sent.
    pub shown: Option<Shown>,
    /// Where to act.
    pub agency: Option<AgencyId>,
    /// The device.
    pub device: Device,
}

impl OfficerLogin {
    /// What was sent.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn into_parts(self) -> Result<SignIn, Rejection> {
        let Self {
            login,
            password,
            totp_code,
            recovery_code,
            agency_id,
            device_id,
            device_label,
        } = self;
        let mut faults = Vec::new();
        let device = Device::read(device_id, device_label, &mut faults);
        let shown = Shown::read(totp_code, recovery_code, &mut faults);
        Rejection::of_faults(faults)?;
        Ok(SignIn {
            login,
            password,
            shown,
            agency: agency_id,
            device,
        })
    }
}

/// An officer is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct OfficerSession {
    /// Send it as `Authorization: Bearer …`.
    #[schema(max_length = 2000)]
    pub access_token: String,
    /// Always `Bearer`.
    #[schema(max_length = 6, example = "Bearer")]
    pub token_type: &'static str,
    /// How long the access token holds.
    #[schema(minimum = 1)]
    pub expires_in_seconds: i64,
    /// Show it at `/v1/auth/refresh` for the next pair of tokens; it works once.
    #[schema(max_length = 200)]
    pub refresh_token: String,
    /// The session.
    pub session_id: SessionId,
    /// When the session is over, however often it is refreshed.
    pub session_expires_at: Time,
    /// The officer's account.
    pub officer_id: OfficerId,
    /// The agency the token is for.
    pub agency_id: AgencyId,
    /// The roles held there today. When one is taken back, the token answers 401 from then on.
    #[schema(max_items = 9)]
    pub roles: Vec<domain::actor::Role>,
    /// Where else roles are held today: sign in with one as `agency_id` to act there.
    #[schema(max_items = 1000)]
    pub other_agencies: Vec<AgencyId>,
}

/// Where an officer acts, and with which roles.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The account.
    pub officer: OfficerId,
    /// The agency.
    pub agency: AgencyId,
    /// The roles held there today.
    pub roles: Roles,
    /// Where else roles are held today.
    pub elsewhere: Vec<AgencyId>,
}

impl OfficerSession {
    /// The session of an officer.
    pub fn new(granted: Granted, placed: Placed) -> Self {
        let Granted {
            access_token,
            token_type,
            expires_in_seconds,
            refresh_token,
            session_id,
            session_expires_at,
        } = granted;
        Self {
            access_token,
            token_type,
            expires_in_seconds,
            refresh_token,
            session_id,
            session_expires_at,
            officer_id: placed.officer,
            agency_id: placed.agency,
            roles: placed.roles.iter().collect(),
            other_agencies: placed.elsewhere,
        }
    }
}
