//! The tax code (mã số thuế) of an organisation, which is its registration number too (Decree
//! 168/2025/NĐ-CP on enterprise registration; Circular 86/2024/TT-BTC on tax registration).

use std::fmt;

use crate::rejection::Code;

/// What each of the first nine digits counts for the tenth.
const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];

/// Ten digits of which the last one checks the others, and for a dependent unit three more.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TaxCode(String);

impl TaxCode {
    /// Reads `0100109106` or `0100109106-001`.
    ///
    /// # Errors
    /// `wrong-format` for another shape, or when the check digit does not fit.
    pub fn parse(text: &str) -> Result<Self, Code> {
        let (main, unit) = match text.split_once('-') {
            Some((main, unit)) => (main, Some(unit)),
            None => (text, None),
        };
        let unit_is_well_formed = unit.is_none_or(|unit| {
            unit.len() == 3 && unit != "000" && unit.bytes().all(|byte| byte.is_ascii_digit())
        });
        if unit_is_well_formed && check_digit_fits(main) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Code::WrongFormat)
        }
    }

    /// The code as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TaxCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The tenth digit is ten less what is left of the weighted sum of the others divided by eleven. A
/// number for which that would be ten is not given out.
fn check_digit_fits(main: &str) -> bool {
    let digits: Option<Vec<u32>> = main.chars().map(|c| c.to_digit(10)).collect();
    let Some((check, nine)) = digits.as_deref().and_then(<[u32]>::split_last) else {
        return false;
    };
    let sum: u32 = nine
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit * weight)
        .sum();
    nine.len() == WEIGHTS.len() && *check == 10 - sum % 11
}

#[cfg(test)]
mod tests {
    use super::TaxCode;
    use crate::rejection::Code;

    #[test]
    fn ten_digits_check_each_other() {
        // Published codes of large enterprises.
        for real in ["0100109106", "0300588569", "0100109106-001", "0101243150"] {
            assert_eq!(
                TaxCode::parse(real).map(|code| code.to_string()),
                Ok(real.to_owned())
            );
        }
        for wrong in [
            "",
            "-",
            "0100109107",
            "010010910",
            "01001091060",
            "0100109106-",
            "0100109106-01",
            "0100109106-0001",
            "0100109106-000",
            "0100109106-00a",
            "0100109106 001",
            "010010910x",
            "０100109106",
        ] {
            assert_eq!(TaxCode::parse(wrong), Err(Code::WrongFormat), "{wrong}");
        }
    }

    #[test]
    fn one_wrong_digit_is_always_noticed() {
        let good = "0100109106";
        for place in 0..good.len() {
            for digit in '0'..='9' {
                let changed = |(at, kept)| if at == place { digit } else { kept };
                let other: String = good.chars().enumerate().map(changed).collect();
                assert_eq!(TaxCode::parse(&other).is_ok(), other == good, "{other}");
            }
        }
    }
}
