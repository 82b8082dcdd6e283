//! SQLite's limit: the server's own statements in a tight loop, prepared once, on bare threads.

use std::ops::Range;
use std::sync::Barrier;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, types::Value};
use uuid::Uuid;

use crate::ids::{Family, uuid};
use crate::register::Register;
use crate::statements::{Parameter, Statement};

/// Reads a second on that many threads, over any of the filed dossiers.
pub(crate) fn reads(
    path: &str,
    register: &Register,
    statements: &[Statement],
    threads: u32,
    span: Duration,
) -> anyhow::Result<f64> {
    let start = Barrier::new(usize::try_from(threads)?);
    let one = || {
        let conn = open(path)?;
        start.wait();
        read_loop(&conn, register, statements, span)
    };
    let counts = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(one)).collect();
        let ended = running.into_iter().map(|thread| {
            let count = thread.join();
            count.map_err(|_| anyhow::anyhow!("a thread panicked"))?
        });
        ended.collect::<anyhow::Result<Vec<u32>>>()
    })?;
    Ok(counts.into_iter().map(f64::from).sum::<f64>() / span.as_secs_f64())
}

fn read_loop(
    conn: &Connection,
    register: &Register,
    statements: &[Statement],
    span: Duration,
) -> anyhow::Result<u32> {
    let mut prepared = prepare(conn, statements)?;
    let (mut begin, mut commit) = (conn.prepare("BEGIN")?, conn.prepare("COMMIT")?);
    let ends = Instant::now() + span;
    let (mut count, mut state) = (0, 1_u64);
    while Instant::now() < ends {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let n = (state >> 33) % register.dossiers;
        begin.raw_execute()?;
        run(&mut prepared, register, n)?;
        commit.raw_execute()?;
        count += 1;
    }
    Ok(count)
}

/// Submits a second with that many in a commit, over the drafts of that range.
pub(crate) fn submits(
    path: &str,
    register: &Register,
    statements: &[Statement],
    drafts: Range<u64>,
    in_a_commit: u64,
) -> anyhow::Result<f64> {
    let conn = open(path)?;
    let mut prepared = prepare(&conn, statements)?;
    let (mut begin, mut commit) = (conn.prepare("BEGIN IMMEDIATE")?, conn.prepare("COMMIT")?);
    let (mut save, mut release) = (
        conn.prepare("SAVEPOINT member")?,
        conn.prepare("RELEASE member")?,
    );
    let count = u32::try_from(drafts.end - drafts.start)?;
    let (first_at, mut next) = (Instant::now(), drafts.start);
    while next < drafts.end {
        let group = next..(next + in_a_commit).min(drafts.end);
        next = group.end;
        begin.raw_execute()?;
        for n in group {
            save.raw_execute()?;
            run(&mut prepared, register, n)?;
            release.raw_execute()?;
        }
        commit.raw_execute()?;
    }
    Ok(f64::from(count) / first_at.elapsed().as_secs_f64())
}

/// With the settings of the server's lanes.
fn open(path: &str) -> anyhow::Result<Connection> {
    let conn = Connection::open(path)?;
    conn.execute_batch(
        "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
         PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -20480;",
    )?;
    Ok(conn)
}

struct Prepared<'conn> {
    statement: rusqlite::Statement<'conn>,
    parameters: Vec<Bound>,
    columns: usize,
}

/// A parameter, converted as far as that does not depend on the row.
enum Bound {
    Varies(Parameter),
    Same(Value),
}

fn prepare<'conn>(
    conn: &'conn Connection,
    statements: &[Statement],
) -> anyhow::Result<Vec<Prepared<'conn>>> {
    let prepare = |statement: &Statement| {
        // SQLite has one writer: there is nothing to lock, and the server says nothing either.
        let sql = statement.sql.replace('$', "?").replace(" FOR UPDATE", "");
        let prepared = conn.prepare(&sql)?;
        Ok(Prepared {
            columns: prepared.column_count(),
            statement: prepared,
            parameters: statement.parameters.iter().map(bound).collect(),
        })
    };
    statements.iter().map(prepare).collect()
}

fn bound(parameter: &Parameter) -> Bound {
    match parameter {
        Parameter::Same(text) => Bound::Same(text.as_deref().map_or(Value::Null, stored)),
        Parameter::Dossier
        | Parameter::DossierText
        | Parameter::Owner
        | Parameter::Agency
        | Parameter::Fresh(_)
        | Parameter::Unique => Bound::Varies(parameter.clone()),
    }
}

/// How SQLite keeps what PostgreSQL printed.
fn stored(text: &str) -> Value {
    if let Ok(id) = Uuid::try_parse(text) {
        return Value::Blob(id.as_bytes().to_vec());
    }
    if let Ok(at) = DateTime::parse_from_str(&format!("{text}00"), "%Y-%m-%d %H:%M:%S%.f%z") {
        return Value::Integer(at.with_timezone(&Utc).timestamp_micros());
    }
    if let Some(digits) = text.strip_prefix("\\x") {
        let pairs = digits
            .as_bytes()
            .chunks(2)
            .filter_map(|pair| std::str::from_utf8(pair).ok());
        return Value::Blob(
            pairs
                .filter_map(|pair| u8::from_str_radix(pair, 16).ok())
                .collect(),
        );
    }
    match text {
        "t" => return Value::Integer(1),
        "f" => return Value::Integer(0),
        _ => {}
    }
    match text.parse::<i64>() {
        Ok(number) if number.to_string() == text => Value::Integer(number),
        Ok(_) | Err(_) => Value::Text(text.to_owned()),
    }
}

fn run(statements: &mut [Prepared<'_>], register: &Register, n: u64) -> anyhow::Result<()> {
    for Prepared {
        statement,
        parameters,
        columns,
    } in statements
    {
        for (place, parameter) in (1..).zip(&*parameters) {
            match parameter {
                Bound::Same(value) => statement.raw_bind_parameter(place, value)?,
                Bound::Varies(parameter) => bind(statement, place, parameter, register, n)?,
            }
        }
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            for column in 0..*columns {
                std::hint::black_box(row.get_ref(column)?);
            }
        }
    }
    Ok(())
}

fn bind(
    statement: &mut rusqlite::Statement<'_>,
    place: usize,
    parameter: &Parameter,
    register: &Register,
    n: u64,
) -> anyhow::Result<()> {
    let id = match parameter {
        Parameter::Dossier => uuid(Family::Dossier, n),
        Parameter::Owner => register.owner(n).uuid(),
        Parameter::Agency => register.agency(n).uuid(),
        Parameter::Fresh(family) => uuid(*family, n),
        Parameter::DossierText => {
            statement.raw_bind_parameter(place, uuid(Family::Dossier, n).to_string())?;
            return Ok(());
        }
        Parameter::Unique => {
            statement.raw_bind_parameter(place, format!("H01.30-29990101-{n:07}"))?;
            return Ok(());
        }
        Parameter::Same(_) => return Ok(()),
    };
    statement.raw_bind_parameter(place, id.as_bytes().as_slice())?;
    Ok(())
}
