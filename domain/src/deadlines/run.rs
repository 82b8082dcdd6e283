//! The clock run through its facts in order of time.

use super::{
    Clock, Extension, Ledger, Pause, PauseReason, Segment, SupplementClock, TimeLimit, WorkingTime,
    remaining::{Remaining, is_past},
    stretch::{CountedDays, Stretch},
    working_time::to_the_minute,
};
use crate::{rejection::Rejection, time::Time};

/// A fact that changes how the clock runs.
#[derive(Clone, Copy)]
pub(super) enum Event<'a> {
    Ends(&'a Pause, Time),
    Extends(&'a Extension),
    Begins(&'a Pause),
}

impl Event<'_> {
    /// Order of facts: by the minute; in the same minute a pause ends before the next begins.
    fn order(&self) -> (Time, u8) {
        match self {
            Self::Ends(_, to) => (to_the_minute(*to), 0),
            Self::Extends(extension) => (to_the_minute(extension.granted_at), 1),
            Self::Begins(pause) => (to_the_minute(pause.from), 2),
        }
    }
}

/// The facts of a clock in order.
pub(super) fn in_order<'a>(clock: &'a Clock, pauses: &'a [Pause]) -> Vec<Event<'a>> {
    let begins = pauses.iter().map(Event::Begins);
    let ends = pauses
        .iter()
        .filter_map(|pause| pause.to.map(|to| Event::Ends(pause, to)));
    let extends = clock.extension.iter().map(Event::Extends);
    let mut events: Vec<_> = begins.chain(ends).chain(extends).collect();
    events.sort_by_key(Event::order);
    events
}

/// How the clock stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hand {
    /// It runs.
    Runs,
    /// It stands still.
    Stands,
    /// The limit was used up.
    RanOut,
}

/// A clock between two facts.
pub(super) struct Run<'a> {
    working: &'a WorkingTime<'a>,
    limit: TimeLimit,
    policy: SupplementClock,
    /// Facts up to here are counted in the figures "so far".
    until: Time,
    hand: Hand,
    /// Where the present stretch began; where the clock stopped if it does not run.
    at: Time,
    received: bool,
    remaining: Remaining,
    /// The due date if nothing else happens.
    due: Time,
    paused_since: Option<Time>,
    counted: u32,
    counted_so_far: u32,
    segments: Vec<Segment>,
}

impl<'a> Run<'a> {
    pub(super) fn start(
        limit: TimeLimit,
        policy: SupplementClock,
        at: Time,
        until: Time,
        working: &'a WorkingTime<'a>,
    ) -> Result<Self, Rejection> {
        let remaining = Remaining::whole(limit, at, working)?;
        let mut run = Self {
            working,
            limit,
            policy,
            until,
            hand: Hand::Runs,
            at: to_the_minute(at),
            received: true,
            remaining,
            due: remaining.due(at, working)?,
            paused_since: None,
            counted: 0,
            counted_so_far: 0,
            segments: Vec::new(),
        };
        run.tell_cutoff(at)?;
        Ok(run)
    }

    pub(super) fn due(&self) -> Time {
        self.due
    }

    pub(super) fn take(&mut self, event: &Event<'_>) -> Result<(), Rejection> {
        match event {
            Event::Begins(pause) => self.pause(pause),
            Event::Ends(pause, to) => self.resume(pause, *to),
            Event::Extends(extension) => self.extend(extension),
        }
    }

    fn pause(&mut self, pause: &Pause) -> Result<(), Rejection> {
        self.run_to(pause.from)?;
        self.segments.push(Segment::Paused {
            from: pause.from,
            to: pause.to,
            why: pause.why,
        });
        self.paused_since = Some(pause.from);
        if self.hand == Hand::Runs {
            self.hand = Hand::Stands;
        }
        Ok(())
    }

    fn resume(&mut self, pause: &Pause, to: Time) -> Result<(), Rejection> {
        self.paused_since = None;
        if self.hand != Hand::Stands {
            return Ok(());
        }
        self.hand = Hand::Runs;
        self.at = to_the_minute(to);
        self.received = true;
        let restarts = match (pause.why, self.policy) {
            (PauseReason::Supplement, SupplementClock::Restart) => true,
            (PauseReason::Supplement, SupplementClock::Pause) | (PauseReason::Payment, _) => false,
        };
        if restarts {
            (self.counted, self.counted_so_far) = (0, 0);
            self.remaining = Remaining::whole(self.limit, to, self.working)?;
            self.segments.push(Segment::Restarted { at: to });
            self.tell_cutoff(to)?;
        } else {
            self.remaining = self.remaining.resumed(to, self.working)?;
        }
        self.due = self.remaining.due(self.at, self.working)?;
        Ok(())
    }

