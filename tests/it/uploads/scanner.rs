//! A scanner that speaks clamd's INSTREAM and says what the test wants.

use std::sync::Arc;
use std::sync::Mutex;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    /// Nothing was found.
    Fine,
    /// Something was found.
    Found,
    /// What cannot be read.
    Garbage,
    /// Nothing, and it keeps the line open.
    Hangs,
    /// It hangs up.
    HangsUp,
}

/// A running scanner.
#[derive(Debug)]
pub(super) struct Scanner {
    pub(super) address: String,
    mood: Arc<Mutex<Mood>>,
    seen: Arc<Mutex<Vec<Vec<u8>>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Scanner {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("tcp://{}", listener.local_addr().unwrap());
        let (mood, seen) = (Arc::new(Mutex::new(Mood::Fine)), Arc::default());
        let (its_mood, its_seen) = (Arc::clone(&mood), Arc::clone(&seen));
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let mood = *its_mood.lock().unwrap();
                tokio::spawn(answer(stream, mood, Arc::clone(&its_seen)));
            }
        });
        Self {
            address,
            mood,
            seen,
            task,
        }
    }

    pub(super) fn is(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// The files it was shown whole.
    pub(super) fn seen(&self) -> Vec<Vec<u8>> {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for Scanner {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(mut stream: TcpStream, mood: Mood, seen: Arc<Mutex<Vec<Vec<u8>>>>) {
    if mood == Mood::HangsUp {
        return;
    }
    let mut command = [0; 10];
    stream.read_exact(&mut command).await.unwrap();
    assert_eq!(&command, b"zINSTREAM\0");
    let mut file = Vec::new();
    loop {
        let size = stream.read_u32().await.unwrap();
        if size == 0 {
            break;
        }
        let mut piece = vec![0; usize::try_from(size).unwrap()];
        stream.read_exact(&mut piece).await.unwrap();
        file.extend(piece);
    }
    seen.lock().unwrap().push(file);
    let said: &[u8] = match mood {
        Mood::Fine => b"stream: OK\0",
        Mood::Found => b"stream: Eicar-Test-Signature FOUND\0",
        Mood::Garbage => b"\xff\xfe OK or FOUND, who knows\0",
        Mood::Hangs | Mood::HangsUp => {
            tokio::time::sleep(std::time::Duration::from_mins(1)).await;
            return;
        }
    };
    stream.write_all(said).await.unwrap();
}
