//! Phones and personal identity numbers: what is well formed, and nothing more.

use crate::{personal::Personal, rejection::Code, text};

/// The longest name, in characters.
const LONGEST_NAME: usize = 120;

/// A Vietnamese mobile number in E.164 (`+84` and nine digits).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone(Personal<String>);

impl Phone {
    /// Reads `0912 345 678`, `84912345678` or `+84.912.345.678`.
    ///
    /// # Errors
    /// `wrong-format` when it is not a mobile number in use since 2018 (`0[35789]` and 8 digits).
    pub fn parse(text: &str) -> Result<Self, Code> {
        let bare: String = text
            .chars()
            .filter(|c| !matches!(c, ' ' | '.' | '-'))
            .collect();
        let national = bare
            .strip_prefix("+84")
            .or_else(|| bare.strip_prefix("84").filter(|rest| rest.len() == 9))
            .or_else(|| bare.strip_prefix('0'))
            .ok_or(Code::WrongFormat)?;
        let mobile = national.len() == 9
            && national.bytes().all(|b| b.is_ascii_digit())
            && national.starts_with(['3', '5', '7', '8', '9']);
        if mobile {
            Ok(Self(Personal::new(format!("+84{national}"))))
        } else {
            Err(Code::WrongFormat)
        }
    }

    /// The number in E.164.
    pub fn e164(&self) -> &Personal<String> {
        &self.0
    }
}

/// A personal identity number (số định danh cá nhân): 12 digits, place of registration, gender and
/// century, year, serial. It has no check digit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalNumber(Personal<String>);

impl PersonalNumber {
    /// Reads 12 digits. Whether they agree with what is said of the person is another question
    /// ([`disagreements`](Self::disagreements)).
    ///
    /// # Errors
    /// `wrong-format` when it is not 12 digits.
    pub fn parse(text: &str) -> Result<Self, Code> {
        let twelve_digits = text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
        if twelve_digits {
            Ok(Self(Personal::new(text.to_owned())))
        } else {
            Err(Code::WrongFormat)
        }
    }

    /// The twelve digits.
    pub fn digits(&self) -> &Personal<String> {
        &self.0
    }
}

/// A person's name in NFC with single blanks.
///
/// # Errors
/// `required` when empty, `too-long` over 120 characters, `hidden-characters` for control and
/// direction characters.
pub fn checked_name(name: &str) -> Result<String, Code> {
    if text::has_hidden_characters(name) {
        return Err(Code::HiddenCharacters);
    }
    let tidy = text::nfc(name)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if tidy.is_empty() {
        Err(Code::Required)
    } else if tidy.chars().count() > LONGEST_NAME {
        Err(Code::TooLong)
    } else {
        Ok(tidy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_mobile_number_is_one_number() {
        for spelling in [
            "0912345678",
            "0912 345 678",
            "84912345678",
            "+84 912.345.678",
        ] {
            let phone = Phone::parse(spelling).map(|phone| phone.e164().reveal().clone());
            assert_eq!(phone, Ok("+84912345678".to_owned()), "{spelling}");
        }
        for wrong in [
            "",
            "912345678",
            "01234567890",
            "0212345678",
            "+849123456789",
            "09123x5678",
        ] {
            assert_eq!(Phone::parse(wrong), Err(Code::WrongFormat), "{wrong}");
        }
    }

    #[test]
    fn a_personal_number_is_twelve_digits_whatever_its_place_code() {
        assert!(PersonalNumber::parse("089090001234").is_ok());
        for wrong in ["", "123456789", "08909000123x", "0890900012345"] {
            assert_eq!(
                PersonalNumber::parse(wrong),
                Err(Code::WrongFormat),
                "{wrong}"
            );
        }
    }

    #[test]
    fn a_name_is_composed_and_tidy() {
        assert_eq!(
            checked_name("  Nguye\u{0302}\u{0303}n   Thị Đào "),
            Ok("Nguyễn Thị Đào".to_owned())
        );
        assert_eq!(checked_name(" "), Err(Code::Required));
        assert_eq!(checked_name("A\u{202E}B"), Err(Code::HiddenCharacters));
        assert_eq!(checked_name(&"a".repeat(121)), Err(Code::TooLong));
    }
}
