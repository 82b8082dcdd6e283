//! The proof without which nothing sealed opens: that the read is written down, or needs no line.

use domain::{
    disclosures::{AccessAction, Actions, Matter},
    mandates::Mandate,
};

use super::{
    line::{Line, Written, written},
    reading::{OfficerReading, Reading, Subject},
};
use crate::{StoreError, Tx};

/// That a read needs no line, or has one. Nothing else can make it, and opening a sealed field takes it.
#[derive(Debug)]
pub(crate) struct Witness(());

impl Witness {
    /// For words that a citizen wrote to the agency which opens them: the letter itself is the trace.
    pub(crate) const fn of_a_letter() -> Self {
        Self(())
    }

    /// For what is read by the house itself or by whoever it belongs to. An officer is shown nothing of it,
    /// or of a number its last signs, to compare with a paper at hand.
    pub(crate) const fn of_no_officer() -> Self {
        Self(())
    }
}

/// Writes down that these fields are about to be opened. A transaction that only reads cannot: it asks
/// to be run again where it can write, unless the line stands already.
///
/// # Errors
/// [`StoreError::Unavailable`] in a transaction that only reads; the store runs it again by itself.
pub(crate) fn witness(
    tx: &mut Tx,
    reading: &Reading,
    subject: Subject,
) -> Result<Witness, StoreError> {
    match reading {
        Reading::Own(_) | Reading::Mandated(_) | Reading::House => Ok(Witness(())),
        Reading::Officer(officer) => {
            if tx.writes() || written(tx, officer, Some(subject.matter))?.is_empty() {
                write_down(tx, officer, &[subject])?;
            }
            Ok(Witness(()))
        }
    }
}

/// Writes down that whoever reads is about to be shown these mandates: the names of both sides, of a ward
/// the date of birth too. To be asked wherever an officer is shown one.
///
/// # Errors
/// As `witness`.
pub fn note_mandates(
    tx: &mut Tx,
    reading: &Reading,
    mandates: &[Mandate],
) -> Result<(), StoreError> {
    let subjects = mandates.iter().filter_map(|mandate| {
        // One between two accounts is seen by no desk, or by the dossier that was drafted under it.
        mandate.agency.map(|agency| Subject {
            matter: Matter::Mandate(mandate.id),
            agency,
            holder: agency,
            person: Some(mandate.delegate),
        })
    });
    let subjects: Vec<Subject> = subjects.collect();
    witness_all(tx, reading, &subjects).map(drop)
}

/// The same for many dossiers at once, with one look at what stands already.
///
/// # Errors
/// As [`witness`].
pub(crate) fn witness_all(
    tx: &mut Tx,
    reading: &Reading,
    subjects: &[Subject],
) -> Result<Witness, StoreError> {
    if let Reading::Officer(officer) = reading
        && !subjects.is_empty()
    {
        let stands = written(tx, officer, None)?;
        let missing = |subject: &&Subject| {
            let of_it = |line: &Written| line.matter == subject.matter;
            !stands.iter().any(of_it)
        };
        let missing: Vec<Subject> = subjects.iter().filter(missing).copied().collect();
        write_down(tx, officer, &missing)?;
    }
    Ok(Witness(()))
}

fn write_down(
    tx: &mut Tx,
    officer: &OfficerReading,
    subjects: &[Subject],
) -> Result<(), StoreError> {
    if subjects.is_empty() || tx.seams().leaves_reads_unwritten() {
        return Ok(());
    }
    if !tx.writes() {
        tx.owe_disclosure();
        return Err(StoreError::Unavailable(
            "what is about to be shown is not written down yet".to_owned(),
        ));
    }
    for subject in subjects {
        let count = tx.count_disclosure();
        Line::of(officer, *subject, count).write(tx)?;
    }
    Ok(())
}

/// The set of one action.
pub(super) fn only(action: AccessAction) -> Actions {
    Actions::of(&[action])
}
