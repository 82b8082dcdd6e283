//! The fee engine: rules that are data, and the one function that applies them.

mod assessment;
mod facts;
mod reduction;
mod rule;
mod vocabulary;

pub use assessment::{
    AppliedReduction, Assessment, FeeLine, OpenReduction, assess, regards_digital_citizens,
};
pub use facts::{Claim, Confirmation, DIGITAL_CITIZEN, FeeQuery, Proof, event_dates};
pub use reduction::{Condition, Effect, OnTime, Reduction};
pub use rule::{Amounts, CouncilTariff, FeeRule, InForce, PageTariff, Tariff};
pub use vocabulary::{CollectedAt, FeeChannel, FeeKind, FeeUnit};

#[cfg(test)]
mod tests;
