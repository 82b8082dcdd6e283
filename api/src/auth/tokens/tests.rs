//! Access tokens: which hold, and which do not.

#![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
use super::*;

const NOW: i64 = 1_790_000_000_000_000;

fn at(seconds: i64) -> Time {
    Time::from_micros(NOW + seconds * 1_000_000).unwrap()
}

fn tokens(folder: &std::path::Path, issuer: &str) -> AccessTokens {
    AccessTokens::new(&Keyring::open(folder).unwrap(), issuer, 600).unwrap()
}

fn citizen() -> Actor {
    Actor::Citizen {
        person: Id::from_uuid(Uuid::from_u128(1)),
    }
}

#[test]
fn what_was_issued_is_read_back_until_it_expires() {
    let folder = tempfile::tempdir().unwrap();
    let tokens = tokens(folder.path(), "https://a");
    let officer = Actor::Officer {
        officer: Id::from_uuid(Uuid::from_u128(2)),
        agency: Id::from_uuid(Uuid::from_u128(3)),
        roles: Roles::of(&[Role::Receiver, Role::Cashier]),
    };
    for actor in [citizen(), officer] {
        let token = tokens.issue(&actor, at(0), Uuid::nil()).unwrap();
        for _ in 0..2 {
            assert_eq!(tokens.verify(&token, at(0)).ok(), Some(actor));
            assert_eq!(tokens.verify(&token, at(599)).ok(), Some(actor));
            assert!(tokens.verify(&token, at(600)).is_err());
            assert!(tokens.verify(&token, at(-3600)).is_err());
        }
    }
    assert!(tokens.issue(&Actor::System, at(0), Uuid::nil()).is_err());
}

#[test]
fn another_key_issuer_type_algorithm_or_a_changed_byte_does_not_pass() {
    let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let tokens_ours = tokens(ours.path(), "https://a");
    let good = tokens_ours.issue(&citizen(), at(0), Uuid::nil()).unwrap();
    let claims = good.split('.').nth(1).unwrap();
    let none = format!(
        "{}.{claims}.",
        BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"at+jwt"}"#)
    );
    let mut typed = tokens(ours.path(), "https://a");
    typed.signing.0.typ = Some("JWT".to_owned());
    let mut changed = good.clone().into_bytes();
    let place = good.find('.').unwrap() + 20;
    *changed.get_mut(place).unwrap() ^= 1;
    for bad in [
        tokens(theirs.path(), "https://a")
            .issue(&citizen(), at(0), Uuid::nil())
            .unwrap(),
        tokens(ours.path(), "https://b")
            .issue(&citizen(), at(0), Uuid::nil())
            .unwrap(),
        typed.issue(&citizen(), at(0), Uuid::nil()).unwrap(),
        none,
        String::from_utf8(changed).unwrap(),
        good.trim_end_matches(|c| c != '.').to_owned(),
        String::new(),
    ] {
        assert!(tokens_ours.verify(&bad, at(1)).is_err(), "{bad}");
    }
    assert!(tokens_ours.verify(&good, at(1)).is_ok());
}

#[test]
fn the_memory_of_checked_tokens_is_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let tokens = tokens(folder.path(), "https://a");
    let checked = Checked {
        actor: citizen(),
        issued: at(0),
        expires: at(10),
    };
    for number in 0..REMEMBERED + 10 {
        let mut key = [0; 32];
        key.iter_mut()
            .zip(number.to_be_bytes())
            .for_each(|(to, from)| *to = from);
        tokens.remember(key, checked, at(0));
    }
    assert!(tokens.checked.read().unwrap().len() <= REMEMBERED);
}
