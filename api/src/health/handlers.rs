//! Answers for balancers and supervisors.

use actix_web::{get, web};

use super::wire::{Health, HealthStatus};
use crate::{app::App, failure::Failure};

/// Whether the process lives.
///
/// Answers as long as the process can answer at all; touches nothing else.
#[utoipa::path(tag = "Health", security(()), responses((status = 200, description = "The process lives.", body = Health)))]
#[get("/healthz")]
pub(crate) async fn check_health() -> web::Json<Health> {
    web::Json(Health {
        status: HealthStatus::Ok,
    })
}

/// Whether the process can serve.
///
/// Says no while the store is out of reach, and first of all when the process is about to stop, so
/// that a balancer sends requests elsewhere.
#[utoipa::path(tag = "Health", security(()), responses((status = 200, description = "Requests can be served.", body = Health)))]
#[get("/readyz")]
pub(crate) async fn check_readiness(app: web::Data<App>) -> Result<web::Json<Health>, Failure> {
    app.is_ready().await?;
    Ok(web::Json(Health {
        status: HealthStatus::Ok,
    }))
}
