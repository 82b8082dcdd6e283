//! A file as it arrives: the bytes up to a limit, their digest, and what they are.

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderName},
};
use aws_lc_rs::digest::{Context, SHA256};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use bytes::Bytes;
use domain::{
    ids::FileId,
    papers::{File, FileKind, Inspection},
    rejection::Code,
    time::Time,
};
use futures_util::StreamExt as _;

use super::{
    content::{kind_of, kind_of_media_type},
    storage::Digest,
};
use crate::{
    api_code::ApiCode,
    app::App,
    failure::{Failure, FieldError, Refusal},
    uploads::room,
};

const CONTENT_DIGEST: HeaderName = HeaderName::from_static("content-digest");

/// How many bytes at the beginning are looked at to tell what they are.
const BEGINNING: usize = 64 * 1024;

/// What a place takes.
#[derive(Debug, Clone)]
pub struct Allowed {
    /// These kinds of file.
    pub kinds: Vec<FileKind>,
    /// At most this many bytes.
    pub max_bytes: usize,
}

/// A body of raw bytes whose head was read and whose bytes were not.
///
/// Refuses with `unsupported-media-type` what is declared as no kind of file the desk takes, or is
/// compressed in transit.
pub struct RawBody {
    payload: Payload,
    declared: FileKind,
    length: Option<usize>,
    digest: Option<Digest>,
}

/// A file that arrived whole and is what it claims to be.
#[derive(Debug, Clone)]
pub struct Arrived {
    bytes: Vec<Bytes>,
    sha256: Digest,
    size: i64,
    kind: FileKind,
    /// The picture that is shown in its place.
    shown: Option<(Bytes, Digest)>,
}

impl FromRequest for RawBody {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(head(request).map(|(declared, length, digest)| Self {
            payload: payload.take(),
            declared,
            length,
            digest,
        }))
    }
}

type Head = (FileKind, Option<usize>, Option<Digest>);

fn head(request: &HttpRequest) -> Result<Head, Failure> {
    let header = |name| request.headers().get(name)?.to_str().ok();
    let plain =
        header(CONTENT_ENCODING).is_none_or(|coding| coding.eq_ignore_ascii_case("identity"));
    let declared = header(CONTENT_TYPE).and_then(kind_of_media_type);
    let declared = declared
        .filter(|_| plain)
        .ok_or(ApiCode::UnsupportedMediaType)?;
    let length = header(CONTENT_LENGTH).and_then(|length| length.parse().ok());
    let mut digest = None;
    for line in request.headers().get_all(CONTENT_DIGEST) {
        let line = line.to_str().map_err(|_| ill_formed())?;
        digest = sha256_of(line)?.or(digest);
    }
    Ok((declared, length, digest))
}

/// The SHA-256 of a `Content-Digest` (RFC 9530); other algorithms are passed over.
fn sha256_of(line: &str) -> Result<Option<Digest>, Failure> {
    let member = line.split(',').find_map(|member| {
        let (name, value) = member.trim().split_once('=')?;
        name.eq_ignore_ascii_case("sha-256").then_some(value)
    });
    let Some(value) = member else {
        return Ok(None);
    };
    let encoded = value
        .strip_prefix(':')
        .and_then(|rest| rest.strip_suffix(':'));
    let bytes = BASE64_STANDARD
        .decode(encoded.ok_or_else(ill_formed)?)
        .map_err(|_| ill_formed())?;
    bytes.try_into().map(Some).map_err(|_| ill_formed())
}

fn ill_formed() -> Failure {
    Refusal::new(ApiCode::InvalidHeader)
        .at(FieldError::edge("Content-Digest", ApiCode::InvalidHeader))
        .into()
}

impl RawBody {
    /// Reads the bytes.
    ///
    /// # Errors
    /// `file-type-refused`, `file-too-large`, `digest-mismatch`; `malformed-request` when the
    /// connection breaks off.
    pub async fn receive(self, allowed: &Allowed) -> Result<Arrived, Failure> {
        let Self {
            mut payload,
            declared,
            length,
            digest,
        } = self;
        if !declared.is_among(&allowed.kinds) {
            return Err(Code::FileTypeRefused.into());
        }
        if length.is_some_and(|length| length > allowed.max_bytes) {
            return Err(Code::FileTooLarge.into());
        }
        let (mut bytes, mut size) = (Vec::new(), 0_usize);
        while let Some(piece) = payload.next().await {
            let piece: Bytes =
                piece.map_err(|error| Refusal::new(ApiCode::MalformedRequest).because(error))?;
            size = size.saturating_add(piece.len());
            if size > allowed.max_bytes {
                return Err(Code::FileTooLarge.into());
            }
            bytes.push(piece);
        }
        if digest.is_some_and(|digest| digest != digest_of(&bytes)) {
            return Err(Code::DigestMismatch.into());
        }
        Arrived::of(bytes, declared)
    }
}

