//! The official code of a dossier (mã số hồ sơ): one per dossier, gapless per agency and day.
//!
//! The unified national rule is announced but not issued (decree 309/2026), so the shape is
//! configuration: the generator is strict, the parser tolerant.

use std::fmt;

use chrono::NaiveDate;

/// An allocated code, for example `H01.29-20260211-0000042`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DossierCode(String);

impl DossierCode {
    /// Accepts every shape seen in the field: agency parts of 2 to 4 capitals or digits joined by
    /// dots, a date of 6 or 8 digits, a sequence of 4 to 7 digits.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (agency, date, sequence) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let agency_part = |part: &str| {
            (2..=4).contains(&part.len())
                && part
                    .bytes()
                    .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        };
        let well_formed = parts.next().is_none()
            && agency.split('.').count() <= 5
            && agency.split('.').all(agency_part)
            && matches!(date.len(), 6 | 8)
            && digits(date)
            && (4..=7).contains(&sequence.len())
            && digits(sequence);
        well_formed.then(|| Self(text.to_owned()))
    }

    /// The code as printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DossierCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How codes are shaped: agency, date of filing in Viet Nam, sequence of the agency's day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeFormat {
    date: &'static str,
    width: usize,
}

impl CodeFormat {
    /// `short` is the shape of circular 01/2018 (`YYMMDD`, 4 digits); `long` the one seen since
    /// 2026 (`YYYYMMDD`, 7 digits), which no agency overflows.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "short" => Some(Self {
                date: "%y%m%d",
                width: 4,
            }),
            "long" => Some(Self {
                date: "%Y%m%d",
                width: 7,
            }),
            _ => None,
        }
    }

    /// The code of the `sequence`-th dossier filed with this agency on this date; `None` when the
    /// sequence no longer fits or the agency's identifier does not make a well-formed code. A code
    /// that would repeat or be malformed is never given.
    pub fn code(&self, agency: &str, date: NaiveDate, sequence: i64) -> Option<DossierCode> {
        let number = format!("{sequence:0width$}", width = self.width);
        (number.len() == self.width).then_some(())?;
        DossierCode::parse(&format!("{agency}-{}-{number}", date.format(self.date)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_the_field_are_read_and_others_refused() {
        for good in [
            "000.00.01.H29-240115-0001",
            "G09.20-20260609-0092637",
            "H01.29-20260211-0000001",
        ] {
            assert!(DossierCode::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "H01-260211",
            "h01-260211-0001",
            "H01-260211-00x1",
            "H01-260211-0001-1",
            "H-260211-0001",
        ] {
            assert!(DossierCode::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_full_day_fails_loudly_instead_of_repeating_a_code() {
        let date = NaiveDate::from_ymd_opt(2026, 2, 11).unwrap_or_default();
        let short = CodeFormat::named("short").map(|f| {
            (
                f.code("H01.29", date, 9_999),
                f.code("H01.29", date, 10_000),
            )
        });
        assert_eq!(
            short,
            Some((DossierCode::parse("H01.29-260211-9999"), None))
        );
        let long = CodeFormat::named("long").and_then(|f| f.code("H01.29", date, 10_000));
        assert_eq!(long, DossierCode::parse("H01.29-20260211-0010000"));
    }
}
