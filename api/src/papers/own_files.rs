//! The citizen's own store: files that need not be sent a second time.

use actix_web::{get, web};
use domain::{
    actor::Actor,
    ids::{DossierId, FileId},
    papers::{File, FileSource, OwnFile, ScanState},
    rejection::Code,
    time::Time,
};
use persistence::{Tx, files};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::storage::Digest;
use crate::{
    api_code::ApiCode,
    app::App,
    call::Call,
    dossiers::render::hex,
    extract::{Citizen, IfNoneMatch, Query},
    failure::{Failure, FieldError, Refusal},
    reply::WithEtag,
    uploads::declared::digest_of_hex,
};

/// How many files are listed.
const MOST: i64 = 100;

/// Which files are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OwnFilesQuery {
    /// Only the file with this SHA-256 (hexadecimal): asked before it is sent.
    #[serde(default)]
    #[param(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    pub sha256: Option<String>,
}

/// A dossier whose paper a file is.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileUse {
    /// The dossier.
    pub dossier_id: DossierId,
    /// Since when.
    pub attached_at: Time,
}

/// A file of the citizen's own store (kho dữ liệu của tổ chức, cá nhân).
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnFileView {
    /// The file, at `/v1/files/{file_id}`; hand it in as a paper by this.
    pub file_id: FileId,
    /// How it came.
    pub source: FileSource,
    /// Its media type.
    #[schema(max_length = 100, example = "application/pdf")]
    pub media_type: &'static str,
    /// Its size in bytes.
    #[schema(minimum = 1)]
    pub size: i64,
    /// SHA-256 of its bytes.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
    /// When it came.
    pub stored_at: Time,
    /// What the virus scanner says of it.
    pub scan: ScanState,
    /// Where it is used now.
    #[schema(max_items = 100)]
    pub uses: Vec<FileUse>,
}

/// The citizen's own files, newest first, the same bytes once.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnFileList {
    /// The files.
    #[schema(max_items = 100)]
    pub items: Vec<OwnFileView>,
}

impl From<OwnFile> for OwnFileView {
    fn from(own: OwnFile) -> Self {
        let OwnFile {
            file,
            source,
            scan,
            uses,
        } = own;
        let File {
            id,
            sha256,
            size,
            kind,
            stored_at,
        } = file;
        let used = uses.into_iter();
        Self {
            file_id: id,
            source,
            media_type: kind.media_type(),
            size,
            sha256: hex(&sha256),
            stored_at,
            scan,
            uses: used
                .map(|(dossier_id, attached_at)| FileUse {
                    dossier_id,
                    attached_at,
                })
                .collect(),
        }
    }
}

fn wanted(query: &OwnFilesQuery) -> Result<Option<Digest>, Failure> {
    let Some(text) = query.sha256.as_deref() else {
        return Ok(None);
    };
    let fault = FieldError::edge("sha256", ApiCode::InvalidParameter);
    let refusal = || Refusal::new(ApiCode::InvalidParameter).at(fault).into();
    digest_of_hex(text).map(Some).ok_or_else(refusal)
}

fn list(tx: &mut Tx, call: &Call, sha256: Option<Digest>) -> Result<Vec<OwnFile>, Failure> {
    let Actor::Citizen { person } = call.actor else {
        return Err(Code::RoleForbids.into());
    };
    Ok(files::own::list(
        tx,
        person,
        (sha256.as_ref(), call.now),
        MOST,
    )?)
}

/// The citizen's own store of files.
///
/// What was uploaded, papers of dossiers that were accepted, results that were handed over, newest first: hand
/// one in with its `file_id` in place of its bytes. `uses` says in which dossiers and since when.
#[utoipa::path(
    tag = "Papers",
    security(("access_token" = [])),
    params(OwnFilesQuery, IfNoneMatch),
    responses(
        (status = 200, description = "The newest hundred files.", body = OwnFileList),
        (status = 304, description = "The tag held still stands."),
    ),
)]
#[get("/files")]
pub(crate) async fn list_my_files(
    app: web::Data<App>,
    citizen: Citizen,
    query: Query<OwnFilesQuery>,
) -> Result<WithEtag<OwnFileList>, Failure> {
    let sha256 = wanted(&query.0)?;
    let look = move |tx: &mut _, call: &_| list(tx, call, sha256);
    let found = app.look(citizen.actor(), look).await?.into_iter();
    Ok(WithEtag::hashed(OwnFileList {
        items: found.map(OwnFileView::from).collect(),
    }))
}
