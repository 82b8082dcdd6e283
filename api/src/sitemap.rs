//! Every address of the API, grouped by noun, in the order a reader thinks.
//!
//! Only `.service(...)`: nothing else is collected into the published document.

use utoipa_actix_web::service_config::ServiceConfig;

use crate::{document, health, sessions};

/// Adds every handler.
pub fn sitemap(site: &mut ServiceConfig<'_>) {
    site.service(sessions::handlers::get_key_set)
        .service(health::handlers::check_health)
        .service(health::handlers::check_readiness)
        .service(document::handlers::get_document);
}
