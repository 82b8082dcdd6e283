//! What a fault test needs to know about the writes it sends.

use crate::engine::Site;
use uuid::Uuid;

/// One story of a client: a dossier of its own, and what is done to it.
#[derive(Debug, Clone, Copy)]
pub struct Order {
    /// Made by the client, like a draft's.
    pub id: Uuid,
    /// Counts up from 0: the workload mixes by it.
    pub number: u64,
}

/// What the client was told about one write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// It is done: with what the answer said that must still hold later (a version, a code).
    Acknowledged(String),
    /// No answer came, or one that leaves it open: done wholly, once, or not at all.
    Unknown,
}

/// One write of an order and its outcome.
#[derive(Debug, Clone)]
pub struct Step {
    /// Which write, in the workload's own words.
    pub write: &'static str,
    /// What came back.
    pub told: Told,
}

/// A line of the client's ledger.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What was wanted.
    pub order: Order,
    /// What was told, in order; nothing follows an unknown outcome.
    pub steps: Vec<Step>,
}

/// Writes that can be accounted for afterwards.
pub trait Workload: Send + Sync + Sized + 'static {
    /// Makes the accounts it needs on a site that no server uses yet.
    fn begin(site: &Site) -> impl Future<Output = Self>;

    /// Sends the writes of one order, each after the answer to the one before; stops at the first
    /// outcome that is unknown.
    fn act(&self, base: &str, order: Order) -> impl Future<Output = Vec<Step>> + Send;

    /// Compares one entry with what the server holds now: what was acknowledged is there, once and
    /// as told; what is unknown is there wholly or not at all, and sending it again under the same
    /// key does it once. Gives what is wrong.
    fn check(&self, base: &str, entry: &Entry) -> impl Future<Output = Vec<String>> + Send;

    /// What is wrong with everything seen together, such as a gap in a series.
    fn finish(&self) -> Vec<String> {
        Vec::new()
    }
}
