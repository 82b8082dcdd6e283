//! One fee rule of a procedure: what is charged per what, when it is collected, under which law.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{CollectedAt, FeeChannel, FeeKind, FeeUnit, Reduction};
use crate::{
    deadlines::Certainty,
    money::Dong,
    rejection::{Code, Fault},
    text::Localized,
};

/// The days on which a rule holds. The last day is included, as acts are worded ("đến hết ngày").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InForce {
    /// The first day on which it holds.
    pub first_day: NaiveDate,
    /// The last day on which it holds; none while no end is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day: Option<NaiveDate>,
}

impl InForce {
    /// Whether the rule holds on that local date.
    pub fn covers(&self, date: NaiveDate) -> bool {
        self.first_day <= date && self.last_day.is_none_or(|last| date <= last)
    }

    pub(super) fn faults(self, pointer: &str) -> Option<Fault> {
        self.last_day
            .is_some_and(|last| last < self.first_day)
            .then(|| Fault::new(format!("{pointer}/last_day"), Code::OutOfRange))
    }
}

/// An amount per unit for each channel; a channel that is not named pays the direct amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amounts {
    /// At the counter.
    pub direct: Dong,
    /// Online, where it differs (75/2022/TT-BTC halves residence fees online).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub online: Option<Dong>,
    /// By post, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<Dong>,
}

impl Amounts {
    /// The same amount whatever the channel.
    pub const fn everywhere(amount: Dong) -> Self {
        Self {
            direct: amount,
            online: None,
            post: None,
        }
    }

    /// The amount per unit for a channel.
    pub fn on(&self, channel: FeeChannel) -> Dong {
        match channel {
            FeeChannel::Direct => self.direct,
            FeeChannel::Online => self.online.unwrap_or(self.direct),
            FeeChannel::Post => self.post.unwrap_or(self.direct),
        }
    }

    fn faults(&self, pointer: &str) -> Vec<Fault> {
        let Self {
            direct,
            online,
            post,
        } = self;
        [
            ("direct", Some(*direct)),
            ("online", *online),
            ("post", *post),
        ]
        .into_iter()
        .filter_map(|(field, amount)| not_negative(amount?, &format!("{pointer}/{field}")))
        .collect()
    }
}

/// A price per page that falls after the first pages and is capped for each copy
/// (226/2016/TT-BTC: 2,000 for pages 1 and 2, 1,000 from page 3, at most 200,000 a copy).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageTariff {
    /// How many pages pay the first price.
    pub first_pages: u32,
    /// The price of each of the first pages.
    pub first_price: Dong,
    /// The price of each further page.
    pub further_price: Dong,
    /// The most that one copy costs.
    pub cap_per_copy: Dong,
}

impl PageTariff {
    /// What one copy of an original with so many pages costs.
    pub fn per_copy(&self, pages: u32) -> Dong {
        let first = pages.min(self.first_pages);
        let further = pages.saturating_sub(self.first_pages);
        self.first_price
            .times(first)
            .plus(self.further_price.times(further))
            .min(self.cap_per_copy)
    }

    fn faults(&self, pointer: &str) -> Vec<Fault> {
        let Self {
            first_pages: _,
            first_price,
            further_price,
            cap_per_copy,
        } = self;
        [
            ("first_price", first_price),
            ("further_price", further_price),
            ("cap_per_copy", cap_per_copy),
        ]
        .into_iter()
        .filter_map(|(field, amount)| not_negative(*amount, &format!("{pointer}/{field}")))
        .collect()
    }
}

/// An amount left to the province's People's Council (HĐND; 85/2019 and 106/2021/TT-BTC).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CouncilTariff {
    /// What the council's resolution says now.
    pub amounts: Amounts,
    /// Which resolution, and how sure the entry is.
    pub note: Localized,
}

/// How the gross amount comes about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tariff {
    /// So much per unit, fixed by a national act.
    Flat(Amounts),
    /// Per page of the original with a cap per copy; the rule's unit is `page`.
    PerPage(PageTariff),
    /// So much per unit, fixed by the province.
    SetByCouncil(CouncilTariff),
}

/// One fee rule (mức thu) of a procedure version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeRule {
    /// The code of the fee, unique in its procedure version.
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// Phí or lệ phí.
    pub kind: FeeKind,
    /// What the tariff is multiplied with.
    pub unit: FeeUnit,
    /// How much.
    pub tariff: Tariff,
    /// When it is collected.
    pub collected: CollectedAt,
    /// On which days the rule holds.
    pub in_force: InForce,
    /// The act and article it rests on.
    pub legal_basis: String,
    /// How sure the amount is, where that differs from the version as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
    /// What makes it cheaper, in the order in which ties are broken.
    #[serde(default)]
    pub reductions: Vec<Reduction>,
}

impl FeeRule {
    /// Everything wrong with the rule's content, each fault below `pointer` (JSON Pointer).
    pub fn faults(&self, pointer: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        faults.extend(not_blank(&self.code, &format!("{pointer}/code")));
        faults.extend(not_blank(
            &self.legal_basis,
            &format!("{pointer}/legal_basis"),
        ));
        faults.extend(self.in_force.faults(&format!("{pointer}/in_force")));
        match &self.tariff {
            Tariff::Flat(amounts) => {
                faults.extend(amounts.faults(&format!("{pointer}/tariff/flat")));
            }
            Tariff::PerPage(tariff) => {
                faults.extend(tariff.faults(&format!("{pointer}/tariff/per_page")));
                if self.unit != FeeUnit::Page {
                    faults.push(Fault::new(format!("{pointer}/unit"), Code::WrongFormat));
                }
            }
            Tariff::SetByCouncil(CouncilTariff { amounts, note: _ }) => {
                faults.extend(amounts.faults(&format!("{pointer}/tariff/set_by_council/amounts")));
            }
        }
        for (place, reduction) in self.reductions.iter().enumerate() {
            faults.extend(reduction.faults(&format!("{pointer}/reductions/{place}")));
            let is_twin = |other: &Reduction| other.code == reduction.code;
            if self.reductions.iter().take(place).any(is_twin) {
                let at = format!("{pointer}/reductions/{place}/code");
                faults.push(Fault::new(at, Code::InvalidContent).because(
                    "Mã miễn, giảm bị lặp trong cùng một khoản thu.",
                    "This reduction code is used twice in one fee.",
                ));
            }
        }
        faults
    }
}

pub(super) fn not_blank(text: &str, pointer: &str) -> Option<Fault> {
    text.trim()
        .is_empty()
        .then(|| Fault::new(pointer, Code::Required))
}

pub(super) fn not_negative(amount: Dong, pointer: &str) -> Option<Fault> {
    (amount < Dong::ZERO).then(|| Fault::new(pointer, Code::OutOfRange))
}
