//! Who may do what: the whole document, by everybody, for everything (OWASP ASVS 5.0, V8).

mod binding;
mod completeness;
mod expected;
mod fields;
mod foreign_keys;
mod ground;
mod laying;
mod laying_desk;
mod letters;
mod mandated;
mod mass_assignment;
mod matrix;
mod policy;
mod principals;
mod privacy_ground;
mod request;
mod schema;
mod sending;
mod step_up;
mod upload_ground;

use persistence::Seams;
use tests::engine::{Ground as _, Site};
use tests::on_both_engines;
use tests::server::TestServer;

use self::matrix::{Report, run};
use self::policy::Kind;

/// Fewer would mean that a part of the document or of the principals was lost.
const CELLS: usize = 5_000;

fn tell(site: &Site, report: &Report) {
    println!(
        "authorization on {}: {} cells, {} unexpected allows",
        site.engine(),
        report.cells,
        report.unexpected_allows.len()
    );
}

on_both_engines! {
    async fn every_cell_is_what_the_policy_says(server: &TestServer) {
        let report = run(server, |_| true).await;
        tell(server.site(), &report);
        let faults = report.faults();
        assert!(faults.is_empty(), "{faults}");
        assert!(report.cells >= CELLS, "only {} cells", report.cells);
    }

    /// The control: one query without its sight, and the same run notices, of which only what concerns a
    /// dossier is asked here. The log is a second lock: the
    /// database keeps no line of another agency's dossier without a reason, so that lock is taken off too.
    async fn a_lost_scope_filter_is_noticed(site: &Site) {
        let seams = Seams { any_dossier_for_anybody: true, reads_unwritten: true, ..Seams::default() };
        let server = TestServer::wounded(site.engine(), seams);
        let report = run(&server, |row| row.of == Kind::Dossier).await;
        tell(site, &report);
        for (operation, principal) in [
            ("get_dossier", "citizen 1"),
            ("get_timeline", "citizen 2"),
            ("get_office_dossier", "receiver there"),
            ("list_payments", "cashier there"),
        ] {
            let start = format!("{operation} by {principal} for ");
            let noticed = |found: &[String]| found.iter().any(|one| one.starts_with(&start));
            assert!(noticed(&report.unexpected_allows), "{start}: {}", report.faults());
        }
        assert!(!report.leaks.is_empty() && !report.tells_apart.is_empty());
        server.finish().await;
    }
}
