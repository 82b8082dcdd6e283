//! One-time codes against a real store: each limit, each way of not getting in.

#![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]

use std::sync::Arc;

use domain::{ids::Id, personal::Personal};
use persistence::{Tx, outbox};

use super::use_cases::{DELIVERY, RequestOtp, Verified, VerifyOtp, request_otp, verify_otp};
use crate::{failure::Failure, fixture::Fixture};

const NUMBER: &str = "+84912345678";

/// Asks for a code; gives the code as the outbox would deliver it.
async fn request(fixture: &Fixture) -> Result<String, Failure> {
    let app = &fixture.app;
    let number = Personal::new(NUMBER.to_owned());
    let command = Arc::new(RequestOtp::new(app, number, app.clock.now())?);
    let shared = Arc::clone(&command);
    app.store.write(move |tx| request_otp(tx, &shared)).await?;
    Ok(command.code().to_owned())
}

async fn verify(fixture: &Fixture, code: &str) -> Verified {
    let app = fixture.app.clone();
    let now = app.clock.now();
    let command = VerifyOtp {
        now,
        number: Personal::new(NUMBER.to_owned()),
        code: Personal::new(code.to_owned()),
        new_person: Id::from_uuid(app.ids.uuid(now)),
        new_event: app.ids.uuid(now),
        language: "vi",
    };
    let shared = app.clone();
    let verified = app
        .store
        .write(move |tx| verify_otp(tx, &shared.one_time_codes, &command))
        .await;
    verified.unwrap()
}

fn wrong(code: &str) -> String {
    let last = if code.ends_with('0') { '1' } else { '0' };
    format!("{}{last}", code.get(..5).unwrap())
}

#[actix_web::test]
async fn the_first_good_code_makes_the_account_and_the_next_finds_it() {
    let fixture = Fixture::new();
    assert_eq!(verify(&fixture, "123456").await, Verified::Refused);
    let code = request(&fixture).await.unwrap();
    let Verified::Fits(person, true) = verify(&fixture, &code).await else {
        unreachable!("the code fits and the account is new")
    };
    assert_eq!(verify(&fixture, &code).await, Verified::Refused, "used up");
    let code = request(&fixture).await.unwrap();
    assert_eq!(verify(&fixture, &code).await, Verified::Fits(person, false));
    let waiting = |tx: &mut Tx| outbox::pending(tx, DELIVERY);
    assert_eq!(fixture.app.store.read(waiting).await, Ok(2));
}

#[actix_web::test]
async fn five_wrong_tries_close_a_code() {
    let fixture = Fixture::new();
    let code = request(&fixture).await.unwrap();
    for _ in 0..4 {
        assert_eq!(verify(&fixture, &wrong(&code)).await, Verified::Refused);
    }
    assert!(matches!(
        verify(&fixture, &code).await,
        Verified::Fits(_, true)
    ));
    let code = request(&fixture).await.unwrap();
    for _ in 0..5 {
        assert_eq!(verify(&fixture, &wrong(&code)).await, Verified::Refused);
    }
    assert_eq!(verify(&fixture, &code).await, Verified::Refused);
}

#[actix_web::test]
async fn a_code_holds_for_five_minutes_and_only_the_newest_does() {
    let fixture = Fixture::new();
    let early = request(&fixture).await.unwrap();
    fixture.clock.pass(299);
    let code = request(&fixture).await.unwrap();
    if early != code {
        assert_eq!(verify(&fixture, &early).await, Verified::Refused);
    }
    fixture.clock.pass(300);
    assert_eq!(verify(&fixture, &code).await, Verified::Refused);
}

#[actix_web::test]
async fn codes_are_sent_with_pauses_and_five_a_day_unless_used() {
    let fixture = Fixture::new();
    for _ in 0..7 {
        let code = request(&fixture).await.unwrap();
        let used = verify(&fixture, &code).await;
        assert!(matches!(used, Verified::Fits(_, _)), "not counted");
    }
    for number in 0..5 {
        let sent = request(&fixture).await;
        assert!(sent.is_ok(), "{number}: {sent:?}");
        let again = request(&fixture).await.map_err(|failure| failure.code());
        assert_eq!(again, Err("too-many-requests"), "{number}");
        fixture.clock.pass(31);
    }
    assert!(request(&fixture).await.is_err(), "the sixth");
    fixture.clock.pass(86_400);
    assert!(request(&fixture).await.is_ok(), "the next day");
}
