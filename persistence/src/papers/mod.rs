//! Papers of dossiers, and the files behind them.

use diesel::prelude::*;
use domain::{
    actor::Sight,
    disclosures::Matter,
    ids::{AgencyId, DossierId, FileId, PaperId, PersonId},
    mandates::Act,
    papers::{CopyKind, File, Origin, Paper, ScanState},
    results::is_handed_out,
    time::Time,
};

use crate::{
    StoreError, Tx,
    connection::MultiBackend,
    disclosures::{Reading, Subject, witness},
    dossiers::in_sight,
    files::{self, FileRow},
    native,
    schema::{dossiers, files as file_rows, inspections, papers, results},
    sql::Sql,
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = papers, treat_none_as_default_value = false, check_for_backend(MultiBackend))]
struct PaperRow {
    id: Sql<PaperId>,
    agency_id: Sql<AgencyId>,
    dossier_id: Sql<DossierId>,
    paper_key: String,
    file_id: Sql<FileId>,
    copy_kind: Sql<CopyKind>,
    origin: Sql<Origin>,
    attached_at: Sql<Time>,
    superseded_at: Option<Sql<Time>>,
}

/// What is known of the file, if anything: what the scanner says, and the size of the picture.
type Known = Option<(Sql<ScanState>, Option<i64>)>;

fn paper((paper, file, known): (PaperRow, FileRow, Known)) -> Result<Paper, StoreError> {
    let PaperRow {
        id: Sql(id),
        agency_id: _,
        dossier_id: Sql(dossier_id),
        paper_key,
        file_id: _,
        copy_kind: Sql(copy_kind),
        origin: Sql(origin),
        attached_at: Sql(attached_at),
        superseded_at: _,
    } = paper;
    let file = file.try_into()?;
    Ok(Paper {
        id,
        dossier: dossier_id,
        key: paper_key,
        file,
        copy_kind,
        origin,
        attached_at,
        scan: known
            .as_ref()
            .map_or(ScanState::Unscanned, |(state, _)| state.0),
        has_preview: known.is_some_and(|(_, picture)| picture.is_some()),
    })
}

/// The current papers of a dossier, in the order they came. The caller has loaded the dossier, and
/// with it settled who may see them.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn of_dossier(tx: &mut Tx, dossier: DossierId) -> Result<Vec<Paper>, StoreError> {
    let rows: Vec<(PaperRow, FileRow, Known)> = native!(tx.conn(), c => papers::table
        .inner_join(file_rows::table)
        .left_join(inspections::table.on(inspections::sha256.eq(file_rows::sha256)))
        .filter(
            papers::dossier_id
                .eq(Sql(dossier))
                .and(papers::superseded_at.is_null()),
        )
        .order(papers::attached_at)
        .select((
            PaperRow::as_select(),
            FileRow::as_select(),
            (inspections::state, inspections::derivative_size).nullable(),
        ))
        .load(c))?;
    rows.into_iter().map(paper).collect()
}

/// Puts a paper in its place; the one that was there is kept as superseded.
///
/// # Errors
/// [`StoreError::Foreign`] when dossier and agency do not belong together.
pub fn attach(tx: &mut Tx, agency: AgencyId, paper: &Paper) -> Result<(), StoreError> {
    let Paper {
        id,
        dossier,
        key,
        file,
        copy_kind,
        origin,
        attached_at,
        scan: _,
        has_preview: _,
    } = paper;
    supersede(tx, *dossier, key, *attached_at)?;
    files::insert(tx, file)?;
    let row = PaperRow {
        id: Sql(*id),
        agency_id: Sql(agency),
        dossier_id: Sql(*dossier),
        paper_key: key.clone(),
        file_id: Sql(file.id),
        copy_kind: Sql(*copy_kind),
        origin: Sql(*origin),
        attached_at: Sql(*attached_at),
        superseded_at: None,
    };
    diesel::insert_into(papers::table)
        .values(row)
        .execute(tx.conn())?;
    Ok(())
}

/// Takes the current paper out of its place; whether there was one.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn supersede(tx: &mut Tx, dossier: DossierId, key: &str, at: Time) -> Result<bool, StoreError> {
    let current = papers::dossier_id
        .eq(Sql(dossier))
        .and(papers::paper_key.eq(key))
        .and(papers::superseded_at.is_null());
    let changed = diesel::update(papers::table)
        .filter(current)
        .set(papers::superseded_at.eq(Sql(at)))
        .execute(tx.conn())?;
    Ok(changed > 0)
}

