//! The calendar as it is written in a data file, and every fault such a file can have.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Certainty;
use crate::{
    rejection::{Code, Fault},
    text::Localized,
};

/// Longest run of days off in one entry; what is above is a mistyped date.
const LONGEST_RUN: i64 = 31;

/// A whole working calendar: a version and the years it covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarFile {
    /// Names this state of the calendar; every due date says under which version it was computed.
    pub version: String,
    /// The years covered. A date in any other year is refused, never guessed.
    pub years: Vec<CalendarYear>,
}

/// One covered year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarYear {
    /// The year.
    pub year: i32,
    /// Days off (ngày nghỉ); Saturdays and Sundays may be listed as part of a longer run.
    #[serde(default)]
    pub days_off: Vec<DayOff>,
    /// Weekend days worked in place of a day off (ngày làm bù).
    #[serde(default)]
    pub swapped_days: Vec<SwappedDay>,
}

/// One or more consecutive days off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DayOff {
    /// First day, inside the year it is listed under.
    pub from: NaiveDate,
    /// Last day, inside the same year; absent for a single day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// What it is, as citizens read it.
    pub name: Localized,
    /// The law or announcement.
    pub source: String,
    /// How sure it is.
    pub certainty: Certainty,
}

/// A Saturday or Sunday that is worked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SwappedDay {
    /// The day that is worked.
    pub date: NaiveDate,
    /// The day off it makes up for. Its weekday gives the sessions; if absent, the sessions of the
    /// date's own weekday are kept, or Monday's if it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<NaiveDate>,
    /// What it is, as citizens read it.
    pub name: Localized,
    /// The law or announcement.
    pub source: String,
    /// How sure it is.
    pub certainty: Certainty,
}

impl DayOff {
    /// Last day, the first one for a single day.
    pub fn last(&self) -> NaiveDate {
        self.to.unwrap_or(self.from)
    }

    /// Every date of the run; empty if it is inverted.
    pub fn dates(&self) -> impl Iterator<Item = NaiveDate> {
        let last = self.last();
        self.from.iter_days().take_while(move |date| *date <= last)
    }
}

impl CalendarFile {
    /// Every fault of the file, each with a JSON Pointer into it; empty if it may be used.
    pub fn faults(&self) -> Vec<Fault> {
        let mut found = Vec::new();
        if self.version.trim().is_empty() {
            found.push(Fault::new("/version", Code::Required));
        }
        if self.years.is_empty() {
            found.push(Fault::new("/years", Code::Required));
        }
        let off = self.dates_off(&mut found);
        self.check_swapped(&off, &mut found);
        found
    }

    /// Checks years and days off; gives back every date that is off.
    fn dates_off(&self, found: &mut Vec<Fault>) -> BTreeSet<NaiveDate> {
        let (mut years, mut off) = (BTreeSet::new(), BTreeSet::new());
        for (y, year) in self.years.iter().enumerate() {
            let pointer = format!("/years/{y}/year");
            if !(1975..=2200).contains(&year.year) {
                found.push(Fault::new(&pointer, Code::OutOfRange));
            }
            if !years.insert(year.year) {
                found.push(twice(pointer));
            }
            for (d, day) in year.days_off.iter().enumerate() {
                let pointer = format!("/years/{y}/days_off/{d}");
                check_text(&pointer, &day.name, &day.source, found);
                if !check_run(&pointer, year.year, day, found) {
                    continue;
                }
                let again = day.dates().filter(|date| !off.insert(*date)).count();
                if again > 0 {
                    found.push(twice(format!("{pointer}/from")));
                }
            }
        }
        off
    }

