//! Passwords officers choose: long ones, of any character, compared as sent, without an end, and never by the
//! password alone where there is a second factor.

use chrono::TimeDelta;
use domain::actor::Role::Receiver;
use serde_json::{Value, json};
use tests::accounts::{MY_THUAN, PASSWORD};
use tests::client::Response;
use tests::content::fault;
use tests::on_both_engines;
use tests::server::TestServer;

use super::login;
use super::second_factor::{Strict, enrolled, with};

/// 64 characters: accents, blanks, signs and a picture.
const LONG: &str = "mưa thuận gió hòa, mùa màng bội thu! <>&\"'\\ 🌾 lúa chín vàng đồng";

async fn choose(server: &TestServer, body: &Value) -> Response {
    let request = server.nobody().post("/v1/auth/officers/password");
    request.json(body).send().await
}

on_both_engines! {
    async fn a_password_is_long_free_in_its_characters_compared_as_sent_and_does_not_run_out(server: &TestServer) {
        assert_eq!(LONG.chars().count(), 64);
        let officer = server.hire(&[Receiver], MY_THUAN).await;
        let wish = |old: &str, new: &str| json!({ "login": officer.login, "password": old, "new_password": new });
        choose(server, &wish("mật khẩu khác của ai", LONG)).await.refused(401, "credentials-refused");
        choose(server, &wish(PASSWORD, "ngắn")).await.expect(422).names(fault("/new_password", "too-short"));
        choose(server, &wish(PASSWORD, PASSWORD)).await.expect(422).names(fault("/new_password", "duplicate"));
        choose(server, &wish(PASSWORD, LONG)).await.expect(204);
        login(server, &officer.login, PASSWORD).await.refused(401, "credentials-refused");
        let shortened: String = LONG.chars().take(63).collect();
        for other in [shortened, LONG.to_uppercase(), format!("{LONG} ")] {
            login(server, &officer.login, &other).await.refused(401, "credentials-refused");
        }
        server.clock().advance(TimeDelta::days(400));
        login(server, &officer.login, LONG).await.expect(200);
    }

    async fn where_there_is_a_second_factor_a_password_is_chosen_with_its_code(server: &Strict) {
        let officer = server.hire(&[Receiver], MY_THUAN).await;
        let (app, recovery) = enrolled(server, &officer).await;
        let wish = json!({ "login": officer.login, "password": PASSWORD, "new_password": LONG });
        let shown = |field: &str, code: &str| {
            let mut wish = wish.clone();
            wish[field] = json!(code);
            wish
        };
        choose(server, &wish).await.refused(403, "totp-code-required");
        let now = || server.app().clock.now();
        choose(server, &shown("totp_code", &app.wrong_code(now()))).await.refused(401, "credentials-refused");
        choose(server, &shown("totp_code", "12345")).await.expect(422).names(fault("/totp_code", "wrong-format"));
        // Nothing of it changed the password, and the code that does is used up by it.
        let code = app.code(now());
        choose(server, &shown("totp_code", &code)).await.expect(204);
        let back = json!({ "login": officer.login, "password": LONG, "new_password": PASSWORD, "totp_code": code });
        choose(server, &back).await.refused(401, "credentials-refused");
        let recovered = json!({
            "login": officer.login, "password": LONG, "new_password": PASSWORD, "recovery_code": recovery[0]
        });
        choose(server, &recovered).await.expect(204);
        with(server, &officer, "recovery_code", recovery[0].as_str().unwrap()).await.refused(401, "credentials-refused");
        with(server, &officer, "recovery_code", recovery[1].as_str().unwrap()).await.expect(200);
    }
}
