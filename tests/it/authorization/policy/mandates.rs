//! What either side of a mandate and the desk may do with it.

use domain::actor::Role::{self, Auditor, Receiver};
use serde_json::json;

use super::{Account, Gate, Kind, READERS, READS_ASK, Row, row};

/// Asked with a version that the mandate does not have: the one told so was let in.
fn change(operation: &'static str, gate: Gate) -> Row {
    row(operation, gate)
        .of(Kind::Mandate)
        .told(&[(412, "version-mismatch")])
        .told_of_draft((412, "version-mismatch"))
}

#[rustfmt::skip]
pub(super) fn rows() -> Vec<Row> {
    let own = |operation| row(operation, Gate::Citizens { account: false });
    let theirs = |operation| change(operation, Gate::Citizens { account: true });
    let look = |operation, roles: &'static [Role]| row(operation, Gate::Officers(roles, READS_ASK));
    let desk = |operation| change(operation, Gate::Officers(&[Receiver], Account::AfterRole));
    let reason = json!({ "reason": "Giấy tờ không còn hiệu lực." });
    vec![
        own("list_mandates"),
        // The address is the citizen's to choose, so it names nothing of anybody's yet.
        own("propose_mandate").json(json!({
            "mandator": {}, "ground": "guardian", "acts": ["read"],
            "evidence": { "number": "1", "issued_on": "2026-11-01", "issuer": "UBND" }
        })).told(&[(422, "invalid-content")]),
        own("get_mandate").of(Kind::Mandate),
        theirs("accept_mandate"),
        theirs("refuse_mandate"),
        theirs("revoke_mandate"),
        theirs("give_back_mandate"),
        look("list_office_mandates", &[Receiver, Auditor]),
        look("get_office_mandate", &[Receiver, Auditor]).of(Kind::Mandate),
        desk("confirm_mandate"),
        desk("refuse_mandate_at_desk").json(reason.clone()),
        desk("revoke_mandate_at_desk").json(reason),
        // Most dossiers were drafted under none.
        look("get_dossier_mandate", READERS).of(Kind::Dossier).told(&[(200, ""), (404, "not-found")]),
    ]
}
