//! What handlers of data-subject requests send.

use chrono::NaiveDate;
use domain::{
    data_requests::{CorrectableField, RefusalGround},
    personal::Personal,
    rejection::Rejection,
    time::Time,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{fulfilling::Fulfilment, wire::personal};
use crate::people::{use_cases::Changes, wire::account_faults};

/// Why a later date is named.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "reason": "Phải tra cứu hồ sơ giấy ở kho lưu trữ." }))]
pub struct ExtensionBody {
    /// The reason, which the citizen reads.
    #[schema(value_type = String, min_length = 1, max_length = 2000)]
    pub reason: Personal<String>,
}

impl ExtensionBody {
    /// The reason, checked.
    ///
    /// # Errors
    /// `invalid-content`.
    pub fn checked(self) -> Result<Personal<String>, Rejection> {
        personal("/reason", &self.reason)
    }
}

/// Why a request is refused.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "ground": "archive_law", "note": "Hồ sơ hộ tịch đã lưu trữ." }))]
pub struct RefusalBody {
    /// The ground of the law.
    pub ground: RefusalGround,
    /// What it means here, which the citizen reads.
    #[schema(value_type = String, min_length = 1, max_length = 2000)]
    pub note: Personal<String>,
}

impl RefusalBody {
    /// Ground and words, checked.
    ///
    /// # Errors
    /// `invalid-content`.
    pub fn checked(self) -> Result<(RefusalGround, Personal<String>), Rejection> {
        let Self { ground, note } = self;
        Ok((ground, personal("/note", &note)?))
    }
}

/// What was done.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "note": "Đã gửi bản sao dữ liệu qua ứng dụng." }))]
pub struct FulfilmentBody {
    /// In words, which the citizen reads; for a correction with the proof that was seen.
    #[schema(value_type = String, min_length = 1, max_length = 2000)]
    pub note: Personal<String>,
    /// What of the account is to be different: every field of it the request names, and no other.
    pub correction: Option<CorrectionBody>,
}

/// What an account is to say, on proof.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionBody {
    /// Family name, middle name, given name.
    #[schema(value_type = Option<String>, min_length = 1, max_length = 100)]
    pub full_name: Option<Personal<String>>,
    /// Personal identification number: 12 digits.
    #[schema(value_type = Option<String>, max_length = 12, pattern = "^[0-9]{12}$")]
    pub personal_number: Option<Personal<String>>,
    /// Date of birth.
    #[schema(value_type = Option<String>, format = Date)]
    pub birth_date: Option<Personal<NaiveDate>>,
}

impl FulfilmentBody {
    /// What was done, checked.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn checked(self, now: Time) -> Result<Fulfilment, Rejection> {
        let Self { note, correction } = self;
        let note = personal("/note", &note)?;
        let Some(correction) = correction else {
            return Ok(Fulfilment {
                note,
                changes: Changes::default(),
                changed: Vec::new(),
            });
        };
        let CorrectionBody {
            full_name,
            personal_number,
            birth_date,
        } = correction;
        let named = [
            (CorrectableField::FullName, full_name.is_some()),
            (CorrectableField::PersonalNumber, personal_number.is_some()),
            (CorrectableField::BirthDate, birth_date.is_some()),
        ];
        let given = named.into_iter().filter(|(_, there)| *there);
        let changes = Changes {
            full_name,
            personal_number: personal_number.map(Some),
            birth_date: birth_date.map(Some),
            address: None,
            language: None,
        };
        Rejection::of_faults(account_faults(&changes, "/correction", now))?;
        Ok(Fulfilment {
            note,
            changed: given.map(|(field, _)| field).collect(),
            changes,
        })
    }
}
