//! What was done, and which fields were seen by it. Both are sets: one line of the log gathers what an
//! officer did with one dossier for one purpose in a quarter of an hour.

use crate::vocabulary;

vocabulary! {
    /// What an officer did.
    AccessAction {
        /// Saw it in a list or the inbox, with the name shown.
        List = "list",
        /// Found it by a search; the search itself says whose it is.
        Search = "search",
        /// Opened it.
        Open = "open",
        /// Looked at its course: timeline, due date, requests, fees, consents.
        Follow = "follow",
        /// Printed the receipt slip.
        Slip = "slip",
        /// Opened a paper or a result document.
        File = "file",
        /// Worked on it: accepted, asked, decided, handed over.
        Work = "work",
        /// Looked at the mandate it was drafted under, or at a mandate by itself.
        Mandate = "mandate",
    }
}

vocabulary! {
    /// A class of fields of a person.
    FieldClass {
        /// The full name.
        Name = "name",
        /// Personal number and date of birth.
        Identity = "identity",
        /// Telephone number and address.
        Contact = "contact",
        /// The answers of the form.
        Answers = "answers",
        /// What happened to the dossier, and when.
        Course = "course",
        /// The papers and result documents themselves.
        Documents = "documents",
    }
}

impl AccessAction {
    /// What is seen by it.
    pub fn shows(self) -> Fields {
        use FieldClass::{Answers, Contact, Course, Documents, Identity, Name};
        match self {
            // A list masks the name; that it was found by a name tells it all the same.
            Self::List | Self::Search => Fields::of(&[Name]),
            Self::Open | Self::Work => Fields::of(&[Name, Identity, Contact, Answers, Course]),
            Self::Follow => Fields::of(&[Course]),
            Self::Slip => Fields::of(&[Name, Identity, Contact, Course]),
            Self::File => Fields::of(&[Documents]),
            // The names of both sides, a ward's date of birth and the last signs of the number.
            Self::Mandate => Fields::of(&[Name, Identity]),
        }
    }

    const fn bit(self) -> i32 {
        match self {
            Self::List => 1,
            Self::Search => 1 << 1,
            Self::Open => 1 << 2,
            Self::Follow => 1 << 3,
            Self::Slip => 1 << 4,
            Self::File => 1 << 5,
            Self::Work => 1 << 6,
            Self::Mandate => 1 << 7,
        }
    }

    /// What was done, in both languages, before "hồ sơ" and "the dossier".
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::List => ("thấy trong danh sách", "saw in a list"),
            Self::Search => ("tìm thấy qua tra cứu", "found by a search"),
            Self::Open => ("mở xem", "opened"),
            Self::Follow => ("xem quá trình giải quyết", "looked at the course of"),
            Self::Slip => ("xem giấy hẹn", "read the receipt slip of"),
            Self::File => ("mở giấy tờ, kết quả", "opened documents of"),
            Self::Work => ("xử lý", "worked on"),
            Self::Mandate => ("xem uỷ quyền của", "looked at the mandate of"),
        }
    }
}

impl FieldClass {
    const fn bit(self) -> i32 {
        match self {
            Self::Name => 1,
            Self::Identity => 1 << 1,
            Self::Contact => 1 << 2,
            Self::Answers => 1 << 3,
            Self::Course => 1 << 4,
            Self::Documents => 1 << 5,
        }
    }

    /// Its name in both languages.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Name => ("họ tên", "the name"),
            Self::Identity => (
                "số định danh, ngày sinh",
                "the personal number and date of birth",
            ),
            Self::Contact => ("số điện thoại, địa chỉ", "the telephone number and address"),
            Self::Answers => ("nội dung tờ khai", "the answers of the form"),
            Self::Course => ("quá trình giải quyết", "how the dossier went"),
            Self::Documents => ("giấy tờ, kết quả kèm theo", "papers and results"),
        }
    }
}

macro_rules! sets {
    ($($(#[doc = $about:literal])* $name:ident of $member:ident;)*) => {$(
        $(#[doc = $about])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub struct $name(i32);

        impl $name {
            /// The set of these.
            pub fn of(members: &[$member]) -> Self {
                Self(members.iter().fold(0, |bits, member| bits | member.bit()))
            }

            /// The set as it is stored: one bit for each member.
            pub const fn bits(self) -> i32 {
                self.0
            }

            /// The set of stored bits; a bit that stands for nothing is left out.
            pub fn from_bits(bits: i32) -> Self {
                let known = $member::ALL.iter().filter(|member| bits & member.bit() != 0);
                Self(known.fold(0, |bits, member| bits | member.bit()))
            }

            /// The members, in the order of their list.
            pub fn iter(self) -> impl Iterator<Item = $member> {
                $member::ALL.iter().copied().filter(move |member| self.0 & member.bit() != 0)
            }

            /// Whether every member of the other set is in this one.
            pub const fn holds(self, other: Self) -> bool {
                other.0 & !self.0 == 0
            }

            /// Both sets together.
            #[must_use]
            pub const fn and(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }
        }
    )*};
}

sets! {
    /// What an officer did with one dossier.
    Actions of AccessAction;
    /// Which classes of fields were seen.
    Fields of FieldClass;
}
