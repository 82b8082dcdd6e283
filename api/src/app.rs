//! What every request can reach, and the HTTP server around it.

mod running;

use std::{
    net::TcpListener,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use actix_web::{
    App as ActixApp, Error, HttpServer,
    body::BoxBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::{Compress, from_fn},
    web,
};
use anyhow::Context as _;
use domain::dossiers::CodeFormat;
use persistence::{Store, Tx, events};

pub use self::running::Running;

use crate::{
    api_code::ApiCode,
    auth::{
        ended::EndedSessions, keyring::Keyring, one_time_codes::OneTimeCodes, passwords::Passwords,
        refresh_tokens::RefreshTokens, second_factor::SecondFactorKeys, tokens::AccessTokens,
    },
    clock::Clock,
    config::Config,
    document::{self, Published},
    failure::{Failure, Refusal},
    feed::{phones::Phones, watching},
    id_source::IdSource,
    identities::{provider::Provider, requests::RequestSecrets},
    in_flight::InFlight,
    middleware::{compression, connections::Connections, edge, rates::RateLimits},
    notices::{Channels, devices::PushTokens},
    page::PageTokens,
    papers::{decoding::Decoder, storage::ObjectStorage},
    procedures::posted::Posted,
    retired::Retired,
    sessions::throttle::Throttle,
    site::ServiceConfig,
    sitemap::{RETIRED, sitemap},
    tracking, unrouted,
    uploads::staging::Staging,
};

/// What every request can reach: shared by all worker threads.
pub struct App {
    /// The configuration, as loaded.
    pub config: Config,
    /// The database.
    pub store: Store,
    /// Where time comes from.
    pub clock: Arc<dyn Clock>,
    /// Where new identifiers come from.
    pub ids: Arc<dyn IdSource>,
    /// The bytes of papers and results.
    pub objects: ObjectStorage,
    /// The bytes of uploads that are not finished.
    pub staging: Staging,
    /// Looks into files in processes of their own.
    pub decoder: Decoder,
    /// Issues and checks access tokens.
    pub tokens: AccessTokens,
    /// Makes and recognises refresh tokens.
    pub refresh_tokens: Arc<RefreshTokens>,
    /// Sessions whose access tokens must not pass although they hold.
    pub ended_sessions: EndedSessions,
    /// Signs and opens page tokens.
    pub page_tokens: PageTokens,
    /// Makes and recognises one-time codes.
    pub one_time_codes: Arc<OneTimeCodes>,
    /// The identity provider, where one is configured.
    pub provider: Option<Provider>,
    /// The ways notices are sent that are connected.
    pub channels: Channels,
    /// Recognises the tokens of devices.
    pub push_tokens: Arc<PushTokens>,
    /// Derives what sign-ins at the provider are recognised by.
    pub request_secrets: Arc<RequestSecrets>,
    /// Makes and recognises what belongs to second factors.
    pub second_factors: Arc<SecondFactorKeys>,
    /// Limits how often one may try to sign in.
    pub throttle: Throttle,
    /// Checks passwords.
    pub passwords: Passwords,
    /// Keeps one client from taking everybody's turn.
    pub rate_limits: RateLimits,
    /// Requests under an idempotency key that are being carried out.
    pub in_flight: InFlight,
    /// Phones that wait for something to happen.
    pub feed: Phones,
    /// Operations that will end.
    pub retired: &'static [Retired],
    /// How official codes are shaped.
    pub(crate) code_format: CodeFormat,
    /// The catalogue in force; replaced whole when an import is noticed.
    posted: RwLock<Arc<Posted>>,
    /// Set when the process is about to stop.
    stopping: AtomicBool,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").finish_non_exhaustive()
    }
}

