//! Which figures are taken on an engine, and beside which limits they stand.

use tests::engine::{Engine, block_on};

use crate::budgets;
use crate::following;
use crate::journey;
use crate::pgbench;
use crate::pressure::Figure;
use crate::register::DRAFTS_EACH;
use crate::report::{Report, Row, mebibytes};
use crate::requests::{Operation, Requests};
use crate::scenario::{Ground, Scale, Served};
use crate::sqlite_loop;
use crate::statements::Statement;

/// The statements of each operation.
#[derive(Debug)]
pub(crate) struct Spoken {
    dossier: Vec<Statement>,
    list: Vec<Statement>,
    submit: Vec<Statement>,
}

impl Spoken {
    /// Listens to the server on a small PostgreSQL site.
    pub(crate) fn heard(scale: Scale, report: &mut Report) -> anyhow::Result<Self> {
        let mut ground = Ground::filled(Engine::Postgres, scale.few, 100, report)?;
        let spoken = Self {
            dossier: ground.statements(Operation::Dossier)?,
            list: ground.statements(Operation::List)?,
            submit: ground.statements(Operation::Submit)?,
        };
        report.line(format!(
            "Statements of a request, without BEGIN and COMMIT: one dossier {}, list {}, submit {}.",
            spoken.dossier.len(),
            spoken.list.len(),
            spoken.submit.len()
        ));
        Ok(spoken)
    }
}

/// The figures of one register.
struct Figures {
    dossier: Figure,
    list: Figure,
    submit: Figure,
}

impl Figures {
    fn taken(ground: &mut Ground, served: &Served, scale: Scale) -> anyhow::Result<Self> {
        Ok(Self {
            dossier: ground.measure(served, Operation::Dossier, scale)?,
            list: ground.measure(served, Operation::List, scale)?,
            submit: ground.measure(served, Operation::Submit, scale)?,
        })
    }
}

/// Answers a second of a constant server.
struct Constants {
    dossier: f64,
    list: f64,
    submit: f64,
}

/// Everything about one engine.
pub(crate) fn of(
    engine: Engine,
    scale: Scale,
    spoken: &Spoken,
    report: &mut Report,
) -> anyhow::Result<()> {
    report.line("");
    report.line(format!("## {engine}"));
    let few = small(engine, scale, report)?;
    let mut ground = Ground::filled(engine, scale.many, scale.drafts * 5, report)?;
    let served = ground.serve(&[])?;
    served.judge_start(engine, report)?;
    let many = Figures::taken(&mut ground, &served, scale)?;
    let constants = Constants {
        dossier: ground.constant(&served, Operation::Dossier, scale)?,
        list: ground.constant(&served, Operation::List, scale)?,
        submit: ground.constant(&served, Operation::Submit, scale)?,
    };
    let compressed = compressed(&mut ground, &served, scale)?;
    let draft = ground.take_drafts(1).start;
    block_on(budgets::measure(
        served.address,
        &ground.requests,
        draft,
        report,
    ))?;
    let Requests {
        register, tokens, ..
    } = &ground.requests;
    let token = tokens.owner_of(register, 0);
    block_on(journey::measure(served.address, token, report))?;
    served.stop()?;
    let served = ground.serve(&[])?;
    let drafts = ground.take_drafts(following::PHONES * DRAFTS_EACH);
    block_on(following::measure(
        engine,
        &served,
        &ground.requests,
        drafts,
        report,
    ))?;
    served.stop()?;
    let limits = limits(engine, &mut ground, scale, spoken, report)?;
    report.head();
    rows(engine, &many, &limits, &constants, report);
    let (figure, constant) = &compressed;
    let limit = (Some(limits.dossier), Some(*constant));
    report.row(&engine.to_string(), &row("one dossier, br", figure, limit));
    if engine == Engine::Sqlite {
        let limit = limits.submit_ungrouped;
        ungrouped(&mut ground, scale, &many.submit, limit, report)?;
    }
    growth(engine, scale, (&few, &many), report);
    Ok(())
}

fn row<'a>(
    name: &'a str,
    figure: &'a Figure,
    (database, constant): (Option<f64>, Option<f64>),
) -> Row<'a> {
    Row {
        name,
        figure,
        database,
        constant,
        instead: None,
        aim: None,
    }
}

fn rows(
    engine: Engine,
    figures: &Figures,
    limits: &Limits,
    constants: &Constants,
    report: &mut Report,
) {
    let name = engine.to_string();
    let limit = (Some(limits.dossier), Some(constants.dossier));
    let dossier = Row {
        aim: Some(0.6),
        ..row("one dossier", &figures.dossier, limit)
    };
    let limit = (Some(limits.list), Some(constants.list));
    let list = Row {
        aim: Some(0.5),
        ..row("list of 20", &figures.list, limit)
    };
    let limit = (Some(limits.submit), Some(constants.submit));
    let submit = row("submit", &figures.submit, limit);
    let submit = match engine {
        // The aim is set against the database alone.
        Engine::Postgres => Row {
            instead: Some(limits.submit),
            aim: Some(0.6),
            ..submit
        },
        Engine::Sqlite => submit,
    };
    for row in [&dossier, &list, &submit] {
        report.row(&name, row);
    }
}

