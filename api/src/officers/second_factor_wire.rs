//! The shapes of second factors.

use domain::{personal::Personal, time::Time};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An officer who is about to set a second factor.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"login": "mythuan.motcua", "password": "…"}))]
pub struct EnrolmentRequest {
    /// The login.
    #[schema(min_length = 1, max_length = 100)]
    pub login: String,
    /// The password.
    #[schema(value_type = String, min_length = 1, max_length = 256, format = Password)]
    pub password: SecretString,
}

/// What the authenticator app is to be given (thiết lập xác thực hai lớp). Shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct EnrolmentView {
    /// Sends the first code back; good for nothing else.
    #[schema(max_length = 120)]
    pub enrolment_token: String,
    /// The shared secret in base 32, for typing it in.
    #[schema(max_length = 64)]
    pub secret: String,
    /// The same as an address (`otpauth://`), for showing as a square to be read.
    #[schema(max_length = 500)]
    pub otpauth_url: String,
    /// Until when the first code is waited for.
    pub expires_at: Time,
}

/// A first code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"enrolment_token": "mce_…", "totp_code": "287082"}))]
pub struct EnrolmentConfirmation {
    /// The token of the enrolment.
    #[schema(value_type = String, min_length = 1, max_length = 120)]
    pub enrolment_token: SecretString,
    /// The code that the app shows.
    #[schema(value_type = String, min_length = 6, max_length = 6, pattern = "^[0-9]{6}$")]
    pub totp_code: Personal<String>,
}

/// A recovery code: letters and digits.
#[derive(Debug, Serialize, ToSchema)]
#[schema(min_length = 16, max_length = 16, example = "7K2QM4XT9BHN3DWC")]
#[serde(transparent)]
pub struct RecoveryCode(String);

impl From<Personal<String>> for RecoveryCode {
    fn from(code: Personal<String>) -> Self {
        Self(code.into_revealed())
    }
}

/// A second factor is set.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// One for each sign-in without the device. Shown this once: print them, keep them elsewhere.
    #[schema(min_items = 8, max_items = 8)]
    pub recovery_codes: Vec<RecoveryCode>,
}

/// A fresh proof of who somebody is: exactly one of the two.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"totp_code": "287082"}))]
pub struct StepUpBody {
    /// The password.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 256, format = Password)]
    pub password: Option<SecretString>,
    /// The code that the officer's authenticator app shows.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 6, max_length = 6, pattern = "^[0-9]{6}$")]
    pub totp_code: Option<Personal<String>>,
}

/// This session has a fresh proof.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepUp {
    /// Until when it counts as fresh.
    pub fresh_until: Time,
}
