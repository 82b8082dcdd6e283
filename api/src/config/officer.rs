//! `motcua officer add`: the first officer of an installation, and any other.

use std::{io::Read as _, sync::Arc};

use anyhow::{Context as _, ensure};
use clap::Subcommand;
use domain::{
    actor::{Actor, Role, Roles},
    ids::AgencyId,
    personal::Personal,
};
use persistence::{Store, Tx};
use secrecy::SecretString;

use super::{Config, catalogue};
use crate::{
    app::App,
    auth::passwords,
    clock::SystemClock,
    failure::Failure,
    id_source::RandomIds,
    officers::{
        entrance::new_setup_token,
        hiring::{NewOfficer, hire},
    },
};

/// What can be done with officers' accounts.
#[derive(Debug, Subcommand)]
pub(super) enum OfficerCommand {
    /// Adds an officer; the password is read from standard input, to its end.
    Add {
        /// The name to log in with: lower-case letters, digits, dots and hyphens.
        #[arg(long)]
        login: String,
        /// Family name, middle name and given name.
        #[arg(long)]
        name: String,
        /// The agency's id, as `/v1/agencies` gives it.
        #[arg(long)]
        agency: AgencyId,
        /// The roles held there, separated by commas.
        #[arg(long, value_delimiter = ',', required = true, value_parser = role)]
        roles: Vec<Role>,
    },
    /// Prints a token with which the first administrator is set up over HTTP: once, within a day, and
    /// only while nobody administers the province.
    SetupToken,
}

fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| {
        let known: Vec<_> = Role::ALL.into_iter().map(Role::as_str).collect();
        format!("known roles: {}", known.join(", "))
    })
}

/// Does what the command says.
pub(super) async fn run(config: &Config, command: OfficerCommand) -> anyhow::Result<()> {
    let app = application(config).await?;
    let OfficerCommand::Add {
        login,
        name,
        agency,
        roles,
    } = command
    else {
        let token = new_setup_token(&app)
            .await
            .map_err(|failure| told(&failure))?;
        println!(
            "{}",
            token.context("somebody administers the province already")?
        );
        return Ok(());
    };
    let password_hash = Personal::new(passwords::hash(&password()?)?);
    let new = NewOfficer {
        login,
        full_name: Personal::new(name),
        password_hash,
        agency,
    };
    let roles = Roles::of(&roles);
    let call = app.call(Actor::System);
    let hired = app
        .store
        .write(move |tx: &mut Tx| hire(tx, &call, &new, roles));
    println!("{}", hired.await.map_err(|failure| told(&failure))?.id);
    Ok(())
}

async fn application(config: &Config) -> anyhow::Result<App> {
    std::fs::create_dir_all(&config.data_dir)?;
    Store::migrate(&config.database_url())?;
    let store = Store::open(&config.store_settings()?)?;
    let posted = catalogue::in_force(&store).await?;
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(RandomIds));
    App::new(config.clone(), store, clock, ids, posted)
}

fn password() -> anyhow::Result<SecretString> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .context("the password is read from standard input")?;
    let password = text.trim_end_matches(['\r', '\n']);
    let password = SecretString::from(password);
    ensure!(
        passwords::fault(&password).is_none(),
        "a password has {} characters or more, and at most {} bytes",
        passwords::SHORTEST,
        passwords::LONGEST
    );
    Ok(password)
}

/// The refusal as a person at the terminal reads it: each fault with its place.
pub(super) fn told(failure: &Failure) -> anyhow::Error {
    let Failure::Rule(rejection) = failure else {
        return anyhow::anyhow!("{}", failure.code());
    };
    let faults = rejection.faults.iter();
    let faults: Vec<_> = faults
        .map(|fault| format!("{}: {}", fault.pointer, fault.code.en()))
        .collect();
    anyhow::anyhow!("{} {}", rejection.code.en(), faults.join(" "))
}
