//! A server that runs, and how it stops.

use std::{io, net::SocketAddr, sync::atomic::Ordering, thread, time::Duration};

use actix_web::web;

use super::App;

/// A running server.
#[derive(Debug)]
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    pub(super) app: web::Data<App>,
    pub(super) handle: actix_web::dev::ServerHandle,
    pub(super) thread: thread::JoinHandle<io::Result<()>>,
}

impl Running {
    /// What the server's requests reach.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The same, to be kept by what runs beside the server.
    pub fn shared(&self) -> web::Data<App> {
        self.app.clone()
    }

    /// Stops: readiness fails first, then no new connections, then open requests finish.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.app.stopping.store(true, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_secs(
            self.app.config.shutdown.announce_seconds,
        ))
        .await;
        // Whoever waits is answered: else the stop would wait for them.
        self.app.feed.close();
        self.handle.stop(true).await;
        let thread = self.thread;
        let ended = tokio::task::spawn_blocking(move || thread.join()).await?;
        ended.map_err(|_| anyhow::anyhow!("the HTTP thread panicked"))??;
        Ok(())
    }
}
