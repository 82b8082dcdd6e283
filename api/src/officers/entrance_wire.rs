//! The shapes of what comes before an officer's first sign-in.

use domain::{
    ids::{AgencyId, OfficerId},
    personal::Personal,
    rejection::Rejection,
};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{entrance::Choice, second_factor::Shown};

/// The first administrator of the province (quản trị tỉnh đầu tiên).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"token": "…", "login": "tinh.quantri", "full_name": "Lý Minh Đức", "agency_id": "01980000-0000-7000-8000-000000000091", "password": "mưa thuận gió hòa 26"}))]
pub struct SetUpBody {
    /// The one-time token.
    #[schema(value_type = String, min_length = 1, max_length = 64, format = Password)]
    pub token: SecretString,
    /// The name to sign in with: lower-case letters, digits, dots and hyphens.
    #[schema(min_length = 1, max_length = 100, pattern = "^[a-z0-9.-]{1,100}$")]
    pub login: String,
    /// Family name, middle name, given name.
    #[schema(value_type = String, min_length = 1, max_length = 120)]
    pub full_name: Personal<String>,
    /// The agency they belong to, as `/v1/agencies` gives it.
    pub agency_id: AgencyId,
    /// The password: 12 characters or more.
    #[schema(value_type = String, min_length = 12, max_length = 256, format = Password)]
    pub password: SecretString,
}

/// There is an administrator now.
#[derive(Debug, Serialize, ToSchema)]
pub struct FirstAdministrator {
    /// The account.
    pub officer_id: OfficerId,
}

/// An old and a new password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"login": "mythuan.motcua", "password": "…", "new_password": "mưa thuận gió hòa 26"}))]
pub struct PasswordChoice {
    /// The login.
    #[schema(min_length = 1, max_length = 100)]
    pub login: String,
    /// The password so far.
    #[schema(value_type = String, min_length = 1, max_length = 256, format = Password)]
    pub password: SecretString,
    /// The new one: 12 characters or more, and another one.
    #[schema(value_type = String, min_length = 12, max_length = 256, format = Password)]
    pub new_password: SecretString,
    /// The code that the officer's authenticator app shows, where the account has a second factor.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 6, max_length = 6, pattern = "^[0-9]{6}$")]
    pub totp_code: Option<Personal<String>>,
    /// A recovery code in place of it, where the device is lost; it works once.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 16, max_length = 32)]
    pub recovery_code: Option<Personal<String>>,
}

impl PasswordChoice {
    /// What was sent.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn into_parts(self) -> Result<Choice, Rejection> {
        let Self {
            login,
            password,
            new_password,
            totp_code,
            recovery_code,
        } = self;
        let mut faults = Vec::new();
        let shown = Shown::read(totp_code, recovery_code, &mut faults);
        Rejection::of_faults(faults)?;
        Ok(Choice {
            login,
            old: password,
            new: new_password,
            shown,
        })
    }
}
