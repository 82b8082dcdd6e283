//! What holds for every rule and every dossier.

use proptest::prelude::*;

use super::*;

const PLAIN: [&str; 3] = ["poor", "merit", "disabled"];
const GROUPS: [&str; 4] = ["poor", "merit", "disabled", DIGITAL_CITIZEN];

fn dong() -> impl Strategy<Value = Dong> {
    prop_oneof![
        0_i64..500_000,
        Just(0),
        Just(i64::MAX),
        i64::MAX / 300..i64::MAX
    ]
    .prop_map(Dong::new)
}

fn count() -> impl Strategy<Value = u32> {
    prop_oneof![0_u32..300, Just(u32::MAX)]
}

fn dates() -> impl Strategy<Value = InForce> {
    (0_u64..400, proptest::option::of(0_u64..400)).prop_map(|(first, length)| {
        let first_day = day("2026-01-01") + chrono::Days::new(first);
        InForce {
            first_day,
            last_day: length.map(|days| first_day + chrono::Days::new(days)),
        }
    })
}

fn condition() -> impl Strategy<Value = Condition> {
    prop_oneof![
        3 => proptest::sample::select(PLAIN.to_vec()).prop_map(group),
        1 => Just(Condition::DigitalCitizen),
        1 => Just(Condition::OnlineChannel),
        1 => (0_u32..100).prop_map(on_time),
    ]
}

fn effect() -> impl Strategy<Value = Effect> {
    prop_oneof![
        Just(Effect::Free),
        (0_u8..=100).prop_map(Effect::Percent),
        dong().prop_map(Effect::Minus),
        dong().prop_map(Effect::Fixed),
    ]
}

fn any_reduction() -> impl Strategy<Value = Reduction> {
    (condition(), effect(), dates(), any::<bool>()).prop_map(
        |(condition, effect, in_force, proof)| Reduction {
            in_force,
            proof_needed: proof.then(|| Localized::new("Giấy", "Paper")),
            ..reduction("r", condition, effect)
        },
    )
}

fn tariff() -> impl Strategy<Value = (FeeUnit, Tariff)> {
    let amounts = (
        dong(),
        proptest::option::of(dong()),
        proptest::option::of(dong()),
    )
        .prop_map(|(direct, online, post)| Amounts {
            direct,
            online,
            post,
        });
    let units = proptest::sample::select(FeeUnit::ALL.to_vec());
    prop_oneof![
        (units, amounts).prop_map(|(unit, amounts)| (unit, Tariff::Flat(amounts))),
        (count(), dong(), dong(), dong()).prop_map(
            |(first_pages, first_price, further_price, cap_per_copy)| {
                let tariff = PageTariff {
                    first_pages,
                    first_price,
                    further_price,
                    cap_per_copy,
                };
                (FeeUnit::Page, Tariff::PerPage(tariff))
            }
        ),
    ]
}

fn any_rule() -> impl Strategy<Value = FeeRule> {
    (tariff(), proptest::collection::vec(any_reduction(), 0..6)).prop_map(
        |((unit, tariff), reductions)| FeeRule {
            reductions,
            ..rule(unit, tariff)
        },
    )
}

fn any_claim() -> impl Strategy<Value = Claim> {
    (proptest::sample::select(GROUPS.to_vec()), any::<bool>()).prop_map(|(group, shown)| Claim {
        group: group.into(),
        proof: shown.then(|| Proof::Database("d".into())),
    })
}

prop_compose! {
    fn any_query()(
        days in 0_u64..500,
        channel in proptest::sample::select(FeeChannel::ALL.to_vec()),
        copies in count(),
        pages in count(),
        persons in count(),
        claims in proptest::collection::vec(any_claim(), 0..4),
        (waited, off) in (0_u64..10, 0_u64..10),
        event in proptest::option::of(0_u64..500),
    ) -> FeeQuery {
        let from = day("2026-01-01");
        FeeQuery {
            date: from + chrono::Days::new(days + off + waited),
            filed_on: from + chrono::Days::new(days + off),
            keeps_terms_since: from + chrono::Days::new(days),
            channel, copies, pages, persons, claims,
            event_dates: event
                .map(|days| ("/birth".to_owned(), from + chrono::Days::new(days)))
                .into_iter()
                .collect(),
        }
    }
}

/// The net with exactly one reduction on offer, or none.
fn net_with(rule: &FeeRule, reductions: &[Reduction], query: &FeeQuery) -> Dong {
    let rule = FeeRule {
        reductions: reductions.to_vec(),
        ..rule.clone()
    };
    assess(&[rule], query).net()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn the_net_lies_between_nothing_and_the_gross(rule in any_rule(), query in any_query()) {
        for line in assess(&[rule], &query).lines {
            prop_assert!(Dong::ZERO <= line.net && line.net <= line.gross);
            let saved = line.applied.map_or(Dong::ZERO, |applied| applied.saved);
            prop_assert_eq!(line.net.plus(saved), line.gross);
        }
    }

    #[test]
    fn one_more_claim_never_raises_the_net(
        rules in proptest::collection::vec(any_rule(), 1..4),
        query in any_query(),
        more in any_claim(),
    ) {
        let mut richer = query.clone();
        richer.claims.push(more);
        let (before, after) = (assess(&rules, &query), assess(&rules, &richer));
        for (before, after) in before.lines.iter().zip(&after.lines) {
            prop_assert!(after.net <= before.net);
            prop_assert_eq!(after.gross, before.gross);
        }
    }

    #[test]
    fn what_is_open_would_come_to_what_it_says(rule in any_rule(), query in any_query()) {
        for line in assess(std::slice::from_ref(&rule), &query).lines {
            for open in &line.open {
                prop_assert!(open.net < line.net);
                let mut shown = query.clone();
                let group = match &open.condition {
                    Condition::BeneficiaryGroup(group) => group.clone(),
                    Condition::DigitalCitizen => DIGITAL_CITIZEN.to_owned(),
                    Condition::OnTime(term) => {
                        shown.event_dates.insert(term.event_field.clone(), query.filed_on);
                        String::new()
                    }
                    Condition::OnlineChannel => return Err(TestCaseError::fail("not to be shown")),
                };
                shown.claims.push(super::claim(&group, Some(Proof::Dossier)));
                let least = assess(std::slice::from_ref(&rule), &shown).net();
                prop_assert!(least <= open.net);
            }
        }
    }

    #[test]
    fn the_best_single_is_the_least_over_each_alone(rule in any_rule(), query in any_query()) {
        let alone = rule.reductions.iter().map(|one| net_with(&rule, std::slice::from_ref(one), &query));
        let least = alone.fold(net_with(&rule, &[], &query), Ord::min);
        prop_assert_eq!(assess(&[rule], &query).net(), least);
    }
}
