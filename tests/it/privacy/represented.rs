//! Of a child's and an organisation's dossiers: who sees that they were read, what an export holds of them,
//! and what becomes of them when whoever represents is erased.

use api::people::erasing::Erased;
use api::retention::tidy_up;
use api::worker::run_once;
use chrono::TimeDelta;
use domain::actor::Role::{ProvinceAdministrator, Receiver, Returner};
use domain::ids::DossierId;
use serde_json::{Value, json};
use tests::accounts::{MY_THUAN, PROVINCE};
use tests::client::Client;
use tests::engine::Engine;
use tests::extract_copy::{Seen, grounded};
use tests::on_both_engines;
use tests::server::TestServer;

use super::disclosures::{officer, reviewed, shown};
use super::erasing::{dossier, erase, me};
use super::exporting::{archive, asked, entry};
use super::requests::{asked as asked_for, handle};
use super::sql;
use crate::mandates::{
    Held, at_desk, confirmed, done, draft_under, from_account, named, of_child, of_organisation,
    proposed,
};

const CHILD: (&str, &str) = ("Trần Thị Bé", "089315000001");

const COLUMNS: &str = "agency_id, dossier_id, person_id, purpose, text_version, text_sha256, language, \
                       text_named, channel, taken_by, given_at";

/// A mother and a father, each with a mandate of the child's; the desk that confirmed them.
struct Family {
    mother: Client,
    hers: Held,
    father: Client,
    his: Held,
    desk: Client,
}

impl Family {
    async fn of(server: &TestServer) -> Self {
        let mother = named(server, "0912345678", "Nguyễn Thị Đào").await;
        let father = named(server, "0987654321", "Trần Văn Mận").await;
        let desk = server.officer(&[Receiver], MY_THUAN).await;
        let child = of_child(CHILD.0, CHILD.1);
        let hers = confirmed(&desk, &proposed(&mother, &child).await).await;
        let his = confirmed(&desk, &proposed(&father, &child).await).await;
        Self {
            mother,
            hers,
            father,
            his,
            desk,
        }
    }

    async fn filed(&self) -> Seen {
        let draft = self
            .mother
            .draft_of(&draft_under(&self.hers, CHILD.0))
            .await;
        Seen::of(&self.mother.submit(&draft).send().await.expect(200))
    }
}

/// The lines a citizen is shown of this dossier.
async fn lines_of(citizen: &Client, dossier: &Seen) -> usize {
    let lines = shown(citizen).await.into_iter();
    lines
        .filter(|line| line["dossier_id"] == json!(dossier.id))
        .count()
}

async fn held(citizen: &Client, server: &TestServer, name: &str) -> Option<Value> {
    let (id, code) = asked(citizen).await;
    assert_eq!(run_once(server.app()).await.exported, 1);
    let whole = archive(citizen, &id).await.expect(200);
    let content = entry(&whole.body, name, &code)?;
    Some(serde_json::from_slice(&content).unwrap())
}

