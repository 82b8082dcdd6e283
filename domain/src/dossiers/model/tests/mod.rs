//! 100,000 steps through the rules in memory, each compared with the model.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod figures;
mod memory;

use std::collections::{BTreeMap, BTreeSet};

use chrono::Duration;

use self::memory::Memory;
use super::{Expected, Step, Walk};
use crate::{
    dossiers::{
        Dossier, EventKind, State,
        specimen::{Office, at, office_for},
    },
    rejection::Code,
    supplements::SupplementStatus,
    time::Time,
};

const STEPS: usize = 100_000;

fn start_of(seed: u64) -> Time {
    let hours = i64::try_from(seed % 2_000).unwrap() * 3;
    at("2026-01-05 07:00").plus(Duration::hours(hours))
}

fn office() -> Office {
    office_for(&[2025, 2026, 2027, 2028])
}

/// Runs one walk, or its first steps.
fn run(
    walk: Walk,
    steps: usize,
    seed: u64,
    office: &Office,
    mut each: impl FnMut(&Step, &Expected, &Memory<'_>),
) -> Memory<'_> {
    let start = walk.model().now();
    let mut memory = Memory::new(walk.model().terms(), seed.into(), start, office);
    for (number, (step, expected)) in walk.take(steps).enumerate() {
        let before = memory.case.dossier.clone();
        let outcome = memory.act(&step);
        let place = format!(
            "seed {seed}, step {number}, {step:?} from {:?}",
            before.state
        );
        assert_eq!(outcome, expected.outcome, "{place}");
        if outcome.is_err() {
            assert_eq!(memory.case.dossier, before, "{place}");
        }
        assert_stands(&memory, &expected, &place);
        assert_no_end_made_it_late(&before, &memory.case.dossier, &place);
        each(&step, &expected, &memory);
    }
    memory
}

fn assert_stands(memory: &Memory<'_>, expected: &Expected, place: &str) {
    let (case, dossier) = (&memory.case, &memory.case.dossier);
    let rounds = u32::try_from(case.supplements.len()).unwrap();
    let due = case.obligations.iter().filter(|one| one.is_due()).count();
    let found = Expected {
        outcome: expected.outcome,
        state: dossier.state,
        version: dossier.version,
        accepted: dossier.accepted_at.is_some(),
        paused: dossier.paused_since.is_some(),
        finished: dossier.finished_at.is_some(),
        gone: memory.gone,
        rounds,
        fees_due: u32::try_from(due).unwrap(),
    };
    assert_eq!(found, *expected, "{place}");

    let events = i64::try_from(memory.history.len()).unwrap();
    assert_eq!(dossier.version, events, "{place}");
    let last = memory.history.last().unwrap();
    assert_eq!(last.event.state, dossier.state, "{place}");
    assert_eq!(last.event.due_at, dossier.due_at, "{place}");
    assert_eq!(last.event.at, dossier.updated_at, "{place}");
    if let [.., before, last] = memory.history.as_slice() {
        assert!(before.event.at < last.event.at, "{place}");
    }

    assert_eq!(dossier.due_at.is_some(), expected.accepted, "{place}");
    assert_eq!(dossier.clock.is_some(), expected.accepted, "{place}");
    assert_eq!(
        dossier.original_due_at.is_some(),
        expected.accepted,
        "{place}"
    );
    assert_pauses(memory, place);
    let open = case
        .supplements
        .iter()
        .filter(|one| one.status == SupplementStatus::Open);
    assert!(open.count() <= 1, "{place}");
    let settled = case.supplements.iter().rev().skip(1);
    for earlier in settled {
        assert!(earlier.closed_at.is_some(), "{place}");
    }
}

/// What ends while the clock stands still is late only if it was when the clock was stopped.
fn assert_no_end_made_it_late(before: &Dossier, after: &Dossier, place: &str) {
    let (Some(since), Some(finished)) = (before.paused_since, after.finished_at) else {
        return;
    };
    let was_late = before.due_at.is_some_and(|due| due <= since);
    let is_late = after.due_at.is_some_and(|due| due < finished);
    assert_eq!(was_late, is_late, "{place}");
}

