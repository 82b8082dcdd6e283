//! The store and its four doors.

use std::{sync::Arc, thread::JoinHandle};

use domain::time::Time;

use crate::{
    error::StoreError,
    idempotency,
    lanes::{Ended, Opening, Queue},
    seams::Seams,
    settings::{OpenError, StoreSettings},
    tx::Tx,
};

/// The database, whichever engine it is. Cloning is cheap.
#[derive(Clone)]
pub struct Store(Arc<Lanes>);

struct Lanes {
    queues: Option<Queues>,
    seams: Seams,
    threads: Vec<JoinHandle<()>>,
}

struct Queues {
    readers: Queue,
    writers: Queue,
    reports: Queue,
}

/// What makes a repeated request recognisable (draft-ietf-httpapi-idempotency-key-header).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnceKey {
    /// Whose request it is; keys of different principals never meet.
    pub principal: uuid::Uuid,
    /// The operation's id in the published document.
    pub operation: &'static str,
    /// The client's key.
    pub key: String,
    /// SHA-256 of the request's body, by which a reused key is noticed.
    pub body_sha256: [u8; 32],
    /// What the effect will be about, where that is known before: it is written down with the key
    /// and not by a statement of its own.
    pub resource: Option<uuid::Uuid>,
    /// When the request came in. The key is kept for [`idempotency::RETENTION`] from then.
    pub now: Time,
}

/// The outcome of a write under an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Once<T> {
    /// The effect took place now.
    Fresh(T),
    /// It took place before; this shows what it led to as it stands now.
    Replayed(T),
}

impl Store {
    /// Opens the store. Only looks: it creates and changes nothing but the empty list of
    /// migrations.
    ///
    /// # Errors
    /// [`OpenError`] when a lane cannot connect, a setting is unsafe, or migrations are pending.
    pub fn open(settings: &StoreSettings) -> Result<Self, OpenError> {
        Self::start(settings, Seams::default())
    }

    /// Opens the store with wounds, for tests that must notice them.
    ///
    /// # Errors
    /// As [`Store::open`].
    #[cfg(feature = "seeded-bugs")]
    pub fn open_with(settings: &StoreSettings, seams: Seams) -> Result<Self, OpenError> {
        Self::start(settings, seams)
    }

    fn start(settings: &StoreSettings, seams: Seams) -> Result<Self, OpenError> {
        let (readers, reading) = Queue::of(settings.queue);
        let (writers, writing) = Queue::of(settings.queue);
        let (reports, reporting) = Queue::of(settings.queue);
        let mut opening = Opening::new(settings, seams)?;
        opening.readers("read", opening.reading_lanes(), &reading)?;
        opening.readers("report", settings.report_lanes, &reporting)?;
        opening.writers(writing)?;
        Ok(Self(Arc::new(Lanes {
            queues: Some(Queues {
                readers,
                writers,
                reports,
            }),
            seams,
            threads: opening.threads,
        })))
    }

    /// Runs a closure over one consistent snapshot. Where it is about to show an officer what is not
    /// written down yet, it is run again as a write, which begins with the line of the access log.
    ///
    /// # Errors
    /// The closure's own, or a [`StoreError`] as one of them.
    pub async fn read<T, E>(
        &self,
        work: impl Fn(&mut Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let queues = self.queues()?;
        match queues.readers.attempt(work).await {
            Ended::Done(outcome) => outcome,
            Ended::OwesDisclosure(work) => queues.writers.run(work).await,
        }
    }

    /// Runs a closure whose changes are durable when this returns `Ok`, and gone when it does not.
    /// It may run more than once.
    ///
    /// # Errors
    /// The closure's own, or a [`StoreError`] as one of them: [`StoreError::Untraced`] when it
    /// saved without as many events.
    pub async fn write<T, E>(
        &self,
        work: impl Fn(&mut Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.queues()?.writers.run(work).await
    }

    /// Runs a long read on lanes of its own.
    ///
    /// # Errors
    /// The closure's own, or a [`StoreError`] as one of them.
    pub async fn report<T, E>(
        &self,
        work: impl Fn(&mut Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.queues()?.reports.run(work).await
    }

    /// Carries an effect out at most once per key. The key commits with the effect, which says what
    /// it was about and what is to be answered; a repeated request finds the key and is shown what
    /// came of the first one, as it is now. A twin that runs at the same time waits for the first.
    ///
    /// # Errors
    /// [`StoreError::KeyReused`] when the key came with another body; else as [`Store::write`]. An
    /// effect that fails leaves no key behind.
    pub async fn write_once<T, E>(
        &self,
        key: OnceKey,
        effect: impl Fn(&mut Tx) -> Result<(uuid::Uuid, T), E> + Send + 'static,
        show_again: impl Fn(&mut Tx, uuid::Uuid) -> Result<T, E> + Send + 'static,
    ) -> Result<Once<T>, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let apart = if self.0.seams.keeps_keys_apart() {
            Some(self.claim_apart(&key).await?)
        } else {
            None
        };
        self.write(move |tx| {
            let claimed = match apart {
                Some(claimed) => claimed,
                None => idempotency::claim(tx, &key)?,
            };
            if let Some(resource) = claimed {
                return show_again(tx, resource).map(Once::Replayed);
            }
            let (resource, answer) = effect(tx)?;
            if key.resource != Some(resource) {
                idempotency::settle(tx, &key, resource)?;
            }
            Ok(Once::Fresh(answer))
        })
        .await
    }

    /// The wound that [`Seams`] names.
    async fn claim_apart(&self, key: &OnceKey) -> Result<Option<uuid::Uuid>, StoreError> {
        let key = key.clone();
        self.write(move |tx| idempotency::claim(tx, &key)).await
    }

    fn queues(&self) -> Result<&Queues, StoreError> {
        self.0
            .queues
            .as_ref()
            .ok_or_else(|| StoreError::Unavailable("the store is closed".to_owned()))
    }
}

impl Drop for Lanes {
    /// Lets the lanes finish what waits and close their connections, so that SQLite's log is
    /// folded into the file.
    fn drop(&mut self) {
        drop(self.queues.take());
        let here = std::thread::current().id();
        for thread in self.threads.drain(..) {
            if thread.thread().id() != here && thread.join().is_err() {
                tracing::error!("a lane ended in a panic");
            }
        }
    }
}
