//! Tests of the fee engine: the figures of the acts, the catalogue form, and properties.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod figures;
mod form;
mod given;
mod properties;

use chrono::NaiveDate;

use super::*;
use crate::{money::Dong, text::Localized};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn always() -> InForce {
    InForce {
        first_day: day("2000-01-01"),
        last_day: None,
    }
}

fn rule(unit: FeeUnit, tariff: Tariff) -> FeeRule {
    FeeRule {
        code: "fee".into(),
        name: Localized::new("Lệ phí", "Fee"),
        kind: FeeKind::Fee,
        unit,
        tariff,
        collected: CollectedAt::Intake,
        in_force: always(),
        legal_basis: "281/2016/TT-BTC".into(),
        certainty: None,
        reductions: Vec::new(),
    }
}

fn flat(amount: i64) -> Tariff {
    Tariff::Flat(Amounts::everywhere(Dong::new(amount)))
}

fn reduction(code: &str, condition: Condition, effect: Effect) -> Reduction {
    Reduction {
        code: code.into(),
        condition,
        effect,
        in_force: always(),
        legal_basis: format!("basis of {code}"),
        proof_needed: None,
    }
}

fn group(code: &str) -> Condition {
    Condition::BeneficiaryGroup(code.into())
}

fn on_time(within_days: u32) -> Condition {
    Condition::OnTime(OnTime {
        event_field: "/birth".into(),
        within_days,
    })
}

fn claim(group: &str, proof: Option<Proof>) -> Claim {
    Claim {
        group: group.into(),
        proof,
    }
}
