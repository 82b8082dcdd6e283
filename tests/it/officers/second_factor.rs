//! The second factor: set before anything else, asked for beside the password, used once, replaced.

use std::ops::Deref;

use chrono::TimeDelta;
use domain::actor::Role::{AgencyAdministrator, Receiver};
use persistence::officers::Officer;
use serde_json::{Value, json};
use tests::accounts::{MY_THUAN, PASSWORD};
use tests::authenticator::Authenticator;
use tests::client::Response;
use tests::content::fault;
use tests::engine::{Engine, Ground};
use tests::on_both_engines;
use tests::server::TestServer;

use super::{Chiefs, decide, login, of};

/// A server that asks officers for a second factor, and for a proof of the last five minutes.
pub(super) struct Strict(TestServer);

impl Deref for Strict {
    type Target = TestServer;

    fn deref(&self) -> &TestServer {
        &self.0
    }
}

impl Ground for Strict {
    async fn prepare(engine: Engine) -> Self {
        Self(TestServer::start_with(engine, |config| {
            config.second_factor = true;
            config.sessions.step_up_seconds = 300;
        }))
    }

    async fn finish(self) {
        self.0.finish().await;
    }
}

pub(super) async fn post(server: &TestServer, path: &str, body: &Value) -> Response {
    server.nobody().post(path).json(body).send().await
}

async fn begin(server: &TestServer, officer: &Officer) -> Response {
    let body = json!({ "login": officer.login, "password": PASSWORD });
    post(server, "/v1/auth/officers/second_factor", &body).await
}

async fn confirm(server: &TestServer, begun: &Value, code: &str) -> Response {
    let body = json!({ "enrolment_token": begun["enrolment_token"], "totp_code": code });
    post(server, "/v1/auth/officers/second_factor/confirm", &body).await
}

/// Sets a second factor; the clock goes on to the next code.
pub(super) async fn enrolled(
    server: &TestServer,
    officer: &Officer,
) -> (Authenticator, Vec<Value>) {
    let begun = begin(server, officer).await.expect(200).json();
    let app = Authenticator::of(begun["secret"].as_str().unwrap());
    let code = app.code(server.app().clock.now());
    let codes = confirm(server, &begun, &code).await.expect(200).json();
    server.clock().advance(TimeDelta::seconds(30));
    (app, codes["recovery_codes"].as_array().unwrap().clone())
}

/// Signs in with the password and one more field.
pub(super) async fn with(
    server: &TestServer,
    officer: &Officer,
    field: &str,
    code: &str,
) -> Response {
    let mut body = json!({ "login": officer.login, "password": PASSWORD });
    body[field] = json!(code);
    post(server, "/v1/auth/officers/login", &body).await
}

