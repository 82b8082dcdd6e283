//! What officers send about money.

use domain::{ids::ObligationId, money::Dong};
use serde::Deserialize;
use utoipa::ToSchema;

/// Cash counted at the counter.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CashBody {
    /// The amount counted, in dong; exactly the sum of what it is for.
    pub amount: Dong,
    /// The fees it is for; if absent, everything owed now.
    #[schema(min_items = 1, max_items = 100)]
    pub obligation_ids: Option<Vec<ObligationId>>,
}

/// What the citizen is asked to pay.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentRequestBody {
    /// The fees asked for; if absent, everything owed now. Fees collected at intake that are still
    /// due must be among them.
    #[schema(min_items = 1, max_items = 100)]
    pub obligation_ids: Option<Vec<ObligationId>>,
}
