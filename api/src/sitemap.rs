//! Every address of the API, grouped by noun, in the order a reader thinks.
//!
//! Only `.service(...)`: nothing else is collected into the published document.

use utoipa_actix_web::service_config::ServiceConfig;

use crate::health;

/// Adds every handler.
pub fn sitemap(site: &mut ServiceConfig<'_>) {
    site.service(health::handlers::check_health)
        .service(health::handlers::check_readiness);
}
