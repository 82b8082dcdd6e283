//! Random walks through the use cases, each step compared with the model, on both engines.

mod acts;
mod ground;

use std::collections::BTreeSet;
use std::sync::Arc;

use api::call::Call;
use api::dossiers::beats::Target;
use api::failure::Failure;
use chrono::{Duration, NaiveDate};
use domain::actor::{Actor, Role, Who};
use domain::dossiers::model::{Action, Expected, Step, Terms, Walk};
use domain::dossiers::{Channel, EventKind, State};
use domain::ids::{DossierId, PersonId};
use domain::rejection::Code;
use domain::time::Time;
use persistence::disclosures::Reading;
use persistence::{StoreError, Tx, dossiers, events, payments, sequencer, supplements};
use tests::on_both_engines;
use tests::server::TestServer;
use tokio::task::JoinSet;

use self::ground::Ground;

/// Walks that go on at the same time, each on its own dossier.
const WALKERS: u32 = 4;

/// What the walks do not do: change the calendar, and what tests/it/assignments walks through.
const NEVER_ON_A_WALK: [EventKind; 6] = [
    EventKind::DueDateRecomputed,
    EventKind::Assigned,
    EventKind::Released,
    EventKind::Transferred,
    EventKind::DeadlineExtended,
    EventKind::Reopened,
];

on_both_engines! {
    async fn every_step_through_the_store_ends_as_the_model_says(server: &TestServer) {
        let ground = Arc::new(Ground::of(server).await);
        let steps = tests::runs(3_000, 100_000) / WALKERS;
        let mut walkers = JoinSet::new();
        for walker in 0..WALKERS {
            walkers.spawn(walk_on(Arc::clone(&ground), walker, steps));
        }
        let walked = walkers.join_all().await;
        let mut met = BTreeSet::new();
        for (dossier, version) in walked.iter().flat_map(|one| &one.dossiers) {
            met.extend(assert_history(&ground, *dossier, *version).await);
        }
        let taken: u32 = walked.iter().map(|one| one.taken).sum();
        let refused: u32 = walked.iter().map(|one| one.refused).sum();
        println!("{taken} steps taken, {refused} refused");
        assert!(taken > refused);
        // The calendar stays as it is on a walk, and whose work it is has walks of its own.
        let mut all = EventKind::ALL.to_vec();
        all.retain(|kind| !NEVER_ON_A_WALK.contains(kind));
        let all = all.iter().map(|kind| kind.as_str().to_owned()).collect();
        assert_eq!(met, all, "every kind of event happened");
        assert_no_number_is_skipped(&ground).await;
    }
}

#[derive(Default)]
struct Walked {
    dossiers: Vec<(DossierId, i64)>,
    taken: u32,
    refused: u32,
}

fn start_of(seed: u32) -> Time {
    let monday = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
    let start = Time::from_local(monday.and_hms_opt(7, 0, 0).unwrap());
    start.plus(Duration::hours(i64::from(seed % 2_000) * 3))
}

async fn walk_on(ground: Arc<Ground>, first: u32, steps: u32) -> Walked {
    let mut walked = Walked::default();
    let seeds = (first..).step_by(usize::try_from(WALKERS).unwrap());
    for seed in seeds {
        let terms = Terms {
            paid_at_once: true,
            ..Walk::terms(seed.into())
        };
        let mut walk = Walk::new(seed.into(), terms, start_of(seed));
        if seed % 3 == 0 {
            walk = walk.with_unsteady_clock();
        }
        let visit = Visit::begin(&ground, seed, terms).await;
        let mut before = walk.model().standing();
        let mut now = start_of(seed);
        for (step, expected) in walk {
            now = now.plus(step.advance);
            visit.take(&step, &before, &expected, now).await;
            walked.taken += u32::from(expected.outcome.is_ok());
            walked.refused += u32::from(expected.outcome.is_err());
            before = expected;
        }
        walked.dossiers.push((visit.dossier, before.version));
        if walked.taken + walked.refused >= steps {
            break;
        }
    }
    walked
}

/// One dossier on its walk.
struct Visit<'a> {
    ground: &'a Ground,
    call: Call,
    citizen: PersonId,
    dossier: DossierId,
    seed: u32,
    reading: Reading,
}

impl<'a> Visit<'a> {
    async fn begin(ground: &'a Ground, seed: u32, terms: Terms) -> Self {
        let now = start_of(seed);
        let call = Call {
            now,
            ..ground.call(terms)
        };
        let (dossier, of_citizen) = (call.id(), call.clone());
        let register = move |tx: &mut Tx| ground::register(tx, &of_citizen, seed.into(), now);
        let citizen = ground.store.write(register).await.unwrap();
        let online = terms.channel == Channel::Online;
        let who = if online {
            Who::Citizen
        } else {
            Who::Officer(Role::Receiver)
        };
        let first = Call {
            actor: ground.actor(who, citizen),
            ..call.clone()
        };
        let begin = move |tx: &mut Tx| ground::begin(tx, &first, terms.channel, dossier);
        ground.store.write(begin).await.unwrap();
        Self {
            ground,
            call,
            citizen,
            dossier,
            seed,
            reading: if online {
                Reading::Own(citizen)
            } else {
                Reading::House
            },
        }
    }

