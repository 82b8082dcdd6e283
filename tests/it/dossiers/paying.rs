//! Cash at the counter: exactly what is owed, once, with a gapless receipt.

use serde_json::{Value, json};
use tests::extract_copy::{PRICE, Seen, counter_filing};
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
}
