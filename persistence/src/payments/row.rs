//! How obligations and payments are laid out in their tables, and back.

use diesel::{AsChangeset, Insertable, Queryable, Selectable};
use domain::{
    ids::{AgencyId, DossierId, ObligationId, OfficerId, PaymentId},
    money::Dong,
    payments::{
        Obligation, ObligationState, Payment, PaymentMethod, PaymentState,
        fees::{CollectedAt, FeeKind},
    },
    time::Time,
};

use crate::{
    Json, StoreError,
    connection::MultiBackend,
    schema::{obligations, payments},
    sql::Sql,
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = obligations, treat_none_as_null = true, treat_none_as_default_value = false, check_for_backend(MultiBackend))]
pub(super) struct ObligationRow {
    id: Sql<ObligationId>,
    agency_id: Sql<AgencyId>,
    dossier_id: Sql<DossierId>,
    fee_code: String,
    name: Sql<Json>,
    kind: Sql<FeeKind>,
    quantity: i32,
    gross: Sql<Dong>,
    net: Sql<Dong>,
    applied: Option<Sql<Json>>,
    collected: Sql<CollectedAt>,
    state: Sql<ObligationState>,
    created_at: Sql<Time>,
    asked_at: Option<Sql<Time>>,
    settled_at: Option<Sql<Time>>,
    settled_by: Option<Sql<PaymentId>>,
}

impl ObligationRow {
    pub(super) fn of(agency: AgencyId, obligation: &Obligation) -> Result<Self, StoreError> {
        let Obligation {
            id,
            dossier_id,
            fee_code,
            name,
            kind,
            quantity,
            gross,
            net,
            applied,
            collected,
            state,
            created_at,
            asked_at,
            settled_at,
            settled_by,
        } = obligation;
        Ok(Self {
            id: Sql(*id),
            agency_id: Sql(agency),
            dossier_id: Sql(*dossier_id),
            fee_code: fee_code.clone(),
            name: Sql(Json::of(name)?),
            kind: Sql(*kind),
            quantity: i32::try_from(*quantity)
                .map_err(|_| StoreError::Corrupt("a quantity".to_owned()))?,
            gross: Sql(*gross),
            net: Sql(*net),
            applied: applied.as_ref().map(Json::of).transpose()?.map(Sql),
            collected: Sql(*collected),
            state: Sql(*state),
            created_at: Sql(*created_at),
            asked_at: asked_at.map(Sql),
            settled_at: settled_at.map(Sql),
            settled_by: settled_by.map(Sql),
        })
    }
}

impl TryFrom<ObligationRow> for Obligation {
    type Error = StoreError;

    fn try_from(row: ObligationRow) -> Result<Self, StoreError> {
        let ObligationRow {
            id: Sql(id),
            agency_id: _,
            dossier_id: Sql(dossier_id),
            fee_code,
            name: Sql(name),
            kind: Sql(kind),
            quantity,
            gross: Sql(gross),
            net: Sql(net),
            applied,
            collected: Sql(collected),
            state: Sql(state),
            created_at: Sql(created_at),
            asked_at,
            settled_at,
            settled_by,
        } = row;
        Ok(Self {
            id,
            dossier_id,
            fee_code,
            name: name.parse()?,
            kind,
            quantity: u32::try_from(quantity)
                .map_err(|_| StoreError::Corrupt("a quantity".to_owned()))?,
            gross,
            net,
            applied: applied.map(|Sql(applied)| applied.parse()).transpose()?,
            collected,
            state,
            created_at,
            asked_at: asked_at.map(Sql::into_inner),
            settled_at: settled_at.map(Sql::into_inner),
            settled_by: settled_by.map(Sql::into_inner),
        })
    }
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = payments, treat_none_as_null = true, treat_none_as_default_value = false, check_for_backend(MultiBackend))]
pub(super) struct PaymentRow {
    id: Sql<PaymentId>,
    agency_id: Sql<AgencyId>,
    dossier_id: Sql<DossierId>,
    obligations: Sql<Json>,
    amount: Sql<Dong>,
    method: Sql<PaymentMethod>,
    state: Sql<PaymentState>,
    before_refund: Option<Sql<PaymentState>>,
    refund_requested_by: Option<Sql<OfficerId>>,
    receipt: Option<String>,
    recorded_by: Option<Sql<OfficerId>>,
    created_at: Sql<Time>,
    paid_at: Option<Sql<Time>>,
}

impl PaymentRow {
    pub(super) fn of(agency: AgencyId, payment: &Payment) -> Result<Self, StoreError> {
        let Payment {
            id,
            dossier_id,
            obligations,
            amount,
            method,
            state,
            before_refund,
            refund_requested_by,
            receipt,
            recorded_by,
            created_at,
            paid_at,
        } = payment;
        Ok(Self {
            id: Sql(*id),
            agency_id: Sql(agency),
            dossier_id: Sql(*dossier_id),
            obligations: Sql(Json::of(obligations)?),
            amount: Sql(*amount),
            method: Sql(*method),
            state: Sql(*state),
            before_refund: before_refund.map(Sql),
            refund_requested_by: refund_requested_by.map(Sql),
            receipt: receipt.clone(),
            recorded_by: recorded_by.map(Sql),
            created_at: Sql(*created_at),
            paid_at: paid_at.map(Sql),
        })
    }
}

impl TryFrom<PaymentRow> for Payment {
    type Error = StoreError;

    fn try_from(row: PaymentRow) -> Result<Self, StoreError> {
        let PaymentRow {
            id: Sql(id),
            agency_id: _,
            dossier_id: Sql(dossier_id),
            obligations: Sql(obligations),
            amount: Sql(amount),
            method: Sql(method),
            state: Sql(state),
            before_refund,
            refund_requested_by,
            receipt,
            recorded_by,
            created_at: Sql(created_at),
            paid_at,
        } = row;
        Ok(Self {
            id,
            dossier_id,
            obligations: obligations.parse()?,
            amount,
            method,
            state,
            before_refund: before_refund.map(Sql::into_inner),
            refund_requested_by: refund_requested_by.map(Sql::into_inner),
            receipt,
            recorded_by: recorded_by.map(Sql::into_inner),
            created_at,
            paid_at: paid_at.map(Sql::into_inner),
        })
    }
}
