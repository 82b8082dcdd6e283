//! Putting a catalogue in force, and reading the one that is.

use domain::{
    actor::Actor,
    ids::EventId,
    procedures::{
        ProcedureVersion, SHIPPED_FILES,
        catalogue::{self, Catalogue, CatalogueFault},
    },
    time::Time,
};
use persistence::{
    Json, StoreError, Tx,
    events::{self, NewEvent},
    procedures,
};

use super::posted::Posted;
use crate::failure::Failure;

/// Why an import was not taken; nothing of it is in force then.
#[derive(Debug)]
pub enum ImportFault {
    /// A file is faulty, with line and field.
    File(CatalogueFault),
    /// A version that dossiers may live by is missing or changed.
    Version {
        /// The procedure's code.
        code: String,
        /// The version.
        version: u32,
        /// Whether it is missing; else it differs in more than its last day.
        missing: bool,
    },
}

impl std::fmt::Display for ImportFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(fault) => write!(f, "{fault}"),
            Self::Version {
                code,
                version,
                missing: true,
            } => {
                write!(
                    f,
                    "phiên bản {version} của {code} đang được sử dụng nhưng không có trong các tệp này / version {version} of {code} is in use and missing from these files"
                )
            }
            Self::Version {
                code,
                version,
                missing: false,
            } => {
                write!(
                    f,
                    "phiên bản {version} của {code} đang được sử dụng, chỉ được thêm ngày hết hiệu lực; hãy thêm phiên bản mới / version {version} of {code} is in use and may only be given a last day; add a new version"
                )
            }
        }
    }
}

/// The catalogue in force, ready to be asked; none before the first import.
///
/// # Errors
/// `internal` when what was imported does not hold: a defect.
pub fn load(tx: &mut Tx) -> Result<Option<Posted>, Failure> {
    let generation = procedures::generation(tx)?;
    if generation == 0 {
        return Ok(None);
    }
    let files = procedures::files(tx)?;
    let texts: Vec<_> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let read = catalogue::read(&texts).map_err(|faults| Failure::internal(listed(&faults)))?;
    Posted::new(read, generation).map(Some)
}

fn listed(faults: &[CatalogueFault]) -> String {
    faults
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}

/// An import: its files, when, and the id of its event.
#[derive(Debug, Clone)]
pub struct Import {
    /// Name and text of every file.
    pub files: Vec<(String, String)>,
    /// When.
    pub now: Time,
    /// The event's id.
    pub event: EventId,
}

impl Import {
    /// The catalogue the binary carries.
    pub fn of_shipped(now: Time, event: EventId) -> Self {
        let file = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
        Self {
            files: SHIPPED_FILES.iter().map(file).collect(),
            now,
            event,
        }
    }
}

/// Checks an import and puts it in force, whole or not at all.
///
/// # Errors
/// Every fault found; an empty list stands for trouble in the store, which comes as `Err`.
pub fn import_catalogue(
    tx: &mut Tx,
    import: &Import,
) -> Result<Result<Catalogue, Vec<ImportFault>>, Failure> {
    let texts: Vec<_> = import
        .files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let read = match catalogue::read(&texts) {
        Ok(read) => read,
        Err(faults) => return Ok(Err(faults.into_iter().map(ImportFault::File).collect())),
    };
    let faults = contradictions(tx, &read)?;
    if !faults.is_empty() {
        return Ok(Err(faults));
    }
    let generation = procedures::generation(tx)?.saturating_add(1);
    procedures::import(
        tx,
        &import.files,
        read.procedures.iter(),
        read.agencies.iter(),
        import.now,
    )?;
    let event = NewEvent {
        id: import.event,
        dossier: None,
        agency: None,
        person: None,
        version: generation,
        kind: "catalogue_imported",
        actor: &Actor::System,
        at: import.now,
        state: None,
        due_at: None,
        channel: None,
        payload: Json::empty(),
    };
    events::append(tx, event)?;
    Ok(Ok(read))
}

/// Versions once imported stay as they were, but for their last day.
fn contradictions(tx: &mut Tx, read: &Catalogue) -> Result<Vec<ImportFault>, StoreError> {
    let mut faults = Vec::new();
    for (code, version) in procedures::versions(tx)? {
        let same = |it: &&ProcedureVersion| it.code.as_str() == code && it.version == version;
        let Some(new) = read.procedures.iter().find(same) else {
            faults.push(ImportFault::Version {
                code,
                version,
                missing: true,
            });
            continue;
        };
        let Some(old) = procedures::version_body(tx, &code, version)? else {
            continue;
        };
        let mut old: ProcedureVersion = old.parse()?;
        old.in_force_to = new.in_force_to;
        if old != *new {
            faults.push(ImportFault::Version {
                code,
                version,
                missing: false,
            });
        }
    }
    Ok(faults)
}
