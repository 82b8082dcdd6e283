//! The shapes of signing in.

use domain::{
    ids::{AgencyId, OfficerId, PersonId},
    personal::Personal,
    rejection::{Code, Fault, Rejection},
};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{one_time_codes::DIGITS, tokens::PublicKey};

/// Asks for a one-time code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"phone": "0912 345 678"}))]
pub struct OtpRequest {
    /// The telephone number, as people write it (`0912 345 678`) or in E.164 (`+84912345678`).
    #[schema(value_type = String, min_length = 8, max_length = 30)]
    pub phone: Personal<String>,
}

/// A code is on its way.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"expires_in_seconds": 300, "resend_after_seconds": 30}))]
pub struct OtpSent {
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
#[schema(example = json!({"phone": "0912 345 678", "code": "012345"}))]
pub struct OtpVerification {
    /// The telephone number the code was sent to.
    #[schema(value_type = String, min_length = 8, max_length = 30)]
    pub phone: Personal<String>,
    /// The code: six digits.
    #[schema(value_type = String, min_length = 6, max_length = 6, pattern = "^[0-9]{6}$")]
    pub code: Personal<String>,
}

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
    /// Where to act, for officers who hold roles at several agencies.
    #[serde(default)]
    #[schema(nullable = false)]
    pub agency_id: Option<AgencyId>,
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
    /// How long the token holds.
    #[schema(minimum = 1)]
    pub expires_in_seconds: i64,
    /// The citizen's account.
    pub person_id: PersonId,
    /// Whether the account was made just now.
    pub is_new: bool,
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
    /// How long the token holds.
    #[schema(minimum = 1)]
    pub expires_in_seconds: i64,
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

impl OtpRequest {
    /// The number in E.164.
    ///
    /// # Errors
    /// `invalid-content` when it is none.
    pub fn into_number(self) -> Result<Personal<String>, Rejection> {
        let Self { phone } = self;
        e164(phone.reveal()).map_err(|code| one_fault("/phone", code))
    }
}

impl OtpVerification {
    /// The number in E.164, and the code.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn into_parts(self) -> Result<(Personal<String>, Personal<String>), Rejection> {
        let Self { phone, code } = self;
        let number = e164(phone.reveal());
        let shape = code.reveal();
        let mut faults = Vec::new();
        if shape.len() != DIGITS || !shape.bytes().all(|b| b.is_ascii_digit()) {
            faults.push(Fault::new("/code", Code::WrongFormat));
        }
        match number {
            Ok(number) if faults.is_empty() => Ok((number, code)),
            Ok(_) => Err(all(faults)),
            Err(wrong) => {
                faults.push(Fault::new("/phone", wrong));
                Err(all(faults))
            }
        }
    }
}

fn one_fault(pointer: &str, code: Code) -> Rejection {
    all(vec![Fault::new(pointer, code)])
}

fn all(faults: Vec<Fault>) -> Rejection {
    Rejection {
        code: Code::InvalidContent,
        faults,
    }
}

/// A telephone number in E.164; a leading 0 is read as Viet Nam's (+84), whose mobile numbers have
/// nine digits after it.
fn e164(written: &str) -> Result<Personal<String>, Code> {
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

/// The public keys that access tokens are checked with (RFC 7517).
#[derive(Debug, Serialize, ToSchema)]
pub struct KeySet {
    /// The keys; the first one signs new tokens.
    #[schema(max_items = 10)]
    pub keys: Vec<KeySetEntry>,
}

/// One public key: Ed25519 (RFC 8037).
#[derive(Debug, Serialize, ToSchema)]
pub struct KeySetEntry {
    /// The family of the key: `OKP`.
    #[schema(max_length = 3, example = "OKP")]
    pub kty: &'static str,
    /// The curve: `Ed25519`.
    #[schema(max_length = 7, example = "Ed25519")]
    pub crv: &'static str,
    /// The algorithm: `EdDSA`.
    #[schema(max_length = 5, example = "EdDSA")]
    pub alg: &'static str,
    /// What it is for: `sig`, signatures.
    #[serde(rename = "use")]
    #[schema(max_length = 3, example = "sig")]
    pub purpose: &'static str,
    /// The name tokens carry as `kid`.
    #[schema(max_length = 43, example = "q9nW2c1ZbXw0aYtE")]
    pub kid: String,
    /// The public key, base64url.
    #[schema(
        max_length = 43,
        example = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    )]
    pub x: String,
}

impl From<&PublicKey> for KeySetEntry {
    fn from(key: &PublicKey) -> Self {
        let PublicKey { kid, x } = key;
        Self {
            kty: "OKP",
            crv: "Ed25519",
            alg: "EdDSA",
            purpose: "sig",
            kid: kid.clone(),
            x: x.clone(),
        }
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
            phone: Personal::new("1".to_owned()),
            code: Personal::new("12345".to_owned()),
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