impl App {
    /// Puts the parts together; reads the keys from the data directory, or makes them.
    ///
    /// # Errors
    /// When the keys cannot be read or made, the storage cannot be opened, or the identity provider is
    /// not configured in a way that can be used.
    pub fn new(
        config: Config,
        store: Store,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
        posted: impl Into<Arc<Posted>>,
    ) -> anyhow::Result<Self> {
        let keyring = Keyring::open(&config.data_dir)?;
        let lifetime = config.sessions.access_token_seconds;
        let provider = config.identity_provider.as_ref().map(Provider::new);
        Ok(Self {
            objects: ObjectStorage::open(&config)?,
            staging: Staging::open(&config)?,
            decoder: Decoder::new(&config),
            tokens: AccessTokens::new(&keyring, &config.public_url, lifetime)?,
            refresh_tokens: Arc::new(RefreshTokens::new(&keyring)),
            ended_sessions: EndedSessions::default(),
            page_tokens: PageTokens::new(&keyring),
            one_time_codes: Arc::new(OneTimeCodes::new(&keyring)),
            provider: provider.transpose()?,
            channels: Channels::new(&config.notices)?,
            push_tokens: Arc::new(PushTokens::new(&keyring)),
            request_secrets: Arc::new(RequestSecrets::new(&keyring)),
            second_factors: Arc::new(SecondFactorKeys::new(&keyring)),
            throttle: Throttle::new(&keyring),
            passwords: Passwords::new(
                config.sessions.password_checks,
                config.sessions.password_queue,
            ),
            rate_limits: RateLimits::new(&config.rates),
            in_flight: InFlight::default(),
            feed: Phones::default(),
            retired: RETIRED,
            code_format: CodeFormat::named(&config.code_format)
                .with_context(|| format!("there is no code format {}", config.code_format))?,
            posted: RwLock::new(posted.into()),
            config,
            store,
            clock,
            ids,
            stopping: AtomicBool::new(false),
        })
    }

    /// The catalogue in force.
    pub fn posted(&self) -> Arc<Posted> {
        // The lock only ever guards the exchange of one pointer, so a panic cannot leave it half done.
        Arc::clone(&self.posted.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another catalogue in force; requests under way keep theirs.
    pub fn post(&self, posted: Posted) {
        *self.posted.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(posted);
    }

    /// Nothing if requests can be served, else why not.
    pub async fn is_ready(&self) -> Result<(), Failure> {
        if self.stopping.load(Ordering::Relaxed) {
            let refusal = Refusal::new(ApiCode::Unavailable).because("about to stop");
            return Err(refusal.retry_after(5).into());
        }
        // The cheapest question that reaches a table: nothing comes after the end of the log.
        let look = |tx: &mut Tx| events::after(tx, i64::MAX, 1).map(drop);
        self.store.read(look).await.map_err(Failure::from)
    }
}

/// The application of one worker thread: every address, with everything around it.
pub fn application(
    app: web::Data<App>,
    published: web::Data<Published>,
) -> ActixApp<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = Error,
        InitError = (),
    >,
> {
    ActixApp::new()
        .configure(|routes| sitemap(&mut ServiceConfig::new(routes)))
        .app_data(app)
        .app_data(published)
        .service(document::front::front)
        .service(tracking::page::page)
        .service(tracking::page::script)
        .service(tracking::page::style)
        .service(document::page::without_slash)
        .service(document::page::page)
        .service(document::page::parts())
        .default_service(web::to(unrouted::answer))
        .wrap(from_fn(compression::leave_small_bodies))
        .wrap(Compress::default())
        .wrap(from_fn(edge::edge))
}

/// Serves on the listener, on threads of its own, until stopped.
pub fn serve(app: App, listener: TcpListener) -> anyhow::Result<Running> {
    let address = listener.local_addr()?;
    let app = web::Data::new(app);
    let published = web::Data::new(Published::default());
    let workers = app.config.workers.unwrap_or_else(cores);
    let drain = app.config.shutdown.drain_seconds;
    let (shared, watched) = (app.clone(), app.clone());
    let connections = Connections::default();
    connections.watch()?;
    let (send, receive) = std::sync::mpsc::channel();
    let thread = thread::Builder::new()
        .name("http".to_owned())
        .spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server =
                    HttpServer::new(move || application(shared.clone(), published.clone()))
                        .workers(workers)
                        .on_connect(move |stream, data| connections.admit(stream, data))
                        // A compressed answer leaves in two pieces; without this the second waits
                        // for the phone's delayed acknowledgement of the first, some 40 ms.
                        .tcp_nodelay(true)
                        .shutdown_timeout(drain)
                        .disable_signals()
                        .listen(listener)?
                        .run();
                // The receiver waits below; if it is gone the server is not wanted any more.
                if send.send(server.handle()).is_err() {
                    return Ok(());
                }
                let watch = tokio::spawn(watching::watch(watched));
                let ended = server.await;
                watch.abort();
                ended
            })
        })?;
    let handle = receive.recv()?;
    Ok(Running {
        address,
        app,
        handle,
        thread,
    })
}

fn cores() -> usize {
    thread::available_parallelism().map_or(2, usize::from)
}
