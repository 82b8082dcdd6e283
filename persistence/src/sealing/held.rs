//! The keys a transaction has used so far, so that a row that was locked can be written back without
//! asking for its key again.

use std::sync::Arc;

use uuid::Uuid;

use super::key_set::DataKey;

/// A transaction that touches more subjects asks for the oldest again.
const MOST: usize = 32;

/// Keys by the row they were used for; forgotten when the transaction ends.
#[derive(Default)]
pub(crate) struct Held(Vec<(Uuid, Arc<DataKey>)>);

impl Held {
    /// Keeps the key of a row.
    pub(crate) fn keep(&mut self, row: Uuid, key: Arc<DataKey>) {
        self.0.retain(|(known, _)| *known != row);
        if self.0.len() >= MOST {
            self.0.remove(0);
        }
        self.0.push((row, key));
    }

    /// The key used for a row.
    pub(crate) fn of_row(&self, row: Uuid) -> Option<Arc<DataKey>> {
        let found = self.0.iter().find(|(known, _)| *known == row);
        found.map(|(_, key)| Arc::clone(key))
    }

    /// The key of a subject, whatever row it was used for.
    pub(crate) fn of_subject(&self, id: Uuid) -> Option<Arc<DataKey>> {
        let found = self.0.iter().find(|(_, key)| key.id() == id);
        found.map(|(_, key)| Arc::clone(key))
    }

    /// Forgets all of them.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
