//! How a line is read back.

use diesel::{Queryable, Selectable};
use domain::{
    actor::{Role, Roles},
    disclosures::{AccessPurpose, Actions, Disclosure, Fields, Matter},
    ids::{AgencyId, DisclosureId, DossierId, MandateId, OfficerId},
    personal::Personal,
    time::Time,
};
use uuid::Uuid;

use super::Key;
use crate::{StoreError, connection::MultiBackend, schema::disclosures, sql::Sql};

#[derive(Queryable, Selectable)]
#[diesel(table_name = disclosures, check_for_backend(MultiBackend))]
pub(super) struct Row {
    id: Sql<DisclosureId>,
    reader_id: Sql<OfficerId>,
    acting_for: Sql<AgencyId>,
    roles: String,
    dossier_id: Option<Sql<DossierId>>,
    purpose: Sql<AccessPurpose>,
    note: Option<Sql<Personal<String>>>,
    first_at: Sql<Time>,
    last_at: Sql<Time>,
    times: i32,
    actions: i32,
    fields: i32,
    restricted_until: Option<Sql<Time>>,
    mandate_id: Option<Sql<MandateId>>,
    request_id: Option<Sql<Uuid>>,
}

/// What a row is about, of the two columns one of which is there.
pub(super) fn matter(
    dossier: Option<Sql<DossierId>>,
    mandate: Option<Sql<MandateId>>,
) -> Result<Matter, StoreError> {
    match (dossier, mandate) {
        (Some(Sql(dossier)), None) => Ok(Matter::Dossier(dossier)),
        (None, Some(Sql(mandate))) => Ok(Matter::Mandate(mandate)),
        (None, None) | (Some(_), Some(_)) => {
            Err(StoreError::Corrupt("a line about nothing".to_owned()))
        }
    }
}

impl Row {
    pub(super) const fn key(&self) -> Key {
        (self.first_at.0, self.id.0)
    }

    pub(super) fn into_disclosure(self) -> Result<Disclosure, StoreError> {
        let Self {
            id: Sql(id),
            reader_id: Sql(officer),
            acting_for: Sql(agency),
            roles,
            dossier_id,
            purpose: Sql(purpose),
            note,
            first_at: Sql(first_at),
            last_at: Sql(last_at),
            times,
            actions,
            fields,
            restricted_until,
            mandate_id,
            request_id,
        } = self;
        Ok(Disclosure {
            id,
            officer,
            agency,
            roles: roles_of(&roles)?,
            matter: matter(dossier_id, mandate_id)?,
            purpose,
            note: note.map(Sql::into_inner),
            first_at,
            last_at,
            times,
            actions: Actions::from_bits(actions),
            fields: Fields::from_bits(fields),
            restricted_until: restricted_until.map(Sql::into_inner),
            request: request_id.map(Sql::into_inner),
        })
    }
}

fn roles_of(text: &str) -> Result<Roles, StoreError> {
    let role = |word| Role::parse(word).ok_or_else(|| StoreError::Corrupt("a role".to_owned()));
    let held: Vec<Role> = text
        .split_whitespace()
        .map(role)
        .collect::<Result<_, _>>()?;
    Ok(Roles::of(&held))
}