    fn extend(&mut self, extension: &Extension) -> Result<(), Rejection> {
        self.run_to(extension.granted_at)?;
        self.segments.push(Segment::Extended {
            at: extension.granted_at.max(self.at),
            old_due: (self.hand != Hand::Stands).then_some(self.due),
            new_due: extension.new_due_at,
            reason: extension.reason.clone(),
            moves_due: extension.moves_due,
        });
        if !extension.moves_due {
            return Ok(());
        }
        let granted = to_the_minute(extension.granted_at).max(self.at);
        let minutes = self
            .working
            .minutes_between(granted, extension.new_due_at)?;
        self.remaining = Remaining::Minutes(minutes);
        self.due = extension.new_due_at;
        if self.hand == Hand::RanOut {
            self.at = granted;
            let paused = self.paused_since.is_some();
            self.hand = if paused { Hand::Stands } else { Hand::Runs };
        }
        Ok(())
    }

    /// Lets the clock run up to `to`, or to the due date if that comes first.
    fn run_to(&mut self, to: Time) -> Result<(), Rejection> {
        let to = to_the_minute(to).max(self.at);
        if self.hand != Hand::Runs {
            return Ok(());
        }
        if to >= self.due {
            return self.run_out();
        }
        let left = self.remaining.after(self.at, to, self.working)?;
        let days = match (self.remaining, left) {
            (Remaining::Days(before), Remaining::Days(after)) => Some(CountedDays {
                left: before,
                before: after.next,
                last: None,
            }),
            (Remaining::Minutes(_), _) | (_, Remaining::Minutes(_)) => None,
        };
        self.tell(to, days)?;
        self.remaining = left;
        Ok(())
    }

    /// Lets the clock run up to the due date.
    fn run_out(&mut self) -> Result<(), Rejection> {
        let days = match self.remaining {
            Remaining::Minutes(_) => None,
            Remaining::Days(left) => {
                let last = left.last_day(self.working)?;
                let counts = left.left > 0;
                Some(CountedDays {
                    left,
                    before: if counts {
                        last.counted.succ_opt()
                    } else {
                        None
                    }
                    .unwrap_or(left.next),
                    last: Some(last),
                })
            }
        };
        self.tell(to_the_minute(self.due), days)?;
        self.hand = Hand::RanOut;
        Ok(())
    }

    /// Counts and tells the stretch from `at` to `to`, and stands there.
    fn tell(&mut self, to: Time, days: Option<CountedDays>) -> Result<(), Rejection> {
        let stretch = Stretch {
            from: self.at,
            to,
            received: self.received,
            days,
        };
        for segment in stretch.told(self.working)? {
            // A pause within a day off or a swapped day would tell of that day twice.
            if !self.segments.iter().any(|told| told.tells_all_of(&segment)) {
                self.segments.push(segment);
            }
        }
        let so_far = self.working.minutes_between(self.at, to.min(self.until))?;
        self.counted_so_far = self.counted_so_far.saturating_add(so_far);
        let all = self.working.minutes_between(self.at, to)?;
        self.counted = self.counted.saturating_add(all);
        self.received = self.received && to <= self.at;
        self.at = self.at.max(to);
        Ok(())
    }

    fn tell_cutoff(&mut self, at: Time) -> Result<(), Rejection> {
        if let TimeLimit::SameDay { cutoff } = self.limit
            && is_past(cutoff, at, self.working.next_opening(at)?)
        {
            self.segments.push(Segment::CutoffPassed { at, cutoff });
        }
        Ok(())
    }

    /// The ledger, the clock run to its end unless it stands still.
    pub(super) fn ledger(mut self, original_due_at: Time) -> Result<Ledger, Rejection> {
        if self.hand == Hand::Runs {
            self.run_out()?;
        }
        let left = match (self.hand, self.remaining) {
            (Hand::Runs | Hand::RanOut, _) => 0,
            (Hand::Stands, Remaining::Minutes(minutes)) => minutes,
            (Hand::Stands, Remaining::Days(_)) => {
                self.working.minutes_between(self.at, self.due)?
            }
        };
        let allowed = self.counted.saturating_add(left);
        Ok(Ledger {
            due_at: (self.hand != Hand::Stands).then_some(self.due),
            original_due_at,
            paused_since: self.paused_since,
            allowed_minutes: allowed,
            counted_minutes: self.counted_so_far,
            remaining_minutes: allowed.saturating_sub(self.counted_so_far),
            calendar_version: self.working.calendar.version().to_owned(),
            segments: self.segments,
        })
    }
}