on_both_engines! {
    async fn whoever_represents_sees_who_read_for_as_long_as_the_mandate_stands(server: &TestServer) {
        let family = Family::of(server).await;
        let filed = family.filed().await;
        let (_, returner) = officer(server, &[Returner], MY_THUAN).await;
        returner.get(&format!("/v1/office/dossiers/{}", filed.id)).send().await.expect(200);
        let stranger = server.citizen("0977777777").await;
        assert_eq!(lines_of(&family.mother, &filed).await, 1);
        assert_eq!(lines_of(&family.father, &filed).await, 1, "whose mandate is another one of the same child");
        assert_eq!(lines_of(&stranger, &filed).await, 0);
        // Page by page the same, own lines and the child's in one order.
        let own = family.mother.filed().await;
        server.clock().advance(TimeDelta::minutes(1));
        returner.get(&format!("/v1/office/dossiers/{}", own.id)).send().await.expect(200);
        let all = shown(&family.mother).await;
        let (mut paged, mut path) = (Vec::new(), "/v1/me/access_log?page_size=1".to_owned());
        loop {
            let page = family.mother.get(&path).send().await.expect(200).json();
            paged.extend(page["items"].as_array().unwrap().clone());
            let Some(next) = page["next_page_token"].as_str() else { break };
            path = format!("/v1/me/access_log?page_size=1&page_token={next}");
        }
        assert!(all.len() > 2 && paged == all, "{paged:#?}");
        at_desk(&family.desk, &family.hers, "revoke").send().await.expect(200);
        assert_eq!(lines_of(&family.mother, &filed).await, 0, "it is not hers to see any more");
        assert_eq!(lines_of(&family.father, &filed).await, 1);

        let farmer = named(server, "0966666666", "Lê Văn Sáu").await;
        let farm = of_organisation("Hợp tác xã Hòn Đất", "0100109106");
        let mandate = confirmed(&family.desk, &proposed(&farmer, &farm).await).await;
        let draft = farmer.draft_of(&draft_under(&mandate, "Hợp tác xã Hòn Đất")).await;
        let filed = Seen::of(&farmer.submit(&draft).send().await.expect(200));
        returner.get(&format!("/v1/office/dossiers/{}", filed.id)).send().await.expect(200);
        assert_eq!(lines_of(&farmer, &filed).await, 1);
        done(&farmer, &mandate, "give_back").await;
        assert_eq!(lines_of(&farmer, &filed).await, 0);
    }

    async fn a_look_at_a_mandate_leaves_its_line(server: &TestServer) {
        let family = Family::of(server).await;
        for (place, is_list) in [(format!("/v1/office/mandates/{}", family.hers.id), false), ("/v1/office/mandates".to_owned(), true)] {
            let (id, reader) = officer(server, &[Receiver], MY_THUAN).await;
            let answer = reader.get(&place).send().await.expect(200);
            let lines = reviewed(server, MY_THUAN, &format!("&officer_id={id}")).await;
            assert_eq!(lines.len(), if is_list { 2 } else { 1 }, "{place}");
            for line in &lines {
                assert_eq!((&line["actions"], &line["fields"]), (&json!(["mandate"]), &json!(["name", "identity"])));
                assert_eq!(line["request_id"], json!(answer.header("x-request-id")), "by which it is found in the log");
            }
            // A second look in the same quarter of an hour is the same line.
            reader.get(&place).send().await.expect(200);
            assert_eq!(reviewed(server, MY_THUAN, &format!("&officer_id={id}")).await, lines);
        }
        let lines = shown(&family.mother).await;
        let of_hers = lines.iter().find(|line| line["mandate_id"] == json!(family.hers.id)).unwrap();
        assert_eq!((&of_hers["dossier_id"], &of_hers["request_id"]), (&Value::Null, &Value::Null), "the request is not hers");
        assert!(of_hers["text"].as_str().unwrap().contains("đã xem một uỷ quyền mà ông, bà là một bên, thấy họ tên"), "{of_hers}");
        assert!(lines.iter().all(|line| line["mandate_id"] != json!(family.his.id)));
        let filed = family.filed().await;
        let (id, reader) = officer(server, &[Receiver], MY_THUAN).await;
        let answer = reader.get(&format!("/v1/office/dossiers/{}/mandate", filed.id)).send().await.expect(200);
        let lines = reviewed(server, MY_THUAN, &format!("&officer_id={id}")).await;
        assert_eq!((lines.len(), &lines[0]["dossier_id"], &lines[0]["actions"]), (1, &json!(filed.id), &json!(["mandate"])));
        assert_eq!(lines[0]["request_id"], json!(answer.header("x-request-id")));
    }

    async fn an_export_holds_what_is_represented_and_all_that_is_kept(server: &TestServer) {
        let family = Family::of(server).await;
        server.verify(&family.mother, "089190001234").await;
        let filed = family.filed().await;
        let (_, returner) = officer(server, &[Returner], MY_THUAN).await;
        returner.get(&format!("/v1/office/dossiers/{}", filed.id)).send().await.expect(200);
        let whole = held(&family.mother, server, &format!("represented/{}.json", filed.id)).await.unwrap();
        assert_eq!((&whole["dossier"]["code"], whole["consents"]["items"].as_array().unwrap().len()), (&filed.view["code"], 1));
        let mandates = held(&family.mother, server, "mandates.json").await.unwrap();
        assert_eq!((mandates.as_array().unwrap().len(), &mandates[0]["id"]), (1, &json!(family.hers.id)));
        let reads = held(&family.mother, server, "access_log.json").await.unwrap();
        assert_eq!(reads, json!(shown(&family.mother).await));
        let proofs = held(&family.mother, server, "identity_proofs.json").await.unwrap();
        assert_eq!((proofs.as_array().unwrap().len(), proofs[0]["proved_at"].is_string()), (1, true), "{proofs}");
        let sessions = held(&family.mother, server, "sessions.json").await.unwrap();
        assert_eq!(sessions.as_array().unwrap().len(), 1, "{sessions}");
        at_desk(&family.desk, &family.hers, "revoke").send().await.expect(200);
        let path = format!("represented/{}.json", filed.id);
        assert_eq!(held(&family.mother, server, &path).await, None);
    }

    /// More than a page of them: what was given for each dossier that was filed.
    async fn an_export_holds_every_consent(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        citizen.filed().await;
        // The same consent, a hundred times and one more.
        let (id, more) = match server.site().engine() {
            Engine::Sqlite => ("randomblob(16)", "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 101) SELECT i FROM n)"),
            Engine::Postgres => ("gen_random_uuid()", "generate_series(1, 101)"),
        };
        sql(server.site(), &format!(
            "INSERT INTO consents (id, {COLUMNS}) SELECT {id}, {COLUMNS} FROM consents, {more} AS more"
        ));
        let consents = held(&citizen, server, "consents.json").await.unwrap();
        assert_eq!(consents.as_array().unwrap().len(), 102);
    }

    async fn whoever_represents_in_a_dossier_under_way_stays(server: &TestServer) {
        let family = Family::of(server).await;
        let filed = family.filed().await;
        for parent in [&family.mother, &family.father] {
            let refused = erase(server, me(parent).await).await.unwrap_err();
            assert_eq!(refused.code(), "represents-in-open-dossier");
            parent.get(&format!("/v1/dossiers/{}", filed.id)).send().await.expect(200);
        }
        let province = server.officer(&[ProvinceAdministrator], PROVINCE).await;
        let seen = asked_for(&family.mother, "erasure").await;
        let note = json!({ "note": "Đã xoá tài khoản." });
        let refused = handle(&province, &seen, "fulfil", &note).await.refused(409, "represents-in-open-dossier");
        assert!(refused.json()["detail"].as_str().unwrap().contains("đại diện"), "{}", refused.json());
        // Who has given the mandate back represents nobody; who submitted still does.
        done(&family.father, &family.his, "give_back").await;
        assert!(erase(server, me(&family.father).await).await.is_ok());
        at_desk(&family.desk, &family.hers, "revoke").send().await.expect(200);
        let refused = erase(server, me(&family.mother).await).await.unwrap_err();
        assert_eq!(refused.code(), "represents-in-open-dossier");
    }

    async fn of_a_parent_who_is_erased_the_agency_keeps_the_record_and_others_see_the_name(server: &TestServer) {
        let family = Family::of(server).await;
        let filed = family.filed().await;
        let ended = family.desk.done(&filed, "refuse", grounded("Sai cơ quan.")).await;
        let draft = family.mother.draft_of(&draft_under(&family.hers, CHILD.0)).await;
        let path = format!("/v1/dossiers/{}", ended.id);
        let before = family.father.get(&path).send().await.expect(200).json();
        assert_eq!(before["submitter"]["phone"], "+84912345678");
        assert_eq!(erase(server, me(&family.mother).await).await.unwrap(), Erased { drafts: 1, kept: 1 });
        family.father.get(&format!("/v1/dossiers/{}", draft.id)).send().await.refused(404, "not-found");
        // The child's record opens for the agency whole, under the child's own key.
        let seen = family.desk.get(&format!("/v1/office/dossiers/{}", ended.id)).send().await.expect(200).json();
        assert_eq!((&seen["submitter"]["phone"], &seen["submitter"]["full_name"]), (&json!("+84912345678"), &json!("Nguyễn Thị Đào")));
        assert_eq!(seen["form"], before["form"]);
        let id: DossierId = ended.id.parse().unwrap();
        assert!(dossier(server.store(), id).await.submitter.is_some());
        // The other parent still sees the child's matter, and of who was erased the name.
        let after = family.father.get(&path).send().await.expect(200).json();
        let named = json!({ "full_name": "Nguyễn Thị Đào", "personal_number": null, "birth_date": null, "phone": null, "address": null });
        assert_eq!((&after["submitter"], &after["form"]), (&named, &before["form"]));
        let desk = family.desk.get(&format!("/v1/office/mandates/{}", family.hers.id)).send().await.expect(200).json();
        assert_eq!((&desk["state"], &desk["delegate_name"]), (&json!("ended"), &json!("")));
    }

    async fn a_mandators_own_draft_outlives_the_delegate_and_what_the_delegate_wrote_does_not(server: &TestServer) {
        let dao = named(server, "0912345678", "Nguyễn Thị Đào").await;
        let man = named(server, "0987654321", "Trần Văn Mận").await;
        let waiting = proposed(&man, &from_account("0912345678", "Nguyễn Thị Đào")).await;
        let mandate = done(&dao, &waiting, "accept").await;
        let hers = dao.draft_of(&draft_under(&mandate, "Nguyễn Thị Đào")).await;
        let his = man.draft_of(&draft_under(&mandate, "Nguyễn Thị Đào")).await;
        assert_eq!(erase(server, me(&man).await).await.unwrap(), Erased { drafts: 1, kept: 0 });
        dao.get(&format!("/v1/dossiers/{}", hers.id)).send().await.expect(200);
        dao.get(&format!("/v1/dossiers/{}", his.id)).send().await.refused(404, "not-found");
    }

    async fn idle_drafts_of_nobodys_account_go_like_any_other(server: &TestServer) {
        let family = Family::of(server).await;
        let standing = family.mother.attach(&family.mother.draft_of(&draft_under(&family.hers, CHILD.0)).await, "authorisation").await;
        let ended = family.father.draft_of(&draft_under(&family.his, CHILD.0)).await;
        at_desk(&family.desk, &family.his, "revoke").send().await.expect(200);
        let count = || sql(server.site(), "SELECT count(*) FROM dossiers WHERE state = 'draft'");
        server.clock().advance(TimeDelta::days(90));
        tidy_up(server.app(), server.app().clock.now()).await.unwrap();
        assert_eq!(count(), "2", "to the instant");
        server.clock().advance(TimeDelta::seconds(1));
        tidy_up(server.app(), server.app().clock.now()).await.unwrap();
        assert_eq!(count(), "0");
        for draft in [&standing, &ended] {
            family.mother.get(&format!("/v1/dossiers/{}", draft.id)).send().await.refused(404, "not-found");
        }
        let by_the_house = "SELECT count(*) FROM events WHERE kind = 'discarded' AND actor_kind = 'system'";
        assert_eq!(sql(server.site(), by_the_house), "2");
    }
}
