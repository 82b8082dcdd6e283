//! What the fuzzer finds on the server: dossiers at every stage, and the words to ask for them.

use std::collections::BTreeMap;
use std::path::Path;

use domain::actor::Role;
use serde_json::{Map, Value, json};
use tests::accounts::{BINH_SON, MY_THUAN};
use tests::client::Client;
use tests::extract_copy::{PROCEDURE, Seen, counter_filing, grounded, pdf, two_papers};
use tests::server::TestServer;
use uuid::Uuid;

/// The phone of the citizen whose dossiers they are.
const PHONE: &str = "0912345678";

/// A server with dossiers on it, and the two who may do something with them.
pub(super) struct Seeds {
    pub(super) citizen: Client,
    /// Every role, at the agency that has the dossiers.
    pub(super) officer: Client,
    words: BTreeMap<&'static str, Vec<String>>,
    /// The tag of each dossier.
    tags: Map<String, Value>,
    /// The dossier of each supplement request.
    dossier_of: Map<String, Value>,
}

impl Seeds {
    /// Puts `copies` dossiers of each stage on the server, and one of somebody else.
    pub(super) async fn sown(server: &TestServer, copies: u32) -> Self {
        let mut seeds = Self {
            citizen: server.citizen(PHONE).await,
            officer: server.officer(&Role::ALL, MY_THUAN).await,
            words: BTreeMap::new(),
            tags: Map::new(),
            dossier_of: Map::new(),
        };
        seeds.note_what_is_public();
        seeds.note("entry_ids", &json!(Uuid::now_v7()));
        seeds.note_officers(server, copies).await;
        for _ in 0..copies {
            for stage in STAGES {
                let seen = seeds.dossier(stage).await;
                seeds.note_dossier(&seen);
            }
        }
        let other = server.citizen("0987654321").await;
        seeds.note_dossier(&other.filed().await);
        seeds
    }

    /// Writes what `schemathesis.toml` and `fuzz_versions.py` read into a directory.
    pub(super) fn write(&self, directory: &Path) {
        for (name, words) in &self.words {
            let lines: Vec<String> = words.iter().map(|word| json!(word).to_string()).collect();
            std::fs::write(directory.join(format!("{name}.dict")), lines.join("\n")).unwrap();
        }
        let versions = json!({ "tags": self.tags, "dossier_of": self.dossier_of });
        std::fs::write(directory.join("versions.json"), versions.to_string()).unwrap();
    }

    fn note(&mut self, name: &'static str, word: &Value) {
        let words = self.words.entry(name).or_default();
        words.extend(word.as_str().map(str::to_owned));
    }

    fn note_what_is_public(&mut self) {
        for agency in [MY_THUAN, BINH_SON] {
            self.note("agency_ids", &json!(agency));
        }
        for procedure in [PROCEDURE, "1.004873"] {
            self.note("procedure_codes", &json!(procedure));
        }
        for paper in ["authorisation", "relationship_proof"] {
            self.note("paper_keys", &json!(paper));
        }
        self.note("phones", &json!(PHONE));
    }

    /// Officers of the agency, with a role each and another one proposed by somebody else.
    async fn note_officers(&mut self, server: &TestServer, copies: u32) {
        let administrator = server.officer(&[Role::AgencyAdministrator], MY_THUAN).await;
        for _ in 0..copies {
            let officer = server.hire(&[Role::Returner], MY_THUAN).await;
            self.note("officer_ids", &json!(officer.id));
            let roles = format!("/v1/admin/officers/{}/roles", officer.id);
            let held = administrator.get(&roles).send().await.expect(200).json();
            self.note("grant_ids", &held["items"][0]["grant_id"]);
            let wish = json!({ "agency_id": MY_THUAN, "role": "receiver", "from": "2026-11-23", "reason": "Phân công." });
            let proposal = administrator
                .post(&roles)
                .json(&wish)
                .send()
                .await
                .expect(200)
                .json();
            self.note("proposal_ids", &proposal["proposal_id"]);
        }
    }

    fn note_dossier(&mut self, seen: &Seen) {
        let view = &seen.view;
        self.note("dossier_ids", &view["id"]);
        self.tags.insert(seen.id.clone(), json!(seen.etag));
        self.note("codes", &view["code"]);
        self.note("secrets", &view["tracking_secret"]);
        for supplement in view["supplements"].as_array().into_iter().flatten() {
            self.note("supplement_ids", &supplement["id"]);
            let id = supplement["id"].as_str().unwrap().to_owned();
            self.dossier_of.insert(id, json!(seen.id));
        }
        for paper in view["papers"].as_array().into_iter().flatten() {
            self.note("file_ids", &paper["file_id"]);
        }
    }

