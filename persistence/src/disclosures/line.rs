//! One line of the log: whether it stands, and how it is written.

use diesel::{
    BoolExpressionMethods, ExpressionMethods, QueryDsl, QueryResult, RunQueryDsl,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::{Integer, Nullable, Text},
};
use domain::{
    disclosures::{AccessPurpose, Actions, Fields, Matter, quarter_of},
    ids::{AgencyId, DisclosureId, DossierId, Id, MandateId, OfficerId, PersonId},
    personal::Personal,
    time::Time,
};
use uuid::Uuid as Bare;

use super::{
    reading::{OfficerReading, Subject},
    roles_text,
    row::matter as matter_of,
    witness::only,
};
use crate::{
    StoreError, Tx,
    connection::{DbConnection, MultiBackend},
    native,
    schema::disclosures,
    sql::{Instant, PersonalText, Sql, Uuid, Word},
};

/// A line that stands and says all that is about to be done.
pub(super) struct Written {
    pub(super) matter: Matter,
}

/// What of a line tells whether it says all.
type Columns = (
    Option<Sql<DossierId>>,
    Option<Sql<MandateId>>,
    AccessPurpose,
    i32,
    i32,
    bool,
);

/// The lines of this quarter of an hour that say already what the officer is about to do, of one
/// matter or of all: one range of one index.
pub(super) fn written(
    tx: &mut Tx,
    officer: &OfficerReading,
    matter: Option<Matter>,
) -> Result<Vec<Written>, StoreError> {
    let quarter = quarter_of(officer.now);
    let columns = (
        disclosures::dossier_id,
        disclosures::mandate_id,
        disclosures::purpose,
        disclosures::actions,
        disclosures::fields,
        disclosures::note.is_not_null(),
    );
    let of_officer = disclosures::reader_id
        .eq(Sql(officer.officer))
        .and(disclosures::quarter.eq(Sql(quarter)));
    let rows: Vec<Columns> = match matter {
        Some(Matter::Dossier(dossier)) => native!(tx.conn(), c => disclosures::table
            .filter(of_officer.and(disclosures::dossier_id.eq(Some(Sql(dossier)))))
            .select(columns)
            .load(c))?,
        Some(Matter::Mandate(mandate)) => native!(tx.conn(), c => disclosures::table
            .filter(of_officer.and(disclosures::mandate_id.eq(Some(Sql(mandate)))))
            .select(columns)
            .load(c))?,
        None => native!(tx.conn(), c => disclosures::table
            .filter(of_officer)
            .select(columns)
            .load(c))?,
    };
    let needed = (only(officer.action), officer.action.shows());
    let says_all = |purpose, actions, fields, has_note| {
        purpose == officer.purpose
            && Actions::from_bits(actions).holds(needed.0)
            && Fields::from_bits(fields).holds(needed.1)
            && (has_note || officer.note.is_none())
    };
    let rows = rows.into_iter();
    rows.filter(|(.., purpose, actions, fields, note)| says_all(*purpose, *actions, *fields, *note))
        .map(|(dossier, mandate, ..)| {
            let matter = matter_of(dossier, mandate)?;
            Ok(Written { matter })
        })
        .collect()
}

/// A line on its way into the table.
pub(super) struct Line<'a> {
    id: DisclosureId,
    officer: OfficerId,
    acting_for: AgencyId,
    roles: String,
    agency: AgencyId,
    holder: AgencyId,
    dossier: Option<Sql<DossierId>>,
    mandate: Option<Sql<MandateId>>,
    subject: Option<Sql<PersonId>>,
    purpose: AccessPurpose,
    note: Option<Sql<&'a Personal<String>>>,
    quarter: Time,
    now: Time,
    actions: i32,
    fields: i32,
    restricted_until: Option<Sql<Time>>,
    request: Option<Sql<Bare>>,
}

