//! What entries say about each other, within the files and with what is there already.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    fault::{FaultCode, Finding},
    read::{Entries, Known},
    sheet::Entry,
};
use crate::{
    agencies::{Agency, AgencyKind, AgencyVersion},
    deadlines::CalendarFile,
    procedures::ProcedureCode,
};

/// A version's number and its half-open range of dates.
type Version = (u32, NaiveDate, Option<NaiveDate>);

/// A finding, and the sheet it belongs to.
type Found = (usize, Finding);

pub(super) fn check(entries: &Entries, known: &Known) -> Vec<Found> {
    let mut found = fields(entries, known);
    found.extend(versions(entries, known));
    found.extend(agencies(entries, known));
    found.extend(sessions(entries));
    found.extend(calendars(entries));
    found
}

fn fields(entries: &Entries, known: &Known) -> Vec<Found> {
    let mut found = Vec::new();
    let mut here = BTreeSet::new();
    for Entry {
        sheet,
        pointer,
        value,
    } in &entries.fields
    {
        if !here.insert(&value.code) {
            found.push((
                *sheet,
                Finding::new(format!("{pointer}/code"), FaultCode::Duplicate),
            ));
        }
    }
    for Entry {
        sheet,
        pointer,
        value,
    } in &entries.procedures
    {
        let is_known = known.fields.contains(&value.field)
            || entries.declared.fields.contains(value.field.as_str());
        if !is_known && !entries.is_partial {
            let at = format!("{pointer}/field");
            found.push((*sheet, Finding::new(at, FaultCode::UnknownReference)));
        }
    }
    found
}

/// Whether two half-open ranges of dates share a day.
fn overlap(a: (NaiveDate, Option<NaiveDate>), b: (NaiveDate, Option<NaiveDate>)) -> bool {
    a.1.is_none_or(|to| b.0 < to) && b.1.is_none_or(|to| a.0 < to)
}

fn versions(entries: &Entries, known: &Known) -> Vec<Found> {
    let mut seen: BTreeMap<&ProcedureCode, Vec<Version>> = BTreeMap::new();
    for (code, version, from, to) in &known.procedures {
        seen.entry(code).or_default().push((*version, *from, *to));
    }
    let mut found = Vec::new();
    for Entry {
        sheet,
        pointer,
        value,
    } in &entries.procedures
    {
        let others = seen.entry(&value.code).or_default();
        let range = (value.in_force_from, value.in_force_to);
        if others
            .iter()
            .any(|(version, _, _)| *version == value.version)
        {
            found.push((
                *sheet,
                Finding::new(format!("{pointer}/version"), FaultCode::Duplicate),
            ));
        } else if others
            .iter()
            .any(|(_, from, to)| overlap((*from, *to), range))
        {
            let at = format!("{pointer}/in_force_from");
            found.push((*sheet, Finding::new(at, FaultCode::OverlappingVersions)));
        }
        others.push((value.version, value.in_force_from, value.in_force_to));
    }
    found
}

fn agencies(entries: &Entries, known: &Known) -> Vec<Found> {
    let mut here = BTreeSet::new();
    let mut found = Vec::new();
    for Entry {
        sheet,
        pointer,
        value,
    } in &entries.agencies
    {
        let mut report = |at: &str, code| {
            found.push((*sheet, Finding::new(format!("{pointer}{at}"), code)));
        };
        if !here.insert(value.id) {
            report("/id", FaultCode::Duplicate);
        }
        for at in dangling(value, entries, known) {
            report(&at, FaultCode::UnknownReference);
        }
        for (place, version) in value.versions.iter().enumerate() {
            for (field, code) in agency_version(value, place, version) {
                report(&format!("/versions/{place}/{field}"), code);
            }
        }
    }
    found.extend(identifiers(entries));
    found
}

