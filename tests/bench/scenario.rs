//! One engine from an empty site to its last figure.

use std::net::SocketAddr;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tests::engine::{Engine, Site, block_on};
use tests::postgres::Cluster;
use tests::process::{Process, Start};
use tests::server::TestServer;

use crate::client::Connection;
use crate::constant::Constant;
use crate::filling;
use crate::pressure::{self, Choice, Figure};
use crate::process_costs;
use crate::register::Register;
use crate::report::{Report, mebibytes, millis};
use crate::requests::{Operation, Requests};
use crate::statements::{self, Statement};

/// How much is loaded and how long each figure takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    pub(crate) few: u64,
    pub(crate) many: u64,
    /// Drafts for one measurement of submits.
    pub(crate) drafts: u64,
    pub(crate) span: Duration,
}

/// A loaded site and everything that asks it.
pub(crate) struct Ground {
    pub(crate) site: Site,
    pub(crate) requests: Requests,
    /// Drafts not submitted yet.
    left: Range<u64>,
}

/// A running server.
pub(crate) struct Served {
    process: Process,
    pub(crate) address: SocketAddr,
}

impl Ground {
    /// An empty site on which the server has put its schema and catalogue, filled.
    pub(crate) fn filled(
        engine: Engine,
        dossiers: u64,
        drafts: u64,
        report: &mut Report,
    ) -> anyhow::Result<Self> {
        let site = Site::empty(engine);
        serve_on(&site, &[])?.stop()?;
        let register = Arc::new(Register::of(dossiers, drafts)?);
        // The keys are those the server has made.
        let settings = TestServer::configuration(&site).store_settings()?;
        let took = filling::fill(&settings, &register)?;
        if let Some(database) = site.database() {
            database.query("vacuum analyze");
        }
        report.line("");
        report.line(format!(
            "{dossiers} dossiers and {drafts} drafts loaded in {:.0} s.",
            took.as_secs_f64()
        ));
        let tokens = Arc::new(register.tokens(&site.data_directory())?);
        let left = dossiers..dossiers + drafts;
        Ok(Self {
            site,
            requests: Requests {
                register,
                tokens,
                compressed: false,
            },
            left,
        })
    }

    /// The server on this site.
    pub(crate) fn serve(&self, environment: &[(&str, &str)]) -> anyhow::Result<Served> {
        serve_on(&self.site, environment)
    }

    /// The address of the database, or its path.
    pub(crate) fn database(&self) -> String {
        database(&self.site)
    }

    /// So many drafts that nobody has submitted yet.
    pub(crate) fn take_drafts(&mut self, count: u64) -> Range<u64> {
        let taken = self.left.start..(self.left.start + count).min(self.left.end);
        self.left.start = taken.end;
        taken
    }

    /// A figure of the server.
    pub(crate) fn measure(
        &mut self,
        served: &Served,
        operation: Operation,
        scale: Scale,
    ) -> anyhow::Result<Figure> {
        let choice = match operation {
            Operation::Dossier | Operation::List => Choice::Any(self.requests.register.dossiers),
            Operation::Submit => {
                let Range { start: first, end } = self.take_drafts(scale.drafts);
                Choice::Once { first, end }
            }
        };
        pressure::measure(
            served.address,
            served.process.id(),
            &self.requests,
            operation,
            choice,
            scale.span,
        )
    }

    /// The limit of HTTP for an operation: answers as this server gives them, without making them.
    pub(crate) fn constant(
        &mut self,
        served: &Served,
        operation: Operation,
        scale: Scale,
    ) -> anyhow::Result<f64> {
        let n = match operation {
            Operation::Dossier | Operation::List => 0,
            Operation::Submit => self.take_drafts(1).start,
        };
        let constant = block_on(async {
            let mut connection = Connection::open(served.address).await?;
            let plain = Requests {
                compressed: false,
                ..self.requests.clone()
            };
            plain.write(operation, n, &mut connection.request);
            Constant::start(&connection.exchange().await?, self.requests.compressed)
        })?;
        let (choice, span) = (
            Choice::Any(self.requests.register.dossiers),
            scale.span.mul_f64(0.6),
        );
        let figure = pressure::measure(
            constant.address,
            constant.id(),
            &self.requests,
            operation,
            choice,
            span,
        )?;
        Ok(figure.per_second)
    }

    /// The statements the server runs for an operation, as PostgreSQL logs them.
    pub(crate) fn statements(&mut self, operation: Operation) -> anyhow::Result<Vec<Statement>> {
        let database = self
            .site
            .database()
            .context("only PostgreSQL logs statements")?;
        let setting = |value: &str| {
            database.query(&format!(
                "alter database {} set log_statement = '{value}'",
                database.name()
            ));
        };
        setting("all");
        let served = self.serve(&[])?;
        setting("none");
        let log = Cluster::shared().log();
        let n = match operation {
            Operation::Dossier | Operation::List => self.requests.asked(operation, 0),
            Operation::Submit => self.take_drafts(1).start,
        };
        let before = std::fs::read_to_string(&log)?.len();
        block_on(async {
            let mut connection = Connection::open(served.address).await?;
            self.requests.write(operation, n, &mut connection.request);
            let answer = connection.exchange().await?;
            anyhow::ensure!(
                answer.status == 200,
                "{}",
                String::from_utf8_lossy(answer.body)
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
            anyhow::Ok(())
        })?;
        served.stop()?;
        let written = std::fs::read_to_string(&log)?;
        statements::of_log(
            written.get(before..).unwrap_or_default(),
            &self.requests.register,
            n,
        )
    }
}

impl Served {
    /// Start to ready, and memory while nobody asks anything.
    pub(crate) fn judge_start(&self, engine: Engine, report: &mut Report) -> anyhow::Result<()> {
        report.line("");
        report.under(
            &format!("{engine}, start to ready"),
            millis(self.process.ready_after()),
            300.0,
            "ms",
        );
        std::thread::sleep(Duration::from_secs(2));
        let idle = process_costs::of(self.process.id())?.resident;
        report.under(
            &format!("{engine}, resident memory idle"),
            mebibytes(idle),
            40.0,
            "MiB",
        );
        Ok(())
    }

    /// Resident memory, in bytes.
    pub(crate) fn resident(&self) -> anyhow::Result<u64> {
        Ok(process_costs::of(self.process.id())?.resident)
    }

    /// Asks it to stop and waits.
    pub(crate) fn stop(self) -> anyhow::Result<()> {
        anyhow::ensure!(self.process.stop(), "the server did not stop in order");
        Ok(())
    }
}

fn serve_on(site: &Site, environment: &[(&str, &str)]) -> anyhow::Result<Served> {
    let environment = environment
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let start = Start {
        wrapper: Vec::new(),
        environment: environment.collect(),
        binary: Some(shipped()?),
    };
    let process = Process::start(site, &start);
    let base = process.base();
    let address = base
        .strip_prefix("http://")
        .context("an address")?
        .parse()?;
    Ok(Served { process, address })
}

/// The server built beside this program.
fn shipped() -> anyhow::Result<PathBuf> {
    let binary = std::env::current_exe()?.with_file_name("motcua");
    anyhow::ensure!(
        binary.exists(),
        "{} is not built: use make bench",
        binary.display()
    );
    Ok(binary)
}

fn database(site: &Site) -> String {
    let embedded = || {
        site.data_directory()
            .join("motcua.db")
            .display()
            .to_string()
    };
    site.database_url().unwrap_or_else(embedded)
}
