//! The public catalogue: found with or without accents, page by page, in both languages.

use serde_json::Value;
use tests::accounts::{BINH_SON, MY_THUAN};
use tests::client::{Client, Response};
use tests::on_both_engines;
use tests::server::TestServer;

fn codes(answer: &Response) -> Vec<String> {
    let body = answer.json();
    let items = body["items"].as_array().unwrap().iter();
    items
        .map(|item| item["code"].as_str().unwrap().to_owned())
        .collect()
}

/// Every item of a list, a few at a time.
async fn all_of(client: &Client, path: &str) -> Vec<Value> {
    let (mut items, mut token) = (Vec::new(), String::new());
    loop {
        let page = client
            .get(&format!("{path}page_size=3{token}"))
            .send()
            .await;
        let page = page.expect(200).json();
        items.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next_page_token"].as_str() {
            Some(next) => token = format!("&page_token={next}"),
            None => return items,
        }
    }
}

on_both_engines! {
    /// What is not said of a part is said of the entry as a whole.
    async fn each_part_of_a_procedure_tells_how_sure_it_is(server: &TestServer) {
        let nobody = server.nobody();
        let of = async |code: &str| nobody.get(&format!("/v1/procedures/{code}")).send().await.expect(200).json();
        let status = of("1.004873").await;
        assert_eq!(status["source"]["certainty"], "found");
        // No resolution of the province's council was found: the amount is a stopgap.
        assert_eq!(status["fees"][0]["certainty"], "deduced", "{}", status["fees"][0]);
        for code in ["1.004873", "1.004222"] {
            let procedure = of(code).await;
            let whole = &procedure["source"]["certainty"];
            for part in ["papers", "steps"] {
                let parts = procedure[part].as_array().unwrap();
                assert!(!parts.is_empty() && parts.iter().all(|it| it["certainty"] == *whole), "{code} {part}");
            }
        }
        let residence = of("1.004222").await;
        assert_eq!(residence["fees"][0]["certainty"], residence["source"]["certainty"]);
        assert_eq!(residence["supplement"]["most_reply_days"], 30);
        assert_eq!(residence["desk"]["answer"], serde_json::json!({ "unit": "working_hours", "hours": 8 }));
    }

    async fn accents_and_case_do_not_matter(server: &TestServer) {
        let nobody = server.nobody();
        let find = async |q: &str| {
            let path = format!("/v1/procedures?page_size=100&q={q}");
            codes(&nobody.get(&path).send().await.expect(200))
        };
        let bare = find("trich%20luc").await;
        assert!(bare.contains(&"2.000635".to_owned()), "{bare:?}");
        assert_eq!(find("tr%C3%ADch%20l%E1%BB%A5c").await, bare);
        assert_eq!(find("TRICH+LUC").await, bare);
        // The same letters, decomposed.
        assert_eq!(find("tri%CC%81ch%20lu%CC%A3c").await, bare);
        assert_eq!(find("2.000635").await, ["2.000635"]);
        assert_eq!(find("khong-co-thu-tuc-nay").await, [""; 0]);
        assert_eq!(find("%25").await, [""; 0]);
    }

    async fn a_list_is_narrowed_and_paged(server: &TestServer) {
        let nobody = server.nobody();
        let all = all_of(&nobody, "/v1/procedures?").await;
        assert!(all.len() >= 30, "{}", all.len());
        for item in &all {
            assert!(item.to_string().len() <= 280, "{item}");
        }
        let mut kept = all.clone();
        kept.dedup_by(|a, b| a["code"] == b["code"]);
        assert_eq!(kept, all);
        let fields = all_of(&nobody, "/v1/fields?").await;
        let mut counted = 0;
        for field in &fields {
            let code = field["code"].as_str().unwrap();
            let of_field = all_of(&nobody, &format!("/v1/procedures?field={code}&")).await;
            assert!(of_field.iter().all(|item| item["field"] == code));
            counted += of_field.len();
        }
        assert_eq!(counted, all.len());
        for (filter, member, value) in [
            ("online=full", "online", "full"),
            ("online=partial", "online", "partial"),
        ] {
            let found = all_of(&nobody, &format!("/v1/procedures?{filter}&")).await;
            let expected = all.iter().filter(|item| item[member] == value).count();
            assert_eq!(found.len(), expected, "{filter}");
        }
        let path = format!("/v1/procedures?agency_id={MY_THUAN}&");
        let offered = all_of(&nobody, &path).await;
        let board = nobody.get(&format!("/v1/agencies/{MY_THUAN}/board")).send().await;
        assert_eq!(board.expect(200).json()["procedures"], Value::from(offered.clone()));
        assert!(!offered.is_empty() && offered.len() < all.len());
        assert!(offered.iter().all(|item| item["level"] != "province"));
    }

    async fn a_token_belongs_to_its_list(server: &TestServer) {
        let nobody = server.nobody();
        let page = nobody.get("/v1/procedures?page_size=1").send().await.expect(200).json();
        let token = page["next_page_token"].as_str().unwrap();
        for other in [
            format!("/v1/procedures?level=commune&page_token={token}"),
            format!("/v1/fields?page_token={token}"),
            format!("/v1/agencies?page_token={token}"),
        ] {
            nobody.get(&other).send().await.refused(400, "invalid-page-token");
        }
        nobody.get("/v1/procedures?page_size=0").send().await.refused(400, "invalid-parameter");
        nobody.get("/v1/procedures?field=HT").send().await.refused(400, "invalid-parameter");
        nobody.get("/v1/procedures?colour=red").send().await.refused(400, "unknown-parameter");
    }

    async fn a_procedure_is_told_in_full_and_held_by_its_tag(server: &TestServer) {
        let nobody = server.nobody();
        let path = "/v1/procedures/2.000635";
        let found = nobody.get(path).send().await.expect(200);
        let body = found.json();
        assert_eq!(body["name"], "Cấp bản sao trích lục hộ tịch, bản sao giấy khai sinh");
        assert!(body["time_limit"]["text"].as_str().unwrap().starts_with("Trong ngày"));
        assert_eq!(body["fees"][0]["amounts"]["direct"], 8000);
        assert!(!body["papers"].as_array().unwrap().is_empty());
        assert!(found.header("cache-control").starts_with("public"));
        let again = nobody.get(path).header("if-none-match", &found.etag());
        assert!(again.send().await.expect(304).body.is_empty());
        let english = nobody.get(path).in_english().send().await.expect(200);
        assert_ne!(english.etag(), found.etag());
        assert!(english.json()["name"].as_str().unwrap().starts_with("Copy of a civil-status"));

        let form = nobody.get(&format!("{path}/form")).send().await.expect(200);
        assert_eq!(form.json()["type"], "object");
        let again = nobody.get(&format!("{path}/form")).header("if-none-match", &form.etag());
        again.send().await.expect(304);
        for missing in ["2.999999", "x", "2.000635%00"] {
            for rest in ["", "/form"] {
                let path = format!("/v1/procedures/{missing}{rest}");
                nobody.get(&path).send().await.refused(404, "not-found");
            }
        }
        server.clock().set("2025-06-30T09:00:00+07:00");
        nobody.get(path).send().await.refused(409, "procedure-not-in-force");
    }

    /// Thursday 30 July 2026: at 15:00 it is still the same day, a minute later it is not.
    async fn a_due_date_is_shown_before_anything_is_filed(server: &TestServer) {
        let nobody = server.nobody();
        let path = format!("/v1/procedures/2.000635/due_date_preview?channel=online&agency_id={MY_THUAN}");
        for (now, due) in [
            ("2026-07-30T15:00:00+07:00", "2026-07-30"),
            ("2026-07-30T15:01:00+07:00", "2026-07-31"),
        ] {
            server.clock().set(now);
            let view = nobody.get(&path).send().await.expect(200).json();
            assert_eq!(view["due_date"], due, "{view}");
            assert!(!view["segments"].as_array().unwrap().is_empty());
        }
        let elsewhere = "/v1/procedures/2.000635/due_date_preview?channel=online&agency_id=00000000-0000-7000-8000-000000000000";
        nobody.get(elsewhere).send().await.refused(422, "invalid-content");
        let lost = "/v1/procedures/2.000635/due_date_preview?channel=online";
        nobody.get(lost).send().await.refused(400, "invalid-parameter");
    }

    async fn agencies_have_their_board(server: &TestServer) {
        let nobody = server.nobody();
        let agencies = all_of(&nobody, "/v1/agencies?").await;
        for id in [MY_THUAN, BINH_SON] {
            assert!(agencies.iter().any(|agency| agency["id"] == id.to_string()), "{id}");
        }
        for lost in ["00000000-0000-7000-8000-000000000000", "x"] {
            let path = format!("/v1/agencies/{lost}/board");
            nobody.get(&path).send().await.refused(404, "not-found");
        }
    }
}
