//! Connects and starts the lanes. One that cannot connect is fatal: nothing starts silently lame.

use std::thread::JoinHandle;

use crossbeam_channel::Receiver;

use super::{Job, checkpoint::Checkpointer, group::GroupWriter, reader::Reader, writer::Writer};
use crate::{
    migrations,
    seams::Seams,
    settings::{OpenError, Purpose, StoreSettings, Target},
    tx::Tx,
};

/// A store on its way up.
pub(crate) struct Opening<'a> {
    settings: &'a StoreSettings,
    target: Target,
    seams: Seams,
    /// The lanes started so far.
    pub(crate) threads: Vec<JoinHandle<()>>,
}

impl<'a> Opening<'a> {
    /// Connects once to check settings and schema.
    pub(crate) fn new(settings: &'a StoreSettings, seams: Seams) -> Result<Self, OpenError> {
        let lanes = [
            settings.sqlite_readers,
            settings.postgres_readers,
            settings.postgres_writers,
            settings.report_lanes,
            settings.writer_batch_max,
            settings.queue,
        ];
        if lanes.contains(&0) {
            return Err(OpenError::Setting(
                "every door needs at least one lane, one job a commit and one place to wait",
            ));
        }
        let target = Target::parse(&settings.url);
        let mut first = target.connect(Purpose::Writing, seams, settings.keys.clone())?;
        migrations::none_pending(first.conn())?;
        Ok(Self {
            settings,
            target,
            seams,
            threads: Vec::new(),
        })
    }

    /// How many lanes the reading door has on this engine.
    pub(crate) const fn reading_lanes(&self) -> usize {
        match self.target {
            Target::Postgres(_) => self.settings.postgres_readers,
            Target::Sqlite(_) => self.settings.sqlite_readers,
        }
    }

    /// Starts lanes that read.
    pub(crate) fn readers(
        &mut self,
        name: &str,
        lanes: usize,
        jobs: &Receiver<Box<dyn Job>>,
    ) -> Result<(), OpenError> {
        for _ in 0..lanes {
            let lane = Reader {
                target: self.target.clone(),
                tx: self.connect(Purpose::Reading)?,
                jobs: jobs.clone(),
                open: false,
            };
            self.spawn(name, || lane.run())?;
        }
        Ok(())
    }

    /// Starts the lane or lanes that write.
    pub(crate) fn writers(&mut self, jobs: Receiver<Box<dyn Job>>) -> Result<(), OpenError> {
        match self.target {
            Target::Sqlite(_) => self.group_writer(jobs),
            Target::Postgres(_) => {
                for _ in 0..self.settings.postgres_writers {
                    let lane = Writer {
                        target: self.target.clone(),
                        tx: self.connect(Purpose::Writing)?,
                        jobs: jobs.clone(),
                    };
                    self.spawn("write", || lane.run())?;
                }
                Ok(())
            }
        }
    }

    fn connect(&self, purpose: Purpose) -> Result<Tx, OpenError> {
        let keys = self.settings.keys.clone();
        self.target.connect(purpose, self.seams, keys)
    }

    fn group_writer(&mut self, jobs: Receiver<Box<dyn Job>>) -> Result<(), OpenError> {
        let checkpoints = self.connect(Purpose::Checkpoints)?;
        let (checkpointer, checkpoint_lane) = Checkpointer::of(checkpoints);
        let lane = GroupWriter {
            tx: self.connect(Purpose::Writing)?,
            jobs,
            batch_max: self.settings.writer_batch_max,
            checkpointer,
            seams: self.seams,
        };
        self.spawn("checkpoint", || checkpoint_lane.run())?;
        self.spawn("write", || lane.run())
    }

    fn spawn(&mut self, name: &str, lane: impl FnOnce() + Send + 'static) -> Result<(), OpenError> {
        let thread = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(lane)
            .map_err(|error| OpenError::Unreachable(error.to_string()))?;
        self.threads.push(thread);
        Ok(())
    }
}
