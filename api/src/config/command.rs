//! The commands of the program.

use std::{net::TcpListener, path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::{Context as _, ensure};
use clap::{Parser, Subcommand};
use domain::papers::FileKind;
use persistence::{Store, backup, sealing};
use tracing_subscriber::EnvFilter;

use super::{
    Config, catalogue,
    keys::{self, KeysCommand},
    officer::{self, OfficerCommand},
    person::{self, PeopleCommand},
    redacted::Redacted,
    retention,
    sealing_keys::{self, FieldKeysCommand},
};
use crate::{
    app::{self, App},
    clock::SystemClock,
    demo,
    id_source::RandomIds,
    middleware::metrics,
    papers::decoding,
    procedures::watch,
    sessions::following,
    worker,
};

/// Một Cửa: the one-stop desk for administrative procedures.
#[derive(Debug, Parser)]
#[command(name = "motcua", version)]
struct Arguments {
    /// The configuration file (TOML).
    #[arg(long, env = super::load::FILE_VARIABLE, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Brings the database up to date and serves the API until told to stop.
    Serve,
    /// Brings the database up to date.
    Migrate,
    /// Puts another catalogue in force: procedures, fields, agencies, sessions and calendars.
    ///
    /// The files are taken whole or not at all; every fault is named with line and field. A running
    /// server notices within seconds.
    Import {
        /// The catalogue's JSON files, or folders that hold them.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Only look for faults in the files; the database is not touched.
        #[arg(long)]
        check: bool,
    },
    /// Copies the embedded database into a new file while it is in use.
    ///
    /// Data keys stay out of it (`motcua field-keys copy`); papers and keys are files of their own: copy
    /// them after it.
    Backup {
        /// The new file.
        to: PathBuf,
    },
    /// Puts a copy in the embedded database's place. The server must not run.
    ///
    /// Papers and keys are files of their own: copy them back into the data folder too.
    Restore {
        /// The copy.
        from: PathBuf,
        /// Replace the database that is there.
        #[arg(long)]
        overwrite: bool,
    },
    /// The keys that field encryption stands on.
    #[command(subcommand)]
    FieldKeys(FieldKeysCommand),
    /// Citizens' accounts.
    #[command(subcommand)]
    People(PeopleCommand),
    /// Counts what is past its time, and removes it as the worker does at night.
    Retention {
        /// Only count.
        #[arg(long)]
        dry_run: bool,
    },
    /// Officers' accounts.
    #[command(subcommand)]
    Officer(OfficerCommand),
    /// Looks into the file on the standard input, within limits. The server starts it for itself.
    #[command(hide = true)]
    Decode {
        /// What the file is declared to be.
        #[arg(value_parser = file_kind)]
        kind: FileKind,
    },
    /// The keys that sign access tokens; the server may run.
    #[command(subcommand)]
    Keys(KeysCommand),
}

/// Reads the arguments and does what they say.
pub fn run() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    if let Command::Decode { kind } = arguments.command {
        // Before a setting is read or a thread started: what looks into a file knows nothing else.
        return Ok(decoding::run(kind));
    }
    let config = Config::load(arguments.config.as_deref(), std::env::vars().collect())?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let done: anyhow::Result<()> = match arguments.command {
        Command::Decode { kind } => return Ok(decoding::run(kind)),
        Command::Serve => runtime.block_on(serve(config)),
        Command::Officer(command) => runtime.block_on(officer::run(&config, command)),
        Command::Keys(command) => keys::run(&config, &command),
        Command::FieldKeys(command) => runtime.block_on(sealing_keys::run(&config, command)),
        Command::People(command) => runtime.block_on(person::run(&config, command)),
        Command::Retention { dry_run } => runtime.block_on(retention::run(&config, dry_run)),
        Command::Migrate => migrate(&config),
        Command::Import { paths, check: true } => catalogue::check(&paths),
        Command::Import {
            paths,
            check: false,
        } => runtime.block_on(catalogue::import(&config, &paths)),
        Command::Backup { to } => {
            tell(&backup::backup(&config.database_url(), &to)?);
            Ok(())
        }
        Command::Restore { from, overwrite } => {
            tell(&backup::restore(&from, &config.database_url(), overwrite)?);
            Ok(())
        }
    };
    done.map(|()| ExitCode::SUCCESS)
}

fn file_kind(text: &str) -> Result<FileKind, String> {
    FileKind::parse(text).ok_or_else(|| format!("no kind of file: {text}"))
}

fn tell(summary: &backup::Summary) {
    let backup::Summary { last_seq, bytes } = summary;
    println!("{bytes} bytes, events up to {last_seq}");
}

fn migrate(config: &Config) -> anyhow::Result<()> {
    std::fs::create_dir_all(&config.data_dir)?;
    for version in Store::migrate(&config.database_url())? {
        println!("{version}");
    }
    Ok(())
}

async fn serve(config: Config) -> anyhow::Result<()> {
    start_log(&config.log)?;
    tracing::info!(configuration = %Redacted(&config), "starting");
    std::fs::create_dir_all(&config.data_dir)?;
    let url = config.database_url();
    let versions = Store::migrate(&url)?;
    tracing::info!(?versions, "the schema is up to date");
    let store = Store::open(&config.store_settings()?)?;
    ensure!(
        store.read(sealing::keys_are_there).await?,
        "the database came back without its data keys: motcua field-keys put FILE"
    );
    let listener = TcpListener::bind(config.listen)
        .with_context(|| format!("cannot listen on {}", config.listen))?;
    let figures = config.metrics_listen.map(metrics::start).transpose()?;
    let posted = catalogue::in_force(&store).await?;
    let app = App::new(
        config,
        store,
        Arc::new(SystemClock),
        Arc::new(RandomIds),
        posted,
    )?;
    // Before the first request: a session that was ended stays ended over a restart.
    let caught_up = following::catch_up(&app, None).await;
    caught_up.map_err(|failure| anyhow::anyhow!("{}", failure.cause()))?;
    // Also while the demonstration set is put in.
    let stop = asked_to_stop()?;
    let running = app::serve(app, listener)?;
    let watch = tokio::spawn(watch::watch(running.shared()));
    let follow = tokio::spawn(following::follow(running.shared()));
    tracing::info!(address = %running.address, "serving");
    let worker = worker::start(running.shared());
    demonstrate(running.app()).await;
    stop.await;
    tracing::info!("stopping");
    watch.abort();
    follow.abort();
    running.stop().await?;
    worker.stop().await;
    if let Some(figures) = figures {
        figures.stop();
    }
    Ok(())
}

/// Puts the demonstration set in where it is wanted, and tells the person at the terminal. The
/// service does without it.
async fn demonstrate(app: &App) {
    if !app.config.demo {
        return;
    }
    match demo::seed(app).await {
        Ok(seeded) => {
            tracing::info!(seeded, "the demonstration set is there");
            println!("{}", demo::welcome(&app.config));
        }
        Err(error) => tracing::error!(error = format!("{error:#}"), "no demonstration set"),
    }
}

/// JSON lines on standard output; a panic writes one line too, without its arguments' values.
fn start_log(filter: &str) -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(EnvFilter::try_new(filter)?)
        .with_current_span(false)
        .with_span_list(false)
        .init();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place = place.as_deref().unwrap_or("unknown"), "panic");
    }));
    Ok(())
}

/// Listens for being asked to stop from now on, and waits for it when the future is awaited.
fn asked_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
