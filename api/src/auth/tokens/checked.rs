//! Tokens whose signature was found good: an Ed25519 check costs some 50 µs, as much as everything
//! else in a read; a look here costs under one.

use std::{collections::HashMap, sync::RwLock};

use domain::time::Time;

use super::Proven;

/// How many checked tokens are remembered: about 120 bytes each.
pub(super) const REMEMBERED: usize = 16_384;

/// What is known of a token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Checked {
    pub(super) proven: Proven,
    pub(super) issued: Time,
    pub(super) expires: Time,
}

/// Checked tokens, by SHA-256.
#[derive(Default)]
pub(super) struct Remembered {
    checked: RwLock<HashMap<[u8; 32], Checked>>,
}

// A poisoned lock only costs the memory of earlier checks.
impl Remembered {
    pub(super) fn find(&self, key: &[u8; 32]) -> Option<Checked> {
        let checked = self.checked.read().ok()?;
        checked.get(key).copied()
    }

    pub(super) fn remember(&self, key: [u8; 32], fresh: Checked, now: Time) {
        if let Ok(mut checked) = self.checked.write() {
            if checked.len() >= REMEMBERED {
                checked.retain(|_, earlier| earlier.expires > now);
            }
            if checked.len() >= REMEMBERED {
                checked.clear();
            }
            checked.insert(key, fresh);
        }
    }

    pub(super) fn forget_all(&self) {
        if let Ok(mut checked) = self.checked.write() {
            checked.clear();
        }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.checked.read().map_or(0, |checked| checked.len())
    }
}
