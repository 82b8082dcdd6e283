//! How sure the house is of who somebody is (mức độ xác thực danh tính), and what raises it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    people::{PersonalNumber, Sex, Stated},
    personal::Personal,
    procedures::Source,
    rejection::{Code, Fault, Rejection},
    vocabulary,
};

/// How sure the house is of who a citizen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum AssuranceLevel {
    /// A telephone number answers; name and number are what the citizen says.
    Phone,
    /// The identity provider, or an officer who saw the card and the person, says who it is.
    Verified,
}

impl AssuranceLevel {
    /// As it is counted: 1 or 2.
    pub const fn number(self) -> u8 {
        match self {
            Self::Phone => 1,
            Self::Verified => 2,
        }
    }
}

impl From<AssuranceLevel> for u8 {
    fn from(level: AssuranceLevel) -> Self {
        level.number()
    }
}

impl TryFrom<u8> for AssuranceLevel {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        match number {
            1 => Ok(Self::Phone),
            2 => Ok(Self::Verified),
            _ => Err("there is no such level"),
        }
    }
}

/// How sure one has to be of whoever files a procedure online.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssuranceNeed {
    /// 1: a telephone number answers. 2: the identity provider or an officer has verified the person.
    #[schema(value_type = u8, minimum = 1, maximum = 2)]
    pub level: AssuranceLevel,
    /// The ground, and how sure it is.
    pub source: Source,
}

/// Nothing if the citizen is known as surely as is needed.
///
/// # Errors
/// `identity-level-too-low` with a fault at `/assurance_level` that says how to rise.
pub fn refuse_below(needed: AssuranceLevel, level: AssuranceLevel) -> Result<(), Rejection> {
    if level >= needed {
        return Ok(());
    }
    Err(Rejection {
        code: Code::IdentityLevelTooLow,
        faults: vec![
            Fault::new("/assurance_level", Code::IdentityLevelTooLow).because(
                "Hãy xác thực bằng tài khoản định danh điện tử mức độ 2, hoặc mang thẻ căn cước đến bất kỳ \
                 Bộ phận một cửa nào để được xác nhận.",
                "Verify the account with your national e-ID of level 2, or show your identity card at any \
                 one-stop desk.",
            ),
        ],
    })
}

vocabulary! {
    /// How an identity was proved.
    ProofMethod {
        /// By the identity provider (the national e-ID).
        Provider = "provider",
        /// By an officer at the counter, who saw card and person.
        Counter = "counter",
    }
}

vocabulary! {
    /// What a person shows at the counter to say who it is.
    IdentityDocument {
        /// Identity card of the Law of 2023 (thẻ căn cước).
        IdentityCard = "identity_card",
        /// The card before it (thẻ căn cước công dân), while it is valid.
        CitizenIdentityCard = "citizen_identity_card",
        /// Certificate of identity for people of Vietnamese origin (giấy chứng nhận căn cước).
        IdentityCertificate = "identity_certificate",
        /// Passport (hộ chiếu).
        Passport = "passport",
    }
}

/// Who somebody is, as a provider or an officer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The personal identity number.
    pub number: PersonalNumber,
    /// Family name, middle name, given name.
    pub full_name: Personal<String>,
    /// The date of birth.
    pub birth_date: Option<Personal<NaiveDate>>,
    /// The sex, where it is told; compared with the number and not kept.
    pub sex: Option<Sex>,
}

impl Identity {
    /// What in it contradicts the number, at this pointer.
    pub fn disagreements(&self, pointer: &str) -> Vec<Fault> {
        let stated = Stated {
            birth_date: self.birth_date.as_ref().map(|date| *date.reveal()),
            sex: self.sex,
        };
        self.number.disagreements(pointer, stated)
    }
}

/// What is known of an account before its identity is proved.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// How surely.
    pub level: AssuranceLevel,
    /// The number it has.
    pub number: Option<&'a Personal<String>>,
    /// Whether the proved number is that of another account, verified there.
    pub is_anothers: bool,
}

/// Nothing if the account may become that person's. Two accounts are never made one, and an account that
/// is somebody's stays theirs.
///
/// # Errors
/// `identity-taken` when another account is verified as this person; `identity-verified` when this one
/// is as somebody else.
pub fn may_prove(known: Known<'_>, proved: &Identity) -> Result<(), Code> {
    let is_verified = known.level == AssuranceLevel::Verified;
    if is_verified && known.number != Some(proved.number.digits()) {
        return Err(Code::IdentityVerified);
    }
    if known.is_anothers {
        return Err(Code::IdentityTaken);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::*;

    #[test]
    fn a_level_is_spelled_as_its_number() {
        for (level, number) in [(AssuranceLevel::Phone, 1), (AssuranceLevel::Verified, 2)] {
            assert_eq!(AssuranceLevel::try_from(number), Ok(level));
            assert_eq!(serde_json::to_value(level).unwrap(), number);
        }
        for wrong in [0, 3] {
            assert!(AssuranceLevel::try_from(wrong).is_err());
        }
    }

    #[test]
    fn only_a_lower_level_is_refused_and_told_how_to_rise() {
        use AssuranceLevel::{Phone, Verified};
        for (needed, level, refused) in [
            (Phone, Phone, false),
            (Phone, Verified, false),
            (Verified, Verified, false),
            (Verified, Phone, true),
        ] {
            let outcome = refuse_below(needed, level);
            assert_eq!(outcome.is_err(), refused, "{needed:?} {level:?}");
            let told = outcome
                .err()
                .and_then(|no| no.faults.first().cloned()?.detail);
            assert_eq!(told.is_some(), refused);
        }
    }

    #[test]
    fn nobody_becomes_somebody_else_and_nobody_is_two_accounts() {
        use AssuranceLevel::{Phone, Verified};
        let digits = |text: &str| Personal::new(text.to_owned());
        let (own, other) = (digits("089190001234"), digits("089190005678"));
        let proved = Identity {
            number: PersonalNumber::parse("089190001234").unwrap(),
            full_name: digits("Nguyễn Thị Đào"),
            birth_date: None,
            sex: None,
        };
        for (level, number, is_anothers, expected) in [
            (Phone, None, false, Ok(())),
            (Phone, Some(&own), false, Ok(())),
            // What was only claimed gives way to what is proved.
            (Phone, Some(&other), false, Ok(())),
            (Phone, None, true, Err(Code::IdentityTaken)),
            (Verified, Some(&own), false, Ok(())),
            (Verified, Some(&other), false, Err(Code::IdentityVerified)),
            (Verified, Some(&other), true, Err(Code::IdentityVerified)),
        ] {
            let known = Known {
                level,
                number,
                is_anothers,
            };
            assert_eq!(may_prove(known, &proved), expected, "{known:?}");
        }
    }
}
