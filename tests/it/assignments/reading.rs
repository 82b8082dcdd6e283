//! Random sequences of granting, revoking, deputising, assigning and transferring: after each step, who may
//! read which dossier, and who may work on it, is what an oracle says that knows sets and nothing else.

use domain::actor::Role::{Approver, Processor};
use persistence::Seams;
use tests::client::{Client, Response};
use tests::engine::Site;
use tests::on_both_engines;
use tests::server::TestServer;

use super::world::{AGENCIES, StandIn, World};

/// What was asked and how it differed.
type Faults = Vec<String>;

async fn read(who: &Client, world: &World<'_>, n: usize) -> Response {
    let path = format!("/v1/office/dossiers/{}", world.dossiers[n].dossier.id);
    who.get(&path).send().await
}

/// Whether the screen offers what only those may who work on it.
fn offers_work(answer: &Response) -> bool {
    let offered = answer.json()["offered"].clone();
    offered.as_array().unwrap().iter().any(|one| one == "stop")
}

impl World<'_> {
    /// Whether somebody with the processor's role, acting for these, may work on it.
    fn is_free_for(&self, n: usize, officers: &[usize]) -> bool {
        self.worker(n)
            .is_none_or(|worker| officers.contains(&worker))
    }

    async fn officers_read(&self, place: &str, faults: &mut Faults) {
        for who in 0..self.officers.len() {
            for at in 0..AGENCIES.len() {
                let (client, roles) = (self.client(who, at), self.roles(who, at));
                for n in 0..self.dossiers.len() {
                    let due = match (roles.is_empty(), self.dossiers[n].at == at) {
                        // Without any role an officer is known at the own agency alone.
                        (true, _) if who % 2 == at => 403,
                        (true, _) => 401,
                        (false, true) => 200,
                        (false, false) => 404,
                    };
                    let works = roles.contains(&Approver)
                        || (roles.contains(&Processor) && self.is_free_for(n, &[who]));
                    let answer = read(&client, self, n).await;
                    let told = format!("{place}: {who} at {at} with {roles:?} reads {n}");
                    judge(&answer, (due, works), &told, faults);
                }
            }
        }
    }

    async fn stand_ins_read(&self, place: &str, faults: &mut Faults) {
        for one in &self.stand_ins {
            let StandIn { of, by, role, .. } = one;
            for n in 0..self.dossiers.len() {
                let due = match (self.stands(one), self.dossiers[n].at == of % 2) {
                    (false, _) => 401,
                    (true, true) => 200,
                    (true, false) => 404,
                };
                let works =
                    *role == Approver || (*role == Processor && self.is_free_for(n, &[*of, *by]));
                let answer = read(&one.hand, self, n).await;
                let told = format!("{place}: {by} for {of} as {role:?} reads {n}");
                judge(&answer, (due, works), &told, faults);
            }
        }
    }
}

fn judge(answer: &Response, (due, works): (u16, bool), told: &str, faults: &mut Faults) {
    if answer.status != due {
        faults.push(format!("{told}: {} instead of {due}", answer.status));
    } else if due == 200 && offers_work(answer) != works {
        faults.push(format!("{told}: may work is {works}"));
    }
}

/// One history; stops at the first step after which something is not as the oracle says.
async fn play(server: &TestServer, seed: u64, steps: u32) -> Faults {
    let (mut world, mut faults) = (World::begin(server, seed).await, Faults::new());
    for step in 0..steps {
        world.step().await;
        let place = format!("seed {seed}, step {step}");
        world.officers_read(&place, &mut faults).await;
        world.stand_ins_read(&place, &mut faults).await;
        if !faults.is_empty() {
            break;
        }
    }
    faults
}

on_both_engines! {
    async fn who_reads_and_works_is_what_the_oracle_says(server: &TestServer) {
        let faults = play(server, 3, tests::runs(40, 400)).await;
        assert!(faults.is_empty(), "{faults:#?}");
    }

    async fn and_in_another_history(server: &TestServer) {
        let faults = play(server, 1_954, tests::runs(40, 400)).await;
        assert!(faults.is_empty(), "{faults:#?}");
    }

    /// The control: one query without its sight, and the oracle notices.
    async fn a_lost_scope_filter_is_noticed_by_it(site: &Site) {
        let seams = Seams { any_dossier_for_anybody: true, reads_unwritten: true, ..Seams::default() };
        let server = TestServer::wounded(site.engine(), seams);
        let faults = play(&server, 3, 40).await;
        let seen = |fault: &String| fault.ends_with("200 instead of 404");
        assert!(faults.iter().any(seen), "{faults:#?}");
    }
}
