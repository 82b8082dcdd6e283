//! The reference page a person opens: it is ours, complete, and asks nothing of other machines.

use tests::on_both_engines;
use tests::server::TestServer;

/// What the page loads and links to.
fn addresses(page: &str) -> Vec<&str> {
    let parts = page.split("src=\"").skip(1);
    let parts = parts.chain(page.split("href=\"").skip(1));
    parts.map(|rest| rest.split('"').next().unwrap()).collect()
}

on_both_engines! {
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