impl<'a> Line<'a> {
    /// The line of a read; `count` lines were written in this transaction before it.
    pub(super) fn of(officer: &'a OfficerReading, subject: Subject, count: u32) -> Self {
        // Far enough apart that no id made next is met, and still of the same instant.
        let apart = u128::from(count) << 40;
        let id = officer.line.uuid().as_u128().wrapping_add(apart);
        let Subject {
            matter,
            agency,
            holder,
            person,
        } = subject;
        let (dossier, mandate) = match matter {
            Matter::Dossier(dossier) => (Some(Sql(dossier)), None),
            Matter::Mandate(mandate) => (None, Some(Sql(mandate))),
        };
        Self {
            id: Id::from_uuid(Bare::from_u128(id)),
            officer: officer.officer,
            acting_for: officer.agency,
            roles: roles_text(officer.roles),
            agency,
            holder,
            dossier,
            mandate,
            subject: person.map(Sql),
            purpose: officer.purpose,
            note: officer.note.as_ref().map(Sql),
            quarter: quarter_of(officer.now),
            now: officer.now,
            actions: only(officer.action).bits(),
            fields: officer.action.shows().bits(),
            restricted_until: officer.restricted_until.map(Sql),
            request: officer.request.map(Sql),
        }
    }

    /// Writes it, or adds it to the one that stands.
    pub(super) fn write(self, tx: &mut Tx) -> Result<(), StoreError> {
        if self.dossier.is_some() {
            OfDossier(self).execute(tx.conn())?;
        } else {
            OfMandate(self).execute(tx.conn())?;
        }
        Ok(())
    }

    /// The statement; lines of one matter's column stand beside each other.
    fn walk<'b>(
        &'b self,
        mut out: AstPass<'_, 'b, MultiBackend>,
        column: &'static str,
    ) -> QueryResult<()> {
        out.push_sql(
            "INSERT INTO disclosures (id, reader_id, acting_for, roles, agency_id, \
             dossier_id, mandate_id, subject_id, purpose, note, quarter, first_at, last_at, times, \
             actions, fields, restricted_until, holder_id, request_id) VALUES (",
        );
        out.push_bind_param::<Uuid, _>(&self.id)?;
        out.push_sql(", ");
        out.push_bind_param::<Uuid, _>(&self.officer)?;
        out.push_sql(", ");
        out.push_bind_param::<Uuid, _>(&self.acting_for)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(&self.roles)?;
        out.push_sql(", ");
        out.push_bind_param::<Uuid, _>(&self.agency)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Uuid>, _>(&self.dossier)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Uuid>, _>(&self.mandate)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Uuid>, _>(&self.subject)?;
        out.push_sql(", ");
        out.push_bind_param::<Word, _>(&self.purpose)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<PersonalText>, _>(&self.note)?;
        for instant in [&self.quarter, &self.now, &self.now] {
            out.push_sql(", ");
            out.push_bind_param::<Instant, _>(instant)?;
        }
        out.push_sql(", 1");
        for set in [&self.actions, &self.fields] {
            out.push_sql(", ");
            out.push_bind_param::<Integer, _>(set)?;
        }
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Instant>, _>(&self.restricted_until)?;
        out.push_sql(", ");
        out.push_bind_param::<Uuid, _>(&self.holder)?;
        out.push_sql(", ");
        out.push_bind_param::<Nullable<Uuid>, _>(&self.request)?;
        for part in [") ON CONFLICT (reader_id, quarter, ", column, ADDED] {
            out.push_sql(part);
        }
        Ok(())
    }
}

/// What is added to a line that stands. Its request stays the one in which it was first written.
const ADDED: &str = ", purpose) DO UPDATE SET \
     times = disclosures.times + 1, last_at = excluded.last_at, \
     actions = disclosures.actions | excluded.actions, \
     fields = disclosures.fields | excluded.fields, \
     note = COALESCE(disclosures.note, excluded.note)";

macro_rules! statement {
    ($name:ident, $column:literal) => {
        struct $name<'a>(Line<'a>);

        impl QueryFragment<MultiBackend> for $name<'_> {
            fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
                self.0.walk(out, $column)
            }
        }

        impl QueryId for $name<'_> {
            type QueryId = $name<'static>;
            const HAS_STATIC_QUERY_ID: bool = true;
        }

        impl RunQueryDsl<DbConnection> for $name<'_> {}
    };
}

statement!(OfDossier, "dossier_id");
statement!(OfMandate, "mandate_id");
