//! What is wrong with a catalogue file, and exactly where.

use std::fmt;

use super::position::Position;
use crate::{
    rejection::{Code, Fault},
    text::Localized,
};

macro_rules! fault_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $vi:literal, $en:literal;)*) => {
        /// What sort of fault it is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FaultCode { $($(#[$doc])* $name,)* }

        impl FaultCode {
            /// Every code there is.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code in kebab case; never renamed.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The sentence in Vietnamese.
            pub const fn vi(self) -> &'static str {
                match self { $(Self::$name => $vi,)* }
            }

            /// The sentence in English.
            pub const fn en(self) -> &'static str {
                match self { $(Self::$name => $en,)* }
            }
        }
    };
}

fault_codes! {
    /// Not JSON.
    NotJson = "not-json", "Tệp không phải JSON hợp lệ.", "The file is not valid JSON.";
    /// None of the kinds of catalogue file.
    UnknownKind = "unknown-kind", "Không nhận ra loại tệp danh mục.", "This is none of the known kinds of catalogue file.";
    /// A key stands twice in one object.
    DuplicateKey = "duplicate-key", "Khoá xuất hiện hai lần trong cùng một đối tượng.", "The key occurs twice in one object.";
    /// A required field is missing or empty.
    Required = "required", "Thiếu nội dung bắt buộc.", "A required value is missing.";
    /// A field that does not belong here.
    UnknownField = "unknown-field", "Trường không thuộc định dạng này.", "This field does not belong here.";
    /// Wrong shape.
    WrongFormat = "wrong-format", "Nội dung không đúng định dạng.", "The value does not have the expected form.";
    /// Too long.
    TooLong = "too-long", "Nội dung quá dài.", "The text is too long.";
    /// Outside its range.
    OutOfRange = "out-of-range", "Giá trị nằm ngoài khoảng cho phép.", "The value is out of range.";
    /// Control or direction characters.
    HiddenCharacters = "hidden-characters", "Nội dung có ký tự ẩn không được phép.", "The text holds hidden characters.";
    /// Names something that is not there.
    UnknownReference = "unknown-reference", "Giá trị chỉ đến nội dung không có trong danh mục.", "The value names something that is not in the catalogue.";
    /// Declared twice.
    Duplicate = "duplicate", "Nội dung bị khai báo hai lần.", "This is declared twice.";
    /// Two versions hold on the same date.
    OverlappingVersions = "overlapping-versions", "Hai phiên bản cùng có hiệu lực trong một ngày.", "Two versions are in force on the same date.";
    /// The last date is not after the first.
    EmptyRange = "empty-range", "Ngày hết hiệu lực phải sau ngày có hiệu lực.", "The range of dates is empty.";
    /// The internal steps do not add up to the limit.
    StepsDoNotAddUp = "steps-do-not-add-up", "Tổng thời gian các bước nội bộ không bằng thời hạn giải quyết.", "The internal steps do not add up to the time limit.";
    /// The form's schema cannot be used.
    FormInvalid = "form-invalid", "Lược đồ biểu mẫu điện tử không dùng được.", "The schema of the e-form cannot be used.";
    /// The form does not keep a house rule: titles, lengths, no further fields.
    FormTooLoose = "form-too-loose", "Biểu mẫu điện tử thiếu tiêu đề, giới hạn độ dài hoặc cho phép trường ngoài danh sách.", "The e-form lacks a title or a bound, or lets further fields in.";
    /// A quantity that drives a fee is not an answer of the form.
    QuantityMissing = "quantity-missing", "Biểu mẫu không có trường số lượng dùng để tính phí.", "The form has no such whole-number field to compute the fee from.";
    /// The event that must be registered in time is not an answer of the form.
    EventDateMissing = "event-date-missing", "Biểu mẫu không có trường ngày bắt buộc dùng để xét đúng hạn.", "The form has no such required date to tell from whether it is in time.";
    /// A tier of a tariff costs more than the one before it, or more than its cap.
    TiersInverted = "tiers-inverted", "Các bậc của mức thu bị đảo ngược.", "The tiers of the tariff are inverted.";
    /// Both uploaded and answered by the form, or neither.
    PaperContradicts = "paper-contradicts", "Cách nộp giấy tờ mâu thuẫn: tệp, biểu mẫu điện tử và xuất trình.", "How the paper is handed in contradicts itself: file, e-form and to present.";
}

/// A fault of a catalogue file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueFault {
    /// The file, as it was named to the reader.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// The field, as a JSON Pointer into the file (RFC 6901).
    pub field: String,
    /// What sort of fault.
    pub code: FaultCode,
    /// What exactly, where there is more to say than the code does.
    pub detail: Option<Localized>,
}

impl CatalogueFault {
    /// What is wrong, in both languages.
    pub fn message(&self) -> Localized {
        match &self.detail {
            Some(detail) => Localized::new(
                format!("{} {}", self.code.vi(), detail.vi),
                format!("{} {}", self.code.en(), detail.en),
            ),
            None => Localized::new(self.code.vi(), self.code.en()),
        }
    }
}

/// `procedures/ho-tich.json:12:7: /procedures/0/code: wrong-format: …`, as compilers write it.
impl fmt::Display for CatalogueFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            column,
            field,
            code,
            detail: _,
        } = self;
        let message = self.message();
        write!(
            f,
            "{file}:{line}:{column}: {field}: {}: {} / {}",
            code.as_str(),
            message.vi,
            message.en
        )
    }
}

/// A fault before its place in the text is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) pointer: String,
    pub(super) code: FaultCode,
    pub(super) detail: Option<Localized>,
}

impl Finding {
    pub(super) fn new(pointer: impl Into<String>, code: FaultCode) -> Self {
        Self {
            pointer: pointer.into(),
            code,
            detail: None,
        }
    }

    pub(super) fn because(mut self, vi: impl Into<String>, en: impl Into<String>) -> Self {
        self.detail = Some(Localized::new(vi, en));
        self
    }

    pub(super) fn at(self, file: &str, place: Position) -> CatalogueFault {
        let Self {
            pointer,
            code,
            detail,
        } = self;
        CatalogueFault {
            file: file.to_owned(),
            line: place.line,
            column: place.column,
            field: pointer,
            code,
            detail,
        }
    }
}

impl From<Fault> for Finding {
    fn from(fault: Fault) -> Self {
        let Fault {
            pointer,
            code,
            detail,
        } = fault;
        let same = |own: &&FaultCode| own.as_str() == code.as_str();
        let own = match FaultCode::ALL.iter().find(same) {
            Some(own) => *own,
            // The rules of the nouns say `invalid-content` for what is declared twice.
            None if code == Code::InvalidContent => FaultCode::Duplicate,
            None => FaultCode::WrongFormat,
        };
        Self {
            pointer,
            code: own,
            detail,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_kebab_case_and_speaks_both_languages() {
        let spellings: std::collections::BTreeSet<_> =
            FaultCode::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(spellings.len(), FaultCode::ALL.len());
        for code in FaultCode::ALL {
            assert!(
                code.as_str()
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c == '-')
            );
            assert!(code.vi().ends_with('.') && code.en().ends_with('.'));
        }
    }
}
