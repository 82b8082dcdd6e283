//! The register the benchmark loads: who owns what, how many, and the tokens to ask for it.

use std::path::Path;

use anyhow::Context as _;
use api::auth::{keyring::Keyring, tokens::AccessTokens};
use api::clock::{Clock as _, SystemClock};
use domain::{
    actor::Actor,
    dossiers::State,
    ids::{AgencyId, Id, PersonId},
    procedures::{ProcedureVersion, shipped},
    time::Time,
};

use crate::ids::{Family, id, uuid};

/// How many dossiers a citizen has: a page of 20 and something left for the next one.
pub(crate) const EACH: u64 = 25;
/// How many drafts a drafter has.
pub(crate) const DRAFTS_EACH: u64 = 5;
/// The procedure of drafts: it asks for no upload.
pub(crate) const EXTRACT: &str = "2.000635";

/// What is loaded.
#[derive(Debug, Clone)]
pub(crate) struct Register {
    /// Dossiers that citizens have filed; their numbers begin at 0.
    pub(crate) dossiers: u64,
    /// Drafts ready to be submitted; their numbers follow.
    pub(crate) drafts: u64,
    /// Agencies that offer the procedure of the drafts.
    pub(crate) agencies: Vec<AgencyId>,
    /// The procedures of the dossiers.
    pub(crate) procedures: Vec<ProcedureVersion>,
    /// The time everything was loaded.
    pub(crate) now: Time,
}

impl Register {
    /// A register of that size over the shipped catalogue.
    pub(crate) fn of(dossiers: u64, drafts: u64) -> anyhow::Result<Self> {
        let now = SystemClock.now();
        let catalogue = shipped().map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
        let in_force = |version: &&ProcedureVersion| {
            let found = catalogue.in_force(&version.code, now.date());
            found.is_some_and(|found| found.version == version.version)
        };
        let procedures: Vec<_> = catalogue
            .procedures
            .iter()
            .filter(in_force)
            .cloned()
            .collect();
        let extract = procedures.iter().find(|it| it.code.as_str() == EXTRACT);
        let extract = extract.context("the procedure of the drafts is not in force")?;
        let offers = |agency: &&domain::agencies::Agency| {
            let version = agency.on(now.date());
            agency.offers(extract) && version.is_some_and(|it| it.identifier.is_some())
        };
        let agencies: Vec<_> = catalogue
            .agencies
            .iter()
            .filter(offers)
            .map(|it| it.id)
            .collect();
        anyhow::ensure!(!agencies.is_empty(), "no agency offers {EXTRACT}");
        Ok(Self {
            dossiers,
            drafts,
            agencies,
            procedures,
            now,
        })
    }

    /// The procedure of a filed dossier.
    pub(crate) fn procedure(&self, n: u64) -> &ProcedureVersion {
        nth(&self.procedures, n / 7)
    }

    /// The procedure of every draft.
    pub(crate) fn extract(&self) -> &ProcedureVersion {
        let found = self
            .procedures
            .iter()
            .find(|it| it.code.as_str() == EXTRACT);
        found.unwrap_or_else(|| nth(&self.procedures, 0))
    }

    /// The agency of a dossier or draft.
    pub(crate) fn agency(&self, n: u64) -> AgencyId {
        *nth(&self.agencies, n)
    }

    /// How many citizens own the filed dossiers.
    pub(crate) fn citizens(&self) -> u64 {
        (self.dossiers / EACH).max(1)
    }

    /// How many citizens own the drafts.
    pub(crate) fn drafters(&self) -> u64 {
        self.drafts.div_ceil(DRAFTS_EACH)
    }

    /// Whether a number is that of a draft.
    pub(crate) const fn is_draft(&self, n: u64) -> bool {
        n >= self.dossiers
    }

    /// Who owns a dossier or draft. A citizen's dossiers lie far apart, as in life.
    pub(crate) fn owner(&self, n: u64) -> PersonId {
        if self.is_draft(n) {
            id(Family::Drafter, self.drafter(n))
        } else {
            id(Family::Citizen, n % self.citizens())
        }
    }

    /// The number of the drafter who owns a draft.
    pub(crate) const fn drafter(&self, n: u64) -> u64 {
        (n - self.dossiers) / DRAFTS_EACH
    }

    /// Where a dossier stands: most are finished, as in any register.
    pub(crate) fn state(&self, n: u64) -> State {
        if self.is_draft(n) {
            return State::Draft;
        }
        match (n / self.citizens() + n) % 10 {
            0 => State::Registered,
            1 => State::Accepted,
            2 => State::Processing,
            3 => State::SupplementRequested,
            4 => State::NotAccepted,
            5 => State::Completed,
            _ => State::Returned,
        }
    }

    /// When a dossier was created: one every 30 seconds up to now.
    pub(crate) fn created_at(&self, n: u64) -> Time {
        let age = i64::try_from((self.dossiers + self.drafts).saturating_sub(n)).unwrap_or(0);
        self.now.plus(chrono::Duration::seconds(-30 * age - 60))
    }

    /// Access tokens of all citizens, as the server on that data directory accepts them; drafters
    /// follow the owners of filed dossiers.
    pub(crate) fn tokens(&self, data_dir: &Path) -> anyhow::Result<Tokens> {
        let keyring = Keyring::open(data_dir)?;
        let issuer = api::config::Config::default().public_url;
        let tokens = AccessTokens::new(&keyring, &issuer, 24 * 3600)?;
        let issue = |person: PersonId| {
            let token = tokens.issue(
                &Actor::Citizen { person },
                Id::from_uuid(person.uuid()),
                self.now,
                person.uuid(),
            );
            token.map_err(|failure| anyhow::anyhow!("{failure:?}"))
        };
        let of = |family, count| -> anyhow::Result<Vec<String>> {
            (0..count)
                .map(|n| issue(Id::from_uuid(uuid(family, n))))
                .collect()
        };
        Ok(Tokens {
            citizens: of(Family::Citizen, self.citizens())?,
            drafters: of(Family::Drafter, self.drafters())?,
        })
    }
}

/// Tokens by the number of their owner.
#[derive(Debug)]
pub(crate) struct Tokens {
    citizens: Vec<String>,
    drafters: Vec<String>,
}

impl Tokens {
    /// The token of whoever owns a dossier or draft.
    pub(crate) fn owner_of(&self, register: &Register, n: u64) -> &str {
        let token: &String = if register.is_draft(n) {
            nth(&self.drafters, register.drafter(n))
        } else {
            nth(&self.citizens, n % register.citizens())
        };
        token
    }
}

/// The n-th of a list that is not empty, counting round.
pub(crate) fn nth<T>(list: &[T], n: u64) -> &T {
    let n = usize::try_from(n).unwrap_or(0) % list.len();
    list.get(n).expect("the list is not empty")
}
