//! The shapes of the health answers.

use serde::Serialize;
use utoipa::ToSchema;

/// Says that the process lives, or can serve.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    /// Always `ok`: what is not well is answered as a problem.
    pub status: HealthStatus,
}

/// The one good state.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthStatus {
    /// All is well.
    Ok,
}
