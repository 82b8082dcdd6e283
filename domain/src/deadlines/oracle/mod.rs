//! A slow second opinion: the engine against a walk through time, minute by minute.
//!
//! The walk shares no computation with the engine, only the facts and the bare entries of calendar
//! and sessions.

mod naive;
pub(crate) mod random;
mod world;

use chrono::Duration;

use self::{
    naive::{Facts, Found, Moment, Promise, Stop},
    random::Random,
    world::World,
};
use super::{
    Clock, ClockTime, DayCounting, Extension, Ledger, Pause, PauseReason, Segment, SupplementClock,
    TimeLimit, WorkingTime, ledger,
};
use crate::time::Time;

/// Cases that share one random calendar and agency.
const CASES_PER_WORLD: u32 = 2_000;

/// What the compared cases held, to show that none of it was left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Cases in which both agreed.
    pub cases: u64,
    /// Those with at least one pause.
    pub paused: u64,
    /// Those whose clock still stood still.
    pub standing: u64,
    /// Those that restarted.
    pub restarted: u64,
    /// Those whose limit was used up before a pause.
    pub ran_out: u64,
    /// Those with a new date and an apology.
    pub extended: u64,
}

/// Compares so many random cases of 2025 to 2027; the same seed gives the same cases. The first
/// disagreement is told with all its facts.
///
/// # Errors
/// A description of the first case in which engine and walk differ.
pub fn compare(seed: u64, cases: u32) -> Result<Tally, String> {
    let mut random = Random::new(seed);
    let mut tally = Tally::default();
    let mut left = cases;
    while left > 0 {
        let world = World::random(&mut random).map_err(|no| format!("no world: {no:?}"))?;
        let now = left.min(CASES_PER_WORLD);
        for _ in 0..now {
            one(&world, &mut random, &mut tally)?;
        }
        left = left.saturating_sub(now);
    }
    Ok(tally)
}

fn one(world: &World, random: &mut Random, tally: &mut Tally) -> Result<(), String> {
    let facts = random_facts(random);
    let clock = clock_of(world, &facts);
    let working = WorkingTime::new(&world.calendar, &world.sessions);
    let until = world.instant(facts.until);
    let told = |what: &str| format!("{what}\n{clock:#?}\nuntil {until:?}\n{facts:?}");
    let engine = ledger(&clock, &working, until).map_err(|no| told(&format!("{no:?}")))?;
    let walked = world.walk(&facts);
    let original = if facts.pauses.is_empty() && facts.promise.is_none() {
        walked.due
    } else {
        let mut alone = facts.clone();
        alone.pauses.clear();
        alone.promise = None;
        world.walk(&alone).due
    };
    let original = original.map(|due| world.instant(due));
    let due = walked.due.map(|due| world.instant(due));
    let same = engine.due_at == due
        && Some(engine.original_due_at) == original
        && engine.counted_minutes == walked.counted;
    if !same {
        return Err(told(&format!(
            "{engine:#?}\nwalked: {due:?} {original:?} {walked:?}"
        )));
    }
    faults_of(&engine).map_or(Ok(()), |fault| Err(told(&format!("{fault}: {engine:#?}"))))?;
    count(tally, &facts, walked);
    Ok(())
}

fn count(tally: &mut Tally, facts: &Facts, walked: Found) {
    let last = facts.pauses.iter().map(|stop| stop.from).max();
    tally.cases += 1;
    tally.paused += u64::from(last.is_some());
    tally.standing += u64::from(walked.due.is_none());
    tally.extended += u64::from(facts.promise.is_some());
    tally.restarted += u64::from(walked.restarts > 0);
    tally.ran_out += u64::from(walked.due.zip(last).is_some_and(|(due, last)| due <= last));
}

/// What is wrong with a ledger in itself: figures that do not add up, segments out of order.
pub(super) fn faults_of(ledger: &Ledger) -> Option<&'static str> {
    let (mut sum, mut day, mut instant) = (0_u32, None, None);
    for segment in &ledger.segments {
        let date = segment.begins().date();
        if day.is_some_and(|day| date < day) {
            return Some("dates go back");
        }
        day = Some(date);
        if let super::Begins::At(at) = segment.begins() {
            if instant.is_some_and(|instant| at < instant) {
                return Some("instants go back");
            }
            instant = Some(at);
        }
        if let Segment::Counted { minutes, .. } = segment {
            sum = sum.saturating_add(*minutes);
        } else if let Segment::Restarted { .. } = segment {
            sum = 0;
        }
    }
    let expected = match ledger.due_at {
        Some(_) => ledger.allowed_minutes,
        None => ledger.counted_minutes,
    };
    if sum != expected {
        return Some("segments do not add up");
    }
    let all = ledger
        .counted_minutes
        .saturating_add(ledger.remaining_minutes);
    (all != ledger.allowed_minutes).then_some("counted and remaining do not make the allowance")
}

