//! Who submits for the applicant, as one personal text of the dossier's row.

use chrono::NaiveDate;
use domain::{dossiers::Party, personal::Personal};
use serde::{Deserialize, Serialize};

use crate::{Json, StoreError};

/// The submitter as one personal text: nobody searches by it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SubmitterText {
    full_name: String,
    personal_number: Option<String>,
    birth_date: Option<NaiveDate>,
    phone: Option<String>,
    address: Option<String>,
}

pub(super) fn submitter_text(party: &Party) -> Result<Personal<String>, StoreError> {
    let Party {
        full_name,
        personal_number,
        birth_date,
        phone,
        address,
    } = party;
    let plain = |text: &Option<Personal<String>>| text.as_ref().map(|text| text.reveal().clone());
    let text = SubmitterText {
        full_name: full_name.reveal().clone(),
        personal_number: plain(personal_number),
        birth_date: birth_date.as_ref().map(|date| *date.reveal()),
        phone: plain(phone),
        address: plain(address),
    };
    Ok(Personal::new(Json::of(&text)?.as_str().to_owned()))
}

/// The submitter of a stored text.
pub(super) fn submitter(text: &Personal<String>) -> Result<Party, StoreError> {
    let SubmitterText {
        full_name,
        personal_number,
        birth_date,
        phone,
        address,
    } = serde_json::from_str(text.reveal())
        .map_err(|_| StoreError::Corrupt("a submitter".to_owned()))?;
    Ok(Party {
        full_name: Personal::new(full_name),
        personal_number: personal_number.map(Personal::new),
        birth_date: birth_date.map(Personal::new),
        phone: phone.map(Personal::new),
        address: address.map(Personal::new),
    })
}
