//! Payments on the wire.

use domain::{
    ids::{DossierId, ObligationId, PaymentId},
    money::Dong,
    payments::{Payment, PaymentMethod, PaymentState},
    time::Time,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::dossiers::view::ObligationView;

/// The path of one payment.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct PaymentPath {
    /// The payment's id.
    #[param(value_type = uuid::Uuid)]
    pub payment_id: PaymentId,
}

/// What a dossier owes and owed, and every attempt to pay it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentAccount {
    /// Every fee, as assessed at acceptance.
    #[schema(max_items = 100)]
    pub obligations: Vec<ObligationView>,
    /// Every attempt to pay, oldest first.
    #[schema(max_items = 1000)]
    pub payments: Vec<PaymentView>,
    /// What is still to be paid, in dong.
    pub amount_due: Dong,
    /// Always `VND`.
    #[schema(max_length = 3, example = "VND")]
    pub currency: &'static str,
}

/// One attempt to pay.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentView {
    /// Its id.
    pub id: PaymentId,
    /// The dossier it is for.
    pub dossier_id: DossierId,
    /// The fees it is to settle.
    #[schema(max_items = 100)]
    pub obligation_ids: Vec<ObligationId>,
    /// How much, in dong.
    pub amount: Dong,
    /// Always `VND`.
    #[schema(max_length = 3, example = "VND")]
    pub currency: &'static str,
    /// How.
    pub method: PaymentMethod,
    /// Where it stands.
    pub state: PaymentState,
    /// The number of the receipt (biên lai).
    #[schema(max_length = 60, example = "H01.30.38/2026-00000001")]
    pub receipt: Option<String>,
    /// When the attempt was made.
    pub created_at: Time,
    /// When the money was there.
    pub paid_at: Option<Time>,
}

impl From<Payment> for PaymentView {
    fn from(payment: Payment) -> Self {
        let Payment {
            id,
            dossier_id,
            obligations,
            amount,
            method,
            state,
            before_refund: _,
            refund_requested_by: _,
            receipt,
            recorded_by: _,
            created_at,
            paid_at,
        } = payment;
        Self {
            id,
            dossier_id,
            obligation_ids: obligations,
            amount,
            currency: "VND",
            method,
            state,
            receipt,
            created_at,
            paid_at,
        }
    }
}
