//! The reference page a person opens: it is ours, complete, and asks nothing of other machines.

use serde_json::json;
use tests::on_both_engines;
use tests::server::TestServer;

/// What the page loads and links to.
fn addresses(page: &str) -> Vec<&str> {
    let parts = page.split("src=\"").skip(1);
    let parts = parts.chain(page.split("href=\"").skip(1));
    parts.map(|rest| rest.split('"').next().unwrap()).collect()
}

on_both_engines! {
    /// The address at the foot of a receipt, opened in a browser.
    async fn the_receipts_address_is_a_page_that_asks_and_tells(server: &TestServer) {
        let (citizen, staff) = (server.citizen("0912345678").await, server.staff().await);
        let filed = citizen.filed().await;
        staff.accepted(&filed).await;
        let receipt = citizen.get(&format!("/v1/dossiers/{}/receipt", filed.id)).send().await.expect(200).json();
        let address = receipt["lookup_address"].as_str().unwrap();
        let place = address.rsplit_once('/').map(|(_, place)| format!("/{place}")).unwrap();
        let nobody = server.nobody();
        let page = nobody.get(&place).send().await.expect(200);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        let text = String::from_utf8(page.body.clone()).unwrap();
        assert!(text.contains("<html lang=\"vi\">") && text.contains("<label for=\"code\">"), "{text}");
        assert!(!text.contains("<script>") && !text.contains(" onclick") && !text.contains(" style="), "{text}");
        let policy = page.header("content-security-policy");
        assert!(policy.contains("connect-src 'self'") && policy.contains("script-src 'self'"), "{policy}");
        let loaded: Vec<_> = addresses(&text).into_iter().filter(|it| *it != "data:,").collect();
        assert_eq!(loaded, ["/tra-cuu/page.js", "/tra-cuu/page.css"]);
        for (part, kind) in loaded.into_iter().zip(["text/javascript; charset=utf-8", "text/css; charset=utf-8"]) {
            let part = nobody.get(part).send().await.expect(200);
            assert_eq!((part.header("content-type"), part.header("x-content-type-options")), (kind, "nosniff"));
        }
        let script = nobody.get("/tra-cuu/page.js").send().await.expect(200);
        let script = String::from_utf8(script.body).unwrap();
        assert!(script.contains("fetch(\"/v1/tracking\"") && !script.contains("innerHTML"), "{script}");
        // What the script sends, with the names of the fields it reads.
        let asked = json!({ "code": receipt["code"], "secret": receipt["tracking_secret"] });
        let found = nobody.post("/v1/tracking").json(&asked).send().await.expect(200).json();
        for field in ["procedure", "agency", "state_text", "must_do_now", "paused_since", "due_at", "steps"] {
            assert!(found.get(field).is_some() && script.contains(&format!("found.{field}")), "{field}");
        }
        assert!(found["steps"][0]["text"].is_string() && found["steps"][0]["at"].is_string());
    }

    async fn the_front_leads_people_and_programs_on(server: &TestServer) {
        let nobody = server.nobody();
        let page = nobody.get("/").header("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        let page = page.send().await.expect(200);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        let text = String::from_utf8(page.body).unwrap();
        let links: Vec<_> = addresses(&text).into_iter().filter(|it| *it != "data:,").collect();
        assert!(links.contains(&"/tra-cuu") && links.contains(&"/docs/"), "{links:?}");
        for link in links {
            nobody.get(link).send().await.expect(200);
        }
        let told = nobody.get("/").header("accept", "application/json").send().await.expect(200).json();
        for link in ["document", "reference", "lookup", "health"] {
            nobody.get(told[link].as_str().unwrap()).send().await.expect(200);
        }
        nobody.post("/").send().await.refused(404, "route-not-found");
    }

    async fn the_page_is_ours_and_loads_only_what_is_here(server: &TestServer) {
        let nobody = server.nobody();
        let typed = nobody.get("/docs").send().await.expect(308);
        assert_eq!(typed.header("location"), "/docs/");
        let page = nobody.get("/docs/").send().await.expect(200);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        let text = String::from_utf8(page.body.clone()).unwrap();
        assert!(text.contains("<title>Một Cửa · API</title>"), "{text}");
        let loaded = addresses(&text);
        assert!(loaded.len() >= 6, "{loaded:?}");
        for address in loaded.into_iter().filter(|address| *address != "data:,") {
            let here = address.strip_prefix("./").map_or(address.to_owned(), |part| format!("/docs/{part}"));
            assert!(here.starts_with('/') && !here.starts_with("//"), "{here}");
            nobody.get(&here).send().await.expect(200);
        }
        let start = nobody.get("/docs/swagger-initializer.js").send().await.expect(200);
        let start = String::from_utf8(start.body).unwrap();
        assert!(start.contains(r#""validatorUrl": "none""#) && start.contains(r#""url": "/openapi.json""#), "{start}");
        assert!(!start.contains("http"), "{start}");
    }
}
