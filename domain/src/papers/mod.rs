//! The papers of a dossier (thành phần hồ sơ) and the files behind them.

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
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
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
}
