//! What the shipped fees come to.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{catalogue, day, procedure};
use crate::{
    money::Dong,
    payments::fees::{FeeChannel, FeeQuery, assess},
    procedures::{ProcedureVersion, Quantities},
};

/// What answers to the form of a procedure cost on a date.
fn cost(
    procedure: Option<&ProcedureVersion>,
    answers: &Value,
    date: NaiveDate,
    digital_citizen: bool,
) -> Option<Dong> {
    let procedure = procedure?;
    let Quantities {
        copies,
        pages,
        persons,
    } = procedure.quantity_fields.of(answers);
    let query = FeeQuery {
        copies,
        pages,
        persons,
        digital_citizen,
        ..FeeQuery::new(date, FeeChannel::Online)
    };
    Some(assess(&procedure.fees, &query).net())
}

#[test]
fn the_shipped_fees_give_the_amounts_of_the_law() {
    let catalogue = catalogue();
    let extract = json!({"copies": 3});
    let pages = |pages: u32| json!({"copies": 1, "pages": pages});
    let (today, after) = (day(2026, 11, 1), day(2027, 3, 1));
    for (code, answers, date, digital, expected) in [
        ("2.000635", extract.clone(), today, false, 24_000),
        ("2.000635", extract.clone(), today, true, 0),
        ("2.000635", extract, after, true, 24_000),
        ("2.000815", pages(1), today, false, 2_000),
        ("2.000815", pages(2), today, false, 4_000),
        ("2.000815", pages(3), today, false, 5_000),
        ("2.000815", pages(198), today, false, 200_000),
        ("2.000815", pages(199), today, false, 200_000),
        ("2.000884", json!({}), today, false, 10_000),
        ("2.001035", json!({}), today, false, 50_000),
        ("1.000894", json!({}), today, false, 0),
        ("1.004222", json!({}), today, false, 10_000),
        ("1.004222", json!({}), today, true, 0),
        ("1.013833", json!({}), today, true, 14_000),
        ("3.000333", json!({}), today, false, 200_000),
    ] {
        let procedure = procedure(&catalogue, code);
        let cost = cost(procedure.as_ref(), &answers, date, digital);
        assert_eq!(cost, Some(Dong::new(expected)), "{code} {answers} {date}");
    }
}
