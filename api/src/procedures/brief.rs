//! A procedure in a few words: what lists and the board at the centre show.

use domain::procedures::{Level, OnlineLevel, ProcedureVersion};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::words::in_words;
use crate::{dossiers::render::picked, extract::Language, page_type};

/// How far a procedure can be done online, without the reason (mức độ dịch vụ công trực tuyến).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnlineService {
    /// From filing to result (toàn trình).
    Full,
    /// In part (một phần).
    Partial,
    /// Only information (cung cấp thông tin trực tuyến).
    None,
}

impl OnlineService {
    /// The level without its reason.
    pub const fn of(level: &OnlineLevel) -> Self {
        match level {
            OnlineLevel::Full {} => Self::Full,
            OnlineLevel::Partial { reason: _ } => Self::Partial,
            OnlineLevel::None { reason: _ } => Self::None,
        }
    }
}

/// One line of a list of procedures.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureSummary {
    /// The national code.
    #[schema(max_length = 8, example = "2.000635")]
    pub code: String,
    /// Its name.
    #[schema(max_length = 300, example = "Cấp bản sao trích lục hộ tịch")]
    pub name: String,
    /// The code of its field; names are at `/v1/fields`.
    #[schema(max_length = 10, example = "G15-HT01")]
    pub field: String,
    /// Which level decides.
    pub level: Level,
    /// How far it can be done online.
    pub online: OnlineService,
    /// The time limit in words.
    #[schema(max_length = 120, example = "3 ngày làm việc")]
    pub time_limit: String,
}

page_type!(
    /// A page of procedures, by code.
    ProcedurePage of ProcedureSummary
);

impl ProcedureSummary {
    /// The procedure in the reader's language.
    pub fn of(procedure: &ProcedureVersion, language: Language) -> Self {
        Self {
            code: procedure.code.as_str().to_owned(),
            name: picked(language, &procedure.name),
            field: procedure.field.as_str().to_owned(),
            level: procedure.level,
            online: OnlineService::of(&procedure.online),
            time_limit: in_words(procedure.time_limit, language),
        }
    }
}
