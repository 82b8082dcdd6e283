//! Standing in: for one role, for some days, never more than the other one holds, and on record.

use api::sessions::ending::revoke_all;
use chrono::TimeDelta;
use domain::actor::Actor;
use domain::actor::Role::{self, AgencyAdministrator, Approver, Cashier, Processor, Receiver};
use domain::sessions::{Account, EndReason};
use persistence::Tx;
use persistence::events;
use persistence::officers::Officer;
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN, PASSWORD};
use tests::client::{Client, Response};
use tests::content::fault;
use tests::extract_copy::Seen;
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

use super::{login, of, role};

const DEPUTIES: &str = "/v1/office/deputies";

/// An officer with a client that has just proved who they are.
pub(super) struct Somebody {
    pub(super) officer: Officer,
    pub(super) client: Client,
}

pub(super) async fn somebody(server: &TestServer, roles: &[Role]) -> Somebody {
    let officer = server.hire(roles, MY_THUAN).await;
    let client = server
        .proved_in_a_session(&officer, roles, MY_THUAN)
        .await
        .client;
    Somebody { officer, client }
}

pub(super) fn wish(deputy: &Officer, role: &str, until: &str) -> Value {
    json!({ "deputy_id": deputy.id, "role": role, "from": "2026-11-23", "until": until, "reason": "Nghỉ phép." })
}

pub(super) async fn make(by: &Client, wish: &Value) -> Response {
    by.post(DEPUTIES).json(wish).send().await
}

pub(super) async fn end(by: &Client, made: &Value) -> Response {
    let id = made["deputising_id"].as_str().unwrap();
    by.post(&format!("{DEPUTIES}/{id}/end")).send().await
}

pub(super) async fn act(by: &Client, made: &Value) -> Response {
    let id = made["deputising_id"].as_str().unwrap();
    by.post(&format!("{DEPUTIES}/{id}/act")).send().await
}

/// The client that stands in.
async fn standing_in(by: &Client, made: &Value) -> Client {
    let token = act(by, made).await.expect(200).json();
    by.with_token(token["access_token"].as_str().unwrap())
}

/// Every event that says for whom it was done: who did it, and for whom.
async fn on_behalf(server: &TestServer) -> Vec<(String, Option<Uuid>, Value)> {
    let number = |tx: &mut _| persistence::sequencer::run_once(tx, 10_000);
    while server.store().write(number).await.unwrap() > 0 {}
    let all = server.store().read(|tx| events::after(tx, 0, 10_000)).await;
    let told = all.unwrap().into_iter().filter_map(|event| {
        let payload: Value = event.payload.parse().unwrap();
        let whom = payload.get("on_behalf_of")?.clone();
        Some((event.kind, event.actor_id, whom))
    });
    told.collect()
}

