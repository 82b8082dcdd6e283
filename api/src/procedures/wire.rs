//! A procedure in full, as clients see it: what it asks, costs, takes and stands on.

use chrono::NaiveDate;
use domain::{
    actor::Role,
    dossiers::Channel,
    ids::AgencyId,
    papers::FileKind,
    procedures::{
        ApplicantKind, CentralCoverage, Certainty, Copies, DeskClocks, Level, PaperOrigin,
        ProcedureCode, QuantityFields, Source, SupplementPolicy,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{brief::OnlineService, fees::FeeView, words::TimeLimitView};
use crate::page_type;

/// The address of a procedure.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ProcedurePath {
    /// The national code.
    #[param(value_type = String, max_length = 8, pattern = r"^[1-9]\.[0-9]{6}$", example = "2.000635")]
    pub procedure_code: ProcedureCode,
}

/// Where and how a dossier would be filed.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PreviewQuery {
    /// The agency.
    #[param(value_type = uuid::Uuid)]
    pub agency_id: AgencyId,
    /// How it would come in.
    pub channel: Channel,
}

/// A field (lĩnh vực).
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldBrief {
    /// Its code.
    #[schema(max_length = 10, example = "G15-HT01")]
    pub code: String,
    /// Its name.
    #[schema(max_length = 200, example = "Hộ tịch")]
    pub name: String,
}

page_type!(
    /// A page of fields, by code.
    FieldPage of FieldBrief
);

/// A procedure (thủ tục hành chính) in full, as it is in force today.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureView {
    /// The national code.
    #[schema(max_length = 8, example = "2.000635")]
    pub code: String,
    /// The version; a dossier keeps the one it was filed under.
    #[schema(minimum = 1)]
    pub version: u32,
    /// The first date it is in force.
    pub in_force_from: NaiveDate,
    /// The first date it no longer is; null while open.
    pub in_force_to: Option<NaiveDate>,
    /// Its name.
    #[schema(max_length = 300)]
    pub name: String,
    /// Its field.
    pub field: FieldBrief,
    /// Which level decides.
    pub level: Level,
    /// How far it can be done online.
    pub online: OnlineService,
    /// Why not all of it can be done online.
    #[schema(max_length = 1000)]
    pub online_reason: Option<String>,
    /// A national system that takes it in.
    pub central_system: Option<CentralSystemView>,
    /// How surely one has to be known to file it online: 1, a telephone number answers; 2, verified.
    #[schema(minimum = 1, maximum = 2)]
    pub assurance_level: u8,
    /// The ground of that, and how sure it is.
    pub assurance_source: Option<Source>,
    /// Who may apply.
    #[schema(max_items = 2)]
    pub applicants: Vec<ApplicantKind>,
    /// How long it may take.
    pub time_limit: TimeLimitView,
    /// How long it may take when filed online, where that differs.
    pub time_limit_online: Option<TimeLimitView>,
    /// How supplement requests work.
    pub supplement: SupplementPolicy,
    /// The clocks of the desk: answering, forwarding, asking for papers.
    pub desk: DeskClocks,
    /// The result is immediate; a receipt is written only on request.
    pub receipt_on_request_only: bool,
    /// What it costs.
    #[schema(max_items = 50)]
    pub fees: Vec<FeeView>,
    /// Which answers of the form the fees are multiplied with.
    pub quantity_fields: QuantityFields,
    /// What has to be handed in.
    #[schema(max_items = 100)]
    pub papers: Vec<PaperNeededView>,
    /// The steps inside the agency, in order.
    #[schema(max_items = 50)]
    pub steps: Vec<StepView>,
    /// What the citizen gets.
    pub result: ProcedureResultView,
    /// The laws and decisions it stands on.
    #[schema(max_items = 50)]
    pub legal_basis: Vec<Source>,
    /// Where this entry comes from, and how sure it is.
    pub source: Source,
    /// What a reader of this entry should know.
    #[schema(max_length = 1000)]
    pub note: Option<String>,
}

/// A national system that takes the procedure in instead of the province.
#[derive(Debug, Serialize, ToSchema)]
pub struct CentralSystemView {
    /// Its name.
    #[schema(max_length = 300)]
    pub name: String,
    /// How much it takes in.
    pub covers: CentralCoverage,
}

/// Whether a paper must be there.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaperNecessity {
    /// Always.
    Mandatory,
    /// Only in the case described.
    Conditional,
    /// It may be added; nobody may ask for it.
    Optional,
}

/// A paper the procedure asks for (thành phần hồ sơ).
#[derive(Debug, Serialize, ToSchema)]
pub struct PaperNeededView {
    /// Its name inside this procedure.
    #[schema(max_length = 40)]
    pub key: String,
    /// The national code of the component.
    #[schema(max_length = 40)]
    pub code: Option<String>,
    /// What it is called.
    #[schema(max_length = 500)]
    pub name: String,
    /// Whether it must be there.
    pub need: PaperNecessity,
    /// In which case it must be there.
    #[schema(max_length = 1000)]
    pub case: Option<String>,
    /// How many are handed in on paper.
    pub copies: Copies,
    /// Where it comes from.
    pub source: PaperOrigin,
    /// The form's answers stand for it: nothing is uploaded.
    pub is_form: bool,
    /// The name of the prescribed blank form.
    #[schema(max_length = 200)]
    pub form_file: Option<String>,
    /// The code of a result that may stand in for it.
    #[schema(max_length = 40)]
    pub replaced_by_result: Option<String>,
    /// Scanned and signed at reception when it comes on paper.
    pub digitise: bool,
    /// Shown and handed back, not kept.
    pub to_present_only: bool,
    /// The kinds of file accepted.
    #[schema(max_items = 10)]
    pub accepts: Vec<FileKind>,
    /// The largest file accepted, in bytes.
    #[schema(maximum = 20_971_520)]
    pub max_bytes: u32,
    /// How sure it is that the paper is asked for.
    pub certainty: Certainty,
}

/// A step inside the agency.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepView {
    /// What is done.
    #[schema(max_length = 300)]
    pub name: String,
    /// Who does it.
    pub role: Role,
    /// How long it may take, in working minutes.
    #[schema(minimum = 1)]
    pub minutes: u32,
    /// How sure the step is.
    pub certainty: Certainty,
}

/// What the citizen gets.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureResultView {
    /// The national code of the result.
    #[schema(max_length = 40, example = "KQ.G15.000032")]
    pub code: Option<String>,
    /// What it is called.
    #[schema(max_length = 300)]
    pub name: String,
    /// For how many months it can be used; null without end.
    #[schema(minimum = 1, maximum = 1200)]
    pub valid_months: Option<u16>,
}
