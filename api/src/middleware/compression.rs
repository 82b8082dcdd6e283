//! Keeps small answers and answers with tokens uncompressed.

use actix_web::{
    Error,
    body::{BodySize, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{CONTENT_ENCODING, HeaderMap, HeaderValue},
    middleware::Next,
};

/// Below this size a compressed body saves nothing worth its headers and time.
const WORTHWHILE_BYTES: u64 = 1024;

/// The mark that tells the compressor to leave a body alone.
const LEAVE: HeaderValue = HeaderValue::from_static("identity");

/// Marks small answers so that the compressor around this leaves them alone.
pub async fn leave_small_bodies(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut response = next.call(request).await?;
    let small = match response.response().body().size() {
        BodySize::None => true,
        BodySize::Sized(size) => size < WORTHWHILE_BYTES,
        BodySize::Stream => false,
    };
    if small && !response.headers().contains_key(CONTENT_ENCODING) {
        leave(response.headers_mut());
    }
    Ok(response)
}

/// Marks an answer that must not be compressed, because its length would tell of a secret.
pub fn leave(headers: &mut HeaderMap) {
    headers.insert(CONTENT_ENCODING, LEAVE);
}

/// Takes the mark off again: `identity` is not a content coding to be sent (RFC 9110 §8.4.1).
pub fn remove_mark(headers: &mut HeaderMap) {
    if headers.get(CONTENT_ENCODING) == Some(&LEAVE) {
        headers.remove(CONTENT_ENCODING);
    }
}
