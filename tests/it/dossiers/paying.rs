//! Cash at the counter: exactly what is owed, once, with a gapless receipt.

use domain::ids::Id;
use domain::money::Dong;
use domain::payments::Obligation;
use domain::payments::fees::CollectedAt;
use persistence::{Tx, payments};
use serde_json::{Value, json};
use tests::accounts::MY_THUAN;
use tests::content::fault;
use tests::extract_copy::{PRICE, Seen, counter_filing, two_papers};
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

on_both_engines! {
    async fn cash_settles_what_is_owed_and_work_goes_on(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let accepted = staff.accepted(&citizen.filed().await).await;
        let asked = staff.receiver.done(&accepted, "request_payment", Value::Null).await;
        assert_eq!(asked.state(), "payment_requested");
        assert!(asked.view["paused_since"].is_string());
        for wrong in [0, PRICE - 1, PRICE + 1] {
            let answer = staff.cashier.office(&asked, "record_cash", &json!({ "amount": wrong })).send().await;
            answer.refused(409, "amount-mismatch");
        }
        let paid = staff.cashier.done(&asked, "record_cash", json!({ "amount": PRICE })).await;
        assert_eq!(paid.state(), "processing");
        assert_eq!(paid.view["amount_due"], 0);
        assert_eq!(paid.view["paused_since"], Value::Null);
        assert_eq!(paid.view["obligations"][0]["state"], "settled");
        let answer = staff.cashier.office(&paid, "record_cash", &json!({ "amount": PRICE })).send().await;
        answer.refused(409, "nothing-owed");
    }

    async fn a_fee_of_intake_is_settled_before_the_unit_sees_it(server: &TestServer) {
        let staff = server.staff().await;
        let mut business = counter_filing();
        business["procedure_code"] = json!("1.001612");
        business["form"] = json!({
            "owner_name": "Nguyễn Thị Đào", "owner_id": "089190001234",
            "business_name": "Tạp hoá Đào", "address": "Ấp Phước Lợi, xã Mỹ Thuận",
            "industries": ["Bán lẻ"], "capital": 50_000_000, "employees": 1
        });
        let key = Uuid::now_v7().to_string();
        let file = staff.receiver.post("/v1/office/dossiers").key(&key).json(&business);
        let filed = Seen::of(&file.send().await.expect(200));
        let accepted = staff.accepted(&filed).await;
        let early = staff.receiver.office(&accepted, "forward", &Value::Null).send().await;
        early.refused(409, "fees-open");
        let cash = json!({ "amount": accepted.view["amount_due"] });
        let paid = staff.cashier.done(&accepted, "record_cash", cash).await;
        assert_eq!(staff.receiver.done(&paid, "forward", Value::Null).await.state(), "processing");
    }

    async fn money_is_taken_only_while_something_can_be_owed(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let filed = citizen.filed().await;
        let answer = staff.cashier.office(&filed, "record_cash", &json!({ "amount": PRICE })).send().await;
        answer.refused(409, "state-forbids");
        let accepted = staff.accepted(&filed).await;
        let paid = staff.cashier.done(&accepted, "record_cash", json!({ "amount": PRICE })).await;
        let again = staff.cashier.office(&paid, "record_cash", &json!({ "amount": PRICE })).send().await;
        again.refused(409, "nothing-owed");
    }

    /// A fee of each moment, every one taken when it is its turn.
    async fn each_fee_is_taken_at_its_moment(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let accepted = staff.accepted(&citizen.filed().await).await;
        let [intake, supplement] = add_fees(server, &accepted).await;
        let result = accepted.view["obligations"][0]["id"].clone();
        let cash = |amount: u32, ids: Value| json!({ "amount": amount, "obligation_ids": ids });
        let take = async |seen: &Seen, body: &Value| staff.cashier.office(seen, "record_cash", body).send().await;

        let wrong = take(&accepted, &cash(5_000, json!([intake, Uuid::now_v7()]))).await.refused(422, "invalid-content");
        wrong.names(fault("/obligation_ids/1", "unknown-reference"));
        let wrong = take(&accepted, &cash(5_000, json!([intake, intake]))).await.refused(422, "invalid-content");
        wrong.names(fault("/obligation_ids/1", "duplicate"));
        let wrong = take(&accepted, &cash(5_000, json!([]))).await.refused(422, "invalid-content");
        wrong.names(fault("/obligation_ids", "required"));
        for amount in [4_999, PRICE, PRICE + 8_000] {
            take(&accepted, &cash(amount, json!([intake]))).await.refused(409, "amount-mismatch");
        }

        // Intake: nothing else is asked for before it, and it alone lets the dossier through.
        staff.receiver.office(&accepted, "forward", &Value::Null).send().await.refused(409, "fees-open");
        let early = staff.receiver.office(&accepted, "request_payment", &json!({ "obligation_ids": [result] }));
        early.send().await.refused(409, "fees-open");
        let paid = Seen::of(&take(&accepted, &cash(5_000, json!([intake]))).await.expect(200));
        assert_eq!(paid.view["amount_due"], PRICE + 3_000);
        take(&paid, &cash(5_000, json!([intake]))).await.refused(409, "nothing-owed");
        let processing = staff.receiver.done(&paid, "forward", Value::Null).await;

        // Supplement: the sum is told with the request for papers, and the papers do not wait for it.
        let asked = staff.receiver.done(&processing, "request_supplement", two_papers()).await;
        let asked_at = |seen: &Seen, id: &Value| {
            let fees = seen.view["obligations"].as_array().unwrap();
            fees.iter().find(|fee| fee["id"] == *id).unwrap()["asked_at"].clone()
        };
        assert!(asked_at(&asked, &supplement).is_string());
        assert_eq!(asked_at(&asked, &result), Value::Null);
        let timeline = citizen.get(&format!("/v1/dossiers/{}/timeline", asked.id)).send().await.expect(200).json();
        let told = timeline["items"].as_array().unwrap().iter().find(|it| it["kind"] == "supplement_requested");
        assert_eq!(told.unwrap()["amount"], 3_000);
        let paid = Seen::of(&take(&asked, &cash(3_000, json!([supplement]))).await.expect(200));
        assert_eq!((paid.state(), &paid.view["amount_due"]), ("supplement_requested", &json!(PRICE)));
    }

    /// Work waits for what was asked for, and for nothing else; one payment has one receipt.
    async fn work_goes_on_when_what_was_asked_for_is_paid(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let accepted = staff.accepted(&citizen.filed().await).await;
        let [intake, supplement] = add_fees(server, &accepted).await;
        let two = json!({ "obligation_ids": [intake, supplement] });
        let asked = staff.receiver.done(&accepted, "request_payment", two).await;
        let timeline = citizen.get(&format!("/v1/dossiers/{}/timeline", asked.id)).send().await.expect(200).json();
        assert_eq!(timeline["items"].as_array().unwrap().last().unwrap()["amount"], 8_000);
        let one = json!({ "amount": 5_000, "obligation_ids": [intake] });
        let part = staff.cashier.done(&asked, "record_cash", one).await;
        assert_eq!(part.state(), "payment_requested", "part of what was asked for");
        let rest = json!({ "amount": 3_000, "obligation_ids": [supplement] });
        let paid = staff.cashier.done(&part, "record_cash", rest).await;
        assert_eq!((paid.state(), &paid.view["amount_due"]), ("processing", &json!(PRICE)));
        assert_eq!(paid.view["paused_since"], Value::Null);

        let other = staff.accepted(&citizen.filed().await).await;
        let [intake, _] = add_fees(server, &other).await;
        let result = other.view["obligations"][0]["id"].clone();
        let both = json!({ "amount": PRICE + 5_000, "obligation_ids": [result, intake] });
        let paid = staff.cashier.done(&other, "record_cash", both).await;
        assert_eq!(paid.view["amount_due"], 3_000);
        let mut receipts = Vec::new();
        for (seen, count) in [(&asked, 2), (&paid, 1)] {
            let account = citizen.get(&format!("/v1/dossiers/{}/payments", seen.id)).send().await.expect(200).json();
            let payments = account["payments"].as_array().unwrap().clone();
            assert_eq!(payments.len(), count, "{account}");
            receipts.extend(payments.into_iter().map(|payment| payment["receipt"].as_str().unwrap().to_owned()));
        }
        let numbers: Vec<_> = receipts.iter().map(|receipt| receipt.rsplit_once('-').unwrap().1).collect();
        assert_eq!(numbers, ["00000001", "00000002", "00000003"], "{receipts:?}");
    }

    async fn a_request_to_pay_is_read_strictly_when_it_says_something(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let accepted = staff.accepted(&citizen.filed().await).await;
        let path = format!("/v1/office/dossiers/{}/request_payment", accepted.id);
        let request = || staff.receiver.post(&path).if_match(&accepted.etag);
        request().json(&json!({ "obligations": [] })).send().await.refused(422, "invalid-content");
        request().body("application/json", "{").send().await.refused(400, "malformed-json");
        request().body("text/plain", "{}").send().await.refused(415, "unsupported-media-type");
        request().json(&json!({})).send().await.expect(200);
    }
}

/// Puts a fee of 5,000 dong for intake and one of 3,000 for a supplement beside the dossier's own: no
/// procedure of the shipped catalogue has one of each.
async fn add_fees(server: &TestServer, seen: &Seen) -> [Value; 2] {
    let (dossier, now) = (seen.id.parse::<Uuid>().unwrap(), server.app().clock.now());
    let fees = [
        (CollectedAt::Intake, 5_000),
        (CollectedAt::Supplement, 3_000),
    ];
    let fees = fees.map(|(moment, amount)| (server.app().ids.id(now), moment, Dong::new(amount)));
    let ids = fees.map(|(id, ..)| json!(id));
    let add = move |tx: &mut Tx| {
        let own = payments::obligations_of(tx, Id::from_uuid(dossier))?.remove(0);
        let more = fees.map(|(id, collected, amount)| Obligation {
            id,
            collected,
            gross: amount,
            net: amount,
            ..own.clone()
        });
        payments::insert_obligations(tx, MY_THUAN, &more)
    };
    server.store().write(add).await.unwrap();
    ids
}
