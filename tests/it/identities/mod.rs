//! Who somebody is: signing in at an independent identity provider, proofs at the counter, and what
//! each procedure needs.

mod counter;
mod levels;
mod linking;
mod provider_trouble;
mod refused;
mod requests;
mod signing_in;

use serde_json::{Value, json};

/// A person, as the provider knows them.
fn dao() -> Value {
    json!({
        "SoDinhDanh": "089190001234", "HoVaTen": "Nguyễn Thị Đào",
        "NgayThangNamSinh": "19/05/1990", "IAL": 2
    })
}

/// Another one.
fn sen() -> Value {
    json!({
        "SoDinhDanh": "091085004321", "HoVaTen": "Trần Văn Sen",
        "NgayThangNamSinh": "1985-02-03", "IAL": "2"
    })
}

/// The same person but for some claims; null takes one away.
fn but(mut person: Value, claims: &Value) -> Value {
    let members = person.as_object_mut().unwrap();
    for (name, value) in claims.as_object().unwrap() {
        members.insert(name.clone(), value.clone());
    }
    members.retain(|_, value| !value.is_null());
    person
}
