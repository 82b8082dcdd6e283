//! What can go wrong in the store, in one vocabulary for both engines.

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as Diesel};
use thiserror::Error;

use crate::told::without_values;

/// Why a transaction did not take place. None of the texts holds a value of a row.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StoreError {
    /// No such row, or none that this actor may see.
    #[error("the row is absent")]
    Absent,
    /// The row has moved on since the version that the change was made for.
    #[error("the row is at version {current_version}")]
    Stale {
        /// The version it has now.
        current_version: i64,
    },
    /// Another row holds this key. The name is the same on both engines.
    #[error("a row with this key exists: {constraint}")]
    Duplicate {
        /// The unique constraint, as PostgreSQL names it by default.
        constraint: String,
    },
    /// The row refers to one that does not exist, or one that does is still referred to.
    #[error("a reference is broken: {}", constraint.as_deref().unwrap_or("unnamed"))]
    Foreign {
        /// The foreign key; SQLite does not say which.
        constraint: Option<String>,
    },
    /// A check or not-null constraint refused the row.
    #[error("the row is refused: {constraint}")]
    Refused {
        /// The constraint, or the column that must not be null.
        constraint: String,
    },
    /// The idempotency key was used before with another request.
    #[error("the idempotency key belongs to another request")]
    KeyReused,
    /// The transaction saved more or fewer things than it wrote events: a change without a trace.
    #[error("{saves} saves but {events} events in one transaction")]
    Untraced {
        /// Saves noted.
        saves: u32,
        /// Events appended.
        events: u32,
    },
    /// The store cannot answer now; nothing was changed, or it is unknown whether the commit held.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// The store holds or was asked something that makes no sense: a defect.
    #[error("the store is at odds with the program: {0}")]
    Corrupt(String),
}

impl From<Diesel> for StoreError {
    fn from(error: Diesel) -> Self {
        if let Diesel::DatabaseError(kind, told) = &error {
            return database_error(*kind, &**told);
        }
        if matches!(error, Diesel::NotFound) {
            return Self::Absent;
        }
        Self::Corrupt(without_values(&error.to_string()))
    }
}

fn database_error(kind: DatabaseErrorKind, told: &dyn DatabaseErrorInformation) -> StoreError {
    use DatabaseErrorKind as Kind;
    let named = told.constraint_name().map(str::to_owned);
    let message = told.message();
    if matches!(kind, Kind::UniqueViolation) {
        let constraint = named.unwrap_or_else(|| constraint_of(message));
        return StoreError::Duplicate { constraint };
    }
    if matches!(kind, Kind::ForeignKeyViolation | Kind::RestrictViolation) {
        return StoreError::Foreign { constraint: named };
    }
    if matches!(
        kind,
        Kind::CheckViolation | Kind::NotNullViolation | Kind::ExclusionViolation
    ) {
        let constraint = named
            .or_else(|| told.column_name().map(str::to_owned))
            .unwrap_or_else(|| after_colon(message).to_owned());
        return StoreError::Refused { constraint };
    }
    if matches!(kind, Kind::ClosedConnection | Kind::SerializationFailure) || passes(message) {
        return StoreError::Unavailable(without_values(message));
    }
    StoreError::Corrupt(without_values(message))
}

/// What heals without a change to the program: full disks, locks, deadlocks, a server going down.
fn passes(message: &str) -> bool {
    const PASSING: [&str; 9] = [
        "database or disk is full",
        "database is locked",
        "disk I/O error",
        "unable to open database",
        "No space left on device",
        "deadlock detected",
        "terminating connection",
        "the database system is",
        "too many clients",
    ];
    PASSING.iter().any(|known| message.contains(known))
}

/// Whether PostgreSQL gave this transaction up in favour of another. diesel knows 40001 only; a
/// deadlock (40P01) arrives as an unknown error with this text.
pub(crate) fn is_conflict(error: &Diesel) -> bool {
    if let Diesel::DatabaseError(kind, told) = error {
        matches!(kind, DatabaseErrorKind::SerializationFailure)
            || told.message().contains("deadlock detected")
    } else {
        false
    }
}

/// Whether the connection is gone.
pub(crate) fn is_lost(error: &Diesel) -> bool {
    matches!(
        error,
        Diesel::DatabaseError(DatabaseErrorKind::ClosedConnection, _)
            | Diesel::BrokenTransactionManager
    )
}

/// Primary keys that are not one column `id`; SQLite reports them like any other unique
/// constraint. A test compares this list and [`constraint_of`] with PostgreSQL's catalogue.
const NAMED_PRIMARY_KEYS: [(&str, &str); 14] = [
    ("inspections", "sha256"),
    ("catalogue_files", "name"),
    ("counters", "agency_id_series"),
    ("idempotency_keys", "principal_operation_key"),
    ("loose_objects", "sha256"),
    ("procedure_versions", "code_version"),
    ("result_drafts", "file_id"),
    ("account_holds", "person_id"),
    ("second_factors", "officer_id"),
    ("step_ups", "session_id"),
    ("consent_withdrawals", "consent_id"),
    ("push_devices", "person_id_id"),
    ("notice_preferences", "person_id"),
    ("draft_fields", "dossier_id"),
];

fn after_colon(message: &str) -> &str {
    message.split_once(": ").map_or(message, |(_, rest)| rest)
}

/// The constraint behind SQLite's "UNIQUE constraint failed: table.column, table.column", by the
/// names PostgreSQL gives: `table_pkey` and `table_column_column_key`.
pub fn constraint_of(message: &str) -> String {
    let failed = after_colon(message);
    if let Some(index) = failed.strip_prefix("index '") {
        return index.trim_end_matches('\'').to_owned();
    }
    let mut table = "";
    let mut columns = Vec::new();
    for column in failed.split(", ") {
        let Some((of, name)) = column.split_once('.') else {
            return failed.to_owned();
        };
        table = of;
        columns.push(name);
    }
    let columns = columns.join("_");
    if columns == "id" || NAMED_PRIMARY_KEYS.contains(&(table, columns.as_str())) {
        format!("{table}_pkey")
    } else {
        format!("{table}_{columns}_key")
    }
}
