//! Fees as readers see them: what is charged, what makes it cheaper, and on which act.

use chrono::NaiveDate;
use domain::{
    deadlines::Certainty,
    money::Dong,
    payments::fees::{
        Amounts, CollectedAt, Condition, CouncilTariff, DIGITAL_CITIZEN, Effect, FeeChannel,
        FeeKind, FeeRule, FeeUnit, InForce, OnTime, PageTariff, Reduction, Tariff,
    },
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{dossiers::render::picked, extract::Language};

/// One fee of a procedure (phí, lệ phí).
#[derive(Debug, Serialize, ToSchema)]
pub struct FeeView {
    /// Its code.
    #[schema(max_length = 64)]
    pub code: String,
    /// Its name.
    #[schema(max_length = 300)]
    pub name: String,
    /// Phí or lệ phí.
    pub kind: FeeKind,
    /// What the tariff is multiplied with.
    pub unit: FeeUnit,
    /// The amount per unit for each channel; null where it is charged by pages.
    pub amounts: Option<AmountsView>,
    /// The price by pages; null where it is charged per unit.
    pub pages: Option<PageTariffView>,
    /// Which resolution of the province's People's Council (HĐND) set it; null if national.
    #[schema(max_length = 500)]
    pub council_note: Option<String>,
    /// When it is collected.
    pub collected: CollectedAt,
    /// The act and article.
    #[schema(max_length = 500)]
    pub legal_basis: String,
    /// How sure the amount is.
    pub certainty: Certainty,
    /// The first day it holds.
    pub first_day: NaiveDate,
    /// The last day it holds, included; null while no end is known.
    pub last_day: Option<NaiveDate>,
    /// What makes it cheaper.
    #[schema(max_items = 50)]
    pub reductions: Vec<ReductionView>,
}

/// The amount per unit, for each way to file, in dong.
#[derive(Debug, Serialize, ToSchema)]
pub struct AmountsView {
    /// At the counter.
    pub direct: Dong,
    /// Online.
    pub online: Dong,
    /// By post.
    pub post: Dong,
}

/// A price per page that falls after the first pages and is capped for each copy, in dong.
#[derive(Debug, Serialize, ToSchema)]
pub struct PageTariffView {
    /// How many pages pay the first price.
    pub first_pages: u32,
    /// The price of each of the first pages.
    pub first_price: Dong,
    /// The price of each further page.
    pub further_price: Dong,
    /// The most that one copy costs.
    pub cap_per_copy: Dong,
}

/// Whom a reduction is for.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReductionFor {
    /// Members of a beneficiary group, see `group`.
    BeneficiaryGroup,
    /// Digital citizens (công dân số) who file online; named under `claims` as `digital_citizen`.
    DigitalCitizen,
    /// Dossiers filed online.
    OnlineChannel,
    /// Events registered in time, see `event_field` and `within_days`.
    OnTime,
}

/// What makes a fee cheaper (miễn, giảm). One of `percent_off`, `minus` and `fixed` says how much.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReductionView {
    /// Its code.
    #[schema(max_length = 64)]
    pub code: String,
    /// Whom it is for.
    pub condition: ReductionFor,
    /// The beneficiary group, to be named under `claims`.
    #[schema(max_length = 64)]
    pub group: Option<String>,
    /// The term after the event, in calendar days; it counts to the day of filing, and a last day
    /// that is a day off moves to the next working day.
    pub within_days: Option<u32>,
    /// The answer of the form that is the day of the event, as a JSON Pointer.
    #[schema(max_length = 64, example = "/child_birth_date")]
    pub event_field: Option<String>,
    /// So many percent off; 100 is free of charge.
    #[schema(maximum = 100)]
    pub percent_off: Option<u8>,
    /// So many dong off each unit.
    pub minus: Option<Dong>,
    /// So many dong per unit instead.
    pub fixed: Option<Dong>,
    /// The act and article.
    #[schema(max_length = 500)]
    pub legal_basis: String,
    /// What must be shown for it.
    #[schema(max_length = 500)]
    pub proof_needed: Option<String>,
    /// The first day it holds.
    pub first_day: NaiveDate,
    /// The last day it holds, included; null while no end is known.
    pub last_day: Option<NaiveDate>,
}

