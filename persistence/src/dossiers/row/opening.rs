//! From a row back to the dossier, its sealed fields opened.

use domain::{
    dossiers::{
        Dossier, Party,
        entity::{AnswerClock, RoundConsent, Verdict},
    },
    personal::Personal,
    procedures::{FieldCode, ProcedureCode, Quantities},
};

use super::{DossierRow, fields};
use crate::{
    StoreError,
    disclosures::Witness,
    dossiers::{
        columns::{counted, official_code},
        helping::helper,
        submitter::submitter,
    },
    sealing::{DataKey, Row},
    sql::Sql,
};

/// What of a dossier lies sealed.
struct Personals {
    number: Option<Personal<String>>,
    phone: Option<Personal<String>>,
    address: Option<Personal<String>>,
    submitter: Option<Party>,
    form: Personal<String>,
    recipient: Option<Personal<String>>,
}

impl Personals {
    fn opened(
        fields: Option<Row<'_>>,
        sealed: [Option<&[u8]>; 6],
        witness: &Witness,
    ) -> Result<Self, StoreError> {
        let open = |column, sealed| match &fields {
            Some(fields) => fields.open_if_there(column, sealed, witness),
            None => Ok(None),
        };
        let [number, phone, address, submitted, form, recipient] = sealed;
        let submitted = open("submitter", submitted)?;
        Ok(Self {
            number: open("applicant_number", number)?,
            phone: open("applicant_phone", phone)?,
            address: open("applicant_address", address)?,
            submitter: submitted.as_ref().map(submitter).transpose()?,
            form: open("form", form)?.unwrap_or_else(|| Personal::new("{}".to_owned())),
            recipient: open("recipient", recipient)?,
        })
    }
}

impl DossierRow {
    /// The dossier, opened with the key that came with the row. Where that was deleted nothing of what
    /// was sealed is left.
    #[expect(
        clippy::too_many_lines,
        reason = "one line per column, so that none is forgotten"
    )]
    pub(in crate::dossiers) fn opened(
        self,
        key: Option<&DataKey>,
        witness: &Witness,
    ) -> Result<Dossier, StoreError> {
        let Self {
            id: Sql(id),
            version,
            state: Sql(state),
            stage_before_supplement,
            stage_before_withdrawal,
            agency_id: Sql(filed_with),
            holder_id: Sql(agency),
            owner_id,
            mandate_id,
            procedure_code,
            procedure_version,
            field_code,
            channel: Sql(channel),
            assistance: Sql(assistance),
            helper_id,
            helped_by,
            applicant_name: Sql(applicant_name),
            applicant_name_folded: _,
            key_id: _,
            applicant_number,
            applicant_birth_date,
            applicant_phone,
            applicant_address,
            submitter: sealed_submitter,
            form,
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
        } = self;
        let Personals {
            number,
            phone,
            address,
            submitter,
            form,
            recipient,
        } = Personals::opened(
            key.map(|key| fields(id, key)),
            [
                applicant_number.as_deref(),
                applicant_phone.as_deref(),
                applicant_address.as_deref(),
                sealed_submitter.as_deref(),
                Some(&form),
                recipient.as_deref(),
            ],
            witness,
        )?;
        let corrupt = |what: &str| StoreError::Corrupt(what.to_owned());
        Ok(Dossier {
            id,
            version,
            state,
            stage_before_supplement: stage_before_supplement.map(Sql::into_inner),
            stage_before_withdrawal: stage_before_withdrawal.map(Sql::into_inner),
            agency,
            filed_with,
            owner: owner_id.map(Sql::into_inner),
            mandate: mandate_id.map(Sql::into_inner),
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
                personal_number: number,
                birth_date: applicant_birth_date.map(Sql::into_inner),
                phone,
                address,
            },
            submitter,
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
            recipient,
        })
    }
}
