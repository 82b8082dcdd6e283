//! `motcua people erase`: a citizen's wish to be erased, carried out.

use std::sync::Arc;

use clap::Subcommand;
use domain::{actor::Actor, ids::PersonId};
use persistence::{Store, Tx};

use super::{Config, catalogue, officer::told};
use crate::{
    app::App,
    clock::SystemClock,
    id_source::RandomIds,
    people::erasing::{Erased, erase_person},
};

/// What can be done with citizens' accounts.
#[derive(Debug, Subcommand)]
pub(super) enum PeopleCommand {
    /// Erases a citizen: account and drafts go, and with the citizen's key whatever copies of the
    /// database hold of them. Ended dossiers stay with their agencies, as the law on archives asks.
    Erase {
        /// The account's id.
        person: PersonId,
    },
}

/// Does what the command says.
pub(super) async fn run(config: &Config, command: PeopleCommand) -> anyhow::Result<()> {
    let PeopleCommand::Erase { person } = command;
    let store = Store::open(&config.store_settings()?)?;
    let posted = catalogue::in_force(&store).await?;
    let (clock, ids) = (Arc::new(SystemClock), Arc::new(RandomIds));
    let app = App::new(config.clone(), store, clock, ids, posted)?;
    let call = app.call(Actor::System);
    let erased = app
        .store
        .write(move |tx: &mut Tx| erase_person(tx, &call, person));
    let Erased { drafts, kept } = erased.await.map_err(|failure| told(&failure))?;
    println!("erased; {drafts} drafts thrown away, {kept} dossiers stay with their agencies");
    println!(
        "now copy the data keys again and let go of older copies: motcua field-keys copy FILE"
    );
    Ok(())
}