on_both_engines! {
    async fn until_a_second_factor_is_set_the_password_sets_one_and_does_nothing_else(server: &Strict) {
        let officer = server.hire(&[Receiver], MY_THUAN).await;
        login(server, &officer.login, PASSWORD).await.refused(403, "second-factor-enrolment-required");
        login(server, &officer.login, "another").await.refused(401, "credentials-refused");
        let wrong = json!({ "login": officer.login, "password": "another" });
        post(server, "/v1/auth/officers/second_factor", &wrong).await.refused(401, "credentials-refused");
        let begun = begin(server, &officer).await.expect(200).json();
        let address = begun["otpauth_url"].as_str().unwrap();
        assert!(address.starts_with("otpauth://totp/") && address.contains(begun["secret"].as_str().unwrap()));
        // The token is no access token.
        let token = begun["enrolment_token"].as_str().unwrap();
        server.nobody().with_token(token).get("/v1/office/inbox").send().await.refused(401, "unauthenticated");
        let app = Authenticator::of(begun["secret"].as_str().unwrap());
        let now = server.app().clock.now();
        confirm(server, &begun, &app.wrong_code(now)).await.refused(401, "credentials-refused");
        login(server, &officer.login, PASSWORD).await.refused(403, "second-factor-enrolment-required");
        let codes = confirm(server, &begun, &app.code(now)).await.expect(200).json();
        assert_eq!(codes["recovery_codes"].as_array().unwrap().len(), 8);
        confirm(server, &begun, &app.code(now)).await.refused(401, "credentials-refused");
        begin(server, &officer).await.refused(409, "second-factor-set");
        login(server, &officer.login, PASSWORD).await.refused(403, "totp-code-required");
        // The code that confirmed is used up; the next one opens.
        with(server, &officer, "totp_code", &app.code(now)).await.refused(401, "credentials-refused");
        server.clock().advance(TimeDelta::seconds(30));
        let code = app.code(server.app().clock.now());
        let session = with(server, &officer, "totp_code", &code).await.expect(200).json();
        let client = server.nobody().with_token(session["access_token"].as_str().unwrap());
        client.get("/v1/office/inbox").send().await.expect(200);
    }

    async fn an_enrolment_waits_ten_minutes_for_the_newest_secret_only(server: &Strict) {
        let officer = server.hire(&[Receiver], MY_THUAN).await;
        let first = begin(server, &officer).await.expect(200).json();
        server.clock().advance(TimeDelta::seconds(1));
        let second = begin(server, &officer).await.expect(200).json();
        let shown = |begun: &Value| Authenticator::of(begun["secret"].as_str().unwrap()).code(server.app().clock.now());
        confirm(server, &first, &shown(&first)).await.refused(401, "credentials-refused");
        server.clock().advance(TimeDelta::minutes(10));
        confirm(server, &second, &shown(&second)).await.refused(401, "credentials-refused");
        let third = begin(server, &officer).await.expect(200).json();
        confirm(server, &third, &shown(&third)).await.expect(200);
        let forged = json!({ "enrolment_token": "mce_AAAA" });
        confirm(server, &forged, "123456").await.refused(401, "credentials-refused");
    }

    async fn a_code_is_good_around_its_time_and_never_twice(server: &Strict) {
        let officer = server.hire(&[Receiver], MY_THUAN).await;
        let (app, _) = enrolled(server, &officer).await;
        let now = server.app().clock.now();
        let at = |seconds| app.code(now.plus(TimeDelta::seconds(seconds)));
        with(server, &officer, "totp_code", &at(60)).await.refused(401, "credentials-refused");
        with(server, &officer, "totp_code", "12345x").await.expect(422).names(fault("/totp_code", "wrong-format"));
        with(server, &officer, "totp_code", &at(30)).await.expect(200);
        // The newer one was used, so the older one is worth nothing either.
        with(server, &officer, "totp_code", &at(0)).await.refused(401, "credentials-refused");
        with(server, &officer, "totp_code", &at(30)).await.refused(401, "credentials-refused");
        server.clock().advance(TimeDelta::seconds(60));
        with(server, &officer, "totp_code", &at(60)).await.expect(200);
    }

    async fn of_two_sign_ins_with_one_code_one_opens(server: &Strict) {
        let officer = server.hire(&[Receiver], MY_THUAN).await;
        let (app, recovery) = enrolled(server, &officer).await;
        for _ in 0..3 {
            server.clock().advance(TimeDelta::seconds(30));
            let code = app.code(server.app().clock.now());
            let sign_in = || with(server, &officer, "totp_code", &code);
            let both = tokio::join!(sign_in(), sign_in());
            let mut statuses = [both.0.status, both.1.status];
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 401]);
        }
        let code = recovery[7].as_str().unwrap();
        let sign_in = || with(server, &officer, "recovery_code", code);
        let both = tokio::join!(sign_in(), sign_in());
        let mut statuses = [both.0.status, both.1.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 401]);
    }

    async fn each_recovery_code_opens_one_session_of_its_owner(server: &Strict) {
        let (officer, other) = (server.hire(&[Receiver], MY_THUAN).await, server.hire(&[Receiver], MY_THUAN).await);
        let (app, codes) = enrolled(server, &officer).await;
        enrolled(server, &other).await;
        with(server, &other, "recovery_code", codes[0].as_str().unwrap()).await.refused(401, "credentials-refused");
        for code in &codes {
            let typed = code.as_str().unwrap().to_lowercase();
            with(server, &officer, "recovery_code", &typed).await.expect(200);
            with(server, &officer, "recovery_code", &typed).await.refused(401, "credentials-refused");
        }
        let mut both = json!({ "login": officer.login, "password": PASSWORD, "recovery_code": codes[0] });
        both["totp_code"] = json!(app.code(server.app().clock.now()));
        let refused = post(server, "/v1/auth/officers/login", &both).await;
        refused.expect(422).names(fault("/recovery_code", "duplicate"));
    }

    /// Wrong codes are counted for who knows the password, and right ones forgive them; the password
    /// alone does not.
    async fn guesses_at_codes_are_few(server: &Strict) {
        let officer = server.hire(&[Receiver], MY_THUAN).await;
        let (app, recovery) = enrolled(server, &officer).await;
        let wrong = app.wrong_code(server.app().clock.now());
        for _ in 0..10 {
            with(server, &officer, "totp_code", &wrong).await.refused(401, "credentials-refused");
            login(server, &officer.login, PASSWORD).await.refused(403, "totp-code-required");
        }
        let right = app.code(server.app().clock.now());
        with(server, &officer, "totp_code", &right).await.refused(429, "too-many-requests");
        with(server, &officer, "recovery_code", recovery[0].as_str().unwrap()).await.expect(200);
        server.clock().advance(TimeDelta::seconds(90));
        let right = app.code(server.app().clock.now());
        with(server, &officer, "totp_code", &right).await.expect(200);
        with(server, &officer, "totp_code", &wrong).await.refused(401, "credentials-refused");
    }

    async fn an_administrator_takes_a_lost_one_away_and_the_sessions_with_it(server: &Strict) {
        let chiefs = Chiefs::of(server).await;
        let officer = server.hire(&[Receiver], MY_THUAN).await;
        let (app, recovery) = enrolled(server, &officer).await;
        let code = app.code(server.app().clock.now());
        let session = with(server, &officer, "totp_code", &code).await.expect(200).json();
        let reset = format!("{}/reset_second_factor", of(&officer));
        chiefs.local.post(&reset).if_match("\"v7\"").send().await.refused(412, "version-mismatch");
        let answer = chiefs.local.post(&reset).if_match("\"v1\"").send().await.expect(200);
        assert!(answer.etag().starts_with("\"v2-"));
        chiefs.local.post(&reset).if_match("\"v2\"").send().await.refused(404, "not-found");
        let refresh = json!({ "refresh_token": session["refresh_token"] });
        post(server, "/v1/auth/refresh", &refresh).await.refused(401, "credentials-refused");
        server.clock().advance(TimeDelta::seconds(30));
        login(server, &officer.login, PASSWORD).await.refused(403, "second-factor-enrolment-required");
        let (again, _) = enrolled(server, &officer).await;
        with(server, &officer, "recovery_code", recovery[0].as_str().unwrap()).await.refused(401, "credentials-refused");
        let old = app.code(server.app().clock.now());
        with(server, &officer, "totp_code", &old).await.refused(401, "credentials-refused");
        let new = again.code(server.app().clock.now());
        with(server, &officer, "totp_code", &new).await.expect(200);
    }

    /// With the password and the device of an administrator one person would be two.
    async fn an_administrators_takes_two(server: &Strict) {
        let chiefs = Chiefs::of(server).await;
        let chief = server.hire(&[AgencyAdministrator], MY_THUAN).await;
        enrolled(server, &chief).await;
        let reset = format!("{}/reset_second_factor", of(&chief));
        chiefs.first.post(&reset).if_match("\"v1\"").send().await.refused(403, "second-person-needed");
        let proposed = chiefs.first.post(&format!("{}/reset_sign_in", of(&chief))).send().await.expect(200).json();
        let approved = decide(&chiefs.second, &proposed, "approve").await.expect(200).json();
        let one_time = approved["one_time_password"].as_str().unwrap();
        let choice = json!({ "login": chief.login, "password": one_time, "new_password": PASSWORD });
        post(server, "/v1/auth/officers/password", &choice).await.expect(204);
        login(server, &chief.login, PASSWORD).await.refused(403, "second-factor-enrolment-required");
    }

    /// Where nobody is required to have one, whoever has set one still shows it.
    async fn whoever_has_one_shows_it(server: &TestServer) {
        let officer = server.hire(&[Receiver], MY_THUAN).await;
        login(server, &officer.login, PASSWORD).await.expect(200);
        let (app, _) = enrolled(server, &officer).await;
        login(server, &officer.login, PASSWORD).await.refused(403, "totp-code-required");
        let code = app.code(server.app().clock.now());
        with(server, &officer, "totp_code", &code).await.expect(200);
    }
}
