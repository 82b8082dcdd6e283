//! The statements the server runs for a request, as the database logged them, with their
//! parameters named so that they can be run again for any other row.

use std::collections::BTreeMap;

use anyhow::Context as _;
use uuid::Uuid;

use crate::ids::{Family, uuid};
use crate::register::Register;

/// One statement: its text with `$1`, `$2` … and what goes there.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    pub(crate) sql: String,
    pub(crate) parameters: Vec<Parameter>,
}

/// A parameter of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Parameter {
    /// The dossier's id.
    Dossier,
    /// The dossier's id, as text.
    DossierText,
    /// The id of its owner.
    Owner,
    /// The id of its agency.
    Agency,
    /// An id that each run makes anew.
    Fresh(Family),
    /// A text that no two dossiers share.
    Unique,
    /// The same for all dossiers.
    Same(Option<String>),
}

/// The transaction in which the server answered for the n-th row, from the part of PostgreSQL's
/// log written meanwhile.
pub(crate) fn of_log(log: &str, register: &Register, n: u64) -> anyhow::Result<Vec<Statement>> {
    let dossier = uuid(Family::Dossier, n).to_string();
    let owner = register.owner(n).to_string();
    let mut transactions: BTreeMap<&str, Vec<Logged>> = BTreeMap::new();
    let mut found = None;
    for entry in entries(log) {
        let open = transactions.entry(entry.session).or_default();
        if !entry.sql.starts_with("COMMIT") {
            open.push(entry);
            continue;
        }
        let ended = std::mem::take(open);
        let is_ours = |value: &Option<String>| {
            value
                .as_ref()
                .is_some_and(|value| *value == dossier || *value == owner)
        };
        if ended
            .iter()
            .any(|entry| entry.parameters.iter().any(is_ours))
        {
            found = Some(ended);
        }
    }
    let found = found.context("PostgreSQL logged no transaction of the request")?;
    let statements: Vec<_> = found
        .into_iter()
        .filter(|entry| !entry.sql.starts_with("BEGIN"))
        .map(|entry| statement(entry, register, n))
        .collect();
    anyhow::ensure!(!statements.is_empty(), "a transaction without statements");
    Ok(statements)
}

struct Logged<'a> {
    session: &'a str,
    sql: String,
    parameters: Vec<Option<String>>,
}

/// The statements of a log written with the prefix `%m [%p] `.
fn entries(log: &str) -> Vec<Logged<'_>> {
    let mut entries: Vec<Logged<'_>> = Vec::new();
    for line in log.lines() {
        let Some((session, rest)) = line
            .split_once(" [")
            .and_then(|(_, rest)| rest.split_once("] "))
        else {
            continue;
        };
        let executed = rest
            .strip_prefix("LOG:  execute ")
            .and_then(|rest| rest.split_once(": "));
        let simple = rest.strip_prefix("LOG:  statement: ");
        let detail = rest.strip_prefix("DETAIL:  ");
        if let Some(sql) = executed.map(|(_, sql)| sql).or(simple) {
            entries.push(Logged {
                session,
                sql: sql.trim().to_owned(),
                parameters: Vec::new(),
            });
        } else if let Some((_, values)) = detail.and_then(|detail| detail.split_once("arameters: "))
            && let Some(last) = entries
                .iter_mut()
                .rev()
                .find(|entry| entry.session == session)
        {
            last.parameters = parameters(values);
        }
    }
    entries
}

/// `$1 = 'it''s', $2 = NULL`.
fn parameters(text: &str) -> Vec<Option<String>> {
    let mut values = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(" = ") {
        let Some(quoted) = after.strip_prefix('\'') else {
            values.push(None);
            rest = after.strip_prefix("NULL").unwrap_or("");
            continue;
        };
        let mut value = String::new();
        let mut characters = quoted.char_indices().peekable();
        let mut end = quoted.len();
        while let Some((place, character)) = characters.next() {
            if character != '\'' {
                value.push(character);
            } else if characters.next_if(|(_, next)| *next == '\'').is_some() {
                value.push('\'');
            } else {
                end = place + 1;
                break;
            }
        }
        values.push(Some(value));
        rest = quoted.get(end..).unwrap_or("");
    }
    values
}

fn statement(entry: Logged<'_>, register: &Register, n: u64) -> Statement {
    let Logged {
        session: _,
        sql,
        parameters,
    } = entry;
    let named = parameters.into_iter().enumerate();
    let parameters = named
        .map(|(place, value)| name(&sql, place, value, register, n))
        .collect();
    Statement { sql, parameters }
}

fn name(sql: &str, place: usize, value: Option<String>, register: &Register, n: u64) -> Parameter {
    let Some(text) = value else {
        return Parameter::Same(None);
    };
    let dossier = uuid(Family::Dossier, n).to_string();
    let inserts = |table: &str| sql.starts_with(&format!("INSERT INTO \"{table}\""));
    let known = register
        .agencies
        .iter()
        .any(|agency| agency.to_string() == text);
    if text == dossier {
        // The client's key, the third value of its row, is made of it too.
        let as_text = inserts("outbox") || (place == 2 && sql.contains("idempotency_keys"));
        return if as_text {
            Parameter::DossierText
        } else {
            Parameter::Dossier
        };
    }
    if text == register.owner(n).to_string() {
        return Parameter::Owner;
    }
    if text == register.agency(n).to_string() {
        return Parameter::Agency;
    }
    if place == 0 && !known && Uuid::try_parse(&text).is_ok() {
        if inserts("events") || inserts("consents") {
            return Parameter::Fresh(Family::FreshEvent);
        }
        if inserts("outbox") {
            return Parameter::Fresh(Family::FreshEntry);
        }
    }
    let is_code = domain::dossiers::DossierCode::parse(&text).is_some();
    if is_code {
        Parameter::Unique
    } else {
        Parameter::Same(Some(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logged_statement_is_read_with_its_parameters() {
        let log = "2026-11-23 18:00:00.000 UTC [7] LOG:  execute s_1: SELECT \"a\" FROM \"t\" WHERE (\"a\" = $1)\n\
                   2026-11-23 18:00:00.000 UTC [7] DETAIL:  parameters: $1 = 'it''s', $2 = NULL, $3 = '2'\n\
                   2026-11-23 18:00:00.000 UTC [8] LOG:  statement: COMMIT\n";
        let entries = entries(log);
        let read: Vec<_> = entries
            .iter()
            .map(|it| (it.session, it.sql.as_str(), it.parameters.len()))
            .collect();
        assert_eq!(
            read,
            [
                ("7", "SELECT \"a\" FROM \"t\" WHERE (\"a\" = $1)", 3),
                ("8", "COMMIT", 0)
            ]
        );
        let values = entries.into_iter().next().map(|it| it.parameters);
        assert_eq!(
            values,
            Some(vec![Some("it's".to_owned()), None, Some("2".to_owned())])
        );
    }
}
