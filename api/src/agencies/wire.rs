//! What clients see of an agency.

use chrono::NaiveDate;
use domain::{
    agencies::{Agency, AgencyKind, AgencyVersion},
    ids::AgencyId,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    call::Call, dossiers::render::picked, extract::Language, page_type,
    procedures::brief::ProcedureSummary,
};

/// The address of an agency.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct AgencyPath {
    /// The agency's stable id.
    #[param(value_type = uuid::Uuid)]
    pub agency_id: AgencyId,
}

/// An agency (cơ quan) as it is today.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgencySummary {
    /// Its id, which never changes.
    pub id: AgencyId,
    /// Its name today.
    #[schema(max_length = 300)]
    pub name: String,
    /// What sort of centre.
    pub kind: AgencyKind,
    /// The code of the commune it serves; null for the province.
    #[schema(max_length = 5, example = "30838")]
    pub commune: Option<String>,
    /// Where it is.
    #[schema(max_length = 300)]
    pub address: String,
    /// Its telephone number, where published.
    #[schema(max_length = 20)]
    pub phone: Option<String>,
}

page_type!(
    /// A page of agencies, by id.
    AgencyPage of AgencySummary
);

/// The posting board of a centre (niêm yết): what can be filed there today.
#[derive(Debug, Serialize, ToSchema)]
pub struct Board {
    /// The agency.
    pub agency: AgencySummary,
    /// The day it holds for.
    pub date: NaiveDate,
    /// The procedures offered, by code.
    #[schema(max_items = 3000)]
    pub procedures: Vec<ProcedureSummary>,
}

impl AgencySummary {
    /// The agency in the reader's language.
    pub fn of(id: AgencyId, today: &AgencyVersion, language: Language) -> Self {
        let AgencyVersion {
            in_force_from: _,
            in_force_to: _,
            name,
            kind,
            commune,
            identifier: _,
            identifier_display: _,
            address,
            phone,
            sessions: _,
            source: _,
        } = today;
        let commune = commune.as_ref();
        Self {
            id,
            name: picked(language, name),
            kind: *kind,
            commune: commune.map(|commune| commune.as_str().to_owned()),
            address: address.clone(),
            phone: phone.clone(),
        }
    }

    /// Every agency that exists today, by id.
    pub fn all(call: &Call, language: Language) -> Vec<(AgencyId, Self)> {
        let today = call.now.date();
        let agencies = call.posted.catalogue().agencies.iter();
        let mut all: Vec<_> = agencies
            .filter_map(|agency| {
                let version = agency.on(today)?;
                Some((agency.id, Self::of(agency.id, version, language)))
            })
            .collect();
        all.sort_by_key(|(id, _)| *id);
        all
    }
}

impl Board {
    /// The board of an agency; none if it does not exist today.
    pub fn of(agency: &Agency, call: &Call, language: Language) -> Option<Self> {
        let date = call.now.date();
        let version = agency.on(date)?;
        let offered = call.posted.catalogue().offered_by(agency, date);
        let mut procedures: Vec<_> = offered
            .map(|procedure| ProcedureSummary::of(procedure, language))
            .collect();
        procedures.sort_by(|a, b| a.code.cmp(&b.code));
        Some(Self {
            agency: AgencySummary::of(agency.id, version, language),
            date,
            procedures,
        })
    }
}
