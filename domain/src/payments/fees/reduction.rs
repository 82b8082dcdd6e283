//! What makes a fee cheaper: the condition, the effect, the law and the proof.

use serde::{Deserialize, Serialize};

use super::{
    DIGITAL_CITIZEN,
    rule::{InForce, not_blank, not_negative},
};
use crate::{
    money::Dong,
    rejection::{Code, Fault},
    text::Localized,
};

/// A term within which an event must be registered, in calendar days after the day of the event
/// (BLDS 2015 art. 147: the first day is not counted; art. 148.5: a last day that is a day off moves
/// to the next working day).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnTime {
    /// The answer of the form that is the day of the event, as a JSON Pointer (`/death_date`).
    pub event_field: String,
    /// How many days (Luật Hộ tịch: birth 60, death 15).
    pub within_days: u32,
}

/// Whom a reduction is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Members of this group (đối tượng thụ hưởng), by its code in the catalogue.
    BeneficiaryGroup(String),
    /// Digital citizens (công dân số) who file online, by the day of filing (66.22/2026/NQ-CP). That
    /// somebody is one is a claim to [`DIGITAL_CITIZEN`](super::DIGITAL_CITIZEN) that counts only
    /// when it is proven.
    DigitalCitizen,
    /// Dossiers filed online.
    OnlineChannel,
    /// Events registered within the term of the law.
    OnTime(OnTime),
}

/// What a reduction does to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Nothing is paid (miễn).
    Free,
    /// So many percent off (giảm), 0 to 100; a part of a dong is dropped for the citizen.
    Percent(u8),
    /// So many dong off each unit, never below zero.
    Minus(Dong),
    /// So many dong per unit instead of the tariff, if that is less.
    Fixed(Dong),
}

impl Effect {
    /// The net of a line of that gross and quantity; never above the gross, never below zero.
    pub fn net(self, gross: Dong, quantity: u32) -> Dong {
        let net = match self {
            Self::Free => Dong::ZERO,
            Self::Percent(off) => percent(gross, 100_u8.saturating_sub(off)),
            Self::Minus(amount) => gross.minus(amount.times(quantity)),
            Self::Fixed(amount) => amount.times(quantity),
        };
        net.min(gross).max(Dong::ZERO)
    }
}

/// `share` percent of an amount, rounded down. Split so that the product cannot overflow.
fn percent(amount: Dong, share: u8) -> Dong {
    let share = i64::from(share);
    let amount = amount.amount();
    Dong::new(
        (amount / 100)
            .saturating_mul(share)
            .saturating_add((amount % 100) * share / 100),
    )
}

/// One reduction or exemption (miễn, giảm) of a fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reduction {
    /// Its code, unique in its rule.
    pub code: String,
    /// Whom it is for.
    pub condition: Condition,
    /// What it does.
    pub effect: Effect,
    /// On which days it holds; the last day is included.
    pub in_force: InForce,
    /// The act and article it rests on.
    pub legal_basis: String,
    /// What must be shown for it; none where the system itself knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof_needed: Option<Localized>,
}

impl Reduction {
    /// Whether a bare claim is not enough.
    pub(super) fn asks_for_proof(&self) -> bool {
        self.proof_needed.is_some() || self.condition == Condition::DigitalCitizen
    }

    pub(super) fn faults(&self, pointer: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        faults.extend(not_blank(&self.code, &format!("{pointer}/code")));
        faults.extend(not_blank(
            &self.legal_basis,
            &format!("{pointer}/legal_basis"),
        ));
        faults.extend(self.in_force.faults(&format!("{pointer}/in_force")));
        faults.extend(self.condition_fault(pointer));
        match self.effect {
            Effect::Free | Effect::Percent(0..=100) => {}
            Effect::Percent(_) => faults.push(Fault::new(
                format!("{pointer}/effect/percent"),
                Code::OutOfRange,
            )),
            Effect::Minus(amount) => {
                faults.extend(not_negative(amount, &format!("{pointer}/effect/minus")));
            }
            Effect::Fixed(amount) => {
                faults.extend(not_negative(amount, &format!("{pointer}/effect/fixed")));
            }
        }
        faults
    }
    fn condition_fault(&self, pointer: &str) -> Option<Fault> {
        match &self.condition {
            Condition::BeneficiaryGroup(group) => {
                let at = format!("{pointer}/condition/beneficiary_group");
                let reserved = (group == DIGITAL_CITIZEN).then(|| {
                    Fault::new(at.clone(), Code::InvalidContent).because(
                        "Công dân số là điều kiện riêng: digital_citizen.",
                        "Digital citizens are a condition of their own: digital_citizen.",
                    )
                });
                not_blank(group, &at).or(reserved)
            }
            Condition::DigitalCitizen => self
                .proof_needed
                .is_none()
                .then(|| Fault::new(format!("{pointer}/proof_needed"), Code::Required)),
            Condition::OnlineChannel | Condition::OnTime(_) => None,
        }
    }
}
