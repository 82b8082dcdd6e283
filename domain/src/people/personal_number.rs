//! What a personal identity number says of its bearer: where the birth was registered, sex, and the year
//! of birth (Law 26/2023 on identity, art. 12; 59/2021/TT-BCA). It has no check digit.

use chrono::{Datelike as _, NaiveDate};

use super::PersonalNumber;
use crate::{
    rejection::{Code, Fault},
    vocabulary,
};

vocabulary! {
    /// Sex, as the number and the identity card tell it.
    Sex {
        /// Male (nam).
        Male = "male",
        /// Female (nữ).
        Female = "female",
    }
}

/// Where a birth was registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BirthPlace {
    /// In a province, by the list of 63: numbers are not rewritten when provinces merge.
    Province(&'static str),
    /// Abroad: the code is that of a country, and none begins with 0.
    Abroad,
}

/// Codes of the 63 provinces as they were until 2025. The 34 of today kept codes of this list.
#[rustfmt::skip]
pub const PROVINCES: [(&str, &str); 63] = [
    ("001", "Hà Nội"), ("002", "Hà Giang"), ("004", "Cao Bằng"), ("006", "Bắc Kạn"), ("008", "Tuyên Quang"),
    ("010", "Lào Cai"), ("011", "Điện Biên"), ("012", "Lai Châu"), ("014", "Sơn La"), ("015", "Yên Bái"),
    ("017", "Hoà Bình"), ("019", "Thái Nguyên"), ("020", "Lạng Sơn"), ("022", "Quảng Ninh"),
    ("024", "Bắc Giang"), ("025", "Phú Thọ"), ("026", "Vĩnh Phúc"), ("027", "Bắc Ninh"),
    ("030", "Hải Dương"), ("031", "Hải Phòng"), ("033", "Hưng Yên"), ("034", "Thái Bình"),
    ("035", "Hà Nam"), ("036", "Nam Định"), ("037", "Ninh Bình"), ("038", "Thanh Hoá"),
    ("040", "Nghệ An"), ("042", "Hà Tĩnh"), ("044", "Quảng Bình"), ("045", "Quảng Trị"),
    ("046", "Thừa Thiên Huế"), ("048", "Đà Nẵng"), ("049", "Quảng Nam"), ("051", "Quảng Ngãi"),
    ("052", "Bình Định"), ("054", "Phú Yên"), ("056", "Khánh Hoà"), ("058", "Ninh Thuận"),
    ("060", "Bình Thuận"), ("062", "Kon Tum"), ("064", "Gia Lai"), ("066", "Đắk Lắk"), ("067", "Đắk Nông"),
    ("068", "Lâm Đồng"), ("070", "Bình Phước"), ("072", "Tây Ninh"), ("074", "Bình Dương"),
    ("075", "Đồng Nai"), ("077", "Bà Rịa - Vũng Tàu"), ("079", "Thành phố Hồ Chí Minh"), ("080", "Long An"),
    ("082", "Tiền Giang"), ("083", "Bến Tre"), ("084", "Trà Vinh"), ("086", "Vĩnh Long"),
    ("087", "Đồng Tháp"), ("089", "An Giang"), ("091", "Kiên Giang"), ("092", "Cần Thơ"),
    ("093", "Hậu Giang"), ("094", "Sóc Trăng"), ("095", "Bạc Liêu"), ("096", "Cà Mau"),
];

/// What is said of a person beside the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stated {
    /// The date of birth.
    pub birth_date: Option<NaiveDate>,
    /// The sex.
    pub sex: Option<Sex>,
}

impl PersonalNumber {
    fn text(&self) -> &str {
        self.digits().reveal()
    }

    fn part(&self, range: std::ops::Range<usize>) -> &str {
        self.text().get(range).unwrap_or_default()
    }

    /// The digit that tells sex and century: even is male, and each pair counts one century from 1900.
    fn century_digit(&self) -> i32 {
        self.part(3..4).parse().unwrap_or_default()
    }

    /// Where the birth was registered; nothing for a code that no province ever had.
    pub fn birth_place(&self) -> Option<BirthPlace> {
        let code = self.part(0..3);
        if !code.starts_with('0') {
            return Some(BirthPlace::Abroad);
        }
        let known = PROVINCES.iter().find(|(known, _)| *known == code);
        known.map(|(_, name)| BirthPlace::Province(name))
    }

    /// The sex it was given for.
    pub fn sex(&self) -> Sex {
        if self.century_digit() % 2 == 0 {
            Sex::Male
        } else {
            Sex::Female
        }
    }

    /// The year of birth it was given for.
    pub fn birth_year(&self) -> i32 {
        let year: i32 = self.part(4..6).parse().unwrap_or_default();
        1900 + 100 * (self.century_digit() / 2) + year
    }

