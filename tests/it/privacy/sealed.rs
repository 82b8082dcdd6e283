//! A sealed field opens in its own table, column and row, under its own key, as it was written, or not
//! at all.

use tests::client::Client;
use tests::extract_copy::Seen;
use tests::on_both_engines;
use tests::server::TestServer;

use super::{bytes, literal, sql};

/// The bytes of a sealed column of a dossier.
fn column(server: &TestServer, dossier: &str) -> Vec<u8> {
    let hex = match server.site().database() {
        Some(_) => "encode(applicant_phone, 'hex')",
        None => "hex(applicant_phone)",
    };
    let told = sql(
        server.site(),
        &format!("SELECT {hex} FROM dossiers WHERE id = {dossier}"),
    );
    let digits = told.as_bytes().chunks(2);
    let byte = |pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.map(byte).collect()
}

async fn shows(citizen: &Client, seen: &Seen) -> u16 {
    let answer = citizen
        .get(&format!("/v1/dossiers/{}", seen.id))
        .send()
        .await;
    answer.status
}

on_both_engines! {
    async fn a_sealed_field_opens_where_it_was_sealed_or_not_at_all(server: &TestServer) {
        let (citizen, stranger) =
            (server.citizen("0912345678").await, server.citizen("0987654321").await);
        let (one, other) = (citizen.draft().await, citizen.draft().await);
        let me = stranger.get("/v1/me").send().await.expect(200).json();
        let site = server.site();
        let (id, twin) = (literal(site, &one.id), literal(site, &other.id));
        let kept = column(server, &id);
        assert!(kept.len() > 29, "a nonce and a tag");
        assert_ne!(kept, column(server, &twin), "the same number twice does not show");
        let altered = |place: usize, with: u8| {
            let mut altered = kept.clone();
            altered[place] ^= with;
            bytes(site, &altered)
        };
        let last = kept.len() - 1;
        let stranger = literal(site, me["person_id"].as_str().unwrap());
        for (what, change) in [
            ("another row", format!("applicant_phone = (SELECT applicant_phone FROM dossiers WHERE id = {twin})")),
            ("another column", "applicant_phone = applicant_number".to_owned()),
            ("another table", "applicant_phone = (SELECT phone FROM people WHERE id = owner_id)".to_owned()),
            ("another key", format!("key_id = {stranger}")),
            ("the layout", format!("applicant_phone = {}", altered(0, 1))),
            ("a bit of the nonce", format!("applicant_phone = {}", altered(5, 4))),
            ("a bit of the text", format!("applicant_phone = {}", altered(14, 128))),
            ("a bit of the tag", format!("applicant_phone = {}", altered(last, 1))),
            ("a cut", format!("applicant_phone = {}", bytes(site, &kept[..last]))),
            ("nothing", format!("applicant_phone = {}", bytes(site, &[]))),
        ] {
            sql(site, &format!("UPDATE dossiers SET {change} WHERE id = {id}"));
            assert_eq!(shows(&citizen, &one).await, 500, "{what}");
            let back = bytes(site, &kept);
            sql(site, &format!(
                "UPDATE dossiers SET applicant_phone = {back}, key_id = owner_id WHERE id = {id}"
            ));
            assert_eq!(shows(&citizen, &one).await, 200, "{what}: put back");
        }
        // Without its key a field is not damaged but gone.
        sql(site, &format!("UPDATE dossiers SET key_id = {id} WHERE id = {id}"));
        let seen = citizen.get(&format!("/v1/dossiers/{}", one.id)).send().await.expect(200).json();
        assert!(seen["applicant"]["phone"].is_null(), "{seen}");
        assert_eq!(seen["form"], serde_json::json!({}));
    }

    async fn a_data_key_opens_nothing_in_another_subject_s_name(server: &TestServer) {
        let (citizen, stranger) =
            (server.citizen("0912345678").await, server.citizen("0987654321").await);
        let id = async |client: &Client| {
            let me = client.get("/v1/me").send().await.expect(200).json();
            literal(server.site(), me["person_id"].as_str().unwrap())
        };
        let (own, other) = (id(&citizen).await, id(&stranger).await);
        sql(server.site(), &format!(
            "UPDATE subject_keys SET wrapped = (SELECT wrapped FROM subject_keys WHERE id = {other}) WHERE id = {own}"
        ));
        citizen.get("/v1/me").send().await.refused(500, "internal");
        stranger.get("/v1/me").send().await.expect(200);
    }
}
