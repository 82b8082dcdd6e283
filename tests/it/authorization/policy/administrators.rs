//! What administrators may do about officers: accounts, roles, and what takes two people.

use domain::actor::Role::{self, AgencyAdministrator, ProvinceAdministrator};
use serde_json::json;
use tests::accounts::MY_THUAN;

use super::{Account, Gate, Kind, READS_ASK, Row, row};

/// Who looks after officers.
pub(super) const ADMINISTRATORS: &[Role] = &[AgencyAdministrator, ProvinceAdministrator];

#[rustfmt::skip]
pub(super) fn rows() -> Vec<Row> {
    let read = |operation| row(operation, Gate::Officers(ADMINISTRATORS, READS_ASK));
    let change = |operation| row(operation, Gate::Officers(ADMINISTRATORS, Account::AfterRole));
    let account = |row: Row| row.of(Kind::Account);
    let proposal = |row: Row| row.of(Kind::Proposal);
    let request = |row: Row| row.of(Kind::DataRequest);
    vec![
        read("list_officers"),
        // An agency's administrator makes accounts there only.
        change("create_officer").json(json!({ "login": "Không hợp lệ", "full_name": "Sen", "agency_id": MY_THUAN }))
            .told(&[(422, "invalid-content"), (403, "role-forbids")]),
        account(read("get_officer")),
        account(read("list_roles")),
        account(change("change_officer")).json(json!({ "active": false })).told(&[(412, "version-mismatch")]),
        account(change("reset_password")).told(&[(412, "version-mismatch")]),
        account(change("reset_second_factor")).told(&[(412, "version-mismatch")]),
        account(change("propose_reset_sign_in")).told(&[(200, ""), (409, "already-exists")]),
        // A day that has passed: nobody held a role before somebody agreed to it.
        account(change("propose_role")).json(json!({
            "agency_id": MY_THUAN, "role": "receiver", "from": "2020-11-23", "reason": "Phân công."
        })).told(&[(422, "invalid-content"), (403, "role-forbids")]),
        // The account is there, the grant is not.
        account(change("revoke_role")).told(&[(404, "not-found")]),
        read("list_data_requests"),
        request(read("get_data_request")),
        // Closed already.
        request(change("acknowledge_data_request")).told(&[(409, "data-request-forbids")]),
        request(change("extend_data_request")).json(json!({ "reason": "Phải tra cứu." }))
            .told(&[(409, "data-request-forbids")]),
        request(change("fulfil_data_request"))
            .json(json!({ "note": "Xong.", "correction": { "full_name": "Nguyễn Thị Đào" } }))
            .told(&[(409, "data-request-forbids")]),
        request(change("refuse_data_request")).json(json!({ "ground": "not_held", "note": "Không có." }))
            .told(&[(409, "data-request-forbids")]),
        read("list_proposals"),
        // Declined already.
        proposal(change("approve_proposal")).told(&[(409, "proposal-closed")]),
        proposal(change("decline_proposal")).told(&[(409, "proposal-closed")]),
    ]
}
