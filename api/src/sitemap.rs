//! Every address of the API, grouped by noun, in the order a reader thinks.
//!
//! Only `.service(...)`: nothing else is collected into the published document.

use utoipa_actix_web::{scope::scope, service_config::ServiceConfig};

use crate::{document, health, people, sessions};

/// Adds every handler.
pub fn sitemap(site: &mut ServiceConfig<'_>) {
    site.service(
        scope("/v1/auth")
            .service(sessions::handlers::request_otp)
            .service(sessions::handlers::verify_otp)
            .service(sessions::handlers::officer_login),
    )
    .service(sessions::handlers::get_key_set)
    .service(
        scope("/v1/me")
            .service(people::handlers::get_me)
            .service(people::handlers::change_me),
    )
    .service(health::handlers::check_health)
    .service(health::handlers::check_readiness)
    .service(document::handlers::get_document);
}
