//! The page that the receipt's address leads to: a form for a person with a browser, and what it loads.
//! The secret goes into the body of a POST only, so that no address and no log ever holds it.

use actix_web::{HttpResponse, get, http::header::CACHE_CONTROL};

/// Where it is, below the installation's address.
pub const PLACE: &str = "/tra-cuu";

const PAGE: &str = include_str!("page.html");
const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("page.css");

fn part(kind: &'static str, text: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-cache"))
        .content_type(kind)
        .body(text)
}

/// The form.
#[get("/tra-cuu")]
pub(crate) async fn page() -> HttpResponse {
    part("text/html; charset=utf-8", PAGE)
}

/// What asks and shows the answer.
#[get("/tra-cuu/page.js")]
pub(crate) async fn script() -> HttpResponse {
    part("text/javascript; charset=utf-8", SCRIPT)
}

/// How it looks.
#[get("/tra-cuu/page.css")]
pub(crate) async fn style() -> HttpResponse {
    part("text/css; charset=utf-8", STYLE)
}
