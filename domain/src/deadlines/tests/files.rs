//! Faults of the data files, each reported with its place.

use serde_json::{Value, json};

use super::{SessionPattern, calendar_file, date, pattern_a};
use crate::{
    deadlines::{
        Calendar, CalendarFile, SessionsFile, SessionsInForce, TimeLimit, WorkingSessions,
    },
    rejection::{Code, Fault},
};

/// Pointer and code of every fault, sorted.
fn places(faults: Vec<Fault>) -> Vec<(String, Code)> {
    let mut places: Vec<_> = faults.into_iter().map(|f| (f.pointer, f.code)).collect();
    places.sort();
    places
}

fn off(from: &str, to: Option<&str>) -> Value {
    json!({"from": from, "to": to, "name": {"vi": "Nghỉ", "en": "Off"}, "source": "x",
        "certainty": "found"})
}

fn swapped(date: &str, in_place_of: Option<&str>) -> Value {
    json!({"date": date, "in_place_of": in_place_of, "name": {"vi": "Bù", "en": "Swap"},
        "source": "x", "certainty": "found"})
}

fn year(days_off: &[Value], swapped_days: &[Value]) -> CalendarFile {
    serde_json::from_value(json!({"version": "1",
        "years": [{"year": 2026, "days_off": days_off, "swapped_days": swapped_days}]}))
    .unwrap()
}

fn assert_faults(file: CalendarFile, expected: &[(&str, Code)]) {
    let found = places(file.faults());
    let found: Vec<_> = found
        .iter()
        .map(|(pointer, code)| (pointer.as_str(), *code))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(Calendar::new(file).unwrap_err().code, Code::InvalidContent);
}

#[test]
fn days_off_tell_every_fault_with_its_place() {
    for (from, to, fault) in [
        ("2026-05-01", "2026-04-30", "/years/0/days_off/0/to"),
        ("2025-12-31", "2026-01-01", "/years/0/days_off/0/from"),
        ("2026-12-31", "2027-01-01", "/years/0/days_off/0/to"),
        ("2026-02-01", "2026-04-01", "/years/0/days_off/0/to"),
    ] {
        assert_faults(
            year(&[off(from, Some(to))], &[]),
            &[(fault, Code::OutOfRange)],
        );
    }
    let twice = [
        off("2026-01-01", Some("2026-01-02")),
        off("2026-01-02", None),
    ];
    assert_faults(
        year(&twice, &[]),
        &[("/years/0/days_off/1/from", Code::Duplicate)],
    );
    assert_eq!(calendar_file().faults(), []);
}

#[test]
fn swapped_days_tell_every_fault_with_its_place() {
    const DATE: &str = "/years/0/swapped_days/0/date";
    const REPLACED: &str = "/years/0/swapped_days/0/in_place_of";
    let days_off = [off("2026-01-01", Some("2026-01-03"))];
    for (date, replaced, pointer, code) in [
        ("2026-01-09", "2026-01-02", DATE, Code::OutOfRange),
        ("2027-01-09", "2026-01-02", DATE, Code::OutOfRange),
        ("2026-01-03", "2026-01-02", DATE, Code::Duplicate),
        ("2026-01-10", "2026-01-05", REPLACED, Code::UnknownReference),
        ("2026-01-10", "2026-01-03", REPLACED, Code::UnknownReference),
    ] {
        let file = year(&days_off, &[swapped(date, Some(replaced))]);
        assert_faults(file, &[(pointer, code)]);
    }
    let swap = swapped("2026-01-10", Some("2026-01-02"));
    let expected = [
        ("/years/0/swapped_days/1/date", Code::Duplicate),
        ("/years/0/swapped_days/1/in_place_of", Code::Duplicate),
    ];
    assert_faults(year(&days_off, &[swap.clone(), swap]), &expected);
}

#[test]
fn blanks_unknown_fields_and_repeated_years_are_faults() {
    let mut file = year(&[off("2026-01-01", None)], &[]);
    file.years[0].days_off[0].source = " ".to_owned();
    file.years.push(file.years[0].clone());
    file.years[1].days_off.clear();
    file.version.clear();
    let expected = ["/version", "/years/0/days_off/0/source", "/years/1/year"];
    let found: Vec<_> = places(file.faults())
        .into_iter()
        .map(|(pointer, _)| pointer)
        .collect();
    assert_eq!(found, expected);
    let unknown = json!({"version": "1", "years": [], "holidays": []});
    assert!(serde_json::from_value::<CalendarFile>(unknown).is_err());
}

