//! The kinds of catalogue file, as they are written.

use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    agencies::Agency,
    deadlines::{CalendarYear, SessionPattern},
    procedures::{Field, ProcedureVersion},
};

/// Which kind of file it is, told by the member that holds its entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    Procedures,
    Fields,
    Agencies,
    Sessions,
    Calendar,
}

impl FileKind {
    pub(super) fn of(value: &Value) -> Option<Self> {
        [
            ("procedures", Self::Procedures),
            ("fields", Self::Fields),
            ("agencies", Self::Agencies),
            ("patterns", Self::Sessions),
            ("calendar", Self::Calendar),
        ]
        .into_iter()
        .find_map(|(member, kind)| value.get(member).map(|_| kind))
    }
}

/// Procedures, usually those of one field.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(
    dead_code,
    reason = "entries are read one by one; this is the file's published shape"
)]
pub(super) struct ProceduresFile {
    #[serde(default)]
    note: Option<String>,
    procedures: Vec<ProcedureVersion>,
}

/// Fields.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(
    dead_code,
    reason = "entries are read one by one; this is the file's published shape"
)]
pub(super) struct FieldsFile {
    #[serde(default)]
    note: Option<String>,
    fields: Vec<Field>,
}

/// Agencies.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(
    dead_code,
    reason = "entries are read one by one; this is the file's published shape"
)]
pub(super) struct AgenciesFile {
    #[serde(default)]
    note: Option<String>,
    agencies: Vec<Agency>,
}

/// Patterns of working sessions.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(
    dead_code,
    reason = "entries are read one by one; this is the file's published shape"
)]
pub(super) struct SessionsFile {
    #[serde(default)]
    note: Option<String>,
    patterns: Vec<SessionPattern>,
}

/// The working calendar of one year (lịch làm việc).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarSheet {
    /// Names this state of the year; counts up with every announcement that is entered.
    #[schema(min_length = 1, max_length = 40)]
    pub version: String,
    /// Whether the announcements of the year are complete. What is not final may change due dates.
    #[serde(rename = "final")]
    pub is_final: bool,
    /// What a reader should know.
    #[serde(default)]
    pub note: Option<String>,
    /// Days off and swapped days.
    pub calendar: CalendarYear,
}
