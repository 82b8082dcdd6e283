//! How many one-time codes are sent to a number, and for whom.
//!
//! Each code survives five tries, so who guesses has 25 in a million a day at a number: five codes.
//! They are divided so that whoever asks for codes to somebody else's number does not keep its owner
//! out: no one place gets all five, and a device the owner was signed in on before has five of its own,
//! which nobody else can ask for.

use chrono::Duration;

use crate::time::Time;

/// How many codes that nobody uses are sent to a number in a day, asked for by whoever is not known
/// there; and as many by each device that is.
pub const SENDS_A_DAY: usize = 5;

/// How many of them one place that is not known there gets.
pub const SENDS_OF_A_STRANGER: usize = 3;

/// What a code is for: one that was sent for one thing does nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodePurpose {
    /// To sign in with the number.
    SignIn,
    /// To give an account this number in place of the one it has.
    ChangeNumber,
}

impl CodePurpose {
    /// The spelling in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::ChangeNumber => "change_number",
        }
    }

    /// The purpose of that spelling.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::SignIn, Self::ChangeNumber]
            .into_iter()
            .find(|purpose| purpose.as_str() == text)
    }
}

/// A code that was sent to the number in the last day and was not used: a used one was in the right
/// hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// When.
    pub at: Time,
    /// Whether the same device, network or account asked for it.
    pub same_asker: bool,
    /// Whether it was asked for on a device that is known at the number.
    pub known_device: bool,
}

/// Whether another code may be sent now to somebody on a known device, or not.
///
/// # Errors
/// How long to wait first.
pub fn may_send(
    sent: &[Sent],
    known_device: bool,
    now: Time,
    pause: Duration,
) -> Result<(), Duration> {
    let own = |sent: &&Sent| sent.same_asker && sent.known_device == known_device;
    let newest = sent.iter().filter(own).map(|sent| sent.at).max();
    let paused = newest.map_or(Duration::zero(), |newest| pause - now.since(newest));
    let own = full(
        sent.iter().filter(own),
        now,
        if known_device {
            SENDS_A_DAY
        } else {
            SENDS_OF_A_STRANGER
        },
    );
    let of_strangers = if known_device {
        Duration::zero()
    } else {
        full(
            sent.iter().filter(|sent| !sent.known_device),
            now,
            SENDS_A_DAY,
        )
    };
    let wait = paused.max(own).max(of_strangers);
    if wait > Duration::zero() {
        Err(wait)
    } else {
        Ok(())
    }
}

/// How long until fewer than so many lie in the last day.
fn full<'a>(sent: impl Iterator<Item = &'a Sent>, now: Time, most: usize) -> Duration {
    let mut times: Vec<Time> = sent.map(|sent| sent.at).collect();
    times.sort_unstable_by(|a, b| b.cmp(a));
    let blocking = most.checked_sub(1).and_then(|place| times.get(place));
    blocking.map_or(Duration::zero(), |at| Duration::days(1) - now.since(*at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Time {
        Time::from_micros(second * 1_000_000).unwrap_or_else(|| unreachable!())
    }

    fn sent(at_second: i64, same_asker: bool, known_device: bool) -> Sent {
        Sent {
            at: at(at_second),
            same_asker,
            known_device,
        }
    }

    #[test]
    fn a_stranger_gets_three_strangers_five_and_a_known_device_five_of_its_own() {
        let pause = Duration::seconds(30);
        let wait = |sent: &[Sent], known| {
            may_send(sent, known, at(1000), pause).map_err(|wait| wait.num_seconds())
        };
        let mine = |count: i64, known| -> Vec<Sent> {
            (0..count).map(|n| sent(n * 100, true, known)).collect()
        };
        let theirs =
            |count: i64| -> Vec<Sent> { (0..count).map(|n| sent(n * 100, false, false)).collect() };
        assert_eq!(wait(&[], false), Ok(()));
        assert_eq!(wait(&mine(2, false), false), Ok(()));
        assert_eq!(wait(&mine(3, false), false), Err(86_400 - 1000));
        assert_eq!(wait(&theirs(4), false), Ok(()));
        assert_eq!(wait(&theirs(5), false), Err(86_400 - 1000));
        assert_eq!(wait(&theirs(6), false), Err(86_400 - 900));
        assert_eq!(wait(&theirs(50), true), Ok(()));
        assert_eq!(wait(&mine(4, true), true), Ok(()));
        assert_eq!(wait(&mine(5, true), true), Err(86_400 - 1000));
        assert_eq!(wait(&mine(5, true), false), Ok(()));
        assert_eq!(wait(&[sent(990, true, false)], false), Err(20));
        assert_eq!(wait(&[sent(970, true, false)], false), Ok(()));
        assert_eq!(
            wait(&[sent(990, false, false)], false),
            Ok(()),
            "another's pause"
        );
        for purpose in [CodePurpose::SignIn, CodePurpose::ChangeNumber] {
            assert_eq!(CodePurpose::parse(purpose.as_str()), Some(purpose));
        }
    }
}
