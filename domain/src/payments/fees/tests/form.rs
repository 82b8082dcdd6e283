//! The form of a rule in the catalogue, and what is refused there.

use serde_json::json;

use super::*;
use crate::{
    ids::{OfficerId, PaperId},
    rejection::Code,
};

pub(super) fn residence() -> serde_json::Value {
    json!({
        "code": "permanent_residence",
        "name": {"vi": "Lệ phí đăng ký thường trú", "en": "Permanent residence fee"},
        "kind": "fee",
        "unit": "dossier",
        "tariff": {"flat": {"direct": 20000, "online": 10000}},
        "collected": "intake",
        "in_force": {"first_day": "2023-02-05"},
        "legal_basis": "75/2022/TT-BTC, điều 4",
        "reductions": [
            {
                "code": "poor_household",
                "condition": {"beneficiary_group": "poor_household"},
                "effect": "free",
                "in_force": {"first_day": "2023-02-05"},
                "legal_basis": "75/2022/TT-BTC, điều 5",
                "proof_needed": {"vi": "Giấy chứng nhận hộ nghèo", "en": "Poor household certificate"}
            },
            {
                "code": "digital_citizen",
                "condition": "digital_citizen",
                "effect": {"percent": 100},
                "in_force": {"first_day": "2026-08-15", "last_day": "2027-02-28"},
                "legal_basis": "66.22/2026/NQ-CP",
                "proof_needed": {"vi": "Ứng dụng VNeID", "en": "The VNeID app"}
            },
            {
                "code": "on_time",
                "condition": {"on_time": {"event_field": "/birth", "within_days": 60}},
                "effect": {"fixed": 5000},
                "in_force": {"first_day": "2023-02-05"},
                "legal_basis": "Luật Hộ tịch, điều 11"
            }
        ]
    })
}

#[test]
fn a_rule_reads_and_writes_the_same_form() {
    let rule: FeeRule = serde_json::from_value(residence()).unwrap();
    assert_eq!(serde_json::to_value(&rule).unwrap(), residence());
    assert_eq!(rule.faults(""), []);
}

#[test]
fn a_field_nobody_knows_is_refused_wherever_it_stands() {
    for pointer in [
        "",
        "/in_force",
        "/tariff/flat",
        "/reductions/0",
        "/reductions/2/condition/on_time",
    ] {
        let mut form = residence();
        let place = form.pointer_mut(pointer).unwrap();
        place
            .as_object_mut()
            .unwrap()
            .insert("surprise".into(), json!(1));
        let refused = serde_json::from_value::<FeeRule>(form)
            .unwrap_err()
            .to_string();
        assert!(refused.contains("surprise"), "{pointer}: {refused}");
    }
}

fn only_fault(place: &str, value: serde_json::Value) -> (String, Code) {
    let mut form = residence();
    *form.pointer_mut(place).unwrap() = value;
    let rule: FeeRule = serde_json::from_value(form).unwrap();
    let faults = rule.faults("/f");
    assert_eq!(faults.len(), 1, "{place}: {faults:?}");
    faults
        .into_iter()
        .map(|fault| (fault.pointer, fault.code))
        .next()
        .unwrap()
}

#[test]
fn a_fault_is_told_at_the_place_of_the_value() {
    use Code::{InvalidContent, OutOfRange, Required};
    for (place, value, code) in [
        ("/code", json!(" "), Required),
        ("/legal_basis", json!(""), Required),
        ("/tariff/flat/direct", json!(-1), OutOfRange),
        ("/tariff/flat/online", json!(-1), OutOfRange),
        ("/reductions/0/code", json!(""), Required),
        ("/reductions/0/legal_basis", json!(""), Required),
        (
            "/reductions/0/condition/beneficiary_group",
            json!(""),
            Required,
        ),
        (
            "/reductions/0/condition/beneficiary_group",
            json!("digital_citizen"),
            InvalidContent,
        ),
        ("/reductions/1/proof_needed", json!(null), Required),
        ("/reductions/1/effect/percent", json!(101), OutOfRange),
        ("/reductions/2/effect/fixed", json!(-1), OutOfRange),
        (
            "/reductions/2/code",
            json!("poor_household"),
            InvalidContent,
        ),
    ] {
        assert_eq!(only_fault(place, value), (format!("/f{place}"), code));
    }
}

#[test]
fn a_fault_inside_a_part_is_told_below_the_part() {
    let page = |price: i64| json!({"per_page": {"first_pages": 2, "first_price": price, "further_price": 1000, "cap_per_copy": 200_000}});
    let council =
        json!({"set_by_council": {"amounts": {"direct": -5}, "note": {"vi": "n", "en": "n"}}});
    let backwards = json!({"first_day": "2026-01-02", "last_day": "2026-01-01"});
    for (place, value, pointer, code) in [
        ("/tariff", page(2_000), "/f/unit", Code::WrongFormat),
        (
            "/tariff",
            council,
            "/f/tariff/set_by_council/amounts/direct",
            Code::OutOfRange,
        ),
        (
            "/in_force",
            backwards.clone(),
            "/f/in_force/last_day",
            Code::OutOfRange,
        ),
        (
            "/reductions/1/in_force",
            backwards,
            "/f/reductions/1/in_force/last_day",
            Code::OutOfRange,
        ),
        (
            "/reductions/2/effect",
            json!({"minus": -1}),
            "/f/reductions/2/effect/minus",
            Code::OutOfRange,
        ),
    ] {
        assert_eq!(only_fault(place, value), (pointer.to_owned(), code));
    }
}

#[test]
fn an_applied_reduction_is_kept_with_its_proof() {
    let paper = uuid::Uuid::from_u128(7);
    for (proof, form) in [
        (None, json!(null)),
        (Some(Proof::Account), json!("account")),
        (
            Some(Proof::Database("poor".into())),
            json!({"database": "poor"}),
        ),
        (
            Some(Proof::Paper(PaperId::from_uuid(paper))),
            json!({"paper": paper}),
        ),
        (
            Some(Proof::FormAnswer("/birth".into())),
            json!({"form_answer": "/birth"}),
        ),
        (
            Some(Proof::SeenBy(OfficerId::from_uuid(paper))),
            json!({"seen_by": paper}),
        ),
    ] {
        let applied = AppliedReduction {
            code: "poor".into(),
            saved: Dong::new(8_000),
            proof,
            legal_basis: "Luật Hộ tịch, điều 11".into(),
        };
        let written = serde_json::to_value(&applied).unwrap();
        assert_eq!(written.get("proof"), Some(&form));
        assert_eq!(
            serde_json::from_value::<AppliedReduction>(written).unwrap(),
            applied
        );
    }
}
