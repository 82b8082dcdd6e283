//! PostgreSQL's limit: the server's own statements, run by `pgbench -M prepared`.

use std::fmt::Write as _;
use std::process::Command;
use std::time::Duration;

use anyhow::Context as _;
use tests::postgres::Cluster;

use crate::ids::Family;
use crate::register::{DRAFTS_EACH, Register};
use crate::statements::{Parameter, Statement};

/// Clients of pgbench.
pub(crate) const CLIENTS: u64 = 8;
/// Reads in one script: the transaction goes on from one to the next as the server's lanes do.
const READS: u64 = 20;

/// Reads a second, over any of the filed dossiers.
pub(crate) fn reads(
    url: &str,
    register: &Register,
    statements: &[Statement],
    span: Duration,
) -> anyhow::Result<f64> {
    let mut script = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\n".to_owned();
    for read in 1..=READS {
        writeln!(script, "\\set n random(0, {})", register.dossiers - 1)?;
        for statement in statements {
            writeln!(script, "{};", in_sql(statement, register))?;
        }
        let end = if read == READS {
            "COMMIT"
        } else {
            "COMMIT AND CHAIN"
        };
        writeln!(script, "{end};")?;
    }
    let per_second = run(url, &script, &["-T", &span.as_secs().to_string()])?;
    Ok(per_second * f64::from(u32::try_from(READS)?))
}

/// Submits a second, over the drafts of that range.
pub(crate) fn submits(
    url: &str,
    register: &Register,
    statements: &[Statement],
    drafts: std::ops::Range<u64>,
) -> anyhow::Result<f64> {
    let share = (drafts.end - drafts.start) / CLIENTS;
    let mut script = "\\set k :k + 1\n".to_owned();
    writeln!(
        script,
        "\\set n {} + :client_id * {share} + :k",
        drafts.start
    )?;
    writeln!(script, "BEGIN;")?;
    for statement in statements {
        writeln!(script, "{};", in_sql(statement, register))?;
    }
    writeln!(script, "COMMIT;")?;
    run(url, &script, &["-t", &share.to_string(), "-D", "k=-1"])
}

fn run(url: &str, script: &str, bounds: &[&str]) -> anyhow::Result<f64> {
    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), script)?;
    let output = Command::new(Cluster::shared().binaries().join("pgbench"))
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=1", "--client"])
        .arg(CLIENTS.to_string())
        .args(bounds)
        .arg("--file")
        .arg(file.path())
        .arg(url)
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(
        output.status.success(),
        "pgbench failed: {complained}\n{script}"
    );
    let line = said.lines().find_map(|line| line.strip_prefix("tps = "));
    let figure = line.and_then(|line| line.split(' ').next());
    Ok(figure
        .with_context(|| format!("pgbench gave no figure: {said}"))?
        .parse()?)
}

/// The statement with every parameter written out in terms of `:n`.
fn in_sql(statement: &Statement, register: &Register) -> String {
    let mut sql = statement.sql.clone();
    // From the last: `$1` is the beginning of `$10`.
    for (place, parameter) in statement.parameters.iter().enumerate().rev() {
        sql = sql.replace(&format!("${}", place + 1), &value(parameter, register));
    }
    sql
}

fn value(parameter: &Parameter, register: &Register) -> String {
    let id = |family: Family, n: &str| {
        format!("({}||lpad(to_hex({n}),12,'0'))", literal(&family.prefix()))
    };
    match parameter {
        Parameter::Dossier => format!("{}::uuid", id(Family::Dossier, ":n::bigint")),
        Parameter::DossierText => id(Family::Dossier, ":n::bigint"),
        Parameter::Fresh(family) => format!("{}::uuid", id(*family, ":n::bigint")),
        Parameter::Unique => "('H01.30-29990101-'||lpad((:n::bigint)::text,7,'0'))".to_owned(),
        Parameter::Owner => {
            let (dossiers, citizens) = (register.dossiers, register.citizens());
            let citizen = id(Family::Citizen, &format!(":n::bigint % {citizens}"));
            let drafter = id(
                Family::Drafter,
                &format!("(:n::bigint - {dossiers}) / {DRAFTS_EACH}"),
            );
            format!("(CASE WHEN :n::bigint < {dossiers} THEN {citizen} ELSE {drafter} END)::uuid")
        }
        Parameter::Agency => {
            let all: Vec<_> = register
                .agencies
                .iter()
                .map(|agency| literal(&agency.to_string()))
                .collect();
            format!(
                "((ARRAY[{}])[1 + (:n::bigint % {})::int])::uuid",
                all.join(","),
                all.len()
            )
        }
        Parameter::Same(None) => "NULL".to_owned(),
        Parameter::Same(Some(text)) => literal(text),
    }
}

/// A literal that pgbench, which takes `:word` for a variable, leaves alone.
fn literal(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('\'', "''")
        .replace(':', "\\x3a");
    format!("E'{escaped}'")
}
