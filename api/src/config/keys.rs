//! `motcua keys`: the keys that sign access tokens, changed while the server runs.

use clap::Subcommand;
use domain::time::Time;

use super::Config;
use crate::{
    auth::{keyring::Keyring, rotation},
    clock::{Clock as _, SystemClock},
};

/// What can be done with the keys.
#[derive(Debug, Subcommand)]
pub(super) enum KeysCommand {
    /// Makes a new key. It signs from ten seconds on, when every running server has noticed it; tokens
    /// of the key before it hold until they run out. Keys whose last token has run out are removed.
    Rotate {
        /// For a key that somebody else may have: every other key is removed, and every access token
        /// stops to hold within a second or two. Sessions go on by their refresh tokens.
        #[arg(long)]
        at_once: bool,
    },
    /// Lists the keys, the oldest first: name, since when it signs, and what it is for now.
    List,
}

/// Does what the command says.
pub(super) fn run(config: &Config, command: &KeysCommand) -> anyhow::Result<()> {
    let now = SystemClock.now().utc().timestamp();
    let lifetime = i64::from(config.sessions.access_token_seconds);
    match command {
        KeysCommand::Rotate { at_once } => {
            let (kid, since) = rotation::rotate(&config.data_dir, now, lifetime, *at_once)?;
            println!("{kid}\t{}", told(since));
        }
        KeysCommand::List => {
            let keyring = Keyring::open(&config.data_dir)?;
            let signing = keyring.pairs().iter().rfind(|pair| pair.since <= now);
            for pair in keyring.pairs() {
                let state = match signing {
                    Some(signing) if pair.since > signing.since => "next",
                    Some(signing) if pair.since == signing.since => "signing",
                    Some(_) | None => "accepted",
                };
                println!("{}\t{}\t{state}", pair.kid, told(pair.since));
            }
        }
    }
    Ok(())
}

fn told(seconds: i64) -> String {
    let at = Time::from_micros(seconds.saturating_mul(1_000_000));
    match at {
        Some(at) if seconds > 0 => at.rfc3339(),
        Some(_) | None => "the beginning".to_owned(),
    }
}
