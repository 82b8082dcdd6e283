//! Random walks over the rules: nobody ends with more than two others gave.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failed set-up is a failed test"
)]

use proptest::prelude::*;
use uuid::Uuid;

use super::{
    tests::{AGENCIES, OFFICERS, account, held, now},
    *,
};
use crate::{
    ids::Id,
    officers::{Revocation, roles_at},
    proposals::{About, Proposal, ProposalKind, ProposalState},
};

/// Something an officer tries.
#[derive(Debug, Clone, Copy)]
enum Step {
    Propose {
        by: usize,
        to: usize,
        at: usize,
        role: Role,
    },
    Approve {
        by: usize,
        proposal: usize,
    },
    Revoke {
        by: usize,
        grant: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let role = (0..Role::ALL.len()).prop_map(|n| Role::ALL[n]);
    prop_oneof![
        3 => (0..OFFICERS, 0..OFFICERS, 0..2_usize, role)
            .prop_map(|(by, to, at, role)| Step::Propose { by, to, at, role }),
        3 => (0..OFFICERS, 0..40_usize).prop_map(|(by, proposal)| Step::Approve { by, proposal }),
        1 => (0..OFFICERS, 0..40_usize).prop_map(|(by, grant)| Step::Revoke { by, grant }),
    ]
}

/// The grants and proposals of a small province.
struct World {
    grants: Vec<Grant>,
    proposals: Vec<(Proposal, AgencyId, Role)>,
}

impl World {
    /// An administrator at each agency, two of the province.
    fn begin() -> Self {
        let grants = vec![
            held(0, Role::AgencyAdministrator),
            held(1, Role::ProvinceAdministrator),
            held(3, Role::AgencyAdministrator),
            held(4, Role::ProvinceAdministrator),
        ];
        Self {
            grants,
            proposals: Vec::new(),
        }
    }

    fn actor(&self, n: usize) -> Actor {
        let Account { officer, home } = account(n);
        let own: Vec<_> = self
            .grants
            .iter()
            .filter(|it| it.officer == officer)
            .cloned()
            .collect();
        Actor::Officer {
            officer,
            agency: home,
            roles: roles_at(&own, home, now()),
        }
    }

    /// The step through the same rules as the use cases ask; whether it took effect.
    fn take(&mut self, step: Step) -> bool {
        let taken = match step {
            Step::Propose { by, to, at, role } => self.propose(by, to, (AGENCIES[at], role)),
            Step::Approve { by, proposal } => self.approve(by, proposal),
            Step::Revoke { by, grant } => self.revoke(by, grant),
        };
        taken.is_some()
    }

    fn propose(&mut self, by: usize, to: usize, (agency, role): (AgencyId, Role)) -> Option<()> {
        let to = account(to);
        may_give(&self.actor(by), to, agency, role).ok()?;
        let proposal = Proposal {
            id: Id::from_uuid(Uuid::nil()),
            kind: ProposalKind::GrantRole,
            agency,
            about: About::Officer(to.officer),
            payload: String::new(),
            digest: [0; 32],
            proposed_by: account(by).officer,
            proposed_at: now(),
            expires_at: Proposal::lasts_until(now()),
            state: ProposalState::Open,
            decided: None,
        };
        self.proposals.push((proposal, agency, role));
        Some(())
    }

    fn approve(&mut self, by: usize, proposal: usize) -> Option<()> {
        let (open, agency, role) = self.proposals.get(proposal).cloned()?;
        let approved = open.approve(account(by).officer, now()).ok()?;
        let About::Officer(to) = approved.about else {
            return None;
        };
        may_give(&self.actor(by), whose(to), agency, role).ok()?;
        self.grants.push(Grant {
            agency,
            granted_by: Some(approved.proposed_by),
            approved_by: Some(account(by).officer),
            officer: to,
            ..held(by, role)
        });
        self.proposals[proposal].0 = approved;
        Some(())
    }

    fn revoke(&mut self, by: usize, grant: usize) -> Option<()> {
        let grant = self.grants.get(grant).cloned()?;
        let of = whose(grant.officer);
        may_take(&self.actor(by), of, grant.agency, grant.role).ok()?;
        let at = self.grants.iter().position(|it| *it == grant)?;
        self.grants[at].revoked = Some(Revocation {
            at: now(),
            by: Some(account(by).officer),
        });
        Some(())
    }
}

fn whose(officer: OfficerId) -> Account {
    let mut all = (0..OFFICERS).map(account);
    all.find(|it| it.officer == officer).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever one person tries alone, nobody ends with a right they did not begin with.
    #[test]
    fn one_person_alone_gains_nothing_for_anybody(alone in 0..OFFICERS, steps in prop::collection::vec(step(), 1..60)) {
        let mut world = World::begin();
        for step in steps {
            let step = match step {
                Step::Propose { by: _, to, at, role } => Step::Propose { by: alone, to, at, role },
                Step::Approve { by: _, proposal } => Step::Approve { by: alone, proposal },
                Step::Revoke { by: _, grant } => Step::Revoke { by: alone, grant },
            };
            world.take(step);
        }
        prop_assert_eq!(world.grants.len(), 4, "no grant was added");
    }

    /// Whatever everybody tries, each right that was gained has two other people behind it, each of
    /// whom holds, or held, a power that gives it there; and nobody becomes the province's administrator.
    #[test]
    fn together_nobody_gains_what_two_others_did_not_give(steps in prop::collection::vec(step(), 1..120)) {
        let mut world = World::begin();
        for step in steps {
            world.take(step);
        }
        for grant in world.grants.iter().skip(4) {
            let (by, with) = (grant.granted_by.unwrap(), grant.approved_by.unwrap());
            prop_assert!(by != with && by != grant.officer && with != grant.officer);
            prop_assert!(grant.role != Role::ProvinceAdministrator);
            for giver in [by, with] {
                let powerful = world.grants.iter().any(|it| it.officer == giver && POWERS.iter().any(|power| {
                    power.held == it.role && power.gives.contains(&grant.role)
                        && (power.reach == Reach::Province || it.agency == grant.agency)
                }));
                prop_assert!(powerful, "{grant:?}");
            }
        }
    }
}

/// The walk is able to gain: with two administrators it does.
#[test]
fn two_people_together_give_a_third_a_role() {
    let mut world = World::begin();
    let (to, at, role) = (2, 0, Role::Approver);
    assert!(world.take(Step::Propose {
        by: 0,
        to,
        at,
        role
    }));
    assert!(
        !world.take(Step::Approve { by: 0, proposal: 0 }),
        "not by the first"
    );
    assert!(
        !world.take(Step::Approve { by: 2, proposal: 0 }),
        "not by the third"
    );
    assert!(world.take(Step::Approve { by: 1, proposal: 0 }));
    assert_eq!(world.grants.len(), 5);
}