/// The last pause is open exactly while the dossier says so, and no end leaves one open.
fn assert_pauses(memory: &Memory<'_>, place: &str) {
    let dossier = &memory.case.dossier;
    let Some(clock) = &dossier.clock else {
        return;
    };
    let open = clock.pauses.last().is_some_and(|pause| pause.to.is_none());
    assert_eq!(dossier.paused_since.is_some(), open, "{place}");
    assert!(!(open && dossier.finished_at.is_some()), "{place}");
    if let Some(since) = dossier.paused_since {
        assert_eq!(clock.pauses.last().unwrap().from, since, "{place}");
    }
    let earlier = clock.pauses.len().saturating_sub(1);
    assert!(
        clock
            .pauses
            .iter()
            .take(earlier)
            .all(|one| one.to.is_some()),
        "{place}"
    );
}

/// What a run has met, to show that nothing was left out.
#[derive(Default)]
struct Met {
    events: BTreeSet<EventKind>,
    refusals: BTreeMap<Code, usize>,
    states: BTreeSet<State>,
    steps: usize,
    taken: usize,
}

/// The calendar stays as it is on a walk, and whose work it is has walks of its own.
const NEVER_ON_A_WALK: [EventKind; 6] = [
    EventKind::DueDateRecomputed,
    EventKind::Assigned,
    EventKind::Released,
    EventKind::Transferred,
    EventKind::DeadlineExtended,
    EventKind::Reopened,
];

#[test]
fn a_hundred_thousand_steps_end_as_the_model_says() {
    let office = office();
    let mut met = Met::default();
    for seed in 0.. {
        let mut walk = Walk::new(seed, Walk::terms(seed), start_of(seed));
        if seed % 3 == 0 {
            walk = walk.with_unsteady_clock();
        }
        let memory = run(walk, STEPS, seed, &office, |_, expected, memory| {
            met.steps += 1;
            met.states.insert(memory.case.dossier.state);
            match expected.outcome {
                Ok(_) => met.taken += 1,
                Err(code) => *met.refusals.entry(code).or_default() += 1,
            }
        });
        met.events
            .extend(memory.history.iter().map(|one| one.event.kind));
        if met.steps >= STEPS {
            break;
        }
    }
    assert!(met.taken > STEPS / 2, "{} taken", met.taken);
    let others = |kind: &&EventKind| !NEVER_ON_A_WALK.contains(kind);
    let expected = EventKind::ALL.iter().filter(others).count();
    assert_eq!(met.events.len(), expected, "{:?}", met.events);
    assert_eq!(met.states.len(), State::ALL.len(), "{:?}", met.states);
    for code in [
        Code::RoleForbids,
        Code::StateForbids,
        Code::InvalidContent,
        Code::PaperMissing,
        Code::SupplementOpen,
        Code::SecondRoundNeedsConsent,
        Code::AnswerIncomplete,
        Code::SupplementLapsed,
        Code::FeesOpen,
        Code::NothingOwed,
        Code::DecisionMissing,
        Code::AlreadyExtended,
        Code::DossierHasOwner,
    ] {
        assert!(met.refusals.contains_key(&code), "{code:?} was never met");
    }
}

#[test]
fn nothing_leads_out_of_an_end() {
    let office = office();
    let mut tried = 0;
    for seed in 0..300 {
        let walk = Walk::new(seed, Walk::terms(seed), start_of(seed));
        let mut ended_as = None;
        run(walk, STEPS, seed, &office, |_, expected, memory| {
            if let Some(end) = ended_as {
                assert!(expected.outcome.is_err());
                assert_eq!(memory.case.dossier.state, end);
                tried += 1;
            }
            let state = memory.case.dossier.state;
            ended_as = state.is_terminal().then_some(state);
        });
    }
    assert!(tried > 300, "{tried}");
}

#[test]
fn a_seed_gives_the_same_walk_every_time() {
    let steps = |seed| Walk::new(seed, Walk::terms(seed), start_of(seed)).collect::<Vec<_>>();
    assert_eq!(steps(11), steps(11));
    assert_ne!(steps(11), steps(12));
}
