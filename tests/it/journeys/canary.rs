//! The log canary: a whole story full of distinctive personal data, told to the real process, leaves no
//! trace of it in the log or the metrics.

mod dumps;
mod figures;
mod sweep;

use serde_json::{Value, json};
use tests::client::Client;
use tests::engine::Site;
use tests::extract_copy::{PRICE, Seen, draft, pdf, two_papers};
use tests::faults::insiders::Insiders;
use tests::on_both_engines;
use tests::process::{self, Process, Start};

const NAME: &str = "Kiều Thị \"Hoàng\' Yến";
const NUMBER: &str = "079190987654";
/// Without its prefix: the house writes it as +84….
const PHONE: &str = "987601234";
const ADDRESS: &str = "Ấp Chim Hoàng Yến, xã Mỹ Thuận";
const BIRTH: &str = "1991-02-27";
const ANSWER: &str = "Xin cấp cho chim hoàng yến";
const TEXT: &str = "Vì chim hoàng yến hót";
const SIGNER: &str = "Lê Hoàng Oanh Vàng";
const RECIPIENT: &str = "Đỗ Quyên Rừng";

/// Whatever is sent as a password or a token.
const SECRET: &str = "khẩu lệnh của chim-hoàng-yến";

const CANARIES: [&str; 10] = [
    NAME, NUMBER, PHONE, ADDRESS, BIRTH, ANSWER, TEXT, SIGNER, RECIPIENT, SECRET,
];

/// How a text may stand in a log: as it is, as JSON with and without escapes, as Rust prints it, and
/// as it stands in an address.
fn spellings(text: &str) -> Vec<String> {
    let json = json!(text).to_string();
    let ascii = json.encode_utf16().map(|unit| match u8::try_from(unit) {
        Ok(byte) if byte.is_ascii() => char::from(byte).to_string(),
        _ => format!("\\u{unit:04x}"),
    });
    let ascii: String = ascii.collect();
    let percent = text.bytes().map(|byte| match byte {
        b if b.is_ascii_alphanumeric() || b == b'-' => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    });
    let percent: String = percent.collect();
    let inner = |quoted: &str| quoted.trim_matches('"').to_owned();
    vec![
        text.to_owned(),
        inner(&json),
        inner(&json!(inner(&json)).to_string()),
        inner(&ascii),
        inner(&format!("{text:?}")),
        percent.replace("%20", "+"),
        percent,
    ]
}

/// Every canary that is found, with the line.
fn found(told: &str) -> Vec<String> {
    let mut hits = Vec::new();
    for line in told.lines() {
        let low = line.to_lowercase();
        for canary in CANARIES {
            if spellings(canary)
                .iter()
                .any(|one| low.contains(&one.to_lowercase()))
            {
                hits.push(format!("{canary}: {line}"));
            }
        }
    }
    hits
}

#[test]
fn a_canary_is_found_however_it_is_spelled() {
    for canary in CANARIES {
        for spelled in spellings(canary) {
            let told = format!("{{\"level\":\"INFO\"}}\n{{\"message\":\"a {spelled} b\"}}\n");
            assert_eq!(found(&told).len(), 1, "{spelled}");
        }
    }
    assert_eq!(found("{\"level\":\"INFO\",\"route\":\"/v1/me\"}"), [""; 0]);
}

/// Her matter, in her words.
fn matter() -> Value {
    let mut matter = draft();
    matter["applicant"] = json!({
        "full_name": NAME, "personal_number": NUMBER, "birth_date": BIRTH,
        "phone": format!("0{PHONE}"), "address": ADDRESS
    });
    for (field, answer) in [
        ("requester_name", NAME),
        ("requester_id", NUMBER),
        ("subject_name", NAME),
        ("subject_birth", BIRTH),
        ("purpose", ANSWER),
    ] {
        matter["form"][field] = json!(answer);
    }
    matter
}

async fn an_account(citizen: &Client) {
    let asked = citizen
        .post("/v1/auth/otp")
        .json(&json!({ "phone": format!("0{PHONE}") }));
    asked.send().await.expect(202);
    let me = citizen.get("/v1/me").send().await.expect(200);
    let me = citizen.patch("/v1/me").if_match(&me.etag()).json(&json!({
        "full_name": NAME, "personal_number": NUMBER, "birth_date": BIRTH, "address": ADDRESS
    }));
    me.send().await.expect(200);
}

async fn asked_and_answered(citizen: &Client, officer: &Client) -> Seen {
    let draft = citizen.draft_of(&matter()).await;
    citizen
        .post(&format!("/v1/dossiers/{}/check", draft.id))
        .send()
        .await
        .expect(200);
    let filed = Seen::of(&citizen.submit(&draft).send().await.expect(200));
    let accepted = officer.done(&filed, "accept", json!({})).await;
    let mut missing = two_papers();
    missing["items"][0]["text"] = json!(TEXT);
    missing["legal_ground"] = json!(TEXT);
    let asked = officer.done(&accepted, "request_supplement", missing).await;
    let one = citizen.attach(&asked, "authorisation").await;
    let both = citizen.attach(&one, "relationship_proof").await;
    let path = format!(
        "/v1/supplements/{}/answer",
        both.view["supplements"][0]["id"].as_str().unwrap()
    );
    let answer = citizen
        .post(&path)
        .if_match(&both.etag)
        .key("canary")
        .json(&json!({ "note": TEXT }));
    Seen::of(&answer.send().await.expect(200))
}