/// Where an agency names something that is nowhere declared.
fn dangling(agency: &Agency, entries: &Entries, known: &Known) -> Vec<String> {
    let declared = &entries.declared;
    let mut found = Vec::new();
    if let Some(id) = agency.successor
        && !known.agencies.contains(&id)
        && !declared.agencies.contains(&id.to_string())
    {
        found.push("/successor".to_owned());
    }
    for (list, offered) in [
        ("also", &agency.offers.also),
        ("except", &agency.offers.except),
    ] {
        for (place, code) in offered.iter().enumerate() {
            let is_known = known.procedures.iter().any(|it| it.0 == *code);
            if !is_known && !declared.procedures.contains(code.as_str()) {
                found.push(format!("/offers/{list}/{place}"));
            }
        }
    }
    for (place, version) in agency.versions.iter().enumerate() {
        let is_known = known.sessions.contains(&version.sessions);
        if !is_known && !declared.sessions.contains(&version.sessions) {
            found.push(format!("/versions/{place}/sessions"));
        }
    }
    if entries.is_partial {
        Vec::new()
    } else {
        found
    }
}

fn agency_version(
    agency: &Agency,
    place: usize,
    version: &AgencyVersion,
) -> Vec<(&'static str, FaultCode)> {
    let range = |it: &AgencyVersion| (it.in_force_from, it.in_force_to);
    let mut found = Vec::new();
    if version
        .in_force_to
        .is_some_and(|to| to <= version.in_force_from)
    {
        found.push(("in_force_to", FaultCode::EmptyRange));
    }
    if agency
        .versions
        .iter()
        .take(place)
        .any(|it| overlap(range(it), range(version)))
    {
        found.push(("in_force_from", FaultCode::OverlappingVersions));
    }
    match (version.kind, &version.commune) {
        (AgencyKind::CommuneCentre, None) => found.push(("commune", FaultCode::Required)),
        (AgencyKind::ProvinceCentre, Some(_)) => found.push(("commune", FaultCode::UnknownField)),
        (AgencyKind::CommuneCentre, Some(_)) | (AgencyKind::ProvinceCentre, None) => {}
    }
    found
}

/// Two agencies never have the same identifier, not even at different times: it is printed in the
/// codes of old dossiers.
fn identifiers(entries: &Entries) -> Vec<Found> {
    let mut owners = BTreeMap::new();
    let mut found = Vec::new();
    for Entry {
        sheet,
        pointer,
        value,
    } in &entries.agencies
    {
        for (place, version) in value.versions.iter().enumerate() {
            let Some(identifier) = &version.identifier else {
                continue;
            };
            if *owners.entry(identifier).or_insert(value.id) != value.id {
                let at = format!("{pointer}/versions/{place}/identifier");
                found.push((*sheet, Finding::new(at, FaultCode::Duplicate)));
            }
        }
    }
    found
}

fn sessions(entries: &Entries) -> Vec<Found> {
    let mut seen = BTreeSet::new();
    entries
        .sessions
        .iter()
        .filter(|entry| !seen.insert(&entry.value.code))
        .map(|entry| {
            let at = format!("{}/code", entry.pointer);
            (entry.sheet, Finding::new(at, FaultCode::Duplicate))
        })
        .collect()
}

/// Years are judged together, since a day may be made up for in the year before.
fn calendars(entries: &Entries) -> Vec<Found> {
    if entries.calendars.is_empty() {
        return Vec::new();
    }
    let whole = CalendarFile {
        version: "together".to_owned(),
        years: entries
            .calendars
            .iter()
            .map(|entry| entry.value.calendar.clone())
            .collect(),
    };
    whole
        .faults()
        .into_iter()
        .filter_map(|fault| {
            let (year, rest) = fault.pointer.strip_prefix("/years/")?.split_once('/')?;
            let entry = entries.calendars.get(year.parse::<usize>().ok()?)?;
            let mut finding = Finding::from(fault.clone());
            finding.pointer = format!("/calendar/{rest}");
            Some((entry.sheet, finding))
        })
        .collect()
}
