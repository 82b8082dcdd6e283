//! The end of an upload: all bytes are there, and become a file or are refused.

use bytes::Bytes;
use chrono::TimeDelta;
use domain::{
    rejection::Code,
    uploads::{Upload, UploadState},
};
use persistence::{StoreError, Tx, inspections, uploads};

use super::{receiving::on_disk, staging::Held};
use crate::{app::App, failure::Failure, papers::upload::Arrived};

/// The status of a refusal that is about the file itself: it would be refused again.
const ABOUT_THE_FILE: u16 = 422;

/// How many bytes an upload will have.
pub(super) fn size(upload: &Upload) -> Result<u64, Failure> {
    u64::try_from(upload.size).map_err(Failure::internal)
}

/// Makes a file of an upload whose bytes are all there; the upload as it is then. One that still lacks
/// some stays as it is.
///
/// # Errors
/// `digest-mismatch`, `file-type-refused`, `file-active-content`, `file-unreadable` and
/// `picture-too-large`, with which it is over; `unavailable` and the like, after which it is tried again
/// with the next request.
pub async fn complete(app: &App, upload: Upload, held: Held) -> Result<Upload, Failure> {
    if upload.state != UploadState::Open || held.offset() < size(&upload)? {
        return Ok(upload);
    }
    // Held until it is over: nobody else completes it, and nothing removes it meanwhile.
    let (_held, pieces) = on_disk(move || {
        let mut held = held;
        let pieces = held.read()?;
        Ok((held, pieces))
    })
    .await?;
    match into_file(app, &upload, pieces).await {
        Ok(finished) => {
            forget_bytes(app, &finished).await;
            Ok(finished)
        }
        Err(failure) if failure.status() == ABOUT_THE_FILE => {
            let (id, code) = (upload.id, failure.code());
            let refuse = move |tx: &mut Tx| uploads::refuse(tx, id, code);
            app.store.write(refuse).await.map_err(Failure::from)?;
            forget_bytes(app, &upload).await;
            Err(failure)
        }
        Err(failure) => Err(failure),
    }
}

async fn into_file(app: &App, upload: &Upload, pieces: Vec<Bytes>) -> Result<Upload, Failure> {
    let arrived = Arrived::of(pieces, upload.kind)?;
    if arrived.sha256() != upload.sha256 {
        return Err(Code::DigestMismatch.into());
    }
    let arrived = arrived.looked_into(app).await?;
    arrived.store(app).await?;
    let (now, has_scanner) = (app.clock.now(), app.config.files.scanner.is_some());
    let expires_at = now.plus(TimeDelta::days(i64::from(app.config.files.unused_days)));
    let file = arrived.file(app.ids.id(now), now);
    let inspection = arrived.inspection(has_scanner, now);
    let (id, became) = (upload.id, file.id);
    let finish = move |tx: &mut Tx| -> Result<(), StoreError> {
        inspections::note(tx, &inspection)?;
        uploads::finish(tx, id, &file, expires_at)
    };
    app.store.write(finish).await.map_err(Failure::from)?;
    Ok(Upload {
        state: UploadState::Finished,
        file: Some(became),
        expires_at,
        ..upload.clone()
    })
}

/// What is left of them when this fails is removed by the worker.
async fn forget_bytes(app: &App, upload: &Upload) {
    let (staging, id) = (app.staging.clone(), upload.id);
    if let Err(failure) = on_disk(move || staging.remove(id)).await {
        tracing::warn!(cause = failure.cause(), "bytes of an upload stay for now");
    }
}
