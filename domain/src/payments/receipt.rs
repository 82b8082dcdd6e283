//! The number on a receipt (biên lai): gapless within its series, from 1 in each year.

use chrono::{Datelike, NaiveDate};

use crate::rejection::Code;

/// The last number of a series: receipts have at most eight digits (nghị định về hoá đơn, chứng
/// từ; every year from 1 on 1 January to 31 December).
pub const LAST_RECEIPT: u32 = 99_999_999;

/// The series of an agency's receipts on a local date, and the key of its counter: `BSN/2026`.
pub fn receipt_series(agency_code: &str, date: NaiveDate) -> String {
    format!("{agency_code}/{}", date.year())
}

/// The number as printed: `BSN/2026-00000001`. `OutOfRange` if it is 0 or has nine digits.
pub fn receipt_number(series: &str, number: u32) -> Result<String, Code> {
    if (1..=LAST_RECEIPT).contains(&number) {
        Ok(format!("{series}-{number:08}"))
    } else {
        Err(Code::OutOfRange)
    }
}
