//! Why personal data is read: a closed list.

use crate::{
    actor::{
        Role::{self, Auditor, ProvinceAdministrator},
        Roles,
    },
    rejection::Code,
    text, vocabulary,
};

/// The shortest note that says anything, in characters.
pub const SHORTEST_NOTE: usize = 10;

/// The longest note, in characters.
pub const LONGEST_NOTE: usize = 300;

vocabulary! {
    /// Why an officer reads personal data (mục đích xem).
    AccessPurpose {
        /// The work of the role at its own agency; never stated, always implied.
        Handling = "handling",
        /// Inspection and supervision (kiểm tra, giám sát).
        Inspection = "inspection",
        /// Settling a complaint or denunciation (khiếu nại, tố cáo).
        Complaint = "complaint",
        /// What the data subject asked for (yêu cầu của chủ thể dữ liệu).
        DataSubjectRequest = "data_subject_request",
        /// An emergency that threatens life, health or property (tình huống khẩn cấp).
        Emergency = "emergency",
        /// Checking a figure against the dossiers behind it (đối chiếu số liệu).
        StatisticsCheck = "statistics_check",
        /// Finding a fault of the system (hỗ trợ kỹ thuật).
        TechnicalSupport = "technical_support",
    }
}

impl AccessPurpose {
    /// The roles that may state it, at whatever agency they are held.
    pub const fn stated_by(self) -> &'static [Role] {
        match self {
            Self::Handling => &[],
            Self::Inspection | Self::Complaint => &[Auditor],
            Self::DataSubjectRequest | Self::TechnicalSupport => &[ProvinceAdministrator],
            Self::Emergency | Self::StatisticsCheck => &[Auditor, ProvinceAdministrator],
        }
    }

    /// Whether somebody with these roles may state it.
    pub fn may_be_stated_with(self, held: Roles) -> bool {
        self.stated_by().iter().any(|role| held.has(*role))
    }

    /// What for, in both languages: the end of "…, để" and "…, in order to".
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Handling => ("giải quyết hồ sơ", "handle the dossier"),
            Self::Inspection => ("kiểm tra, giám sát", "inspect and supervise"),
            Self::Complaint => ("giải quyết khiếu nại, tố cáo", "settle a complaint"),
            Self::DataSubjectRequest => (
                "thực hiện yêu cầu của chủ thể dữ liệu",
                "do what the data subject asked for",
            ),
            Self::Emergency => ("xử lý tình huống khẩn cấp", "respond to an emergency"),
            Self::StatisticsCheck => ("đối chiếu số liệu thống kê", "check figures"),
            Self::TechnicalSupport => ("hỗ trợ kỹ thuật", "find a technical fault"),
        }
    }
}

/// The note of a stated purpose, in NFC.
///
/// # Errors
/// `too-short`, `too-long`, `hidden-characters`.
pub fn checked_note(note: &str) -> Result<String, Code> {
    let tidy = text::nfc(note.trim());
    let length = tidy.chars().count();
    if length < SHORTEST_NOTE {
        Err(Code::TooShort)
    } else if length > LONGEST_NOTE {
        Err(Code::TooLong)
    } else if text::has_hidden_characters(&tidy) {
        Err(Code::HiddenCharacters)
    } else {
        Ok(tidy)
    }
}
