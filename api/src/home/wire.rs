//! What the first screen shows.

use domain::{ids::DossierId, money::Dong};
use serde::Serialize;
use utoipa::ToSchema;

use super::app_config::AppConfig;
use crate::{
    dossiers::{listing::DossierSummary, view::ResultView},
    people::wire::Me,
};

/// What an app shows first, in one answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct Home {
    /// The account.
    pub me: Me,
    /// The newest dossiers that are under way, each with what the citizen must do now.
    #[schema(max_items = 20)]
    pub open_dossiers: Vec<DossierSummary>,
    /// The newest drafts.
    #[schema(max_items = 20)]
    pub drafts: Vec<DossierSummary>,
    /// What the dossiers under way still owe.
    #[schema(max_items = 20)]
    pub awaiting_payments: Vec<AwaitingPayment>,
    /// The latest results that were handed over.
    #[schema(max_items = 5)]
    pub latest_results: Vec<ResultView>,
    /// How many there are of each.
    pub counts: HomeCounts,
    /// What changes from here on is told at `/v1/sync` to whoever sends this.
    #[schema(max_length = 600)]
    pub sync_cursor: String,
    /// What the app is told of itself.
    pub config: AppConfig,
}

/// What a dossier still owes.
#[derive(Debug, Serialize, ToSchema)]
pub struct AwaitingPayment {
    /// The dossier.
    pub dossier_id: DossierId,
    /// Its official code.
    #[schema(max_length = 40)]
    pub code: Option<String>,
    /// What is still to be paid, in dong.
    pub amount_due: Dong,
    /// Always `VND`.
    #[schema(max_length = 3, example = "VND")]
    pub currency: &'static str,
}

/// How many there are, beyond those that are shown too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct HomeCounts {
    /// Drafts.
    #[schema(minimum = 0)]
    pub drafts: i64,
    /// Dossiers under way.
    #[schema(minimum = 0)]
    pub open_dossiers: i64,
    /// Dossiers that have ended.
    #[schema(minimum = 0)]
    pub ended_dossiers: i64,
    /// Of those shown as under way, how many wait for the citizen.
    #[schema(minimum = 0)]
    pub waiting_for_you: i64,
}
