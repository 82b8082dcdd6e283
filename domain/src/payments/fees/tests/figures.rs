//! The figures the acts give, computed.

use super::*;
use crate::ids::PaperId;

fn certified_copy() -> FeeRule {
    let tariff = PageTariff {
        first_pages: 2,
        first_price: Dong::new(2_000),
        further_price: Dong::new(1_000),
        cap_per_copy: Dong::new(200_000),
    };
    rule(FeeUnit::Page, Tariff::PerPage(tariff))
}

fn on(date: &str, channel: FeeChannel) -> FeeQuery {
    FeeQuery::new(day(date), channel)
}

#[test]
fn certified_copies_cost_by_the_pages_of_the_original_up_to_the_cap() {
    let cases = [
        (0, 1, 0),
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (197, 1, 199_000),
        (198, 1, 200_000),
        (199, 1, 200_000),
        (u32::MAX, 1, 200_000),
        (3, 4, 20_000),
        (199, 3, 600_000),
        (3, 0, 0),
    ];
    for (pages, copies, expected) in cases {
        let query = FeeQuery {
            copies,
            pages,
            ..on("2026-02-11", FeeChannel::Direct)
        };
        let assessment = assess(&[certified_copy()], &query);
        assert_eq!(
            assessment.net(),
            Dong::new(expected),
            "{pages} pages, {copies} copies"
        );
    }
}

#[test]
fn three_copies_of_an_extract_cost_24_000() {
    let query = FeeQuery {
        copies: 3,
        ..on("2026-02-11", FeeChannel::Online)
    };
    let assessment = assess(&[rule(FeeUnit::Copy, flat(8_000))], &query);
    let line = assessment.lines.first().unwrap();
    assert_eq!(
        (line.quantity, line.gross, line.net),
        (3, Dong::new(24_000), Dong::new(24_000))
    );
    assert_eq!(line.applied, None);
}

#[test]
fn the_channel_chooses_the_amount_and_the_unit_the_quantity() {
    let residence = || {
        Tariff::Flat(Amounts {
            direct: Dong::new(20_000),
            online: Some(Dong::new(10_000)),
            post: None,
        })
    };
    let cases = [
        (FeeChannel::Direct, FeeUnit::Dossier, 20_000),
        (FeeChannel::Online, FeeUnit::Dossier, 10_000),
        (FeeChannel::Post, FeeUnit::Dossier, 20_000),
        (FeeChannel::Online, FeeUnit::Copy, 20_000),
        (FeeChannel::Online, FeeUnit::Person, 30_000),
        (FeeChannel::Online, FeeUnit::Page, 100_000),
    ];
    for (channel, unit, expected) in cases {
        let query = FeeQuery {
            copies: 2,
            persons: 3,
            pages: 5,
            ..on("2026-02-11", channel)
        };
        let net = assess(&[rule(unit, residence())], &query).net();
        assert_eq!(net, Dong::new(expected), "{channel:?} {unit:?}");
    }
}

#[test]
fn each_effect_and_condition_gives_its_amount() {
    let cases = [
        (group("merit"), Effect::Free, 0),
        (group("merit"), Effect::Percent(50), 15_000),
        (group("merit"), Effect::Percent(33), 20_100),
        (group("merit"), Effect::Percent(100), 0),
        (group("merit"), Effect::Percent(0), 30_000),
        (group("merit"), Effect::Minus(Dong::new(1_000)), 27_000),
        (group("merit"), Effect::Minus(Dong::new(11_000)), 0),
        (group("merit"), Effect::Fixed(Dong::new(4_000)), 12_000),
        (group("merit"), Effect::Fixed(Dong::new(40_000)), 30_000),
        (group("nobody"), Effect::Free, 30_000),
        (Condition::OnlineChannel, Effect::Percent(50), 15_000),
    ];
    for (condition, effect, expected) in cases {
        let mut copies = rule(FeeUnit::Copy, flat(10_000));
        let label = format!("{condition:?} {effect:?}");
        copies.reductions.push(reduction("only", condition, effect));
        let claims = vec![Claim {
            group: "merit".into(),
            proof: None,
        }];
        let query = FeeQuery {
            copies: 3,
            claims,
            ..on("2026-02-11", FeeChannel::Online)
        };
        let net = assess(&[copies], &query).net();
        assert_eq!(net, Dong::new(expected), "{label}");
    }
    assert_eq!(
        Effect::Percent(50).net(Dong::new(75_001), 1),
        Dong::new(37_500)
    );
    assert_eq!(Effect::Percent(255).net(Dong::new(75_001), 1), Dong::ZERO);
}

