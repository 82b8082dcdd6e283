//! What is declared of a file before its bytes come.

use std::{
    collections::BTreeMap,
    future::{Ready, ready},
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use domain::{papers::FileKind, rejection::Code};

use super::headers::{LENGTH, METADATA, count, text};
use crate::{
    extract::headers::invalid,
    failure::Failure,
    papers::{content::kind_of_media_type, storage::Digest},
};

/// The longest `Upload-Metadata`, in bytes.
pub const LONGEST_METADATA: usize = 2000;

/// What is declared of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declared {
    /// How many bytes it has.
    pub size: u64,
    /// What it is.
    pub kind: FileKind,
    /// SHA-256 of all of them.
    pub sha256: Digest,
}

/// `key value,key value`, the values in Base64; a value may be left out.
fn pairs(metadata: &str) -> Option<BTreeMap<&str, String>> {
    let mut pairs = BTreeMap::new();
    for pair in metadata.split(',') {
        let (key, encoded) = pair.trim().split_once(' ').unwrap_or((pair.trim(), ""));
        let value = String::from_utf8(BASE64_STANDARD.decode(encoded.trim()).ok()?).ok()?;
        if key.is_empty() || pairs.insert(key, value).is_some() {
            return None;
        }
    }
    Some(pairs)
}

/// 64 hexadecimal digits.
pub(crate) fn digest_of_hex(text: &str) -> Option<Digest> {
    let mut digest = Digest::default();
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (byte, at) in digest.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
    }
    text.bytes()
        .all(|b| b.is_ascii_hexdigit())
        .then_some(digest)
}

/// What the metadata say of the file: media type, name and digest. The name itself is not kept.
fn parse(metadata: &str) -> Result<(FileKind, Digest), Failure> {
    let ill_formed = || invalid("Upload-Metadata");
    let said = Some(metadata).filter(|it| it.len() <= LONGEST_METADATA);
    let said = said.and_then(pairs).ok_or_else(ill_formed)?;
    let of = |key: &str| said.get(key).map(String::as_str);
    let sha256 = of("sha256")
        .and_then(digest_of_hex)
        .ok_or_else(ill_formed)?;
    let media_type = of("filetype").ok_or_else(ill_formed)?;
    let name = of("filename").ok_or_else(ill_formed)?;
    let kind = kind_of_media_type(media_type).ok_or(Code::FileTypeRefused)?;
    if FileKind::of_name(name) != Some(kind) {
        return Err(Code::FileTypeRefused.into());
    }
    Ok((kind, sha256))
}

impl FromRequest for Declared {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = || {
            let size = count(request, &LENGTH)?.filter(|size| *size > 0);
            let size = size.ok_or_else(|| invalid(LENGTH.as_str()))?;
            let metadata = text(request, &METADATA)?.unwrap_or_default();
            let (kind, sha256) = parse(metadata)?;
            Ok(Self { size, kind, sha256 })
        };
        ready(read())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[rustfmt::skip]
    fn what_is_declared_must_agree_with_itself() {
        let encoded = |text: &str| BASE64_STANDARD.encode(text);
        let hash = encoded(&"0a".repeat(32));
        let of = |name: &str, kind: &str| {
            format!("filename {},filetype {}, sha256 {hash}", encoded(name), encoded(kind))
        };
        let read = |metadata: &str| parse(metadata).map_err(|failure| failure.code());
        let fine = |kind| Ok((kind, [10; 32]));
        assert_eq!(read(&of("khai sinh.PDF", "application/pdf")), fine(FileKind::Pdf));
        assert_eq!(read(&of("a.jpeg", "image/jpeg")), fine(FileKind::Jpeg));
        assert_eq!(read(&format!("{},is_scan", of("IMG_1.HEIC", "image/heic"))), fine(FileKind::Heic));
        for (metadata, code) in [
            (of("a.png", "image/jpeg"), "file-type-refused"),
            (of("a", "image/jpeg"), "file-type-refused"),
            (of("a.pdf.exe", "application/pdf"), "file-type-refused"),
            (of("a.svg", "image/svg+xml"), "file-type-refused"),
            (of("a.html", "text/html"), "file-type-refused"),
            (String::new(), "invalid-header"),
            (format!("sha256 {hash}"), "invalid-header"),
            (format!("filename {},filetype {}", encoded("a.pdf"), encoded("application/pdf")), "invalid-header"),
            (of("a.pdf", "application/pdf").replace(&hash, "%%"), "invalid-header"),
            (of("a.pdf", "application/pdf").replace(&hash, &encoded("0a")), "invalid-header"),
            (format!("{},sha256 {hash}", of("a.pdf", "application/pdf")), "invalid-header"),
            (of(&"a".repeat(2000), "application/pdf"), "invalid-header"),
        ] {
            assert_eq!(read(&metadata), Err(code), "{metadata}");
        }
        for text in ["", "zz", &"g".repeat(64), &"é".repeat(32), &"+1".repeat(32)] {
            assert_eq!(digest_of_hex(text), None, "{text}");
        }
    }
}
