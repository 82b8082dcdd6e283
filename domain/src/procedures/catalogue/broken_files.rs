//! Deliberately broken files: each fault is named with its file, line, field and code.

use serde_json::Value;

use super::*;

const FIELDS: &str = include_str!("broken_files/good/fields.json");
const PROCEDURES: &str = include_str!("broken_files/good/procedures.json");

const WHOLE: [(&str, &str); 5] = [
    ("fields.json", FIELDS),
    (
        "sessions.json",
        include_str!("broken_files/good/sessions.json"),
    ),
    (
        "calendar.json",
        include_str!("broken_files/good/calendar.json"),
    ),
    (
        "agencies.json",
        include_str!("broken_files/good/agencies.json"),
    ),
    ("procedures.json", PROCEDURES),
];

/// Where a fault is expected: line, field, code.
type Expected<'a> = (usize, &'a str, &'a str);

/// The faults of the whole set after one replacement in the file.
fn faults_after(file: &str, from: &str, to: &str) -> Vec<CatalogueFault> {
    let files: Vec<(&str, String)> = WHOLE
        .iter()
        .map(|(name, text)| {
            if *name == file {
                assert_eq!(text.matches(from).count(), 1, "{file} holds {from:?} once");
                (*name, text.replace(from, to))
            } else {
                (*name, (*text).to_owned())
            }
        })
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    read(&files).err().unwrap_or_default()
}

