//! Exports on the wire.

use domain::{
    exports::{Export, ExportState},
    ids::{ExportId, PersonId},
    time::Time,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The path of one export.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ExportPath {
    /// The export's id.
    #[param(value_type = uuid::Uuid)]
    pub export_id: ExportId,
}

/// An export, and how far it has come.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExportView {
    /// The export.
    pub export_id: ExportId,
    /// Whose data.
    pub person_id: PersonId,
    /// Where it stands.
    pub state: ExportState,
    /// Goes up with each change of state.
    #[schema(minimum = 1)]
    pub version: i64,
    /// When it was asked for.
    pub asked_at: Time,
    /// How many files are in it so far.
    pub files_done: u32,
    /// How many there are to be; null until they are counted.
    pub files_total: Option<u32>,
    /// The archive's size in bytes, once it is there.
    pub archive_size: Option<i64>,
    /// When it was made, or given up on.
    pub finished_at: Option<Time>,
    /// Until when it can be downloaded.
    pub expires_at: Option<Time>,
}

/// An export that was asked for, and the code its archive will open with.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExportOrder {
    /// The export.
    pub export: ExportView,
    /// Shown this once, and kept nowhere: without it nobody opens the archive (AES-256).
    #[schema(max_length = 19, pattern = "^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$")]
    pub code: String,
}

/// The citizen's exports, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExportList {
    /// The newest twenty.
    #[schema(max_items = 20)]
    pub items: Vec<ExportView>,
}

impl From<Export> for ExportView {
    fn from(export: Export) -> Self {
        let Export {
            id,
            person,
            state,
            version,
            asked_at,
            files_done,
            files_total,
            archive,
            finished_at,
            expires_at,
        } = export;
        Self {
            export_id: id,
            person_id: person,
            state,
            version,
            asked_at,
            files_done,
            files_total,
            archive_size: archive.map(|(_, size)| size),
            finished_at,
            expires_at,
        }
    }
}
