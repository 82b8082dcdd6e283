//! What officers may do: at the desk, with the figures, and as administrators.

use domain::actor::Role::{
    self, Approver, Auditor, Cashier, Processor, ProvinceAdministrator, Receiver, Returner,
    Statistician,
};
use serde_json::{Value, json};
use tests::extract_copy::{counter_filing, grounded, two_papers};
use uuid::Uuid;

use super::{Account, Gate, Kind, READERS, READS_ASK, Row, row};

/// Who proposes something about a dossier.
const AUTHORS: &[Role] = &[Receiver, Processor, Approver];

/// A command on an ended dossier: the state forbids it to whoever has the role.
fn command(operation: &'static str, roles: &'static [Role]) -> Row {
    row(operation, Gate::Desk(roles, Account::First))
        .of(Kind::Dossier)
        .told(&[(409, "state-forbids")])
}

/// Bytes for a dossier: looked at as a read before they are taken in.
fn upload(operation: &'static str, roles: &'static [Role]) -> Row {
    row(operation, Gate::Desk(roles, READS_ASK))
        .of(Kind::Dossier)
        .pdf()
        .told(&[(409, "state-forbids")])
}

fn reason() -> Value {
    json!({ "reason": "Lý do." })
}

/// Whose form has no answers: a receiver is told what is missing, anybody else that it is not theirs.
fn empty_filing() -> Value {
    let mut body = counter_filing();
    body["form"] = json!({});
    body
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows = of_the_desk();
    rows.extend(of_leaders());
    rows
}

#[rustfmt::skip]
fn of_the_desk() -> Vec<Row> {
    let only = |operation, roles| row(operation, Gate::Officers(roles, READS_ASK));
    let read = |operation| only(operation, READERS);
    vec![
        read("get_inbox"),
        read("list_office_dossiers"),
        read("get_office_dossier").of(Kind::Dossier),
        // Nobody's account: a receiver is told that there is none.
        row("verify_identity", Gate::Officers(&[Receiver], Account::AfterRole)).json(json!({
            "person_id": "019ab1f0-7c1e-7000-8000-000000000005", "full_name": "Nguyễn Thị Đào",
            "personal_number": "089190001234", "birth_date": "1990-05-19", "sex": "female",
            "document": "identity_card", "document_last_digits": "1234"
        })).told(&[(404, "not-found")]),
        only("list_office_access_log", &[Auditor]),
        // Nobody's number.
        only("search_dossiers", &[Receiver]).json(json!({ "phone": "0900000001" })),
        row("file_dossier", Gate::Officers(&[Receiver], Account::Later)).json(empty_filing()).told(&[(422, "invalid-content")]),
        only("summarise_period", &[Statistician, Approver, ProvinceAdministrator, Auditor])
            .query("from=2026-11-01&to=2026-12-01&group_by=agency"),

        upload("scan_paper", &[Receiver]).query("copy_kind=original"),
        upload("upload_result_file", &[Processor, Approver]),

        command("accept_dossier", &[Receiver]).json(json!({})),
        command("refuse_dossier", &[Receiver]).json(grounded("Lý do.")),
        command("forward_dossier", &[Receiver]),
        command("consent_supplement", &[Approver]).json(json!({ "reason": "law_changed" })),
        command("request_supplement", &[Receiver]).json(two_papers()),
        command("answer_supplement_at_desk", &[Receiver]).json(json!({})),
        command("resume_dossier", &[Receiver]),
        command("request_payment", &[Receiver, Processor]).json(json!({})),
        command("record_cash", &[Cashier]).json(json!({ "amount": 24_000 })),
        command("decide_dossier", &[Approver]).json(json!({ "outcome": "approved" })),
        command("issue_result", &[Processor, Approver]).json(json!({
            "number": "1/2026", "issued_on": "2026-11-23", "signer_name": "Lê Văn Chín",
            "file_id": Uuid::nil()
        })),
        command("hand_over", &[Returner]).json(json!({ "recipient": "Nguyễn Thị Đào" })),
        command("recall_result", &[Returner, Approver]).json(reason()),
        command("apologise", &[Approver])
            .json(json!({ "reason": "Lý do.", "new_due_at": "2026-12-01T16:00:00+07:00" })),
        command("withdraw_at_desk", &[Receiver]).json(json!({})),
        command("grant_withdrawal", &[Receiver]).json(json!({ "reason": "Đúng nguyện vọng." })),
        command("decline_withdrawal", &[Receiver]).json(reason()),
        command("stop_dossier", &[Processor, Approver]).json(grounded("Lý do.")),
    ]
}

#[rustfmt::skip]
fn of_leaders() -> Vec<Row> {
    let only = |operation, roles| row(operation, Gate::Officers(roles, READS_ASK));
    vec![
        command("assign_dossier", &[Approver]).json(json!({ "officer_id": Uuid::nil() })),
        command("take_up_dossier", &[Processor, Approver]).json(json!({})),
        command("release_dossier", &[Processor, Approver]),
        command("transfer_dossier", &[Approver]).json(json!({
            "agency_id": Uuid::nil(), "reason_code": "not_competent", "reason": "Lý do."
        })),
        command("propose_extension", &[Processor, Approver])
            .json(json!({ "reason": "Lý do.", "new_due_at": "2026-12-01T16:00:00+07:00" })),
        command("propose_reopening", AUTHORS).json(grounded("Lý do.")),
        only("list_dossier_proposals", AUTHORS),
        row("approve_dossier_proposal", Gate::Officers(&[Approver], Account::AfterRole))
            .of(Kind::DossierProposal).told(&[(409, "proposal-closed")]),
        row("decline_dossier_proposal", Gate::Officers(AUTHORS, Account::AfterRole))
            .of(Kind::DossierProposal).told(&[(409, "proposal-closed")]),

        only("list_dead_letters", &[ProvinceAdministrator]),
        // The first who may does it; then it is not dead any more.
        row("requeue_dead_letter", Gate::Officers(&[ProvinceAdministrator], Account::AfterRole))
            .of(Kind::DeadLetter).told(&[(204, ""), (404, "not-found")]),
    ]
}
