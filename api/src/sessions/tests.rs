//! One-time codes against a real store: each limit, each way of not getting in.

#![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]

use std::sync::Arc;

use domain::{
    ids::{CodeRequestId, Id},
    personal::Personal,
    sessions::CodePurpose,
};
use persistence::{Tx, outbox};

use super::{
    codes::{Asker, DELIVERY, RequestOtp, ShownCode, request_otp},
    device::Device,
    use_cases::{Verified, VerifyOtp, verify_otp},
};
use crate::{extract::Network, failure::Failure, fixture::Fixture};

const NUMBER: &str = "+84912345678";

/// Asks for a code from a network; gives the request, and the code as the outbox would deliver it.
async fn request_from(fixture: &Fixture, host: u8) -> Result<(CodeRequestId, String), Failure> {
    let app = &fixture.app;
    let number = Personal::new(NUMBER.to_owned());
    let network = Network::of([203, 0, 113, host].into());
    let asker = Asker::AtTheDoor(Device::default());
    let command = RequestOtp::new(app, number, asker, &network, app.clock.now())?;
    let command = Arc::new(command);
    let (shared, codes, keys) = (
        Arc::clone(&command),
        Arc::clone(&app.one_time_codes),
        Arc::clone(&app.refresh_tokens),
    );
    let ask = move |tx: &mut Tx| request_otp(tx, &codes, &keys, &shared);
    app.store.write(ask).await?;
    Ok((command.id(), command.code().to_owned()))
}

pub(crate) async fn request(fixture: &Fixture) -> Result<(CodeRequestId, String), Failure> {
    request_from(fixture, 1).await
}

pub(crate) async fn verify(fixture: &Fixture, (request, code): (CodeRequestId, &str)) -> Verified {
    let app = fixture.app.clone();
    let now = app.clock.now();
    let command = VerifyOtp {
        shown: ShownCode {
            request,
            number: Personal::new(NUMBER.to_owned()),
            code: Personal::new(code.to_owned()),
            purpose: CodePurpose::SignIn,
            account: None,
            now,
        },
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
    let nothing = Id::from_uuid(uuid::Uuid::nil());
    let refused = verify(&fixture, (nothing, "123456")).await;
    assert_eq!(refused, Verified::NoSuchRequest);
    let (id, code) = request(&fixture).await.unwrap();
    let Verified::Fits(person, true) = verify(&fixture, (id, &code)).await else {
        unreachable!("the code fits and the account is new")
    };
    let again = verify(&fixture, (id, &code)).await;
    assert_eq!(again, Verified::NoSuchRequest, "used up");
    let (id, code) = request(&fixture).await.unwrap();
    let found = verify(&fixture, (id, &code)).await;
    assert_eq!(found, Verified::Fits(person, false));
    let waiting = |tx: &mut Tx| outbox::pending(tx, DELIVERY);
    assert_eq!(fixture.app.store.read(waiting).await, Ok(2));
}

#[actix_web::test]
async fn five_wrong_tries_close_a_code() {
    let fixture = Fixture::new();
    let (id, code) = request(&fixture).await.unwrap();
    for _ in 0..4 {
        assert_eq!(verify(&fixture, (id, &wrong(&code))).await, Verified::Wrong);
    }
    assert!(matches!(
        verify(&fixture, (id, &code)).await,
        Verified::Fits(_, true)
    ));
    let (id, code) = request(&fixture).await.unwrap();
    for _ in 0..5 {
        assert_eq!(verify(&fixture, (id, &wrong(&code))).await, Verified::Wrong);
    }
    assert_eq!(verify(&fixture, (id, &code)).await, Verified::NoSuchRequest);
}

#[actix_web::test]
async fn a_code_holds_for_five_minutes_and_for_its_own_request() {
    let fixture = Fixture::new();
    let (early, early_code) = request(&fixture).await.unwrap();
    fixture.clock.pass(299);
    let (id, code) = request(&fixture).await.unwrap();
    if early_code != code {
        assert_eq!(verify(&fixture, (early, &code)).await, Verified::Wrong);
        assert_eq!(verify(&fixture, (id, &early_code)).await, Verified::Wrong);
    }
    assert!(matches!(
        verify(&fixture, (early, &early_code)).await,
        Verified::Fits(_, true)
    ));
    fixture.clock.pass(300);
    assert_eq!(verify(&fixture, (id, &code)).await, Verified::NoSuchRequest);
}

#[actix_web::test]
async fn codes_are_sent_with_pauses_and_few_a_day_unless_used() {
    let fixture = Fixture::new();
    for _ in 0..7 {
        let (id, code) = request(&fixture).await.unwrap();
        let used = verify(&fixture, (id, &code)).await;
        assert!(matches!(used, Verified::Fits(_, _)), "not counted");
    }
    for number in 0..3 {
        let sent = request(&fixture).await;
        assert!(sent.is_ok(), "{number}: {sent:?}");
        let again = request(&fixture).await.map_err(|failure| failure.code());
        assert_eq!(again.map(drop), Err("too-many-requests"), "{number}");
        fixture.clock.pass(31);
    }
    assert!(
        request(&fixture).await.is_err(),
        "the fourth from one place"
    );
    assert!(request_from(&fixture, 2).await.is_ok());
    assert!(request_from(&fixture, 3).await.is_ok());
    assert!(request_from(&fixture, 4).await.is_err(), "the sixth");
    fixture.clock.pass(86_400);
    assert!(request(&fixture).await.is_ok(), "the next day");
}