/// Removes every paper of a draft that is thrown away. The bytes stay until the sweep.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn delete_of_draft(tx: &mut Tx, dossier: DossierId, now: Time) -> Result<(), StoreError> {
    let of_draft = papers::dossier_id.eq(Sql(dossier));
    let files = papers::table
        .filter(of_draft)
        .select(papers::file_id)
        .load(tx.conn())?;
    diesel::delete(papers::table)
        .filter(of_draft)
        .execute(tx.conn())?;
    files::release(tx, &files, now)
}

/// Removes a paper of a draft, and the ones it replaced: nobody but the author ever saw them.
/// Whether there was one.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn delete_from_draft(
    tx: &mut Tx,
    dossier: DossierId,
    key: &str,
    now: Time,
) -> Result<bool, StoreError> {
    let of_key = papers::dossier_id
        .eq(Sql(dossier))
        .and(papers::paper_key.eq(key));
    let files = papers::table
        .filter(of_key)
        .select(papers::file_id)
        .load(tx.conn())?;
    let gone = diesel::delete(papers::table)
        .filter(of_key)
        .execute(tx.conn())?;
    files::release(tx, &files, now)?;
    Ok(gone > 0)
}

macro_rules! of_paper {
    ($id:expr, $columns:expr) => {
        papers::table
            .inner_join(file_rows::table)
            .inner_join(dossiers::table.on(dossiers::id.eq(papers::dossier_id)))
            .filter(file_rows::id.eq(Sql($id)))
            .select($columns)
    };
}

macro_rules! of_result {
    ($id:expr, $columns:expr) => {
        results::table
            .inner_join(file_rows::table)
            .inner_join(dossiers::table.on(dossiers::id.eq(results::dossier_id)))
            .filter(
                file_rows::id
                    .eq(Sql($id))
                    .and(results::recalled_at.is_null()),
            )
            .select($columns)
    };
}

type Owner = (
    Sql<DossierId>,
    Sql<AgencyId>,
    Sql<AgencyId>,
    Option<Sql<PersonId>>,
);

const OWNER: (
    dossiers::id,
    dossiers::agency_id,
    dossiers::holder_id,
    dossiers::owner_id,
) = (
    dossiers::id,
    dossiers::agency_id,
    dossiers::holder_id,
    dossiers::owner_id,
);

/// The file, if it belongs to a paper or a result of a dossier that whoever reads may see; for an officer
/// it is written down first. A result is given to its owner only once it was handed over
/// ([`is_handed_out`]), and to a delegate whose mandate includes receiving it.
///
/// # Errors
/// [`StoreError::Absent`] when it does not exist or is somebody else's.
pub fn file(tx: &mut Tx, id: FileId, reading: &Reading) -> Result<File, StoreError> {
    let (row, owner) = match paper_file(tx, id, reading.sight())? {
        Some(found) => found,
        None => result_file(tx, id, reading.sight())?,
    };
    let (Sql(dossier), Sql(agency), Sql(holder), person) = owner;
    let subject = Subject {
        matter: Matter::Dossier(dossier),
        agency,
        holder,
        person: person.map(Sql::into_inner),
    };
    witness(tx, reading, subject)?;
    row.try_into()
}

fn paper_file(
    tx: &mut Tx,
    id: FileId,
    sight: Sight,
) -> Result<Option<(FileRow, Owner)>, StoreError> {
    let select = of_paper!(id, (FileRow::as_select(), OWNER));
    Ok(in_sight!(select, sight, query => query.first(tx.conn()).optional())?)
}

fn result_file(tx: &mut Tx, id: FileId, sight: Sight) -> Result<(FileRow, Owner), StoreError> {
    let sight = sight.to(Act::Receive);
    let select = of_result!(id, (FileRow::as_select(), OWNER, dossiers::returned_at));
    let (row, owner, returned_at): (FileRow, Owner, Option<Sql<Time>>) =
        in_sight!(select, sight, query => query.first(tx.conn()))?;
    if !is_handed_out(sight, returned_at.map(Sql::into_inner)) {
        return Err(StoreError::Absent);
    }
    Ok((row, owner))
}

/// Whether the file belongs to a paper or a result of any filed dossier. Nothing of it is opened.
///
/// # Errors
/// [`StoreError::Unavailable`] and the like.
pub fn is_filed(tx: &mut Tx, id: FileId) -> Result<bool, StoreError> {
    if paper_file(tx, id, Sight::Province)?.is_some() {
        return Ok(true);
    }
    match result_file(tx, id, Sight::Province) {
        Ok(_) => Ok(true),
        Err(StoreError::Absent) => Ok(false),
        Err(error) => Err(error),
    }
}
