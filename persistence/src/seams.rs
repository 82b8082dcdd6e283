//! Wounds for tests: each shows that a check of ours would notice the real thing.

use std::sync::atomic::{AtomicI64, Ordering};

use domain::time::Time;

/// What a test may break. Without the feature `seeded-bugs` nothing can be.
#[cfg_attr(
    not(feature = "seeded-bugs"),
    expect(unreachable_pub, reason = "only tests see it")
)]
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each wound is made by itself"
)]
pub struct Seams {
    /// Answers a SQLite write before its commit: acknowledged writes can then be lost.
    #[cfg(feature = "seeded-bugs")]
    pub answer_before_commit: bool,
    #[cfg(not(feature = "seeded-bugs"))]
    answer_before_commit: bool,
    /// Runs SQLite with `synchronous=NORMAL`, where a commit does not wait for the disk.
    #[cfg(feature = "seeded-bugs")]
    pub synchronous_normal: bool,
    #[cfg(not(feature = "seeded-bugs"))]
    synchronous_normal: bool,
    /// Leaves the sight out of one query: whoever asks for a dossier by its id is given it.
    #[cfg(feature = "seeded-bugs")]
    pub any_dossier_for_anybody: bool,
    #[cfg(not(feature = "seeded-bugs"))]
    any_dossier_for_anybody: bool,
    /// Opens what an officer reads without writing it down.
    #[cfg(feature = "seeded-bugs")]
    pub reads_unwritten: bool,
    #[cfg(not(feature = "seeded-bugs"))]
    reads_unwritten: bool,
    /// Numbers events while they are written, from a counter that knows nothing of commits.
    #[cfg(feature = "seeded-bugs")]
    pub unsequenced_counter: bool,
    #[cfg(not(feature = "seeded-bugs"))]
    unsequenced_counter: bool,
    /// Commits an idempotency key before its effect, in a transaction of its own.
    #[cfg(feature = "seeded-bugs")]
    pub keys_apart: bool,
    #[cfg(not(feature = "seeded-bugs"))]
    keys_apart: bool,
}

impl Seams {
    #[cfg_attr(
        not(feature = "seeded-bugs"),
        expect(clippy::unused_self, reason = "there is nothing to look at")
    )]
    pub(crate) const fn answers_before_commit(self) -> bool {
        self.answer_before_commit
    }

    #[cfg_attr(
        not(feature = "seeded-bugs"),
        expect(clippy::unused_self, reason = "there is nothing to look at")
    )]
    pub(crate) const fn is_synchronous_normal(self) -> bool {
        self.synchronous_normal
    }

    #[cfg_attr(
        not(feature = "seeded-bugs"),
        expect(clippy::unused_self, reason = "there is nothing to look at")
    )]
    pub(crate) const fn gives_any_dossier_to_anybody(self) -> bool {
        self.any_dossier_for_anybody
    }

    #[cfg_attr(
        not(feature = "seeded-bugs"),
        expect(clippy::unused_self, reason = "there is nothing to look at")
    )]
    pub(crate) const fn leaves_reads_unwritten(self) -> bool {
        self.reads_unwritten
    }

    #[cfg_attr(
        not(feature = "seeded-bugs"),
        expect(clippy::unused_self, reason = "there is nothing to look at")
    )]
    pub(crate) const fn counts_unsequenced(self) -> bool {
        self.unsequenced_counter
    }

    /// The number of an event that is being written, where no sequencer gives one.
    pub(crate) fn number_before_commit(self, at: Time) -> Option<i64> {
        static LAST: AtomicI64 = AtomicI64::new(0);
        self.counts_unsequenced().then(|| {
            // Beyond what an earlier process gave.
            LAST.fetch_max(at.micros(), Ordering::Relaxed);
            LAST.fetch_add(1, Ordering::Relaxed)
        })
    }

    /// Whether an idempotency key is committed before its effect.
    #[cfg_attr(
        not(feature = "seeded-bugs"),
        expect(clippy::unused_self, reason = "there is nothing to look at")
    )]
    pub(crate) const fn keeps_keys_apart(self) -> bool {
        self.keys_apart
    }
}
