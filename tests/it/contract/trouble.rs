//! What is answered when a request cannot be read, or when something here is broken.

use std::fs;

use persistence::{Tx, counters, payments, results};
use serde_json::{Value, json};
use tests::accounts::MY_THUAN;
use tests::engine::Ground as _;
use tests::extract_copy::{PRICE, Seen, pdf};
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

fn id<K>(seen: &Seen) -> domain::ids::Id<K> {
    domain::ids::Id::from_uuid(seen.id.parse::<Uuid>().unwrap())
}

on_both_engines! {
    async fn a_body_that_breaks_off_is_no_request(server: &TestServer) {
        let broken = "content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"pho\r\nnot a length\r\n";
        let answer = server.send_raw("POST", "/v1/auth/otp", broken);
        answer.refused(400, "malformed-request");
    }

    /// Before anything is done: a client that cannot read the answer must not have to guess.
    async fn a_client_that_reads_no_coding_is_told_so(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let path = format!("/v1/dossiers/{}", Uuid::now_v7());
        let request = citizen.put(&path).if_new().json(&tests::extract_copy::draft());
        let answer = request.header("accept-encoding", "identity;q=0, *;q=0").send().await;
        answer.refused(406, "not-acceptable");
        citizen.get(&path).send().await.refused(404, "not-found");
        let catalogue = citizen.get("/v1/procedures").header("accept-encoding", "identity;q=0, gzip");
        catalogue.send().await.expect(200);
    }

    /// A row whose bytes are gone is our fault: told without a word of the cause.
    async fn a_lost_object_is_a_fault_of_the_house(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let kept = citizen.attach(&citizen.draft().await, "relationship_proof").await;
        let file = format!("/v1/files/{}", kept.view["papers"][0]["file_id"].as_str().unwrap());
        citizen.get(&file).send().await.expect(200);
        fs::remove_dir_all(server.site().data_directory().join("papers/sha256")).unwrap();
        let problem = citizen.get(&file).send().await.refused(500, "internal").json();
        assert_eq!(problem["detail"], problem["title"]);
        assert!(!problem.to_string().contains("sha256"), "{problem}");
    }

    async fn a_storage_out_of_reach_is_said_with_a_time_to_come_back(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let draft = citizen.draft().await;
        let folder = server.site().data_directory().join("papers");
        fs::remove_dir_all(&folder).unwrap();
        fs::write(&folder, "a file where a folder was").unwrap();
        let path = format!("/v1/dossiers/{}/papers/relationship_proof", draft.id);
        let put = || citizen.put(&path).if_match(&draft.etag).body("application/pdf", pdf("x")).send();
        let answer = put().await.refused(503, "unavailable");
        assert_eq!(answer.header("retry-after"), "5");
        fs::remove_file(&folder).unwrap();
        fs::create_dir(&folder).unwrap();
        put().await.expect(200);
    }

    /// The short shape of codes has four digits: the ten-thousandth dossier of a day has none.
    async fn a_full_day_gives_no_code(server: &TestServer) {
        let short = |config: &mut api::config::Config| "short".clone_into(&mut config.code_format);
        let server = TestServer::start_with(server.site().engine(), short);
        let fill = |tx: &mut Tx| -> Result<i64, persistence::StoreError> {
            let mut last = 0;
            while last < 9_998 {
                last = counters::next(tx, MY_THUAN, "dossiers/2026-11-23")?;
            }
            Ok(last)
        };
        server.store().write(fill).await.unwrap();
        let citizen = server.citizen("0912345678").await;
        let last = citizen.filed().await;
        assert_eq!(last.view["code"], "H01.30.38-261123-9999");
        let draft = citizen.draft().await;
        citizen.submit(&draft).send().await.refused(409, "code-unavailable");
        server.clock().set("2026-11-24T09:00:00+07:00");
        let next = Seen::of(&citizen.submit(&draft).send().await.expect(200));
        assert_eq!(next.view["code"], "H01.30.38-261124-0001");
        server.finish().await;
    }

    /// No operation takes money for a draft yet; should one come, what was paid for stays.
    async fn what_was_paid_for_is_not_thrown_away(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let accepted = staff.accepted(&citizen.filed().await).await;
        let paid = staff.cashier.done(&accepted, "record_cash", json!({ "amount": PRICE })).await;
        let draft = citizen.draft().await;
        let (from, to, ids) = (id(&paid), id(&draft), server.app().ids.id(server.app().clock.now()));
        let copy = move |tx: &mut Tx| {
            let mut owed = payments::obligations_of(tx, from)?;
            for one in &mut owed {
                (one.id, one.dossier_id) = (ids, to);
            }
            payments::insert_obligations(tx, MY_THUAN, &owed)
        };
        server.store().write(copy).await.unwrap();
        let path = format!("/v1/dossiers/{}", draft.id);
        citizen.delete(&path).if_match(&draft.etag).send().await.refused(409, "money-pins");
        citizen.get(&path).send().await.expect(200);
    }

    /// A completed dossier has its document; if it were lost, nothing would be handed over.
    async fn nothing_is_handed_over_without_a_document(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let accepted = staff.accepted(&citizen.filed().await).await;
        let paid = staff.cashier.done(&accepted, "record_cash", json!({ "amount": PRICE })).await;
        let processing = staff.receiver.done(&paid, "forward", Value::Null).await;
        let decided = staff.approver.done(&processing, "decide", json!({ "outcome": "approved" })).await;
        let issued = staff.issued(&decided, "215/2026/TLKS-MT").await;
        let (dossier, now) = (id(&issued), server.app().clock.now());
        let lose = move |tx: &mut Tx| results::recall(tx, dossier, now);
        server.store().write(lose).await.unwrap();
        let to = json!({ "recipient": "Nguyễn Thị Đào" });
        let answer = staff.returner.office(&issued, "hand_over", &to).send().await;
        answer.refused(409, "result-missing");
    }
}
