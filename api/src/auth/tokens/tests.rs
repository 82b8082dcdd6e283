//! Access tokens: which hold, and which do not.

#![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};

use domain::actor::Role;

use super::{checked::REMEMBERED, *};
use crate::auth::rotation::{self, LEAD};

const NOW: i64 = 1_790_000_000;

fn at(seconds: i64) -> Time {
    Time::from_micros((NOW + seconds) * 1_000_000).unwrap()
}

fn tokens(folder: &std::path::Path, issuer: &str) -> AccessTokens {
    AccessTokens::new(&Keyring::open(folder).unwrap(), issuer, 600).unwrap()
}

fn citizen() -> Actor {
    Actor::Citizen {
        person: Id::from_uuid(Uuid::from_u128(1)),
    }
}

fn session() -> SessionId {
    Id::from_uuid(Uuid::from_u128(9))
}

fn issued(tokens: &AccessTokens, seconds: i64) -> String {
    let token = tokens.issue(&citizen(), session(), at(seconds), Uuid::nil());
    token.unwrap()
}

#[test]
fn what_was_issued_is_read_back_until_it_expires() {
    let folder = tempfile::tempdir().unwrap();
    let tokens = tokens(folder.path(), "https://a");
    let officer = Actor::Officer {
        officer: Id::from_uuid(Uuid::from_u128(2)),
        agency: Id::from_uuid(Uuid::from_u128(3)),
        roles: Roles::of(&Role::ALL),
    };
    for actor in [citizen(), officer] {
        let token = tokens.issue(&actor, session(), at(0), Uuid::nil()).unwrap();
        assert!(token.len() < LONGEST / 2, "{}", token.len());
        let proven = Proven {
            actor,
            session: session(),
            deputy: None,
        };
        for _ in 0..2 {
            assert_eq!(tokens.verify(&token, at(0)).ok(), Some(proven));
            assert_eq!(tokens.verify(&token, at(599)).ok(), Some(proven));
            assert!(tokens.verify(&token, at(600)).is_err());
            assert!(tokens.verify(&token, at(-3600)).is_err());
        }
    }
    let system = tokens.issue(&Actor::System, session(), at(0), Uuid::nil());
    assert!(system.is_err());
}

#[test]
fn another_key_issuer_algorithm_or_a_changed_byte_does_not_pass() {
    let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let tokens_ours = tokens(ours.path(), "https://a");
    let good = issued(&tokens_ours, 0);
    let claims = good.split('.').nth(1).unwrap();
    let none = format!(
        "{}.{claims}.",
        BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"at+jwt"}"#)
    );
    let mut changed = good.clone().into_bytes();
    let place = good.find('.').unwrap() + 20;
    *changed.get_mut(place).unwrap() ^= 1;
    for bad in [
        issued(&tokens(theirs.path(), "https://a"), 0),
        issued(&tokens(ours.path(), "https://b"), 0),
        none,
        String::from_utf8(changed).unwrap(),
        good.trim_end_matches(|c| c != '.').to_owned(),
        String::new(),
    ] {
        assert!(tokens_ours.verify(&bad, at(1)).is_err(), "{bad}");
    }
    assert!(tokens_ours.verify(&good, at(1)).is_ok());
}

/// A new key is published before it signs, and the one before it is accepted until its last token has
/// run out; a key given up at once takes its tokens with it, known or not.
#[test]
fn keys_change_under_a_running_server() {
    let folder = tempfile::tempdir().unwrap();
    let tokens = tokens(folder.path(), "https://a");
    let kids = |now| -> Vec<_> {
        let keys = tokens.public_keys(at(now)).into_iter();
        keys.map(|key| key.kid).collect()
    };
    let renew = || tokens.renew_keys(&Keyring::open(folder.path()).unwrap());
    let (old, first) = (issued(&tokens, 0), kids(0).remove(0));
    assert!(!renew());
    let (second, since) = rotation::rotate(folder.path(), NOW, 600, false).unwrap();
    assert_eq!(since, NOW + LEAD);
    assert!(renew());
    assert_eq!(kids(0), [first.clone(), second.clone()]);
    let before = issued(&tokens, LEAD - 1);
    let after = issued(&tokens, LEAD);
    for token in [&old, &before, &after] {
        assert!(tokens.verify(token, at(LEAD)).is_ok());
    }
    assert_eq!(kids(LEAD), [second.clone(), first.clone()]);
    let last = LEAD + 600 + 60;
    assert_eq!(kids(last - 1), [second.clone(), first]);
    assert_eq!(kids(last), [second]);

    let (third, _) = rotation::rotate(folder.path(), NOW + 20, 600, true).unwrap();
    assert!(tokens.verify(&after, at(20)).is_ok(), "until it is noticed");
    assert!(renew());
    assert_eq!(kids(20), [third]);
    assert!(tokens.verify(&after, at(20)).is_err());
    assert!(tokens.verify(&issued(&tokens, 20), at(20)).is_ok());
}

#[test]
fn the_memory_of_checked_tokens_is_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let tokens = tokens(folder.path(), "https://a");
    let checked = Checked {
        proven: Proven {
            actor: citizen(),
            session: session(),
            deputy: None,
        },
        issued: at(0),
        expires: at(10),
    };
    for number in 0..REMEMBERED + 10 {
        let mut key = [0; 32];
        key.iter_mut()
            .zip(number.to_be_bytes())
            .for_each(|(to, from)| *to = from);
        tokens.checked.remember(key, checked, at(0));
    }
    assert!(tokens.checked.len() <= REMEMBERED);
}
