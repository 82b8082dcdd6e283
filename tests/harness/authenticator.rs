//! An authenticator app, written anew from RFC 6238 so that it shares nothing with the server.

use aws_lc_rs::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};
use domain::time::Time;

/// The app on an officer's phone, with one account in it.
#[derive(Debug, Clone)]
pub struct Authenticator {
    key: Key,
}

impl Authenticator {
    /// With the secret as it was shown, in base 32 (RFC 4648).
    pub fn of(secret: &str) -> Self {
        let (mut bits, mut held, mut bytes) = (0_u32, 0_u32, Vec::new());
        for letter in secret.bytes() {
            let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
            let value = alphabet.iter().position(|known| *known == letter);
            let value = u32::try_from(value.expect("a letter of base 32")).expect("five bits");
            (bits, held) = (bits << 5 | value, held + 5);
            if held >= 8 {
                held -= 8;
                bytes.push(u8::try_from(bits >> held & 0xff).expect("a byte"));
                bits &= (1 << held) - 1;
            }
        }
        Self {
            key: Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, &bytes),
        }
    }

    /// The code it shows at this time.
    pub fn code(&self, now: Time) -> String {
        let step = now.utc().timestamp() / 30;
        let digest = sign(&self.key, &step.to_be_bytes());
        let digest = digest.as_ref();
        let place = usize::from(digest[19] & 0x0f);
        let four = digest[place..place + 4].try_into().expect("four bytes");
        let number = u32::from_be_bytes(four) & 0x7fff_ffff;
        format!("{:06}", number % 1_000_000)
    }

    /// A code that is none of those around this time.
    pub fn wrong_code(&self, now: Time) -> String {
        let near = [-30, 0, 30].map(|away| self.code(now.plus(chrono::TimeDelta::seconds(away))));
        let mut all = (0..4).map(|n| format!("{n:06}"));
        all.find(|code| !near.contains(code)).expect("one of four")
    }
}
