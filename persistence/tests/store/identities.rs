//! A number is verified at one account, whatever others claim and wherever the index stands.

use domain::{
    identities::{AssuranceLevel, IdentityDocument},
    ids::PersonId,
    personal::Personal,
};
use persistence::{
    Store, StoreError, Tx,
    disclosures::Reading,
    identities::{self, Evidence, Proof, ProviderRequest},
    people::{self, Person},
    sealing,
};

use crate::{
    Fixture, add, at, both, id, person,
    sealed::{ONE, OTHER, Shelf},
    wait,
};

const NUMBER: &str = "089204000123";

fn known(assurance: AssuranceLevel) -> Person {
    Person {
        personal_number: Some(Personal::new(NUMBER.to_owned())),
        assurance,
        ..person(id(), at(0))
    }
}

fn added(store: &Store, someone: &Person) -> Result<(), StoreError> {
    let someone = someone.clone();
    wait(store.write(move |tx| add(tx, &someone)))
}

fn verified(store: &Store) -> Option<PersonId> {
    let number = Personal::new(NUMBER.to_owned());
    wait(store.read(move |tx| people::by_verified_number(tx, &number))).unwrap()
}

fn is_refused_twice(it: &Fixture, store: &Store, case: &str) {
    let Err(StoreError::Duplicate { constraint }) = added(store, &known(AssuranceLevel::Verified))
    else {
        panic!("{case}: a second verified account");
    };
    let names = ["people_number_index_key", "people_number_index_other_key"];
    assert!(
        names.contains(&constraint.as_str()),
        "{} {constraint}",
        it.engine
    );
}

#[test]
fn a_number_is_verified_at_one_account_while_the_index_moves() {
    for it in both() {
        let shelf = Shelf::holding(&[1], &[ONE]);
        let (server, command) = (shelf.store(&it), shelf.store(&it));
        added(&server, &known(AssuranceLevel::Phone)).unwrap();
        assert_eq!(verified(&server), None, "{}: it is only claimed", it.engine);
        let owner = known(AssuranceLevel::Verified);
        added(&server, &owner).unwrap();
        for index in [&[ONE, OTHER][..], &[OTHER], &[OTHER, ONE], &[ONE]] {
            let case = format!("{} {index:?}", it.engine);
            shelf.hold(&[1], index);
            assert_eq!(verified(&server), Some(owner.id), "{case}");
            wait(command.write(|tx| sealing::reindex(tx, None, 100))).unwrap();
            assert_eq!(verified(&server), Some(owner.id), "{case}");
            is_refused_twice(&it, &server, &case);
            added(&server, &known(AssuranceLevel::Phone)).unwrap();
        }
        let gone = owner.id;
        let erase = move |tx: &mut Tx| {
            people::erase(tx, gone)?;
            crate::trace(tx, &person(gone, at(1)))
        };
        wait(server.write::<_, StoreError>(erase)).unwrap();
        assert_eq!(verified(&server), None, "{}: erased", it.engine);
        added(&server, &known(AssuranceLevel::Verified)).unwrap();
    }
}

#[test]
fn a_citizen_without_a_telephone_number_is_read_as_written() {
    for it in both() {
        let someone = Person {
            phone: None,
            ..known(AssuranceLevel::Verified)
        };
        added(&it.store, &someone).unwrap();
        let who = someone.id;
        let found = wait(
            it.store
                .read(move |tx| people::find(tx, who, &Reading::House)),
        );
        assert_eq!(found, Ok(someone), "{}", it.engine);
    }
}

#[test]
fn a_proof_is_read_as_written_and_names_somebody() {
    for it in both() {
        let someone = known(AssuranceLevel::Verified);
        added(&it.store, &someone).unwrap();
        let proof = Proof {
            id: uuid::Uuid::now_v7(),
            person: someone.id,
            evidence: Evidence::Provider("https://id.example".to_owned()),
            at: at(2),
        };
        let nobody = Proof {
            id: uuid::Uuid::now_v7(),
            evidence: Evidence::Counter(identities::Counter {
                officer: id(),
                agency: id(),
                document: IdentityDocument::IdentityCard,
                digits: Personal::new("0123".to_owned()),
            }),
            ..proof.clone()
        };
        let (kept, who) = (proof.clone(), someone.id);
        wait(it.store.write(move |tx| identities::append(tx, &kept))).unwrap();
        let found = wait(it.store.read(move |tx| identities::of_person(tx, who)));
        assert_eq!(found, Ok(vec![proof]), "{}", it.engine);
        let refused = wait(it.store.write(move |tx| identities::append(tx, &nobody)));
        let is_foreign = matches!(refused, Err(StoreError::Foreign { .. }));
        assert!(is_foreign, "{}: {refused:?}", it.engine);
    }
}

#[test]
fn a_request_is_used_and_goes_when_its_time_is_over() {
    for it in both() {
        let request = ProviderRequest {
            id: uuid::Uuid::now_v7(),
            seed: vec![7; 32],
            redirect_uri: "vn.angiang.motcua:/login".to_owned(),
            account: Some(id()),
            created_at: at(0),
            expires_at: at(600),
            used_at: None,
        };
        let key = request.id;
        let kept = request.clone();
        wait(it.store.write(move |tx| identities::insert(tx, &kept))).unwrap();
        let seen = || wait(it.store.write(move |tx| identities::lock(tx, key))).unwrap();
        assert_eq!(seen(), Some(request.clone()), "{}", it.engine);
        wait(it.store.write(move |tx| identities::use_up(tx, key, at(5)))).unwrap();
        let used = ProviderRequest {
            used_at: Some(at(5)),
            ..request
        };
        assert_eq!(seen(), Some(used), "{}", it.engine);
        let purged = |now| wait(it.store.write(move |tx| identities::purge(tx, at(now), 10)));
        assert_eq!((purged(600), purged(601)), (Ok(0), Ok(1)), "{}", it.engine);
        assert_eq!(seen(), None, "{}", it.engine);
    }
}
