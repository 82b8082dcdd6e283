//! Serves the document.

use actix_web::{HttpRequest, HttpResponse, get, http::header, web};

use super::Published;
use crate::{
    extract::{Anonymous, IfNoneMatch},
    failure::Failure,
};

/// This document.
///
/// The description (`OpenAPI` 3.1) of every operation, generated from the code that answers.
#[utoipa::path(
    tag = "Health",
    security(()),
    params(IfNoneMatch),
    responses(
        (status = 200, description = "The document.", content_type = "application/json", body = Object),
        (status = 304, description = "The tag held still stands."),
    )
)]
#[get("/openapi.json")]
pub(crate) async fn get_document(
    _: Anonymous,
    request: HttpRequest,
    published: web::Data<Published>,
) -> Result<HttpResponse, Failure> {
    let published = published.paper()?;
    let held = IfNoneMatch::of(&request).holds(&published.tag);
    let mut response = if held {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((header::ETAG, format!("\"{}\"", published.tag)))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"));
    if held {
        return Ok(response.finish());
    }
    Ok(response
        .content_type("application/json")
        .body(published.json.clone()))
}
