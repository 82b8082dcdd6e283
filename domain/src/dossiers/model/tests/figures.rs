//! The figures of the walks, against what the model says became of each dossier.

use chrono::{Days, Duration};

use super::{Walk, memory::Memory, office, run, start_of};
use crate::{
    dossiers::{Channel, State, figures, model::Expected, specimen::at},
    statistics::{Milestone, Period, Summary, summarise},
};

const DOSSIERS: u64 = 1_500;

fn milestones(memory: &Memory<'_>) -> Vec<Milestone> {
    let milestone = |one: &super::memory::Remembered| Milestone {
        dossier: memory.case.dossier.id,
        at: one.event.at,
        stage: figures::stage(one.event.kind, one.event.state, one.accepted, one.answered),
        due_at: one.event.due_at,
        channel: figures::channel(one.event.channel),
        answer_due_at: None,
    };
    memory.history.iter().map(milestone).collect()
}

/// The histories, and how the model says that each dossier stands at last.
fn histories() -> (Vec<Milestone>, Vec<(Channel, Expected)>) {
    let office = office();
    let (mut all, mut last) = (Vec::new(), Vec::new());
    for seed in 0..DOSSIERS {
        let mut walk = Walk::new(seed, Walk::terms(seed), start_of(seed));
        if seed % 3 == 0 {
            walk = walk.with_unsteady_clock();
        }
        let mut standing = walk.model().standing();
        let channel = walk.model().terms().channel;
        // Walks end soon; those cut short are the ones still open.
        let steps = 10 + usize::try_from(seed % 40).unwrap();
        let memory = run(walk, steps, seed, &office, |_, expected, _| {
            standing = *expected;
        });
        all.extend(milestones(&memory));
        last.push((channel, standing));
    }
    (all, last)
}

fn summary(all: &[Milestone], period: Period) -> Summary {
    let cut_off = at("2029-01-01 00:00").plus(Duration::days(1));
    summarise(all.iter().copied(), period, cut_off)
}

#[test]
fn what_is_carried_over_and_received_is_what_is_finished_and_open() {
    let (all, _) = histories();
    let mut from = at("2026-01-01 00:00").date();
    let mut open_before = 0;
    let mut totals = 0;
    for _ in 0..60 {
        let to = from.checked_add_days(Days::new(7)).unwrap();
        let counts = summary(&all, Period::of_days(from, to).unwrap()).counts;
        assert_eq!(counts.total(), counts.finished() + counts.open(), "{from}");
        assert_eq!(counts.carried_over, open_before, "{from}");
        open_before = counts.open();
        totals += counts.newly_received();
        from = to;
    }
    assert!(totals > DOSSIERS / 4, "{totals}");
}

#[test]
fn the_figures_of_all_time_count_what_the_model_did() {
    let (all, last) = histories();
    let ever = Period::of_days(at("2026-01-01 00:00").date(), at("2029-01-01 00:00").date());
    let counts = summary(&all, ever.unwrap()).counts;
    let count = |which: &dyn Fn(&Channel, &Expected) -> bool| {
        let of = last.iter().filter(|(channel, end)| which(channel, end));
        u64::try_from(of.count()).unwrap()
    };
    assert_eq!(counts.carried_over, 0);
    assert_eq!(counts.newly_received(), count(&|_, end| end.accepted));
    assert_eq!(
        counts.new_online,
        count(&|channel, end| end.accepted && *channel == Channel::Online)
    );
    assert_eq!(
        counts.new_post,
        count(&|channel, end| end.accepted && *channel == Channel::Post)
    );
    assert_eq!(counts.finished(), count(&|_, end| end.finished));
    assert_eq!(
        counts.open(),
        count(&|_, end| end.accepted && !end.finished)
    );
    assert_eq!(
        counts.refused,
        count(&|_, end| end.state == State::NotAccepted)
    );
    assert_eq!(
        counts.paused(),
        count(&|_, end| end.paused && end.state != State::WithdrawalRequested)
    );
    let rounds = last.iter().map(|(_, end)| u64::from(end.rounds));
    assert_eq!(counts.supplement_requests, rounds.clone().sum::<u64>());
    let later = rounds.map(|rounds| rounds.saturating_sub(1)).sum::<u64>();
    assert_eq!(counts.later_supplement_requests, later);
    assert!(later > 10 && counts.paused() > 0, "{counts:?}");
}
