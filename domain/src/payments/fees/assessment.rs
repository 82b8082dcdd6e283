//! What one dossier costs: every rule in force, each with its single best reduction.

use serde::{Deserialize, Serialize};

use super::{
    CollectedAt, Condition, FeeChannel, FeeKind, FeeQuery, FeeRule, FeeUnit, Proof, Reduction,
    Tariff, facts::Ground,
};
use crate::{money::Dong, text::Localized};

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
    /// What would still make it cheaper than `net`, in the order of the catalogue.
    pub open: Vec<OpenReduction>,
}

/// A reduction that would lower a line if its condition were shown to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenReduction {
    /// The reduction's code.
    pub code: String,
    /// Whom it is for.
    pub condition: Condition,
    /// What the line would come to, in dong.
    pub net: Dong,
    /// What must be shown for it.
    pub proof_needed: Option<Localized>,
    /// The act and article.
    pub legal_basis: String,
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

/// Whether being a digital citizen would be looked at for any of these fees: filed online, on a day
/// on which a reduction for digital citizens is in force.
pub fn regards_digital_citizens(rules: &[FeeRule], query: &FeeQuery) -> bool {
    let in_force = rules.iter().filter(|rule| rule.in_force.covers(query.date));
    let mut reductions = in_force.flat_map(|rule| &rule.reductions);
    query.channel == FeeChannel::Online
        && reductions.any(|reduction| {
            reduction.condition == Condition::DigitalCitizen
                && reduction
                    .in_force
                    .covers(query.day_of(&reduction.condition))
        })
}

/// A reduction that holds, with what it leaves to pay.
struct Candidate<'a> {
    net: Dong,
    reduction: &'a Reduction,
    proof: Option<Proof>,
}

/// The reductions of one rule, sorted by how they stand.
#[derive(Default)]
struct Weighed<'a> {
    best: Option<Candidate<'a>>,
    unproven: Vec<String>,
    /// What each would leave to pay.
    open: Vec<(Dong, &'a Reduction)>,
}

fn weigh<'a>(rule: &'a FeeRule, query: &FeeQuery, gross: Dong) -> Weighed<'a> {
    let quantity = query.quantity(rule.unit);
    let mut weighed = Weighed::default();
    for reduction in &rule.reductions {
        if !reduction
            .in_force
            .covers(query.day_of(&reduction.condition))
        {
            continue;
        }
        let net = reduction.effect.net(gross, quantity);
        let proof = match query.ground(&reduction.condition) {
            Ground::Absent => continue,
            Ground::Open => {
                weighed.open.push((net, reduction));
                continue;
            }
            Ground::Claimed if reduction.asks_for_proof() => {
                weighed.unproven.push(reduction.code.clone());
                weighed.open.push((net, reduction));
                continue;
            }
            Ground::Claimed => None,
            Ground::Shown(proof) => Some(proof),
        };
        if net < weighed.best.as_ref().map_or(gross, |best| best.net) {
            weighed.best = Some(Candidate {
                net,
                reduction,
                proof,
            });
        }
    }
    weighed
}

fn line(rule: &FeeRule, query: &FeeQuery) -> FeeLine {
    let quantity = query.quantity(rule.unit);
    let gross = gross(rule, query, quantity).max(Dong::ZERO);
    let Weighed {
        best,
        unproven,
        open,
    } = weigh(rule, query, gross);
    let net = best.as_ref().map_or(gross, |best| best.net);
    let cheaper = open.into_iter().filter(|(least, _)| *least < net);
    FeeLine {
        code: rule.code.clone(),
        name: rule.name.clone(),
        kind: rule.kind,
        unit: rule.unit,
        quantity,
        gross,
        applied: best.map(|best| best.applied(gross)),
        net,
        collected: rule.collected,
        legal_basis: rule.legal_basis.clone(),
        unproven,
        open: cheaper.map(OpenReduction::of).collect(),
    }
}

impl Candidate<'_> {
    fn applied(self, gross: Dong) -> AppliedReduction {
        let Self {
            net,
            reduction,
            proof,
        } = self;
        AppliedReduction {
            code: reduction.code.clone(),
            saved: gross.minus(net),
            proof,
            legal_basis: reduction.legal_basis.clone(),
        }
    }
}

impl OpenReduction {
    fn of((net, reduction): (Dong, &Reduction)) -> Self {
        Self {
            code: reduction.code.clone(),
            condition: reduction.condition.clone(),
            net,
            proof_needed: reduction.proof_needed.clone(),
            legal_basis: reduction.legal_basis.clone(),
        }
    }
}

fn gross(rule: &FeeRule, query: &FeeQuery, quantity: u32) -> Dong {
    match &rule.tariff {
        Tariff::Flat(amounts) => amounts.on(query.channel).times(quantity),
        Tariff::PerPage(tariff) => tariff.per_copy(query.pages).times(query.copies),
        Tariff::SetByCouncil(tariff) => tariff.amounts.on(query.channel).times(quantity),
    }
}
