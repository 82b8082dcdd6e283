//! The limit of HTTP: the same server stack, answering always the same. Run as a process of its
//! own, like the server it is compared with.

use std::io::{BufRead as _, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use actix_web::{App, HttpResponse, HttpServer, middleware::Compress, middleware::Condition, web};
use anyhow::Context as _;
use serde_json::{Value, json};

use crate::client::Answer;

/// The word that makes this program the constant server.
pub(crate) const WORD: &str = "constant";

/// A running constant server. It ends with this value.
pub(crate) struct Constant {
    child: Child,
    pub(crate) address: SocketAddr,
    // The answer, until the server has ended.
    _answer: tempfile::NamedTempFile,
}

impl Constant {
    /// Starts one that repeats this answer, compressing it anew each time if that is asked for.
    pub(crate) fn start(answer: &Answer<'_>, compress: bool) -> anyhow::Result<Self> {
        let own = ["content-length", "date", "transfer-encoding", "connection"];
        let headers: Vec<_> = answer
            .headers()
            .into_iter()
            .filter(|(name, _)| !own.contains(&name.to_lowercase().as_str()))
            .collect();
        let file = tempfile::NamedTempFile::new()?;
        let body = std::str::from_utf8(answer.body)?;
        std::fs::write(
            file.path(),
            json!({ "headers": headers, "body": body }).to_string(),
        )?;
        let mut child = Command::new(std::env::current_exe()?)
            .arg(WORD)
            .arg(file.path())
            .args(compress.then_some("compressed"))
            .stdout(Stdio::piped())
            .spawn()?;
        let said = child.stdout.take().context("no output")?;
        let mut line = String::new();
        BufReader::new(said).read_line(&mut line)?;
        Ok(Self {
            child,
            address: line.trim().parse()?,
            _answer: file,
        })
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Constant {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the process does: serves until it is killed.
pub(crate) fn serve(answer: &Path, compress: bool) -> anyhow::Result<()> {
    let answer: Value = serde_json::from_str(&std::fs::read_to_string(answer)?)?;
    let body = answer
        .get("body")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let body = actix_web::web::Bytes::from(body);
    let headers: Vec<(String, String)> =
        serde_json::from_value(answer.get("headers").cloned().unwrap_or_default())?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?);
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    actix_web::rt::System::new().block_on(async move {
        let application = move || {
            let (body, headers) = (body.clone(), headers.clone());
            let repeat = move |_: web::Bytes| {
                let mut response = HttpResponse::Ok();
                for (name, value) in &headers {
                    response.insert_header((name.as_str(), value.as_str()));
                }
                std::future::ready(response.body(body.clone()))
            };
            App::new()
                .wrap(Condition::new(compress, Compress::default()))
                .default_service(web::to(repeat))
        };
        HttpServer::new(application)
            .workers(workers)
            .tcp_nodelay(true)
            .listen(listener)?
            .run()
            .await
    })?;
    Ok(())
}
