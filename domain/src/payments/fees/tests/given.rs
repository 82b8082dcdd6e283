//! Reductions that hang on how and when it was filed: digital citizens, and events in time.

use super::*;
use crate::{ids::OfficerId, personal::Personal};

fn confirmed() -> Proof {
    Proof::Confirmed(Confirmation {
        by: OfficerId::from_uuid(uuid::Uuid::from_u128(7)),
        shown: Personal::new("VNeID mức độ 2".into()),
    })
}

/// An extract that is free for digital citizens in the window of 66.22/2026/NQ-CP.
fn extract() -> FeeRule {
    let mut extract = rule(FeeUnit::Copy, flat(8_000));
    let mut free = reduction("digital", Condition::DigitalCitizen, Effect::Free);
    free.in_force = InForce {
        first_day: day("2026-08-15"),
        last_day: Some(day("2027-02-28")),
    };
    extract.reductions.push(free);
    extract
}

#[test]
fn a_digital_citizen_pays_nothing_for_what_was_filed_online_inside_the_window() {
    use FeeChannel::{Direct, Online, Post};
    let shown = || Some(confirmed());
    let cases = [
        (Online, "2026-08-14", "2026-08-14", shown(), 8_000),
        (Online, "2026-08-15", "2026-08-15", shown(), 0),
        (Online, "2027-02-28", "2027-02-28", shown(), 0),
        (Online, "2027-03-01", "2027-03-01", shown(), 8_000),
        // The day of filing decides, not the day on which the desk took it up.
        (Online, "2026-08-14", "2026-08-17", shown(), 8_000),
        (Online, "2027-02-28", "2027-03-01", shown(), 0),
        (Online, "2026-11-23", "2026-11-23", None, 8_000),
        (Direct, "2026-11-23", "2026-11-23", shown(), 8_000),
        (Post, "2026-11-23", "2026-11-23", shown(), 8_000),
    ];
    for (channel, filed, assessed, proof, expected) in cases {
        let label = format!("{channel:?} {filed} {assessed} {proof:?}");
        let query = FeeQuery {
            filed_on: day(filed),
            claims: vec![claim(DIGITAL_CITIZEN, proof.clone())],
            ..FeeQuery::new(day(assessed), channel)
        };
        let assessment = assess(&[extract()], &query);
        assert_eq!(assessment.net(), Dong::new(expected), "{label}");
        let applied = assessment.lines.first().unwrap().applied.as_ref();
        let held = (expected == 0).then_some(confirmed());
        assert_eq!(applied.and_then(|it| it.proof.clone()), held, "{label}");
    }
}

#[test]
fn registering_in_time_is_counted_from_the_day_after_the_event() {
    let mut birth = rule(FeeUnit::Dossier, flat(5_000));
    birth
        .reductions
        .push(reduction("on_time", on_time(60), Effect::Free));
    let cases = [
        (Some("2026-01-01"), "2026-01-01", "2026-01-01", 0),
        (Some("2026-01-01"), "2026-03-02", "2026-03-02", 0),
        (Some("2026-01-01"), "2026-03-03", "2026-03-03", 5_000),
        // Day 60 is the first of the days off before the day of filing; the day after is not.
        (Some("2026-01-01"), "2026-03-04", "2026-03-02", 0),
        (Some("2026-01-01"), "2026-03-04", "2026-03-03", 5_000),
        (Some("2026-01-02"), "2026-01-01", "2026-01-01", 5_000),
        (None, "2026-01-01", "2026-01-01", 5_000),
    ];
    for (event, filed, since, expected) in cases {
        let query = FeeQuery {
            filed_on: day(filed),
            keeps_terms_since: day(since),
            event_dates: event
                .map(|event| ("/birth".to_owned(), day(event)))
                .into_iter()
                .collect(),
            // The desk took it up much later: that is not the citizen's doing.
            ..FeeQuery::new(day("2026-12-31"), FeeChannel::Direct)
        };
        let assessment = assess(std::slice::from_ref(&birth), &query);
        assert_eq!(assessment.net(), Dong::new(expected), "{event:?} {filed}");
        let applied = assessment.lines.first().unwrap().applied.as_ref();
        let proof = (expected == 0).then(|| Proof::FormAnswer("/birth".into()));
        assert_eq!(applied.and_then(|it| it.proof.clone()), proof);
    }
}

