//! One attempt to pay: its states, its commands, and why money pins data.

use super::vocabulary::vocabulary;
use crate::{
    ids::{DossierId, ObligationId, OfficerId, PaymentId},
    money::Dong,
    time::Time,
};

vocabulary! {
    /// How money is paid.
    pub enum PaymentMethod {
        /// At the counter (tiền mặt).
        Cash = "cash",
        /// Through the gateway of `VNPay`.
        Vnpay = "vnpay",
        /// By a NAPAS QR transfer (`VietQR`).
        Vietqr = "vietqr",
        /// By bank transfer (chuyển khoản).
        Transfer = "transfer",
    }

    /// Where one attempt stands.
    pub enum PaymentState {
        /// Made by us, not yet handed to anybody (mới tạo).
        Created = "created",
        /// With the gateway or the bank (chờ thanh toán).
        Pending = "pending",
        /// The money is there and has settled what it was for (đã thanh toán).
        Succeeded = "succeeded",
        /// The gateway said no; money may still come (thất bại).
        Failed = "failed",
        /// Nobody paid in time; money may still come (hết hạn).
        Expired = "expired",
        /// Given up by the payer; money may still come (đã huỷ).
        Cancelled = "cancelled",
        /// The money came when what it was for was paid or dropped; it is to be paid back.
        PaidLate = "paid_late",
        /// A refund has been asked for (đề nghị hoàn).
        RefundRequested = "refund_requested",
        /// A second person has agreed to it (đã duyệt hoàn).
        RefundApproved = "refund_approved",
        /// On its way back (đang hoàn).
        RefundSent = "refund_sent",
        /// The gateway or the treasury could not pay it back; to be sent again.
        RefundFailed = "refund_failed",
        /// Paid back (đã hoàn).
        Refunded = "refunded",
    }

    /// What can be asked of a payment.
    pub enum PaymentCommand {
        /// The cashier has counted the money.
        RecordCash = "record_cash",
        /// Hand the payer over to the gateway, or show the code to transfer by.
        Start = "start",
        /// A verified gateway message, or our own query there, says that the money is there.
        Confirm = "confirm",
        /// The cashier has found the transfer on the bank's statement.
        MatchTransfer = "match_transfer",
        /// A verified gateway message says that it failed.
        Fail = "fail",
        /// The time to pay is over.
        Expire = "expire",
        /// The payer gives this attempt up.
        Cancel = "cancel",
        /// Ask for the money to be paid back.
        RequestRefund = "request_refund",
        /// Agree to pay it back.
        ApproveRefund = "approve_refund",
        /// Refuse to pay it back.
        RefuseRefund = "refuse_refund",
        /// Order the repayment.
        SendRefund = "send_refund",
        /// The repayment has arrived.
        ConfirmRefund = "confirm_refund",
        /// The repayment did not go through.
        FailRefund = "fail_refund",
    }
}

impl PaymentState {
    /// Whether money has come in by an attempt in this state, wherever it has gone since.
    pub const fn has_seen_money(self) -> bool {
        match self {
            Self::Created | Self::Pending | Self::Failed | Self::Expired | Self::Cancelled => false,
            Self::Succeeded
            | Self::PaidLate
            | Self::RefundRequested
            | Self::RefundApproved
            | Self::RefundSent
            | Self::RefundFailed
            | Self::Refunded => true,
        }
    }
}

/// One attempt to pay one or more obligations of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// The dossier it is for.
    pub dossier_id: DossierId,
    /// What it is to settle.
    pub obligations: Vec<ObligationId>,
    /// How much, fixed when the attempt was made; no message can change it.
    pub amount: Dong,
    /// How.
    pub method: PaymentMethod,
    /// Where it stands.
    pub state: PaymentState,
    /// The state to return to if the refund that was asked for is refused.
    pub before_refund: Option<PaymentState>,
    /// Who asked for the refund; none if the worker did.
    pub refund_requested_by: Option<OfficerId>,
    /// The number of the receipt (biên lai), gapless in its series.
    pub receipt: Option<String>,
    /// The officer who took the money or found the transfer.
    pub recorded_by: Option<OfficerId>,
    /// When the attempt was made.
    pub created_at: Time,
    /// When we learnt that the money is there.
    pub paid_at: Option<Time>,
}

/// Whether nothing of the dossier may be deleted: money has come in, or may at any moment.
pub fn money_pins(payments: &[Payment]) -> bool {
    let pins = |one: &Payment| one.state.has_seen_money() || one.state == PaymentState::Pending;
    payments.iter().any(pins)
}
