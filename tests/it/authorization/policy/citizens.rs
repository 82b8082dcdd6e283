//! What citizens may do with what is their own, and what officers may read with them.

use serde_json::{Value, json};
use tests::extract_copy::draft;
use uuid::Uuid;

use super::{FILE_READERS, Gate, Kind, READERS, Row, row};

/// The state of an ended dossier forbids every change; a draft is asked to change with a version that
/// it does not have.
fn change(operation: &'static str) -> Row {
    let gate = Gate::Citizens { account: false };
    row(operation, gate)
        .of(Kind::Dossier)
        .told(&[(409, "state-forbids")])
        .told_of_draft((412, "version-mismatch"))
}

/// A draft of something there is not: nothing is made of it.
fn impossible_draft() -> Value {
    let mut body = draft();
    body["procedure_code"] = json!("9.999999");
    body
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows = of_themselves();
    rows.extend(of_dossiers());
    rows
}

#[rustfmt::skip]
fn of_themselves() -> Vec<Row> {
    let own = |operation| row(operation, Gate::Citizens { account: false });
    let account = |operation| row(operation, Gate::Citizens { account: true });
    vec![
        account("get_me"),
        account("change_me").json(json!({ "language": "en" })).told(&[(412, "version-mismatch")]),
        // Content that is refused before a code is sent or a try is counted.
        own("request_phone_change").json(json!({ "phone": "12345678" })).told(&[(422, "invalid-content")]),
        own("change_phone").json(json!({
            "code_request_id": "019ab1f0-7c1e-7000-8000-000000000005", "phone": "0912345678", "code": "00000x"
        })).told(&[(422, "invalid-content")]),
        // No provider is connected.
        own("start_identity").json(json!({ "redirect_uri": "vn.angiang.motcua:/login" }))
            .told(&[(404, "no-identity-provider")]),
        own("finish_identity").json(json!({
            "provider_request_id": "019ab1f0-7c1e-7000-8000-000000000005", "code": "x", "state": "x"
        })).told(&[(404, "no-identity-provider")]),
        own("list_my_data_requests"),
        own("get_my_data_request").of(Kind::DataRequest),
        // An agency there is not.
        account("create_data_request").json(json!({ "kind": "access", "controller_id": Uuid::nil() }))
            .told(&[(422, "invalid-content")]),
        own("list_my_consents"),
        account("withdraw_consent").of(Kind::Consent).told(&[(409, "consent-withdrawn")]),
        account("create_export").told(&[(200, ""), (409, "already-exists")]),
        own("list_exports"),
        own("get_export").of(Kind::Export),
        own("get_export_archive").of(Kind::Export),
        own("list_my_notices"),
        own("read_notice").of(Kind::Notice).told(&[(204, "")]),
        // One there is not.
        own("read_all_notices").json(json!({ "up_to": Uuid::nil() })).told(&[(404, "not-found")]),
        own("register_device").json(json!({ "platform": "android", "push_token": "a b" }))
            .told(&[(422, "invalid-content")]),
        own("remove_device").told(&[(404, "not-found")]),
        own("get_notice_preferences"),
        account("set_notice_preferences").json(json!({ "choices": [] })).told(&[(412, "version-mismatch")]),
        own("list_my_results"),
        account("get_home"),
        own("get_changes"),
        own("stream_changes").query("max_seconds=0"),
        own("list_my_files"),
        own("list_my_access_log"),
    ]
}

#[rustfmt::skip]
fn of_dossiers() -> Vec<Row> {
    let own = |operation| row(operation, Gate::Citizens { account: false });
    let read = |operation| row(operation, Gate::Caller(READERS));
    vec![
        own("list_dossiers"),
        // The address is the citizen's to choose, so it names nothing of anybody's yet.
        own("create_dossier").json(impossible_draft()).told(&[(422, "invalid-content")]),
        own("get_dossier").of(Kind::Dossier),
        own("check_dossier").of(Kind::Dossier),
        change("edit_dossier").json(json!({ "delivery": "counter" })),
        change("discard_dossier"),
        change("submit_dossier").json(json!({ "consent": true })),
        change("withdraw_dossier").json(json!({ "reason": "Không cần nữa." })),
        change("attach_paper").pdf(),
        change("remove_paper"),
        change("answer_supplement").of(Kind::Supplement).json(json!({ "note": "Đã gửi đủ." })),
        read("get_timeline").of(Kind::Dossier),
        read("get_deadline").of(Kind::Dossier).told_of_draft((409, "not-accepted-yet")),
        read("get_receipt").of(Kind::Dossier).told_of_draft((409, "not-accepted-yet")),
        read("list_supplements").of(Kind::Dossier),
        read("list_payments").of(Kind::Dossier),
        read("list_consents").of(Kind::Dossier),
        read("list_results").of(Kind::Dossier),
        read("get_payment").of(Kind::Payment),
        row("get_file", Gate::Caller(FILE_READERS)).of(Kind::File),
        // The papers of the ground are no photographs: who may see them finds that there is no picture.
        row("get_file_preview", Gate::Caller(FILE_READERS)).of(Kind::File).told(&[(404, "not-found")])
            .told_of_draft((404, "not-found")),
        // Metadata that say too little.
        own("create_upload").chunk().told(&[(400, "invalid-header")]),
        own("get_upload").of(Kind::Upload),
        // The ground holds it, so that nothing of it changes.
        own("send_chunk").of(Kind::Upload).chunk().told(&[(423, "upload-busy")])
            .told_of_draft((423, "upload-busy")),
        own("discard_upload").of(Kind::Upload).told(&[(423, "upload-busy")])
            .told_of_draft((423, "upload-busy")),
    ]
}
