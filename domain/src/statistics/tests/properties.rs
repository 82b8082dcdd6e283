//! What holds for every set of histories, and a second, naive count of them.

use proptest::prelude::*;

use super::*;

/// Where a dossier may go next, recalls and repeated pauses included.
fn next(stage: Stage) -> &'static [Stage] {
    use Stage::*;
    match stage {
        Draft => &[Filed],
        Filed => &[
            Accepted,
            Accepted,
            Accepted,
            Refused,
            PausedForSupplement,
            Withdrawn,
        ],
        Accepted => &[
            InProgress,
            InProgress,
            PausedForSupplement,
            PausedForPayment,
            WithdrawalRequested,
        ],
        InProgress => &[
            Finished,
            Finished,
            Finished,
            PausedForSupplement,
            PausedForPayment,
            PausedOtherwise,
            Stopped,
            InProgress,
        ],
        PausedForSupplement => &[
            Filed,
            Accepted,
            InProgress,
            Stopped,
            PausedForSupplement,
            WithdrawalRequested,
        ],
        PausedForPayment | PausedOtherwise => &[InProgress, WithdrawalRequested],
        WithdrawalRequested => &[Withdrawn, InProgress],
        Finished => &[HandedOver, InProgress],
        Refused | HandedOver | Stopped | Withdrawn => &[],
    }
}

fn channel() -> impl Strategy<Value = Channel> {
    prop_oneof![
        Just(Channel::Online),
        Just(Channel::Direct),
        Just(Channel::Post)
    ]
}

/// Steps of half a day, so that many fall exactly on midnight.
fn history(number: u128) -> impl Strategy<Value = Vec<Milestone>> {
    let step = (
        0_i64..5,
        any::<prop::sample::Index>(),
        proptest::option::of(-4_i64..8),
    );
    (0_i64..20, channel(), proptest::collection::vec(step, 0..14)).prop_map(
        move |(start, channel, steps)| {
            let mut now = at("2026-02-01 00:00").plus(Duration::hours(start * 12));
            let mut stage = Stage::Draft;
            let mut milestones = vec![Milestone {
                channel,
                ..milestone(number, now, stage, None)
            }];
            for (wait, choice, due_in) in steps {
                let choices = next(stage);
                if choices.is_empty() {
                    break;
                }
                stage = *choice.get(choices);
                now = now.plus(Duration::hours(wait * 12));
                let due_at = due_in.map(|halves| now.plus(Duration::hours(halves * 12)));
                milestones.push(Milestone {
                    channel,
                    ..milestone(number, now, stage, due_at)
                });
            }
            milestones
        },
    )
}

fn histories() -> impl Strategy<Value = Vec<Vec<Milestone>>> {
    proptest::collection::vec(any::<()>(), 0..25).prop_flat_map(|places| {
        (0_u128..)
            .zip(places)
            .map(|(number, ())| history(number))
            .collect::<Vec<_>>()
    })
}

/// When a dossier was accepted and when it ended for good, found by looking at it as a whole.
fn span(history: &[Milestone], cut_off: Time) -> (Option<Time>, Option<Time>) {
    use Stage::*;
    let known: Vec<_> = history.iter().filter(|one| one.at <= cut_off).collect();
    let is_end = |one: &&&Milestone| {
        [Refused, Finished, HandedOver, Stopped, Withdrawn].contains(&one.stage)
    };
    let accepts = [
        Accepted,
        InProgress,
        PausedForPayment,
        PausedOtherwise,
        Finished,
        HandedOver,
    ];
    let accepted = known
        .iter()
        .find(|one| accepts.contains(&one.stage))
        .map(|one| one.at);
    let ended = known
        .iter()
        .rev()
        .take_while(is_end)
        .last()
        .map(|one| one.at);
    (accepted, ended)
}

fn naive(histories: &[Vec<Milestone>], period: Period, cut_off: Time) -> [u64; 4] {
    let mut counts = [0; 4];
    let end = period.to().min(cut_off.plus(tick()));
    for history in histories {
        let (Some(accepted), ended) = span(history, cut_off) else {
            continue;
        };
        let open_at = |instant| accepted < instant && ended.is_none_or(|ended| ended >= instant);
        let within = |at: Time| period.from() <= at && at < end;
        counts[0] += u64::from(open_at(period.from()));
        counts[1] += u64::from(within(accepted));
        counts[2] += u64::from(ended.is_some_and(within));
        counts[3] += u64::from(open_at(end));
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_parts_add_up_and_agree_with_a_naive_count(
        histories in histories(),
        first in 0_u64..15,
        length in 1_u64..15,
        known_for in 0_i64..100,
    ) {
        let from = day("2026-02-01") + chrono::Days::new(first);
        let period = Period::of_days(from, from + chrono::Days::new(length)).unwrap();
        let cut_off = period.from().plus(Duration::hours(known_for * 6));
        let summary = summarise(histories.concat(), period, cut_off);
        let counts = summary.counts;
        prop_assert_eq!(counts.total(), counts.carried_over + counts.newly_received());
        prop_assert_eq!(counts.total(), counts.finished() + counts.open());
        let found = [counts.carried_over, counts.newly_received(), counts.finished(), counts.open()];
        prop_assert_eq!(found, naive(&histories, period, cut_off));
        prop_assert!(counts.finished_without_due_date <= counts.finished_on_time);
        prop_assert!(counts.open_without_due_date <= counts.open_within);
        for rate in summary.rates {
            prop_assert_eq!(rate.value.is_none(), rate.denominator == 0);
            prop_assert!(rate.value.is_none_or(|value| (0.0..=1.0).contains(&value)));
        }
    }

    #[test]
    fn what_one_period_leaves_open_the_next_one_carries_over(
        histories in histories(),
        first in 0_u64..15,
        length in 1_u64..15,
    ) {
        let days = |number| day("2026-02-01") + chrono::Days::new(number);
        let cut_off = at("2026-12-31 00:00");
        let figures = |from, to| {
            let period = Period::of_days(days(from), days(to)).unwrap();
            summarise(histories.concat(), period, cut_off).counts
        };
        let this = figures(first, first + length);
        let following = figures(first + length, first + length + 5);
        let both = figures(first, first + length + 5);
        prop_assert_eq!(following.carried_over, this.open());
        prop_assert_eq!(both.newly_received(), this.newly_received() + following.newly_received());
        prop_assert_eq!(both.finished(), this.finished() + following.finished());
        prop_assert_eq!(both.refused, this.refused + following.refused);
        prop_assert_eq!(both.supplement_requests, this.supplement_requests + following.supplement_requests);
        prop_assert_eq!(both.open(), following.open());
    }
}
