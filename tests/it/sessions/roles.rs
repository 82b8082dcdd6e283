//! Roles with dates, at several agencies: what a token says must hold when it is used.

use chrono::{NaiveDate, TimeDelta};
use domain::actor::Role;
use domain::officers::Grant;
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN, PASSWORD, PROVINCE};
use tests::client::{Client, Response};
use tests::extract_copy::counter_filing;
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

async fn login(
    server: &TestServer,
    login: &str,
    agency: Option<domain::ids::AgencyId>,
) -> Response {
    let mut body = json!({ "login": login, "password": PASSWORD });
    if let Some(agency) = agency {
        body["agency_id"] = json!(agency);
    }
    let request = server.nobody().post("/v1/auth/officers/login");
    request.json(&body).send().await
}

fn client(server: &TestServer, session: &Value) -> Client {
    let token = session["access_token"].as_str().unwrap();
    server.nobody().with_token(token)
}

async fn files(officer: &Client) -> Response {
    let key = Uuid::now_v7().to_string();
    let request = officer.post("/v1/office/dossiers").key(&key);
    request.json(&counter_filing()).send().await
}

fn today(server: &TestServer) -> NaiveDate {
    server.app().clock.now().date()
}

on_both_engines! {
    async fn a_role_taken_back_is_gone_with_the_next_request(server: &TestServer) {
        let officer = server.hire(&[Role::Receiver, Role::Statistician], MY_THUAN).await;
        let session = login(server, &officer.login, None).await.expect(200).json();
        assert_eq!(session["roles"], json!(["receiver", "statistician"]));
        let holder = client(server, &session);
        let figures = "/v1/office/statistics/summary?from=2026-11-01&to=2026-12-01";
        holder.get(figures).send().await.expect(200);
        files(&holder).await.expect(200);
        holder.get("/v1/office/inbox").send().await.expect(200);
        server.revoke(&officer, MY_THUAN, Role::Statistician).await;
        files(&holder).await.refused(401, "unauthenticated");
        holder.get("/v1/office/inbox").send().await.refused(401, "unauthenticated");
        holder.get(figures).send().await.refused(401, "unauthenticated");
        // Whoever signs in anew has what is left.
        let session = login(server, &officer.login, None).await.expect(200).json();
        assert_eq!(session["roles"], json!(["receiver"]));
        let holder = client(server, &session);
        files(&holder).await.expect(200);
        holder.get(figures).send().await.refused(403, "role-forbids");
    }

    async fn a_province_administrator_without_the_role_looks_after_nothing(server: &TestServer) {
        let officer = server.hire(&[Role::ProvinceAdministrator], PROVINCE).await;
        let session = login(server, &officer.login, None).await.expect(200).json();
        let holder = client(server, &session);
        holder.get("/v1/admin/outbox/dead").send().await.expect(200);
        server.revoke(&officer, PROVINCE, Role::ProvinceAdministrator).await;
        holder.get("/v1/admin/outbox/dead").send().await.refused(401, "unauthenticated");
        let requeue = format!("/v1/admin/outbox/{}/requeue", Uuid::now_v7());
        holder.post(&requeue).send().await.refused(401, "unauthenticated");
    }

    async fn a_role_holds_from_its_first_to_its_last_day(server: &TestServer) {
        let officer = server.hire(&[], MY_THUAN).await;
        let first = today(server) + TimeDelta::days(1);
        let grant = server.role(officer.id, MY_THUAN, Role::Receiver);
        server.grant(Grant { from: first, until: Some(first), ..grant }).await;
        let session = login(server, &officer.login, None).await.expect(200).json();
        assert_eq!((&session["roles"], &session["agency_id"]), (&json!([]), &json!(MY_THUAN)));
        files(&client(server, &session)).await.refused(403, "role-forbids");
        server.clock().advance(TimeDelta::days(1));
        let session = login(server, &officer.login, None).await.expect(200).json();
        assert_eq!(session["roles"], json!(["receiver"]));
        let holder = client(server, &session);
        files(&holder).await.expect(200);
        // The token of the tests lasts for years; the role does not.
        server.clock().advance(TimeDelta::days(1));
        files(&holder).await.refused(401, "unauthenticated");
    }

    async fn a_token_is_for_one_agency(server: &TestServer) {
        let officer = server.hire(&[Role::Receiver], MY_THUAN).await;
        server.grant(server.role(officer.id, BINH_SON, Role::Approver)).await;
        let home = login(server, &officer.login, None).await.expect(200).json();
        assert_eq!((&home["agency_id"], &home["other_agencies"]), (&json!(MY_THUAN), &json!([BINH_SON])));
        let away = login(server, &officer.login, Some(BINH_SON)).await.expect(200).json();
        assert_eq!((&away["roles"], &away["other_agencies"]), (&json!(["approver"]), &json!([MY_THUAN])));
        files(&client(server, &home)).await.expect(200);
        files(&client(server, &away)).await.refused(403, "role-forbids");
        login(server, &officer.login, Some(PROVINCE)).await.refused(403, "role-forbids");
        // Without a role at home, the officer acts where one is held.
        server.revoke(&officer, MY_THUAN, Role::Receiver).await;
        let only = login(server, &officer.login, None).await.expect(200).json();
        assert_eq!((&only["agency_id"], &only["roles"]), (&json!(BINH_SON), &json!(["approver"])));
    }
}
