//! How files are taken in and looked at.

use std::{fmt, path::PathBuf};

use domain::uploads::Quotas;
use serde::Deserialize;

/// How files are taken in and looked at; sizes in bytes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Files {
    /// The virus scanner (clamd): `tcp://host:port` or `unix:/path`; none: files are `unscanned`.
    pub scanner: Option<String>,
    /// How many seconds the scanner may take for one file.
    pub scanner_seconds: u64,
    /// The program that looks into files and decodes pictures, in a process of its own; this one when left
    /// out.
    pub decoder: Option<PathBuf>,
    /// The folder of uploads that are not finished; `<data_dir>/uploads` when left out.
    pub uploads_dir: Option<PathBuf>,
    /// For how many hours an upload that is not finished is kept.
    pub unfinished_hours: u32,
    /// For how many days a file is kept that was uploaded and not used.
    pub unused_days: u32,
    /// How many unfinished uploads one citizen may have.
    pub unfinished_most: u32,
    /// How much one citizen may begin to upload within a day and a night.
    pub day_bytes: u64,
    /// How much one citizen may keep.
    pub person_bytes: u64,
    /// How much the papers of one dossier may have.
    pub dossier_bytes: u64,
    /// Files are refused when there is less room than this on the disk.
    pub floor_bytes: u64,
}

const MIB: u64 = 1024 * 1024;

impl Default for Files {
    fn default() -> Self {
        Self {
            scanner: None,
            scanner_seconds: 30,
            decoder: None,
            uploads_dir: None,
            unfinished_hours: 48,
            unused_days: 30,
            unfinished_most: 40,
            day_bytes: 400 * MIB,
            person_bytes: 1024 * MIB,
            dossier_bytes: 200 * MIB,
            floor_bytes: 512 * MIB,
        }
    }
}

impl Files {
    /// What one citizen may have.
    pub fn quotas(&self) -> Quotas {
        let bytes = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
        Quotas {
            open: i64::from(self.unfinished_most),
            day_bytes: bytes(self.day_bytes),
            person_bytes: bytes(self.person_bytes),
        }
    }

    /// One line for each field.
    pub(super) fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            scanner,
            scanner_seconds,
            decoder,
            uploads_dir,
            unfinished_hours,
            unused_days,
            unfinished_most,
            day_bytes,
            person_bytes,
            dossier_bytes,
            floor_bytes,
        } = self;
        writeln!(f, "files.scanner = {scanner:?}")?;
        writeln!(f, "files.scanner_seconds = {scanner_seconds}")?;
        writeln!(f, "files.decoder = {decoder:?}")?;
        writeln!(f, "files.uploads_dir = {uploads_dir:?}")?;
        writeln!(f, "files.unfinished_hours = {unfinished_hours}")?;
        writeln!(f, "files.unused_days = {unused_days}")?;
        writeln!(f, "files.unfinished_most = {unfinished_most}")?;
        writeln!(f, "files.day_bytes = {day_bytes}")?;
        writeln!(f, "files.person_bytes = {person_bytes}")?;
        writeln!(f, "files.dossier_bytes = {dossier_bytes}")?;
        writeln!(f, "files.floor_bytes = {floor_bytes}")
    }
}
