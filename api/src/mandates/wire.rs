//! What is sent about mandates.

use chrono::NaiveDate;
use domain::{
    ids::{AgencyId, MandateId, OrganisationId},
    mandates::{Act, Ground, MandateState},
    personal::Personal,
    procedures::ProcedureCode,
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// The path of one mandate.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct MandatePath {
    /// The mandate's id.
    #[param(value_type = uuid::Uuid)]
    pub mandate_id: MandateId,
}

/// How a list of mandates is narrowed.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MandateQuery {
    /// Only those that stand like this.
    pub state: Option<MandateState>,
    /// How many items a page has, 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    pub page_size: Option<u8>,
    /// The `next_page_token` of the page before.
    #[param(max_length = 600)]
    pub page_token: Option<String>,
}

/// A person with an account, by what whoever knows them knows.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountBody {
    /// The number they sign in with.
    #[schema(value_type = String, min_length = 9, max_length = 20, example = "0912345678")]
    pub phone: Personal<String>,
    /// Their name, as on the account.
    #[schema(value_type = String, min_length = 1, max_length = 120, example = "Nguyễn Thị Đào")]
    pub full_name: Personal<String>,
}

/// A child or another person without an account.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WardBody {
    /// Full name, as on the birth certificate.
    #[schema(value_type = String, min_length = 1, max_length = 120, example = "Trần Thị Bé")]
    pub full_name: Personal<String>,
    /// Date of birth.
    #[schema(value_type = NaiveDate)]
    pub birth_date: Personal<NaiveDate>,
    /// Personal identity number, if one was given already.
    #[schema(value_type = Option<String>, pattern = "^[0-9]{12}$", min_length = 12, max_length = 12, example = "089215000001")]
    pub personal_number: Option<Personal<String>>,
}

/// An organisation, as it is registered.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationBody {
    /// Its registered name.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Công ty TNHH Nông sản Mỹ Thuận"
    )]
    pub name: String,
    /// Its tax code (mã số thuế): ten digits, and three more for a dependent unit.
    #[schema(
        min_length = 10,
        max_length = 14,
        pattern = "^[0-9]{10}(-[0-9]{3})?$",
        example = "0100109106"
    )]
    pub tax_code: String,
}

/// Whom the mandate is of: exactly one of these.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MandatorBody {
    /// A person with an account who authorises the caller.
    pub account: Option<AccountBody>,
    /// The caller, who authorises the `delegate`.
    pub myself: Option<bool>,
    /// A child or ward whom the caller represents.
    pub ward: Option<WardBody>,
    /// An organisation whose legal representative the caller is.
    pub organisation: Option<OrganisationBody>,
    /// An organisation that the caller represents already, and that authorises the `delegate`.
    pub organisation_id: Option<OrganisationId>,
}

/// The paper a mandate rests on.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceBody {
    /// Its number.
    #[schema(value_type = String, min_length = 1, max_length = 60, example = "128/2026")]
    pub number: Personal<String>,
    /// Its date.
    pub issued_on: NaiveDate,
    /// Who issued it.
    #[schema(min_length = 1, max_length = 200, example = "UBND xã Mỹ Thuận")]
    pub issuer: String,
}

/// A mandate as it is proposed.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MandateBody {
    /// Whom it is of.
    pub mandator: MandatorBody,
    /// Who is to act, where that is not the caller.
    pub delegate: Option<AccountBody>,
    /// What it rests on.
    pub ground: Ground,
    /// What the delegate may do; each act includes reading.
    #[schema(min_items = 1, max_items = 5)]
    pub acts: Vec<Act>,
    /// Only for these procedures; for all of them without a list.
    #[schema(min_items = 1, max_items = 50)]
    pub procedures: Option<Vec<ProcedureCode>>,
    /// Its first day; today without one.
    pub valid_from: Option<NaiveDate>,
    /// Its last day, if there is one.
    pub valid_until: Option<NaiveDate>,
    /// The paper it rests on.
    pub evidence: EvidenceBody,
    /// The agency at whose counter the paper is shown: for children and organisations.
    pub agency_id: Option<AgencyId>,
}

/// Why a mandate is refused or revoked at the desk.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MandateReason {
    /// The reason, as both sides read it.
    #[schema(
        min_length = 1,
        max_length = 500,
        example = "Giấy khai sinh không khớp."
    )]
    pub reason: String,
}
