//! What citizens do with uploads: begin, ask, go on, give up.

use chrono::TimeDelta;
use domain::{
    actor::Actor,
    ids::{PersonId, UploadId},
    uploads::{Quotas, Upload, UploadState},
};
use persistence::{StoreError, Tx, people, uploads};

use super::{
    completing::{complete, size},
    declared::Declared,
    headers::Chunk,
    receiving::{on_disk, receive},
    room,
    staging::Held,
    wire::Standing,
};
use crate::{api_code::ApiCode, app::App, call::Call, failure::Failure};

/// The row of a new upload; that of one of the same bytes, where the answer to an earlier request was lost or
/// the citizen has the file already: bytes are not sent twice.
fn begin(tx: &mut Tx, call: &Call, upload: &Upload, quotas: &Quotas) -> Result<Upload, Failure> {
    if !people::is_known(tx, upload.person)? {
        return Err(ApiCode::Unauthenticated.into());
    }
    if let Some(twin) = uploads::twin(tx, upload)? {
        return Ok(twin);
    }
    let day = call.now.plus(-TimeDelta::days(1));
    let used = uploads::usage(tx, upload.person, (call.now, day))?;
    let fits = quotas.fits(&used, upload.size);
    fits.map_err(|_| ApiCode::UploadQuotaReached)?;
    uploads::insert(tx, upload)?;
    Ok(upload.clone())
}

impl App {
    /// Begins an upload, with its first chunk where one is sent along.
    ///
    /// # Errors
    /// `payload-too-large`, `upload-quota-reached`, `storage-full`; those of [`App::go_on`].
    pub async fn begin_upload(
        &self,
        person: PersonId,
        declared: Declared,
        first: Option<Chunk>,
    ) -> Result<Standing, Failure> {
        let Declared { size, kind, sha256 } = declared;
        if usize::try_from(size).map_err(Failure::internal)? > self.config.limits.file {
            return Err(ApiCode::PayloadTooLarge.into());
        }
        room::check(self, size)?;
        let call = self.call(Actor::Citizen { person });
        let hours = TimeDelta::hours(i64::from(self.config.files.unfinished_hours));
        let upload = Upload {
            id: call.id(),
            person,
            kind,
            size: i64::try_from(size).map_err(Failure::internal)?,
            sha256,
            state: UploadState::Open,
            refusal: None,
            file: None,
            created_at: call.now,
            expires_at: call.now.plus(hours),
        };
        let quotas = self.config.files.quotas();
        let write = move |tx: &mut Tx| begin(tx, &call, &upload, &quotas);
        let upload = self.store.write(write).await?;
        match (first, upload.state) {
            (Some(chunk), UploadState::Open) => self.first_chunk(upload, chunk).await,
            (Some(_) | None, _) => self.standing_of(upload).await,
        }
    }

    /// The chunk that came with the creation. A cut keeps what arrived; an open twin tells how far it is.
    async fn first_chunk(&self, upload: Upload, chunk: Chunk) -> Result<Standing, Failure> {
        let held = self.hold(upload.id).await?;
        if held.offset() > 0 {
            return Ok(Standing::of(upload, held.offset()));
        }
        self.take(upload, held, chunk).await
    }

    async fn hold(&self, id: UploadId) -> Result<Held, Failure> {
        let staging = self.staging.clone();
        let held = on_disk(move || staging.hold(id)).await?;
        held.ok_or_else(|| ApiCode::UploadBusy.into())
    }

    async fn take(&self, upload: Upload, held: Held, chunk: Chunk) -> Result<Standing, Failure> {
        room::check(self, chunk.length.unwrap_or_default())?;
        let held = receive(held, chunk, size(&upload)?).await?;
        let offset = held.offset();
        Ok(Standing::of(complete(self, upload, held).await?, offset))
    }

    async fn own_upload(&self, person: PersonId, id: UploadId) -> Result<Upload, Failure> {
        let now = self.clock.now();
        let look = move |tx: &mut Tx| uploads::find(tx, id, person, now);
        self.store.read(look).await.map_err(Failure::from)
    }

    /// Takes the next chunk of an upload; how it stands then.
    ///
    /// # Errors
    /// `not-found`, `upload-refused`, `upload-busy`, `upload-offset-mismatch`, `payload-too-large`,
    /// `checksum-mismatch`, `storage-full`; with the last chunk those of [`complete`].
    pub async fn go_on(
        &self,
        person: PersonId,
        id: UploadId,
        chunk: Chunk,
    ) -> Result<Standing, Failure> {
        let upload = self.own_upload(person, id).await?;
        match upload.state {
            UploadState::Refused => Err(ApiCode::UploadRefused.into()),
            UploadState::Finished if chunk.offset == size(&upload)? => {
                let offset = chunk.offset;
                Ok(Standing::of(upload, offset))
            }
            UploadState::Finished => Err(ApiCode::UploadOffsetMismatch.into()),
            UploadState::Open => {
                let held = self.hold(id).await?;
                self.take(upload, held, chunk).await
            }
        }
    }

    /// How an upload stands. One whose bytes are all there and which was cut short before it became a
    /// file, becomes one now.
    ///
    /// # Errors
    /// `not-found`; those of [`complete`]; `upload-busy` while another request completes it.
    pub async fn standing(&self, person: PersonId, id: UploadId) -> Result<Standing, Failure> {
        let upload = self.own_upload(person, id).await?;
        self.standing_of(upload).await
    }

    async fn standing_of(&self, upload: Upload) -> Result<Standing, Failure> {
        let size = size(&upload)?;
        match upload.state {
            UploadState::Finished => Ok(Standing::of(upload, size)),
            UploadState::Refused => Ok(Standing::of(upload, 0)),
            UploadState::Open => {
                let (staging, id) = (self.staging.clone(), upload.id);
                let offset = on_disk(move || staging.offset(id)).await?;
                if offset < size {
                    return Ok(Standing::of(upload, offset));
                }
                let held = self.hold(id).await?;
                Ok(Standing::of(complete(self, upload, held).await?, size))
            }
        }
    }

    /// Gives an upload up; what it became stays where it was used.
    ///
    /// # Errors
    /// `not-found`; `upload-busy` while another request sends to it.
    pub async fn give_up(&self, person: PersonId, id: UploadId) -> Result<(), Failure> {
        let upload = self.own_upload(person, id).await?;
        let held = match upload.state {
            UploadState::Open => Some(self.hold(id).await?),
            UploadState::Finished | UploadState::Refused => None,
        };
        let now = self.clock.now();
        let remove = move |tx: &mut Tx| -> Result<(), StoreError> {
            uploads::find(tx, id, person, now)?;
            uploads::remove(tx, id, now)
        };
        self.store.write(remove).await.map_err(Failure::from)?;
        let staging = self.staging.clone();
        on_disk(move || staging.remove(id)).await?;
        drop(held);
        Ok(())
    }
}
