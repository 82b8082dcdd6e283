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
const PURPOSE_REQUIRED: Told = (403, "purpose-required");

/// Who may state a purpose.
const STATING: &[Role] = &[Role::Auditor, Role::ProvinceAdministrator];

/// What a cell must answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// Whatever the operation tells those it lets in.
    LetIn,
    /// This, and nothing else.
    Refused(Told),
}

/// What the policy says of an operation, which takes a stated purpose or does not: where it does, whoever
/// could state one is told that one is needed, whatever the roles read by themselves.
pub(super) fn due(
    (row, takes_a_purpose): (&Row, bool),
    standing: Standing,
    object: &Object,
) -> Due {
    let could_state_one =
        matches!(standing, Standing::Officer { roles, .. } if holds(roles, STATING));
    match by_policy(row, standing, object) {
        Due::Refused(ROLE_FORBIDS) if takes_a_purpose && could_state_one => {
            Due::Refused(PURPOSE_REQUIRED)
        }
        due @ (Due::LetIn | Due::Refused(_)) => due,
    }
}

fn by_policy(row: &Row, standing: Standing, object: &Object) -> Due {
    let refusal = match row.gate {
        Gate::Everybody => None,
        Gate::SignedIn => matches!(standing, Standing::Nobody).then_some(UNAUTHENTICATED),
        Gate::Citizens { account } => by_a_citizen(standing, account),
        Gate::Caller(roles) => by_a_caller(standing, roles),
        Gate::Officers(roles, account) => by_an_officer(standing, roles, account),
        Gate::AnyOfficer => by_any_officer(standing),
        Gate::Desk(roles, account) => return at_the_desk(standing, object, roles, account),
    };
    refusal.map_or_else(|| in_sight(row, standing, object), Due::Refused)
}

fn in_sight(row: &Row, standing: Standing, object: &Object) -> Due {
    if row.of == Kind::Nothing || sees(standing, row.of, object.of) {
        Due::LetIn
    } else if lacks_a_purpose(standing, row.of, object.of) {
        Due::Refused(PURPOSE_REQUIRED)
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

fn by_any_officer(standing: Standing) -> Option<Told> {
    match standing {
        Standing::Nobody => Some(UNAUTHENTICATED),
        Standing::Citizen { .. } => Some(OTHER_KIND),
        Standing::Officer { account, .. } => (!account).then_some(UNAUTHENTICATED),
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
        Some(of) if sees(standing, Kind::Dossier, Some(of)) => {
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

/// Whether what is asked for is in a dossier.
const fn is_of_a_dossier(kind: Kind) -> bool {
    match kind {
        Kind::Dossier | Kind::File | Kind::Supplement | Kind::Payment => true,
        Kind::Nothing
        | Kind::Upload
        | Kind::DeadLetter
        | Kind::Session
        | Kind::Account
        | Kind::Proposal
        | Kind::DossierProposal
        | Kind::Deputy
        | Kind::Mandate
        | Kind::DataRequest
        | Kind::Consent
        | Kind::Export
        | Kind::Notice => false,
    }
}

/// Whether it would be shown to whoever asks, had they said what for: another agency's dossier to an
/// auditor or an administrator of the province. That one is there they may know.
pub(super) fn lacks_a_purpose(standing: Standing, kind: Kind, of: Option<Belonging>) -> bool {
    let (Some(of), Standing::Officer { roles, agency, .. }) = (of, standing) else {
        return false;
    };
    let could_state_one = holds(roles, STATING);
    let is_filed = !of.is_draft && of.only.is_none();
    is_of_a_dossier(kind) && could_state_one && is_filed && of.agency != agency
}

/// Whether it is there for whoever asks: one's own or one's agency's; the province's only where it is in
/// no dossier. What does not exist is in nobody's sight.
pub(super) fn sees(standing: Standing, kind: Kind, of: Option<Belonging>) -> bool {
    let Some(of) = of else {
        return false;
    };
    match standing {
        Standing::Nobody => false,
        Standing::Citizen { number, .. } => {
            number.is_some() && (number == of.owner || number == of.delegate)
        }
        Standing::Officer { roles, agency, .. } => officer_sees(roles, agency, (kind, of)),
    }
}

fn officer_sees(held: Roles, at: AgencyId, (kind, of): (Kind, Belonging)) -> bool {
    if let Some(only) = of.only {
        return at == of.agency && holds(held, only);
    }
    let of_an_agency =
        is_of_a_dossier(kind) || [Kind::Mandate, Kind::DossierProposal].contains(&kind);
    let province = held.has(Role::ProvinceAdministrator) && !of_an_agency;
    !of.is_draft && (at == of.agency || province)
}

/// Whether anything of it may reach whoever asks.
pub(super) fn may_read(standing: Standing, of: Belonging) -> bool {
    let reads = match standing {
        Standing::Nobody => false,
        Standing::Citizen { .. } => true,
        Standing::Officer { roles, .. } => holds(roles, READERS),
    };
    reads && sees(standing, Kind::Dossier, Some(of))
}
