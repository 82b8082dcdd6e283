//! An upload of the ground: begun, and kept busy.

use tests::accounts::PROVINCE;
use tests::server::TestServer;

use super::ground::{Belonging, Ground};
use super::policy::{Kind, UNSEEN};
use crate::uploads::{PDF, begun, pdf_of};

impl Ground {
    /// The second citizen is sending a file.
    pub(super) async fn uploads(&mut self, server: &TestServer) {
        let of = Belonging {
            owner: Some(1),
            delegate: None,
            agency: PROVINCE,
            is_draft: true,
            only: None,
        };
        let upload = begun(&self.citizens[1], PDF, &pdf_of("đang gửi", 900)).await;
        let id = upload.trim_start_matches("/v1/uploads/").to_owned();
        let held = server.app().staging.hold(id.parse().unwrap());
        self.busy.extend(held.unwrap());
        let path = vec![("upload_id", id)];
        self.add(Kind::Upload, "an upload", Some(of), path, UNSEEN);
    }
}
