//! The working sessions of one agency over time.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Session, SessionPattern, SessionsInForce, Weekday};
use crate::rejection::{Code, Fault, Rejection};

/// Sessions by weekday, in one or more ranges of dates that do not overlap.
#[derive(Debug, Clone)]
pub struct WorkingSessions {
    ranges: Vec<Range>,
}

#[derive(Debug, Clone)]
struct Range {
    from: NaiveDate,
    to: Option<NaiveDate>,
    week: BTreeMap<Weekday, Vec<Session>>,
}

impl Range {
    fn holds(&self, date: NaiveDate) -> bool {
        self.from <= date && self.to.is_none_or(|to| date <= to)
    }
}

impl WorkingSessions {
    /// The sessions of an agency that uses these patterns one after the other.
    ///
    /// Refuses with every fault: a faulty or unknown pattern, an inverted range, two ranges that
    /// overlap. Pointers lead into `in_force`.
    pub fn new(
        in_force: &[SessionsInForce],
        patterns: &[SessionPattern],
    ) -> Result<Self, Rejection> {
        let mut faults = Vec::new();
        let mut ranges: Vec<Range> = Vec::new();
        for (r, row) in in_force.iter().enumerate() {
            if row.to.is_some_and(|to| to < row.from) {
                faults.push(Fault::new(format!("/{r}/to"), Code::OutOfRange));
                continue;
            }
            let overlaps = |other: &Range| {
                row.to.is_none_or(|to| other.from <= to) && other.to.is_none_or(|to| row.from <= to)
            };
            if ranges.iter().any(overlaps) {
                faults.push(overlapping(r));
            }
            let found = patterns.iter().find(|pattern| pattern.code == row.pattern);
            let Some(pattern) = found else {
                let pointer = format!("/{r}/pattern");
                faults.push(Fault::new(pointer, Code::UnknownReference));
                continue;
            };
            faults.extend(pattern.faults(&format!("/{r}/pattern")));
            ranges.push(Range {
                from: row.from,
                to: row.to,
                week: week(pattern),
            });
        }
        Rejection::of_faults(faults)?;
        Ok(Self { ranges })
    }

    /// Sessions a weekday has at that date; `calendar-missing` if none are in force.
    pub fn of_weekday(&self, date: NaiveDate, weekday: Weekday) -> Result<&[Session], Rejection> {
        let range = self.ranges.iter().find(|range| range.holds(date));
        let range = range.ok_or(Code::CalendarMissing)?;
        Ok(range.week.get(&weekday).map_or(&[], Vec::as_slice))
    }
}

fn week(pattern: &SessionPattern) -> BTreeMap<Weekday, Vec<Session>> {
    let rows = pattern.week.iter();
    rows.flat_map(|row| row.weekdays.iter().map(|day| (*day, row.sessions.clone())))
        .collect()
}

fn overlapping(row: usize) -> Fault {
    Fault::new(format!("/{row}/from"), Code::OutOfRange).because(
        "Khoảng thời gian chồng lên khoảng trước.",
        "The range overlaps an earlier one.",
    )
}
