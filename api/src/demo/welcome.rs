//! What a person at the terminal is told once the demonstration is ready.

use std::fmt::Write as _;

use domain::actor::Role;

use super::{
    PASSWORD,
    cast::{CITIZENS, OFFICERS},
};
use crate::config::Config;

/// Addresses, logins, and how to see a one-time code.
pub fn welcome(config: &Config) -> String {
    let url = &config.public_url;
    let mut text = format!("\nMột Cửa\n  API       {url}/v1\n  docs      {url}/docs/\n");
    // Writing to a string cannot fail.
    if let Some(metrics) = config.metrics_listen {
        let _ = writeln!(text, "  metrics   http://{metrics}/metrics");
    }
    let _ = writeln!(text, "\nOfficers, password {PASSWORD}:");
    for part in &OFFICERS {
        let roles: Vec<_> = part.held.iter().copied().map(Role::as_str).collect();
        let _ = writeln!(text, "  {:<20} {}", part.login, roles.join(", "));
    }
    let _ = writeln!(text, "\nCitizens, signing in by one-time code:");
    for citizen in &CITIZENS {
        let _ = writeln!(text, "  {:<20} {}", citizen.phone, citizen.name);
    }
    let codes = if config.reveal_codes {
        "The code appears below, in the line \"one-time code (reveal_codes)\"."
    } else {
        "Codes are not shown; start with MOTCUA_REVEAL_CODES=true to see them below."
    };
    let _ = writeln!(text, "{codes}\n");
    text
}
