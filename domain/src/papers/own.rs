//! A citizen's own store: files that need not be sent, or handed in, a second time (decree 61/2018/NĐ-CP as
//! amended by 107/2021/NĐ-CP: what the state holds is not asked for again).

use super::{File, ScanState};
use crate::{ids::DossierId, time::Time};

crate::vocabulary! {
    /// How a file came into the citizen's store.
    FileSource {
        /// The citizen uploaded it.
        Upload = "upload",
        /// It is a paper of a dossier that was accepted.
        Paper = "paper",
        /// It is a result that was handed over.
        Result = "result",
    }
}

/// A file of a citizen's own store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFile {
    /// The file.
    pub file: File,
    /// How it came.
    pub source: FileSource,
    /// What the virus scanner says of it.
    pub scan: ScanState,
    /// The dossiers whose paper it is now, and since when: the record of its use.
    pub uses: Vec<(DossierId, Time)>,
}

/// The same bytes once, newest first, at most so many.
pub fn newest_once(mut files: Vec<OwnFile>, most: usize) -> Vec<OwnFile> {
    files.sort_by(|one, other| {
        let key = |own: &OwnFile| (own.file.stored_at, own.file.id);
        key(other).cmp(&key(one))
    });
    let mut seen = std::collections::BTreeSet::new();
    files.retain(|own| seen.insert(own.file.sha256));
    files.truncate(most);
    files
}