on_both_engines! {
    async fn a_deputy_decides_and_the_log_says_for_whom(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let staff = server.staff().await;
        let leader = somebody(server, &[Approver, Processor]).await;
        let deputy = somebody(server, &[Receiver]).await;
        let made = make(&leader.client, &wish(&deputy.officer, "approver", "2026-11-25")).await.expect(200).json();
        assert_eq!(made["deputised_id"], json!(leader.officer.id));
        let token = act(&deputy.client, &made).await.expect(200).json();
        assert_eq!((&token["role"], &token["on_behalf_of"]), (&json!("approver"), &json!(leader.officer.id)));
        let hand = standing_in(&deputy.client, &made).await;
        let filed = Seen::of(&citizen.submit(&citizen.draft().await).send().await.expect(200));
        let processing = staff.processing(&filed).await;
        let approved = json!({ "outcome": "approved" });
        // One's own token opens no more than before, and that of standing in just the one role.
        deputy.client.office(&processing, "decide", &approved).send().await.refused(403, "role-forbids");
        hand.office(&processing, "record_cash", &json!({ "amount": 1 })).send().await.refused(403, "role-forbids");
        hand.done(&processing, "decide", approved).await;
        let told = on_behalf(server).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!((told[0].1, &told[0].2), (Some(deputy.officer.id.uuid()), &json!(leader.officer.id)));
    }

    async fn it_ends_at_once_however_it_ends(server: &TestServer) {
        let chief = somebody(server, &[AgencyAdministrator]).await;
        let inbox = async |hand: &Client| hand.get("/v1/office/inbox").send().await;
        for how in ["by the officer", "by the deputy", "by the administrator", "with the role", "with the account", "with its days"] {
            let leader = somebody(server, &[Approver, Cashier]).await;
            let deputy = somebody(server, &[Receiver]).await;
            let days = wish(&deputy.officer, "approver", "2026-12-31");
            let made = make(&leader.client, &days).await.expect(200).json();
            let hand = standing_in(&deputy.client, &made).await;
            inbox(&hand).await.expect(200);
            match how {
                "by the officer" => { end(&leader.client, &made).await.expect(200); }
                "by the deputy" => { end(&deputy.client, &made).await.expect(200); }
                "by the administrator" => { end(&chief.client, &made).await.expect(200); }
                "with the role" => server.revoke(&leader.officer, MY_THUAN, Approver).await,
                "with the account" => server.deactivate(&leader.officer).await,
                _ => server.clock().set("2027-01-01T00:00:00+07:00"),
            }
            inbox(&hand).await.refused(401, "unauthenticated");
            act(&deputy.client, &made).await.refused(409, "deputy-ended");
            if !how.starts_with("with the") {
                end(&chief.client, &made).await.refused(409, "deputy-ended");
            }
        }
    }

    /// However long its own token would last.
    async fn a_token_for_standing_in_is_worth_nothing_without_the_session_it_was_made_in(server: &TestServer) {
        let inbox = async |hand: &Client| hand.get("/v1/office/inbox").send().await;
        for how in ["signed out at another process", "too old"] {
            let leader = somebody(server, &[Approver]).await;
            let deputy = server.hire(&[Receiver], MY_THUAN).await;
            let phone = server.proved_in_a_session(&deputy, &[Receiver], MY_THUAN).await;
            let made = make(&leader.client, &wish(&deputy, "approver", "2026-12-31")).await.expect(200).json();
            let hand = standing_in(&phone.client, &made).await;
            inbox(&hand).await.expect(200);
            if how == "too old" {
                let lasts = server.app().config.sessions.officer_session_seconds;
                server.clock().advance(TimeDelta::seconds(i64::from(lasts)));
            } else {
                // This process has not heard of it yet.
                let (call, account) = (server.app().call(Actor::System), Account::Officer(deputy.id));
                let end = move |tx: &mut Tx| revoke_all(tx, &call, account, EndReason::Logout);
                assert_eq!(server.store().write(end).await.unwrap().len(), 1);
            }
            inbox(&hand).await.refused(401, "unauthenticated");
        }
    }

    async fn it_is_made_for_ones_own_roles_or_by_who_gives_them(server: &TestServer) {
        let leader = somebody(server, &[Approver, AgencyAdministrator]).await;
        let deputy = somebody(server, &[Receiver]).await;
        let chief = somebody(server, &[AgencyAdministrator]).await;
        let far = server.hire(&[Receiver], BINH_SON).await;
        let good = wish(&deputy.officer, "approver", "2026-11-25");
        let mut for_leader = good.clone();
        for_leader["deputised_id"] = json!(leader.officer.id);
        make(&deputy.client, &for_leader).await.refused(403, "not-to-oneself");
        make(&chief.client, &for_leader).await.expect(200);
        let other = somebody(server, &[Cashier]).await;
        make(&other.client, &for_leader).await.refused(403, "role-forbids");
        make(&leader.client, &wish(&leader.officer, "approver", "2026-11-25")).await.refused(403, "not-to-oneself");
        for not_to_be_handed_on in ["cashier", "agency_administrator"] {
            make(&leader.client, &wish(&deputy.officer, not_to_be_handed_on, "2026-11-25")).await.refused(403, "role-forbids");
        }
        make(&leader.client, &wish(&far, "approver", "2026-11-25")).await.expect(422).names(fault("/deputy_id", "unknown-reference"));
        make(&leader.client, &wish(&deputy.officer, "approver", "2026-11-22")).await.expect(422).names(fault("/until", "out-of-range"));
        make(&leader.client, &wish(&deputy.officer, "approver", "2027-11-24")).await.expect(422).names(fault("/until", "out-of-range"));
        let mut nobody = good.clone();
        nobody["deputised_id"] = json!(Uuid::now_v7());
        make(&chief.client, &nobody).await.expect(422).names(fault("/deputised_id", "unknown-reference"));
        let mut past = good.clone();
        (past["from"], past["reason"]) = (json!("2026-11-22"), json!(" "));
        make(&leader.client, &past).await.expect(422).names(fault("/from", "out-of-range")).names(fault("/reason", "required"));
    }

    async fn it_is_not_passed_on_and_gives_no_role(server: &TestServer) {
        let leader = somebody(server, &[Approver]).await;
        let (deputy, third) = (somebody(server, &[Receiver]).await, somebody(server, &[Receiver]).await);
        let made = make(&leader.client, &wish(&deputy.officer, "approver", "2026-11-25")).await.expect(200).json();
        let hand = standing_in(&deputy.client, &made).await;
        let on = wish(&third.officer, "approver", "2026-11-25");
        make(&hand, &on).await.refused(403, "role-forbids");
        // Nor does it renew itself: that takes the session.
        act(&hand, &made).await.refused(403, "role-forbids");
        make(&deputy.client, &on).await.refused(403, "role-forbids");
        act(&third.client, &made).await.refused(404, "not-found");
        act(&leader.client, &made).await.refused(404, "not-found");
        end(&third.client, &made).await.refused(403, "role-forbids");
        let session = login(server, &deputy.officer.login, PASSWORD).await.expect(200).json();
        assert_eq!(session["roles"], json!(["receiver"]));
        // Administering is nothing one stands in for, so no proposal has a deputy behind it.
        let proposing = hand.post(&format!("{}/roles", of(&third.officer)));
        proposing.json(&role(MY_THUAN, "cashier")).send().await.refused(403, "role-forbids");
    }

    async fn each_sees_their_own_and_administrators_the_agencys(server: &TestServer) {
        let chief = somebody(server, &[AgencyAdministrator]).await;
        let leader = somebody(server, &[Approver, Cashier]).await;
        let (deputy, third) = (somebody(server, &[Receiver]).await, somebody(server, &[Receiver]).await);
        let first = make(&leader.client, &wish(&deputy.officer, "approver", "2026-11-25")).await.expect(200).json();
        server.clock().advance(TimeDelta::seconds(1));
        let second = make(&leader.client, &wish(&third.officer, "cashier", "2026-11-25")).await.expect(200).json();
        let ids = |page: &Value| -> Vec<Value> {
            page["items"].as_array().unwrap().iter().map(|one| one["deputising_id"].clone()).collect()
        };
        for (who, expected) in [
            (&leader.client, vec![&second, &first]),
            (&deputy.client, vec![&first]),
            (&third.client, vec![&second]),
            (&chief.client, vec![&second, &first]),
        ] {
            let page = who.get(DEPUTIES).send().await.expect(200).json();
            let expected: Vec<_> = expected.into_iter().map(|one| one["deputising_id"].clone()).collect();
            assert_eq!(ids(&page), expected);
        }
        let page = leader.client.get(&format!("{DEPUTIES}?page_size=1")).send().await.expect(200).json();
        let next = format!("{DEPUTIES}?page_size=1&page_token={}", page["next_page_token"].as_str().unwrap());
        let next = leader.client.get(&next).send().await.expect(200).json();
        assert_eq!(ids(&next), [first["deputising_id"].clone()]);
    }
}
