//! One agency, what it was called when, and which procedures it offers.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    ids::AgencyId,
    procedures::{CommuneCode, Level, ProcedureCode, ProcedureVersion, Source},
    text::Localized,
};

/// What sort of one-stop centre it is (118/2025/NĐ-CP).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AgencyKind {
    /// The province's centre (Trung tâm Phục vụ hành chính công tỉnh).
    ProvinceCentre,
    /// A commune's centre (Trung tâm Phục vụ hành chính công cấp xã; a desk before 1 July 2025).
    CommuneCentre,
}

/// What an agency was over a half-open range of dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgencyVersion {
    /// The first date of this version.
    pub in_force_from: NaiveDate,
    /// The first date it no longer holds; open if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_to: Option<NaiveDate>,
    /// Its name.
    pub name: Localized,
    /// What sort of centre.
    pub kind: AgencyKind,
    /// The commune it serves; absent for the province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commune: Option<CommuneCode>,
    /// The identifier (mã định danh, QĐ 20/2020/QĐ-TTg: root first) used in dossier codes; absent
    /// for a version that issues none here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(
        pattern = r"^[A-Z][0-9]{2}(\.[A-Z0-9]{2,3}){0,4}$",
        example = "H01.30.38"
    )]
    pub identifier: Option<String>,
    /// The identifier as printed on slips.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 40)]
    pub identifier_display: Option<String>,
    /// Where it is.
    #[schema(min_length = 1, max_length = 300)]
    pub address: String,
    /// Its telephone number, where published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 20)]
    pub phone: Option<String>,
    /// The working sessions it keeps, by id.
    #[schema(min_length = 1, max_length = 40)]
    pub sessions: String,
    /// Where this entry comes from.
    pub source: Source,
}

impl AgencyVersion {
    /// Whether this version holds on that business date.
    pub fn in_force(&self, date: NaiveDate) -> bool {
        self.in_force_from <= date && self.in_force_to.is_none_or(|to| date < to)
    }
}

/// Which procedures an agency offers: those of its levels, and single ones more or less.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Offers {
    /// Every procedure of these levels.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// These as well.
    #[serde(default)]
    pub also: Vec<ProcedureCode>,
    /// But not these.
    #[serde(default)]
    pub except: Vec<ProcedureCode>,
}

/// An agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// Never changes, whatever the agency is called.
    pub id: AgencyId,
    /// Who took over its work, if it was merged away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<AgencyId>,
    /// What it was when, in the order of their dates.
    #[schema(min_items = 1)]
    pub versions: Vec<AgencyVersion>,
    /// Which procedures it offers.
    pub offers: Offers,
}

impl Agency {
    /// What the agency is on that business date; nothing if it does not exist then.
    pub fn on(&self, date: NaiveDate) -> Option<&AgencyVersion> {
        self.versions.iter().find(|version| version.in_force(date))
    }

    /// Whether dossiers of the procedure can be filed here. What a national system takes in
    /// entirely is filed nowhere else.
    pub fn offers(&self, procedure: &ProcedureVersion) -> bool {
        let Offers {
            levels,
            also,
            except,
        } = &self.offers;
        let by_level = levels.iter().any(|level| {
            *level == procedure.level || *level == Level::Both || procedure.level == Level::Both
        });
        !procedure.is_filed_elsewhere()
            && !except.contains(&procedure.code)
            && (by_level || also.contains(&procedure.code))
    }
}
