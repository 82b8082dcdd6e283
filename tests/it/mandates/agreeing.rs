//! Between two accounts: one proposes, the other agrees, and either ends it.

use chrono::TimeDelta;
use serde_json::json;
use tests::content::fault;
use tests::on_both_engines;
use tests::server::TestServer;

use super::{Held, command, done, from_account, named, proposed, proposing, to_account};

const DAO: (&str, &str) = ("0912345678", "Nguyễn Thị Đào");
const MAN: (&str, &str) = ("0987654321", "Trần Văn Mận");

on_both_engines! {
    async fn it_stands_when_the_mandator_agrees_and_not_before(server: &TestServer) {
        let (dao, man) = (named(server, DAO.0, DAO.1).await, named(server, MAN.0, MAN.1).await);
        let stranger = server.citizen("0977777777").await;
        let waiting = proposed(&man, &from_account(DAO.0, DAO.1)).await;
        assert_eq!((&waiting.view["state"], &waiting.view["stands"]), (&json!("proposed"), &json!(false)));
        assert_eq!(waiting.view["mandator"]["name"], DAO.1);
        command(&man, &waiting, "accept").send().await.refused(403, "not-to-oneself");
        command(&stranger, &waiting, "accept").send().await.refused(404, "not-found");
        let stale = Held { etag: "\"v9\"".to_owned(), ..waiting.clone() };
        command(&dao, &stale, "accept").send().await.refused(412, "version-mismatch");
        let stands = done(&dao, &waiting, "accept").await;
        assert_eq!((&stands.view["state"], &stands.view["stands"]), (&json!("active"), &json!(true)));
        assert_eq!(stands.view["is_held_by_me"], false);
        command(&dao, &stands, "accept").send().await.refused(409, "mandate-state-forbids");
        for (who, many) in [(&dao, 1), (&man, 1), (&stranger, 0)] {
            let list = who.get("/v1/me/mandates?state=active").send().await.expect(200).json();
            assert_eq!(list["items"].as_array().map(Vec::len), Some(many), "{list}");
        }
        let shown = man.get(&format!("/v1/me/mandates/{}", stands.id)).send().await.expect(200).json();
        assert_eq!((&shown["is_held_by_me"], &shown["evidence"]["number"]), (&json!(true), &json!("128/2026")));
        assert!(shown["mandator"]["personal_number"].is_null() && shown["confirmed_by"].is_null());
    }

    async fn what_the_mandator_offers_the_delegate_takes(server: &TestServer) {
        let (dao, man) = (named(server, DAO.0, DAO.1).await, named(server, MAN.0, MAN.1).await);
        let offered = proposed(&dao, &to_account(MAN.0, MAN.1)).await;
        command(&dao, &offered, "accept").send().await.refused(403, "not-to-oneself");
        let taken = done(&man, &offered, "accept").await;
        command(&man, &taken, "revoke").send().await.refused(403, "role-forbids");
        command(&dao, &taken, "give_back").send().await.refused(403, "role-forbids");
        let back = done(&man, &taken, "give_back").await;
        assert_eq!((&back.view["state"], &back.view["ending"]), (&json!("ended"), &json!("given_back")));
        for (who, what) in [(&man, "accept"), (&dao, "refuse"), (&dao, "revoke")] {
            command(who, &back, what).send().await.refused(409, "mandate-state-forbids");
        }
        let again = done(&man, &proposed(&dao, &to_account(MAN.0, MAN.1)).await, "accept").await;
        assert_eq!(done(&dao, &again, "revoke").await.view["ending"], "revoked");
        let unwanted = proposed(&dao, &to_account(MAN.0, MAN.1)).await;
        assert_eq!(done(&man, &unwanted, "refuse").await.view["ending"], "refused");
    }

    async fn it_ends_with_its_last_day(server: &TestServer) {
        let (dao, man) = (named(server, DAO.0, DAO.1).await, named(server, MAN.0, MAN.1).await);
        let mut body = from_account(DAO.0, DAO.1);
        let today = server.app().clock.now().date();
        body["valid_until"] = json!(today);
        let late = proposed(&man, &body).await;
        let stands = done(&dao, &proposed(&man, &body).await, "accept").await;
        server.clock().advance(TimeDelta::days(1));
        let now = dao.get(&format!("/v1/me/mandates/{}", stands.id)).send().await.expect(200).json();
        assert_eq!((&now["state"], &now["stands"]), (&json!("active"), &json!(false)), "before anybody writes it down");
        command(&dao, &late, "accept").send().await.refused(409, "mandate-state-forbids");
        let work = api::worker::run_once(server.app()).await;
        assert_eq!((work.expired, work.failed), (2, 0));
        let now = dao.get(&format!("/v1/me/mandates/{}", stands.id)).send().await.expect(200).json();
        assert_eq!((&now["state"], &now["ending"]), (&json!("ended"), &json!("expired")));
        body["valid_until"] = json!(today);
        proposing(&man, &body).send().await.expect(422).names(fault("/valid_until", "out-of-range"));
    }

    async fn who_is_not_known_by_both_is_not_told_of(server: &TestServer) {
        let (_dao, man) = (named(server, DAO.0, DAO.1).await, named(server, MAN.0, MAN.1).await);
        for (phone, name) in [(DAO.0, "Nguyễn Thị Lan"), ("0966666666", DAO.1)] {
            let refused = proposing(&man, &from_account(phone, name)).send().await;
            refused.expect(422).names(fault("/mandator/account", "unknown-reference"));
            let refused = proposing(&man, &to_account(phone, name)).send().await;
            refused.expect(422).names(fault("/delegate", "unknown-reference"));
        }
        proposing(&man, &from_account(MAN.0, MAN.1)).send().await.refused(403, "not-to-oneself");
        let taken = proposed(&man, &from_account(DAO.0, DAO.1)).await;
        let again = man.put(&format!("/v1/me/mandates/{}", taken.id)).if_new();
        again.json(&from_account(DAO.0, DAO.1)).send().await.refused(409, "already-exists");
    }

    async fn every_fault_of_a_proposal_is_named(server: &TestServer) {
        let man = named(server, MAN.0, MAN.1).await;
        let good = from_account(DAO.0, DAO.1);
        for (change, pointer, code) in [
            (json!({ "mandator": {} }), "/mandator", "required"),
            (json!({ "mandator": { "myself": true, "account": { "phone": DAO.0, "full_name": DAO.1 } } }), "/mandator", "required"),
            (json!({ "mandator": { "myself": true } }), "/delegate", "required"),
            (json!({ "ground": "guardian" }), "/ground", "out-of-range"),
            (json!({ "acts": [] }), "/acts", "required"),
            (json!({ "procedures": ["9.999999"] }), "/procedures", "unknown-reference"),
            (json!({ "valid_until": "2026-01-01" }), "/valid_until", "out-of-range"),
            (json!({ "agency_id": tests::accounts::MY_THUAN }), "/agency_id", "out-of-range"),
            (json!({ "evidence": { "number": "1", "issued_on": "2030-01-01", "issuer": "X" } }), "/evidence/issued_on", "out-of-range"),
        ] {
            let mut body = good.clone();
            for (name, value) in change.as_object().unwrap() {
                body[name] = value.clone();
            }
            proposing(&man, &body).send().await.expect(422).names(fault(pointer, code));
        }
    }
}
