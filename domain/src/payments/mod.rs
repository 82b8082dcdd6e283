//! Fees (phí, lệ phí), what a dossier owes, and the attempts to pay it.

pub mod fees;

mod cash;
mod decision;
mod obligation;
mod payment;
mod receipt;
mod selection;
mod transitions;
mod vocabulary;

pub use cash::{CashReceived, decide_record_cash};
pub use decision::{PaymentDecision, decide};
pub use obligation::{Obligation, ObligationState, amount_due, fees_are_settled, settled};
pub use payment::{Payment, PaymentCommand, PaymentMethod, PaymentState, money_pins};
pub use receipt::{LAST_RECEIPT, receipt_number, receipt_series};
pub use selection::{asked, asked_with_supplement, selected, what_was_asked_is_settled};
pub use transitions::{Covered, Facts, TRANSITIONS};

#[cfg(test)]
mod tests;
