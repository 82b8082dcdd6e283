//! A person named in a dossier, as sent and as shown.

use chrono::NaiveDate;
use domain::{
    dossiers::Party,
    people::{PersonalNumber, Phone, checked_name},
    personal::Personal,
    rejection::{Code, Fault},
    text,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The longest address, in characters.
const LONGEST_ADDRESS: usize = 300;

/// A person: whose matter it is, or who submits.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartyBody {
    /// Full name.
    #[schema(value_type = String, min_length = 1, max_length = 120, example = "Nguyễn Thị Đào")]
    pub full_name: Personal<String>,
    /// Personal identity number (số định danh cá nhân), 12 digits.
    #[schema(value_type = Option<String>, pattern = "^[0-9]{12}$", min_length = 12, max_length = 12, example = "089190001234")]
    pub personal_number: Option<Personal<String>>,
    /// Date of birth.
    #[schema(value_type = Option<NaiveDate>)]
    pub birth_date: Option<Personal<NaiveDate>>,
    /// Mobile number.
    #[schema(value_type = Option<String>, min_length = 9, max_length = 20, example = "0912345678")]
    pub phone: Option<Personal<String>>,
    /// Address, two levels and below as free text.
    #[schema(value_type = Option<String>, max_length = 300, example = "Ấp Phước Lợi, xã Mỹ Thuận, tỉnh An Giang")]
    pub address: Option<Personal<String>>,
}

impl PartyBody {
    /// The checked person; every fault is added under `pointer`.
    pub fn check(self, pointer: &str, faults: &mut Vec<Fault>) -> Option<Party> {
        let Self {
            full_name,
            personal_number,
            birth_date,
            phone,
            address,
        } = self;
        let mut note =
            |field: &str, code| faults.push(Fault::new(format!("{pointer}/{field}"), code));
        let name = checked_name(full_name.reveal())
            .map_err(|code| note("full_name", code))
            .ok();
        let number = personal_number.map(|number| PersonalNumber::parse(number.reveal()));
        let number = number.transpose().unwrap_or_else(|code| {
            note("personal_number", code);
            None
        });
        let phone = phone
            .map(|phone| Phone::parse(phone.reveal()))
            .transpose()
            .unwrap_or_else(|code| {
                note("phone", code);
                None
            });
        let address = address
            .map(|address| checked_text(address.reveal(), LONGEST_ADDRESS))
            .transpose();
        let address = address.unwrap_or_else(|code| {
            note("address", code);
            None
        });
        Some(Party {
            full_name: Personal::new(name?),
            personal_number: number.map(|number| number.digits().clone()),
            birth_date,
            phone: phone.map(|phone| phone.e164().clone()),
            address: address.map(Personal::new),
        })
    }
}

/// A text in NFC without hidden characters, within its length.
///
/// # Errors
/// `required`, `too-long`, `hidden-characters`.
pub fn checked_text(text: &str, longest: usize) -> Result<String, Code> {
    let tidy = text::nfc(text.trim());
    if tidy.is_empty() {
        Err(Code::Required)
    } else if tidy.chars().count() > longest {
        Err(Code::TooLong)
    } else if text::has_hidden_characters(&tidy.replace(['\n', '\t'], " ")) {
        Err(Code::HiddenCharacters)
    } else {
        Ok(tidy)
    }
}

/// A person, as shown to those who may see the dossier.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PartyView {
    /// Full name.
    #[schema(max_length = 120, example = "Nguyễn Thị Đào")]
    pub full_name: String,
    /// Personal identity number.
    #[schema(max_length = 12, example = "089190001234")]
    pub personal_number: Option<String>,
    /// Date of birth.
    pub birth_date: Option<NaiveDate>,
    /// Mobile number, E.164.
    #[schema(max_length = 16, example = "+84912345678")]
    pub phone: Option<String>,
    /// Address.
    #[schema(max_length = 300)]
    pub address: Option<String>,
}

impl From<&Party> for PartyView {
    fn from(party: &Party) -> Self {
        let Party {
            full_name,
            personal_number,
            birth_date,
            phone,
            address,
        } = party;
        let shown =
            |text: &Option<Personal<String>>| text.as_ref().map(|text| text.reveal().clone());
        Self {
            full_name: full_name.reveal().clone(),
            personal_number: shown(personal_number),
            birth_date: birth_date.as_ref().map(|date| *date.reveal()),
            phone: shown(phone),
            address: shown(address),
        }
    }
}
