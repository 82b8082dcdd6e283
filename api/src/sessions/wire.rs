//! The shapes of signing in as a citizen.

use domain::{
    ids::{CodeRequestId, PersonId, SessionId},
    personal::Personal,
    rejection::{Code, Fault, Rejection},
    time::Time,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{device::Device, opening::Granted};
use crate::auth::one_time_codes::DIGITS;

/// Asks for a one-time code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"phone": "0912 345 678"}))]
pub struct OtpRequest {
    /// The telephone number, as people write it (`0912 345 678`) or in E.164 (`+84912345678`).
    #[schema(value_type = String, min_length = 8, max_length = 30)]
    pub phone: Personal<String>,
    /// A name the app made for this device from chance and keeps in the device's own store: a device the
    /// account was signed in on before gets its code whatever strangers have asked for.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 16, max_length = 128)]
    pub device_id: Option<Personal<String>>,
}

/// A code is on its way.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "code_request_id": "019ab1f0-7c1e-7000-8000-000000000005", "expires_in_seconds": 300,
    "resend_after_seconds": 30
}))]
pub struct OtpSent {
    /// Show it with the code: the code works for this request only.
    pub code_request_id: CodeRequestId,
    /// How long the code holds.
    #[schema(minimum = 1)]
    pub expires_in_seconds: u32,
    /// How long to wait before asking for another.
    #[schema(minimum = 0)]
    pub resend_after_seconds: u32,
}

/// Shows the code that was received.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "code_request_id": "019ab1f0-7c1e-7000-8000-000000000005", "phone": "0912 345 678", "code": "012345"
}))]
pub struct OtpVerification {
    /// The request the code was sent for.
    pub code_request_id: CodeRequestId,
    /// The telephone number the code was sent to.
    #[schema(value_type = String, min_length = 8, max_length = 30)]
    pub phone: Personal<String>,
    /// The code: six digits.
    #[schema(value_type = String, min_length = 6, max_length = 6, pattern = "^[0-9]{6}$")]
    pub code: Personal<String>,
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

/// A citizen is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct CitizenSession {
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
    /// The citizen's account.
    pub person_id: PersonId,
    /// Whether the account was made just now.
    pub is_new: bool,
}

impl CitizenSession {
    /// The session of a citizen.
    pub fn new(granted: Granted, person_id: PersonId, is_new: bool) -> Self {
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
            person_id,
            is_new,
        }
    }
}

impl OtpRequest {
    /// The number in E.164, and the device.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn into_parts(self) -> Result<(Personal<String>, Device), Rejection> {
        let Self { phone, device_id } = self;
        let mut faults = Vec::new();
        let device = Device::read(device_id, None, &mut faults);
        match e164(phone.reveal()) {
            Ok(number) if faults.is_empty() => Ok((number, device)),
            Ok(_) => Err(all(faults)),
            Err(wrong) => {
                faults.push(Fault::new("/phone", wrong));
                Err(all(faults))
            }
        }
    }
}

impl OtpVerification {
    /// The request, the number in E.164, the code, and the device.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn into_parts(
        self,
    ) -> Result<(CodeRequestId, Personal<String>, Personal<String>, Device), Rejection> {
        let Self {
            code_request_id,
            phone,
            code,
            device_id,
            device_label,
        } = self;
        let number = e164(phone.reveal());
        let shape = code.reveal();
        let mut faults = Vec::new();
        if shape.len() != DIGITS || !shape.bytes().all(|b| b.is_ascii_digit()) {
            faults.push(Fault::new("/code", Code::WrongFormat));
        }
        let device = Device::read(device_id, device_label, &mut faults);
        match number {
            Ok(number) if faults.is_empty() => Ok((code_request_id, number, code, device)),
            Ok(_) => Err(all(faults)),
            Err(wrong) => {
                faults.push(Fault::new("/phone", wrong));
                Err(all(faults))
            }
        }
    }
}

fn all(faults: Vec<Fault>) -> Rejection {
    Rejection {
        code: Code::InvalidContent,
        faults,
    }
}

/// A telephone number in E.164; a leading 0 is read as Viet Nam's (+84), whose mobile numbers have
/// nine digits after it.
pub(crate) fn e164(written: &str) -> Result<Personal<String>, Code> {
    if written.len() > 30 {
        return Err(Code::TooLong);
    }
    let bare: String = written
        .chars()
        .filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')'))
        .collect();
    let number = match bare.strip_prefix('0') {
        Some(national) => format!("+84{national}"),
        None => bare,
    };
    let digits = number.strip_prefix('+').ok_or(Code::WrongFormat)?;
    let fits = match digits.strip_prefix("84") {
        Some(national) => national.len() == 9 && national.starts_with(['3', '5', '7', '8', '9']),
        None => (8..=15).contains(&digits.len()) && !digits.starts_with('0'),
    };
    if fits && digits.bytes().all(|b| b.is_ascii_digit()) {
        Ok(Personal::new(number))
    } else {
        Err(Code::WrongFormat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (written, expected) in [
            ("0912 345 678", Some("+84912345678")),
            ("+84912345678", Some("+84912345678")),
            ("(091) 234.56-78", Some("+84912345678")),
            ("+4915112345678", Some("+4915112345678")),
            ("0112345678", None),
            ("091234567", None),
            ("912345678", None),
            ("+84 912 34x 678", None),
            ("+", None),
            ("", None),
            ("٠٩١٢٣٤٥٦٧٨", None),
        ] {
            let read = e164(written).ok().map(Personal::into_revealed);
            assert_eq!(read.as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn both_faults_of_a_verification_are_named() {
        let given = OtpVerification {
            code_request_id: domain::ids::Id::from_uuid(uuid::Uuid::nil()),
            phone: Personal::new("1".to_owned()),
            code: Personal::new("12345".to_owned()),
            device_id: None,
            device_label: None,
        };
        let pointers = given.into_parts().err().map(|rejection| {
            rejection
                .faults
                .into_iter()
                .map(|fault| fault.pointer)
                .collect::<Vec<_>>()
        });
        assert_eq!(
            pointers,
            Some(vec!["/code".to_owned(), "/phone".to_owned()])
        );
    }
}
