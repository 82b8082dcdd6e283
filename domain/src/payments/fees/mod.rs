//! The fee engine: rules that are data, and the one function that applies them.

mod assessment;
mod reduction;
mod rule;
mod vocabulary;

pub use assessment::{AppliedReduction, Assessment, Claim, FeeLine, FeeQuery, Proof, assess};
pub use reduction::{Condition, Effect, OnTime, Reduction};
pub use rule::{Amounts, CouncilTariff, FeeRule, InForce, PageTariff, Tariff};
pub use vocabulary::{CollectedAt, FeeChannel, FeeKind, FeeUnit};

#[cfg(test)]
mod tests;
