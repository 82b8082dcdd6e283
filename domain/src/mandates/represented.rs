//! Those without an account for whom somebody acts.

use chrono::NaiveDate;

use crate::{
    ids::{OrganisationId, WardId},
    mandates::TaxCode,
    personal::Personal,
    time::Time,
};

/// A person without an account: a child, or somebody under guardianship.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ward {
    /// The id.
    pub id: WardId,
    /// Full name, as on the birth certificate.
    pub full_name: Personal<String>,
    /// Date of birth.
    pub birth_date: Option<Personal<NaiveDate>>,
    /// Personal identity number (số định danh cá nhân), given at the registration of the birth.
    pub personal_number: Option<Personal<String>>,
    /// When an officer first looked at the evidence of a mandate.
    pub confirmed_at: Option<Time>,
    /// When it was recorded.
    pub created_at: Time,
}

/// An organisation (tổ chức, doanh nghiệp, hợp tác xã). Its registered representatives are those who
/// hold a mandate on the ground of legal representation now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// The id.
    pub id: OrganisationId,
    /// Its registered name.
    pub name: String,
    /// Its tax code, which is its registration number.
    pub tax_code: TaxCode,
    /// When an officer first looked at the evidence of a mandate.
    pub confirmed_at: Option<Time>,
    /// When it was recorded.
    pub created_at: Time,
}
