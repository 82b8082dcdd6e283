//! How the process stops.

use serde::Deserialize;

/// How the process stops; durations in seconds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Shutdown {
    /// How long `/readyz` says no while requests are still served, so that a balancer moves on.
    pub announce_seconds: u64,
    /// How long open requests may take after that.
    pub drain_seconds: u64,
}

impl Default for Shutdown {
    fn default() -> Self {
        Self {
            announce_seconds: 0,
            drain_seconds: 20,
        }
    }
}