/// Memory, and what 100 times the rows cost.
fn growth(engine: Engine, scale: Scale, (few, many): (&Figures, &Figures), report: &mut Report) {
    let all = [&many.dossier, &many.list, &many.submit];
    let resident = all.into_iter().map(|it| it.resident).max().unwrap_or(0);
    let what = format!("{engine}, resident memory under load");
    report.line("");
    report.under(&what, mebibytes(resident), 120.0, "MiB");
    for (operation, few, many) in [
        (Operation::Dossier, &few.dossier, &many.dossier),
        (Operation::List, &few.list, &many.list),
        (Operation::Submit, &few.submit, &many.submit),
    ] {
        let what = format!(
            "{engine}, cost of {} at {} against {} dossiers",
            operation.name(),
            scale.many,
            scale.few
        );
        let times = few.per_second / many.per_second.max(1.0);
        report.under(&what, times, 1.2, "times");
    }
}

fn small(engine: Engine, scale: Scale, report: &mut Report) -> anyhow::Result<Figures> {
    let mut ground = Ground::filled(engine, scale.few, scale.drafts, report)?;
    let served = ground.serve(&[])?;
    let figures = Figures::taken(&mut ground, &served, scale)?;
    served.stop()?;
    Ok(figures)
}

/// One dossier as phones ask for it, compressed, beside a constant answer that is compressed too.
fn compressed(ground: &mut Ground, served: &Served, scale: Scale) -> anyhow::Result<(Figure, f64)> {
    let plain = ground.requests.clone();
    ground.requests = Requests {
        compressed: true,
        ..plain.clone()
    };
    let figure = ground.measure(served, Operation::Dossier, scale)?;
    let constant = ground.constant(served, Operation::Dossier, scale)?;
    ground.requests = plain;
    Ok((figure, constant))
}

/// What the database does without HTTP, per second.
struct Limits {
    dossier: f64,
    list: f64,
    submit: f64,
    submit_ungrouped: f64,
}

fn limits(
    engine: Engine,
    ground: &mut Ground,
    scale: Scale,
    spoken: &Spoken,
    report: &mut Report,
) -> anyhow::Result<Limits> {
    let (url, span) = (ground.database(), scale.span);
    let drafts = [
        ground.take_drafts(scale.drafts),
        ground.take_drafts(scale.drafts),
    ];
    let [first, second] = drafts;
    let register = &ground.requests.register;
    if engine == Engine::Postgres {
        let submit = pgbench::submits(&url, register, &spoken.submit, first)?;
        return Ok(Limits {
            dossier: pgbench::reads(&url, register, &spoken.dossier, span)?,
            list: pgbench::reads(&url, register, &spoken.list, span)?,
            submit,
            submit_ungrouped: submit,
        });
    }
    let reads =
        |statements, threads| sqlite_loop::reads(&url, register, statements, threads, span / 2);
    let one = (reads(&spoken.dossier, 1)?, reads(&spoken.list, 1)?);
    let two = (reads(&spoken.dossier, 2)?, reads(&spoken.list, 2)?);
    report.line("");
    report.line(format!(
        "Tight loop, 1 thread: one dossier {:.0}/s, list {:.0}/s; 2 threads: {:.0}/s, {:.0}/s (the limit below).",
        one.0, one.1, two.0, two.1
    ));
    let submit_ungrouped = sqlite_loop::submits(&url, register, &spoken.submit, first, 1)?;
    let submit = sqlite_loop::submits(&url, register, &spoken.submit, second, 32)?;
    report.line(format!("Tight loop, submits: {submit_ungrouped:.0}/s one to a commit, {submit:.0}/s with 32 in a commit."));
    Ok(Limits {
        dossier: two.0,
        list: two.1,
        submit,
        submit_ungrouped,
    })
}

/// The same submits with one request to a commit.
fn ungrouped(
    ground: &mut Ground,
    scale: Scale,
    grouped: &Figure,
    limit: f64,
    report: &mut Report,
) -> anyhow::Result<()> {
    let served = ground.serve(&[("MOTCUA_LANES__WRITER_BATCH_MAX", "1")])?;
    let figure = ground.measure(&served, Operation::Submit, scale)?;
    let constant = ground.constant(&served, Operation::Submit, scale)?;
    served.stop()?;
    let row = row("submit, ungrouped", &figure, (Some(limit), Some(constant)));
    report.row("SQLite", &row);
    let times = grouped.per_second / figure.per_second.max(1.0);
    report.line("");
    report.line(format!(
        "- SQLite, grouped submits: {times:.2} times the ungrouped (aim: at least 2)"
    ));
    report.judge(
        times >= 2.0,
        &format!("SQLite, grouped submits: {times:.2} times the ungrouped, aim 2"),
    );
    Ok(())
}
