//! Every operation of the document, called with the canary: as the object it is asked for, in its body and in
//! its query; by her, by an officer, and for nothing of theirs by a stranger and by nobody.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use tests::accounts::MY_THUAN;
use tests::client::{Client, Request, Response};
use tests::document::Document;
use tests::extract_copy::pdf;
use uuid::Uuid;

use super::{
    ADDRESS, ANSWER, BIRTH, NAME, NUMBER, PHONE, RECIPIENT, SECRET, SIGNER, TEXT, found, matter,
};

/// What opens or ends the sessions that the others go on with: asked last.
const LAST: [&str; 2] = ["log_out", "end_session"];

/// Her things, by the names of the parameters that ask for them.
pub(super) type Things = BTreeMap<&'static str, String>;

/// Who asks.
pub(super) struct Askers<'a> {
    pub(super) canary: &'a Client,
    pub(super) officer: &'a Client,
    pub(super) stranger: &'a Client,
    pub(super) nobody: &'a Client,
}

/// An operation as the document describes it.
struct Operation {
    id: String,
    method: String,
    template: String,
    described: Value,
}

fn operations() -> Vec<Operation> {
    let document = Document::published();
    let all = document.operations().into_iter();
    let mut all: Vec<Operation> = all
        .map(|(method, template)| {
            let described = document.root()["paths"][&template][method.to_lowercase()].clone();
            let id = described["operationId"].as_str().unwrap().to_owned();
            Operation {
                id,
                method,
                template,
                described,
            }
        })
        .collect();
    all.sort_by_key(|operation| LAST.contains(&operation.id.as_str()));
    all
}

/// What stands for a member of this name; nothing where its value is no text of a person.
fn canary_of(member: &str) -> Option<Value> {
    Some(match member {
        "full_name" => json!(NAME),
        "signer_name" => json!(SIGNER),
        "personal_number" => json!(NUMBER),
        "phone" => json!(format!("0{PHONE}")),
        "address" => json!(ADDRESS),
        "birth_date" => json!(BIRTH),
        "details" => json!(ANSWER),
        "recipient" => json!(RECIPIENT),
        "reason" | "legal_ground" | "note" | "device_label" => json!(TEXT),
        "password" | "new_password" | "token" | "refresh_token" | "secret" | "state"
        | "enrolment_token" => json!(SECRET),
        "applicant" | "submitter" | "form" => matter()[if member == "form" {
            "form"
        } else {
            "applicant"
        }]
        .clone(),
        _ => return None,
    })
}

fn with_canaries(value: Value) -> Value {
    let Value::Object(members) = value else {
        return value;
    };
    let replaced = members.into_iter().map(|(name, value)| {
        let value = canary_of(&name).unwrap_or_else(|| with_canaries(value));
        (name, value)
    });
    Value::Object(replaced.collect())
}

impl Operation {
    /// A body: the example of the document, or its members, with the canary in them.
    fn body(&self) -> Option<(String, Vec<u8>)> {
        let content = self.described["requestBody"]["content"].as_object()?;
        let (media_type, described) = content.iter().next()?;
        if !media_type.ends_with("json") {
            return Some((media_type.clone(), pdf(NAME)));
        }
        let root = Document::published().root();
        let schema = &described["schema"];
        let name = schema["$ref"].as_str().and_then(|it| it.rsplit('/').next());
        let schema = name.map_or(schema, |name| &root["components"]["schemas"][name]);
        let members = schema["properties"]
            .as_object()
            .cloned()
            .unwrap_or_default();
        let mut body = schema["example"].as_object().cloned().unwrap_or_default();
        for name in members.keys() {
            if let Some(canary) = canary_of(name) {
                body.insert(name.clone(), canary);
            }
        }
        if self.id == "file_dossier" || self.id == "create_dossier" {
            body.extend(matter().as_object().cloned().unwrap_or_else(Map::new));
        }
        Some((
            media_type.clone(),
            with_canaries(Value::Object(body)).to_string().into_bytes(),
        ))
    }

    fn parameters(&self) -> impl Iterator<Item = &Value> {
        self.described["parameters"]
            .as_array()
            .into_iter()
            .flatten()
    }

    /// The path with her things in it; whether there was one.
    fn path(&self, things: &Things) -> (String, bool) {
        let (mut path, mut is_hers) = (self.template.clone(), false);
        for parameter in self.parameters().filter(|one| one["in"] == "path") {
            let name = parameter["name"].as_str().unwrap();
            let thing = things.get(name);
            is_hers |= thing.is_some();
            let other = match name {
                "agency_id" => MY_THUAN.to_string(),
                _ => Uuid::now_v7().to_string(),
            };
            path = path.replace(&format!("{{{name}}}"), thing.unwrap_or(&other));
        }
        (path, is_hers)
    }

    fn request(&self, client: &Client, path: &str) -> Request {
        let mut request = client.request(self.method.parse().unwrap(), path);
        for parameter in self
            .parameters()
            .filter(|one| one["in"] == "header" && one["required"] == true)
        {
            request = match parameter["name"].as_str().unwrap() {
                "If-Match" => request.if_match("\"v1\""),
                "If-None-Match" => request.if_new(),
                _ => request.key(&Uuid::now_v7().to_string()),
            };
        }
        request
    }

