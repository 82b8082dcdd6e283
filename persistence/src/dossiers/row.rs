//! How a dossier is laid out in its table, and back.

use chrono::NaiveDate;
use diesel::{AsChangeset, Insertable, Queryable, Selectable};
use domain::{
    dossiers::{
        Assistance, Channel, Delivery, Dossier, Party, State,
        entity::{AnswerClock, RoundConsent, Verdict},
    },
    ids::{AgencyId, DossierId, OfficerId, PersonId},
    personal::Personal,
    procedures::{FieldCode, ProcedureCode, Quantities},
    text::folded,
    time::Time,
};

use super::{
    columns::{count, counted, json, official_code},
    helping::{helper, helper_text},
    submitter::{submitter, submitter_text},
};
use crate::{Json, StoreError, connection::MultiBackend, schema::dossiers, sql::Sql};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = dossiers, treat_none_as_null = true, treat_none_as_default_value = false, check_for_backend(MultiBackend))]
pub(crate) struct DossierRow {
    id: Sql<DossierId>,
    version: i64,
    state: Sql<State>,
    stage_before_supplement: Option<Sql<State>>,
    stage_before_withdrawal: Option<Sql<State>>,
    agency_id: Sql<AgencyId>,
    owner_id: Option<Sql<PersonId>>,
    procedure_code: String,
    procedure_version: i32,
    field_code: String,
    channel: Sql<Channel>,
    assistance: Sql<Assistance>,
    helper_id: Option<Sql<OfficerId>>,
    helped_by: Option<Sql<Personal<String>>>,
    applicant_name: Sql<Personal<String>>,
    applicant_name_folded: String,
    applicant_number: Option<Sql<Personal<String>>>,
    applicant_birth_date: Option<Sql<Personal<NaiveDate>>>,
    applicant_phone: Option<Sql<Personal<String>>>,
    applicant_address: Option<Sql<Personal<String>>>,
    submitter: Option<Sql<Personal<String>>>,
    form: Sql<Personal<String>>,
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
    recipient: Option<Sql<Personal<String>>>,
}

impl TryFrom<&Dossier> for DossierRow {
    type Error = StoreError;

    #[expect(
        clippy::too_many_lines,
        reason = "one line per column, so that none is forgotten"
    )]
    fn try_from(dossier: &Dossier) -> Result<Self, StoreError> {
        let Dossier {
            id,
            version,
            state,
            stage_before_supplement,
            stage_before_withdrawal,
            agency,
            owner,
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
        Ok(Self {
            id: Sql(*id),
            version: *version,
            state: Sql(*state),
            stage_before_supplement: stage_before_supplement.map(Sql),
            stage_before_withdrawal: stage_before_withdrawal.map(Sql),
            agency_id: Sql(*agency),
            owner_id: owner.map(Sql),
            procedure_code: procedure.to_string(),
            procedure_version: count(*procedure_version)?,
            field_code: field.to_string(),
            channel: Sql(*channel),
            assistance: Sql(*assistance),
            helper_id: helper.map(Sql),
            helped_by: helped_by.as_ref().map(helper_text).transpose()?.map(Sql),
            applicant_name: Sql(full_name.clone()),
            applicant_name_folded: folded(full_name.reveal()),
            applicant_number: personal_number.clone().map(Sql),
            applicant_birth_date: birth_date.clone().map(Sql),
            applicant_phone: phone.clone().map(Sql),
            applicant_address: address.clone().map(Sql),
            submitter: submitter.as_ref().map(submitter_text).transpose()?.map(Sql),
            form: Sql(form.clone()),
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
            recipient: recipient.clone().map(Sql),
        })
    }
}

impl TryFrom<DossierRow> for Dossier {
    type Error = StoreError;

    #[expect(
        clippy::too_many_lines,
        reason = "one line per column, so that none is forgotten"
    )]
    fn try_from(row: DossierRow) -> Result<Self, StoreError> {
        let DossierRow {
            id: Sql(id),
            version,
            state: Sql(state),
            stage_before_supplement,
            stage_before_withdrawal,
            agency_id: Sql(agency_id),
            owner_id,
            procedure_code,
            procedure_version,
            field_code,
            channel: Sql(channel),
            assistance: Sql(assistance),
            helper_id,
            helped_by,
            applicant_name: Sql(applicant_name),
            applicant_name_folded: _,
            applicant_number,
            applicant_birth_date,
            applicant_phone,
            applicant_address,
            submitter: submitter_text,
            form: Sql(form),
            copies,
            pages,
            persons,
            claims: Sql(claims),
            delivery: Sql(delivery),
            code,
            tracking_secret,
            clock,
            due_at,
            original_due_at,
            paused_since,
            round_consent,
            verdict,
            created_at: Sql(created_at),
            updated_at: Sql(updated_at),
            submitted_at,
            answer_due_at,
            answered_at,
            accepted_at,
            finished_at,
            returned_at,
            recipient,
        } = row;
        let corrupt = |what: &str| StoreError::Corrupt(what.to_owned());
        Ok(Self {
            id,
            version,
            state,
            stage_before_supplement: stage_before_supplement.map(Sql::into_inner),
            stage_before_withdrawal: stage_before_withdrawal.map(Sql::into_inner),
            agency: agency_id,
            owner: owner_id.map(Sql::into_inner),
            procedure: ProcedureCode::parse(&procedure_code)
                .map_err(|_| corrupt("a procedure code"))?,
            field: FieldCode::parse(&field_code).map_err(|_| corrupt("a field code"))?,
            procedure_version: counted(procedure_version)?,
            channel,
            assistance,
            helper: helper_id.map(Sql::into_inner),
            helped_by: helped_by
                .as_ref()
                .map(|Sql(text)| helper(text))
                .transpose()?,
            applicant: Party {
                full_name: applicant_name,
                personal_number: applicant_number.map(Sql::into_inner),
                birth_date: applicant_birth_date.map(Sql::into_inner),
                phone: applicant_phone.map(Sql::into_inner),
                address: applicant_address.map(Sql::into_inner),
            },
            submitter: submitter_text
                .as_ref()
                .map(|Sql(text)| submitter(text))
                .transpose()?,
            form,
            quantities: Quantities {
                copies: counted(copies)?,
                pages: counted(pages)?,
                persons: counted(persons)?,
            },
            claims: claims.parse()?,
            delivery,
            code: code.as_deref().map(official_code).transpose()?,
            tracking_secret: tracking_secret.map(Sql::into_inner),
            clock: clock.as_ref().map(|Sql(clock)| clock.parse()).transpose()?,
            due_at: due_at.map(Sql::into_inner),
            original_due_at: original_due_at.map(Sql::into_inner),
            paused_since: paused_since.map(Sql::into_inner),
            round_consent: round_consent
                .as_ref()
                .map(|Sql(consent)| consent.parse::<RoundConsent>())
                .transpose()?,
            verdict: verdict
                .as_ref()
                .map(|Sql(verdict)| verdict.parse::<Verdict>())
                .transpose()?,
            created_at,
            updated_at,
            submitted_at: submitted_at.map(Sql::into_inner),
            answer: AnswerClock {
                due_at: answer_due_at.map(Sql::into_inner),
                at: answered_at.map(Sql::into_inner),
            },
            accepted_at: accepted_at.map(Sql::into_inner),
            finished_at: finished_at.map(Sql::into_inner),
            returned_at: returned_at.map(Sql::into_inner),
            recipient: recipient.map(Sql::into_inner),
        })
    }
}
