//! The lines that a citizen is shown: of what is their own, and of what they represent by a mandate of now.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl,
    RunQueryDsl, SelectableHelper,
};
use domain::{mandates::Reach, time::Time};

use super::{Key, Row, Shown};
use crate::{
    StoreError, Tx,
    mandates::{of_what_is_held, opened_to},
    page::{Limit, Page},
    schema::{disclosures, dossiers},
    sql::{Sql, row_before},
};

/// A row with the code of its dossier; a line of a mandate has none.
type Coded = (Row, Option<String>);

// A macro, because the type of the query cannot be written down.
macro_rules! newest {
    ($tx:ident, $of:expr, $now:ident, $after:ident, $limit:ident) => {{
        let of_dossier = disclosures::dossier_id
            .eq(dossiers::id.nullable())
            .and(dossiers::agency_id.eq(disclosures::agency_id));
        let open = disclosures::restricted_until
            .is_null()
            .or(disclosures::restricted_until.le(Sql($now)));
        let mut newest = disclosures::table
            .left_join(dossiers::table.on(of_dossier))
            .filter($of)
            .filter(open)
            .order((disclosures::first_at.desc(), disclosures::id.desc()))
            .limit($limit.and_one())
            .select((Row::as_select(), dossiers::code.nullable()))
            .into_boxed();
        if let Some((at, id)) = $after {
            newest = newest.filter(row_before(
                (disclosures::first_at, disclosures::id),
                (Sql(at), Sql(id)),
            ));
        }
        newest.load::<Coded>($tx.conn())
    }};
}

/// What officers read of a citizen, and of the wards and organisations whose dossiers a mandate opens to
/// them today, newest first; without what an investigation still keeps back. A dossier with an owner is
/// the owner's to watch over, whoever acts in it.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn of_subject(
    tx: &mut Tx,
    reach: Reach,
    now: Time,
    after: Option<Key>,
    limit: Limit,
) -> Result<Page<Shown, Key>, StoreError> {
    let own = disclosures::subject_id.eq(Sql(reach.person));
    let represented = dossiers::owner_id
        .is_null()
        .and(of_what_is_held(reach.person))
        .and(opened_to(reach));
    // Two queries, each by its own index: of both at once neither engine makes a walk.
    let mut rows: Vec<Coded> = newest!(tx, own, now, after, limit)?;
    let others: Vec<Coded> = newest!(tx, represented, now, after, limit)?;
    rows.extend(others);
    rows.sort_by_key(|(row, _)| std::cmp::Reverse(row.key()));
    let page = Page::cut(rows, limit, |(row, _)| row.key());
    page.try_map(|(row, code)| Ok((row.into_disclosure()?, code)))
}
