//! What waits after an account was given another telephone number.
//!
//! Whoever takes over a number (by a second SIM card, say) changes at once what would lead the owner
//! back or the results astray. For a day such changes are refused, and the owner is told at the old
//! number.

use chrono::Duration;

use crate::{
    rejection::{Code, Rejection},
    time::Time,
};

/// How long what is sensitive waits.
pub const HOLD: Duration = Duration::hours(24);

/// Nothing when the account is not held at this instant. For what a thief would do next: another
/// number, another address, a mandate, a refund.
///
/// # Errors
/// `account-on-hold`.
pub fn refuse_while_held(held_until: Option<Time>, now: Time) -> Result<(), Rejection> {
    match held_until {
        Some(until) if now < until => Err(Code::AccountOnHold.into()),
        Some(_) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hold_ends_at_its_instant() {
        let at =
            |second: i64| Time::from_micros(second * 1_000_000).unwrap_or_else(|| unreachable!());
        for (until, now, free) in [
            (None, 0, true),
            (Some(10), 9, false),
            (Some(10), 10, true),
            (Some(10), 11, true),
        ] {
            let refused = refuse_while_held(until.map(at), at(now));
            assert_eq!(refused.is_ok(), free, "{until:?} {now}");
        }
    }
}
