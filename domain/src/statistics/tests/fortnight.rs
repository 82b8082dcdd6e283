//! The fortnight the project starts from: 11 to 24 February 2026.

use super::*;

const CARRIED_OVER: u128 = 19_895;
const NEW: u128 = 22_754;
const ONLINE: u128 = 21_028;

fn milestones() -> impl Iterator<Item = Milestone> {
    let due = Some(at("2026-02-20 17:00"));
    (0..CARRIED_OVER + NEW).flat_map(move |number| {
        let is_carried_over = number < CARRIED_OVER;
        let place = number.saturating_sub(CARRIED_OVER);
        let channel = match (is_carried_over, place < ONLINE, place % 2 == 0) {
            (false, false, true) => Channel::Direct,
            (false, false, false) => Channel::Post,
            (true, ..) | (false, true, _) => Channel::Online,
        };
        let accepted = at(if is_carried_over {
            "2026-02-10 23:59"
        } else {
            "2026-02-11 00:00"
        });
        let finished = at(match number % 4 {
            0 => "2026-02-19 23:59",
            1 => "2026-02-20 23:59",
            2 => "2026-02-21 00:00",
            _ => "2026-02-25 00:00",
        });
        [(accepted, Stage::Accepted), (finished, Stage::Finished)].map(|(at, stage)| Milestone {
            channel,
            ..milestone(number, at, stage, due)
        })
    })
}

#[test]
fn the_fortnight_gives_42_649_and_92_4_and_49_3_percent() {
    let summary = summarise(
        milestones(),
        period("2026-02-11", "2026-02-25"),
        at("2026-03-01 00:00"),
    );
    let counts = summary.counts;
    assert_eq!(
        (counts.carried_over, counts.newly_received()),
        (19_895, 22_754)
    );
    assert_eq!(
        (counts.new_online, counts.new_direct, counts.new_post),
        (21_028, 863, 863)
    );
    assert_eq!(counts.total(), 42_649);
    assert_eq!(
        (counts.finished_early, counts.finished_on_time),
        (10_663, 10_662)
    );
    assert_eq!(
        (counts.finished_late, counts.open_overdue),
        (10_662, 10_662)
    );

    let percent = |id| {
        let rate = summary.rates.iter().find(|rate| rate.id == id).unwrap();
        let value = format!("{:.1}", rate.value.unwrap() * 100.0);
        (rate.numerator, rate.denominator, value)
    };
    assert_eq!(
        percent(RateId::OnlineOfNewV1),
        (21_028, 22_754, "92.4".into())
    );
    assert_eq!(
        percent(RateId::OnlineOfTotalV1),
        (21_028, 42_649, "49.3".into())
    );
    assert_eq!(
        percent(RateId::FinishedOnTimeV1),
        (21_325, 31_987, "66.7".into())
    );
}
