//! Tests of payments: the whole matrix, money that comes late, the counter, the vocabulary.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod counter;
mod late;
mod matrix;
mod obligations;
mod refund;
mod selection;

use uuid::Uuid;

use super::{fees::*, *};
use crate::{
    actor::{Actor, Role, Roles},
    ids::*,
    money::Dong,
    text::Localized,
    time::Time,
};

fn at(second: i64) -> Time {
    Time::from_micros(1_770_000_000_000_000 + second * 1_000_000).unwrap()
}

fn id<K>(number: u128) -> Id<K> {
    Id::from_uuid(Uuid::from_u128(number))
}

fn citizen() -> Actor {
    Actor::Citizen { person: id(1) }
}

fn officer(number: u128, roles: &[Role]) -> Actor {
    Actor::Officer {
        officer: id(number),
        agency: id(9),
        roles: Roles::of(roles),
    }
}

fn line(net: i64, collected: CollectedAt) -> FeeLine {
    FeeLine {
        code: "fee".into(),
        name: Localized::new("Lệ phí", "Fee"),
        kind: FeeKind::Fee,
        unit: FeeUnit::Copy,
        quantity: 3,
        gross: Dong::new(30_000),
        applied: None,
        net: Dong::new(net),
        collected,
        legal_basis: "281/2016/TT-BTC".into(),
        unproven: Vec::new(),
        open: Vec::new(),
    }
}

fn obligation(number: u128, net: i64) -> Obligation {
    Obligation::of_line(id(number), id(5), line(net, CollectedAt::Intake), at(0))
}

fn payment(method: PaymentMethod, state: PaymentState, covered: &[Obligation]) -> Payment {
    Payment {
        id: id(70),
        dossier_id: id(5),
        obligations: covered.iter().map(|one| one.id).collect(),
        amount: amount_due(covered),
        method,
        state,
        before_refund: None,
        refund_requested_by: None,
        receipt: None,
        recorded_by: None,
        created_at: at(0),
        paid_at: None,
    }
}

#[test]
fn every_word_is_spelled_the_same_on_the_wire_and_in_the_database() {
    macro_rules! check {
        ($($kind:ty),*) => {$(
            for value in <$kind>::ALL.iter().copied() {
                assert_eq!(serde_json::to_value(value).unwrap(), value.as_str());
                assert_eq!(<$kind>::parse(value.as_str()), Some(value));
            }
            assert_eq!(<$kind>::parse("nonsense"), None);
        )*};
    }
    check!(
        PaymentState,
        PaymentMethod,
        PaymentCommand,
        ObligationState,
        FeeKind,
        FeeUnit,
        FeeChannel,
        CollectedAt
    );
}
