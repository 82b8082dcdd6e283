//! Rows of a list as whoever reads may see them: an officer is shown the names only of what waits at the
//! officer's own desk, and it is written down whose.

use domain::{
    disclosures::{AccessAction, Matter, is_at_a_desk_of, masked_name},
    personal::Personal,
};

use super::list::Summary;
use crate::{
    StoreError, Tx,
    disclosures::{OfficerReading, Reading, Subject, witness_all},
};

/// A row of a list as whoever reads is shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The row.
    pub row: Summary,
    /// Whether the applicant's name in it is cut to initials.
    pub is_masked: bool,
}

/// The rows as whoever reads may see them.
pub(super) fn shown(
    tx: &mut Tx,
    reading: &Reading,
    rows: Vec<Summary>,
) -> Result<Vec<Listed>, StoreError> {
    let Reading::Officer(officer) = reading else {
        let whole = |row| Listed {
            row,
            is_masked: false,
        };
        return Ok(rows.into_iter().map(whole).collect());
    };
    let told: Vec<Subject> = rows
        .iter()
        .filter(|row| is_told(officer, row))
        .map(|row| Subject {
            matter: Matter::Dossier(row.id),
            agency: row.filed_with,
            holder: row.agency,
            person: row.owner,
        })
        .collect();
    witness_all(tx, reading, &told)?;
    let listed = |mut row: Summary| {
        let is_masked = !is_at_their_desk(officer, &row);
        if is_masked {
            row.applicant_name = Personal::new(masked_name(row.applicant_name.reveal()));
        }
        Listed { row, is_masked }
    };
    Ok(rows.into_iter().map(listed).collect())
}

fn is_at_their_desk(officer: &OfficerReading, row: &Summary) -> bool {
    row.agency == officer.agency && is_at_a_desk_of(officer.roles, row.state)
}

/// Whether the row tells the officer whose dossier it is: by its name, or by having been searched for.
fn is_told(officer: &OfficerReading, row: &Summary) -> bool {
    officer.action == AccessAction::Search || is_at_their_desk(officer, row)
}
