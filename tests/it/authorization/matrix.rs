//! Every operation of the document, by everybody, for everything it can name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;
use tests::client::{Request, Response};
use tests::document::Document;
use tests::server::TestServer;

use super::expected::{Due, due, lacks_a_purpose, may_read, sees};
use super::ground::{Ground, Mark, Object};
use super::policy::{Gate, Kind, Row, rows};
use super::principals::{Principal, everybody};
use super::request::{Operation, operations};
use super::sending::answers;

/// One question.
#[derive(Debug)]
struct Cell {
    operation: Arc<Operation>,
    row: Arc<Row>,
    principal: Arc<Principal>,
    object: Object,
}

/// What was answered; the text is without what differs from request to request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    status: u16,
    code: String,
    text: String,
    /// What its head lacks, or says and should not.
    head: Vec<&'static str>,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) cells: usize,
    /// Somebody was let in whom the policy keeps out.
    pub(super) unexpected_allows: Vec<String>,
    /// The policy says another answer.
    pub(super) differences: Vec<String>,
    /// An answer holds something of what whoever asked may not see.
    pub(super) leaks: Vec<String>,
    /// What exists and is not theirs looks otherwise than what does not exist.
    pub(super) tells_apart: Vec<String>,
    /// The head of an answer does not keep a browser or a cache from misusing it.
    pub(super) heads: Vec<String>,
}

/// Asks everything of the operations that are asked about.
pub(super) async fn run(server: &TestServer, asked: fn(&Row) -> bool) -> Report {
    let ground = Ground::of(server).await;
    let mut cells = cells(server, &ground).await;
    cells.retain(|cell| asked(&cell.row));
    cells.sort_by_key(|cell| cell.row.is_last);
    let (last, first): (Vec<_>, Vec<_>) = cells.iter().partition(|cell| cell.row.is_last);
    let mut told = answers(first.into_iter().map(Cell::request).collect()).await;
    told.extend(answers(last.into_iter().map(Cell::request).collect()).await);
    let told: Vec<_> = told
        .into_iter()
        .map(|answer| answer.map(|answer| Told::of(&answer)))
        .collect();
    // The document's own examples look like codes, and are nobody's.
    let examples = Document::published().root().to_string();
    let marks = ground.marks.iter();
    let marks: Vec<_> = marks
        .filter(|mark| !examples.contains(&mark.text))
        .collect();
    let mut report = Report {
        cells: told.len(),
        ..Report::default()
    };
    let mut out_of_sight: BTreeMap<(&str, &str), BTreeSet<&Told>> = BTreeMap::new();
    for (cell, answer) in cells.iter().zip(&told) {
        let answer = match answer {
            Ok(answer) => answer,
            Err(fault) => {
                report.differences.push(format!("{}: {fault}", cell.name()));
                continue;
            }
        };
        report.judge(cell, answer);
        report.look_at_head(cell, answer);
        report.leaks.extend(leak(cell, answer, &marks));
        let (standing, kind) = (cell.principal.standing, cell.row.of);
        let is_told =
            sees(standing, kind, cell.object.of) || lacks_a_purpose(standing, kind, cell.object.of);
        if kind != Kind::Nothing && !is_told {
            let place = (cell.operation.id.as_str(), cell.principal.name.as_str());
            out_of_sight.entry(place).or_default().insert(answer);
        }
    }
    for ((operation, principal), answers) in out_of_sight {
        if answers.len() > 1 {
            let told = format!("{operation} by {principal}: {answers:?}");
            report.tells_apart.push(told);
        }
    }
    report
}

async fn cells(server: &TestServer, ground: &Ground) -> Vec<Cell> {
    let principals = everybody(server, ground).await;
    let principals: Vec<_> = principals.into_iter().map(Arc::new).collect();
    let rows: Vec<_> = rows().into_iter().map(Arc::new).collect();
    let mut cells = Vec::new();
    for operation in operations().into_iter().map(Arc::new) {
        let row = rows.iter().find(|row| row.operation == operation.id);
        let row = row.unwrap_or_else(|| panic!("{} has no row", operation.id));
        for principal in &principals {
            for object in ground.objects(row.of) {
                cells.push(Cell {
                    operation: Arc::clone(&operation),
                    row: Arc::clone(row),
                    principal: Arc::clone(principal),
                    object: object.clone(),
                });
            }
        }
    }
    cells
}

impl Cell {
    fn name(&self) -> String {
        let Self {
            operation,
            principal,
            object,
            ..
        } = self;
        format!("{} by {} for {}", operation.id, principal.name, object.name)
    }