#[test]
fn the_best_single_reduction_wins_and_the_first_listed_of_equals() {
    let mut fee = rule(FeeUnit::Dossier, flat(200_000));
    fee.reductions = vec![
        reduction("ten", Condition::OnlineChannel, Effect::Percent(10)),
        reduction("half", group("student"), Effect::Percent(50)),
        reduction("fixed", group("merit"), Effect::Fixed(Dong::new(100_000))),
    ];
    let paper = Proof::Paper(PaperId::from_uuid(uuid::Uuid::from_u128(7)));
    let claim = |group: &str| Claim {
        group: group.into(),
        proof: Some(paper.clone()),
    };
    let claims = vec![claim("merit"), claim("student")];
    let query = FeeQuery {
        claims,
        ..on("2026-02-11", FeeChannel::Online)
    };
    let assessment = assess(&[fee], &query);
    let line = assessment.lines.first().unwrap();
    assert_eq!(
        line.net,
        Dong::new(100_000),
        "not 90,000: they do not add up"
    );
    let applied = AppliedReduction {
        code: "half".into(),
        saved: Dong::new(100_000),
        proof: Some(paper),
        legal_basis: "basis of half".into(),
    };
    assert_eq!(line.applied, Some(applied));
}

#[test]
fn a_claim_counts_only_with_the_proof_that_the_rule_asks_for() {
    let mut fee = rule(FeeUnit::Dossier, flat(8_000));
    let mut exempt = reduction("poor", group("poor"), Effect::Free);
    exempt.proof_needed = Some(Localized::new("Giấy chứng nhận hộ nghèo", "Certificate"));
    fee.reductions.push(exempt);
    let bare = Claim {
        group: "poor".into(),
        proof: None,
    };
    let shown = Claim {
        proof: Some(Proof::Database("poor_households".into())),
        ..bare.clone()
    };
    let cases = [
        (vec![], 8_000, 0),
        (vec![bare.clone()], 8_000, 1),
        (vec![bare, shown], 0, 0),
    ];
    for (claims, expected, unproven) in cases {
        let query = FeeQuery {
            claims,
            ..on("2026-02-11", FeeChannel::Direct)
        };
        let assessment = assess(std::slice::from_ref(&fee), &query);
        let line = assessment.lines.first().unwrap();
        assert_eq!(
            (line.net, line.unproven.len()),
            (Dong::new(expected), unproven)
        );
    }
}

#[test]
fn only_rules_in_force_give_lines_and_the_sums_are_theirs() {
    let mut gone = rule(FeeUnit::Dossier, flat(3_000));
    gone.in_force.last_day = Some(day("2026-02-10"));
    let rules = [
        gone,
        rule(FeeUnit::Dossier, flat(5_000)),
        rule(FeeUnit::Copy, flat(8_000)),
    ];
    let at = |date| assess(&rules, &on(date, FeeChannel::Direct));
    assert_eq!(
        (at("2026-02-10").lines.len(), at("2026-02-10").gross()),
        (3, Dong::new(16_000))
    );
    assert_eq!(
        (at("2026-02-11").lines.len(), at("2026-02-11").net()),
        (2, Dong::new(13_000))
    );
}
