//! What a procedure's entry must fulfil besides its shape.

use std::collections::BTreeSet;

use super::{
    fault::{FaultCode, Finding},
    form_rules,
};
use crate::{
    deadlines::TimeLimit,
    payments::fees::{Condition, FeeRule, FeeUnit, Tariff},
    procedures::{PaperRequirement, ProcedureVersion},
};

/// Working minutes in a day of a limit: decisions on internal steps count a day as 8 hours.
const MINUTES_A_DAY: u32 = 480;

pub(super) fn check(procedure: &ProcedureVersion, at: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(range(procedure, at));
    found.extend(limits(procedure, at));
    found.extend(steps(procedure, at));
    found.extend(papers(&procedure.papers, at));
    found.extend(fees(&procedure.fees, at));
    found.extend(event_fields(procedure, at));
    found.extend(form_rules::check(&procedure.form, &format!("{at}/form")));
    found.extend(quantities(procedure, at));
    found
}

fn range(procedure: &ProcedureVersion, at: &str) -> Option<Finding> {
    procedure
        .in_force_to
        .is_some_and(|to| to <= procedure.in_force_from)
        .then(|| Finding::new(format!("{at}/in_force_to"), FaultCode::EmptyRange))
}

fn limits(procedure: &ProcedureVersion, at: &str) -> Vec<Finding> {
    let mut faults = procedure.time_limit.faults(&format!("{at}/time_limit"));
    if let Some(limit) = &procedure.time_limit_online {
        faults.extend(limit.faults(&format!("{at}/time_limit_online")));
    }
    faults.extend(procedure.supplement.faults(&format!("{at}/supplement")));
    faults.extend(procedure.desk.faults(&format!("{at}/desk")));
    faults.into_iter().map(Finding::from).collect()
}

/// The limit in the minutes in which steps are written. A day, working or calendar, is 8 hours, as
/// decisions on internal steps write it (20 ngày = 160 giờ); the same day is one day.
pub(super) fn step_minutes(limit: TimeLimit) -> u32 {
    match limit {
        TimeLimit::WorkingMinutes { minutes } => minutes,
        TimeLimit::WorkingHours { hours } => hours.saturating_mul(60),
        TimeLimit::WorkingDays { days, counting: _ } | TimeLimit::CalendarDays { days } => {
            days.saturating_mul(MINUTES_A_DAY)
        }
        TimeLimit::SameDay { cutoff: _ } => MINUTES_A_DAY,
    }
}

fn steps(procedure: &ProcedureVersion, at: &str) -> Option<Finding> {
    let limit = step_minutes(procedure.time_limit);
    let sum = procedure
        .steps
        .iter()
        .fold(0_u32, |sum, step| sum.saturating_add(step.minutes));
    (sum != limit).then(|| {
        Finding::new(format!("{at}/steps"), FaultCode::StepsDoNotAddUp).because(
            format!("Tổng các bước: {sum} phút; thời hạn: {limit} phút."),
            format!("Steps: {sum} minutes; limit: {limit} minutes."),
        )
    })
}

fn papers(papers: &[PaperRequirement], at: &str) -> Vec<Finding> {
    let mut keys = BTreeSet::new();
    let mut found = Vec::new();
    for (place, paper) in papers.iter().enumerate() {
        let at = format!("{at}/papers/{place}");
        if !keys.insert(&paper.key) {
            found.push(Finding::new(format!("{at}/key"), FaultCode::Duplicate));
        }
        found.extend(handing_in(paper, &at));
    }
    found
}

/// The e-form is not uploaded; what is uploaded has a size; what has a size is uploaded.
fn handing_in(paper: &PaperRequirement, at: &str) -> Option<Finding> {
    let is_uploaded = !paper.accepts.is_empty();
    let has_size = paper.max_bytes > 0;
    let field = if paper.is_form && is_uploaded {
        "accepts"
    } else if is_uploaded != has_size {
        "max_bytes"
    } else {
        return None;
    };
    let at = format!("{at}/{field}");
    Some(Finding::new(at, FaultCode::PaperContradicts))
}

fn fees(fees: &[FeeRule], at: &str) -> Vec<Finding> {
    let mut codes = BTreeSet::new();
    let mut found = Vec::new();
    for (place, fee) in fees.iter().enumerate() {
        let at = format!("{at}/fees/{place}");
        if !codes.insert(&fee.code) {
            found.push(Finding::new(format!("{at}/code"), FaultCode::Duplicate));
        }
        found.extend(fee.faults(&at).into_iter().map(Finding::from));
        found.extend(tiers(&fee.tariff, &at));
    }
    found
}

/// Pages cost less as they go on, and one page never more than the cap of a copy.
fn tiers(tariff: &Tariff, at: &str) -> Option<Finding> {
    let Tariff::PerPage(pages) = tariff else {
        return None;
    };
    let field = if pages.further_price > pages.first_price {
        "further_price"
    } else if pages.first_price > pages.cap_per_copy {
        "cap_per_copy"
    } else {
        return None;
    };
    let at = format!("{at}/tariff/per_page/{field}");
    Some(Finding::new(at, FaultCode::TiersInverted))
}

/// Every event that must be registered in time is a date the form asks for.
fn event_fields(procedure: &ProcedureVersion, at: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for (f, fee) in procedure.fees.iter().enumerate() {
        for (r, reduction) in fee.reductions.iter().enumerate() {
            let Condition::OnTime(term) = &reduction.condition else {
                continue;
            };
            if !form_rules::asks_for_date(&procedure.form, &term.event_field) {
                let at = format!("{at}/fees/{f}/reductions/{r}/condition/on_time/event_field");
                found.push(Finding::new(at, FaultCode::EventDateMissing));
            }
        }
    }
    found
}

/// Every quantity a fee multiplies with is a whole number the form asks for.
fn quantities(procedure: &ProcedureVersion, at: &str) -> Vec<Finding> {
    let has_unit = |unit| procedure.fees.iter().any(|fee| fee.unit == unit);
    let fields = &procedure.quantity_fields;
    [
        (
            "copies",
            &fields.copies,
            has_unit(FeeUnit::Copy) || has_unit(FeeUnit::Page),
        ),
        ("pages", &fields.pages, has_unit(FeeUnit::Page)),
        ("persons", &fields.persons, has_unit(FeeUnit::Person)),
    ]
    .into_iter()
    .filter(|(_, field, is_needed)| match field {
        Some(field) => !form_rules::asks_for_whole_number(&procedure.form, field),
        None => *is_needed,
    })
    .map(|(name, _, _)| {
        Finding::new(
            format!("{at}/quantity_fields/{name}"),
            FaultCode::QuantityMissing,
        )
    })
    .collect()
}
