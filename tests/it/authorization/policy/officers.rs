//! What every officer may do about themself: prove who they are, and let somebody stand in.

use serde_json::json;

use super::administrators::ADMINISTRATORS;
use super::{Account, Gate, Kind, Row, row};

#[rustfmt::skip]
pub(super) fn rows() -> Vec<Row> {
    let any = |operation| row(operation, Gate::AnyOfficer);
    vec![
        // Nobody has set a second factor here, so no code is right, until too many were tried.
        any("step_up").json(json!({ "totp_code": "123456" }))
            .told(&[(401, "credentials-refused"), (429, "too-many-requests")]),
        any("list_deputies"),
        // A day that has passed.
        any("make_deputy").json(json!({
            "deputy_id": "019ab1f0-7c1e-7000-8000-000000000021", "role": "receiver",
            "from": "2020-11-23", "until": "2020-11-23", "reason": "Nghỉ phép."
        })).told(&[(422, "invalid-content")]),
        // Nobody here is the one who stands in.
        any("act_as_deputy").told(&[(404, "not-found")]),
        row("end_deputy", Gate::Officers(ADMINISTRATORS, Account::AfterRole)).of(Kind::Deputy)
            .told(&[(409, "deputy-ended")]),
    ]
}
