//! The other side: the process that looks into one file, within limits it cannot lift again.

use std::{
    io::{self, Read as _, Write as _},
    process::ExitCode,
};

use domain::papers::FileKind;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::{REFUSED, TAKEN, UNCONFINED, pdf, picture};
use crate::api_code::ApiCode;

/// Address space, in bytes: a picture of the most pixels, twice, and the program itself.
const MEMORY: u64 = 1536 * 1024 * 1024;

/// Processor time, in seconds.
const SECONDS: u64 = 15;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// No file can be opened, none written, nothing started, no core left behind.
const LIMITS: [(Resource, u64); 6] = [
    (Resource::As, MEMORY),
    (Resource::Cpu, SECONDS),
    (Resource::Fsize, 0),
    (Resource::Nofile, 0),
    (Resource::Nproc, 0),
    (Resource::Core, 0),
];

/// What was found in a file: bytes to show in its place, or none; or why it is not taken.
pub(super) type Found = Result<Vec<u8>, ApiCode>;

fn confine() -> io::Result<()> {
    for (resource, most) in LIMITS {
        // What whoever started the service has bounded already can only be bounded further.
        let allowed = getrlimit(resource).maximum;
        let most = allowed.map_or(most, |allowed| allowed.min(most));
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, limit)?;
    }
    Ok(())
}

fn look_into(bytes: &[u8], kind: FileKind) -> Found {
    match kind {
        FileKind::Jpeg | FileKind::Png => picture::shown(bytes, kind),
        // No decoder with a licence that fits: its size is looked at, and nothing is shown in its place.
        FileKind::Heic => picture::measured(bytes).map(|()| Vec::new()),
        FileKind::Pdf => pdf::look_into(bytes).map(|()| Vec::new()),
        FileKind::Docx | FileKind::Xlsx => Ok(Vec::new()),
    }
}

fn answer(kind: FileKind) -> io::Result<()> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(LARGEST).read_to_end(&mut bytes)?;
    let (sign, rest) = match look_into(&bytes, kind) {
        Ok(picture) => (TAKEN, picture),
        Err(code) => (REFUSED, code.as_str().as_bytes().to_vec()),
    };
    let mut output = io::stdout().lock();
    output.write_all(&[sign])?;
    output.write_all(&rest)?;
    output.flush()
}

/// Looks into the file on the standard input and says on the standard output what it found.
pub fn run(kind: FileKind) -> ExitCode {
    // Whoever started this process does not listen to its complaints, and the file may be in them.
    std::panic::set_hook(Box::new(|_| {}));
    if confine().is_err() {
        return ExitCode::from(UNCONFINED);
    }
    match answer(kind) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
