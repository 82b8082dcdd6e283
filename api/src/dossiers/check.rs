//! What a check before filing says, as shown.

use domain::{
    money::Dong,
    payments::fees::{CollectedAt, FeeLine, OpenReduction},
    rejection::Fault,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    filing::Check, ledger::DeadlineView, proof::ProofView, render::picked, wire::GroupCode,
};
use crate::{
    extract::Language,
    problem::ProblemField,
    procedures::fees::{ReductionFor, group_of, term_of},
};

/// Everything that is missing, what it costs, and when it would be due.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierCheck {
    /// Whether it could be submitted as it is.
    pub ready: bool,
    /// Everything that stands in the way, with a JSON Pointer each.
    #[schema(max_items = 200)]
    pub errors: Vec<ProblemField>,
    /// What stands in nobody's way and may lead to a question of the desk: papers that only some need,
    /// claims whose proof it has to see.
    #[schema(max_items = 200)]
    pub doubts: Vec<ProblemField>,
    /// How surely the citizen has to be known to file it: 1 by a telephone number, 2 with a verified
    /// identity.
    #[schema(minimum = 1, maximum = 2)]
    pub needed_level: u8,
    /// What it will cost, line by line.
    #[schema(max_items = 50)]
    pub fees: Vec<FeePreview>,
    /// The sum, in dong.
    pub total: Dong,
    /// Always `VND`.
    #[schema(max_length = 3, example = "VND")]
    pub currency: &'static str,
    /// When it would be due if it were accepted now; null when the calendar is not loaded.
    pub deadline: Option<DeadlineView>,
}

/// One fee before filing.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeePreview {
    /// The code of the fee rule.
    #[schema(max_length = 64)]
    pub fee_code: String,
    /// Its name.
    #[schema(max_length = 300)]
    pub name: String,
    /// How many units.
    pub quantity: u32,
    /// By the tariff, in dong.
    pub gross: Dong,
    /// After the best reduction that is proven, in dong.
    pub net: Dong,
    /// The reduction applied.
    #[schema(max_length = 64)]
    pub reduction: Option<String>,
    /// The act and article of the reduction.
    #[schema(max_length = 500)]
    pub reduction_basis: Option<String>,
    /// How it is known that the reduction holds.
    pub reduction_proof: Option<ProofView>,
    /// Reductions claimed whose proof the desk has to see first.
    #[schema(max_items = 20)]
    pub unproven: Vec<GroupCode>,
    /// What would still make it cheaper than `net`. Reductions are never added up: the one that
    /// leaves least to pay applies.
    #[schema(max_items = 20)]
    pub possible: Vec<PossibleReduction>,
    /// When it is collected.
    pub collected: CollectedAt,
}

/// A reduction that would apply if its condition were shown to hold.
#[derive(Debug, Serialize, ToSchema)]
pub struct PossibleReduction {
    /// Its code.
    #[schema(max_length = 64)]
    pub code: String,
    /// Whom it is for.
    pub condition: ReductionFor,
    /// What to name under `claims`.
    #[schema(max_length = 64)]
    pub group: Option<String>,
    /// The answer of the form that decides, as a JSON Pointer, and is not given yet.
    #[schema(max_length = 64, example = "/child_birth_date")]
    pub event_field: Option<String>,
    /// The term after that day, in calendar days.
    pub within_days: Option<u32>,
    /// What the fee would come to, in dong.
    pub net: Dong,
    /// What must be shown to the desk.
    #[schema(max_length = 500)]
    pub proof_needed: Option<String>,
    /// The act and article.
    #[schema(max_length = 500)]
    pub legal_basis: String,
}

impl DossierCheck {
    /// What was found, in the reader's language.
    pub fn of(check: Check, language: Language) -> Self {
        let Check {
            faults,
            doubts,
            needed_level,
            fees,
            due,
        } = check;
        let told = |faults: Vec<Fault>| {
            let faults = faults.into_iter();
            faults
                .map(|fault| ProblemField::of(fault.into(), language))
                .collect()
        };
        Self {
            ready: faults.is_empty(),
            errors: told(faults),
            doubts: told(doubts),
            needed_level: needed_level.number(),
            total: fees.net(),
            fees: fees
                .lines
                .into_iter()
                .map(|line| FeePreview::of(line, language))
                .collect(),
            currency: "VND",
            deadline: due.map(Into::into),
        }
    }
}

impl FeePreview {
    fn of(line: FeeLine, language: Language) -> Self {
        let FeeLine {
            code,
            name,
            kind: _,
            unit: _,
            quantity,
            gross,
            applied,
            net,
            collected,
            legal_basis: _,
            unproven,
            open,
        } = line;
        let possible = open.into_iter();
        Self {
            fee_code: code,
            name: picked(language, &name),
            quantity,
            gross,
            net,
            reduction_basis: applied.as_ref().map(|applied| applied.legal_basis.clone()),
            reduction_proof: applied
                .as_ref()
                .and_then(|applied| applied.proof.as_ref())
                .map(|proof| ProofView::of(proof, language)),
            reduction: applied.map(|applied| applied.code),
            unproven: unproven.into_iter().map(GroupCode).collect(),
            possible: possible
                .map(|one| PossibleReduction::of(one, language))
                .collect(),
            collected,
        }
    }
}

impl PossibleReduction {
    fn of(open: OpenReduction, language: Language) -> Self {
        let OpenReduction {
            code,
            condition,
            net,
            proof_needed,
            legal_basis,
        } = open;
        let term = term_of(&condition);
        Self {
            code,
            group: group_of(&condition),
            event_field: term.map(|term| term.event_field.clone()),
            within_days: term.map(|term| term.within_days),
            condition: (&condition).into(),
            net,
            proof_needed: proof_needed.map(|proof| language.of(proof)),
            legal_basis,
        }
    }
}
