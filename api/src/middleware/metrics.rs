//! Counts and times requests, and serves the figures on a listener of their own.

use std::{
    net::{SocketAddr, TcpListener},
    sync::{OnceLock, mpsc},
    thread,
    time::Duration,
};

use actix_web::{
    App, HttpResponse, HttpServer, Responder, dev::ServerHandle, get, rt::System, web,
};
use anyhow::Context as _;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// Upper bounds of the buckets, in seconds; the aim is a 99th percentile of 50 ms.
const BUCKETS: [f64; 11] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0,
];

/// The figures of the whole process: the recorder can be installed only once.
static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();

/// Records one answered request, under its route's pattern and never its path.
pub fn record(method: &str, pattern: &str, status: u16, took: Duration) {
    let method = static_method(method);
    metrics::counter!("http_requests_total", "method" => method, "route" => pattern.to_owned(), "status" => status.to_string())
        .increment(1);
    metrics::histogram!("http_request_seconds", "method" => method, "route" => pattern.to_owned())
        .record(took.as_secs_f64());
}

/// A method as a label: what a stranger makes up must not become a series.
fn static_method(method: &str) -> &'static str {
    ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
        .into_iter()
        .find(|known| *known == method)
        .unwrap_or("other")
}

/// Installs the recorder, once per process.
pub fn install() -> anyhow::Result<PrometheusHandle> {
    if let Some(handle) = RECORDER.get() {
        return Ok(handle.clone());
    }
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("seconds".to_owned()), &BUCKETS)?
        .install_recorder()
        .context("another metrics recorder is installed")?;
    Ok(RECORDER.get_or_init(|| handle).clone())
}

/// The listener of the figures, on a thread of its own.
#[derive(Debug)]
pub struct Exporter {
    /// Where it listens.
    pub address: SocketAddr,
    handle: ServerHandle,
}

impl Exporter {
    /// Stops listening.
    pub fn stop(&self) {
        // Sending the command is all there is to wait for: the process ends next.
        drop(self.handle.stop(false));
    }
}

/// Installs the recorder and serves `/metrics` at the address until stopped.
pub fn start(address: SocketAddr) -> anyhow::Result<Exporter> {
    let figures = install()?;
    let listener =
        TcpListener::bind(address).with_context(|| format!("cannot listen on {address}"))?;
    let address = listener.local_addr()?;
    let (send, receive) = mpsc::channel();
    thread::Builder::new()
        .name("metrics".to_owned())
        .spawn(move || System::new().block_on(export(listener, figures, &send)))?;
    Ok(Exporter {
        address,
        handle: receive.recv()?,
    })
}

async fn export(
    listener: TcpListener,
    figures: PrometheusHandle,
    started: &mpsc::Sender<ServerHandle>,
) -> anyhow::Result<()> {
    let upkeep = figures.clone();
    actix_web::rt::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(5)).await;
            upkeep.run_upkeep();
        }
    });
    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(figures.clone()))
            .service(show_metrics)
    })
    .workers(1)
    .disable_signals()
    .listen(listener)?
    .run();
    started.send(server.handle())?;
    Ok(server.await?)
}

#[get("/metrics")]
async fn show_metrics(figures: web::Data<PrometheusHandle>) -> impl Responder {
    HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4")
        .body(figures.render())
}
