//! The figures of a period, folded from what happened, so that a past period can be told again.

mod fold;
mod history;
mod milestone;
mod period;
mod rate;
mod summary;

pub use fold::{Fold, summarise};
pub use milestone::{Channel, Milestone, Stage};
pub use period::Period;
pub use rate::{Rate, RateId};
pub use summary::{Counts, Summary};

#[cfg(test)]
mod tests;
