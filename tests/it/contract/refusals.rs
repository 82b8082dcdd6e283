//! What the edge refuses before any rule is asked: form, caller, size, kind.

use serde_json::json;
use tests::content::fault;
use tests::extract_copy::draft;
use tests::on_both_engines;
use tests::server::TestServer;
use uuid::Uuid;

on_both_engines! {
    async fn bodies_are_read_strictly(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let put = |media: &'static str, body: String| {
            let path = format!("/v1/dossiers/{}", Uuid::now_v7());
            citizen.put(&path).if_new().body(media, body).send()
        };
        let json = "application/json";
        put(json, "{".to_owned()).await.refused(400, "malformed-json");
        put("text/plain", draft().to_string()).await.refused(415, "unsupported-media-type");
        let twice = draft().to_string().replacen('{', "{\"delivery\":\"post\",", 1);
        put(json, twice).await.expect(422).names(fault("/delivery", "duplicate-field"));
        let deep = format!("{{\"form\":{}{}}}", "[".repeat(40), "]".repeat(40));
        put(json, deep).await.expect(422).names(fault("/form/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0", "too-deep"));
        let mut large = draft();
        large["form"]["purpose"] = json!("x".repeat(2_000_000));
        put(json, large.to_string()).await.refused(413, "payload-too-large");
    }

    async fn addresses_and_queries_are_those_of_the_document(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        citizen.get("/v1/dossier").send().await.refused(404, "route-not-found");
        citizen.put("/v1/dossiers").send().await.refused(405, "method-not-allowed");
        let list = |query: &str| citizen.get(&format!("/v1/dossiers?{query}")).send();
        list("colour=red").await.refused(400, "unknown-parameter");
        list("page_size=0").await.refused(400, "invalid-parameter");
        list("page_token=abc").await.refused(400, "invalid-page-token");
    }

    async fn nothing_is_echoed_to_who_traces(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        for path in ["/v1/me", "/v1/dossiers", "/healthz"] {
            let traced = citizen.request(reqwest::Method::TRACE, path).header("x-canary", "echoed").send().await;
            traced.refused(405, "method-not-allowed");
        }
    }

    async fn a_page_token_belongs_to_its_list_and_its_caller(server: &TestServer) {
        let (citizen, other) = (server.citizen("0912345678").await, server.citizen("0987654321").await);
        for _ in 0..3 {
            citizen.draft().await;
        }
        let first = citizen.get("/v1/dossiers?page_size=2").send().await.expect(200).json();
        let token = first["next_page_token"].as_str().unwrap().to_owned();
        let next = format!("/v1/dossiers?page_size=2&page_token={token}");
        let second = citizen.get(&next).send().await.expect(200).json();
        assert_eq!((first["items"].as_array().unwrap().len(), second["items"].as_array().unwrap().len()), (2, 1));
        assert_ne!(first["items"][1]["id"], second["items"][0]["id"]);
        other.get(&next).send().await.refused(400, "invalid-page-token");
    }

    async fn codes_by_phone_are_few_and_wrong_ones_count(server: &TestServer) {
        let nobody = server.nobody();
        let ask = || nobody.post("/v1/auth/otp").json(&json!({ "phone": "0912345678" })).send();
        ask().await.expect(202);
        ask().await.refused(429, "too-many-requests");
        let wrong = json!({ "code_request_id": Uuid::now_v7(), "phone": "0912345678", "code": "000000x" });
        let verify = nobody.post("/v1/auth/otp/verify");
        verify.json(&wrong).send().await.expect(422).names(fault("/code", "wrong-format"));
        let unknown = json!({ "code_request_id": Uuid::now_v7(), "phone": "0999999999", "code": "123456" });
        let verify = nobody.post("/v1/auth/otp/verify");
        verify.json(&unknown).send().await.refused(401, "credentials-refused");
        let login = nobody.post("/v1/auth/officers/login");
        let login = login.json(&json!({ "login": "nobody", "password": "x" })).send().await;
        login.refused(401, "credentials-refused");
    }
}
