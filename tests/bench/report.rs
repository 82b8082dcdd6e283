//! The table, and which aims were missed.

use std::fmt::Write as _;
use std::time::Duration;

use crate::pressure::Figure;

/// The report as it grows.
#[derive(Debug, Default)]
pub(crate) struct Report {
    text: String,
    missed: Vec<String>,
}

/// A figure beside its limits.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    pub(crate) name: &'a str,
    pub(crate) figure: &'a Figure,
    /// The same SQL without HTTP, per second.
    pub(crate) database: Option<f64>,
    /// A constant answer of equal size, per second.
    pub(crate) constant: Option<f64>,
    /// The limit the ratio is taken of, if it is neither the fair limit nor unknown.
    pub(crate) instead: Option<f64>,
    pub(crate) aim: Option<f64>,
}

impl Report {
    /// A line of prose or a heading.
    pub(crate) fn line(&mut self, line: impl AsRef<str>) {
        println!("{}", line.as_ref());
        self.text.push_str(line.as_ref());
        self.text.push('\n');
    }

    /// The head of a table of figures.
    pub(crate) fn head(&mut self) {
        self.line("");
        self.line("| operation | requests/s | p50 ms | p99 ms | server CPU µs | database/s | static/s | limit/s | ratio | aim |");
        self.line("|---|---|---|---|---|---|---|---|---|---|");
    }

    /// A row of figures, judged.
    pub(crate) fn row(&mut self, engine: &str, row: &Row<'_>) {
        let Row {
            name,
            figure,
            database,
            constant,
            instead,
            aim,
        } = row;
        let fair = database
            .zip(*constant)
            .map(|(database, constant)| 1.0 / (1.0 / constant + 1.0 / database));
        let limit = instead.or(fair);
        let ratio = limit.map(|limit| figure.per_second / limit);
        let or_none = |figure: Option<f64>, decimals: usize| {
            figure.map_or("–".to_owned(), |it| format!("{it:.decimals$}"))
        };
        self.line(format!(
            "| {name} | {:.0} | {:.1} | {:.1} | {} | {} | {} | {} | {} | {} |",
            figure.per_second,
            millis(figure.p50),
            millis(figure.p99),
            figure.cpu_each.as_micros(),
            or_none(*database, 0),
            or_none(*constant, 0),
            or_none(limit, 0),
            or_none(ratio, 2),
            or_none(*aim, 1),
        ));
        if let Some((ratio, aim)) = ratio.zip(*aim) {
            self.judge(
                ratio >= aim,
                &format!("{engine}, {name}: {ratio:.2} of its limit, aim {aim}"),
            );
        }
        self.judge(
            figure.p99 < Duration::from_millis(50),
            &format!(
                "{engine}, {name}: p99 {:.1} ms, aim under 50",
                millis(figure.p99)
            ),
        );
        self.judge(
            figure.refused.is_empty(),
            &format!(
                "{engine}, {name}: answers that were not 200: {:?}",
                figure.refused
            ),
        );
    }

    /// A figure that must stay under its aim.
    pub(crate) fn under(&mut self, what: &str, found: f64, aim: f64, unit: &str) {
        self.line(format!(
            "- {what}: {found:.1} {unit} (aim: at most {aim} {unit})"
        ));
        self.judge(
            found <= aim,
            &format!("{what}: {found:.1} {unit}, aim at most {aim}"),
        );
    }

    /// Notes what was missed.
    pub(crate) fn judge(&mut self, reached: bool, what: &str) {
        if !reached {
            self.missed.push(what.to_owned());
        }
    }

    /// Prints what was missed and gives the whole text.
    pub(crate) fn finish(mut self) -> String {
        self.line("");
        for missed in std::mem::take(&mut self.missed) {
            self.line(format!("missed: {missed}"));
        }
        self.text
    }
}

/// In milliseconds.
pub(crate) fn millis(span: Duration) -> f64 {
    span.as_secs_f64() * 1000.0
}

/// In mebibytes.
pub(crate) fn mebibytes(bytes: u64) -> f64 {
    let kibibytes = u32::try_from(bytes / 1024).unwrap_or(u32::MAX);
    f64::from(kibibytes) / 1024.0
}

/// The machine, and how busy others keep it.
pub(crate) fn machine() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').take(3).fold(String::new(), |mut all, one| {
        let _ = write!(all, " {one}");
        all
    });
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "{cores} cores, shared by client, server and database; load average before the run:{load}."
    )
}