    fn check_swapped(&self, off: &BTreeSet<NaiveDate>, found: &mut Vec<Fault>) {
        let (mut worked, mut made_up) = (BTreeSet::new(), BTreeSet::new());
        for (y, year) in self.years.iter().enumerate() {
            for (d, day) in year.swapped_days.iter().enumerate() {
                let pointer = format!("/years/{y}/swapped_days/{d}");
                check_text(&pointer, &day.name, &day.source, found);
                check_swap_date(&pointer, year.year, day.date, off, found);
                if !worked.insert(day.date) {
                    found.push(twice(format!("{pointer}/date")));
                }
                let Some(replaced) = day.in_place_of else {
                    continue;
                };
                check_replaced(&pointer, replaced, off, found);
                if !made_up.insert(replaced) {
                    found.push(twice(format!("{pointer}/in_place_of")));
                }
            }
        }
    }
}

fn check_text(pointer: &str, name: &Localized, source: &str, found: &mut Vec<Fault>) {
    for (field, text) in [
        ("name/vi", name.vi.as_str()),
        ("name/en", name.en.as_str()),
        ("source", source),
    ] {
        if text.trim().is_empty() {
            found.push(Fault::new(format!("{pointer}/{field}"), Code::Required));
        }
    }
}

/// Whether the run can be read at all: in order, inside its year, not longer than a month.
fn check_run(pointer: &str, year: i32, day: &DayOff, found: &mut Vec<Fault>) -> bool {
    let before = found.len();
    if day.from.year() != year {
        found.push(outside_year(format!("{pointer}/from")));
    }
    if day.to.is_some_and(|to| to.year() != year) {
        found.push(outside_year(format!("{pointer}/to")));
    }
    if day.last() < day.from {
        found.push(
            Fault::new(format!("{pointer}/to"), Code::OutOfRange).because(
                "Ngày cuối đứng trước ngày đầu.",
                "The last day is before the first.",
            ),
        );
    } else if day.last().signed_duration_since(day.from).num_days() >= LONGEST_RUN {
        found.push(
            Fault::new(format!("{pointer}/to"), Code::OutOfRange).because(
                format!("Một đợt nghỉ không quá {LONGEST_RUN} ngày."),
                format!("One entry is at most {LONGEST_RUN} days long."),
            ),
        );
    }
    found.len() == before
}

fn check_swap_date(
    pointer: &str,
    year: i32,
    date: NaiveDate,
    off: &BTreeSet<NaiveDate>,
    found: &mut Vec<Fault>,
) {
    let pointer = format!("{pointer}/date");
    if date.year() != year {
        found.push(outside_year(pointer.clone()));
    }
    if !is_weekend(date) {
        found.push(Fault::new(&pointer, Code::OutOfRange).because(
            "Ngày làm bù phải là thứ Bảy hoặc Chủ nhật.",
            "A swapped working day is a Saturday or a Sunday.",
        ));
    }
    if off.contains(&date) {
        found.push(Fault::new(pointer, Code::Duplicate).because(
            "Ngày này vừa là ngày nghỉ vừa là ngày làm bù.",
            "The day is both off and worked.",
        ));
    }
}

fn check_replaced(
    pointer: &str,
    replaced: NaiveDate,
    off: &BTreeSet<NaiveDate>,
    found: &mut Vec<Fault>,
) {
    if is_weekend(replaced) || !off.contains(&replaced) {
        found.push(
            Fault::new(format!("{pointer}/in_place_of"), Code::UnknownReference).because(
                "Ngày được làm bù phải là ngày nghỉ từ thứ Hai đến thứ Sáu có trong lịch.",
                "The day made up for must be a listed day off from Monday to Friday.",
            ),
        );
    }
}

fn is_weekend(date: NaiveDate) -> bool {
    date.weekday().num_days_from_monday() >= 5
}

fn twice(pointer: String) -> Fault {
    Fault::new(pointer, Code::Duplicate)
}

fn outside_year(pointer: String) -> Fault {
    Fault::new(pointer, Code::OutOfRange).because(
        "Ngày nằm ngoài năm của mục này.",
        "The date lies outside the year it is listed under.",
    )
}
