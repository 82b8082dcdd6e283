//! The shapes of the citizen's own account.

use chrono::{Datelike as _, NaiveDate};
use domain::{
    ids::PersonId,
    personal::Personal,
    rejection::{Code, Fault, Rejection},
    text::has_hidden_characters,
    time::Time,
};
use persistence::people::Person;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::use_cases::Changes;
use crate::{extract::Language, patch::present};

/// The longest name, in characters.
const LONGEST_NAME: usize = 100;
/// The longest address, in characters.
const LONGEST_ADDRESS: usize = 300;

/// The citizen's own account (tài khoản công dân).
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "person_id": "019ab1f0-7c1e-7000-8000-000000000001", "phone": "+84912345678",
    "full_name": "Nguyễn Thị Hoa", "personal_number": null, "birth_date": "1990-05-19",
    "address": null, "assurance_level": 1, "language": "vi", "version": 2,
    "created_at": "2026-11-23T02:00:00Z", "updated_at": "2026-11-23T02:05:00Z"
}))]
pub struct Me {
    /// The account.
    pub person_id: PersonId,
    /// The telephone number one signs in with, in E.164; null where one signs in with the e-ID only.
    #[schema(max_length = 16, pattern = "^\\+[1-9][0-9]{7,14}$")]
    pub phone: Option<String>,
    /// Family name, middle name, given name; null until it is given.
    #[schema(max_length = 100)]
    pub full_name: Option<String>,
    /// Personal identification number (số định danh cá nhân).
    #[schema(max_length = 12, pattern = "^[0-9]{12}$")]
    pub personal_number: Option<String>,
    /// Date of birth.
    #[schema(value_type = Option<String>, format = Date)]
    pub birth_date: Option<NaiveDate>,
    /// Place of residence.
    #[schema(max_length = 300)]
    pub address: Option<String>,
    /// How surely it is known who this is: 1, a telephone number answers; 2, verified by the identity
    /// provider or at a counter. Each procedure says what it needs to be filed online.
    #[schema(minimum = 1, maximum = 2)]
    pub assurance_level: u8,
    /// The language of notices: `vi` or `en`.
    #[schema(max_length = 2, pattern = "^(vi|en)$")]
    pub language: String,
    /// Goes up with each change; the `ETag` holds it.
    #[schema(minimum = 1)]
    pub version: i64,
    /// When the account was made.
    pub created_at: Time,
    /// When it last changed.
    pub updated_at: Time,
}

/// What is to be different: a merge patch.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"full_name": "Nguyễn Thị Hoa", "birth_date": "1990-05-19"}))]
#[expect(
    clippy::option_option,
    reason = "left out, null and a value are three different wishes"
)]
pub struct MePatch {
    /// Family name, middle name, given name.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 100)]
    full_name: Option<Option<Personal<String>>>,
    /// Personal identification number: 12 digits.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, max_length = 12, pattern = "^[0-9]{12}$")]
    personal_number: Option<Option<Personal<String>>>,
    /// Date of birth.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, format = Date)]
    birth_date: Option<Option<Personal<NaiveDate>>>,
    /// Place of residence.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 300)]
    address: Option<Option<Personal<String>>>,
    /// The language of notices.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = NoticeLanguage, required = false)]
    language: Option<Option<NoticeLanguage>>,
}

/// The language of notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeLanguage {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl From<Person> for Me {
    fn from(person: Person) -> Self {
        let Person {
            id,
            phone,
            full_name,
            personal_number,
            birth_date,
            address,
            assurance,
            language,
            version,
            created_at,
            updated_at,
        } = person;
        Self {
            person_id: id,
            phone: phone.map(Personal::into_revealed),
            full_name: Some(full_name.into_revealed()).filter(|name| !name.is_empty()),
            personal_number: personal_number.map(Personal::into_revealed),
            birth_date: birth_date.map(Personal::into_revealed),
            address: address.map(Personal::into_revealed),
            assurance_level: assurance.number(),
            language,
            version,
            created_at,
            updated_at,
        }
    }
}

