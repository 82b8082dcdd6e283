//! The fee engine: rules that are data, and the one function that applies them.

mod reduction;
mod rule;

pub use reduction::{Condition, Effect, OnTime, Reduction};
pub use rule::{
    Amounts, CollectedAt, CouncilTariff, FeeChannel, FeeKind, FeeRule, FeeUnit, InForce,
    PageTariff, Tariff,
};

#[cfg(test)]
mod tests;