    fn request(&self) -> Request {
        self.operation
            .request(&self.principal.client, &self.row, &self.object)
    }

    /// What those let in are told of this object.
    fn told(&self) -> Vec<(u16, &'static str)> {
        match self.object.of {
            Some(of) if of.is_draft => vec![self.row.told_of_draft],
            Some(_) | None => self.row.told.to_vec(),
        }
    }
}

impl Told {
    fn of(answer: &Response) -> Self {
        let text = match serde_json::from_slice::<Value>(&answer.body) {
            Ok(Value::Object(mut body)) => {
                for varying in ["request_id", "instance"] {
                    body.remove(varying);
                }
                Value::Object(body).to_string()
            }
            Ok(_) | Err(_) => String::from_utf8_lossy(&answer.body).into_owned(),
        };
        Self {
            status: answer.status,
            // Dossiers have codes, too, of another sort.
            code: if answer.status < 400 {
                String::new()
            } else {
                answer.code()
            },
            text,
            head: faults_of_head(answer),
        }
    }
}

impl Report {
    /// Everything that was found, by its kind; nothing when all is as the policy says.
    pub(super) fn faults(&self) -> String {
        let Self {
            cells: _,
            unexpected_allows,
            differences,
            leaks,
            tells_apart,
            heads,
        } = self;
        let kinds = [
            ("unexpected allows", unexpected_allows),
            ("other answers", differences),
            ("foreign content", leaks),
            ("foreign and missing differ", tells_apart),
            ("heads", heads),
        ];
        let told = kinds.into_iter().filter(|(_, found)| !found.is_empty());
        let told = told.map(|(kind, found)| {
            let some: Vec<_> = found.iter().take(60).map(String::as_str).collect();
            format!("{kind}, {} in all:\n{}", found.len(), some.join("\n"))
        });
        told.collect::<Vec<_>>().join("\n\n")
    }

    /// What everybody may read may be kept by a cache.
    fn look_at_head(&mut self, cell: &Cell, answer: &Told) {
        let public = matches!(cell.row.gate, Gate::Everybody);
        for fault in &answer.head {
            if !(public && *fault == "may be kept") {
                self.heads.push(format!("{}: {fault}", cell.name()));
            }
        }
    }

    fn judge(&mut self, cell: &Cell, answer: &Told) {
        let found = (answer.status, answer.code.as_str());
        let name = cell.name();
        match due(
            (&cell.row, cell.operation.takes_a_purpose()),
            cell.principal.standing,
            &cell.object,
        ) {
            Due::LetIn if cell.told().contains(&found) => {}
            Due::LetIn => {
                let told = cell.told();
                let text: String = answer.text.chars().take(300).collect();
                let said = format!("{name}: {found:?} instead of {told:?}: {text}");
                self.differences.push(said);
            }
            Due::Refused(refusal) if refusal == found => {}
            Due::Refused(refusal) => {
                let said = format!("{name}: {found:?} instead of {refusal:?}");
                if [401, 403, 404].contains(&answer.status) {
                    self.differences.push(said);
                } else {
                    self.unexpected_allows.push(said);
                }
            }
        }
    }
}

/// What every answer must say, and must not, whoever gets it.
fn faults_of_head(answer: &Response) -> Vec<&'static str> {
    let says = |name: &str, value: &str| answer.header(name).contains(value);
    let rules = [
        (
            "no HSTS of a year",
            says("strict-transport-security", "max-age=31536000"),
        ),
        ("no nosniff", says("x-content-type-options", "nosniff")),
        (
            "may be framed",
            says("content-security-policy", "frame-ancestors 'none'"),
        ),
        (
            "may load",
            says("content-security-policy", "default-src 'none'"),
        ),
        ("may be kept", says("cache-control", "no-store")),
        (
            "open to other origins",
            answer.header("access-control-allow-origin").is_empty(),
        ),
        ("sets a cookie", answer.header("set-cookie").is_empty()),
    ];
    let broken = rules.into_iter().filter(|(_, kept)| !kept);
    broken.map(|(fault, _)| fault).collect()
}

/// The first mark in an answer of what may not reach whoever asked.
fn leak(cell: &Cell, answer: &Told, marks: &[&Mark]) -> Option<String> {
    let foreign = marks
        .iter()
        .filter(|mark| !may_read(cell.principal.standing, mark.of));
    let found = foreign
        .filter(|mark| answer.text.contains(&mark.text))
        .map(|mark| mark.text.as_str())
        .next();
    found.map(|text| format!("{}: shows {text}", cell.name()))
}
