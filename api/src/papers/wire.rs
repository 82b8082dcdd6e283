//! What is sent about papers and files.

use domain::{
    ids::{DossierId, FileId},
    papers::CopyKind,
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::attaching::Place;
use crate::{
    dossiers::beats::Target,
    extract::{IfMatch, Path},
};

/// The bytes of a file, as they are.
#[derive(Debug, ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct FileBytes(#[expect(dead_code, reason = "named in the document, never built")] Vec<u8>);

/// The path of one paper of a dossier.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct PaperPath {
    /// The dossier's id.
    #[param(value_type = uuid::Uuid)]
    pub dossier_id: DossierId,
    /// Which paper of the procedure's list; a key that is not in the list is a 404.
    #[param(
        max_length = 40,
        pattern = "^[a-z][a-z0-9_]{1,39}$",
        example = "birth_certificate"
    )]
    pub paper_key: String,
}

impl Path<PaperPath> {
    /// The paper's place in the dossier at the version its author last saw.
    pub(crate) fn at(self, version: IfMatch) -> Place {
        let PaperPath {
            dossier_id,
            paper_key,
        } = self.0;
        Place {
            target: Target {
                id: dossier_id,
                version: version.0,
            },
            key: paper_key,
        }
    }
}

/// What an officer says about a scanned paper.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ScanQuery {
    /// What was handed in.
    pub copy_kind: CopyKind,
}

/// The digest of the bytes, checked on arrival.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
pub struct DigestHeader {
    /// SHA-256 of the body (RFC 9530); if it is sent, the bytes received must have it.
    #[param(rename = "Content-Digest", required = false, max_length = 400, value_type = String,
        example = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:")]
    #[expect(
        dead_code,
        reason = "read from the request with the body; named here for the document"
    )]
    content_digest: Option<String>,
}

/// The path of one file.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct FilePath {
    /// The file's id.
    #[param(value_type = uuid::Uuid)]
    pub file_id: FileId,
}

/// Which part of a file is wanted.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
pub struct RangeHeaders {
    /// One range of bytes, such as `bytes=0-65535`; several at once are answered with the whole.
    #[param(rename = "Range", required = false, max_length = 200, value_type = String, example = "bytes=0-65535")]
    #[expect(
        dead_code,
        reason = "read from the request; named here for the document"
    )]
    range: Option<String>,
    /// The tag of the file the earlier part came from; if it is another file now, the whole comes.
    #[param(rename = "If-Range", required = false, max_length = 200, value_type = String)]
    #[expect(
        dead_code,
        reason = "read from the request; named here for the document"
    )]
    if_range: Option<String>,
}
