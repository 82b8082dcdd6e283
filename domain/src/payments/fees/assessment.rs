//! What one dossier costs: every rule in force, each with its single best reduction.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{CollectedAt, Condition, FeeChannel, FeeKind, FeeRule, FeeUnit, Reduction, Tariff};
use crate::{
    ids::{OfficerId, PaperId},
    money::Dong,
    text::Localized,
};

/// How we know that a condition holds. It names where the proof is and never what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// A paper of the dossier.
    Paper(PaperId),
    /// An answer of this database.
    Database(String),
    /// A paper that this officer was shown at the counter (xuất trình).
    SeenBy(OfficerId),
    /// The level of the account that filed.
    Account,
    /// The dossier itself: its channel, its dates.
    Dossier,
}

/// A statement that the applicant belongs to a beneficiary group (đối tượng thụ hưởng).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The group's code in the catalogue.
    pub group: String,
    /// What shows it; none while nothing has been shown.
    pub proof: Option<Proof>,
}

/// The facts of a dossier that decide what it costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeQuery {
    /// The local date whose law applies.
    pub date: NaiveDate,
    /// How it was filed.
    pub channel: FeeChannel,
    /// How many copies are asked for.
    pub copies: u32,
    /// How many pages the **original** has (226/2016/TT-BTC counts those, not the copy's).
    pub pages: u32,
    /// How many persons it is about.
    pub persons: u32,
    /// The groups the applicant says to belong to.
    pub claims: Vec<Claim>,
    /// Whether the applicant is a digital citizen (công dân số).
    pub digital_citizen: bool,
    /// The day of the birth, death or other event to be registered, if there is one.
    pub event_date: Option<NaiveDate>,
}

impl FeeQuery {
    /// One copy, one page, one person, no claims.
    pub const fn new(date: NaiveDate, channel: FeeChannel) -> Self {
        Self {
            date,
            channel,
            copies: 1,
            pages: 1,
            persons: 1,
            claims: Vec::new(),
            digital_citizen: false,
            event_date: None,
        }
    }

    fn ground(&self, condition: &Condition) -> Ground {
        match condition {
            Condition::BeneficiaryGroup(group) => self.claim_of(group),
            Condition::DigitalCitizen => Ground::known(self.digital_citizen, Proof::Account),
            Condition::OnlineChannel => {
                Ground::known(self.channel == FeeChannel::Online, Proof::Dossier)
            }
            Condition::OnTime(term) => {
                let last =
                    |event: NaiveDate| event.checked_add_days(Days::new(term.within_days.into()));
                let in_term = self.event_date.is_some_and(|event| {
                    event <= self.date && last(event).is_none_or(|last| self.date <= last)
                });
                Ground::known(in_term, Proof::Dossier)
            }
        }
    }

    /// A proven claim to the group if there is one, else any.
    fn claim_of(&self, group: &str) -> Ground {
        let mut ground = Ground::Absent;
        for claim in self.claims.iter().filter(|claim| claim.group == group) {
            match &claim.proof {
                Some(proof) => return Ground::Shown(proof.clone()),
                None => ground = Ground::Claimed,
            }
        }
        ground
    }

    fn quantity(&self, unit: FeeUnit) -> u32 {
        match unit {
            FeeUnit::Dossier => 1,
            FeeUnit::Copy => self.copies,
            FeeUnit::Page => self.pages.saturating_mul(self.copies),
            FeeUnit::Person => self.persons,
        }
    }
}

/// Whether a reduction's condition holds.
enum Ground {
    Absent,
    /// Claimed, and nothing was shown.
    Claimed,
    Shown(Proof),
}

impl Ground {
    fn known(holds: bool, proof: Proof) -> Self {
        if holds {
            Self::Shown(proof)
        } else {
            Self::Absent
        }
    }
}

/// The reduction a line got, kept so that the decision can be checked later
/// (02/2026/NĐ-CP: a wrong exemption obliges repayment).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppliedReduction {
    /// The reduction's code.
    pub code: String,
    /// Gross minus net.
    pub saved: Dong,
    /// How we know; none where the rule asks for no proof and the claim brought none.
    pub proof: Option<Proof>,
    /// The act and article.
    pub legal_basis: String,
}

/// One fee of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeLine {
    /// The code of the fee rule.
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// Phí or lệ phí.
    pub kind: FeeKind,
    /// What it is charged for.
    pub unit: FeeUnit,
    /// How many units.
    pub quantity: u32,
    /// By the tariff.
    pub gross: Dong,
    /// The single best reduction, if one helps.
    pub applied: Option<AppliedReduction>,
    /// What is owed; 0 <= net <= gross.
    pub net: Dong,
    /// When it is collected.
    pub collected: CollectedAt,
    /// The act and article of the tariff.
    pub legal_basis: String,
    /// Reductions that were claimed and would hold if their proof were shown.
    pub unproven: Vec<String>,
}

/// What a dossier costs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assessment {
    /// One line for each rule in force, in the order of the rules.
    pub lines: Vec<FeeLine>,
}

impl Assessment {
    /// The sum by the tariff.
    pub fn gross(&self) -> Dong {
        self.lines.iter().map(|line| line.gross).sum()
    }

    /// The sum owed.
    pub fn net(&self) -> Dong {
        self.lines.iter().map(|line| line.net).sum()
    }
}

/// Applies the rules in force on the query's date. Reductions are never stacked: each line gets
/// the one that leaves least to pay, and of equals the one the catalogue lists first.
pub fn assess(rules: &[FeeRule], query: &FeeQuery) -> Assessment {
    let in_force = rules.iter().filter(|rule| rule.in_force.covers(query.date));
    Assessment {
        lines: in_force.map(|rule| line(rule, query)).collect(),
    }
}

fn line(rule: &FeeRule, query: &FeeQuery) -> FeeLine {
    let quantity = query.quantity(rule.unit);
    let gross = gross(rule, query, quantity).max(Dong::ZERO);
    let mut best: Option<(Dong, &Reduction, Option<Proof>)> = None;
    let mut unproven = Vec::new();
    for reduction in &rule.reductions {
        if !reduction.in_force.covers(query.date) {
            continue;
        }
        let proof = match query.ground(&reduction.condition) {
            Ground::Absent => continue,
            Ground::Claimed if reduction.proof_needed.is_some() => {
                unproven.push(reduction.code.clone());
                continue;
            }
            Ground::Claimed => None,
            Ground::Shown(proof) => Some(proof),
        };
        let net = reduction.effect.net(gross, quantity);
        let least = best.as_ref().map_or(gross, |(least, _, _)| *least);
        if net < least {
            best = Some((net, reduction, proof));
        }
    }
    let net = best.as_ref().map_or(gross, |(net, _, _)| *net);
    FeeLine {
        code: rule.code.clone(),
        name: rule.name.clone(),
        kind: rule.kind,
        unit: rule.unit,
        quantity,
        gross,
        applied: best.map(|(net, reduction, proof)| AppliedReduction {
            code: reduction.code.clone(),
            saved: gross.minus(net),
            proof,
            legal_basis: reduction.legal_basis.clone(),
        }),
        net,
        collected: rule.collected,
        legal_basis: rule.legal_basis.clone(),
        unproven,
    }
}

fn gross(rule: &FeeRule, query: &FeeQuery, quantity: u32) -> Dong {
    match &rule.tariff {
        Tariff::Flat(amounts) => amounts.on(query.channel).times(quantity),
        Tariff::PerPage(tariff) => tariff.per_copy(query.pages).times(query.copies),
        Tariff::SetByCouncil(tariff) => tariff.amounts.on(query.channel).times(quantity),
    }
}