    async fn asked(
        &self,
        client: &Client,
        path: &str,
        body: Option<&(String, Vec<u8>)>,
    ) -> Response {
        let request = self
            .request(client, path)
            .header("user-agent", &format!("canary/{NUMBER}"));
        let request = match body {
            Some((media_type, bytes)) => request.body(media_type, bytes.clone()),
            None => request,
        };
        request.send().await
    }
}

/// Sends the canary through every operation. Whoever may not see her things is told
/// nothing of them, whatever they are told.
pub(super) async fn swept(askers: &Askers<'_>, things: &Things) {
    let mut alone = BTreeSet::new();
    for operation in operations() {
        let (path, is_hers) = operation.path(things);
        let body = operation.body();
        // One that goes on for minutes is asked for what there is.
        let (path, mark) = match operation.id.as_str() {
            "stream_changes" => (format!("{path}?max_seconds=0"), '&'),
            _ => (path, '?'),
        };
        let mut went_through = false;
        for who in [askers.stranger, askers.nobody] {
            let answer = operation.asked(who, &path, None).await;
            let told = String::from_utf8_lossy(&answer.body).into_owned();
            assert_eq!(found(&told), [""; 0], "{}", operation.id);
        }
        for who in [askers.officer, askers.canary] {
            let with_query = format!("{path}{mark}{NUMBER}={PHONE}");
            for path in [&path, &with_query] {
                let answer = operation.asked(who, path, body.as_ref()).await;
                went_through |= answer.status != 429;
            }
        }
        // What is turned away goes through nothing.
        let before = IN_THE_STORY.contains(&operation.id.as_str());
        assert!(went_through || before, "{}", operation.id);
        if !is_hers && body.is_none() {
            alone.insert(operation.id);
        }
    }
    // So that of a new operation, too, it is known by which way she goes through it.
    let known = QUERY_ALONE.iter().map(|id| (*id).to_owned());
    assert_eq!(alone, known.collect());
}

/// What her story has gone through before, until no more of it was let through.
const IN_THE_STORY: [&str; 1] = ["request_otp"];

/// What takes neither a body nor anything of hers: she goes through it in the query alone.
#[rustfmt::skip]
const QUERY_ALONE: &[&str] = &[
    "get_key_set", "check_health", "get_document", "check_readiness", "list_officers", "get_officer",
    "reset_password", "reset_second_factor", "propose_reset_sign_in", "list_roles", "revoke_role",
    "list_dead_letters", "requeue_dead_letter", "list_proposals", "approve_proposal",
    "decline_proposal", "list_agencies", "get_board", "get_consent_text", "list_dossiers",
    "list_fields", "get_me", "list_my_access_log", "list_my_consents", "list_my_data_requests",
    "list_exports", "create_export", "list_mandates", "get_mandate", "accept_mandate",
    "give_back_mandate", "refuse_mandate", "revoke_mandate", "list_my_results", "list_sessions",
    "list_office_access_log", "list_data_requests", "list_deputies", "act_as_deputy", "end_deputy",
    "list_office_dossiers", "get_inbox", "list_office_mandates", "get_office_mandate",
    "confirm_mandate", "summarise_period", "list_procedures", "get_procedure", "preview_due_date",
    "get_form", "log_out", "end_session", "get_app_config", "remove_device", "list_my_files",
    "get_home", "get_notice_preferences", "list_my_notices", "read_notice", "list_dossier_proposals",
    "approve_dossier_proposal", "decline_dossier_proposal", "get_changes", "stream_changes",
    "get_upload_options", "get_upload", "discard_upload",
];

/// Her things, as she is shown them; what is not there yet is asked for.
pub(super) async fn things_of(canary: &Client) -> Things {
    let shown = async |path: &str| canary.get(path).send().await.expect(200).json();
    let text = |value: &Value| {
        value
            .as_str()
            .unwrap_or_else(|| panic!("an id: {value}"))
            .to_owned()
    };
    let listed = shown("/v1/dossiers?state=returned").await;
    let dossier = text(&listed["items"][0]["id"]);
    let whole = shown(&format!("/v1/dossiers/{dossier}")).await;
    let payments = shown(&format!("/v1/dossiers/{dossier}/payments")).await;
    let asking = json!({ "kind": "access", "controller_id": MY_THUAN, "details": ANSWER });
    let asked = canary
        .post("/v1/me/data_requests")
        .key("canary-asks")
        .json(&asking)
        .send()
        .await;
    let export = canary
        .post("/v1/me/exports")
        .send()
        .await
        .expect(200)
        .json();
    Things::from([
        ("file_id", text(&whole["papers"][0]["file_id"])),
        ("supplement_id", text(&whole["supplements"][0]["id"])),
        ("payment_id", text(&payments["payments"][0]["id"])),
        (
            "consent_id",
            text(&shown("/v1/me/consents").await["items"][0]["consent"]["id"]),
        ),
        (
            "data_request_id",
            text(&asked.expect(200).json()["data_request_id"]),
        ),
        ("export_id", text(&export["export"]["export_id"])),
        ("paper_key", "authorisation".to_owned()),
        ("dossier_id", dossier),
    ])
}
