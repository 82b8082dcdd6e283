//! The shapes of signing in at the identity provider, and of proofs at the counter.

use chrono::{Datelike as _, NaiveDate};
use domain::{
    identities::{Identity, IdentityDocument},
    ids::{PersonId, ProviderRequestId},
    people::{PersonalNumber, Sex, checked_name},
    personal::Personal,
    rejection::{Code, Fault, Rejection},
    time::Time,
};
use persistence::people::Person;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::counter::Check;
use crate::sessions::device::Device;

/// The longest code and state that are read, in bytes.
const LONGEST: usize = 2000;

/// The longest name, in characters.
const LONGEST_NAME: usize = 100;

/// Begins a sign-in at the identity provider.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"redirect_uri": "vn.angiang.motcua:/login"}))]
pub struct ProviderSignInRequest {
    /// Where the browser comes back to: one of the addresses registered for the app.
    #[schema(min_length = 1, max_length = 2000)]
    pub redirect_uri: String,
}

/// A sign-in has begun: open the address in the system's browser.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProviderSignIn {
    /// Show it with what comes back: code and state work for this request only, once.
    pub provider_request_id: ProviderRequestId,
    /// Where the browser goes.
    #[schema(max_length = 8000)]
    pub authorization_url: String,
    /// How long the request holds.
    #[schema(minimum = 1)]
    pub expires_in_seconds: u32,
}

/// Shows what came back with the browser, to sign in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "provider_request_id": "019ab1f0-7c1e-7000-8000-000000000005", "code": "SplxlOBeZQQYbYS6WxSbIA",
    "state": "af0ifjsldkj"
}))]
pub struct ProviderAnswer {
    /// The request it is the answer to.
    pub provider_request_id: ProviderRequestId,
    /// `code` of the address the browser came back to.
    #[schema(value_type = String, min_length = 1, max_length = 2000)]
    pub code: Personal<String>,
    /// `state` of that address.
    #[schema(value_type = String, min_length = 1, max_length = 2000)]
    pub state: SecretString,
    /// A name the app made for this device from chance and keeps in the device's own store.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 16, max_length = 128)]
    pub device_id: Option<Personal<String>>,
    /// What the device is called in the list of sessions.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 60)]
    pub device_label: Option<Personal<String>>,
}

/// Shows what came back with the browser, to verify the account one is signed in to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "provider_request_id": "019ab1f0-7c1e-7000-8000-000000000005", "code": "SplxlOBeZQQYbYS6WxSbIA",
    "state": "af0ifjsldkj"
}))]
pub struct IdentityAnswer {
    /// The request it is the answer to.
    pub provider_request_id: ProviderRequestId,
    /// `code` of the address the browser came back to.
    #[schema(value_type = String, min_length = 1, max_length = 2000)]
    pub code: Personal<String>,
    /// `state` of that address.
    #[schema(value_type = String, min_length = 1, max_length = 2000)]
    pub state: SecretString,
}

/// What came back, checked for its form.
#[derive(Debug)]
pub struct Answer {
    /// The request it is the answer to.
    pub request: ProviderRequestId,
    /// The code.
    pub code: Personal<String>,
    /// The state.
    pub state: SecretString,
}

impl Answer {
    fn read(self, faults: &mut Vec<Fault>) -> Self {
        for (pointer, text) in [
            ("/code", self.code.reveal().as_str()),
            ("/state", self.state.expose_secret()),
        ] {
            let fault = match text.len() {
                0 => Some(Code::Required),
                length if length > LONGEST => Some(Code::TooLong),
                _ => None,
            };
            faults.extend(fault.map(|code| Fault::new(pointer, code)));
        }
        self
    }
}

impl ProviderAnswer {
    /// The answer, and the device.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn into_parts(self) -> Result<(Answer, Device), Rejection> {
        let Self {
            provider_request_id: request,
            code,
            state,
            device_id,
            device_label,
        } = self;
        let mut faults = Vec::new();
        let answer = Answer {
            request,
            code,
            state,
        };
        let answer = answer.read(&mut faults);
        let device = Device::read(device_id, device_label, &mut faults);
        Rejection::of_faults(faults)?;
        Ok((answer, device))
    }
}

