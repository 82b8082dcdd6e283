//! Whose a session is, and why it ended.

use uuid::Uuid;

use crate::{
    actor::Actor,
    ids::{OfficerId, PersonId},
};

/// How many sessions an account has at once; one more ends the one that was used least recently. A
/// list of them stays readable, and nobody fills the table by signing in.
pub const MOST_SESSIONS: usize = 20;

/// The two kinds of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountKind {
    /// A citizen's.
    Citizen,
    /// An officer's.
    Officer,
}

impl AccountKind {
    /// The spelling in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Officer => "officer",
        }
    }

    /// The kind of that spelling.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Citizen, Self::Officer]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }
}

/// An account that can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Account {
    /// A citizen's.
    Citizen(PersonId),
    /// An officer's.
    Officer(OfficerId),
}

impl Account {
    /// The account behind an actor; the worker has none.
    pub const fn of(actor: &Actor) -> Option<Self> {
        match actor {
            Actor::Citizen { person } => Some(Self::Citizen(*person)),
            Actor::Officer {
                officer,
                agency: _,
                roles: _,
            } => Some(Self::Officer(*officer)),
            Actor::System => None,
        }
    }

    /// Its kind.
    pub const fn kind(self) -> AccountKind {
        match self {
            Self::Citizen(_) => AccountKind::Citizen,
            Self::Officer(_) => AccountKind::Officer,
        }
    }

    /// Its id, whatever its kind.
    pub const fn uuid(self) -> Uuid {
        match self {
            Self::Citizen(person) => person.uuid(),
            Self::Officer(officer) => officer.uuid(),
        }
    }
}

/// Why a session ended before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EndReason {
    /// The device signed out.
    Logout,
    /// The owner ended it from the list of sessions.
    EndedByOwner,
    /// A spent refresh token was shown again, or one by another device: it is in two hands.
    TokenReused,
    /// The account signs in with another telephone number now.
    NumberChanged,
    /// The account has another password now.
    PasswordChanged,
    /// The account's second factor was taken away, so that it can be set anew.
    FactorReset,
    /// The officer holds other roles now, or is at another agency.
    RolesChanged,
    /// The account is gone or out of use.
    AccountClosed,
    /// The account signed in on more devices than it may have.
    Superseded,
}

impl EndReason {
    /// Every reason.
    pub const ALL: [Self; 9] = [
        Self::Logout,
        Self::EndedByOwner,
        Self::TokenReused,
        Self::NumberChanged,
        Self::PasswordChanged,
        Self::FactorReset,
        Self::RolesChanged,
        Self::AccountClosed,
        Self::Superseded,
    ];

    /// The spelling in the database and in events.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Logout => "logout",
            Self::EndedByOwner => "ended_by_owner",
            Self::TokenReused => "token_reused",
            Self::NumberChanged => "number_changed",
            Self::PasswordChanged => "password_changed",
            Self::FactorReset => "factor_reset",
            Self::RolesChanged => "roles_changed",
            Self::AccountClosed => "account_closed",
            Self::Superseded => "superseded",
        }
    }

    /// The reason of that spelling.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_survives_its_spelling() {
        for why in EndReason::ALL {
            assert_eq!(EndReason::parse(why.as_str()), Some(why));
        }
        for kind in [AccountKind::Citizen, AccountKind::Officer] {
            assert_eq!(AccountKind::parse(kind.as_str()), Some(kind));
        }
    }
}