/// The file has exactly these faults, each told in both languages. A file that others lean on may
/// break those too; that is for them to show.
fn expect(file: &str, from: &str, to: &str, expected: &[Expected<'_>]) {
    let faults = faults_after(file, from, to);
    let own: Vec<&CatalogueFault> = faults.iter().filter(|fault| fault.file == file).collect();
    let told: Vec<Expected<'_>> = own
        .iter()
        .map(|fault| (fault.line, fault.field.as_str(), fault.code.as_str()))
        .collect();
    assert_eq!(told, expected, "{file}: {from:?} -> {to:?}\n{faults:#?}");
    for fault in own {
        let message = fault.message();
        assert!(!message.vi.is_empty() && !message.en.is_empty());
    }
}

#[test]
fn the_set_is_good_before_it_is_broken() {
    let read = read(&WHOLE);
    assert!(read.is_ok(), "{read:#?}");
}

/// One way to break a good file.
#[derive(serde::Deserialize)]
struct Case {
    file: String,
    replace: String,
    with: String,
    faults: Vec<(usize, String, String)>,
}

#[test]
fn every_broken_file_is_told_by_line_field_and_code() {
    let cases: Vec<Case> =
        serde_json::from_str(include_str!("broken_files/cases.json")).unwrap_or_default();
    assert!(cases.len() >= 40);
    for Case {
        file,
        replace,
        with,
        faults,
    } in &cases
    {
        let expected: Vec<Expected<'_>> = faults
            .iter()
            .map(|(line, field, code)| (*line, field.as_str(), code.as_str()))
            .collect();
        expect(file, replace, with, &expected);
    }
}

#[test]
fn every_fault_is_told_and_not_only_the_first() {
    expect(
        "procedures.json",
        "\"key\": \"proof\", \"name\": {\"vi\": \"Giấy tờ\", \"en\": \"Proof\"}",
        "\"key\": \"Proof\", \"mau\": 1, \"name\": {\"vi\": \"\"}",
        &[
            (35, "/procedures/0/papers/1/key", "wrong-format"),
            (35, "/procedures/0/papers/1/mau", "unknown-field"),
            (35, "/procedures/0/papers/1/name/en", "required"),
            (35, "/procedures/0/papers/1/name/vi", "required"),
        ],
    );
}

#[test]
fn two_versions_on_one_date_and_one_version_twice() {
    let entry = PROCEDURES
        .split_once("\"procedures\": [")
        .and_then(|(_, rest)| rest.rsplit_once(']'))
        .map(|(entry, _)| entry.to_owned())
        .unwrap_or_default();
    for (version, from, expected) in [
        (
            "2",
            "2026-01-01",
            (
                "/procedures/1/in_force_from",
                FaultCode::OverlappingVersions,
            ),
        ),
        (
            "1",
            "2026-01-01",
            ("/procedures/1/version", FaultCode::Duplicate),
        ),
    ] {
        let second = entry
            .replace("\"version\": 1", &format!("\"version\": {version}"))
            .replace(
                "\"in_force_from\": \"2025-07-01\"",
                &format!("\"in_force_from\": \"{from}\""),
            );
        let both = format!("{{\"procedures\": [{entry},{second}]}}");
        let files = [("fields.json", FIELDS), ("p.json", both.as_str())];
        let faults = read(&files).err().unwrap_or_default();
        let told: Vec<_> = faults
            .iter()
            .map(|it| (it.field.as_str(), it.code))
            .collect();
        assert_eq!(told, [expected]);
    }
    let first = entry.replace(
        "\"version\": 1,",
        "\"version\": 1, \"in_force_to\": \"2026-01-01\",",
    );
    let second = entry.replace("\"version\": 1", "\"version\": 2").replace(
        "\"in_force_from\": \"2025-07-01\"",
        "\"in_force_from\": \"2026-01-01\"",
    );
    let both = format!("{{\"procedures\": [{first},{second}]}}");
    let read = read(&[("fields.json", FIELDS), ("p.json", both.as_str())]);
    assert_eq!(
        read.map(|it| it.procedures.len()),
        Ok(2),
        "one ends where the next begins"
    );
}

#[test]
fn files_that_add_may_refer_to_what_is_there_and_not_contradict_it() {
    let whole = read(&WHOLE).unwrap_or_default();
    let mut known = Known {
        fields: whole.fields.iter().map(|it| it.code.clone()).collect(),
        ..Known::default()
    };
    assert!(read_onto(&known, &[("p.json", PROCEDURES)]).is_ok());
    known.procedures = whole
        .procedures
        .iter()
        .map(|it| {
            (
                it.code.clone(),
                it.version,
                it.in_force_from,
                it.in_force_to,
            )
        })
        .collect();
    let faults = read_onto(&known, &[("p.json", PROCEDURES)])
        .err()
        .unwrap_or_default();
    let told: Vec<_> = faults
        .iter()
        .map(|it| (it.line, it.field.as_str(), it.code))
        .collect();
    assert_eq!(told, [(5, "/procedures/0/version", FaultCode::Duplicate)]);
}

#[test]
fn what_cannot_be_read_does_not_make_others_faulty() {
    for (from, to) in [
        ("\"version\": 1,", "\"version\": 1,,"),
        ("\"version\": 1,", "\"version\": \"1\","),
    ] {
        let faults = faults_after("procedures.json", from, to);
        assert_eq!(faults.len(), 1, "{faults:#?}");
    }
    let faults = faults_after("procedures.json", "\"2.000635\"", "\"2.000636\"");
    let told: Vec<_> = faults
        .iter()
        .map(|it| (it.file.as_str(), it.field.as_str()))
        .collect();
    assert_eq!(told, [("agencies.json", "/agencies/0/offers/except/0")]);
}

/// Every member and item below a value, as pointers, leaving out what is free in shape.
fn places(value: &Value, pointer: &str) -> Vec<String> {
    let below: Vec<(String, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .filter(|(name, _)| *name != "form")
            .map(|(name, member)| (format!("{pointer}/{name}"), member))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(place, item)| (format!("{pointer}/{place}"), item))
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    let deeper = below.iter().flat_map(|(at, member)| places(member, at));
    below
        .iter()
        .map(|(at, _)| at.clone())
        .chain(deeper)
        .collect()
}

/// The faults of the file's own, after its value was changed.
fn faults_of(file: &str, value: &Value) -> Vec<CatalogueFault> {
    let text = format!("{value:#}");
    let files = WHOLE.map(|(name, good)| (name, if name == file { text.as_str() } else { good }));
    let faults = read(&files).err().unwrap_or_default();
    faults
        .into_iter()
        .filter(|fault| fault.file == file)
        .collect()
}

#[test]
fn whatever_stands_where_it_does_not_belong_is_named_by_its_place() {
    for (file, good) in WHOLE {
        let good: Value = serde_json::from_str(good).unwrap_or_default();
        for at in places(&good, "") {
            let mut odd = good.clone();
            let Some(place) = odd.pointer_mut(&at) else {
                continue;
            };
            if let Value::Object(members) = place {
                members.insert("khong_co".to_owned(), Value::Null);
                let named = format!("{at}/khong_co");
                let faults = faults_of(file, &odd);
                let is_near = |it: &CatalogueFault| named.starts_with(&it.field) && it.line > 1;
                assert!(faults.iter().any(is_near), "{file}{named}: {faults:#?}");
            } else if !place.is_array() {
                *place = Value::Array(vec![Value::Null]);
                let faults = faults_of(file, &odd);
                let is_near = |it: &CatalogueFault| at.starts_with(&it.field) && it.line > 1;
                assert!(faults.iter().any(is_near), "{file}{at}: {faults:#?}");
            }
        }
    }
}
