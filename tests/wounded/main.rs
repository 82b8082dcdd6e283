//! The service with one wound: what the fault tests must notice. Never shipped.
#![expect(clippy::expect_used, reason = "a broken test bed must stop the test")]

use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::Arc;

use api::app::{self, App};
use api::clock::SystemClock;
use api::config::Config;
use api::id_source::RandomIds;
use api::papers::decoding;
use api::procedures::importing;
use api::worker;
use domain::papers::FileKind;
use persistence::{Seams, Store};

fn main() -> ExitCode {
    // The server under test lets this program look into files, as the shipped one lets itself.
    let words: Vec<String> = std::env::args().collect();
    if let [_, decode, kind] = &words[..]
        && decode == "decode"
    {
        let kind = FileKind::parse(kind).expect("a kind of file");
        return decoding::run(kind);
    }
    serve_wounded();
    ExitCode::SUCCESS
}

fn serve_wounded() {
    let wound = std::env::var("WOUND").expect("WOUND names the wound");
    let seams = match wound.as_str() {
        "none" | "none_with_worker" => Seams::default(),
        "answer_before_commit" => Seams {
            answer_before_commit: true,
            ..Seams::default()
        },
        "keys_apart" => Seams {
            keys_apart: true,
            ..Seams::default()
        },
        "synchronous_normal" => Seams {
            synchronous_normal: true,
            ..Seams::default()
        },
        "unsequenced_counter" => Seams {
            unsequenced_counter: true,
            ..Seams::default()
        },
        other => panic!("no such wound: {other}"),
    };
    let config = Config::load(None, std::env::vars().collect()).expect("a configuration");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    // What one write leaves behind is looked at without it.
    let with_worker = matches!(wound.as_str(), "none_with_worker" | "unsequenced_counter");
    runtime.block_on(serve(config, seams, with_worker));
}

/// Serves a database that is set up already until told to stop.
async fn serve(config: Config, seams: Seams, with_worker: bool) {
    let listener = TcpListener::bind(config.listen).expect("the port is free");
    let settings = config.store_settings().expect("the field keys can be used");
    let store = Store::open_with(&settings, seams).expect("the database can be opened");
    let posted = store
        .read(importing::load)
        .await
        .expect("the store answers");
    let posted = posted.expect("a catalogue is in force");
    let app = App::new(
        config,
        store,
        Arc::new(SystemClock),
        Arc::new(RandomIds),
        posted,
    );
    let running = app::serve(app.expect("an application"), listener).expect("the server starts");
    let worker = with_worker.then(|| worker::start(running.shared()));
    let mut asked = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .expect("signals can be heard");
    asked.recv().await;
    running.stop().await.expect("the server stops");
    if let Some(worker) = worker {
        worker.stop().await;
    }
}