impl IdentityAnswer {
    /// The answer.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn into_answer(self) -> Result<Answer, Rejection> {
        let Self {
            provider_request_id: request,
            code,
            state,
        } = self;
        let mut faults = Vec::new();
        let answer = Answer {
            request,
            code,
            state,
        };
        let answer = answer.read(&mut faults);
        Rejection::of_faults(faults)?;
        Ok(answer)
    }
}

/// Whom an officer saw, and with what.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "person_id": "019ab1f0-7c1e-7000-8000-000000000001", "full_name": "Nguyễn Thị Hoa",
    "personal_number": "089190001234", "birth_date": "1990-05-19", "sex": "female",
    "document": "identity_card", "document_last_digits": "1234"
}))]
pub struct IdentityCheck {
    /// The account, as the person's own app shows it.
    pub person_id: PersonId,
    /// Family name, middle name, given name, as on the card.
    #[schema(value_type = String, min_length = 1, max_length = 100)]
    pub full_name: Personal<String>,
    /// Personal identification number: 12 digits.
    #[schema(value_type = String, min_length = 12, max_length = 12, pattern = "^[0-9]{12}$")]
    pub personal_number: Personal<String>,
    /// Date of birth.
    #[schema(value_type = String, format = Date)]
    pub birth_date: Personal<NaiveDate>,
    /// Sex, as on the card.
    pub sex: Sex,
    /// What was shown.
    pub document: IdentityDocument,
    /// The last four characters of its number.
    #[schema(value_type = String, min_length = 4, max_length = 4, pattern = "^[0-9A-Z]{4}$")]
    pub document_last_digits: Personal<String>,
}

/// The account is verified.
#[derive(Debug, Serialize, ToSchema)]
pub struct IdentityChecked {
    /// The account.
    pub person_id: PersonId,
    /// How surely its owner is known now: 2.
    #[schema(minimum = 1, maximum = 2)]
    pub assurance_level: u8,
    /// Since when.
    pub verified_at: Time,
}

impl From<&Person> for IdentityChecked {
    fn from(person: &Person) -> Self {
        Self {
            person_id: person.id,
            assurance_level: person.assurance.number(),
            verified_at: person.updated_at,
        }
    }
}

impl IdentityCheck {
    /// What was seen, each value checked and all held against the number.
    ///
    /// # Errors
    /// `invalid-content` with every fault; `number-disagrees` among them.
    pub fn into_check(self, now: Time) -> Result<Check, Rejection> {
        let Self {
            person_id,
            full_name,
            personal_number,
            birth_date,
            sex,
            document,
            document_last_digits,
        } = self;
        let mut faults = Vec::new();
        let name = name(full_name.reveal());
        faults.extend(fault_of("/full_name", &name));
        let day = *birth_date.reveal();
        if day.year() < 1900 || day > now.date() {
            faults.push(Fault::new("/birth_date", Code::OutOfRange));
        }
        let number = PersonalNumber::parse(personal_number.reveal());
        faults.extend(fault_of("/personal_number", &number));
        let last = document_last_digits.reveal();
        let plain = |b: u8| b.is_ascii_digit() || b.is_ascii_uppercase();
        if last.len() != 4 || !last.bytes().all(plain) {
            faults.push(Fault::new("/document_last_digits", Code::WrongFormat));
        }
        let (Ok(full_name), Ok(number)) = (name, number) else {
            return Err(all(faults));
        };
        let identity = Identity {
            number,
            full_name,
            birth_date: Some(birth_date),
            sex: Some(sex),
        };
        faults.extend(identity.disagreements("/personal_number"));
        // A card bears the personal number itself; a passport has one of its own.
        let bears_it = document != IdentityDocument::Passport;
        if bears_it && !personal_number.reveal().ends_with(last.as_str()) {
            faults.push(Fault::new("/document_last_digits", Code::NumberDisagrees));
        }
        Rejection::of_faults(faults)?;
        Ok(Check {
            person: person_id,
            identity,
            document,
            digits: document_last_digits,
        })
    }
}

fn fault_of<T>(pointer: &'static str, read: &Result<T, Code>) -> Option<Fault> {
    let code = read.as_ref().err()?;
    Some(Fault::new(pointer, *code))
}

fn name(given: &str) -> Result<Personal<String>, Code> {
    let name = checked_name(given)?;
    if name.chars().count() > LONGEST_NAME {
        return Err(Code::TooLong);
    }
    Ok(Personal::new(name))
}

fn all(faults: Vec<Fault>) -> Rejection {
    Rejection {
        code: Code::InvalidContent,
        faults,
    }
}
