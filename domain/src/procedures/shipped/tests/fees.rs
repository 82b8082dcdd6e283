//! What the shipped fees come to.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{catalogue, day, procedure};
use crate::{
    money::Dong,
    payments::fees::{
        Claim, Condition, DIGITAL_CITIZEN, FeeChannel, FeeQuery, Proof, assess, event_dates,
    },
    procedures::{ProcedureVersion, Quantities},
};

/// What answers to the form of a procedure cost on a date.
fn cost(
    procedure: Option<&ProcedureVersion>,
    answers: &Value,
    date: NaiveDate,
    is_digital_citizen: bool,
) -> Option<Dong> {
    let procedure = procedure?;
    let Quantities {
        copies,
        pages,
        persons,
    } = procedure.quantity_fields.of(answers);
    let shown = Claim {
        group: DIGITAL_CITIZEN.to_owned(),
        proof: Some(Proof::Account),
    };
    let query = FeeQuery {
        copies,
        pages,
        persons,
        claims: if is_digital_citizen {
            vec![shown]
        } else {
            Vec::new()
        },
        event_dates: event_dates(&procedure.fees, answers),
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

#[test]
fn a_birth_is_free_for_sixty_days_and_a_death_for_fifteen() {
    let catalogue = catalogue();
    let today = day(2026, 11, 1);
    for (code, answers, expected) in [
        ("1.001193", json!({"child_birth_date": "2026-09-02"}), 0),
        ("1.001193", json!({"child_birth_date": "2026-09-01"}), 8_000),
        ("1.000656", json!({"death_date": "2026-10-17"}), 0),
        ("1.000656", json!({"death_date": "2026-10-16"}), 8_000),
    ] {
        let procedure = procedure(&catalogue, code);
        let cost = cost(procedure.as_ref(), &answers, today, false);
        assert_eq!(cost, Some(Dong::new(expected)), "{code} {answers}");
    }
}

#[test]
fn every_waiver_for_digital_citizens_holds_in_the_window_of_the_resolution() {
    let catalogue = catalogue();
    let fees = catalogue.procedures.iter().flat_map(|it| &it.fees);
    let waivers: Vec<_> = fees
        .flat_map(|fee| &fee.reductions)
        .filter(|it| it.condition == Condition::DigitalCitizen)
        .collect();
    assert_eq!(waivers.len(), 10);
    for waiver in waivers {
        assert_eq!(waiver.in_force.first_day, day(2026, 8, 15));
        assert_eq!(waiver.in_force.last_day, Some(day(2027, 2, 28)));
        assert!(waiver.proof_needed.is_some());
    }
}
