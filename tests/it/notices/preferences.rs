//! What somebody chooses, and what the law has told all the same.

use serde_json::{Value, json};
use tests::content::fault;
use tests::extract_copy::two_papers;
use tests::on_both_engines;

use super::{Connected, NUMBER, is, only, stands};

const PATH: &str = "/v1/me/notice_preferences";

on_both_engines! {
    async fn a_choice_is_made_against_the_version_seen(it: &Connected) {
        let citizen = it.server.citizen(NUMBER).await;
        let seen = citizen.get(PATH).send().await.expect(200);
        assert_eq!(seen.json()["version"], 1);
        let sms = |view: &Value, group: &str| {
            let rows = view["choices"].as_array().unwrap();
            let row = rows.iter().find(|row| row["channel"] == "sms" && row["group"] == group);
            row.unwrap()["enabled"].clone()
        };
        assert_eq!((sms(&seen.json(), "progress"), sms(&seen.json(), "outcome")), (json!(false), json!(true)));
        let row = json!({ "channel": "sms", "group": "progress", "enabled": true });
        let body = json!({ "choices": [row], "email": "dao@example.vn" });
        let put = |etag: &str, body: &Value| citizen.put(PATH).if_match(etag).json(body);
        put("\"v7\"", &body).send().await.refused(412, "version-mismatch");
        citizen.put(PATH).json(&body).send().await.refused(428, "precondition-required");
        let done = put(&seen.etag(), &json!({ "choices": [row] })).send().await.expect(200);
        assert_eq!((sms(&done.json(), "progress"), &done.json()["version"]), (json!(true), &json!(2)));
        put(&seen.etag(), &body).send().await.refused(412, "version-mismatch");
        let twice = json!({ "choices": [row, row], "email": "nobody" });
        let refused = put(&done.etag(), &twice).send().await.expect(422);
        let refused = refused.names(fault("/choices/1", "duplicate"));
        refused.names(fault("/email", "wrong-format"));
        let long = json!({ "choices": [], "email": format!("a@{}.vn", "x".repeat(260)) });
        put(&done.etag(), &long).send().await.expect(422).names(fault("/email", "too-long"));
        let kept = citizen.get(PATH).send().await.expect(200);
        assert_eq!(kept.etag(), done.etag());
    }

    /// Everything is switched off: news stays in the inbox, and what must be done goes out by one way.
    async fn what_must_be_told_goes_out_all_the_same(it: &Connected) {
        let (citizen, staff) = (it.server.citizen(NUMBER).await, it.server.staff().await);
        only(&citizen, &[], None).await;
        let filed = citizen.filed().await;
        it.round().await;
        assert_eq!(stands(&citizen, "sms").await, is("skipped", "switched_off"));
        assert_eq!(stands(&citizen, "zalo").await, is("skipped", "switched_off"));
        staff.receiver.done(&filed, "request_supplement", two_papers()).await;
        it.round().await;
        assert_eq!(stands(&citizen, "zalo").await, is("sent", ""));
        assert_eq!(stands(&citizen, "sms").await, is("skipped", "switched_off"));
    }
}
