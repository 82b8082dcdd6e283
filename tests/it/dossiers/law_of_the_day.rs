//! Until it is accepted a dossier lives by the version of its procedure in force on the day.

use serde_json::{Value, json};
use tests::extract_copy::{PROCEDURE, Seen, draft};
use tests::on_both_engines;
use tests::server::TestServer;

/// The day the second version comes into force.
const CHANGE: &str = "2026-11-25";
const AFTERWARDS: &str = "2026-11-25T09:00:00+07:00";

/// Imports a second version of the procedure that differs by `change`; the first one ends.
async fn second_version(server: &TestServer, change: impl Fn(&mut Value)) {
    let add = |file: &mut Value| {
        let procedures = file["procedures"].as_array_mut().unwrap();
        let first = procedures.iter_mut().find(|it| it["code"] == PROCEDURE);
        let first = first.unwrap();
        let mut second = first.clone();
        first["in_force_to"] = json!(CHANGE);
        second["version"] = json!(2);
        second["in_force_from"] = json!(CHANGE);
        change(&mut second);
        procedures.push(second);
    };
    server.import_changed("procedures/ho-tich.json", add).await;
    server.clock().set(AFTERWARDS);
}

/// From now on everybody hands in an authorisation.
fn authorisation_for_all(version: &mut Value) {
    let papers = version["papers"].as_array_mut().unwrap();
    let paper = papers.iter_mut().find(|it| it["key"] == "authorisation");
    paper.unwrap()["kind"] = json!({ "need": "mandatory" });
}

/// From now on everybody says where the event was registered.
fn place_for_all(version: &mut Value) {
    version["form"]["required"]
        .as_array_mut()
        .unwrap()
        .push(json!("registered_at"));
}

fn pointers(problem: &Value) -> Vec<&str> {
    let errors = problem["errors"].as_array().unwrap();
    errors
        .iter()
        .map(|error| error["pointer"].as_str().unwrap())
        .collect()
}

on_both_engines! {
    async fn a_draft_is_filed_by_the_version_in_force_on_that_day(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let old = citizen.draft().await;
        assert_eq!(old.view["procedure"]["version"], 1);
        second_version(server, |version| {
            authorisation_for_all(version);
            place_for_all(version);
        }).await;
        let check = citizen.post(&format!("/v1/dossiers/{}/check", old.id)).send().await.expect(200).json();
        assert_eq!(pointers(&check), ["/form/registered_at", "/papers/authorisation"], "{check}");
        let refused = citizen.submit(&old).send().await.refused(422, "invalid-content").json();
        assert_eq!(pointers(&refused), pointers(&check));
        let patch = json!({ "form": { "registered_at": "UBND xã Mỹ Thuận" } });
        let path = format!("/v1/dossiers/{}", old.id);
        let edit = citizen.patch(&path).if_match(&old.etag).json(&patch).send().await;
        let edited = Seen::of(&edit.expect(200));
        assert_eq!(edited.view["procedure"]["version"], 2);
        assert_eq!(edited.view["missing_papers"], json!(["authorisation"]));
        let whole = citizen.attach(&edited, "authorisation").await;
        let filed = Seen::of(&citizen.submit(&whole).send().await.expect(200));
        assert_eq!((filed.state(), &filed.view["missing_papers"]), ("registered", &json!([])));
        assert_eq!(staff.accepted(&filed).await.view["procedure"]["version"], 2);
    }

    /// Nothing is missing: filing alone moves the draft to the version of the day.
    async fn a_draft_that_nobody_edits_is_filed_by_the_new_version_too(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let old = citizen.draft().await;
        second_version(server, |_| {}).await;
        let filed = Seen::of(&citizen.submit(&old).send().await.expect(200));
        assert_eq!(filed.view["procedure"]["version"], 2);
    }

    /// The desk asks for what the new version wants besides, and accepts when it has come.
    async fn a_filed_dossier_lacks_what_the_new_version_wants(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let filed = citizen.filed().await;
        let accepted = staff.accepted(&citizen.filed().await).await;
        second_version(server, authorisation_for_all).await;
        let answer = staff.receiver.office(&filed, "accept", &json!({})).send().await;
        answer.refused(422, "paper-missing");
        let request = json!({
            "items": [{ "paper_key": "authorisation", "reason": "missing", "text": "Gửi giấy uỷ quyền." }],
            "legal_ground": "118/2025/NĐ-CP, Điều 17"
        });
        let asked = staff.receiver.done(&filed, "request_supplement", request).await;
        let sent = citizen.attach(&asked, "authorisation").await;
        let answered = Seen::of(&citizen.answer(&sent).send().await.expect(200));
        let resumed = staff.receiver.done(&answered, "resume", Value::Null).await;
        let taken = staff.accepted(&resumed).await;
        assert_eq!((taken.state(), &taken.view["procedure"]["version"]), ("accepted", &json!(2)));
        // What was accepted before goes on as it was accepted.
        let forwarded = staff.receiver.done(&accepted, "forward", Value::Null).await;
        assert_eq!(forwarded.view["procedure"]["version"], 1);
        assert_eq!(forwarded.view["missing_papers"], json!([]));
    }

    /// Answers cannot be supplemented: the desk is told which, and refuses or has it filed anew.
    async fn a_filed_dossier_whose_answers_no_longer_fit_is_not_accepted(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let filed = citizen.filed().await;
        second_version(server, place_for_all).await;
        let answer = staff.receiver.office(&filed, "accept", &json!({})).send().await;
        let problem = answer.refused(422, "invalid-content").json();
        assert_eq!(pointers(&problem), ["/form/registered_at"]);
        let mut anew = draft();
        anew["form"]["registered_at"] = json!("UBND xã Mỹ Thuận");
        let anew = citizen.draft_of(&anew).await;
        let anew = Seen::of(&citizen.submit(&anew).send().await.expect(200));
        assert_eq!(staff.accepted(&anew).await.view["procedure"]["version"], 2);
    }
}
