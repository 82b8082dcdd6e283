//! The shapes of sessions once they are open.

use domain::{ids::SessionId, personal::Personal, rejection::Rejection, time::Time};
use persistence::sessions::Session;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{device::Device, opening::Granted};

/// Shows a refresh token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"refresh_token": "mcr_…", "device_id": "4f1d0c1e8c3b4f6a"}))]
pub struct RefreshRequest {
    /// The newest refresh token of the session.
    #[schema(value_type = String, min_length = 1, max_length = 200)]
    pub refresh_token: SecretString,
    /// The name of the device, where the session was opened with one.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 16, max_length = 128)]
    pub device_id: Option<Personal<String>>,
}

impl RefreshRequest {
    /// The token, and the device.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn into_parts(self) -> Result<(SecretString, Device), Rejection> {
        let Self {
            refresh_token,
            device_id,
        } = self;
        let mut faults = Vec::new();
        let device = Device::read(device_id, None, &mut faults);
        Rejection::of_faults(faults)?;
        Ok((refresh_token, device))
    }
}

/// A session goes on: these tokens take the place of those before.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefreshedSession {
    /// Send it as `Authorization: Bearer …`.
    #[schema(max_length = 2000)]
    pub access_token: String,
    /// Always `Bearer`.
    #[schema(max_length = 6, example = "Bearer")]
    pub token_type: &'static str,
    /// How long the access token holds.
    #[schema(minimum = 1)]
    pub expires_in_seconds: i64,
    /// Show it at `/v1/auth/refresh` for the next pair; it works once.
    #[schema(max_length = 200)]
    pub refresh_token: String,
    /// The session.
    pub session_id: SessionId,
    /// When the session is over, however often it is refreshed.
    pub session_expires_at: Time,
}

impl From<Granted> for RefreshedSession {
    fn from(granted: Granted) -> Self {
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
        }
    }
}

/// The path of one session.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct SessionPath {
    /// The session's id.
    #[param(value_type = uuid::Uuid)]
    pub session_id: SessionId,
}

/// The devices that are signed in, those used last first.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionList {
    /// The sessions that are open.
    #[schema(max_items = 20)]
    pub items: Vec<OpenSession>,
}

/// A device that is signed in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "session_id": "019ab1f0-7c1e-7000-8000-000000000009", "device_label": "Điện thoại của Hoa",
    "network": "203.0.113.0/24", "created_at": "2026-11-23T02:00:00Z",
    "last_used_at": "2026-11-23T07:30:00Z", "expires_at": "2026-12-23T02:00:00Z", "is_current": true
}))]
pub struct OpenSession {
    /// The session's id.
    pub session_id: SessionId,
    /// What the app calls the device; null where it did not say.
    #[schema(max_length = 60)]
    pub device_label: Option<String>,
    /// The part of the internet it was used from last: the first 24 bits of the address, or 48.
    #[schema(max_length = 50)]
    pub network: String,
    /// When it signed in.
    pub created_at: Time,
    /// When it signed in or refreshed its tokens last.
    pub last_used_at: Time,
    /// When the session is over, however often it is refreshed.
    pub expires_at: Time,
    /// Whether it is the session of this request.
    pub is_current: bool,
}

impl OpenSession {
    /// The session as its owner sees it from another, or from itself.
    pub fn seen_from(current: SessionId, session: Session) -> Self {
        let Session {
            id,
            account: _,
            agency: _,
            device_digest: _,
            device_label,
            network,
            created_at,
            last_used_at,
            expires_at,
            ended: _,
        } = session;
        Self {
            session_id: id,
            device_label: device_label.map(Personal::into_revealed),
            network: network.into_revealed(),
            created_at,
            last_used_at,
            expires_at,
            is_current: id == current,
        }
    }
}
