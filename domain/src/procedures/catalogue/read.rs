//! Reading catalogue files: everything, or every fault.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::Value;

use super::{
    fault::{CatalogueFault, FaultCode, Finding},
    files::{CalendarSheet, FileKind},
    procedure_rules, references, shape,
    sheet::{Entry, Sheet},
};
use crate::{
    agencies::Agency,
    deadlines::{CalendarFile, SessionPattern},
    ids::AgencyId,
    payments::fees::FeeRule,
    procedures::{Field, FieldCode, ProcedureCode, ProcedureVersion},
};

/// What the files said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalogue {
    /// The fields.
    pub fields: Vec<Field>,
    /// Every version of every procedure.
    pub procedures: Vec<ProcedureVersion>,
    /// The agencies.
    pub agencies: Vec<Agency>,
    /// The patterns of working sessions.
    pub sessions: Vec<SessionPattern>,
    /// The working calendars, one for each year.
    pub calendars: Vec<CalendarSheet>,
}

impl Catalogue {
    /// The version of the procedure in force on that business date.
    pub fn in_force(&self, code: &ProcedureCode, date: NaiveDate) -> Option<&ProcedureVersion> {
        self.procedures
            .iter()
            .find(|it| it.code == *code && it.in_force(date))
    }

    /// The procedures in force on that date whose dossiers can be filed at the agency.
    pub fn offered_by<'a>(
        &'a self,
        agency: &'a Agency,
        date: NaiveDate,
    ) -> impl Iterator<Item = &'a ProcedureVersion> {
        self.procedures
            .iter()
            .filter(move |it| it.in_force(date) && agency.offers(it))
    }

    /// The field of that code.
    pub fn field(&self, code: &FieldCode) -> Option<&Field> {
        self.fields.iter().find(|field| field.code == *code)
    }

    /// All years in one calendar, whose version names that of every year.
    pub fn calendar(&self) -> CalendarFile {
        let versions: Vec<&str> = self
            .calendars
            .iter()
            .map(|it| it.version.as_str())
            .collect();
        CalendarFile {
            version: versions.join("+"),
            years: self
                .calendars
                .iter()
                .map(|it| it.calendar.clone())
                .collect(),
        }
    }
}

/// What is there already, for files that only add to it.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Codes of fields.
    pub fields: BTreeSet<FieldCode>,
    /// Codes of session patterns.
    pub sessions: BTreeSet<String>,
    /// Agencies.
    pub agencies: BTreeSet<AgencyId>,
    /// Versions of procedures: code, version and the range of dates, half open.
    pub procedures: Vec<(ProcedureCode, u32, NaiveDate, Option<NaiveDate>)>,
}

/// Reads a whole catalogue.
///
/// # Errors
/// Every fault of every file. Nothing is taken unless there is none.
pub fn read(files: &[(&str, &str)]) -> Result<Catalogue, Vec<CatalogueFault>> {
    read_onto(&Known::default(), files)
}

/// Reads files that add to what is there: they may refer to it and must not contradict it.
///
/// # Errors
/// Every fault of every file. Nothing is taken unless there is none.
pub fn read_onto(known: &Known, files: &[(&str, &str)]) -> Result<Catalogue, Vec<CatalogueFault>> {
    let (mut sheets, mut faults) = (Vec::new(), Vec::new());
    let mut found = Entries::default();
    for (name, text) in files {
        match Sheet::parse(name, text) {
            Ok(sheet) => sheets.push(sheet),
            Err(fault) => {
                found.is_partial = true;
                faults.push(fault);
            }
        }
    }
    for (place, sheet) in sheets.iter_mut().enumerate() {
        found.take(sheet, place);
    }
    for (sheet, finding) in references::check(&found, known) {
        if let Some(sheet) = sheets.get_mut(sheet) {
            sheet.report([finding]);
        }
    }
    faults.extend(sheets.into_iter().flat_map(Sheet::faults));
    if faults.is_empty() {
        Ok(found.into_catalogue())
    } else {
        Err(faults)
    }
}

