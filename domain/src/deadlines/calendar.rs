//! The working calendar in force: what each date of the covered years is.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{Datelike, NaiveDate};

use super::{CalendarFile, DayOff, SwappedDay};
use crate::rejection::{Code, Rejection};

/// Days off and swapped days of the covered years, under a version.
#[derive(Debug, Clone)]
pub struct Calendar {
    version: String,
    years: BTreeSet<i32>,
    off: BTreeMap<NaiveDate, Arc<DayOff>>,
    swapped: BTreeMap<NaiveDate, SwappedDay>,
}

/// What the calendar says about a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day<'a> {
    /// Nothing: the weekday decides.
    Plain,
    /// A day off.
    Off(&'a DayOff),
    /// A weekend day that is worked.
    Swapped(&'a SwappedDay),
}

impl Calendar {
    /// The calendar of a file without faults; else every fault, under `invalid-content`.
    pub fn new(file: CalendarFile) -> Result<Self, Rejection> {
        Rejection::of_faults(file.faults())?;
        let CalendarFile { version, years } = file;
        let mut calendar = Self {
            version,
            years: BTreeSet::new(),
            off: BTreeMap::new(),
            swapped: BTreeMap::new(),
        };
        for year in years {
            calendar.years.insert(year.year);
            for day in year.days_off {
                let day = Arc::new(day);
                calendar
                    .off
                    .extend(day.dates().map(|date| (date, Arc::clone(&day))));
            }
            let swapped = year.swapped_days.into_iter();
            calendar.swapped.extend(swapped.map(|day| (day.date, day)));
        }
        Ok(calendar)
    }

    /// Names this state of the calendar.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The years that may be computed with.
    pub fn years(&self) -> impl Iterator<Item = i32> {
        self.years.iter().copied()
    }

    /// What a date is; `calendar-missing` if its year is not covered.
    pub fn day(&self, date: NaiveDate) -> Result<Day<'_>, Rejection> {
        if !self.years.contains(&date.year()) {
            return Err(Code::CalendarMissing.into());
        }
        if let Some(day) = self.off.get(&date) {
            return Ok(Day::Off(day));
        }
        Ok(self.swapped.get(&date).map_or(Day::Plain, Day::Swapped))
    }
}