fn file(week: &Value) -> SessionsFile {
    serde_json::from_value(
        json!({"patterns": [{"code": "a", "name": {"vi": "A", "en": "A"},
        "week": week, "source": "x", "certainty": "found"}]}),
    )
    .unwrap()
}

#[test]
fn sessions_tell_every_fault_with_its_place() {
    let monday = |sessions: Value| json!([{"weekdays": ["monday"], "sessions": sessions}]);
    let table = [
        (file(&json!([])), "/patterns/0/week", Code::Required),
        (
            file(&monday(json!([{"opens": "11:00", "closes": "07:00"}]))),
            "/patterns/0/week/0/sessions/0/closes",
            Code::OutOfRange,
        ),
        (
            file(&monday(
                json!([{"opens": "07:00", "closes": "11:00"}, {"opens": "11:00", "closes": "12:00"}]),
            )),
            "/patterns/0/week/0/sessions/1/opens",
            Code::OutOfRange,
        ),
        (
            file(
                &json!([{"weekdays": ["monday", "monday"], "sessions": [{"opens": "07:00", "closes": "11:00"}]}]),
            ),
            "/patterns/0/week/0/weekdays/1",
            Code::Duplicate,
        ),
    ];
    for (file, pointer, code) in table {
        assert_eq!(places(file.faults()), [(pointer.to_owned(), code)]);
    }
    let mut twice = file(&monday(json!([{"opens": "07:00", "closes": "11:00"}])));
    assert_eq!(twice.faults(), []);
    twice.patterns.push(twice.patterns[0].clone());
    assert_eq!(
        places(twice.faults()),
        [("/patterns/1/code".to_owned(), Code::Duplicate)]
    );
}

#[test]
fn ranges_in_force_must_be_known_in_order_and_apart() {
    let patterns: [SessionPattern; 1] = [pattern_a()];
    let row = |pattern: &str, from: &str, to: Option<&str>| SessionsInForce {
        pattern: pattern.to_owned(),
        from: date(from),
        to: to.map(date),
    };
    let table = [
        (
            vec![row("b", "2026-01-01", None)],
            "/0/pattern",
            Code::UnknownReference,
        ),
        (
            vec![row("a", "2026-01-02", Some("2026-01-01"))],
            "/0/to",
            Code::OutOfRange,
        ),
        (
            vec![row("a", "2026-01-01", None), row("a", "2027-01-01", None)],
            "/1/from",
            Code::OutOfRange,
        ),
    ];
    for (rows, pointer, code) in table {
        let faults = WorkingSessions::new(&rows, &patterns).unwrap_err().faults;
        assert_eq!(places(faults), [(pointer.to_owned(), code)]);
    }
}

#[test]
fn limits_read_and_write_as_documented() {
    for (text, valid) in [
        (r#"{"unit":"working_minutes","minutes":30}"#, true),
        (r#"{"unit":"working_hours","hours":8}"#, true),
        (
            r#"{"unit":"working_days","days":3,"counting":"by_days"}"#,
            true,
        ),
        (r#"{"unit":"calendar_days","days":15}"#, true),
        (r#"{"unit":"same_day","cutoff":"15:00"}"#, true),
        (
            r#"{"unit":"working_days","days":0,"counting":"by_hours"}"#,
            false,
        ),
        (r#"{"unit":"working_hours","hours":999999}"#, false),
    ] {
        let limit: TimeLimit = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&limit).unwrap(), text);
        assert_eq!(limit.faults("/limit").is_empty(), valid, "{text}");
    }
    let short: TimeLimit = serde_json::from_str(r#"{"unit":"same_day"}"#).unwrap();
    assert_eq!(serde_json::to_value(short).unwrap()["cutoff"], "15:00");
    let misspelt = r#"{"unit":"working_days","days":3,"couting":"by_days"}"#;
    assert!(serde_json::from_str::<TimeLimit>(misspelt).is_err());
}
