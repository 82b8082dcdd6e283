//! An officer at the counter sees card and person, and says who it is.

use domain::{
    actor::{Actor, Role},
    identities::{Identity, IdentityDocument},
    ids::PersonId,
    personal::Personal,
    rejection::Code,
};
use persistence::{
    Tx,
    disclosures::Reading,
    identities::{Counter, Evidence},
    people::{self, Person},
};

use super::proving::prove;
use crate::{call::Call, failure::Failure};

/// What the officer saw.
#[derive(Debug)]
pub struct Check {
    /// Whose account it is, as the person's own app shows it.
    pub person: PersonId,
    /// Who it is, by the card.
    pub identity: Identity,
    /// What was shown.
    pub document: IdentityDocument,
    /// The last digits of its number.
    pub digits: Personal<String>,
}

/// Verifies a person seen with an identity card. The account need not have had anything to do with the
/// agency before: whoever stands at the counter shows its id.
///
/// # Errors
/// `role-forbids` unless the officer receives; `unauthenticated`; `not-found`; those of [`prove`].
pub fn verify_identity(tx: &mut Tx, call: &Call, check: &Check) -> Result<Person, Failure> {
    let Actor::Officer {
        officer,
        agency,
        roles,
    } = call.actor
    else {
        return Err(Code::RoleForbids.into());
    };
    if !roles.has(Role::Receiver) {
        return Err(Code::RoleForbids.into());
    }
    call.account_stands(tx)?;
    let loaded = people::lock(tx, check.person, &Reading::House)?;
    let evidence = Evidence::Counter(Counter {
        officer,
        agency,
        document: check.document,
        digits: check.digits.clone(),
    });
    prove(tx, call, loaded, &check.identity, evidence)
}
