//! The shapes of a change of number.

use domain::{
    ids::CodeRequestId,
    personal::Personal,
    rejection::{Code, Fault, Rejection},
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{auth::one_time_codes::DIGITS, sessions::wire::e164};

/// The number an account is to have.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"phone": "0987 654 321"}))]
pub struct PhoneWish {
    /// The telephone number, as people write it (`0912 345 678`) or in E.164 (`+84912345678`).
    #[schema(value_type = String, min_length = 8, max_length = 30)]
    pub phone: Personal<String>,
}

/// Shows the code sent to the number an account is to have.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "code_request_id": "019ab1f0-7c1e-7000-8000-000000000005", "phone": "0987 654 321", "code": "012345"
}))]
pub struct PhoneChange {
    /// The request the code was sent for.
    pub code_request_id: CodeRequestId,
    /// The telephone number the code was sent to.
    #[schema(value_type = String, min_length = 8, max_length = 30)]
    pub phone: Personal<String>,
    /// The code: six digits.
    #[schema(value_type = String, min_length = 6, max_length = 6, pattern = "^[0-9]{6}$")]
    pub code: Personal<String>,
}

impl PhoneWish {
    /// The number in E.164.
    ///
    /// # Errors
    /// `invalid-content` when it is none.
    pub fn into_number(self) -> Result<Personal<String>, Rejection> {
        let Self { phone } = self;
        e164(phone.reveal()).map_err(|code| all(vec![Fault::new("/phone", code)]))
    }
}

impl PhoneChange {
    /// The request, the number in E.164, and the code.
    ///
    /// # Errors
    /// `invalid-content` with every fault.
    pub fn into_parts(
        self,
    ) -> Result<(CodeRequestId, Personal<String>, Personal<String>), Rejection> {
        let Self {
            code_request_id,
            phone,
            code,
        } = self;
        let mut faults = Vec::new();
        let digits = code.reveal();
        if digits.len() != DIGITS || !digits.bytes().all(|b| b.is_ascii_digit()) {
            faults.push(Fault::new("/code", Code::WrongFormat));
        }
        match e164(phone.reveal()) {
            Ok(number) if faults.is_empty() => Ok((code_request_id, number, code)),
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