    /// Tries a step and compares what became of it, and how the dossier stands.
    async fn take(&self, step: &Step, before: &Expected, expected: &Expected, now: Time) {
        let place = format!("seed {}, {step:?} from {:?}", self.seed, before.state);
        let call = Call {
            actor: self.actor(step),
            now,
            ..self.call.clone()
        };
        let target = Target {
            id: self.dossier,
            version: before.version,
        };
        let action = step.action.clone();
        let act = move |tx: &mut Tx| acts::perform(tx, &call, target, &action);
        let outcome = self.ground.store.write(act).await;
        match (outcome, expected.outcome) {
            (Ok(()), Ok(_)) => {}
            (Err(Failure::Rule(refusal)), Err(code)) => {
                assert!(
                    is_told(refusal.code, code, step),
                    "{place}: {refusal:?}, not {code:?}"
                );
            }
            (found, wanted) => panic!("{place}: {found:?}, not {wanted:?}"),
        }
        let found = self.standing(expected).await;
        assert_eq!(found, *expected, "{place}");
    }

    /// Money comes over the counter: nobody else takes it yet.
    fn actor(&self, step: &Step) -> Actor {
        let who = match (&step.action, step.by) {
            (Action::Pay, Who::System) => Who::Officer(Role::Cashier),
            (_, by) => by,
        };
        self.ground.actor(who, self.citizen)
    }

    /// How the dossier stands in the store.
    async fn standing(&self, expected: &Expected) -> Expected {
        let (id, reading, outcome) = (self.dossier, self.reading.clone(), expected.outcome);
        let look = move |tx: &mut Tx| -> Result<Option<Expected>, StoreError> {
            let dossier = match dossiers::find(tx, id, &reading) {
                Err(StoreError::Absent) => return Ok(None),
                found => found?,
            };
            let owed = payments::obligations_of(tx, id)?;
            let due = owed.iter().filter(|one| one.is_due()).count();
            let rounds = supplements::of_dossier(tx, id)?.len();
            Ok(Some(Expected {
                outcome,
                state: dossier.state,
                version: dossier.version,
                accepted: dossier.accepted_at.is_some(),
                paused: dossier.paused_since.is_some(),
                finished: dossier.finished_at.is_some(),
                gone: false,
                rounds: u32::try_from(rounds).unwrap(),
                fees_due: u32::try_from(due).unwrap(),
            }))
        };
        let found = self.ground.store.read(look).await.unwrap();
        found.unwrap_or(Expected {
            gone: true,
            ..*expected
        })
    }
}

/// Whether the code told is the model's. A submission is told every fault at once; and whoever may
/// never do a thing learns either that, or that there is no such dossier.
fn is_told(found: Code, expected: Code, step: &Step) -> bool {
    let never = !step.action.who().contains(&step.by);
    found == expected
        || (expected == Code::PaperMissing
            && step.action == Action::Submit
            && found == Code::InvalidContent)
        || (expected == Code::NotFound && never && found == Code::RoleForbids)
}

/// Every version has its event, in order and each later than the one before; their kinds.
async fn assert_history(ground: &Ground, id: DossierId, version: i64) -> BTreeSet<String> {
    let history = move |tx: &mut Tx| events::of_dossier(tx, id);
    let history = ground.store.read(history).await.unwrap();
    let versions: Vec<_> = history.iter().map(|event| event.version).collect();
    assert_eq!(versions, (1..=version).collect::<Vec<_>>(), "{id}");
    assert!(history.is_sorted_by(|one, next| one.at < next.at), "{id}");
    let last = history.last().and_then(|event| event.state.as_deref());
    assert!(State::ALL.iter().any(|state| Some(state.as_str()) == last));
    history.into_iter().map(|event| event.kind).collect()
}

/// The log has one gapless order.
async fn assert_no_number_is_skipped(ground: &Ground) {
    const PAGE: i64 = 10_000;
    loop {
        let number = |tx: &mut Tx| sequencer::run_once(tx, PAGE);
        let given = ground.store.write(number).await.unwrap();
        if i64::try_from(given).unwrap() < PAGE {
            break;
        }
    }
    let (last, waiting) = ground
        .store
        .read(|tx: &mut Tx| -> Result<_, StoreError> {
            Ok((sequencer::last(tx)?, sequencer::oldest_waiting(tx)?))
        })
        .await
        .unwrap();
    assert_eq!(waiting, None);
    let mut seen = 0;
    while seen < last {
        let page = ground
            .store
            .read(move |tx: &mut Tx| events::after(tx, seen, PAGE));
        for event in page.await.unwrap() {
            seen += 1;
            assert_eq!(event.seq, Some(seen));
        }
    }
}
