//! An S3 store inside the test process: a bucket in a folder, behind signed requests.

use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread::JoinHandle;

use api::config::{Config, Storage};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::sync::oneshot;

/// The bucket's name.
const NAME: &str = "papers";

/// The keys that open it.
const KEYS: (&str, &str) = ("motcua", "only-for-tests");

/// A bucket that can be switched off and on; its objects stay.
#[derive(Debug)]
pub struct Bucket {
    root: TempDir,
    address: SocketAddr,
    serving: Mutex<Option<Serving>>,
}

#[derive(Debug)]
struct Serving {
    stop: oneshot::Sender<Infallible>,
    thread: JoinHandle<()>,
}

impl Bucket {
    /// An empty bucket, switched on.
    pub fn open() -> Self {
        let root = tempfile::tempdir().expect("a temporary directory");
        std::fs::create_dir(root.path().join(NAME)).expect("the bucket can be made");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let bucket = Self {
            address: listener.local_addr().expect("it has an address"),
            root,
            serving: Mutex::default(),
        };
        bucket.serve(listener);
        bucket
    }

    /// The folder whose files are the bucket's objects, by key.
    pub fn folder(&self) -> PathBuf {
        self.root.path().join(NAME)
    }

    /// Keeps papers here, as the `[storage]` section of a configuration says it.
    pub fn configure(&self, config: &mut Config) {
        self.configure_with(config, KEYS.1);
    }

    /// The same with another secret key.
    pub fn configure_with(&self, config: &mut Config, secret: &str) {
        config.storage = Storage::S3 {
            bucket: NAME.to_owned(),
            region: "vn-south-1".to_owned(),
            endpoint: Some(format!("http://{}", self.address)),
            access_key_id: KEYS.0.to_owned(),
            secret_access_key: SecretString::from(secret.to_owned()),
            allow_http: true,
        };
    }

    /// Switches it off: connections are refused and open ones are cut.
    pub fn switch_off(&self) {
        let serving = self
            .serving
            .lock()
            .expect("no test panicked in here")
            .take();
        if let Some(Serving { stop, thread }) = serving {
            drop(stop);
            thread.join().expect("the store does not panic");
        }
    }

    /// Switches it on again, at the same address.
    pub fn switch_on(&self) {
        let listener = TcpListener::bind(self.address).expect("the port is still free");
        self.serve(listener);
    }

    fn serve(&self, listener: TcpListener) {
        listener.set_nonblocking(true).expect("a socket can be");
        let service = service(self.root.path());
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = runtime.enable_all().build().expect("a runtime starts");
            runtime.block_on(async {
                tokio::select! {
                    () = accept(listener, service) => {}
                    _ = stopped => {}
                }
            });
        });
        let serving = Serving { stop, thread };
        *self.serving.lock().expect("no test panicked in here") = Some(serving);
    }
}

impl Drop for Bucket {
    fn drop(&mut self) {
        self.switch_off();
    }
}

fn service(root: &Path) -> S3Service {
    let files = FileSystem::new(root).expect("the folder is there");
    let mut service = S3ServiceBuilder::new(files);
    service.set_auth(SimpleAuth::from_single(KEYS.0, KEYS.1));
    service.build()
}

async fn accept(listener: TcpListener, service: S3Service) {
    let listener = tokio::net::TcpListener::from_std(listener).expect("a socket of this runtime");
    loop {
        let Ok((connection, _)) = listener.accept().await else {
            continue;
        };
        let service = service.clone();
        tokio::spawn(async move {
            let http = Builder::new(TokioExecutor::new());
            // A connection that breaks is the client's to notice.
            let _ = http
                .serve_connection(TokioIo::new(connection), service)
                .await;
        });
    }
}
