//! A chunk on its way to the disk: in pieces, so that what arrived before a cut stays.

use std::{io, time::Duration};

use actix_web::dev::Payload;
use bytes::BytesMut;
use futures_util::StreamExt as _;
use tokio::time::timeout;

use super::{
    headers::{Checksum, Chunk},
    staging::Held,
};
use crate::{
    api_code::ApiCode,
    failure::{Failure, Refusal},
};

/// How long nothing may come: a phone that has lost its network does not hang up, and must not be kept from
/// its own upload by that.
const SILENCE: Duration = Duration::from_secs(20);

/// How much is gathered before it is written.
const PIECE: usize = 64 * 1024;

/// A disk that does not take bytes is as good as full.
pub(super) fn disk(error: io::Error) -> Failure {
    let code = if error.kind() == io::ErrorKind::StorageFull
        || error.kind() == io::ErrorKind::QuotaExceeded
    {
        ApiCode::StorageFull
    } else {
        ApiCode::Unavailable
    };
    Refusal::new(code).because(error).retry_after(30).into()
}

/// Runs a piece of work on the disk away from the threads that answer.
pub(super) async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(Failure::internal)?.map_err(disk)
}

/// Takes a chunk in, up to `size` bytes of the whole; what arrived is on the disk when this returns, also
/// when the connection broke off.
///
/// It runs as a task of its own: the framework drops a handler whose client has gone, and what had
/// arrived by then would go with it.
///
/// # Errors
/// `upload-offset-mismatch`, `payload-too-large`, `checksum-mismatch`; `malformed-request` when the
/// connection broke off; `storage-full`, `unavailable`.
pub async fn receive(held: Held, chunk: Chunk, size: u64) -> Result<Held, Failure> {
    let task = actix_web::rt::spawn(take_in(held, chunk, size));
    task.await.map_err(Failure::internal)?
}

async fn take_in(held: Held, chunk: Chunk, size: u64) -> Result<Held, Failure> {
    let Chunk {
        offset,
        length,
        checksum,
        payload,
    } = chunk;
    if offset != held.offset() {
        return Err(ApiCode::UploadOffsetMismatch.into());
    }
    let room = size.saturating_sub(offset);
    if length.is_some_and(|length| length > room) {
        return Err(ApiCode::PayloadTooLarge.into());
    }
    match checksum {
        None => stream(held, payload, room).await,
        Some(checksum) => whole(held, payload, (room, &checksum)).await,
    }
}

/// The next piece of a body, within what may still come.
async fn next(payload: &mut Payload, room: &mut u64) -> Result<Option<bytes::Bytes>, Failure> {
    let piece = timeout(SILENCE, payload.next()).await.map_err(|_| {
        Refusal::new(ApiCode::MalformedRequest).because("no byte came for too long")
    })?;
    let Some(piece) = piece else {
        return Ok(None);
    };
    let piece = piece.map_err(|error| Refusal::new(ApiCode::MalformedRequest).because(error))?;
    let length = u64::try_from(piece.len()).map_err(Failure::internal)?;
    *room = room.checked_sub(length).ok_or(ApiCode::PayloadTooLarge)?;
    Ok(Some(piece))
}

/// Piece by piece: what came before a fault stays.
async fn stream(mut held: Held, mut payload: Payload, mut room: u64) -> Result<Held, Failure> {
    let mut waiting = BytesMut::new();
    let outcome = loop {
        match next(&mut payload, &mut room).await {
            Ok(Some(piece)) => waiting.extend_from_slice(&piece),
            Ok(None) => break Ok(()),
            Err(failure) => break Err(failure),
        }
        if waiting.len() >= PIECE {
            held = written(held, waiting.split()).await?;
        }
    };
    held = written(held, waiting).await?;
    let held = flushed(held).await?;
    outcome.map(|()| held)
}

/// A chunk with a checksum is kept whole or not at all.
async fn whole(
    held: Held,
    mut payload: Payload,
    (mut room, checksum): (u64, &Checksum),
) -> Result<Held, Failure> {
    let mut bytes = BytesMut::new();
    while let Some(piece) = next(&mut payload, &mut room).await? {
        bytes.extend_from_slice(&piece);
    }
    if !checksum.is_of(&bytes) {
        return Err(ApiCode::ChecksumMismatch.into());
    }
    let held = written(held, bytes).await?;
    flushed(held).await
}

async fn written(mut held: Held, bytes: BytesMut) -> Result<Held, Failure> {
    if bytes.is_empty() {
        return Ok(held);
    }
    on_disk(move || held.append(&bytes).map(|()| held)).await
}

async fn flushed(held: Held) -> Result<Held, Failure> {
    on_disk(move || held.flush().map(|()| held)).await
}
