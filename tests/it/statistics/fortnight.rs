//! The fortnight the project starts from: 11 to 24 February 2026, on both engines.

use std::process::Command;

use api::dossiers::render::hex;
use domain::actor::Role;
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN, PROVINCE};
use tests::on_both_engines;
use tests::server::TestServer;

/// 19,895 carried over and 22,754 new, 21,028 of those online; every fourth is still open, the
/// others were finished early, on the due date and late. The even ones are Mỹ Thuận's. Each began as
/// a draft, which no figure may count.
const DOSSIERS: &str = "
    INSERT INTO dossiers (id, version, state, agency_id, procedure_code, procedure_version,
        field_code, channel, assistance, applicant_name, applicant_name_folded, copies,
        pages, persons, claims, delivery, due_at, original_due_at, created_at, updated_at,
        submitted_at, accepted_at, finished_at)
    SELECT dossier, 3, 'completed', agency, '2.000635', 1, 'G15-HT01', channel, 'own_hand', 'A', 'a',
        1, 1, 1, '[]', 'electronic', due, due, accepted, finished, accepted, accepted, finished
    FROM numbered;
    INSERT INTO events (id, dossier_id, agency_id, version, kind, actor_kind, at, state, payload)
    SELECT drafted_event, dossier, agency, 1, 'drafted', 'system', accepted, 'draft', '{}'
    FROM numbered;
    INSERT INTO events (id, dossier_id, agency_id, version, kind, actor_kind, at, state, due_at,
        channel, payload)
    SELECT accepted_event, dossier, agency, 2, 'accepted', 'system', accepted, 'accepted', due,
        channel, '{}'
    FROM numbered;
    INSERT INTO events (id, dossier_id, agency_id, version, kind, actor_kind, at, state, due_at,
        channel, payload)
    SELECT finished_event, dossier, agency, 3, 'result_issued', 'system', finished, 'completed', due,
        channel, '{}'
    FROM numbered;
    DROP TABLE numbered;";

/// The instants as local times, and the rest of what tells one dossier from the next.
fn numbered(
    source: &str,
    id: impl Fn(&str) -> String,
    agency: &str,
    at: impl Fn(&str) -> String,
) -> String {
    let [dossier, drafted, accepted, finished] =
        ["dossier-", "drafted-", "accepted", "finished"].map(id);
    let (before, first) = (at("2026-02-10 23:59:00"), at("2026-02-11 00:00:00"));
    let (early, on_time) = (at("2026-02-19 23:59:00"), at("2026-02-20 23:59:00"));
    let (late, open, due) = (
        at("2026-02-21 00:00:00"),
        at("2026-02-25 00:00:00"),
        at("2026-02-20 17:00:00"),
    );
    format!(
        "CREATE TABLE numbered AS SELECT {dossier} AS dossier, {drafted} AS drafted_event,
            {accepted} AS accepted_event, {finished} AS finished_event, {agency} AS agency,
            CASE WHEN n < 19895 + 21028 THEN 'online' WHEN n % 2 = 0 THEN 'post' ELSE 'counter' END
                AS channel,
            CASE WHEN n < 19895 THEN {before} ELSE {first} END AS accepted,
            CASE n % 4 WHEN 0 THEN {early} WHEN 1 THEN {on_time} WHEN 2 THEN {late} ELSE {open} END
                AS finished,
            {due} AS due
        FROM {source}; {DOSSIERS}"
    )
}

fn fill(server: &TestServer) {
    let site = server.site();
    if let Some(database) = site.database() {
        let id = |kind: &str| {
            let kind = hex(kind.as_bytes());
            format!("('{kind}' || lpad(to_hex(n), 16, '0'))::uuid")
        };
        let agency =
            format!("CASE n % 2 WHEN 0 THEN '{MY_THUAN}'::uuid ELSE '{BINH_SON}'::uuid END");
        let at = |local: &str| format!("'{local}+07'::timestamptz");
        database.query(&numbered(
            "generate_series(0, 42648) AS numbers(n)",
            id,
            &agency,
            at,
        ));
        return;
    }
    let id = |kind: &str| format!("CAST(printf('{kind}%08d', n) AS BLOB)");
    let blob = |id: String| format!("X'{}'", id.replace('-', ""));
    let agency = format!(
        "CASE n % 2 WHEN 0 THEN {} ELSE {} END",
        blob(MY_THUAN.to_string()),
        blob(BINH_SON.to_string())
    );
    let at =
        |local: &str| format!("1000000 * (CAST(strftime('%s', '{local}') AS INTEGER) - 25200)");
    let source = "(WITH RECURSIVE numbers(n) AS
        (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < 42648) SELECT n FROM numbers)";
    let output = Command::new("sqlite3")
        .arg("-bail")
        // An older program takes NULL for bad JSON; what is written here is not under test.
        .args(["-cmd", "PRAGMA ignore_check_constraints = ON"])
        .arg(site.data_directory().join("motcua.db"))
        .arg(format!(
            "BEGIN IMMEDIATE; {} COMMIT;",
            numbered(source, id, &agency, at)
        ))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