    /// Everything that does not fit together, at this pointer. A person whose sex is determined anew or
    /// whose year of birth is corrected is given another number (Law 26/2023 art. 12), so a number that
    /// disagrees is a wrong number or a wrong statement.
    pub fn disagreements(&self, pointer: &str, stated: Stated) -> Vec<Fault> {
        let Stated { birth_date, sex } = stated;
        let mut faults = Vec::new();
        let mut fault = |vi: &str, en: &str| {
            faults.push(Fault::new(pointer, Code::NumberDisagrees).because(vi, en));
        };
        if self.birth_place().is_none() {
            fault(
                "Ba số đầu không phải mã của tỉnh, thành phố nào.",
                "The first three digits are the code of no province.",
            );
        }
        if birth_date.is_some_and(|date| date.year() != self.birth_year()) {
            fault(
                "Năm sinh trong số định danh khác với ngày sinh đã khai.",
                "The year of birth in the number is not that of the stated date of birth.",
            );
        }
        if sex.is_some_and(|sex| sex != self.sex()) {
            fault(
                "Giới tính trong số định danh khác với giới tính đã khai.",
                "The sex in the number is not the stated one.",
            );
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn number(text: &str) -> PersonalNumber {
        PersonalNumber::parse(text).unwrap()
    }

    #[test]
    fn every_old_province_is_known_and_every_other_code_below_100_is_not() {
        let codes: BTreeSet<&str> = PROVINCES.iter().map(|(code, _)| *code).collect();
        let names: BTreeSet<&str> = PROVINCES.iter().map(|(_, name)| *name).collect();
        assert_eq!((codes.len(), names.len()), (63, 63));
        for code in 0..1000 {
            let code = format!("{code:03}");
            let place = number(&format!("{code}190001234")).birth_place();
            let listed = PROVINCES.iter().find(|(known, _)| *known == code);
            let expected = match listed {
                Some((_, name)) => Some(BirthPlace::Province(name)),
                None if code.starts_with('0') => None,
                None => Some(BirthPlace::Abroad),
            };
            assert_eq!(place, expected, "{code}");
        }
    }

    /// A merger gives nobody another number, and the provinces of today use codes of the old list.
    #[test]
    fn the_34_provinces_of_today_have_codes_of_the_old_list() {
        let today = [
            1, 4, 8, 11, 12, 14, 15, 19, 20, 22, 24, 25, 31, 33, 37, 38, 40, 42, 44, 46, 48, 51,
            52, 56, 66, 68, 75, 79, 80, 82, 86, 91, 92, 96,
        ];
        assert_eq!(today.len(), 34);
        for code in today {
            let place = number(&format!("{code:03}090001234")).birth_place();
            assert!(matches!(place, Some(BirthPlace::Province(_))), "{code}");
        }
        let merged = number("089090001234").birth_place();
        assert_eq!(merged, Some(BirthPlace::Province("An Giang")));
    }

    #[test]
    fn the_fourth_digit_tells_sex_and_century() {
        for (digit, sex, century) in [
            (0, Sex::Male, 1900),
            (1, Sex::Female, 1900),
            (2, Sex::Male, 2000),
            (3, Sex::Female, 2000),
            (4, Sex::Male, 2100),
            (5, Sex::Female, 2100),
            (8, Sex::Male, 2300),
            (9, Sex::Female, 2300),
        ] {
            let number = number(&format!("089{digit}07001234"));
            assert_eq!(
                (number.sex(), number.birth_year()),
                (sex, century + 7),
                "{digit}"
            );
        }
    }

    #[test]
    fn each_disagreement_is_named() {
        let day = |year| NaiveDate::from_ymd_opt(year, 5, 19);
        for (text, birth_date, sex, expected) in [
            ("089190001234", day(1990), Some(Sex::Female), 0),
            ("089190001234", None, None, 0),
            ("079304001234", day(2004), Some(Sex::Female), 0),
            ("089190001234", day(2090), Some(Sex::Female), 1),
            ("089190001234", day(1991), None, 1),
            ("089190001234", day(1990), Some(Sex::Male), 1),
            ("003190001234", day(1991), Some(Sex::Male), 3),
        ] {
            let found = number(text).disagreements("/n", Stated { birth_date, sex });
            assert_eq!(found.len(), expected, "{text} {birth_date:?} {sex:?}");
            for fault in found {
                assert_eq!(
                    (fault.pointer.as_str(), fault.code),
                    ("/n", Code::NumberDisagrees)
                );
            }
        }
    }

    proptest! {
        /// A number made for a person agrees with that person, and with nobody of another year or sex.
        #[test]
        fn a_number_agrees_with_whom_it_was_made_for(
            place in 0..63_usize, year in 1900..2400_i32, female: bool, serial in 0..1_000_000_u32,
            other in 1..100_i32,
        ) {
            let digit = (year - 1900) / 100 * 2 + i32::from(female);
            let (code, _) = PROVINCES.get(place).copied().unwrap();
            let text = format!("{code}{digit}{:02}{serial:06}", year % 100);
            let (right, wrong) = if female { (Sex::Female, Sex::Male) } else { (Sex::Male, Sex::Female) };
            let stated = |year, sex| Stated { birth_date: NaiveDate::from_ymd_opt(year, 2, 28), sex: Some(sex) };
            let number = number(&text);
            prop_assert_eq!(number.disagreements("", stated(year, right)), vec![]);
            prop_assert_eq!(number.disagreements("", stated(year, wrong)).len(), 1);
            prop_assert_eq!(number.disagreements("", stated(year + other, right)).len(), 1);
        }
    }
}
