//! Disclosures: the log of who read what of whom, written where fields are opened.
//!
//! [`Reading`] says who reads and why; whatever opens a dossier takes one. An officer's leaves a line: one
//! for each officer, dossier, purpose and quarter of an hour. A read first looks in its own snapshot
//! whether that line stands; only where it does not, the store runs it again on a writing lane, where
//! the line is written before anything is opened.

mod line;
mod reading;
mod row;
mod shown;
mod witness;

use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, QueryDsl, RunQueryDsl, SelectableHelper,
};
use domain::{
    actor::{Role, Roles, Sight},
    disclosures::{AccessPurpose, Disclosure},
    ids::{DisclosureId, DossierId, OfficerId},
    mandates::Reach,
    personal::Personal,
    time::Time,
};

pub use reading::{OfficerReading, Reading};
pub use shown::of_subject;

pub(crate) use reading::Subject;
pub use witness::note_mandates;
pub(crate) use witness::{Witness, witness, witness_all};

use self::row::Row;
use crate::{
    StoreError, Tx,
    page::{Limit, Page},
    purge::Purge,
    schema::{disclosures, officers},
    sql::{Sql, row_before},
};

/// Where a list of lines goes on: newest first.
pub type Key = (Time, DisclosureId);

/// A line as its citizen is shown it: with the code of the dossier.
pub type Shown = (Disclosure, Option<String>);

/// A line as the auditor is shown it: with the officer's name.
pub type Reviewed = (Disclosure, Personal<String>);

/// What a review may be narrowed by.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only this officer's reads.
    pub officer: Option<OfficerId>,
    /// Only reads for this purpose.
    pub purpose: Option<AccessPurpose>,
    /// Only reads of this dossier.
    pub dossier: Option<DossierId>,
}

/// Roles as they are stored: their spellings, in the order of the list.
fn roles_text(roles: Roles) -> String {
    let spelled: Vec<_> = roles.iter().map(Role::as_str).collect();
    spelled.join(" ")
}

/// What officers read, newest first: everywhere, or of one agency what its officers read and what others
/// read of its dossiers.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn review(
    tx: &mut Tx,
    sight: Sight,
    filter: Filter,
    after: Option<Key>,
    limit: Limit,
) -> Result<Page<Reviewed, Key>, StoreError> {
    let mut newest = disclosures::table
        .inner_join(officers::table.on(officers::id.eq(disclosures::reader_id)))
        .order((disclosures::first_at.desc(), disclosures::id.desc()))
        .limit(limit.and_one())
        .select((Row::as_select(), officers::full_name))
        .into_boxed();
    match sight {
        Sight::Province => {}
        Sight::Agency(agency) => {
            newest = newest.filter(
                disclosures::acting_for
                    .eq(Sql(agency))
                    .or(disclosures::holder_id.eq(Sql(agency))),
            );
        }
        Sight::Own(person)
        | Sight::Mandated(Reach {
            person,
            on: _,
            act: _,
        }) => newest = newest.filter(disclosures::subject_id.eq(Sql(person))),
    }
    let Filter {
        officer,
        purpose,
        dossier,
    } = filter;
    if let Some(officer) = officer {
        newest = newest.filter(disclosures::reader_id.eq(Sql(officer)));
    }
    if let Some(purpose) = purpose {
        newest = newest.filter(disclosures::purpose.eq(Sql(purpose)));
    }
    if let Some(dossier) = dossier {
        newest = newest.filter(disclosures::dossier_id.eq(Some(Sql(dossier))));
    }
    if let Some((at, id)) = after {
        newest = newest.filter(row_before(
            (disclosures::first_at, disclosures::id),
            (Sql(at), Sql(id)),
        ));
    }
    let rows: Vec<(Row, Sql<Personal<String>>)> = newest.load(tx.conn())?;
    let page = Page::cut(rows, limit, |(row, _)| row.key());
    page.try_map(|(row, Sql(name))| Ok((row.into_disclosure()?, name)))
}

/// Removes lines from before the instant, at most so many; returns how many. No investigation keeps a line
/// from its citizen for as long as lines are kept, so each could be seen before it goes.
///
/// # Errors
/// [`StoreError`] as the engine reports it.
pub fn purge(tx: &mut Tx, before: Time, most: i64) -> Result<usize, StoreError> {
    let purge = Purge {
        table: "disclosures",
        key: "id",
        condition: "TRUE",
        at: "first_at",
        before,
        most,
    };
    purge.run(tx)
}
