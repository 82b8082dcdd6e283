//! The shapes of the access log.

use chrono::NaiveDate;
use domain::{
    actor::Role,
    disclosures::{
        AccessAction, AccessPurpose, Disclosure, FieldClass, Matter, positions, sentence,
    },
    ids::{AgencyId, DisclosureId, DossierId, MandateId, OfficerId},
    text::Localized,
    time::Time,
};
use persistence::disclosures::{Filter, Reviewed, Shown};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{
    dossiers::render::{pick, picked},
    extract::Language,
    page_type,
    procedures::posted::Posted,
};

/// What a review may be narrowed by.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ReviewQuery {
    /// Only what this officer read.
    #[param(value_type = Option<uuid::Uuid>)]
    pub officer_id: Option<OfficerId>,
    /// Only what was read for this purpose.
    pub purpose: Option<AccessPurpose>,
    /// Only what was read of this dossier.
    #[param(value_type = Option<uuid::Uuid>)]
    pub dossier_id: Option<DossierId>,
    /// How many items a page has, 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    pub page_size: Option<u8>,
    /// The `next_page_token` of the page before.
    #[param(max_length = 600)]
    pub page_token: Option<String>,
}

impl ReviewQuery {
    /// The filter.
    pub const fn filter(&self) -> Filter {
        Filter {
            officer: self.officer_id,
            purpose: self.purpose,
            dossier: self.dossier_id,
        }
    }
}

/// A read of one's own data by an officer, in plain words.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessEntry {
    /// Its id.
    pub disclosure_id: DisclosureId,
    /// All of it as one sentence.
    #[schema(max_length = 2000)]
    pub text: String,
    /// When first, in this quarter of an hour.
    pub first_at: Time,
    /// When last.
    pub last_at: Time,
    /// The agency that the officer acted for.
    pub agency_id: AgencyId,
    /// Its name then.
    #[schema(max_length = 300)]
    pub agency_name: String,
    /// The officer's position there.
    #[schema(max_length = 300, example = "cán bộ một cửa")]
    pub position: String,
    /// Why.
    pub purpose: AccessPurpose,
    /// The same in words.
    #[schema(max_length = 200, example = "giải quyết hồ sơ")]
    pub purpose_text: String,
    /// The dossier; null where a mandate was looked at by itself.
    pub dossier_id: Option<DossierId>,
    /// The mandate, where one was looked at by itself.
    pub mandate_id: Option<MandateId>,
    /// The dossier's official code.
    #[schema(max_length = 40)]
    pub dossier_code: Option<String>,
    /// What was done.
    #[schema(max_items = 10)]
    pub actions: Vec<AccessAction>,
    /// Which fields were seen.
    #[schema(max_items = 10)]
    pub fields: Vec<FieldClass>,
}

page_type!(/** A page of reads, newest first. */ AccessPage of AccessEntry);

impl AccessEntry {
    /// As the citizen is shown it.
    pub fn of((line, code): Shown, posted: &Posted, language: Language) -> Self {
        let agency = agency_name(posted, line.agency, line.first_at.date());
        let (dossier_id, mandate_id) = ids_of(line.matter);
        let named = dossier_id.map(|_| code.as_deref().unwrap_or_default());
        let text = sentence(
            line.roles,
            &agency,
            named,
            (line.actions, line.fields),
            line.purpose,
        );
        let Disclosure {
            id,
            officer: _,
            agency: agency_id,
            roles,
            matter: _,
            purpose,
            note: _,
            first_at,
            last_at,
            times: _,
            actions,
            fields,
            restricted_until: _,
            request: _,
        } = line;
        Self {
            disclosure_id: id,
            text: picked(language, &text),
            first_at,
            last_at,
            agency_id,
            agency_name: picked(language, &agency),
            position: picked(language, &positions(roles)),
            purpose,
            purpose_text: pick(language, purpose.words()),
            dossier_id,
            mandate_id,
            dossier_code: code,
            actions: actions.iter().collect(),
            fields: fields.iter().collect(),
        }
    }
}

const fn ids_of(matter: Matter) -> (Option<DossierId>, Option<MandateId>) {
    match matter {
        Matter::Dossier(id) => (Some(id), None),
        Matter::Mandate(id) => (None, Some(id)),
    }
}

/// The name of an agency on that day; one that the catalogue does not have is "another agency".
pub(crate) fn agency_name(posted: &Posted, id: AgencyId, day: NaiveDate) -> Localized {
    let version = posted.agency(id).and_then(|agency| agency.on(day));
    version.map_or_else(
        || Localized::new("một cơ quan khác", "another agency"),
        |version| version.name.clone(),
    )
}

/// A read by an officer, for the auditor.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewEntry {
    /// Its id.
    pub disclosure_id: DisclosureId,
    /// Who.
    pub officer_id: OfficerId,
    /// The officer's name today.
    #[schema(max_length = 120)]
    pub officer_name: String,
    /// The agency acted for.
    pub agency_id: AgencyId,
    /// The roles held there then.
    #[schema(max_items = 9)]
    pub roles: Vec<Role>,
    /// The dossier; null where a mandate was looked at by itself.
    pub dossier_id: Option<DossierId>,
    /// The mandate, where one was looked at by itself.
    pub mandate_id: Option<MandateId>,
    /// The request it was first written down in, as the request log has it.
    pub request_id: Option<Uuid>,
    /// Why.
    pub purpose: AccessPurpose,
    /// The reason in the officer's words, where the purpose was stated.
    #[schema(max_length = 300)]
    pub note: Option<String>,
    /// When first, in this quarter of an hour.
    pub first_at: Time,
    /// When it was last written down; what is read again and shows nothing new is not.
    pub last_at: Time,
    /// How often it was.
    #[schema(minimum = 1)]
    pub times: i32,
    /// What was done.
    #[schema(max_items = 10)]
    pub actions: Vec<AccessAction>,
    /// Which fields were seen.
    #[schema(max_items = 10)]
    pub fields: Vec<FieldClass>,
    /// Until when the citizen does not see it.
    pub restricted_until: Option<Time>,
}

page_type!(/** A page of reads under review, newest first. */ ReviewPage of ReviewEntry);

impl From<Reviewed> for ReviewEntry {
    fn from((line, name): Reviewed) -> Self {
        let Disclosure {
            id,
            officer,
            agency,
            roles,
            matter,
            purpose,
            note,
            first_at,
            last_at,
            times,
            actions,
            fields,
            restricted_until,
            request,
        } = line;
        let (dossier_id, mandate_id) = ids_of(matter);
        Self {
            disclosure_id: id,
            officer_id: officer,
            officer_name: name.into_revealed(),
            agency_id: agency,
            roles: roles.iter().collect(),
            dossier_id,
            mandate_id,
            request_id: request,
            purpose,
            note: note.map(domain::personal::Personal::into_revealed),
            first_at,
            last_at,
            times,
            actions: actions.iter().collect(),
            fields: fields.iter().collect(),
            restricted_until,
        }
    }
}
