//! Reading beyond the own agency: only for a purpose that is stated, and written down with it.

use chrono::TimeDelta;
use domain::actor::Role::{Auditor, Processor, ProvinceAdministrator, Receiver, Returner};
use serde_json::json;
use tests::accounts::{BINH_SON, MY_THUAN, PROVINCE};
use tests::client::{Client, Request};
use tests::on_both_engines;
use tests::server::TestServer;

use super::disclosures::{officer, reviewed, shown};

/// `Đơn khiếu nại số 12`, as it travels.
const NOTE: &str = "%C4%90%C6%A1n khi%E1%BA%BFu n%E1%BA%A1i s%E1%BB%91 12";

fn stated(who: &Client, path: &str, purpose: &str) -> Request {
    let request = who.get(path).header("access-purpose", purpose);
    request.header("access-purpose-note", NOTE)
}

on_both_engines! {
    async fn another_agencys_dossier_takes_a_purpose(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let filed = citizen.filed().await;
        let path = format!("/v1/office/dossiers/{}", filed.id);
        let (id, auditor) = officer(server, &[Auditor], BINH_SON).await;
        let (_, both) = officer(server, &[Receiver, ProvinceAdministrator], PROVINCE).await;
        let (_, stranger) = officer(server, &[Receiver], BINH_SON).await;
        for course in [path.clone(), format!("/v1/dossiers/{}/timeline", filed.id)] {
            auditor.get(&course).send().await.refused(403, "purpose-required");
            both.get(&course).send().await.refused(403, "purpose-required");
            stranger.get(&course).send().await.refused(404, "not-found");
            stated(&stranger, &course, "emergency").send().await.refused(403, "role-forbids");
        }
        assert!(shown(&citizen).await.is_empty());
        let seen = stated(&auditor, &path, "complaint").send().await.expect(200).json();
        assert_eq!((&seen["applicant"]["full_name"], &seen["offered"]), (&json!("Nguyễn Thị Đào"), &json!([])));
        let lines = shown(&citizen).await;
        assert_eq!((lines.len(), &lines[0]["purpose"]), (1, &json!("complaint")));
        assert!(!lines[0].to_string().contains("Đơn khiếu nại"), "the note is for the auditor");
        let ending = "để giải quyết khiếu nại, tố cáo.";
        assert!(lines[0]["text"].as_str().unwrap().ends_with(ending), "{}", lines[0]["text"]);
        // Both auditors see it: the one whose officer read, and the one whose dossier was read.
        for agency in [MY_THUAN, BINH_SON] {
            let found = reviewed(server, agency, &format!("&officer_id={id}")).await;
            assert_eq!((found.len(), &found[0]["note"]), (1, &json!("Đơn khiếu nại số 12")));
        }
    }

    async fn each_purpose_is_stated_by_whose_task_it_is(server: &TestServer) {
        let filed = server.citizen("0912345678").await.filed().await;
        let path = format!("/v1/office/dossiers/{}", filed.id);
        let (_, auditor) = officer(server, &[Auditor], BINH_SON).await;
        let (_, administrator) = officer(server, &[ProvinceAdministrator], PROVINCE).await;
        let (_, processor) = officer(server, &[Processor], MY_THUAN).await;
        for (purpose, by_auditor, by_administrator) in [
            ("inspection", true, false), ("complaint", true, false), ("data_subject_request", false, true),
            ("emergency", true, true), ("statistics_check", true, true), ("technical_support", false, true),
        ] {
            for (who, may) in [(&auditor, by_auditor), (&administrator, by_administrator), (&processor, false)] {
                let answer = stated(who, &path, purpose).send().await;
                if may {
                    answer.expect(200);
                } else {
                    answer.refused(403, "role-forbids");
                }
            }
        }
        administrator.get(&path).send().await.refused(403, "purpose-required");
    }

    async fn headers_are_read_strictly(server: &TestServer) {
        let filed = server.citizen("0912345678").await.filed().await;
        let path = format!("/v1/office/dossiers/{}", filed.id);
        let (_, auditor) = officer(server, &[Auditor], BINH_SON).await;
        let with = |purpose: &str, note: &str, until: &str| {
            let request = auditor.get(&path).header("access-purpose", purpose);
            let request = request.header("access-purpose-note", note);
            request.header("access-restricted-until", until)
        };
        for (purpose, note, until) in [
            ("curiosity", NOTE, "2026-12-31"), ("handling", NOTE, "2026-12-31"), ("", NOTE, "2026-12-31"),
            ("inspection", "too short", "2026-12-31"), ("inspection", "100% so 12/2026", "2026-12-31"),
            ("inspection", NOTE, "31/12/2026"), ("inspection", NOTE, "2026-11-22"), ("inspection", NOTE, "2027-11-23"),
        ] {
            with(purpose, note, until).send().await.refused(400, "invalid-header");
        }
        auditor.get(&path).header("access-purpose", "inspection").send().await.refused(400, "invalid-header");
        with("emergency", NOTE, "2026-12-31").send().await.refused(403, "role-forbids");
        with("inspection", NOTE, "2026-12-31").send().await.expect(200);
    }

    async fn an_investigation_is_shown_once_its_term_is_over(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let filed = citizen.filed().await;
        let path = format!("/v1/office/dossiers/{}", filed.id);
        let (id, auditor) = officer(server, &[Auditor], BINH_SON).await;
        let kept_back = stated(&auditor, &path, "inspection").header("access-restricted-until", "2026-11-23");
        kept_back.send().await.expect(200);
        assert!(shown(&citizen).await.is_empty());
        assert_eq!(reviewed(server, MY_THUAN, &format!("&officer_id={id}")).await.len(), 1);
        server.clock().set("2026-11-24T00:00:00+07:00");
        let citizen = server.citizen("0912345678").await;
        assert_eq!(shown(&citizen).await.len(), 1);
    }

    async fn a_stated_purpose_reaches_files_and_masked_lists(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let draft = citizen.attach(&citizen.draft().await, "authorisation").await;
        citizen.submit(&draft).send().await.expect(200);
        let file = format!("/v1/files/{}", draft.view["papers"][0]["file_id"].as_str().unwrap());
        let (id, auditor) = officer(server, &[Auditor], BINH_SON).await;
        auditor.get(&file).send().await.refused(403, "purpose-required");
        stated(&auditor, &file, "inspection").send().await.expect(200);
        let found = reviewed(server, BINH_SON, &format!("&officer_id={id}")).await;
        assert_eq!((&found[0]["actions"], &found[0]["fields"]), (&json!(["file"]), &json!(["documents"])));
        let list = auditor.get("/v1/office/dossiers").send().await.expect(200).json();
        assert_eq!(list["items"], json!([]));
        let list = stated(&auditor, "/v1/office/dossiers", "inspection").send().await.expect(200).json();
        assert_eq!((&list["items"][0]["applicant_name"], &list["items"][0]["name_masked"]), (&json!("Nguyễn T. Đ."), &json!(true)));
        let (_, returner) = officer(server, &[Returner], MY_THUAN).await;
        stated(&returner, &file, "inspection").send().await.refused(403, "role-forbids");
        server.clock().advance(TimeDelta::minutes(1));
    }
}