fn random_limit(random: &mut Random) -> TimeLimit {
    match random.below(6) {
        0 => TimeLimit::WorkingMinutes {
            minutes: random.within(1, 4800),
        },
        1 => TimeLimit::WorkingHours {
            hours: random.within(1, 80),
        },
        2 => TimeLimit::WorkingDays {
            days: random.within(1, 10),
            counting: DayCounting::ByHours,
        },
        3 => TimeLimit::WorkingDays {
            days: random.within(1, 10),
            counting: DayCounting::ByDays,
        },
        4 => TimeLimit::CalendarDays {
            days: random.within(1, 15),
        },
        _ => TimeLimit::SameDay {
            cutoff: random_cutoff(random),
        },
    }
}

fn random_cutoff(random: &mut Random) -> ClockTime {
    if random.once_in(2) {
        return ClockTime::THREE_PM;
    }
    ClockTime::from_minutes(random.within(600, 1200)).unwrap_or(ClockTime::THREE_PM)
}

/// Mostly within a day's turn of hours where something happens, and often on the very minute.
fn random_moment(random: &mut Random, day: u32) -> Moment {
    let of_day = match random.below(4) {
        0 => random.below(24 * 60),
        1 => random
            .one_of(&[0, 420, 450, 690, 810, 900, 1020, 1439])
            .unwrap_or(0),
        _ => random.within(400, 1040),
    };
    let minute = day.saturating_mul(24 * 60).saturating_add(of_day);
    Moment {
        minute: usize::try_from(minute).unwrap_or(0),
        seconds: if random.once_in(2) {
            0
        } else {
            random.within(1, 59)
        },
    }
}

fn random_facts(random: &mut Random) -> Facts {
    let day = random.within(0, 900);
    let accepted = random_moment(random, day);
    let (pauses, last) = random_pauses(random, day, accepted.minute);
    let promise = random_promise(random, accepted.minute);
    let last = promise.map_or(last, |promise| last.max(promise.at));
    let later = usize::try_from(random.below(8 * 24 * 60)).unwrap_or(0);
    let restart = random.once_in(3);
    Facts {
        limit: random_limit(random),
        accepted,
        pauses,
        promise,
        policy: if restart {
            SupplementClock::Restart
        } else {
            SupplementClock::Pause
        },
        until: last.saturating_add(later),
    }
}

/// Pauses after a minute of a day, and the minute after which nothing more happens.
fn random_pauses(random: &mut Random, mut day: u32, after: usize) -> (Vec<Stop>, usize) {
    let (mut pauses, mut last): (Vec<Stop>, _) = (Vec::new(), after);
    let planned = if random.once_in(2) {
        0
    } else {
        random.within(1, 3)
    };
    for _ in 0..planned {
        day = day.saturating_add(random.below(6));
        let from = random_moment(random, day).minute.max(last);
        day = day.saturating_add(random.below(7));
        let to = random_moment(random, day);
        let open = random.once_in(8);
        if !open && to.minute <= from {
            continue;
        }
        let why = if random.once_in(3) {
            PauseReason::Payment
        } else {
            PauseReason::Supplement
        };
        pauses.push(Stop {
            from,
            to: (!open).then_some(to),
            why,
        });
        last = if open {
            from
        } else {
            to.minute + usize::from(to.seconds > 0)
        };
        if open {
            break;
        }
    }
    (pauses, last)
}

/// In one case of three a new date, promised within twelve days of acceptance: before, in and after
/// pauses, and after the clock ran out.
fn random_promise(random: &mut Random, accepted: usize) -> Option<Promise> {
    random.once_in(3).then(|| {
        let waited = usize::try_from(random.below(12 * 24 * 60)).unwrap_or(0);
        let more = usize::try_from(random.within(1, 8 * 24 * 60)).unwrap_or(1);
        let at = accepted.saturating_add(waited);
        Promise {
            at,
            new_due: at.saturating_add(more),
        }
    })
}

fn clock_of(world: &World, facts: &Facts) -> Clock {
    let exact = |at: Moment| -> Time {
        world
            .instant(at.minute)
            .plus(Duration::seconds(i64::from(at.seconds)))
    };
    let pause = |stop: &Stop| Pause {
        from: world.instant(stop.from),
        to: stop.to.map(exact),
        why: stop.why,
    };
    Clock {
        limit: facts.limit,
        accepted_at: exact(facts.accepted),
        pauses: facts.pauses.iter().map(pause).collect(),
        extension: facts.promise.map(|promise| Extension {
            granted_at: world.instant(promise.at),
            new_due_at: world.instant(promise.new_due),
            reason: "ví dụ".to_owned(),
            moves_due: true,
        }),
        on_supplement: facts.policy,
    }
}
