//! What mandates open: asked in the statement that reads a dossier, so that it is the mandate of now.

use chrono::NaiveDate;
use diesel::{
    ExpressionMethods, QueryDsl, QueryResult, RunQueryDsl,
    backend::Backend,
    expression::{
        AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate::Never,
    },
    query_builder::{AstPass, QueryFragment, QueryId},
    serialize::ToSql,
    sql_types::{Bool, HasSqlType, Text},
};
use domain::{
    ids::{DossierId, MandateId, PersonId},
    mandates::{Act, MandateState, Reach},
};

use crate::{
    StoreError, Tx,
    disclosures::Reading,
    schema::mandates,
    sql::{Day, Sql, Uuid, for_update},
};

macro_rules! condition {
    ($condition:ty) => {
        impl Expression for $condition {
            type SqlType = Bool;
        }
        impl<G> ValidGrouping<G> for $condition {
            type IsAggregate = Never;
        }
        impl<Q> AppearsOnTable<Q> for $condition {}
        impl<Q> SelectableExpression<Q> for $condition {}
    };
}

/// Whether a mandate of now opens the dossier of the row: the one it was drafted under, or for a ward
/// or an organisation any that the same ward or organisation has given.
#[derive(Debug, Clone, Copy, QueryId)]
pub(crate) struct Opened {
    delegate: Sql<PersonId>,
    on: Sql<NaiveDate>,
    act: &'static str,
}

/// The condition on a row of `dossiers`.
pub(crate) const fn opened_to(reach: Reach) -> Opened {
    let Reach { person, on, act } = reach;
    Opened {
        delegate: Sql(person),
        on: Sql(on),
        act: match act {
            // Whoever may do anything may read.
            Act::Read => "%",
            Act::Submit => "%|submit|%",
            Act::Answer => "%|answer|%",
            Act::Pay => "%|pay|%",
            Act::Receive => "%|receive|%",
        },
    }
}

impl<DB> QueryFragment<DB> for Opened
where
    DB: Backend + HasSqlType<Uuid> + HasSqlType<Day> + HasSqlType<Text>,
    Sql<PersonId>: ToSql<Uuid, DB>,
    Sql<NaiveDate>: ToSql<Day, DB>,
    str: ToSql<Text, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(
            "EXISTS (SELECT 1 FROM mandates AS held, mandates AS pinned \
             WHERE pinned.id = dossiers.mandate_id AND held.state = 'active' \
             AND held.delegate_id = ",
        );
        out.push_bind_param::<Uuid, _>(&self.delegate)?;
        out.push_sql(" AND held.valid_from <= ");
        out.push_bind_param::<Day, _>(&self.on)?;
        out.push_sql(" AND (held.valid_until IS NULL OR held.valid_until >= ");
        out.push_bind_param::<Day, _>(&self.on)?;
        out.push_sql(") AND held.acts LIKE ");
        out.push_bind_param::<Text, str>(self.act)?;
        out.push_sql(
            " AND (held.id = pinned.id OR held.ward_id = pinned.ward_id \
             OR held.organisation_id = pinned.organisation_id) \
             AND (held.procedures IS NULL \
             OR held.procedures LIKE '%|' || dossiers.procedure_code || '|%'))",
        );
        Ok(())
    }
}

/// Whether a dossier was drafted under this mandate, or under another one of the same ward or
/// organisation: walked by the index of the mandates of dossiers.
#[derive(Debug, Clone, Copy, QueryId)]
pub(crate) struct SameMandator(Sql<MandateId>);

/// The condition on a row of `dossiers`.
pub(crate) const fn of_the_mandator_of(mandate: MandateId) -> SameMandator {
    SameMandator(Sql(mandate))
}

impl<DB> QueryFragment<DB> for SameMandator
where
    DB: Backend + HasSqlType<Uuid>,
    Sql<MandateId>: ToSql<Uuid, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(
            "dossiers.mandate_id IN (SELECT other.id FROM mandates AS other, mandates AS one \
             WHERE (other.id = one.id OR other.ward_id = one.ward_id \
             OR other.organisation_id = one.organisation_id) AND one.id = ",
        );
        out.push_bind_param::<Uuid, _>(&self.0)?;
        out.push_sql(")");
        Ok(())
    }
}

/// Whether a dossier was drafted under a mandate of somebody whom this person holds one of: walked by the
/// same index, and no more than a first look, since the mandate may not open this dossier.
#[derive(Debug, Clone, Copy, QueryId)]
pub(crate) struct OfWhatIsHeld(Sql<PersonId>);

/// The condition on a row of `dossiers`.
pub(crate) const fn of_what_is_held(person: PersonId) -> OfWhatIsHeld {
    OfWhatIsHeld(Sql(person))
}

impl<DB> QueryFragment<DB> for OfWhatIsHeld
where
    DB: Backend + HasSqlType<Uuid>,
    Sql<PersonId>: ToSql<Uuid, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(
            "dossiers.mandate_id IN (SELECT other.id FROM mandates AS other, mandates AS one \
             WHERE (other.id = one.id OR other.ward_id = one.ward_id \
             OR other.organisation_id = one.organisation_id) \
             AND one.state = 'active' AND one.delegate_id = ",
        );
        out.push_bind_param::<Uuid, _>(&self.0)?;
        out.push_sql(")");
        Ok(())
    }
}

condition!(Opened);
condition!(OfWhatIsHeld);
condition!(SameMandator);

/// Whether the dossier is the person's own, or a mandate of now includes the act. The delegate's
/// mandates are locked first, so that none ends between this answer and the commit.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn may_act(tx: &mut Tx, dossier: DossierId, reach: Reach) -> Result<bool, StoreError> {
    let held = mandates::table
        .filter(mandates::delegate_id.eq(Sql(reach.person)))
        .filter(mandates::state.eq(Sql(MandateState::Active)))
        .order(mandates::id)
        .select(mandates::version);
    for_update(held).get_results::<i64>(tx.conn())?;
    match crate::dossiers::find(tx, dossier, &Reading::Mandated(reach)) {
        Ok(_) => Ok(true),
        Err(StoreError::Absent) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Who acts, or acted, under a mandate.
///
/// # Errors
/// [`StoreError::Absent`].
pub fn delegate_of(tx: &mut Tx, id: MandateId) -> Result<PersonId, StoreError> {
    let delegate: Sql<PersonId> = mandates::table
        .find(Sql(id))
        .select(mandates::delegate_id)
        .first(tx.conn())?;
    Ok(delegate.into_inner())
}
