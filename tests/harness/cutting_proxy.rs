//! A proxy between a phone and the server that loses answers: the server has carried the request out, and
//! the phone never hears of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What becomes of one request in five.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It is answered.
    Answered,
    /// The answer is on its way, so the effect is committed, and the connection ends.
    AnswerCut,
    /// The connection ends as soon as the request is with the server.
    HungUp,
}

const FATES: [Fate; 5] = [
    Fate::Answered,
    Fate::AnswerCut,
    Fate::Answered,
    Fate::HungUp,
    Fate::AnswerCut,
];

/// A proxy that runs as long as its runtime.
#[derive(Debug)]
pub struct CuttingProxy {
    base: String,
    cut: Arc<AtomicUsize>,
}

impl CuttingProxy {
    /// Listens in front of a server; `upstream` has no slash at the end.
    pub async fn before(upstream: &str) -> Self {
        let upstream: Arc<str> = upstream.trim_start_matches("http://").into();
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port is free");
        let address = listener.local_addr().expect("the listener has an address");
        let cut = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&cut);
        tokio::spawn(async move {
            for fate in FATES.iter().copied().cycle() {
                let Ok((phone, _)) = listener.accept().await else {
                    return;
                };
                counted.fetch_add(usize::from(fate != Fate::Answered), Ordering::Relaxed);
                tokio::spawn(pass(phone, Arc::clone(&upstream), fate));
            }
        });
        Self {
            base: format!("http://{address}"),
            cut,
        }
    }

    /// Where it listens, without a slash at the end.
    pub fn base(&self) -> String {
        self.base.clone()
    }

    /// How many requests were left without their answer.
    pub fn cut(&self) -> usize {
        self.cut.load(Ordering::Relaxed)
    }
}

/// One connection: one request, and its fate. Errors are those of a network.
async fn pass(mut phone: TcpStream, upstream: Arc<str>, fate: Fate) -> std::io::Result<()> {
    let request = whole_request(&mut phone).await?;
    let mut server = TcpStream::connect(&*upstream).await?;
    server.write_all(&request).await?;
    match fate {
        Fate::HungUp => {}
        Fate::AnswerCut => {
            server.read_u8().await?;
        }
        Fate::Answered => {
            tokio::io::copy_bidirectional(&mut phone, &mut server).await?;
        }
    }
    Ok(())
}

/// The head of a request and as much of a body as it announces.
async fn whole_request(phone: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut request = Vec::new();
    loop {
        if phone.read_buf(&mut request).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let text = String::from_utf8_lossy(&request);
        if let Some((head, _)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(": ")?;
                let is_length = name.eq_ignore_ascii_case("content-length");
                is_length.then(|| value.parse::<usize>().ok())?
            });
            if request.len() >= head.len() + 4 + length.unwrap_or(0) {
                return Ok(request);
            }
        }
    }
}
