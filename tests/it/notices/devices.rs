//! Phones that notices are pushed to: whose they are, and when they are forgotten.

use serde_json::json;
use tests::content::fault;
use tests::on_both_engines;
use uuid::Uuid;

use super::{Connected, NUMBER, is, only, registered, stands};

on_both_engines! {
    async fn a_phone_that_signs_out_is_told_nothing(it: &Connected) {
        let citizen = it.server.citizen(NUMBER).await;
        registered(&citizen, "phone").await;
        let again = it.server.citizen(NUMBER).await;
        only(&again, &["push"], None).await;
        citizen.post("/v1/auth/logout").send().await.expect(204);
        again.filed().await;
        it.round().await;
        assert_eq!(it.providers.asked("/v1/projects").len(), 0);
        assert_eq!(stands(&again, "push").await, is("skipped", "no_address"));
    }

    /// One phone, two accounts one after the other: it is told of the one that is signed in on it.
    async fn a_phone_is_told_of_one_account(it: &Connected) {
        let first = it.server.citizen(NUMBER).await;
        let second = it.server.citizen("0987654321").await;
        for citizen in [&first, &second] {
            only(citizen, &["push"], None).await;
            registered(citizen, "the-same-phone").await;
        }
        first.filed().await;
        it.round().await;
        assert_eq!(it.providers.asked("/v1/projects").len(), 0);
        second.filed().await;
        it.round().await;
        assert_eq!(it.providers.asked("/v1/projects").len(), 1);
    }

    async fn a_phone_is_taken_out_by_its_owner_only(it: &Connected) {
        let (citizen, other) = (it.server.citizen(NUMBER).await, it.server.citizen("0987654321").await);
        let id = registered(&citizen, "phone").await;
        let path = format!("/v1/me/devices/{id}");
        other.delete(&path).send().await.refused(404, "not-found");
        citizen.delete(&path).send().await.expect(204);
        citizen.delete(&path).send().await.refused(404, "not-found");
        let path = format!("/v1/me/devices/{}", Uuid::now_v7());
        for (token, code) in [("", "required"), ("a b", "wrong-format"), ("ö", "wrong-format")] {
            let body = json!({ "platform": "ios", "push_token": token });
            let put = citizen.put(&path).json(&body).send().await;
            put.expect(422).names(fault("/push_token", code));
        }
        let body = json!({ "platform": "ios", "push_token": "x".repeat(1025) });
        let put = citizen.put(&path).json(&body).send().await;
        put.expect(422).names(fault("/push_token", "too-long"));
    }
}
