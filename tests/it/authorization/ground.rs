//! What the matrix asks for: dossiers that have been through everything, at two agencies, of three
//! citizens and of nobody's account, and what lies in them.

use api::uploads::staging::Held;
use domain::actor::Role;
use domain::ids::AgencyId;
use serde_json::{Value, json};
use tests::accounts::{BINH_SON, MY_THUAN, PROVINCE};
use tests::client::Client;
use tests::extract_copy::Seen;
use tests::server::TestServer;
use uuid::Uuid;

use super::letters;
use super::policy::{Kind, UNSEEN};

/// The paper whose place is asked for.
pub(super) const PAPER: &str = "authorisation";

/// Whose something is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Belonging {
    /// Which citizen's; of nobody's account where the desk filed it.
    pub(super) owner: Option<usize>,
    /// Which citizen a mandate opens it to now.
    pub(super) delegate: Option<usize>,
    /// Which agency's.
    pub(super) agency: AgencyId,
    /// Whether it is a draft, which officers do not see.
    pub(super) is_draft: bool,
    /// Who else must not see it: the roles that do, where these are fewer than the readers.
    pub(super) only: Option<&'static [Role]>,
}

/// Something an address can name.
#[derive(Debug, Clone)]
pub(super) struct Object {
    pub(super) name: String,
    /// Nothing for what does not exist.
    pub(super) of: Option<Belonging>,
    /// The parameters of the path.
    pub(super) path: Vec<(&'static str, String)>,
    /// The version to ask with.
    pub(super) etag: String,
}

/// Something of a dossier that nobody may read who may not see it.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    pub(super) of: Belonging,
    pub(super) text: String,
}

/// The whole ground.
#[derive(Debug)]
pub(super) struct Ground {
    /// Two of the first agency, one of the second; a delegate of the first one, one whose mandate of the
    /// second one was revoked, and who represents an organisation.
    pub(super) citizens: Vec<Client>,
    objects: Vec<(Kind, Object)>,
    pub(super) marks: Vec<Mark>,
    /// Uploads that are kept busy, so that nobody changes them.
    pub(super) busy: Vec<Held>,
}

impl Ground {
    /// Lays it out.
    pub(super) async fn of(server: &TestServer) -> Self {
        let mut citizens = Vec::new();
        for phone in [
            "0912345678",
            "0987654321",
            "0977777777",
            "0933333333",
            "0955555555",
            "0966666666",
        ] {
            citizens.push(server.citizen(phone).await);
        }
        let (here, there) = (server.staff().await, server.staff_of(BINH_SON).await);
        let mut ground = Self {
            citizens,
            objects: vec![(Kind::Nothing, nothing())],
            marks: Vec::new(),
            busy: Vec::new(),
        };
        ground
            .dossier(server, (0, &here), (MY_THUAN, "Đinh Bạch Yến"))
            .await;
        ground
            .dossier(server, (1, &here), (MY_THUAN, "Lâm Quế Chi"))
            .await;
        ground
            .dossier(server, (2, &there), (BINH_SON, "Tạ Mộc Miên"))
            .await;
        ground.counter(&here).await;
        ground.desk(&here).await;
        ground.draft(0, (MY_THUAN, "Ngô Tường Vi")).await;
        ground.draft(2, (BINH_SON, "Hồ Diễm Kiều")).await;
        ground.waiting(&here).await;
        ground.mandates(&here).await;
        let dead = vec![("entry_id", letters::dead_letter(server).await)];
        let of = Belonging {
            owner: None,
            delegate: None,
            agency: PROVINCE,
            is_draft: false,
            only: None,
        };
        ground.add(Kind::DeadLetter, "a dead letter", Some(of), dead, UNSEEN);
        ground.uploads(server).await;
        ground.second_device(server).await;
        ground.administration(server).await;
        ground.privacy(server).await;
        ground.add_what_does_not_exist();
        ground
    }

    /// What an operation on this kind is asked for.
    pub(super) fn objects(&self, kind: Kind) -> impl Iterator<Item = &Object> {
        let objects = self.objects.iter();
        objects.filter_map(move |(of, object)| (*of == kind).then_some(object))
    }

    pub(super) fn add(
        &mut self,
        kind: Kind,
        name: &str,
        of: Option<Belonging>,
        path: Vec<(&'static str, String)>,
        etag: &str,
    ) {
        let object = Object {
            name: name.to_owned(),
            of,
            path,
            etag: etag.to_owned(),
        };
        self.objects.push((kind, object));
    }

    pub(super) fn mark(&mut self, of: Belonging, text: &Value) {
        if let Some(text) = text.as_str() {
            self.marks.push(Mark {
                of,
                text: text.to_owned(),
            });
        }
    }

    fn add_what_does_not_exist(&mut self) {
        let id = Uuid::now_v7().to_string();
        let name = "what does not exist";
        let place = vec![("dossier_id", id.clone()), ("paper_key", PAPER.to_owned())];
        self.add(Kind::Dossier, name, None, place, UNSEEN);
        for (kind, parameter) in [
            (Kind::File, "file_id"),
            (Kind::Upload, "upload_id"),
            (Kind::Supplement, "supplement_id"),
            (Kind::Payment, "payment_id"),
            (Kind::DeadLetter, "entry_id"),
            (Kind::Session, "session_id"),
            (Kind::Proposal, "proposal_id"),
            (Kind::DossierProposal, "proposal_id"),
            (Kind::Deputy, "deputising_id"),
            (Kind::Mandate, "mandate_id"),
            (Kind::DataRequest, "data_request_id"),
            (Kind::Consent, "consent_id"),
            (Kind::Export, "export_id"),
            (Kind::Notice, "notice_id"),
        ] {
            self.add(kind, name, None, vec![(parameter, id.clone())], UNSEEN);
        }
        let account = vec![("officer_id", id.clone()), ("grant_id", id)];
        self.add(Kind::Account, name, None, account, UNSEEN);
    }

    pub(super) fn add_dossier(&mut self, name: &str, of: Belonging, seen: &Seen) {
        let path = vec![
            ("dossier_id", seen.id.clone()),
            ("paper_key", PAPER.to_owned()),
        ];
        self.add(Kind::Dossier, name, Some(of), path, &seen.etag);
        for mark in [&json!(name), &json!(seen.id), &seen.view["code"]] {
            self.mark(of, mark);
        }
    }
}

/// Something whose every address leads nowhere.
pub(super) fn nowhere() -> Object {
    let parameters = [
        "dossier_id",
        "file_id",
        "upload_id",
        "supplement_id",
        "payment_id",
        "entry_id",
        "session_id",
        "officer_id",
        "grant_id",
        "proposal_id",
        "mandate_id",
        "data_request_id",
        "consent_id",
        "export_id",
        "notice_id",
        "push_device_id",
    ];
    let ids = parameters.map(|parameter| (parameter, Uuid::now_v7().to_string()));
    Object {
        path: ids.to_vec(),
        ..nothing()
    }
}

fn nothing() -> Object {
    Object {
        name: "-".to_owned(),
        of: None,
        path: Vec::new(),
        etag: UNSEEN.to_owned(),
    }
}
