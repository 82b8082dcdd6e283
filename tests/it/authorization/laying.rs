//! The dossiers of the ground, led through everything over HTTP.

use chrono::TimeDelta;
use domain::actor::Role::{AgencyAdministrator, Approver, Processor, Receiver};
use domain::ids::AgencyId;
use persistence::officers::Officer;
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN, PROVINCE};
use tests::client::Client;
use tests::extract_copy::{PRICE, Seen, Staff, draft, pdf, two_papers};
use tests::server::TestServer;
use uuid::Uuid;

use super::ground::{Belonging, Ground, PAPER};
use super::policy::{Kind, UNSEEN};

impl Ground {
    /// A dossier with its papers, request, payment and result, handed over.
    pub(super) async fn dossier(
        &mut self,
        server: &TestServer,
        (owner, staff): (usize, &Staff),
        (agency, name): (AgencyId, &str),
    ) {
        let of = Belonging {
            owner: Some(owner),
            delegate: None,
            agency,
            is_draft: false,
            only: None,
        };
        let citizen = self.citizens[owner].clone();
        let asked = asked(&citizen, staff, &drafted(agency, name)).await;
        server.clock().advance(TimeDelta::minutes(1));
        let answered = answered(&citizen, &asked).await;
        let resumed = staff.receiver.done(&answered, "resume", Value::Null).await;
        let ended = ended(staff, &resumed).await;
        let path = format!("/v1/dossiers/{}", ended.id);
        let seen = Seen::of(&citizen.get(&path).send().await.expect(200));
        let payments = citizen.get(&format!("{path}/payments")).send().await;
        let payment = payments.expect(200).json()["payments"][0].clone();
        self.add_dossier(name, of, &seen);
        self.add_what_lies_in_it(name, of, (&seen, &payment));
    }

    fn add_what_lies_in_it(&mut self, name: &str, of: Belonging, (seen, payment): (&Seen, &Value)) {
        let view = &seen.view;
        let round = &view["supplements"][0]["id"];
        let path = vec![("supplement_id", text(round))];
        self.add(Kind::Supplement, name, Some(of), path, &seen.etag);
        self.add(
            Kind::Payment,
            name,
            Some(of),
            vec![("payment_id", text(&payment["id"]))],
            UNSEEN,
        );
        for file in [
            &view["papers"][0]["file_id"],
            &view["results"][0]["file_id"],
        ] {
            self.add(
                Kind::File,
                name,
                Some(of),
                vec![("file_id", text(file))],
                UNSEEN,
            );
            self.mark(of, file);
        }
        for mark in [
            round,
            &payment["id"],
            &payment["receipt"],
            &view["tracking_secret"],
        ] {
            self.mark(of, mark);
        }
    }

    /// Filed at the desk for somebody without an account, and handed over.
    pub(super) async fn counter(&mut self, staff: &Staff) {
        let of = Belonging {
            owner: None,
            delegate: None,
            agency: MY_THUAN,
            is_draft: false,
            only: None,
        };
        let filed = staff.receiver.filed_at_desk().await;
        let accepted = staff.accepted(&filed).await;
        let ended = ended(staff, &accepted).await;
        self.add_dossier("Trần Văn Mận", of, &ended);
    }

    pub(super) async fn draft(&mut self, owner: usize, (agency, name): (AgencyId, &str)) {
        let of = Belonging {
            owner: Some(owner),
            delegate: None,
            agency,
            is_draft: true,
            only: None,
        };
        let draft = self.citizens[owner].draft_of(&drafted(agency, name)).await;
        self.add_dossier(
            name,
            of,
            &Seen {
                etag: UNSEEN.to_owned(),
                ..draft
            },
        );
    }

    /// The second citizen has signed in on another device, too.
    pub(super) async fn second_device(&mut self, server: &TestServer) {
        let of = Belonging {
            owner: Some(1),
            delegate: None,
            agency: PROVINCE,
            is_draft: true,
            only: None,
        };
        server.clock().advance(TimeDelta::minutes(5));
        let device = server.citizen("0987654321").await;
        let sessions = device
            .get("/v1/me/sessions")
            .send()
            .await
            .expect(200)
            .json();
        let items = sessions["items"].as_array().unwrap();
        let own = items.iter().find(|one| one["is_current"] == true).unwrap();
        let path = vec![("session_id", text(&own["session_id"]))];
        self.add(Kind::Session, "a second device", Some(of), path, UNSEEN);
        self.mark(of, &own["session_id"]);
    }