/// Every entry that could be read, with where it stands.
#[derive(Default)]
pub(super) struct Entries {
    pub(super) fields: Vec<Entry<Field>>,
    pub(super) procedures: Vec<Entry<ProcedureVersion>>,
    pub(super) agencies: Vec<Entry<Agency>>,
    pub(super) sessions: Vec<Entry<SessionPattern>>,
    pub(super) calendars: Vec<Entry<CalendarSheet>>,
    /// Every name that is declared, also by entries that could not be read.
    pub(super) declared: Declared,
    /// A whole file could not be read, so it is not known what it declares.
    pub(super) is_partial: bool,
}

/// Names that others may refer to, as they are written.
#[derive(Default)]
pub(super) struct Declared {
    pub(super) fields: BTreeSet<String>,
    pub(super) procedures: BTreeSet<String>,
    pub(super) agencies: BTreeSet<String>,
    pub(super) sessions: BTreeSet<String>,
}

impl Declared {
    fn take(&mut self, sheet: &Value) {
        for (list, name, names) in [
            ("fields", "code", &mut self.fields),
            ("procedures", "code", &mut self.procedures),
            ("agencies", "id", &mut self.agencies),
            ("patterns", "code", &mut self.sessions),
        ] {
            let named = members(sheet, list)
                .iter()
                .filter_map(|entry| entry.get(name)?.as_str());
            names.extend(named.map(str::to_owned));
        }
    }
}

/// The items of a list that may be missing.
fn members<'a>(value: &'a Value, list: &str) -> &'a [Value] {
    value
        .get(list)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

impl Entries {
    fn take(&mut self, sheet: &mut Sheet, place: usize) {
        self.declared.take(&sheet.value);
        let kind = FileKind::of(&sheet.value);
        sheet.report(kind.map_or_else(Vec::new, |kind| shape::misfits(kind, &sheet.value)));
        match kind {
            None => {
                self.is_partial = true;
                sheet.report([Finding::new("", FaultCode::UnknownKind)]);
            }
            Some(FileKind::Procedures) => self.take_procedures(sheet, place),
            Some(FileKind::Fields) => {
                self.fields.extend(sheet.entries(place, "fields"));
            }
            Some(FileKind::Agencies) => {
                self.agencies.extend(sheet.entries(place, "agencies"));
            }
            Some(FileKind::Sessions) => {
                let patterns: Vec<Entry<SessionPattern>> = sheet.entries(place, "patterns");
                for Entry {
                    sheet: _,
                    pointer,
                    value,
                } in &patterns
                {
                    sheet.report(value.faults(pointer).into_iter().map(Finding::from));
                }
                self.sessions.extend(patterns);
            }
            Some(FileKind::Calendar) => {
                let whole = sheet.value.clone();
                if let Some(value) = sheet.read(&whole, "") {
                    let pointer = String::new();
                    self.calendars.push(Entry {
                        sheet: place,
                        pointer,
                        value,
                    });
                }
            }
        }
    }

    fn take_procedures(&mut self, sheet: &mut Sheet, place: usize) {
        check_fees(sheet);
        let procedures: Vec<Entry<ProcedureVersion>> = sheet.entries(place, "procedures");
        for Entry {
            sheet: _,
            pointer,
            value,
        } in &procedures
        {
            sheet.report(procedure_rules::check(value, pointer));
        }
        self.procedures.extend(procedures);
    }

    fn into_catalogue(self) -> Catalogue {
        fn bare<T>(entries: Vec<Entry<T>>) -> Vec<T> {
            entries.into_iter().map(|entry| entry.value).collect()
        }
        let Self {
            fields,
            procedures,
            agencies,
            sessions,
            calendars,
            declared: _,
            is_partial: _,
        } = self;
        Catalogue {
            fields: bare(fields),
            procedures: bare(procedures),
            agencies: bare(agencies),
            sessions: bare(sessions),
            calendars: bare(calendars),
        }
    }
}

/// Reads every fee by itself, so that a misfit in one does not hide the next.
fn check_fees(sheet: &mut Sheet) {
    let whole = sheet.value.clone();
    for (p, procedure) in members(&whole, "procedures").iter().enumerate() {
        for (f, fee) in members(procedure, "fees").iter().enumerate() {
            let _: Option<FeeRule> = sheet.read(fee, &format!("/procedures/{p}/fees/{f}"));
        }
    }
}
