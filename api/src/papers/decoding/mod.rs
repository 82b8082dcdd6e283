//! Looking into files, in a process of its own: what decodes hostile bytes may crash, hang or swell, and then
//! dies alone.
//!
//! The process is this program again (`motcua decode KIND`), with the file on its standard input and what it
//! found on its standard output. It limits itself before it reads the first byte.

mod confined;
mod pdf;
mod picture;

use std::{
    io::{self, Read as _, Write as _},
    os::unix::process::ExitStatusExt as _,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use bytes::Bytes;
use domain::papers::FileKind;
use tokio::sync::Semaphore;

pub use confined::run;

use crate::{
    api_code::ApiCode,
    config::Config,
    failure::{Failure, Refusal},
};

/// This program, whatever has become of its file since it was started.
const THIS_PROGRAM: &str = "/proc/self/exe";

/// How many files are looked into at once.
const AT_ONCE: usize = 2;

/// How long one file may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often is looked whether the process is done.
const GLANCE: Duration = Duration::from_millis(2);

/// The largest picture that is taken from the process, in bytes.
const LARGEST: u64 = 32 * 1024 * 1024;

/// What the first byte of an answer says.
const TAKEN: u8 = b'+';
const REFUSED: u8 = b'-';

/// How a process ends that could not bound itself.
const UNCONFINED: u8 = 3;

/// The signal of the system when memory runs out; the limits of the process itself end it by others.
const KILLED: i32 = 9;

/// Starts the processes, a few at a time.
#[derive(Debug)]
pub struct Decoder {
    program: PathBuf,
    turns: Arc<Semaphore>,
}

/// The picture to show in place of a file, as JPEG; nothing where there is none to show.
pub type Picture = Option<Bytes>;

impl Decoder {
    /// With the program the configuration names.
    pub fn new(config: &Config) -> Self {
        let program = config.files.decoder.clone();
        Self {
            program: program.unwrap_or_else(|| PathBuf::from(THIS_PROGRAM)),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// Looks into a file.
    ///
    /// # Errors
    /// `file-active-content`, `picture-too-large`; `file-unreadable` also when the process dies of it or
    /// takes too long; `unavailable` when no process can be started.
    pub async fn look_into(&self, pieces: &[Bytes], kind: FileKind) -> Result<Picture, Failure> {
        let turns = Arc::clone(&self.turns);
        let turn = turns.acquire_owned().await.map_err(Failure::internal)?;
        let (program, pieces) = (self.program.clone(), pieces.to_vec());
        // The turn is over with the process, also when whoever asked has hung up before.
        let looked = tokio::task::spawn_blocking(move || {
            let answer = ask(&program, pieces, kind);
            drop(turn);
            answer
        })
        .await;
        let answer = looked.map_err(Failure::internal)?.map_err(|error| {
            Failure::from(
                Refusal::new(ApiCode::Unavailable)
                    .because(error)
                    .retry_after(5),
            )
        })?;
        understood(answer.as_deref())
    }
}

/// What the process says; nothing if it died or was too slow.
fn ask(program: &PathBuf, pieces: Vec<Bytes>, kind: FileKind) -> io::Result<Option<Vec<u8>>> {
    let mut child = Command::new(program)
        .args(["decode", kind.as_str()])
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let feeding = thread::spawn(move || {
        // One that has seen enough, or died, does not read to the end.
        input.map_or(Ok(()), |mut input| {
            pieces.iter().try_for_each(|piece| input.write_all(piece))
        })
    });
    let reading = thread::spawn(move || {
        let mut answer = Vec::new();
        let read = output.map_or(Ok(0), |output| {
            output.take(LARGEST).read_to_end(&mut answer)
        });
        read.map(|_| answer)
    });
    let ended_well = wait(&mut child)?;
    if matches!(feeding.join(), Ok(Err(_)) | Err(_)) {
        tracing::debug!("a file was not read to its end");
    }
    let answer = reading
        .join()
        .map_err(|_| io::Error::other("reading an answer"))??;
    Ok(ended_well.then_some(answer))
}

/// Waits for the end, or makes one; whether it was a good one.
fn wait(child: &mut Child) -> io::Result<bool> {
    let began = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            // Neither is the file's fault: somebody killed it, or it could not bound itself.
            if status.signal() == Some(KILLED) || status.code() == Some(UNCONFINED.into()) {
                return Err(io::Error::other("the process could not do its work"));
            }
            return Ok(status.success());
        }
        if began.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Ok(false);
        }
        thread::sleep(GLANCE);
    }
}

fn understood(answer: Option<&[u8]>) -> Result<Picture, Failure> {
    match answer.and_then(<[u8]>::split_first) {
        Some((&TAKEN, [])) => Ok(None),
        Some((&TAKEN, picture)) => Ok(Some(Bytes::copy_from_slice(picture))),
        Some((&REFUSED, code)) => Err(refusal(code).into()),
        Some(_) | None => Err(ApiCode::FileUnreadable.into()),
    }
}

/// The refusals that the process may name.
fn refusal(code: &[u8]) -> ApiCode {
    [ApiCode::FileActiveContent, ApiCode::PictureTooLarge]
        .into_iter()
        .find(|known| known.as_str().as_bytes() == code)
        .unwrap_or(ApiCode::FileUnreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(answer: Option<&[u8]>) -> Result<Option<Vec<u8>>, &'static str> {
        understood(answer)
            .map(|picture| picture.map(|picture| picture.to_vec()))
            .map_err(|failure| failure.code())
    }

    #[test]
    fn only_a_clear_yes_is_taken_for_one() {
        assert_eq!(told(Some(b"+")), Ok(None));
        assert_eq!(told(Some(b"+abc")), Ok(Some(b"abc".to_vec())));
        assert_eq!(told(Some(b"-picture-too-large")), Err("picture-too-large"));
        assert_eq!(
            told(Some(b"-file-active-content")),
            Err("file-active-content")
        );
        for unclear in [
            None,
            Some(&b""[..]),
            Some(b"-"),
            Some(b"x"),
            Some(b"-not-found"),
        ] {
            assert_eq!(told(unclear), Err("file-unreadable"), "{unclear:?}");
        }
    }
}