async fn to_the_hand_over(citizen: &Client, officer: &Client) {
    let answered = asked_and_answered(citizen, officer).await;
    let resumed = officer.done(&answered, "resume", Value::Null).await;
    let forwarded = officer.done(&resumed, "forward", Value::Null).await;
    let paid = officer
        .done(&forwarded, "record_cash", json!({ "amount": PRICE }))
        .await;
    let decided = officer
        .done(&paid, "decide", json!({ "outcome": "approved" }))
        .await;
    let path = format!("/v1/office/dossiers/{}/result_file", decided.id);
    let file = officer
        .post(&path)
        .body("application/pdf", pdf(NAME))
        .send()
        .await
        .expect(201);
    let result = json!({
        "number": "1/2026", "issued_on": "2025-01-02", "signer_name": SIGNER, "file_id": file.json()["file_id"]
    });
    let issued = officer.done(&decided, "issue_result", result).await;
    officer
        .done(&issued, "hand_over", json!({ "recipient": RECIPIENT }))
        .await;
    for path in ["/v1/me/results", "/v1/dossiers"] {
        citizen.get(path).send().await.expect(200);
    }
}

async fn taken_back(citizen: &Client, officer: &Client) {
    let filed = Seen::of(
        &citizen
            .submit(&citizen.draft_of(&matter()).await)
            .send()
            .await
            .expect(200),
    );
    let accepted = officer.done(&filed, "accept", json!({})).await;
    let back = citizen.act(&accepted, "withdraw", &json!({ "reason": TEXT }));
    let back = Seen::of(&back.send().await.expect(200));
    officer
        .done(&back, "decline_withdrawal", json!({ "reason": TEXT }))
        .await;
    officer
        .office(
            &back,
            "stop",
            &json!({ "reason": TEXT, "legal_ground": TEXT }),
        )
        .send()
        .await
        .expect(412);
}

/// What goes wrong is where logs talk most.
async fn what_is_refused(citizen: &Client, officer: &Client) {
    for (path, status) in [
        (format!("/v1/office/dossiers?q={NAME}"), 200),
        (format!("/v1/office/dossiers?{NUMBER}={NAME}"), 400),
        (format!("/v1/{NUMBER}/{ANSWER}"), 404),
        (format!("/v1/office/dossiers/{NUMBER}"), 404),
    ] {
        officer.get(&path).send().await.expect(status);
    }
    let account = || citizen.patch("/v1/me").if_match("\"v1\"");
    account()
        .body("application/json", format!("{{\"full_name\": {NAME}"))
        .send()
        .await
        .expect(400);
    account()
        .json(&json!({ "full_name": 5, NUMBER: ADDRESS }))
        .send()
        .await
        .expect(422);
    account()
        .json(&json!({ "personal_number": NAME, "address": "\u{202e}" }))
        .send()
        .await
        .expect(422);
    let tracked = json!({ "code": "H01.30.38-20261123-0000001", "secret": PHONE });
    citizen
        .post("/v1/tracking")
        .json(&tracked)
        .send()
        .await
        .expect(404);
    let login = json!({ "login": NUMBER, "password": ANSWER });
    citizen
        .post("/v1/auth/officers/login")
        .json(&login)
        .send()
        .await
        .expect(401);
}

on_both_engines! {
    async fn no_canary_sings_in_the_log(site: &Site) {
        // The first start makes schema, catalogue and keys.
        assert!(Process::start(site, &Start::default()).stop());
        let people = Insiders::on(site).await;
        let figures = figures::free_port();
        let environment = vec![("MOTCUA_METRICS_LISTEN".to_owned(), figures.clone())];
        let server = Process::start(site, &Start { environment, ..Start::default() });
        let nobody = Client::nobody(server.base());
        let (citizen, officer) = (
            nobody.with_token(people.citizens.first().unwrap()),
            nobody.with_token(&people.officer),
        );
        an_account(&citizen).await;
        to_the_hand_over(&citizen, &officer).await;
        taken_back(&citizen, &officer).await;
        what_is_refused(&citizen, &officer).await;
        let things = sweep::things_of(&citizen).await;
        let stranger = nobody.with_token(people.citizens.last().unwrap());
        let askers = sweep::Askers { canary: &citizen, officer: &officer, stranger: &stranger, nobody: &nobody };
        sweep::swept(&askers, &things).await;
        let figures = figures::metrics(&figures);
        let lying = dumps::lying_in(site);
        assert!(server.stop());
        let log = process::log_of(site);

        // Both were on while it was told.
        for (told, route) in [(&log, "hand_over"), (&figures, "hand_over"), (&log, "/v1/me")] {
            assert!(told.contains(route), "{route}: {told}");
        }
        assert_eq!(found(&log), [""; 0]);
        assert_eq!(found(&figures), [""; 0]);
        assert!(dumps::holds_the_name(&lying));
        assert_eq!(dumps::found_in(&lying), []);
        let copy = dumps::copy_of(site);
        assert!(dumps::holds_the_name(&copy));
        assert_eq!(dumps::found_in(&copy), []);
        for token in [citizen.token().unwrap(), officer.token().unwrap()] {
            let signature = token.rsplit('.').next().unwrap();
            for told in [&log, &figures, &String::from_utf8_lossy(&lying).into_owned()] {
                assert!(!told.contains(signature), "a token");
            }
        }
    }
}
