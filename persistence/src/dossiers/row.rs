//! How a dossier is laid out in its table.

mod opening;

use chrono::NaiveDate;
use diesel::{AsChangeset, Insertable, Queryable, Selectable};
use domain::{
    disclosures::Matter,
    dossiers::{Assistance, Channel, Delivery, Dossier, Party, State},
    ids::{AgencyId, DossierId, MandateId, OfficerId, PersonId},
    personal::Personal,
    procedures::Quantities,
    text::folded,
    time::Time,
};
use uuid::Uuid;

use super::{
    columns::{count, json},
    helping::helper_text,
    submitter::submitter_text,
};
use crate::{
    Json, StoreError,
    connection::MultiBackend,
    disclosures::Subject,
    schema::dossiers,
    sealing::{DataKey, Row},
    sql::Sql,
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = dossiers, treat_none_as_null = true, treat_none_as_default_value = false, check_for_backend(MultiBackend))]
pub(super) struct DossierRow {
    id: Sql<DossierId>,
    version: i64,
    state: Sql<State>,
    stage_before_supplement: Option<Sql<State>>,
    stage_before_withdrawal: Option<Sql<State>>,
    agency_id: Sql<AgencyId>,
    holder_id: Sql<AgencyId>,
    owner_id: Option<Sql<PersonId>>,
    mandate_id: Option<Sql<MandateId>>,
    procedure_code: String,
    procedure_version: i32,
    field_code: String,
    channel: Sql<Channel>,
    assistance: Sql<Assistance>,
    helper_id: Option<Sql<OfficerId>>,
    helped_by: Option<Sql<Personal<String>>>,
    applicant_name: Sql<Personal<String>>,
    applicant_name_folded: String,
    key_id: Sql<Uuid>,
    applicant_number: Option<Vec<u8>>,
    applicant_birth_date: Option<Sql<Personal<NaiveDate>>>,
    applicant_phone: Option<Vec<u8>>,
    applicant_address: Option<Vec<u8>>,
    submitter: Option<Vec<u8>>,
    form: Vec<u8>,
    copies: i32,
    pages: i32,
    persons: i32,
    claims: Sql<Json>,
    delivery: Sql<Delivery>,
    code: Option<String>,
    tracking_secret: Option<Sql<Personal<String>>>,
    clock: Option<Sql<Json>>,
    due_at: Option<Sql<Time>>,
    original_due_at: Option<Sql<Time>>,
    paused_since: Option<Sql<Time>>,
    round_consent: Option<Sql<Json>>,
    verdict: Option<Sql<Json>>,
    created_at: Sql<Time>,
    updated_at: Sql<Time>,
    submitted_at: Option<Sql<Time>>,
    answer_due_at: Option<Sql<Time>>,
    answered_at: Option<Sql<Time>>,
    accepted_at: Option<Sql<Time>>,
    finished_at: Option<Sql<Time>>,
    returned_at: Option<Sql<Time>>,
    recipient: Option<Vec<u8>>,
}

fn fields(id: DossierId, key: &DataKey) -> Row<'_> {
    Row {
        table: "dossiers",
        id: id.uuid(),
        key,
    }
}

impl DossierRow {
    /// The row of a dossier, sealed under its key.
    #[expect(
        clippy::too_many_lines,
        reason = "one line per column, so that none is forgotten"
    )]
    pub(super) fn sealed(dossier: &Dossier, key: &DataKey) -> Result<Self, StoreError> {
        let Dossier {
            id,
            version,
            state,
            stage_before_supplement,
            stage_before_withdrawal,
            agency,
            filed_with,
            owner,
            mandate,
            procedure,
            field,
            procedure_version,
            channel,
            assistance,
            helper,
            helped_by,
            applicant,
            submitter,
            form,
            quantities,
            claims,
            delivery,
            code,
            tracking_secret,
            clock,
            due_at,
            original_due_at,
            paused_since,
            round_consent,
            verdict,
            created_at,
            updated_at,
            submitted_at,
            answer,
            accepted_at,
            finished_at,
            returned_at,
            recipient,
        } = dossier;
        let Party {
            full_name,
            personal_number,
            birth_date,
            phone,
            address,
        } = applicant;
        let Quantities {
            copies,
            pages,
            persons,
        } = quantities;
        let fields = fields(*id, key);
        Ok(Self {
            id: Sql(*id),
            version: *version,
            state: Sql(*state),
            stage_before_supplement: stage_before_supplement.map(Sql),
            stage_before_withdrawal: stage_before_withdrawal.map(Sql),
            agency_id: Sql(*filed_with),
            holder_id: Sql(*agency),
            owner_id: owner.map(Sql),
            mandate_id: mandate.map(Sql),
            procedure_code: procedure.to_string(),
            procedure_version: count(*procedure_version)?,
            field_code: field.to_string(),
            channel: Sql(*channel),
            assistance: Sql(*assistance),
            helper_id: helper.map(Sql),
            helped_by: helped_by.as_ref().map(helper_text).transpose()?.map(Sql),
            applicant_name: Sql(full_name.clone()),
            applicant_name_folded: folded(full_name.reveal()),
            key_id: Sql(key.id()),
            applicant_number: fields.seal_if_there("applicant_number", personal_number.as_ref())?,
            applicant_birth_date: birth_date.clone().map(Sql),
            applicant_phone: fields.seal_if_there("applicant_phone", phone.as_ref())?,
            applicant_address: fields.seal_if_there("applicant_address", address.as_ref())?,
            submitter: fields.seal_if_there(
                "submitter",
                submitter.as_ref().map(submitter_text).transpose()?.as_ref(),
            )?,
            form: fields.seal("form", form)?,
            copies: count(*copies)?,
            pages: count(*pages)?,
            persons: count(*persons)?,
            claims: Sql(Json::of(claims)?),
            delivery: Sql(*delivery),
            code: code.as_ref().map(ToString::to_string),
            tracking_secret: tracking_secret.clone().map(Sql),
            clock: json(clock.as_ref())?,
            due_at: due_at.map(Sql),
            original_due_at: original_due_at.map(Sql),
            paused_since: paused_since.map(Sql),
            round_consent: json(round_consent.as_ref())?,
            verdict: json(verdict.as_ref())?,
            created_at: Sql(*created_at),
            updated_at: Sql(*updated_at),
            submitted_at: submitted_at.map(Sql),
            answer_due_at: answer.due_at.map(Sql),
            answered_at: answer.at.map(Sql),
            accepted_at: accepted_at.map(Sql),
            finished_at: finished_at.map(Sql),
            returned_at: returned_at.map(Sql),
            recipient: fields.seal_if_there("recipient", recipient.as_ref())?,
        })
    }

    pub(super) const fn id(&self) -> DossierId {
        self.id.0
    }

    /// Whose personal fields it holds, for the access log.
    pub(super) fn subject(&self) -> Subject {
        Subject {
            matter: Matter::Dossier(self.id.0),
            agency: self.agency_id.0,
            holder: self.holder_id.0,
            person: self.owner_id.map(Sql::into_inner),
        }
    }

    /// The subject whose key it is sealed under.
    pub(super) const fn key_id(&self) -> Uuid {
        self.key_id.0
    }
}
