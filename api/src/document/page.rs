//! The reference page: Swagger UI from the vendored package under a page of our own, nothing from
//! elsewhere.

use actix_web::{HttpResponse, dev::HttpServiceFactory, get, http::header, web::Redirect};
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::ADDRESS;

/// The page around the vendored script; the package's own calls itself "Swagger UI".
const PAGE: &str = r#"<!DOCTYPE html>
<html lang="vi">
  <head>
    <meta charset="UTF-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Một Cửa · API</title>
    <link rel="stylesheet" type="text/css" href="./swagger-ui.css">
    <link rel="stylesheet" type="text/css" href="./index.css">
    <link rel="icon" href="data:,">
  </head>
  <body>
    <noscript>Trang này cần JavaScript; tài liệu ở <a href="/openapi.json">/openapi.json</a>.
      This page needs JavaScript; the document is at <a href="/openapi.json">/openapi.json</a>.</noscript>
    <div id="swagger-ui"></div>
    <script src="./swagger-ui-bundle.js" charset="UTF-8"></script>
    <script src="./swagger-ui-standalone-preset.js" charset="UTF-8"></script>
    <script src="./swagger-initializer.js" charset="UTF-8"></script>
  </body>
</html>
"#;

/// The page as people type its address.
#[get("/docs")]
pub(crate) async fn without_slash() -> Redirect {
    Redirect::to("/docs/").permanent()
}

/// The page.
#[get("/docs/")]
pub(crate) async fn page() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .content_type("text/html; charset=utf-8")
        .body(PAGE)
}

/// What the page loads. No badge of a validator elsewhere, and no bar to load another document.
pub fn parts() -> impl HttpServiceFactory {
    let config = Config::new([ADDRESS])
        .use_base_layout()
        .validator_url("none")
        .try_it_out_enabled(true);
    SwaggerUi::new("/docs/{_:.*}").config(config)
}