    /// Accounts of officers at two agencies, and what was proposed about one and declined.
    pub(super) async fn administration(&mut self, server: &TestServer) {
        let chief = server.officer(&[AgencyAdministrator], MY_THUAN).await;
        for agency in [MY_THUAN, BINH_SON] {
            let of = Belonging {
                owner: None,
                delegate: None,
                agency,
                is_draft: false,
                only: None,
            };
            let officer = server.hire(&[Receiver], agency).await;
            let path = vec![
                ("officer_id", officer.id.to_string()),
                ("grant_id", Uuid::now_v7().to_string()),
            ];
            self.add(Kind::Account, "an account", Some(of), path, UNSEEN);
            self.deputy(server, of, &officer).await;
            if agency != MY_THUAN {
                continue;
            }
            let wish = json!({
                "agency_id": agency, "role": "cashier", "from": "2026-11-23", "reason": "Phân công."
            });
            let proposing = chief.post(&format!("/v1/admin/officers/{}/roles", officer.id));
            let proposal = proposing.json(&wish).send().await.expect(200).json();
            let id = text(&proposal["proposal_id"]);
            let declining = chief.post(&format!("/v1/admin/proposals/{id}/decline"));
            declining.send().await.expect(200);
            let path = vec![("proposal_id", id)];
            self.add(Kind::Proposal, "a proposal", Some(of), path, UNSEEN);
        }
    }

    /// Somebody stood in for the officer, and it was ended.
    async fn deputy(&mut self, server: &TestServer, of: Belonging, officer: &Officer) {
        let deputy = server.hire(&[], of.agency).await;
        let client = server.proved(officer, &[Receiver], of.agency).await;
        let wish = json!({
            "deputy_id": deputy.id, "role": "receiver", "from": "2026-11-23", "until": "2026-11-24",
            "reason": "Nghỉ phép."
        });
        let made = client.post("/v1/office/deputies").json(&wish).send().await;
        let id = text(&made.expect(200).json()["deputising_id"]);
        let end = client.post(&format!("/v1/office/deputies/{id}/end"));
        end.send().await.expect(200);
        let path = vec![("deputising_id", id)];
        self.add(Kind::Deputy, "a deputising", Some(of), path, UNSEEN);
    }

    /// A document that was uploaded and not issued.
    pub(super) async fn waiting(&mut self, staff: &Staff) {
        let of = Belonging {
            owner: None,
            delegate: None,
            agency: MY_THUAN,
            is_draft: false,
            only: Some(&[Processor, Approver]),
        };
        let filed = self.citizens[0]
            .draft_of(&drafted(MY_THUAN, "Phan Ngọc Lan"))
            .await;
        let filed = Seen::of(&self.citizens[0].submit(&filed).send().await.expect(200));
        let processing = staff.processing(&filed).await;
        let approved = json!({ "outcome": "approved" });
        let decided = staff.approver.done(&processing, "decide", approved).await;
        let upload = staff
            .processor
            .post(&format!("/v1/office/dossiers/{}/result_file", decided.id));
        let stored = upload
            .body("application/pdf", pdf("chờ"))
            .send()
            .await
            .expect(201)
            .json();
        self.add(
            Kind::File,
            "a waiting document",
            Some(of),
            vec![("file_id", text(&stored["file_id"]))],
            UNSEEN,
        );
        self.mark(of, &stored["file_id"]);
    }
}

fn drafted(agency: AgencyId, name: &str) -> Value {
    let mut body = draft();
    body["agency_id"] = json!(agency);
    body["applicant"]["full_name"] = json!(name);
    body
}

/// Filed with a paper, accepted, and asked for two more.
async fn asked(citizen: &Client, staff: &Staff, draft: &Value) -> Seen {
    let draft = citizen.draft_of(draft).await;
    let draft = citizen.attach(&draft, PAPER).await;
    let filed = Seen::of(&citizen.submit(&draft).send().await.expect(200));
    let accepted = staff.accepted(&filed).await;
    let ask = "request_supplement";
    staff.receiver.done(&accepted, ask, two_papers()).await
}

async fn answered(citizen: &Client, asked: &Seen) -> Seen {
    let first = citizen.attach(asked, PAPER).await;
    let second = citizen.attach(&first, "relationship_proof").await;
    Seen::of(&citizen.answer(&second).send().await.expect(200))
}

/// From acceptance to the hand-over.
pub(super) async fn ended(staff: &Staff, accepted: &Seen) -> Seen {
    let paid = staff
        .cashier
        .done(accepted, "record_cash", json!({ "amount": PRICE }))
        .await;
    let processing = staff.receiver.done(&paid, "forward", Value::Null).await;
    let decided = staff
        .approver
        .done(&processing, "decide", json!({ "outcome": "approved" }))
        .await;
    let issued = staff.issued(&decided, &Uuid::now_v7().to_string()).await;
    staff
        .returner
        .done(
            &issued,
            "hand_over",
            json!({ "recipient": "Nguyễn Thị Đào" }),
        )
        .await
}

pub(super) fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("not an id: {value}"))
        .to_owned()
}