impl FeeView {
    /// The fee in the reader's language.
    ///
    /// `whole` is how sure the version is: what is said of no certainty of its own has that one.
    pub fn of(fee: &FeeRule, whole: Certainty, language: Language) -> Self {
        let FeeRule {
            code,
            name,
            kind,
            unit,
            tariff,
            collected,
            in_force: InForce {
                first_day,
                last_day,
            },
            legal_basis,
            certainty,
            reductions,
        } = fee;
        let (amounts, pages, note) = match tariff {
            Tariff::Flat(amounts) => (Some(amounts), None, None),
            Tariff::PerPage(pages) => (None, Some(pages), None),
            Tariff::SetByCouncil(CouncilTariff { amounts, note }) => {
                (Some(amounts), None, Some(note))
            }
        };
        let reductions = reductions.iter();
        Self {
            code: code.clone(),
            name: picked(language, name),
            kind: *kind,
            unit: *unit,
            amounts: amounts.map(AmountsView::of),
            pages: pages.map(PageTariffView::of),
            council_note: note.map(|note| picked(language, note)),
            collected: *collected,
            legal_basis: legal_basis.clone(),
            certainty: certainty.unwrap_or(whole),
            first_day: *first_day,
            last_day: *last_day,
            reductions: reductions
                .map(|reduction| ReductionView::of(reduction, language))
                .collect(),
        }
    }
}

impl AmountsView {
    fn of(amounts: &Amounts) -> Self {
        Self {
            direct: amounts.on(FeeChannel::Direct),
            online: amounts.on(FeeChannel::Online),
            post: amounts.on(FeeChannel::Post),
        }
    }
}

impl PageTariffView {
    fn of(tariff: &PageTariff) -> Self {
        let PageTariff {
            first_pages,
            first_price,
            further_price,
            cap_per_copy,
        } = *tariff;
        Self {
            first_pages,
            first_price,
            further_price,
            cap_per_copy,
        }
    }
}

impl ReductionView {
    fn of(reduction: &Reduction, language: Language) -> Self {
        let Reduction {
            code,
            condition,
            effect,
            in_force: InForce {
                first_day,
                last_day,
            },
            legal_basis,
            proof_needed,
        } = reduction;
        let group = group_of(condition);
        let term = term_of(condition);
        let (percent_off, minus, fixed) = match *effect {
            Effect::Free => (Some(100), None, None),
            Effect::Percent(off) => (Some(off), None, None),
            Effect::Minus(amount) => (None, Some(amount), None),
            Effect::Fixed(amount) => (None, None, Some(amount)),
        };
        let proof = proof_needed.as_ref();
        Self {
            code: code.clone(),
            condition: condition.into(),
            group,
            within_days: term.map(|term| term.within_days),
            event_field: term.map(|term| term.event_field.clone()),
            percent_off,
            minus,
            fixed,
            legal_basis: legal_basis.clone(),
            proof_needed: proof.map(|proof| picked(language, proof)),
            first_day: *first_day,
            last_day: *last_day,
        }
    }
}

impl From<&Condition> for ReductionFor {
    fn from(condition: &Condition) -> Self {
        match condition {
            Condition::BeneficiaryGroup(_) => Self::BeneficiaryGroup,
            Condition::DigitalCitizen => Self::DigitalCitizen,
            Condition::OnlineChannel => Self::OnlineChannel,
            Condition::OnTime(_) => Self::OnTime,
        }
    }
}

/// What a citizen names under `claims` to ask for a reduction.
pub fn group_of(condition: &Condition) -> Option<String> {
    match condition {
        Condition::BeneficiaryGroup(group) => Some(group.clone()),
        Condition::DigitalCitizen => Some(DIGITAL_CITIZEN.to_owned()),
        Condition::OnlineChannel | Condition::OnTime(_) => None,
    }
}

/// The term within which an event must be registered, if that is the condition.
pub fn term_of(condition: &Condition) -> Option<&OnTime> {
    match condition {
        Condition::OnTime(term) => Some(term),
        Condition::BeneficiaryGroup(_) | Condition::DigitalCitizen | Condition::OnlineChannel => {
            None
        }
    }
}
