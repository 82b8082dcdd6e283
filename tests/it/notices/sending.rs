//! Every channel does its part: what leaves the house, to whom, and what is in it.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::on_both_engines;

use super::providers::{Mood, Providers};
use super::{Connected, NUMBER, inbox, is, only, registered, stands};

/// A citizen of this number.
const E164: &str = "+84912345678";

on_both_engines! {
    /// What is pushed is an id and a kind; the token for it is asked for once, with a signed assertion.
    async fn a_push_holds_an_id_and_a_kind(it: &Connected) {
        let citizen = it.server.citizen(NUMBER).await;
        only(&citizen, &["push"], None).await;
        registered(&citizen, "token-of-the-phone").await;
        for _ in 0..2 {
            citizen.filed().await;
            it.round().await;
        }
        let pushed = it.providers.asked("/v1/projects/motcua-tests/messages:send");
        assert_eq!(pushed.len(), 2);
        let message = &pushed[1].json()["message"];
        let id = &inbox(&citizen).await[0]["notice_id"];
        assert_eq!(message["data"], json!({ "notice_id": id, "kind": "submitted" }));
        assert_eq!(message["token"], "token-of-the-phone");
        assert_eq!(message["android"]["collapse_key"], *id);
        for canary in ["912345678", "Nguyễn", "H01", "Hồ sơ"] {
            assert!(!pushed[1].text.contains(canary), "{}", pushed[1].text);
        }
        assert!(pushed[1].head.contains("authorization: bearer let-in-"), "{}", pushed[1].head);
        let tokens = it.providers.asked("/token");
        assert_eq!(tokens.len(), 1, "the token is kept");
        let assertion = tokens[0].text.rsplit_once("assertion=").unwrap().1;
        let claims = Providers::claims(assertion);
        assert_eq!(claims["iss"], "push@motcua-tests.example");
        assert_eq!(claims["aud"], format!("{}/token", it.providers.base()));
        assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 3600);
        assert_eq!(stands(&citizen, "push").await, is("sent", ""));
        it.server.clock().advance(TimeDelta::hours(2));
        citizen.filed().await;
        it.round().await;
        assert_eq!(it.providers.asked("/token").len(), 2, "the old one does not hold any more");
    }

    async fn a_text_message_is_plain_and_short(it: &Connected) {
        let citizen = it.server.citizen(NUMBER).await;
        only(&citizen, &["sms"], None).await;
        let filed = citizen.filed().await;
        it.round().await;
        let asked = it.providers.asked("/sms");
        let body = asked[0].json();
        assert_eq!((&body["to"], &body["from"]), (&json!(E164), &json!("MOTCUA")));
        assert_eq!(body["reference"], inbox(&citizen).await[0]["notice_id"]);
        let code = filed.view["code"].as_str().unwrap();
        let text = format!("Mot Cua: Ho so da duoc gui. Ho so {code}. Xem trong ung dung.");
        assert_eq!(body["text"], text);
        assert!(asked[0].head.contains("bearer only-sms-knows"), "{}", asked[0].head);
        it.providers.reports("/sms_status", json!({ "state": "delivered" }));
        it.server.clock().advance(TimeDelta::minutes(2));
        it.round().await;
        assert_eq!(stands(&citizen, "sms").await, is("delivered", ""));
        it.server.clock().advance(TimeDelta::minutes(2));
        it.round().await;
        let asked = it.providers.asked("/sms_status");
        assert_eq!(asked.len(), 1, "what has arrived is not asked about: {asked:?}");
    }

    /// No Zalo, a report that it did not arrive, and no report at all: each time a text message goes, once.
    async fn where_zalo_fails_a_text_message_goes(it: &Connected) {
        let citizen = it.server.citizen(NUMBER).await;
        only(&citizen, &["zalo", "sms"], None).await;
        let refused = json!({ "error": -118, "message": "Zalo account not existed" });
        it.providers.moods("/zalo", &[Mood::Says(200, "", refused)]);
        let texts = || it.providers.asked("/sms").iter().filter(|asked| asked.path == "/sms").count();
        citizen.filed().await;
        it.round().await;
        assert_eq!(stands(&citizen, "zalo").await, is("failed", "no_zalo"));
        it.round().await;
        assert_eq!((stands(&citizen, "sms").await, texts()), (is("sent", ""), 1));

        citizen.filed().await;
        it.round().await;
        assert_eq!(stands(&citizen, "zalo").await, is("sent", ""));
        assert_eq!((stands(&citizen, "sms").await, texts()), (is("skipped", "zalo_first"), 1));
        it.providers.reports("/zalo_status", json!({ "error": 0, "data": { "status": -1 } }));
        it.server.clock().advance(TimeDelta::minutes(2));
        it.round().await;
        it.round().await;
        assert_eq!(stands(&citizen, "zalo").await, is("failed", "not_delivered"));
        assert_eq!(texts(), 2);

        it.providers.reports("/zalo_status", json!({ "error": 0, "data": { "status": 0 } }));
        citizen.filed().await;
        it.round().await;
        for _ in 0..20 {
            it.server.clock().advance(TimeDelta::minutes(1));
            it.round().await;
        }
        assert_eq!(stands(&citizen, "sms").await, is("sent", ""));
        assert_eq!(texts(), 3);
        let sent = it.providers.asked("/zalo");
        let body = sent.iter().find(|asked| asked.path == "/zalo").unwrap().json();
        assert_eq!(body["phone"], "84912345678");
        assert_eq!(body["template_data"]["status"], "Hồ sơ đã được gửi");
    }

    async fn a_mail_says_what_happened_and_links_nowhere(it: &Connected) {
        let citizen = it.server.citizen(NUMBER).await;
        only(&citizen, &["email"], Some("dao@example.vn")).await;
        it.mail.moods(&["451 try later", "250 so be it", "550 no such mailbox"]);
        citizen.filed().await;
        it.round().await;
        assert_eq!(stands(&citizen, "email").await, is("pending", ""));
        it.server.clock().advance(TimeDelta::minutes(2));
        it.round().await;
        assert_eq!(stands(&citizen, "email").await, is("sent", ""));
        let mail = it.mail.taken();
        let id = inbox(&citizen).await[0]["notice_id"].as_str().unwrap().to_owned();
        let head = format!("Message-ID: <{id}@angiang.example>");
        assert!(mail.len() == 1 && mail[0].contains(&head), "{mail:?}");
        assert!(mail[0].contains("To: dao@example.vn") && !mail[0].contains("http"), "{mail:?}");
        citizen.filed().await;
        it.round().await;
        assert_eq!(stands(&citizen, "email").await, is("failed", "refused"));
    }

    /// What is done before it could be sent is not sent.
    async fn what_is_moot_stays_here(it: &Connected) {
        let (citizen, staff) = (it.server.citizen(NUMBER).await, it.server.staff().await);
        only(&citizen, &["sms"], None).await;
        let accepted = staff.accepted(&citizen.filed().await).await;
        it.round().await;
        let asked = staff.receiver.done(&accepted, "request_payment", Value::Null).await;
        let cash = json!({ "amount": asked.view["amount_due"] });
        staff.cashier.done(&asked, "record_cash", cash).await;
        // What is planned for one person goes in its order, one in a round.
        for _ in 0..5 {
            it.round().await;
        }
        let items = inbox(&citizen).await;
        assert_eq!(items[1]["kind"], "payment_requested");
        let sms = items[1]["deliveries"].as_array().unwrap();
        let sms = sms.iter().find(|row| row["channel"] == "sms").unwrap();
        assert_eq!((&sms["state"], &sms["reason"]), (&json!("skipped"), &json!("moot")));
        let texts = it.providers.asked("/sms");
        assert!(!texts.iter().any(|asked| asked.text.contains("can nop phi")), "{texts:?}");
    }
}
