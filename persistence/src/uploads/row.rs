//! The row of an upload.

use diesel::prelude::*;
use domain::{
    ids::{FileId, PersonId, UploadId},
    papers::FileKind,
    time::Time,
    uploads::{Upload, UploadState},
};

use crate::{StoreError, connection::MultiBackend, schema::uploads, sql::Sql};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = uploads, check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false)]
pub(super) struct Row {
    id: Sql<UploadId>,
    person_id: Sql<PersonId>,
    kind: Sql<FileKind>,
    size: i64,
    sha256: Vec<u8>,
    state: Sql<UploadState>,
    refusal: Option<String>,
    file_id: Option<Sql<FileId>>,
    created_at: Sql<Time>,
    expires_at: Sql<Time>,
}

impl Row {
    pub(super) fn of(upload: &Upload) -> Self {
        let Upload {
            id,
            person,
            kind,
            size,
            sha256,
            state,
            refusal,
            file,
            created_at,
            expires_at,
        } = upload;
        Self {
            id: Sql(*id),
            person_id: Sql(*person),
            kind: Sql(*kind),
            size: *size,
            sha256: sha256.to_vec(),
            state: Sql(*state),
            refusal: refusal.clone(),
            file_id: file.map(Sql),
            created_at: Sql(*created_at),
            expires_at: Sql(*expires_at),
        }
    }

    pub(super) fn into_upload(self) -> Result<Upload, StoreError> {
        let Self {
            id: Sql(id),
            person_id: Sql(person),
            kind: Sql(kind),
            size,
            sha256,
            state: Sql(state),
            refusal,
            file_id,
            created_at: Sql(created_at),
            expires_at: Sql(expires_at),
        } = self;
        let sha256 = sha256
            .try_into()
            .map_err(|_| StoreError::Corrupt("an upload's digest".to_owned()))?;
        Ok(Upload {
            id,
            person,
            kind,
            size,
            sha256,
            state,
            refusal,
            file: file_id.map(Sql::into_inner),
            created_at,
            expires_at,
        })
    }
}
