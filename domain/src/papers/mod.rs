//! The papers of a dossier (thành phần hồ sơ) and the files behind them.

mod inspection;
mod own;

pub use inspection::{Inspection, ScanState, Scanned};
pub use own::{FileSource, OwnFile, newest_once};

use crate::{
    ids::{DossierId, FileId, PaperId},
    time::Time,
    vocabulary,
};

vocabulary! {
    /// What was handed in (national `LoaiBan`: 0 original, 1 copy, 2 electronic).
    CopyKind {
        /// The original paper.
        Original = "original",
        /// A certified or plain copy.
        Copy = "copy",
        /// Born digital.
        Electronic = "electronic",
    }
}

vocabulary! {
    /// How the paper came into the system.
    Origin {
        /// Photographed or uploaded by the citizen.
        Uploaded = "uploaded",
        /// Scanned by an officer at the counter (số hóa).
        ScannedAtCounter = "scanned_at_counter",
    }
}

vocabulary! {
    /// A kind of file the desk takes, told by its content and not by its name.
    FileKind {
        /// Portable Document Format.
        Pdf = "pdf",
        /// A JPEG image.
        Jpeg = "jpeg",
        /// A PNG image.
        Png = "png",
        /// A photograph as many telephones keep it (ISO/IEC 23008-12).
        Heic = "heic",
        /// A Word document.
        Docx = "docx",
        /// An Excel workbook.
        Xlsx = "xlsx",
    }
}

impl FileKind {
    /// The media type (IANA).
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Heic => "image/heic",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

impl FileKind {
    /// The endings of names that go with it, in lower case and without the dot; the usual one first.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Heic => &["heic", "heif"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
        }
    }

    /// Whether a place that takes these kinds takes this one: where a photograph is taken, one in the
    /// telephone's own format is taken too.
    pub fn is_among(self, kinds: &[Self]) -> bool {
        kinds.contains(&self) || self == Self::Heic && kinds.contains(&Self::Jpeg)
    }

    /// The kind that names ending like this are of.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let ending = ending.to_lowercase();
        Self::ALL
            .iter()
            .copied()
            .find(|kind| kind.endings().contains(&ending.as_str()))
    }
}

/// The bytes of a document, kept in object storage under their digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its id.
    pub id: FileId,
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
    /// Size in bytes.
    pub size: i64,
    /// What the bytes are.
    pub kind: FileKind,
    /// When they were stored.
    pub stored_at: Time,
}

/// A paper of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its id.
    pub id: PaperId,
    /// The dossier.
    pub dossier: DossierId,
    /// Which paper of the procedure's list.
    pub key: String,
    /// The file.
    pub file: File,
    /// What was handed in.
    pub copy_kind: CopyKind,
    /// How it came in.
    pub origin: Origin,
    /// When it was attached.
    pub attached_at: Time,
    /// What the virus scanner says of the file.
    pub scan: ScanState,
    /// Whether there is a picture to show in the file's place.
    pub has_preview: bool,
}
