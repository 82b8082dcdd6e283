//! What the installation's own address answers: a short page to a person, a short list to a program.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{ACCEPT, CACHE_CONTROL},
};
use serde::Serialize;

use super::ADDRESS;
use crate::tracking::page::PLACE;

const PAGE: &str = r#"<!DOCTYPE html>
<html lang="vi">
  <head>
    <meta charset="UTF-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Một Cửa</title>
    <link rel="stylesheet" type="text/css" href="/tra-cuu/page.css">
    <link rel="icon" href="data:,">
  </head>
  <body>
    <main>
      <h1>Một Cửa</h1>
      <p>Máy chủ tiếp nhận và giải quyết thủ tục hành chính.
        <span lang="en">The server of the one-stop desk.</span></p>
      <ul>
        <li><a href="/tra-cuu">Tra cứu hồ sơ bằng mã trên giấy tiếp nhận</a>
          (<span lang="en">follow a dossier</span>)</li>
        <li><a href="/docs/">Tài liệu API</a> (<span lang="en">API reference</span>)</li>
        <li><a href="/openapi.json">OpenAPI</a></li>
      </ul>
    </main>
  </body>
</html>
"#;

/// The same for programs.
#[derive(Debug, Serialize)]
struct Front {
    name: &'static str,
    document: &'static str,
    reference: &'static str,
    lookup: &'static str,
    health: &'static str,
}

const FRONT: Front = Front {
    name: "Một Cửa",
    document: ADDRESS,
    reference: "/docs/",
    lookup: PLACE,
    health: "/healthz",
};

/// The front: HTML to whoever asks for it, as browsers do; else JSON.
#[get("/")]
pub(crate) async fn front(request: HttpRequest) -> HttpResponse {
    let accept = request.headers().get(ACCEPT);
    let is_person = accept
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    let mut response = HttpResponse::Ok();
    // Two contents under one address: no cache shall give one for the other.
    response.insert_header((CACHE_CONTROL, "no-store"));
    if is_person {
        response.content_type("text/html; charset=utf-8").body(PAGE)
    } else {
        response.json(FRONT)
    }
}