#[test]
fn event_dates_are_read_where_the_rules_say() {
    let mut birth = rule(FeeUnit::Dossier, flat(5_000));
    birth.reductions = vec![
        reduction("on_time", on_time(60), Effect::Free),
        reduction("merit", group("merit"), Effect::Free),
    ];
    for (answers, expected) in [
        (
            serde_json::json!({"birth": "2026-01-31"}),
            Some("2026-01-31"),
        ),
        (serde_json::json!({"birth": "2026-02-30"}), None),
        (serde_json::json!({"birth": 20_260_131}), None),
        (serde_json::json!({"death": "2026-01-31"}), None),
    ] {
        let dates = event_dates(std::slice::from_ref(&birth), &answers);
        assert_eq!(dates.get("/birth").copied(), expected.map(day), "{answers}");
    }
}

/// The codes and amounts of what would still make the first line cheaper.
fn open(rule: &FeeRule, query: &FeeQuery) -> Vec<(String, i64)> {
    let assessment = assess(std::slice::from_ref(rule), query);
    let open = assessment.lines.first().unwrap().open.iter();
    open.map(|it| (it.code.clone(), it.net.amount())).collect()
}

#[test]
fn what_would_still_make_it_cheaper_is_told_and_nothing_else() {
    let mut fee = extract();
    fee.reductions.extend([
        reduction("on_time", on_time(60), Effect::Free),
        reduction("online", Condition::OnlineChannel, Effect::Percent(50)),
        reduction("student", group("student"), Effect::Percent(20)),
        reduction("merit", group("merit"), Effect::Percent(75)),
    ]);
    let born = |date: &str| [("/birth".to_owned(), day(date))].into_iter().collect();
    let at = |channel, claims: Vec<Claim>, event_dates| FeeQuery {
        claims,
        event_dates,
        ..FeeQuery::new(day("2026-11-23"), channel)
    };
    let late = || born("2026-01-01");
    let paper = || Some(Proof::Dossier);
    let cases = [
        // Half off already: a fifth off is no news; the date is not known yet.
        (
            at(
                FeeChannel::Online,
                vec![],
                std::collections::BTreeMap::new(),
            ),
            vec![("digital", 0), ("on_time", 0), ("merit", 2_000)],
        ),
        (
            at(FeeChannel::Online, vec![], late()),
            vec![("digital", 0), ("merit", 2_000)],
        ),
        // At the counter neither the way of filing nor being a digital citizen can help.
        (
            at(FeeChannel::Direct, vec![], late()),
            vec![("student", 6_400), ("merit", 2_000)],
        ),
        // A bare claim to be a digital citizen is open, not granted.
        (
            at(
                FeeChannel::Online,
                vec![claim(DIGITAL_CITIZEN, None), claim("merit", paper())],
                late(),
            ),
            vec![("digital", 0)],
        ),
        (at(FeeChannel::Online, vec![], born("2026-11-01")), vec![]),
    ];
    for (query, expected) in cases {
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(code, net)| (code.to_owned(), net))
            .collect();
        assert_eq!(open(&fee, &query), expected, "{query:?}");
    }
}

#[test]
fn the_best_single_benefit_applies_with_its_own_proof() {
    let mut fee = extract();
    fee.reductions
        .insert(0, reduction("merit", group("merit"), Effect::Percent(50)));
    let paper = Proof::SeenBy(OfficerId::from_uuid(uuid::Uuid::from_u128(9)));
    let query = FeeQuery {
        claims: vec![
            claim("merit", Some(paper)),
            claim(DIGITAL_CITIZEN, Some(confirmed())),
        ],
        ..FeeQuery::new(day("2026-11-23"), FeeChannel::Online)
    };
    let assessment = assess(&[fee], &query);
    let applied = assessment.lines.first().unwrap().applied.clone().unwrap();
    assert_eq!(
        (applied.code.as_str(), applied.proof),
        ("digital", Some(confirmed()))
    );
    assert_eq!(applied.saved, Dong::new(8_000));
}

#[test]
fn what_an_officer_was_shown_is_kept_and_does_not_print() {
    let written = serde_json::to_string(&confirmed()).unwrap();
    assert!(written.contains("VNeID"), "{written}");
    assert_eq!(
        serde_json::from_str::<Proof>(&written).unwrap(),
        confirmed()
    );
    assert!(!format!("{:?}", confirmed()).contains("VNeID"));
}