fn rate<'a>(figures: &'a Value, id: &str) -> &'a Value {
    let mut rates = figures["rates"].as_array().unwrap().iter();
    rates.find(|rate| rate["id"] == id).unwrap()
}

/// Numerator, denominator, and their ratio in percent with one decimal.
fn percent(figures: &Value, id: &str) -> (u64, u64, String) {
    let rate = rate(figures, id);
    let number = |member: &str| rate[member].as_u64().unwrap();
    let value = rate["value"].as_f64().unwrap() * 100.0;
    (
        number("numerator"),
        number("denominator"),
        format!("{value:.1}"),
    )
}

const SUMMARY: &str = "/v1/office/statistics/summary";

on_both_engines! {
    async fn the_fortnight_gives_42_649_and_92_4_and_49_3_percent(server: &TestServer) {
        fill(server);
        let everybody = server.officer(&[Role::ProvinceAdministrator], PROVINCE).await;
        let path = format!("{SUMMARY}?from=2026-02-11&to=2026-02-25&group_by=channel");
        let figures = everybody.get(&path).send().await.expect(200).json();
        let counts = &figures["counts"];
        for (member, expected) in [
            ("carried_over", 19_895), ("newly_received", 22_754), ("total", 42_649),
            ("new_online", 21_028), ("new_direct", 863), ("new_post", 863),
            ("finished_early", 10_663), ("finished_on_time", 10_662), ("finished_late", 10_662),
            ("finished", 31_987), ("open_overdue", 10_662), ("open", 10_662), ("refused", 0),
        ] {
            assert_eq!(counts[member], expected, "{member}");
        }
        assert_eq!(percent(&figures, "online_of_new_v1"), (21_028, 22_754, "92.4".into()));
        assert_eq!(percent(&figures, "online_of_total_v1"), (21_028, 42_649, "49.3".into()));
        assert_eq!(rate(&figures, "later_supplements_v1")["value"], Value::Null);
        let online = rate(&figures, "online_of_new_v1");
        assert_eq!(online["period"], json!({"from": "2026-02-11", "to": "2026-02-25"}));
        assert!(online["definition"].as_str().unwrap().starts_with("Số hồ sơ trực tuyến"));
        let groups = figures["groups"].as_array().unwrap();
        let names: Vec<_> = groups.iter().map(|group| group["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Trực tiếp", "Trực tuyến", "Bưu chính công ích"]);
        for member in ["total", "carried_over", "finished", "open"] {
            let parts: u64 = groups.iter().map(|group| group["counts"][member].as_u64().unwrap()).sum();
            assert_eq!(counts[member], parts, "{member}");
        }
        assert_eq!(groups[0]["rates"][0]["filters"]["channel"], "counter");

        // One agency sees its own half, whatever it asks for; and what the next period finds open.
        let statistician = server.officer(&[Role::Statistician], MY_THUAN).await;
        let path = format!("{SUMMARY}?from=2026-02-25&to=2026-02-26");
        let own = statistician.get(&path).send().await.expect(200).json();
        assert_eq!(own["counts"]["carried_over"], 0);
        let path = format!("{SUMMARY}?from=2026-02-25&to=2026-02-26&agency_id={MY_THUAN}");
        let elsewhere = server.officer(&[Role::Auditor], BINH_SON).await;
        let none = elsewhere.get(&path).send().await.expect(200).json();
        assert_eq!(none["counts"]["total"], 0);
        let path = format!("{SUMMARY}?from=2026-02-25&to=2026-02-26");
        let next = elsewhere.get(&path).in_english().send().await.expect(200).json();
        assert_eq!(next["counts"]["carried_over"], 10_662);
        assert_eq!(next["counts"]["finished_late"], 10_662);
        assert!(rate(&next, "online_of_new_v1")["value"].is_null());
    }

    async fn only_those_who_read_figures_may(server: &TestServer) {
        let path = format!("{SUMMARY}?from=2026-02-11&to=2026-02-25");
        for role in Role::ALL {
            let answer = server.officer(&[role], MY_THUAN).await.get(&path).send().await;
            let reads = [Role::Statistician, Role::Approver, Role::ProvinceAdministrator, Role::Auditor];
            if reads.contains(&role) {
                let figures = answer.expect(200).json();
                assert!(figures["rates"].as_array().unwrap().iter().all(|rate| rate["value"].is_null()));
            } else {
                answer.refused(403, "role-forbids");
            }
        }
        server.nobody().get(&path).send().await.expect(401);
        let citizen = server.citizen("+84912345678").await;
        citizen.get(&path).send().await.refused(403, "wrong-account-kind");
        let statistician = server.officer(&[Role::Statistician], MY_THUAN).await;
        for faulty in [
            "from=2026-02-11&to=2026-02-11",
            "from=2026-02-11",
            "from=2026-02-30&to=2026-03-11",
            "from=2026-02-11&to=2026-02-25&cut_off=2026-02-10T00:00:00Z",
            "from=2026-02-11&to=2026-02-25&cut_off=2027-02-10T00:00:00Z",
            "from=2026-02-11&to=2026-02-25&group_by=colour",
        ] {
            let path = format!("{SUMMARY}?{faulty}");
            statistician.get(&path).send().await.refused(400, "invalid-parameter");
        }
    }
}
