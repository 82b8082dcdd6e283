//! What a check before filing says, as shown.

use domain::{
    money::Dong,
    payments::fees::{CollectedAt, FeeLine},
    rejection::Fault,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{filing::Check, ledger::DeadlineView, render::picked, wire::GroupCode};
use crate::{extract::Language, problem::ProblemField};

/// Everything that is missing, what it costs, and when it would be due.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierCheck {
    /// Whether it could be submitted as it is.
    pub ready: bool,
    /// Everything that stands in the way, with a JSON Pointer each.
    #[schema(max_items = 200)]
    pub errors: Vec<ProblemField>,
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
    /// Reductions claimed whose proof the desk has to see first.
    #[schema(max_items = 20)]
    pub unproven: Vec<GroupCode>,
    /// When it is collected.
    pub collected: CollectedAt,
}

impl DossierCheck {
    /// What was found, in the reader's language.
    pub fn of(check: Check, language: Language) -> Self {
        let Check { faults, fees, due } = check;
        Self {
            ready: faults.is_empty(),
            errors: faults
                .into_iter()
                .map(|fault: Fault| ProblemField::of(fault.into(), language))
                .collect(),
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
        } = line;
        Self {
            fee_code: code,
            name: picked(language, &name),
            quantity,
            gross,
            net,
            reduction: applied.map(|applied| applied.code),
            unproven: unproven.into_iter().map(GroupCode).collect(),
            collected,
        }
    }
}