impl MePatch {
    /// The changes, each value checked.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn into_changes(self, now: Time) -> Result<Changes, Rejection> {
        let Self {
            full_name,
            personal_number,
            birth_date,
            address,
            language,
        } = self;
        let mut faults = Vec::new();
        if full_name == Some(None) {
            faults.push(Fault::new("/full_name", Code::Required));
        }
        if language == Some(None) {
            faults.push(Fault::new("/language", Code::Required));
        }
        let changes = Changes {
            full_name: full_name.flatten(),
            personal_number,
            birth_date,
            address,
            language: language.flatten().map(|language| match language {
                NoticeLanguage::Vi => Language::Vi.tag(),
                NoticeLanguage::En => Language::En.tag(),
            }),
        };
        faults.extend(account_faults(&changes, "", now));
        Rejection::of_faults(faults)?;
        Ok(changes)
    }
}

/// Every fault of what an account is to say, with pointers below `at`.
pub(crate) fn account_faults(changes: &Changes, at: &str, now: Time) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut check = |field: &str, found: Option<Code>| {
        faults.extend(found.map(|code| Fault::new(format!("{at}/{field}"), code)));
    };
    if let Some(name) = &changes.full_name {
        check("full_name", text_fault(name.reveal(), LONGEST_NAME));
    }
    if let Some(Some(number)) = &changes.personal_number {
        let digits = number.reveal();
        let fits = digits.len() == 12 && digits.bytes().all(|b| b.is_ascii_digit());
        check("personal_number", (!fits).then_some(Code::WrongFormat));
    }
    if let Some(Some(date)) = &changes.birth_date {
        let date = *date.reveal();
        let fits = date.year() >= 1900 && date <= now.date();
        check("birth_date", (!fits).then_some(Code::OutOfRange));
    }
    if let Some(Some(address)) = &changes.address {
        check("address", text_fault(address.reveal(), LONGEST_ADDRESS));
    }
    faults
}

fn text_fault(text: &str, longest: usize) -> Option<Code> {
    if text.trim().is_empty() {
        Some(Code::Required)
    } else if text.chars().count() > longest {
        Some(Code::TooLong)
    } else if has_hidden_characters(text) {
        Some(Code::HiddenCharacters)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
    use super::*;

    fn faults(patch: &str) -> Vec<(String, Code)> {
        let now = Time::from_micros(1_790_000_000_000_000).unwrap();
        let patch: MePatch = serde_json::from_str(patch).unwrap();
        match patch.into_changes(now) {
            Ok(_) => Vec::new(),
            Err(rejection) => rejection
                .faults
                .into_iter()
                .map(|fault| (fault.pointer, fault.code))
                .collect(),
        }
    }

    #[test]
    fn every_fault_is_named() {
        let long = format!(r#"{{"full_name":"{}"}}"#, "ă".repeat(101));
        for (patch, expected) in [
            ("{}", vec![]),
            (
                r#"{"full_name":"Nguyễn Thị Hoa","personal_number":"001190000001","birth_date":"1990-05-19"}"#,
                vec![],
            ),
            (
                r#"{"personal_number":null,"birth_date":null,"address":null}"#,
                vec![],
            ),
            (
                r#"{"full_name":" ","personal_number":"12","birth_date":"2999-01-01","address":"a\u202eb"}"#,
                vec![
                    ("/full_name", Code::Required),
                    ("/personal_number", Code::WrongFormat),
                    ("/birth_date", Code::OutOfRange),
                    ("/address", Code::HiddenCharacters),
                ],
            ),
            (
                r#"{"full_name":null,"language":null}"#,
                vec![
                    ("/full_name", Code::Required),
                    ("/language", Code::Required),
                ],
            ),
            (long.as_str(), vec![("/full_name", Code::TooLong)]),
        ] {
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(p, c)| (p.to_owned(), c))
                .collect();
            assert_eq!(faults(patch), expected, "{patch}");
        }
    }

    #[test]
    fn left_out_null_and_a_value_are_three_wishes() {
        let now = Time::from_micros(0).unwrap();
        let wish = |patch: &str| {
            let patch: MePatch = serde_json::from_str(patch).unwrap();
            patch
                .into_changes(now)
                .unwrap()
                .address
                .map(|a| a.map(Personal::into_revealed))
        };
        assert_eq!(wish("{}"), None);
        assert_eq!(wish(r#"{"address":null}"#), Some(None));
        assert_eq!(
            wish(r#"{"address":"Mỹ Thuận"}"#),
            Some(Some("Mỹ Thuận".to_owned()))
        );
    }
}
