//! Who may read and act, said a second time and with nothing of the service's code.

use chrono::NaiveDate;
use tests::extract_copy::Seen;

use super::super::Held;

/// Whose something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// An account's.
    Person(usize),
    /// A child's, who has none.
    Child(usize),
}

/// Where a mandate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    Waits,
    Stands,
    Over,
}

#[derive(Debug)]
pub(super) struct Mandate {
    pub(super) held: Held,
    pub(super) owner: Owner,
    pub(super) delegate: usize,
    pub(super) proposer: usize,
    pub(super) submits: bool,
    pub(super) from: NaiveDate,
    pub(super) until: Option<NaiveDate>,
    pub(super) stand: Stand,
}

#[derive(Debug)]
pub(super) struct Dossier {
    pub(super) seen: Seen,
    pub(super) owner: Owner,
    /// The mandate it was drafted under.
    pub(super) under: usize,
}

#[derive(Debug, Default)]
pub(super) struct Oracle {
    pub(super) mandates: Vec<Mandate>,
    pub(super) dossiers: Vec<Dossier>,
}

type Refusal = (u16, &'static str);

const FORBIDS: Refusal = (409, "mandate-state-forbids");
const ROLE: Refusal = (403, "role-forbids");

impl Mandate {
    pub(super) fn stands(&self, today: NaiveDate) -> bool {
        self.stand == Stand::Stands && self.from <= today && !self.is_past(today)
    }

    fn is_past(&self, today: NaiveDate) -> bool {
        self.until.is_some_and(|until| until < today)
    }

    /// What comes of a command of an account.
    pub(super) fn moved(&self, what: &str, by: usize, today: NaiveDate) -> Result<Stand, Refusal> {
        let gives = self.owner == Owner::Person(by);
        if !gives && by != self.delegate {
            return Err((404, "not-found"));
        }
        match what {
            "accept" if matches!(self.owner, Owner::Child(_)) => Err(ROLE),
            "accept" if by == self.proposer => Err((403, "not-to-oneself")),
            "accept" if self.stand == Stand::Waits && !self.is_past(today) => Ok(Stand::Stands),
            "revoke" if !gives => Err(ROLE),
            "give_back" if gives => Err(ROLE),
            "revoke" | "give_back" if self.stand == Stand::Stands => Ok(Stand::Over),
            "refuse" if self.stand == Stand::Waits => Ok(Stand::Over),
            _ => Err(FORBIDS),
        }
    }

    /// What comes of a command of the desk, which sees only what is confirmed there.
    pub(super) fn moved_by_desk(&self, what: &str, today: NaiveDate) -> Result<Stand, Refusal> {
        if matches!(self.owner, Owner::Person(_)) {
            return Err((404, "not-found"));
        }
        match what {
            "confirm" if self.stand == Stand::Waits && !self.is_past(today) => Ok(Stand::Stands),
            "refuse" if self.stand == Stand::Waits => Ok(Stand::Over),
            "revoke" if self.stand == Stand::Stands => Ok(Stand::Over),
            _ => Err(FORBIDS),
        }
    }
}

impl Oracle {
    /// The mandates that open a dossier to somebody today.
    fn opening(
        &self,
        dossier: &Dossier,
        person: usize,
        today: NaiveDate,
    ) -> impl Iterator<Item = &Mandate> {
        let under = dossier.under;
        let owner = dossier.owner;
        let mandates = self.mandates.iter().enumerate();
        mandates.filter_map(move |(which, mandate)| {
            let is_of_it = match owner {
                Owner::Person(_) => which == under,
                Owner::Child(_) => mandate.owner == owner,
            };
            (is_of_it && mandate.delegate == person && mandate.stands(today)).then_some(mandate)
        })
    }

    pub(super) fn reads(&self, dossier: &Dossier, person: usize, today: NaiveDate) -> bool {
        dossier.owner == Owner::Person(person)
            || self.opening(dossier, person, today).next().is_some()
    }

    pub(super) fn acts(&self, dossier: &Dossier, person: usize, today: NaiveDate) -> bool {
        dossier.owner == Owner::Person(person)
            || self
                .opening(dossier, person, today)
                .any(|mandate| mandate.submits)
    }
}
