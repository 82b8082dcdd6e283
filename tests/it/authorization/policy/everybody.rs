//! What anybody may ask, with whatever token or none, and whoever is signed in.

use serde_json::json;
use tests::accounts::MY_THUAN;

use super::{Gate, Kind, Row, row};

#[rustfmt::skip]
pub(super) fn rows() -> Vec<Row> {
    let public = |operation| row(operation, Gate::Everybody);
    let signed_in = |operation| row(operation, Gate::SignedIn);
    vec![
        signed_in("list_sessions"),
        signed_in("end_session").of(Kind::Session).told(&[(204, "")]).told_of_draft((204, "")),
        signed_in("log_out").told(&[(204, "")]).last(),
        public("refresh_session").json(json!({ "refresh_token": "x" }))
            .told(&[(401, "credentials-refused"), (429, "too-many-requests")]),
        public("check_health"),
        public("get_app_config"),
        public("check_readiness"),
        public("get_document"),
        public("get_upload_options").told(&[(204, "")]),
        public("get_key_set"),
        public("list_fields"),
        public("list_agencies"),
        public("get_board"),
        public("list_procedures"),
        public("get_procedure"),
        public("get_form"),
        public("get_consent_text"),
        public("preview_due_date").query("agency_id={agency_id}&channel=online"),
        // Content that is refused before a code is sent or a try is counted.
        public("request_otp").json(json!({ "phone": "12345678" })).told(&[(422, "invalid-content")]),
        public("verify_otp").json(json!({
            "code_request_id": "019ab1f0-7c1e-7000-8000-000000000005", "phone": "0912345678", "code": "00000x"
        })).told(&[(422, "invalid-content")]),
        // No provider is connected.
        public("start_provider_sign_in").json(json!({ "redirect_uri": "vn.angiang.motcua:/login" }))
            .told(&[(404, "no-identity-provider")]),
        public("finish_provider_sign_in").json(json!({
            "provider_request_id": "019ab1f0-7c1e-7000-8000-000000000005", "code": "x", "state": "x"
        })).told(&[(404, "no-identity-provider")]),
        // Nobody's password and no receipt, until too many were tried.
        public("officer_login").json(json!({ "login": "nobody", "password": "x" }))
            .told(&[(401, "credentials-refused"), (429, "too-many-requests")]),
        public("choose_password").json(json!({ "login": "nobody", "password": "x", "new_password": "mưa thuận gió hòa 26" }))
            .told(&[(401, "credentials-refused"), (429, "too-many-requests")]),
        public("begin_enrolment").json(json!({ "login": "nobody", "password": "x" }))
            .told(&[(401, "credentials-refused"), (429, "too-many-requests")]),
        public("confirm_enrolment").json(json!({ "enrolment_token": "mce_x", "totp_code": "123456" }))
            .told(&[(401, "credentials-refused")]),
        // No token was made, and there are administrators.
        public("set_up").json(json!({
            "token": "x", "login": "sen", "full_name": "Sen", "agency_id": MY_THUAN, "password": "mưa thuận gió hòa 26"
        })).told(&[(401, "credentials-refused"), (429, "too-many-requests")]),
        public("track_dossier").json(json!({ "code": "H01", "secret": "AAAAAAAA" }))
            .told(&[(404, "not-found"), (429, "too-many-requests")]),
    ]
}
