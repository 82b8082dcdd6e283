//! The dossier most tests turn: three copies of a birth certificate's extract (2.000635), which
//! needs no papers, costs 8,000 dong a copy and is due the same day.

use domain::actor::Role;
use domain::ids::AgencyId;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::accounts::MY_THUAN;
use crate::client::{Client, Request, Response};
use crate::server::TestServer;

/// The procedure's national code.
pub const PROCEDURE: &str = "2.000635";

/// What three copies cost.
pub const PRICE: u32 = 24_000;

/// The answers of its form, complete.
pub fn form() -> Value {
    json!({
        "requester_name": "Nguyễn Thị Đào", "requester_id": "089190001234", "relation": "self",
        "subject_name": "Nguyễn Thị Đào", "subject_birth": "1990-05-19", "extract_kind": "birth",
        "copies": 3, "purpose": "Nhập học", "delivery": "electronic"
    })
}

/// A draft of it for Mỹ Thuận, complete.
pub fn draft() -> Value {
    json!({
        "procedure_code": PROCEDURE,
        "agency_id": MY_THUAN,
        "applicant": {
            "full_name": "Nguyễn Thị Đào", "personal_number": "089190001234",
            "birth_date": "1990-05-19", "phone": "0912345678",
            "address": "Ấp Phước Lợi, xã Mỹ Thuận, tỉnh An Giang"
        },
        "form": form(),
        "delivery": "electronic"
    })
}

/// A draft of a confirmation of marital status (1.004873) there, complete: three working days.
pub fn marital_status() -> Value {
    let mut status = draft();
    status["procedure_code"] = json!("1.004873");
    status["form"] = json!({
        "subject_name": "Nguyễn Thị Đào", "subject_birth": "1990-05-19",
        "subject_id": "089190001234", "residence": "Ấp Phước Lợi, xã Mỹ Thuận",
        "status_now": "single", "purpose_kind": "other", "purpose": "Vay vốn",
        "delivery": "electronic"
    });
    status
}

/// The draft of an extract, as the desk files it for somebody without a phone.
pub fn counter_filing() -> Value {
    json!({
        "id": Uuid::now_v7(),
        "procedure_code": PROCEDURE,
        "channel": "counter",
        "applicant": { "full_name": "Trần Văn Mận" },
        "assistance": "typed_by_officer",
        "form": form(),
        "delivery": "counter",
        "consent": true
    })
}

/// A dossier as somebody last saw it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Its id.
    pub id: String,
    /// The tag of that version.
    pub etag: String,
    /// Everything that was shown.
    pub view: Value,
}

impl Seen {
    /// What an answer shows.
    #[track_caller]
    pub fn of(answer: &Response) -> Self {
        let view = answer.json();
        Self {
            id: view["id"].as_str().expect("a dossier").to_owned(),
            etag: answer.etag(),
            view,
        }
    }

    /// Where it stands.
    pub fn state(&self) -> &str {
        self.view["state"].as_str().unwrap_or_default()
    }
}

impl Client {
    /// A complete draft under a new id.
    pub async fn draft(&self) -> Seen {
        self.draft_of(&draft()).await
    }

    /// A draft that says this, under a new id.
    pub async fn draft_of(&self, body: &Value) -> Seen {
        let request = self.put(&format!("/v1/dossiers/{}", Uuid::now_v7()));
        Seen::of(&request.if_new().json(body).send().await.expect(201))
    }

    /// A dossier that is filed.
    pub async fn filed(&self) -> Seen {
        let draft = self.draft().await;
        Seen::of(&self.submit(&draft).send().await.expect(200))
    }

    /// Files a draft, under a new key.
    pub fn submit(&self, draft: &Seen) -> Request {
        self.act(draft, "submit", &json!({ "consent": true }))
    }

    /// A citizen's command, under a new key where one is wanted.
    pub fn act(&self, seen: &Seen, command: &str, body: &Value) -> Request {
        let path = format!("/v1/dossiers/{}/{command}", seen.id);
        with(self.post(&path), command, seen, body)
    }

    /// Puts a PDF in a paper's place.
    pub async fn attach(&self, seen: &Seen, key: &str) -> Seen {
        Seen::of(&self.attach_anyway(seen, key).await.expect(200))
    }

    /// Tries to put a PDF in a paper's place.
    pub async fn attach_anyway(&self, seen: &Seen, key: &str) -> Response {
        let path = format!("/v1/dossiers/{}/papers/{key}", seen.id);
        let request = self.put(&path).if_match(&seen.etag);
        request.body("application/pdf", pdf(key)).send().await
    }

    /// Answers the latest supplement request.
    pub fn answer(&self, seen: &Seen) -> Request {
        let rounds = seen.view["supplements"].as_array();
        let round = rounds.and_then(|rounds| rounds.last()).expect("a request");
        let path = format!(
            "/v1/supplements/{}/answer",
            round["id"].as_str().expect("an id")
        );
        with(
            self.post(&path),
            "answer_supplement",
            seen,
            &json!({ "note": "Đã gửi đủ." }),
        )
    }

