//! One version of one procedure: everything that is fixed when a dossier is accepted under it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    code::{FieldCode, ProcedureCode},
    desk::{DeskClocks, SupplementPolicy},
    papers::PaperRequirement,
    source::{Certainty, Source},
};
use crate::{
    actor::Role,
    deadlines::TimeLimit,
    identities::{AssuranceLevel, AssuranceNeed},
    payments::fees::FeeRule,
    text::Localized,
};

/// Which level of government decides (cấp giải quyết).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The commune (xã, phường, đặc khu).
    Commune,
    /// The province (tỉnh).
    Province,
    /// Either.
    Both,
}

/// How far the procedure can be done online (224/2026/NĐ-CP art. 14).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "level", rename_all = "snake_case", deny_unknown_fields)]
pub enum OnlineLevel {
    /// From filing to result (toàn trình). (Braces, so that further fields are refused.)
    Full {},
    /// In part (một phần), for a reason the law obliges us to publish.
    Partial {
        /// Why not all of it.
        reason: Localized,
    },
    /// Only information is given online.
    None {
        /// Why.
        reason: Localized,
    },
}

/// Who may apply (đối tượng thực hiện).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApplicantKind {
    /// A person (cá nhân).
    Person,
    /// An organisation or business (tổ chức, doanh nghiệp).
    Organisation,
}

/// How much of a procedure another system takes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CentralCoverage {
    /// All of it: the one-stop desk only informs and helps.
    All,
    /// Online filing: the counter still takes it.
    Online,
}

/// A national system that takes the procedure in instead of the province (224/2026/NĐ-CP art. 15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CentralSystem {
    /// The system, as citizens know it.
    pub name: Localized,
    /// How much of the procedure it takes in.
    pub covers: CentralCoverage,
}

/// A step inside the agency (quy trình nội bộ), as the chairman's decision fixes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InternalStep {
    /// What is done.
    pub name: Localized,
    /// Who does it.
    pub role: Role,
    /// How long it may take, in working minutes; a day of the limit is 480 of them.
    #[schema(minimum = 1, maximum = 100_000)]
    pub minutes: u32,
    /// How sure the step is, where that differs from the version as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
}

/// What the citizen gets (kết quả).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcedureResult {
    /// The national code of the result, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 40, example = "KQ.G15.000032")]
    pub code: Option<String>,
    /// What it is called.
    pub name: Localized,
    /// For how many months it can be used; without end if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 1200)]
    pub valid_months: Option<u16>,
}

/// Which answers of the form drive the fees, as JSON Pointers into the form's answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuantityFields {
    /// The number of copies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 64, pattern = "^/[a-z][a-z0-9_]*$", example = "/copies")]
    pub copies: Option<String>,
    /// The number of pages of the original.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 64, pattern = "^/[a-z][a-z0-9_]*$", example = "/pages")]
    pub pages: Option<String>,
    /// The number of persons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 64, pattern = "^/[a-z][a-z0-9_]*$", example = "/persons")]
    pub persons: Option<String>,
}

/// What the answers say of the quantities that drive the fees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantities {
    /// Copies asked for.
    pub copies: u32,
    /// Pages of the original.
    pub pages: u32,
    /// Persons it is about.
    pub persons: u32,
}

impl QuantityFields {
    /// The quantities of checked answers; 1 for what the form does not ask.
    pub fn of(&self, answers: &Value) -> Quantities {
        let Self {
            copies,
            pages,
            persons,
        } = self;
        let number = |field: &Option<String>| {
            let answer = field.as_deref().and_then(|field| answers.pointer(field));
            let answer = answer.and_then(Value::as_u64).unwrap_or(1);
            u32::try_from(answer).unwrap_or(u32::MAX)
        };
        Quantities {
            copies: number(copies),
            pages: number(pages),
            persons: number(persons),
        }
    }
}

/// One version of one procedure (thủ tục hành chính), in force over a half-open range of dates.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcedureVersion {
    /// The national code.
    pub code: ProcedureCode,
    /// Counts up from 1 with every change.
    #[schema(minimum = 1)]
    pub version: u32,
    /// The first date it is in force.
    pub in_force_from: NaiveDate,
    /// The first date it no longer is; open if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_to: Option<NaiveDate>,
    /// What it is called.
    pub name: Localized,
    /// The field (lĩnh vực) it belongs to.
    pub field: FieldCode,
    /// Which level decides.
    pub level: Level,
    /// How far it can be done online.
    pub online: OnlineLevel,
    /// A national system that takes it in, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub central_system: Option<CentralSystem>,
    /// How surely one has to know whoever files online; level 1 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assurance: Option<AssuranceNeed>,
    /// Who may apply.
    #[schema(min_items = 1)]
    pub applicants: Vec<ApplicantKind>,
    /// The legal time limit.
    pub time_limit: TimeLimit,
    /// The limit for online filing, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_limit_online: Option<TimeLimit>,
    /// How supplement requests work.
    pub supplement: SupplementPolicy,
    /// The clocks of the desk.
    #[serde(default)]
    pub desk: DeskClocks,
    /// The result is immediate, so a receipt is only written when the citizen asks for one
    /// (61/2018/NĐ-CP art. 17.4).
    #[serde(default)]
    pub receipt_on_request_only: bool,
    /// The fees and charges (phí, lệ phí).
    #[schema(value_type = Vec<Value>)]
    pub fees: Vec<FeeRule>,
    /// Which answers drive them.
    #[serde(default)]
    pub quantity_fields: QuantityFields,
    /// The papers.
    pub papers: Vec<PaperRequirement>,
    /// The e-form, a JSON Schema (draft 2020-12) of its answers.
    #[schema(value_type = Object)]
    pub form: Value,
    /// The steps inside the agency.
    #[schema(min_items = 1)]
    pub steps: Vec<InternalStep>,
    /// What the citizen gets.
    pub result: ProcedureResult,
    /// The laws and decisions it stands on.
    #[schema(min_items = 1)]
    pub legal_basis: Vec<Source>,
    /// Where this entry as a whole comes from.
    pub source: Source,
    /// What a reader of this entry should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1000)]
    pub note: Option<String>,
}

impl ProcedureVersion {
    /// Whether the version is in force on that business date.
    pub fn in_force(&self, date: NaiveDate) -> bool {
        self.in_force_from <= date && self.in_force_to.is_none_or(|to| date < to)
    }

    /// How surely one has to know whoever files it online.
    pub fn needs_level(&self) -> AssuranceLevel {
        let need = self.assurance.as_ref();
        need.map_or(AssuranceLevel::Phone, |need| need.level)
    }

    /// The limit that applies to a dossier filed online, or otherwise.
    pub fn limit(&self, filed_online: bool) -> &TimeLimit {
        match &self.time_limit_online {
            Some(limit) if filed_online => limit,
            Some(_) | None => &self.time_limit,
        }
    }

    /// The paper of that key.
    pub fn paper(&self, key: &str) -> Option<&PaperRequirement> {
        self.papers.iter().find(|paper| paper.key.as_str() == key)
    }

    /// Whether a national system takes all of it in, so that no dossier is filed with us.
    pub fn is_filed_elsewhere(&self) -> bool {
        self.central_system
            .as_ref()
            .is_some_and(|it| it.covers == CentralCoverage::All)
    }
}
