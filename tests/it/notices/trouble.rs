//! Providers that do not answer, answer with nonsense, want to be left alone, or stay away.

use chrono::TimeDelta;
use domain::actor::Role;
use serde_json::{Value, json};
use tests::accounts::PROVINCE;
use tests::on_both_engines;

use super::providers::Mood;
use super::{Connected, NUMBER, inbox, is, only, registered, stands};

on_both_engines! {
    /// Every way to fail for a while: the message is repeated under the same reference, until it is taken.
    async fn what_fails_for_a_while_is_repeated_under_one_reference(it: &Connected) {
        let citizen = it.server.citizen(NUMBER).await;
        only(&citizen, &["sms"], None).await;
        let broken = Mood::Says(502, "", json!({}));
        let moods = [Mood::Silent, Mood::Cuts, broken, Mood::Garbage];
        it.providers.moods("/sms", &moods);
        citizen.filed().await;
        for tried in 1..=moods.len() {
            it.round().await;
            assert_eq!(it.providers.asked("/sms").len(), tried);
            assert_eq!(stands(&citizen, "sms").await, is("pending", ""));
            it.round().await;
            assert_eq!(it.providers.asked("/sms").len(), tried, "it waits a while");
            it.server.clock().advance(TimeDelta::minutes(10));
        }
        it.round().await;
        assert_eq!(stands(&citizen, "sms").await, is("sent", ""));
        let id = inbox(&citizen).await[0]["notice_id"].clone();
        let asked = it.providers.asked("/sms");
        assert!(asked.iter().all(|asked| asked.json()["reference"] == id), "{asked:?}");
    }

    async fn who_wants_to_be_left_alone_is(it: &Connected) {
        let citizen = it.server.citizen(NUMBER).await;
        only(&citizen, &["sms"], None).await;
        let slowly = Mood::Says(429, "retry-after: 600\r\n", json!({}));
        it.providers.moods("/sms", &[slowly]);
        citizen.filed().await;
        it.round().await;
        it.server.clock().advance(TimeDelta::minutes(9));
        it.round().await;
        assert_eq!(it.providers.asked("/sms").len(), 1);
        it.server.clock().advance(TimeDelta::minutes(4));
        it.round().await;
        assert_eq!(stands(&citizen, "sms").await, is("sent", ""));
    }

    /// A gateway that stays away: an administrator sees the dead letter and what it said, and has it sent
    /// again. Nothing in it tells of a person.
    async fn what_was_given_up_on_can_be_sent_again(it: &Connected) {
        let citizen = it.server.citizen(NUMBER).await;
        only(&citizen, &["sms"], None).await;
        let away = vec![Mood::Says(500, "", json!({})); 30];
        it.providers.moods("/sms", &away);
        citizen.filed().await;
        for _ in 0..30 {
            it.round().await;
            it.server.clock().advance(TimeDelta::minutes(80));
        }
        assert_eq!(stands(&citizen, "sms").await, is("failed", "given_up"));
        let chief = it.server.officer(&[Role::ProvinceAdministrator], PROVINCE).await;
        let dead = chief.get("/v1/admin/outbox/dead").send().await.expect(200);
        let letters = dead.json()["items"].as_array().unwrap().clone();
        assert_eq!((letters.len(), &letters[0]["topic"]), (1, &json!("notice_sms")));
        assert!(!String::from_utf8(dead.body).unwrap().contains("912345678"));
        let id = letters[0]["id"].as_str().unwrap();
        chief.post(&format!("/v1/admin/outbox/{id}/requeue")).send().await.expect(204);
        it.round().await;
        assert_eq!(stands(&citizen, "sms").await, is("sent", ""));
    }

    /// A phone from which the app is gone: the provider says so, and nothing is pushed there any more.
    async fn a_phone_without_the_app_is_forgotten(it: &Connected) {
        let citizen = it.server.citizen(NUMBER).await;
        only(&citizen, &["push"], None).await;
        registered(&citizen, "gone").await;
        registered(&citizen, "here").await;
        let gone = json!({ "error": { "status": "NOT_FOUND", "details": [
            { "errorCode": "UNREGISTERED" }
        ] } });
        it.providers.moods("/v1/projects", &[Mood::Says(404, "", gone)]);
        citizen.filed().await;
        it.round().await;
        citizen.filed().await;
        it.round().await;
        let pushed = it.providers.asked("/v1/projects");
        let tokens: Vec<Value> = pushed.iter().map(|it| it.json()["message"]["token"].clone()).collect();
        assert_eq!(tokens.len(), 3, "{tokens:?}");
        assert_eq!(tokens[2], tokens[1], "the one that answered");
    }

    /// The provider's yes never came here: the message goes once more, under the same reference, and no more
    /// than once.
    async fn a_lost_yes_repeats_it_once(it: &Connected) {
        let citizen = it.server.citizen(NUMBER).await;
        only(&citizen, &["sms"], None).await;
        it.providers.moods("/sms", &[Mood::Cuts]);
        citizen.filed().await;
        it.round().await;
        for _ in 0..5 {
            it.server.clock().advance(TimeDelta::minutes(10));
            it.round().await;
        }
        let sent = it.providers.asked("/sms").into_iter().filter(|it| it.path == "/sms");
        let references: Vec<Value> = sent.map(|it| it.json()["reference"].clone()).collect();
        assert_eq!(references.len(), 2);
        assert_eq!(references[0], references[1]);
    }
}
