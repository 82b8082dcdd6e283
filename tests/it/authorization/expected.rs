//! What the policy says of one cell: who it is, what is asked, and for what.

use domain::actor::{Role, Roles};
use domain::ids::AgencyId;

use super::ground::{Belonging, Object};
use super::policy::{Account, Gate, Kind, READERS, READS_ASK, Row, Told};
use super::principals::Standing;

const UNAUTHENTICATED: Told = (401, "unauthenticated");
const OTHER_KIND: Told = (403, "wrong-account-kind");
const ROLE_FORBIDS: Told = (403, "role-forbids");
const NOT_FOUND: Told = (404, "not-found");

/// What a cell must answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// Whatever the operation tells those it lets in.
    LetIn,
    /// This, and nothing else.
    Refused(Told),
}

/// What the policy says.
pub(super) fn due(row: &Row, standing: Standing, object: &Object) -> Due {
    let refusal = match row.gate {
        Gate::Everybody => None,
        Gate::SignedIn => matches!(standing, Standing::Nobody).then_some(UNAUTHENTICATED),
        Gate::Citizens { account } => by_a_citizen(standing, account),
        Gate::Caller(roles) => by_a_caller(standing, roles),
        Gate::Officers(roles, account) => by_an_officer(standing, roles, account),
        Gate::Desk(roles, account) => return at_the_desk(standing, object, roles, account),
    };
    refusal.map_or_else(|| in_sight(row, standing, object), Due::Refused)
}

fn in_sight(row: &Row, standing: Standing, object: &Object) -> Due {
    if row.of == Kind::Nothing || sees(standing, object.of) {
        Due::LetIn
    } else {
        Due::Refused(NOT_FOUND)
    }
}

fn by_a_citizen(standing: Standing, asks_for_account: bool) -> Option<Told> {
    match standing {
        Standing::Nobody => Some(UNAUTHENTICATED),
        Standing::Officer { .. } => Some(OTHER_KIND),
        Standing::Citizen { account, .. } => {
            (asks_for_account && !account).then_some(UNAUTHENTICATED)
        }
    }
}

fn by_a_caller(standing: Standing, listed: &[Role]) -> Option<Told> {
    match standing {
        Standing::Nobody => Some(UNAUTHENTICATED),
        Standing::Citizen { .. } => None,
        Standing::Officer { roles, account, .. } => of_role(roles, listed, (account, READS_ASK)),
    }
}

fn by_an_officer(standing: Standing, listed: &[Role], asks: Account) -> Option<Told> {
    match standing {
        Standing::Nobody => Some(UNAUTHENTICATED),
        Standing::Citizen { .. } => Some(OTHER_KIND),
        Standing::Officer { roles, account, .. } => of_role(roles, listed, (account, asks)),
    }
}

fn of_role(held: Roles, listed: &[Role], (account, asks): (bool, Account)) -> Option<Told> {
    if !account && asks == Account::First {
        return Some(UNAUTHENTICATED);
    }
    if !holds(held, listed) {
        return Some(ROLE_FORBIDS);
    }
    (!account && asks == Account::AfterRole).then_some(UNAUTHENTICATED)
}

fn at_the_desk(standing: Standing, object: &Object, listed: &[Role], asks: Account) -> Due {
    let (held, at, account) = match standing {
        Standing::Nobody => return Due::Refused(UNAUTHENTICATED),
        Standing::Citizen { .. } => return Due::Refused(OTHER_KIND),
        Standing::Officer {
            roles,
            agency,
            account,
        } => (roles, agency, account),
    };
    if let Some(refusal) = of_role(held, READERS, (account, asks)) {
        return Due::Refused(refusal);
    }
    match object.of {
        Some(of) if sees(standing, Some(of)) => {
            if at == of.agency && holds(held, listed) {
                Due::LetIn
            } else {
                Due::Refused(ROLE_FORBIDS)
            }
        }
        Some(_) | None => Due::Refused(NOT_FOUND),
    }
}

fn holds(held: Roles, listed: &[Role]) -> bool {
    listed.iter().any(|role| held.has(*role))
}

/// Whether it is there for whoever asks: one's own, one's agency's, or the province's. What does not
/// exist is in nobody's sight.
pub(super) fn sees(standing: Standing, of: Option<Belonging>) -> bool {
    let Some(of) = of else {
        return false;
    };
    match standing {
        Standing::Nobody => false,
        Standing::Citizen { number, .. } => {
            number.is_some() && (number == of.owner || number == of.delegate)
        }
        Standing::Officer { roles, agency, .. } => officer_sees(roles, agency, of),
    }
}

fn officer_sees(held: Roles, at: AgencyId, of: Belonging) -> bool {
    if let Some(only) = of.only {
        return at == of.agency && holds(held, only);
    }
    let province = held.has(Role::ProvinceAdministrator);
    !of.is_draft && (at == of.agency || province)
}

/// Whether anything of it may reach whoever asks.
pub(super) fn may_read(standing: Standing, of: Belonging) -> bool {
    let reads = match standing {
        Standing::Nobody => false,
        Standing::Citizen { .. } => true,
        Standing::Officer { roles, .. } => holds(roles, READERS),
    };
    reads && sees(standing, Some(of))
}
