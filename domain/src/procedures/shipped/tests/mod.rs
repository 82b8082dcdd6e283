//! What the shipped catalogue must hold, whatever is edited in its files.

mod fees;
mod identities;

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use super::*;
use crate::{
    agencies::Agency,
    dossiers::filing::required_papers,
    money::Dong,
    payments::fees::{CollectedAt, Condition, Tariff},
    procedures::{
        Certainty, CompiledForm, OnlineLevel, PaperOrigin, ProcedureCode, ProcedureVersion,
        search::{matches, search_text},
    },
};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn catalogue() -> Catalogue {
    shipped().unwrap_or_default()
}

fn procedure(catalogue: &Catalogue, code: &str) -> Option<ProcedureVersion> {
    let code = ProcedureCode::parse(code).ok()?;
    catalogue.in_force(&code, day(2026, 11, 1)).cloned()
}

fn agency(catalogue: &Catalogue, commune: &str, date: NaiveDate) -> Option<Agency> {
    let serves = |it: &&Agency| {
        let code = it.on(date).and_then(|version| version.commune.clone());
        code.is_some_and(|code| code.as_str() == commune)
    };
    catalogue.agencies.iter().find(serves).cloned()
}

#[test]
fn the_files_have_no_fault() {
    let told: Vec<String> = shipped()
        .err()
        .unwrap_or_default()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn every_procedure_of_the_seed_list_is_there() {
    let catalogue = catalogue();
    for code in [
        "1.001193", "1.000656", "2.000635", "1.004873", "1.000894", "2.000806", "1.004859",
        "1.004884", "1.004772", "1.004746", "2.000815", "2.000884", "2.000908", "2.001035",
        "2.001263", "1.001612", "2.000720", "1.013225", "1.013226", "1.013227", "1.001776",
        "1.014027", "1.001699", "1.011606", "1.011607", "1.012812", "1.012787", "1.012756",
        "1.013833", "1.004222", "1.004194", "1.002755", "1.010038", "1.014137", "2.002913",
        "3.000333", "3.000330",
    ] {
        assert!(procedure(&catalogue, code).is_some(), "{code}");
    }
    assert_eq!(catalogue.procedures.len(), 37);
}

#[test]
fn the_extract_copy_costs_8000_a_copy_and_nothing_for_digital_citizens_until_march_2027() {
    let extract = procedure(&catalogue(), "2.000635");
    let fee = extract.as_ref().and_then(|it| it.fees.first().cloned());
    let Some((extract, fee)) = extract.zip(fee) else {
        panic!("the extract has a fee")
    };
    let Tariff::Flat(amounts) = &fee.tariff else {
        panic!("{fee:?}")
    };
    assert_eq!(amounts.direct.times(3), Dong::new(24_000));
    assert_eq!(fee.collected, CollectedAt::Result);
    assert_eq!(extract.quantity_fields.copies.as_deref(), Some("/copies"));
    let waiver = fee
        .reductions
        .iter()
        .find(|it| it.condition == Condition::DigitalCitizen);
    let holds = |date| waiver.map(|it| it.in_force.covers(date));
    assert_eq!(holds(day(2026, 8, 14)), Some(false));
    assert_eq!(holds(day(2026, 8, 15)), Some(true));
    assert_eq!(holds(day(2027, 2, 28)), Some(true));
    assert_eq!(holds(day(2027, 3, 1)), Some(false));
    assert_eq!(extract.papers.len(), 4);
    assert!(extract.receipt_on_request_only);
}

#[test]
fn the_form_of_the_extract_takes_one_to_twenty_copies() {
    let extract = procedure(&catalogue(), "2.000635");
    let Some(Ok(form)) = extract.map(|it| CompiledForm::compile(&it.form)) else {
        panic!("the form compiles")
    };
    let mut answers = json!({
        "requester_name": "Nguyễn Thị Hồng", "requester_id": "091190000001", "relation": "parent",
        "subject_name": "Trần Minh An", "subject_birth": "2019-05", "extract_kind": "birth",
        "copies": 3, "purpose": "Nhập học", "delivery": "electronic",
    });
    assert_eq!(form.validate(&answers, ""), []);
    for copies in [0, 21] {
        if let Some(answer) = answers.get_mut("copies") {
            *answer = json!(copies);
        }
        let faults = form.validate(&answers, "/form");
        let told: Vec<&str> = faults.iter().map(|it| it.pointer.as_str()).collect();
        assert_eq!(told, ["/form/copies"]);
    }
}

#[test]
fn every_form_asks_five_to_sixteen_questions_and_refuses_an_empty_answer() {
    for procedure in catalogue().procedures {
        let questions = procedure.form.get("properties").and_then(Value::as_object);
        let count = questions.map_or(0, serde_json::Map::len);
        assert!((5..=16).contains(&count), "{}: {count}", procedure.code);
        let faults = CompiledForm::compile(&procedure.form)
            .map(|form| form.validate(&json!({}), ""))
            .unwrap_or_default();
        let required = procedure
            .form
            .get("required")
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        assert_eq!(faults.len(), required, "{}", procedure.code);
        assert!(required >= 3, "{}", procedure.code);
    }
}

#[test]
fn a_partial_procedure_says_why_and_council_fees_say_they_are_provisional() {
    for procedure in catalogue().procedures {
        match &procedure.online {
            OnlineLevel::Full {} => {}
            OnlineLevel::Partial { reason } | OnlineLevel::None { reason } => {
                assert!(!reason.vi.is_empty(), "{}", procedure.code);
            }
        }
        for fee in &procedure.fees {
            if let Tariff::SetByCouncil(council) = &fee.tariff {
                assert!(council.note.vi.contains("tạm nhập"), "{}", procedure.code);
            }
        }
    }
}

#[test]
fn search_finds_with_and_without_accents() {
    let catalogue = catalogue();
    let found = |query: &str| -> Vec<String> {
        let text = |it: &ProcedureVersion| search_text(it, catalogue.field(&it.field));
        let hits = catalogue
            .procedures
            .iter()
            .filter(|it| matches(&text(it), query));
        hits.map(|it| it.code.to_string()).collect()
    };
    for query in [
        "trich luc",
        "trích lục",
        "TRÍCH  LỤC",
        "extract",
        "2.000635",
        "luc ho tich",
    ] {
        assert!(found(query).contains(&"2.000635".to_owned()), "{query}");
    }
    assert_eq!(found("trich luc"), found("trích lục"));
    assert_eq!(found("dang ky khai sinh").len(), 3);
    assert!(found("ho chieu").is_empty());
}

#[test]
fn my_thuan_is_keyed_by_code_and_keeps_its_id_through_the_merger() {
    let catalogue = catalogue();
    let (before, after) = (day(2025, 6, 30), day(2025, 7, 1));
    let now = agency(&catalogue, "30838", after);
    let then = agency(&catalogue, "30838", before);
    assert_eq!(now.as_ref().map(|it| it.id), then.as_ref().map(|it| it.id));
    let name = |it: &Option<Agency>, date| {
        it.as_ref()
            .and_then(|it| it.on(date).map(|version| version.name.vi.clone()))
    };
    assert_eq!(
        name(&now, after).as_deref(),
        Some("Trung tâm Phục vụ hành chính công xã Mỹ Thuận")
    );
    assert_eq!(
        name(&then, before).as_deref(),
        Some("Bộ phận Tiếp nhận và Trả kết quả xã Mỹ Thuận, huyện Hòn Đất")
    );
    assert!(
        agency(&catalogue, "29788", after).is_none(),
        "that is Mỹ Thuận of Vĩnh Long"
    );
    let merged = agency(&catalogue, "30820", before);
    assert_eq!(merged.and_then(|it| it.successor), now.map(|it| it.id));
    assert!(agency(&catalogue, "30820", after).is_none());
    for commune in [
        "30823", "30817", "30826", "30835", "30742", "30307", "30316",
    ] {
        assert!(agency(&catalogue, commune, after).is_some(), "{commune}");
    }
}

#[test]
fn a_commune_offers_its_procedures_but_not_those_of_the_police_or_the_province() {
    let catalogue = catalogue();
    let Some(my_thuan) = agency(&catalogue, "30838", day(2026, 1, 1)) else {
        panic!("it is there")
    };
    let offered: Vec<String> = catalogue
        .offered_by(&my_thuan, day(2026, 1, 1))
        .map(|it| it.code.to_string())
        .collect();
    for code in ["2.000635", "1.001193", "2.000815", "1.001612"] {
        assert!(offered.contains(&code.to_owned()), "{code}");
    }
    for code in ["1.004222", "1.013833", "3.000333"] {
        assert!(!offered.contains(&code.to_owned()), "{code}");
    }
    assert!(
        catalogue
            .offered_by(&my_thuan, day(2025, 6, 30))
            .next()
            .is_none()
    );
}

/// Working days of a Monday-to-Friday desk by the shipped calendar, both dates included.
fn working_days(catalogue: &Catalogue, from: NaiveDate, to: NaiveDate) -> Vec<u32> {
    let years = catalogue.calendar().years;
    let is_off = |date| {
        years
            .iter()
            .flat_map(|it| &it.days_off)
            .any(|it| it.dates().any(|d| d == date))
    };
    let is_swapped = |date| {
        years
            .iter()
            .flat_map(|it| &it.swapped_days)
            .any(|it| it.date == date)
    };
    let is_weekday = |date: NaiveDate| date.weekday().number_from_monday() <= 5;
    from.iter_days()
        .take_while(|date| *date <= to)
        .filter(|date| is_swapped(*date) || (is_weekday(*date) && !is_off(*date)))
        .map(|date| date.day())
        .collect()
}

#[test]
fn the_calendars_give_the_known_counts() {
    let catalogue = catalogue();
    let tet = working_days(&catalogue, day(2026, 2, 11), day(2026, 2, 24));
    assert_eq!(tet, [11, 12, 13, 23, 24]);
    let swapped = working_days(&catalogue, day(2026, 8, 21), day(2026, 9, 3));
    assert_eq!(swapped, [21, 22, 24, 25, 26, 27, 28, 3]);
    let first_days: Vec<bool> = catalogue.calendars.iter().map(|it| it.is_final).collect();
    assert_eq!(first_days, [true, true, false], "2027 is not final");
    let last = catalogue.calendars.last().map(|it| it.calendar.clone());
    assert!(last.is_some_and(|it| {
        it.days_off
            .iter()
            .all(|it| it.certainty == Certainty::Deduced)
    }));
}

/// 309/2026/NĐ-CP: what a database holds may be handed in, and must not be asked for.
#[test]
fn no_procedure_demands_what_a_database_holds() {
    let catalogue = catalogue();
    let mut handed_in = 0;
    for procedure in &catalogue.procedures {
        let required = required_papers(procedure);
        handed_in += required.len();
        for paper in &procedure.papers {
            let asked = required.contains(&paper.key.to_string());
            let held = paper.source != PaperOrigin::Citizen;
            assert!(!(asked && held), "{}: {}", procedure.code, paper.key);
        }
    }
    assert!(handed_in > 20, "{handed_in}");
    let building = procedure(&catalogue, "1.013225").map(|it| required_papers(&it));
    let building = building.unwrap_or_default();
    assert!(
        !building.is_empty() && !building.contains(&"land_right".to_owned()),
        "{building:?}"
    );
}
