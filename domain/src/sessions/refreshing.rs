//! What a refresh token is worth when it is shown.
//!
//! It is spent at its first use and has one successor. A reply may be lost, so the device that spent
//! it may ask for the same successor again for a few seconds. Whoever shows it later, or from another
//! device, shows that it is in two hands: which of them is the thief cannot be known, so the session
//! ends for both (RFC 9700 §4.14.2).

use chrono::Duration;

use crate::time::Time;

/// Who shows the token, compared with the session's device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Device {
    /// The device the session was opened on: it knows the name the app gave it.
    Same,
    /// Somebody who does not know that name.
    Other,
    /// The session was opened without a name, so only the network is there to compare.
    Unnamed {
        /// Whether it is the network the session was used from last.
        same_network: bool,
    },
}

/// A refresh token as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// When it was spent, if it was.
    pub spent_at: Option<Time>,
    /// Whether its session was ended.
    pub ended: bool,
    /// When its session is too old to go on.
    pub expires_at: Time,
    /// Who shows it.
    pub device: Device,
}

/// What it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// A successor: it is spent by this.
    Successor,
    /// The successor it has already.
    SameSuccessor,
    /// The end of the session: it is in two hands.
    Theft,
    /// Nothing: the session is over.
    Nothing,
}

/// What a token is worth now, with so long to ask again after a lost reply.
pub fn worth(shown: Shown, now: Time, grace: Duration) -> Worth {
    let Shown {
        spent_at,
        ended,
        expires_at,
        device,
    } = shown;
    if ended || now >= expires_at {
        return Worth::Nothing;
    }
    match (spent_at, device) {
        // A device that moves from one network to another is the same device.
        (None, Device::Same | Device::Unnamed { same_network: _ }) => Worth::Successor,
        (Some(spent_at), Device::Same | Device::Unnamed { same_network: true })
            if now.since(spent_at) < grace =>
        {
            Worth::SameSuccessor
        }
        (None, Device::Other) | (Some(_), _) => Worth::Theft,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Time {
        Time::from_micros(second * 1_000_000).unwrap_or_else(|| unreachable!())
    }

    #[test]
    fn a_token_is_worth_one_successor_and_then_the_session() {
        use Device::{Other, Same, Unnamed};
        let (here, away) = (
            Unnamed { same_network: true },
            Unnamed {
                same_network: false,
            },
        );
        let grace = Duration::seconds(10);
        for (spent, device, now, expected) in [
            (None, Same, 0, Worth::Successor),
            (None, here, 0, Worth::Successor),
            (None, away, 0, Worth::Successor),
            (None, Other, 0, Worth::Theft),
            (Some(0), Same, 0, Worth::SameSuccessor),
            (Some(0), Same, 9, Worth::SameSuccessor),
            (Some(0), here, 9, Worth::SameSuccessor),
            (Some(0), away, 0, Worth::Theft),
            (Some(0), Other, 0, Worth::Theft),
            (Some(0), Same, 10, Worth::Theft),
            (Some(0), here, 10, Worth::Theft),
            (Some(0), Same, 100, Worth::Nothing),
            (None, Same, 100, Worth::Nothing),
            (None, Other, 100, Worth::Nothing),
        ] {
            let shown = Shown {
                spent_at: spent.map(at),
                ended: false,
                expires_at: at(100),
                device,
            };
            let found = worth(shown, at(now), grace);
            assert_eq!(found, expected, "{spent:?} {device:?} {now}");
            let ended = Shown {
                ended: true,
                ..shown
            };
            assert_eq!(worth(ended, at(now), grace), Worth::Nothing);
        }
    }
}
