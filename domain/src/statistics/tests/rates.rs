//! Shares: rounding, nothing divided by nothing, and their words.

use super::*;

#[test]
fn a_share_is_rounded_to_four_decimals_and_empty_on_nothing_by_nothing() {
    let value = |part, whole| Rate::of(RateId::OnlineOfNewV1, part, whole).value;
    for (part, whole, expected) in [
        (0, 0, None),
        (0, 7, Some(0.0)),
        (7, 7, Some(1.0)),
        (1, 3, Some(0.3333)),
        (2, 3, Some(0.6667)),
        (1, 20_000, Some(0.0001)),
        (1, 20_001, Some(0.0)),
        (u64::MAX, u64::MAX, Some(1.0)),
    ] {
        assert_eq!(value(part, whole), expected, "{part}/{whole}");
    }
}

#[test]
fn nothing_in_the_period_gives_no_share_and_not_0_or_100_percent() {
    let summary = summarise(
        [],
        period("2026-02-11", "2026-02-13"),
        at("2026-12-31 00:00"),
    );
    assert_eq!(summary.counts, Counts::default());
    assert!(!summary.rates.is_empty());
    for rate in summary.rates {
        assert_eq!(
            (rate.numerator, rate.denominator, rate.value),
            (0, 0, None),
            "{:?}",
            rate.id
        );
        assert!(rate.definition.vi.ends_with('.') && rate.definition.en.ends_with('.'));
    }
}
