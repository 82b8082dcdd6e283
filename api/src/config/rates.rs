//! How often one client may ask.

use serde::Deserialize;

/// How many requests a minute an account may send, by what they cost; 0 is no limit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rates {
    /// Whatever only looks.
    pub read: u32,
    /// Whatever changes something.
    pub write: u32,
    /// Files.
    pub upload: u32,
    /// Signing in; asked for without an account.
    pub sign_in: u32,
    /// How many times as much may come from one network without an account: an office, a village
    /// behind one address of its carrier.
    pub network_times: u32,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            read: 600,
            write: 120,
            upload: 240,
            sign_in: 30,
            network_times: 20,
        }
    }
}
