//! What people of the ground asked about their data, and a consent that was taken back.

use api::exports::making::make_next;
use domain::actor::Role::AgencyAdministrator;
use serde_json::json;
use tests::accounts::{MY_THUAN, PROVINCE};
use tests::server::TestServer;
use uuid::Uuid;

use super::ground::{Belonging, Ground};
use super::policy::{Kind, UNSEEN};

impl Ground {
    /// The first citizen's request was refused, the second one's consent taken back.
    pub(super) async fn privacy(&mut self, server: &TestServer) {
        let chief = server.officer(&[AgencyAdministrator], MY_THUAN).await;
        let asking = self.citizens[0].post("/v1/me/data_requests").key("one");
        let body = json!({ "kind": "access", "controller_id": MY_THUAN });
        let asked = asking.json(&body).send().await.expect(200);
        let id = asked.json()["data_request_id"].as_str().unwrap().to_owned();
        let refusing = chief.post(&format!("/v1/office/data_requests/{id}/refuse"));
        let ground = json!({ "ground": "not_held", "note": "Không lưu giữ." });
        let refusing = refusing.if_match(&asked.etag()).json(&ground);
        let refused = refusing.send().await.expect(200);
        let of = Belonging {
            owner: Some(0),
            delegate: None,
            agency: MY_THUAN,
            is_draft: false,
            only: None,
        };
        let path = vec![("data_request_id", id)];
        self.add(
            Kind::DataRequest,
            "a request",
            Some(of),
            path,
            &refused.etag(),
        );

        let given = self.citizens[1].get("/v1/me/consents").send().await;
        let given = given.expect(200).json();
        let id = given["items"][0]["consent"]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let withdrawing = self.citizens[1].post(&format!("/v1/me/consents/{id}/withdraw"));
        withdrawing.send().await.expect(200);
        let of = Belonging {
            owner: Some(1),
            agency: PROVINCE,
            ..of
        };
        let path = vec![("consent_id", id)];
        self.add(Kind::Consent, "a consent", Some(of), path, UNSEEN);

        self.told_and_exported(server, of).await;
    }

    async fn told_and_exported(&mut self, server: &TestServer, of: Belonging) {
        let inbox = self.citizens[1].get("/v1/me/notices").send().await;
        let inbox = inbox.expect(200).json();
        let id = inbox["items"][0]["notice_id"].as_str().unwrap().to_owned();
        let path = vec![("notice_id", id)];
        self.add(Kind::Notice, "a notice", Some(of), path, UNSEEN);

        let asking = self.citizens[1].post("/v1/me/exports").send().await;
        let asked = asking.expect(200).json();
        let id = asked["export"]["export_id"].as_str().unwrap().to_owned();
        let made = make_next(server.app(), Uuid::now_v7()).await;
        assert_eq!(made.ok(), Some(1));
        let path = vec![("export_id", id)];
        self.add(Kind::Export, "an export", Some(of), path, UNSEEN);
    }
}