    /// Files [`counter_filing`] at the desk.
    pub async fn filed_at_desk(&self) -> Seen {
        let key = Uuid::now_v7().to_string();
        let file = self.post("/v1/office/dossiers").key(&key);
        Seen::of(&file.json(&counter_filing()).send().await.expect(200))
    }

    /// Scans a PDF of an original into a paper's place.
    pub async fn scanned(&self, seen: &Seen, key: &str) -> Seen {
        let path = format!(
            "/v1/office/dossiers/{}/papers/{key}?copy_kind=original",
            seen.id
        );
        let scan = self.put(&path).if_match(&seen.etag);
        let scan = scan.body("application/pdf", pdf(key)).send().await;
        Seen::of(&scan.expect(200))
    }

    /// An officer's command, under a new key where one is wanted.
    pub fn office(&self, seen: &Seen, command: &str, body: &Value) -> Request {
        let path = format!("/v1/office/dossiers/{}/{command}", seen.id);
        with(self.post(&path), command, seen, body)
    }

    /// An officer's command that is carried out.
    pub async fn done(&self, seen: &Seen, command: &str, body: Value) -> Seen {
        Seen::of(&self.office(seen, command, &body).send().await.expect(200))
    }
}

/// Operations that take an idempotency key.
const ONCE: [&str; 4] = ["submit", "answer_supplement", "record_cash", "issue_result"];

fn with(request: Request, command: &str, seen: &Seen, body: &Value) -> Request {
    let request = request.if_match(&seen.etag);
    let request = if ONCE.contains(&command) {
        request.key(&Uuid::now_v7().to_string())
    } else {
        request
    };
    if body.is_null() {
        request
    } else {
        request.json(body)
    }
}

/// The people behind one agency's counter, each with one role.
#[derive(Debug)]
pub struct Staff {
    /// Cán bộ tiếp nhận.
    pub receiver: Client,
    /// Cán bộ thụ lý.
    pub processor: Client,
    /// Lãnh đạo.
    pub approver: Client,
    /// Cán bộ trả kết quả.
    pub returner: Client,
    /// Thủ quỹ.
    pub cashier: Client,
}

impl TestServer {
    /// The staff of Mỹ Thuận.
    pub async fn staff(&self) -> Staff {
        self.staff_of(MY_THUAN).await
    }

    /// The staff of an agency.
    pub async fn staff_of(&self, agency: AgencyId) -> Staff {
        let one = async |role| self.officer(&[role], agency).await;
        Staff {
            receiver: one(Role::Receiver).await,
            processor: one(Role::Processor).await,
            approver: one(Role::Approver).await,
            returner: one(Role::Returner).await,
            cashier: one(Role::Cashier).await,
        }
    }
}

impl Staff {
    /// Accepts a filed dossier.
    pub async fn accepted(&self, filed: &Seen) -> Seen {
        self.receiver.done(filed, "accept", json!({})).await
    }

    /// Uploads a document and issues it as the result of a decided dossier.
    pub async fn issued(&self, decided: &Seen, number: &str) -> Seen {
        let path = format!("/v1/office/dossiers/{}/result_file", decided.id);
        let upload = self
            .processor
            .post(&path)
            .body("application/pdf", pdf(number));
        let file = upload.send().await.expect(201).json()["file_id"].clone();
        let result = json!({
            "number": number, "issued_on": "2026-11-23", "signer_name": "Lê Văn Chín",
            "file_id": file
        });
        self.processor.done(decided, "issue_result", result).await
    }

    /// Accepts a filed dossier and hands it to the unit.
    pub async fn processing(&self, filed: &Seen) -> Seen {
        let accepted = self.accepted(filed).await;
        self.receiver.done(&accepted, "forward", Value::Null).await
    }
}

/// A signed document, by its looks.
pub fn pdf(text: &str) -> Vec<u8> {
    format!("%PDF-1.7\n%\u{e2}\u{e3}\n{text}\n%%EOF\n").into_bytes()
}

/// One request for two papers of the procedure.
pub fn two_papers() -> Value {
    json!({
        "items": [
            { "paper_key": "authorisation", "reason": "missing",
              "text": "Gửi giấy uỷ quyền có chữ ký của người được cấp." },
            { "paper_key": "relationship_proof", "reason": "unreadable",
              "text": "Chụp lại sổ hộ khẩu cho rõ bốn góc." }
        ],
        "legal_ground": "118/2025/NĐ-CP, Điều 17"
    })
}

/// A reason with its legal ground.
pub fn grounded(reason: &str) -> Value {
    json!({ "reason": reason, "legal_ground": "118/2025/NĐ-CP, Điều 17" })
}
