//! From folded figures to what their reader sees, in the reader's language.

use domain::{
    dossiers::Channel,
    procedures::FieldCode,
    statistics::{Counts, Rate, Summary},
};

use super::{
    use_cases::{Figures, GroupBy},
    wire::{CountsView, FiguresFilters, GroupSummary, PeriodSummary, RateView, Scope},
};
use crate::{call::Call, dossiers::render::picked, extract::Language};

impl PeriodSummary {
    /// The figures in the reader's language.
    pub fn of(figures: Figures, scope: &Scope, call: &Call, language: Language) -> Self {
        let Figures { whole, groups } = figures;
        let (counts, rates) = told(whole, scope, &scope.filters, language);
        let groups = groups.into_iter().map(|(key, summary)| {
            let mut filters = scope.filters.clone();
            narrow(&mut filters, scope.group_by, &key);
            let (counts, rates) = told(summary, scope, &filters, language);
            GroupSummary {
                name: name(&filters, scope.group_by, call, language),
                key,
                counts,
                rates,
            }
        });
        Self {
            groups: groups.collect(),
            period: scope.period,
            cut_off: scope.cut_off,
            filters: scope.filters.clone(),
            group_by: scope.group_by,
            counts,
            rates,
        }
    }
}

/// The filters of one group: those asked for, and the group itself.
fn narrow(filters: &mut FiguresFilters, group_by: GroupBy, key: &str) {
    match group_by {
        GroupBy::None => {}
        GroupBy::Agency => filters.agency_id = key.parse().ok().or(filters.agency_id),
        GroupBy::Field => filters.field = Some(key.to_owned()),
        GroupBy::Channel => filters.channel = Channel::parse(key).or(filters.channel),
    }
}

/// What a group is called; its key where the catalogue has no name for it today.
fn name(filters: &FiguresFilters, group_by: GroupBy, call: &Call, language: Language) -> String {
    let name = match group_by {
        GroupBy::None => None,
        GroupBy::Agency => filters.agency_id.and_then(|id| {
            let agency = call.posted.agency(id)?;
            let version = agency.on(call.now.date()).or(agency.versions.last())?;
            Some(picked(language, &version.name))
        }),
        GroupBy::Field => filters.field.as_ref().and_then(|code| {
            let code = FieldCode::parse(code).ok()?;
            Some(picked(language, &call.posted.field(&code)?.name))
        }),
        GroupBy::Channel => filters.channel.map(|channel| spoken(channel, language)),
    };
    name.unwrap_or_default()
}

fn spoken(channel: Channel, language: Language) -> String {
    let (vi, en) = match channel {
        Channel::Online => ("Trực tuyến", "Online"),
        Channel::Counter => ("Trực tiếp", "At the counter"),
        Channel::Post => ("Bưu chính công ích", "By public post"),
    };
    match language {
        Language::Vi => vi,
        Language::En => en,
    }
    .to_owned()
}

fn told(
    summary: Summary,
    scope: &Scope,
    filters: &FiguresFilters,
    language: Language,
) -> (CountsView, Vec<RateView>) {
    let Summary {
        period: _,
        cut_off: _,
        counts,
        rates,
    } = summary;
    let rates = rates.into_iter().map(|rate| {
        let Rate {
            id,
            definition,
            numerator,
            denominator,
            value,
        } = rate;
        RateView {
            id,
            definition: language.of(definition),
            numerator,
            denominator,
            value,
            period: scope.period,
            cut_off: scope.cut_off,
            filters: filters.clone(),
        }
    });
    (counted(counts), rates.collect())
}

fn counted(counts: Counts) -> CountsView {
    let Counts {
        carried_over,
        new_online,
        new_direct,
        new_post,
        finished_early,
        finished_on_time,
        finished_late,
        finished_without_due_date,
        open_within,
        open_overdue,
        open_without_due_date,
        paused_for_supplement,
        paused_for_payment,
        paused_otherwise,
        refused,
        supplement_requests,
        later_supplement_requests,
        answered_on_time,
        answered_late,
        unanswered_overdue,
    } = counts;
    CountsView {
        total: counts.total(),
        carried_over,
        newly_received: counts.newly_received(),
        new_online,
        new_direct,
        new_post,
        finished: counts.finished(),
        finished_early,
        finished_on_time,
        finished_late,
        finished_without_due_date,
        open: counts.open(),
        open_within,
        open_overdue,
        open_without_due_date,
        paused_for_supplement,
        paused_for_payment,
        paused_otherwise,
        refused,
        supplement_requests,
        later_supplement_requests,
        answered_on_time,
        answered_late,
        unanswered_overdue,
    }
}
