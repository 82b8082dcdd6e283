//! Requests under an idempotency key that are being carried out in this process.
//!
//! The database alone makes an effect happen once; this only spares a twin the wait and tells it
//! so at once, as the draft standard wants (409).

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use uuid::Uuid;

/// Whose request, which operation, which key.
pub type Slot = (Uuid, &'static str, String);

/// The requests being carried out.
#[derive(Debug, Clone, Default)]
pub struct InFlight(Arc<Mutex<HashSet<Slot>>>);

/// A request's turn: while it lives, a twin is turned away.
#[derive(Debug)]
pub struct Turn {
    slot: Slot,
    all: InFlight,
}

impl InFlight {
    /// A turn for this request, unless its twin has one.
    pub fn enter(&self, slot: Slot) -> Option<Turn> {
        self.slots().insert(slot.clone()).then(|| Turn {
            slot,
            all: self.clone(),
        })
    }

    fn slots(&self) -> MutexGuard<'_, HashSet<Slot>> {
        // A panic elsewhere leaves the set whole: every operation on it is one call.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.all.slots().remove(&self.slot);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_twin_waits_for_its_turn_and_a_stranger_does_not() {
        let all = InFlight::default();
        let slot = |n: u128, key: &str| (Uuid::from_u128(n), "submit_dossier", key.to_owned());
        let first = all.enter(slot(1, "a"));
        assert!(first.is_some());
        assert!(all.enter(slot(1, "a")).is_none());
        assert!(all.enter(slot(2, "a")).is_some() && all.enter(slot(1, "b")).is_some());
        drop(first);
        assert!(all.enter(slot(1, "a")).is_some());
    }
}