fn digest_of(pieces: &[Bytes]) -> Digest {
    let mut context = Context::new(&SHA256);
    for piece in pieces {
        context.update(piece);
    }
    let mut digest = Digest::default();
    digest.copy_from_slice(context.finish().as_ref());
    digest
}

fn beginning(bytes: &[Bytes]) -> Vec<u8> {
    bytes.iter().flatten().copied().take(BEGINNING).collect()
}

impl Arrived {
    /// Bytes that came whole.
    ///
    /// # Errors
    /// `file-type-refused` when they are not what they are declared to be.
    pub fn of(bytes: Vec<Bytes>, declared: FileKind) -> Result<Self, Failure> {
        if kind_of(&beginning(&bytes)) != Some(declared) {
            return Err(Code::FileTypeRefused.into());
        }
        let size = bytes.iter().map(Bytes::len).sum::<usize>();
        Ok(Self {
            sha256: digest_of(&bytes),
            size: i64::try_from(size).map_err(Failure::internal)?,
            kind: declared,
            bytes,
            shown: None,
        })
    }

    /// The same after it was looked into, with the picture that is shown in its place.
    ///
    /// # Errors
    /// `file-active-content`, `file-unreadable`, `picture-too-large`; `unavailable`.
    pub async fn looked_into(self, app: &App) -> Result<Self, Failure> {
        let picture = app.decoder.look_into(&self.bytes, self.kind).await?;
        let shown = picture.map(|picture| {
            let digest = digest_of(std::slice::from_ref(&picture));
            (picture, digest)
        });
        Ok(Self { shown, ..self })
    }

    /// Stores the bytes; they are durable when this returns, and young enough for the sweep to
    /// leave them alone until a row names them.
    ///
    /// # Errors
    /// `storage-full`, `unavailable`.
    pub async fn store(&self, app: &App) -> Result<(), Failure> {
        room::check(app, u64::try_from(self.size).map_err(Failure::internal)?)?;
        store(app, &self.sha256, &self.bytes).await?;
        match &self.shown {
            Some((picture, digest)) => store(app, digest, std::slice::from_ref(picture)).await,
            None => Ok(()),
        }
    }

    /// What is known of them from now on.
    pub fn inspection(&self, has_scanner: bool, now: Time) -> Inspection {
        let shown = self.shown.as_ref();
        let derivative =
            shown.and_then(|(picture, digest)| Some((*digest, i64::try_from(picture.len()).ok()?)));
        Inspection::arrived(self.sha256, derivative, has_scanner, now)
    }

    /// The row that will name the stored bytes.
    pub fn file(&self, id: FileId, stored_at: Time) -> File {
        File {
            id,
            sha256: self.sha256,
            size: self.size,
            kind: self.kind,
            stored_at,
        }
    }

    /// SHA-256 of the bytes.
    pub const fn sha256(&self) -> Digest {
        self.sha256
    }
}

async fn store(app: &App, sha256: &Digest, bytes: &[Bytes]) -> Result<(), Failure> {
    let (digest, now) = (*sha256, app.clock.now());
    let announce = move |tx: &mut _| persistence::files::announce(tx, &digest, now);
    app.store.write(announce).await.map_err(Failure::from)?;
    app.objects.put(sha256, bytes).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_read_as_the_standard_spells_it() {
        let hash = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";
        let of = |line: &str| sha256_of(line).map(|digest| digest.map(|digest| digest[0]));
        for (line, expected) in [
            (hash.to_owned(), Some(0xe3)),
            (format!("sha-512=:AAAA:, {hash}"), Some(0xe3)),
            ("sha-512=:AAAA:".to_owned(), None),
            (String::new(), None),
        ] {
            assert_eq!(of(&line).ok(), Some(expected), "{line}");
        }
        for line in [
            "sha-256=AAAA",
            "sha-256=:AAAA:",
            "sha-256=:%%:",
            "sha-256=::",
        ] {
            let refused = of(line).err().map(|failure| failure.code());
            assert_eq!(refused, Some("invalid-header"), "{line}");
        }
    }
}
