//! Whether there is room on the disk for another file.

use std::path::Path;

use crate::{
    api_code::ApiCode,
    app::App,
    failure::{Failure, Refusal},
};

/// After how many seconds to try again when there was no room.
const AGAIN: u32 = 300;

/// How many bytes are left on the disk of a folder.
fn left(folder: &Path) -> std::io::Result<u64> {
    let disk = rustix::fs::statvfs(folder)?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Nothing if so many bytes fit on the disk and leave what must stay free.
///
/// # Errors
/// `storage-full`.
pub fn check(app: &App, bytes: u64) -> Result<(), Failure> {
    let floor = app.config.files.floor_bytes;
    let left = left(app.staging.folder()).map_err(Failure::internal)?;
    if left.saturating_sub(bytes) < floor {
        let refusal = Refusal::new(ApiCode::StorageFull);
        return Err(refusal
            .because(format!("{left} bytes are left"))
            .retry_after(AGAIN)
            .into());
    }
    Ok(())
}
