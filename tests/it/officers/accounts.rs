//! Accounts: made, read, changed, reset.

use domain::actor::Role::{self, AgencyAdministrator, Auditor, ProvinceAdministrator, Receiver};
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN, PASSWORD, PROVINCE};
use tests::client::{Client, Response};
use tests::content::fault;
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

use super::{Chiefs, login, of, propose, role};

const OFFICERS: &str = "/v1/admin/officers";

fn new(name: &str, agency: Uuid) -> Value {
    json!({ "login": name, "full_name": "Lê Thị Sen", "agency_id": agency })
}

async fn create(by: &Client, body: &Value) -> Response {
    by.post(OFFICERS).json(body).send().await
}

async fn patch(by: &Client, address: &str, etag: &str, body: &Value) -> Response {
    let request = by.patch(address).if_match(etag);
    let media = "application/merge-patch+json";
    request.body(media, body.to_string()).send().await
}

on_both_engines! {
    async fn an_account_begins_with_a_password_for_choosing_another(server: &TestServer) {
        let chiefs = Chiefs::of(server).await;
        let made = create(&chiefs.local, &new("sen", MY_THUAN.uuid())).await.expect(200).json();
        let one_time = made["one_time_password"].as_str().unwrap();
        assert_eq!(made["officer"]["must_change_password"], true);
        login(server, "sen", one_time).await.refused(403, "password-change-required");
        login(server, "sen", "something else").await.refused(401, "credentials-refused");
        let choose = async |old: &str, new: &str| {
            let body = json!({ "login": "sen", "password": old, "new_password": new });
            server.nobody().post("/v1/auth/officers/password").json(&body).send().await
        };
        choose(one_time, "short").await.expect(422).names(fault("/new_password", "too-short"));
        choose(one_time, &"x".repeat(257)).await.expect(422).names(fault("/new_password", "too-long"));
        choose(one_time, one_time).await.expect(422).names(fault("/new_password", "duplicate"));
        choose("not the one", "một mật khẩu khác").await.refused(401, "credentials-refused");
        choose(one_time, "một mật khẩu khác").await.expect(204);
        choose(one_time, "thêm một lần nữa").await.refused(401, "credentials-refused");
        login(server, "sen", one_time).await.refused(401, "credentials-refused");
        let session = login(server, "sen", "một mật khẩu khác").await.expect(200).json();
        assert_eq!((&session["agency_id"], &session["roles"]), (&json!(MY_THUAN), &json!([])));
        let sen = server.nobody().with_token(session["access_token"].as_str().unwrap());
        sen.get(OFFICERS).send().await.refused(403, "role-forbids");
        create(&sen, &new("another", MY_THUAN.uuid())).await.refused(403, "role-forbids");
    }

    async fn accounts_are_checked_before_they_are_made(server: &TestServer) {
        let chiefs = Chiefs::of(server).await;
        create(&chiefs.first, &new("sen", BINH_SON.uuid())).await.expect(200);
        create(&chiefs.first, &new("sen", MY_THUAN.uuid())).await.refused(409, "already-exists");
        create(&chiefs.first, &new("Sen", MY_THUAN.uuid())).await.expect(422).names(fault("/login", "wrong-format"));
        let nowhere = new("hoa", Uuid::now_v7());
        create(&chiefs.first, &nowhere).await.expect(422).names(fault("/agency_id", "unknown-reference"));
        let nameless = json!({ "login": "hoa", "full_name": " ", "agency_id": MY_THUAN });
        create(&chiefs.first, &nameless).await.expect(422).names(fault("/full_name", "required"));
        create(&chiefs.local, &new("hoa", BINH_SON.uuid())).await.refused(403, "role-forbids");
    }

    async fn each_administrator_sees_their_own(server: &TestServer) {
        let chiefs = Chiefs::of(server).await;
        let near = server.hire(&[Receiver], MY_THUAN).await;
        let far = server.hire(&[Receiver], BINH_SON).await;
        for chief in [&chiefs.first, &chiefs.local] {
            let page = chief.get(&format!("{OFFICERS}?agency_id={MY_THUAN}&page_size=1")).send().await.expect(200).json();
            assert_eq!(page["items"][0]["officer_id"], json!(near.id));
            let token = page["next_page_token"].as_str().unwrap();
            let next = format!("{OFFICERS}?agency_id={MY_THUAN}&page_size=1&page_token={token}");
            let next = chief.get(&next).send().await.expect(200).json();
            assert_ne!(next["items"][0]["officer_id"], json!(near.id));
            assert_eq!(next["next_page_token"], Value::Null);
            let read = chief.get(&of(&near)).send().await.expect(200);
            assert!(read.etag().starts_with("\"v1-"));
            assert_eq!(read.json()["login"], json!(near.login));
            let roles = chief.get(&format!("{}/roles", of(&near))).send().await.expect(200).json();
            assert_eq!((&roles["items"][0]["role"], &roles["items"][0]["holds"]), (&json!("receiver"), &json!(true)));
        }
        chiefs.first.get(&of(&far)).send().await.expect(200);
        chiefs.local.get(&of(&far)).send().await.refused(404, "not-found");
        chiefs.local.get(&format!("{}/roles", of(&far))).send().await.refused(404, "not-found");
        chiefs.local.get(&format!("{OFFICERS}?agency_id={BINH_SON}")).send().await.refused(403, "role-forbids");
        patch(&chiefs.local, &of(&far), "\"v1\"", &json!({ "active": false })).await.refused(404, "not-found");
        chiefs.local.post(&format!("{}/reset_password", of(&far))).if_match("\"v1\"").send().await.refused(404, "not-found");
    }

    async fn an_account_is_changed_by_who_could_take_its_roles(server: &TestServer) {
        let chiefs = Chiefs::of(server).await;
        let officer = server.hire(&[Receiver], MY_THUAN).await;
        let holder = server.officer_at_the_door(&[Receiver], MY_THUAN).await;
        holder.get("/v1/office/inbox").send().await.expect(200);
        patch(&chiefs.local, &of(&officer), "\"v7\"", &json!({ "active": false })).await.refused(412, "version-mismatch");
        patch(&chiefs.local, &of(&officer), "\"v1\"", &json!({ "active": null })).await.expect(422).names(fault("/active", "required"));
        let changed = patch(&chiefs.local, &of(&officer), "\"v1\"", &json!({ "full_name": "Lê Thị Súng", "active": false })).await.expect(200);
        assert!(changed.etag().starts_with("\"v2-"));
        assert_eq!(changed.json()["full_name"], json!("Lê Thị Súng"));
        login(server, &officer.login, PASSWORD).await.refused(401, "credentials-refused");
        patch(&chiefs.local, &of(&officer), "\"v2\"", &json!({ "active": true })).await.expect(200);
        login(server, &officer.login, PASSWORD).await.expect(200);
        // An auditor, an administrator and one of the province sit at the same agency.
        for high in [Auditor, AgencyAdministrator, ProvinceAdministrator] {
            let high = server.hire(&[Receiver, high], MY_THUAN).await;
            patch(&chiefs.local, &of(&high), "\"v1\"", &json!({ "active": false })).await.refused(403, "role-forbids");
            chiefs.local.post(&format!("{}/reset_password", of(&high))).if_match("\"v1\"").send().await.refused(403, "role-forbids");
            patch(&chiefs.first, &of(&high), "\"v1\"", &json!({ "active": false })).await.expect(200);
        }
    }

    async fn a_reset_password_is_only_for_choosing_another(server: &TestServer) {
        let chiefs = Chiefs::of(server).await;
        let officer = server.hire(&[Receiver], MY_THUAN).await;
        let reset = |etag: &'static str| chiefs.local.post(&format!("{}/reset_password", of(&officer))).if_match(etag).send();
        let answer = reset("\"v1\"").await.expect(200);
        assert!(answer.etag().starts_with("\"v2-"));
        login(server, &officer.login, PASSWORD).await.refused(401, "credentials-refused");
        let one_time = answer.json()["one_time_password"].as_str().unwrap().to_owned();
        login(server, &officer.login, &one_time).await.refused(403, "password-change-required");
        reset("\"v1\"").await.refused(412, "version-mismatch");
        chiefs.local.post(&format!("{}/reset_password", of(&officer))).send().await.refused(428, "precondition-required");
        // With an administrator's password one person would be two.
        let chief = server.hire(&[AgencyAdministrator], MY_THUAN).await;
        let answer = chiefs.first.post(&format!("{}/reset_password", of(&chief))).if_match("\"v1\"").send().await;
        answer.refused(403, "second-person-needed");
    }

    async fn only_administrators_look_after_officers(server: &TestServer) {
        let officer = server.hire(&[Receiver], MY_THUAN).await;
        let mut others = vec![];
        for held in Role::ALL.into_iter().filter(|held| !matches!(held, AgencyAdministrator | ProvinceAdministrator)) {
            others.push((server.officer(&[held], MY_THUAN).await, 403, "role-forbids"));
        }
        others.push((server.citizen("0912345678").await, 403, "wrong-account-kind"));
        others.push((server.nobody(), 401, "unauthenticated"));
        let (one, id) = (of(&officer), Uuid::now_v7());
        for (who, status, code) in others {
            for address in [OFFICERS, &one, &format!("{one}/roles"), "/v1/admin/proposals"] {
                who.get(address).send().await.refused(status, code);
            }
            create(&who, &new("sen", MY_THUAN.uuid())).await.refused(status, code);
            patch(&who, &one, "\"v1\"", &json!({ "active": false })).await.refused(status, code);
            who.post(&format!("{one}/reset_password")).if_match("\"v1\"").send().await.refused(status, code);
            propose(&who, &officer, &role(MY_THUAN, "approver")).await.refused(status, code);
            for act in ["reset_sign_in", &format!("roles/{id}/revoke")] {
                who.post(&format!("{one}/{act}")).send().await.refused(status, code);
            }
            for act in ["approve", "decline"] {
                who.post(&format!("/v1/admin/proposals/{id}/{act}")).send().await.refused(status, code);
            }
        }
    }

    async fn nobody_changes_their_own_account(server: &TestServer) {
        for (held, agency) in [(AgencyAdministrator, MY_THUAN), (ProvinceAdministrator, PROVINCE)] {
            let own = server.hire(&[held, Receiver], agency).await;
            let session = login(server, &own.login, PASSWORD).await.expect(200).json();
            let own_hand = server.nobody().with_token(session["access_token"].as_str().unwrap());
            patch(&own_hand, &of(&own), "\"v1\"", &json!({ "active": true })).await.refused(403, "not-to-oneself");
            own_hand.post(&format!("{}/reset_password", of(&own))).if_match("\"v1\"").send().await.refused(403, "not-to-oneself");
            own_hand.post(&format!("{}/reset_sign_in", of(&own))).send().await.refused(403, "not-to-oneself");
            propose(&own_hand, &own, &role(agency, "approver")).await.refused(403, "not-to-oneself");
            let roles = own_hand.get(&format!("{}/roles", of(&own))).send().await.expect(200).json();
            let grant = roles["items"][0]["grant_id"].as_str().unwrap().to_owned();
            own_hand.post(&format!("{}/roles/{grant}/revoke", of(&own))).send().await.refused(403, "not-to-oneself");
        }
    }
}