    async fn dossier(&mut self, stage: Stage) -> Seen {
        match stage {
            Stage::Draft => {
                let draft = self.citizen.draft().await;
                self.citizen.attach(&draft, "authorisation").await
            }
            Stage::Filed => self.citizen.filed().await,
            Stage::FiledAtTheCounter => self.filed_at_the_counter().await,
            Stage::Refused => {
                let filed = self.citizen.filed().await;
                let reason = grounded("Xã khác giữ sổ.");
                self.officer.done(&filed, "refuse", reason).await
            }
            Stage::Asked => self.asked(&self.citizen.filed().await).await,
            Stage::AskedAfterAcceptance => {
                let asked = self.asked(&self.accepted().await).await;
                self.citizen.attach(&asked, "authorisation").await
            }
            Stage::Accepted => self.accepted().await,
            Stage::Processing => self.processing().await,
            Stage::TakenBack => {
                let processing = self.processing().await;
                let back = json!({ "reason": "Không cần nữa." });
                let withdraw = self.citizen.act(&processing, "withdraw", &back);
                Seen::of(&withdraw.send().await.expect(200))
            }
            Stage::Paid => self.paid().await,
            Stage::Decided => self.decided().await,
            Stage::Completed => self.completed().await,
        }
    }

    async fn filed_at_the_counter(&self) -> Seen {
        let file = self.officer.post("/v1/office/dossiers");
        let file = file.key(&Uuid::now_v7().to_string());
        Seen::of(&file.json(&counter_filing()).send().await.expect(200))
    }

    async fn asked(&self, seen: &Seen) -> Seen {
        let ask = "request_supplement";
        self.officer.done(seen, ask, two_papers()).await
    }

    async fn paid(&mut self) -> Seen {
        let processing = self.processing().await;
        let owed = json!({ "amount": processing.view["amount_due"] });
        let paid = self.officer.done(&processing, "record_cash", owed).await;
        self.note_payments(&paid).await;
        paid
    }

    async fn completed(&mut self) -> Seen {
        let decided = self.decided().await;
        let file = self.result_file(&decided).await;
        let result = json!({
            "number": Uuid::now_v7(), "issued_on": "2026-11-23", "signer_name": "Lê Văn Chín",
            "file_id": file
        });
        self.officer.done(&decided, "issue_result", result).await
    }

    async fn accepted(&self) -> Seen {
        let filed = self.citizen.filed().await;
        self.officer.done(&filed, "accept", json!({})).await
    }

    async fn processing(&self) -> Seen {
        let accepted = self.accepted().await;
        self.officer.done(&accepted, "forward", Value::Null).await
    }

    /// With a document that waits to be issued.
    async fn decided(&mut self) -> Seen {
        let processing = self.processing().await;
        let approved = json!({ "outcome": "approved" });
        let decided = self.officer.done(&processing, "decide", approved).await;
        let file = self.result_file(&decided).await;
        self.note("file_ids", &file);
        decided
    }

    async fn result_file(&self, decided: &Seen) -> Value {
        let upload = self
            .officer
            .post(&format!("/v1/office/dossiers/{}/result_file", decided.id));
        let upload = upload
            .body("application/pdf", pdf(&decided.id))
            .send()
            .await;
        upload.expect(201).json()["file_id"].clone()
    }

    async fn note_payments(&mut self, paid: &Seen) {
        let list = self
            .citizen
            .get(&format!("/v1/dossiers/{}/payments", paid.id))
            .send()
            .await;
        for payment in list.expect(200).json()["payments"]
            .as_array()
            .into_iter()
            .flatten()
        {
            self.note("payment_ids", &payment["id"]);
        }
    }
}

/// How far a dossier has come.
#[derive(Clone, Copy)]
enum Stage {
    Draft,
    Filed,
    FiledAtTheCounter,
    Refused,
    Asked,
    AskedAfterAcceptance,
    Accepted,
    Processing,
    TakenBack,
    Paid,
    Decided,
    Completed,
}

const STAGES: [Stage; 12] = [
    Stage::Draft,
    Stage::Filed,
    Stage::FiledAtTheCounter,
    Stage::Refused,
    Stage::Asked,
    Stage::AskedAfterAcceptance,
    Stage::Accepted,
    Stage::Processing,
    Stage::TakenBack,
    Stage::Paid,
    Stage::Decided,
    Stage::Completed,
];
