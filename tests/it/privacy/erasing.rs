//! A citizen is erased: from the service, and from every copy of the rows that was made before.

use std::path::{Path, PathBuf};
use std::process::Command;

use api::failure::Failure;
use api::people::erasing::{Erased, erase_person};
use domain::actor::{Actor, Role};
use domain::ids::{DossierId, PersonId};
use persistence::disclosures::Reading;
use persistence::sealing::{self, WrappedKey};
use persistence::{Store, StoreError, StoreSettings, Tx, backup, dossiers, people};
use serde_json::json;
use tests::accounts::MY_THUAN;
use tests::client::Client;
use tests::engine::Site;
use tests::extract_copy::grounded;
use tests::on_both_engines;
use tests::postgres::Cluster;
use tests::server::TestServer;

pub(super) async fn me(citizen: &Client) -> PersonId {
    let me = citizen.get("/v1/me").send().await.expect(200).json();
    me["person_id"].as_str().unwrap().parse().unwrap()
}

pub(super) async fn erase(server: &TestServer, person: PersonId) -> Result<Erased, Failure> {
    let call = server.app().call(Actor::System);
    let work = move |tx: &mut Tx| erase_person(tx, &call, person);
    server.store().write(work).await
}

async fn keys(store: &Store) -> Vec<WrappedKey> {
    let all = store.read(|tx: &mut Tx| sealing::wrapped_keys(tx, None, 1000));
    all.await.unwrap()
}

/// A copy of the rows, made as the manual says.
fn copy_of_rows(server: &TestServer) -> PathBuf {
    let site = server.site();
    let to = site.data_directory().join("copy");
    match site.database_url() {
        None => drop(backup::backup(&server.app().config.database_url(), &to).unwrap()),
        Some(url) => {
            let dump = Command::new(Cluster::shared().binaries().join("pg_dump"))
                .args(["--exclude-table-data=subject_keys", "--file"])
                .arg(&to)
                .arg(url)
                .status();
            assert!(dump.unwrap().success());
        }
    }
    to
}

/// A store made of a copy of the rows and of keys.
async fn restored(server: &TestServer, rows: &Path, keys: Vec<WrappedKey>) -> (Site, Store) {
    let site = Site::empty(server.site().engine());
    let url = if let Some(url) = site.database_url() {
        let put = Command::new(Cluster::shared().binaries().join("psql"))
            .args([
                "--quiet",
                "--set=ON_ERROR_STOP=1",
                "--output=/dev/null",
                "--file",
            ])
            .arg(rows)
            .arg(&url)
            .status();
        assert!(put.unwrap().success());
        url
    } else {
        let path = site.data_directory().join("motcua.db");
        let url = path.to_str().unwrap().to_owned();
        backup::restore(rows, &url, false).unwrap();
        url
    };
    let own = server.app().config.store_settings().unwrap();
    let store = Store::open(&StoreSettings { url, ..own }).unwrap();
    assert_eq!(
        store.read(sealing::keys_are_there).await,
        Ok(false),
        "the copy holds no keys"
    );
    let put = move |tx: &mut Tx| {
        sealing::put_back(tx, &keys)?;
        sealing::blank_what_has_no_key(tx)
    };
    store.write(put).await.unwrap();
    (site, store)
}

pub(super) async fn dossier(store: &Store, id: DossierId) -> domain::dossiers::Dossier {
    let find = move |tx: &mut Tx| dossiers::find(tx, id, &Reading::House);
    store.read::<_, StoreError>(find).await.unwrap()
}

async fn person(store: &Store, id: PersonId) -> Result<people::Person, StoreError> {
    store
        .read(move |tx: &mut Tx| people::find(tx, id, &Reading::House))
        .await
}

on_both_engines! {
    async fn an_erased_citizen_is_gone_from_older_copies_too(server: &TestServer) {
        let (citizen, other) =
            (server.citizen("0912345678").await, server.citizen("0987654321").await);
        let receiver = server.officer(&[Role::Receiver], MY_THUAN).await;
        let (who, stays) = (me(&citizen).await, me(&other).await);
        let filed = citizen.filed().await;
        let refused = receiver.done(&filed, "refuse", grounded("Sai cơ quan.")).await;
        citizen.draft().await;
        let ended: DossierId = refused.id.parse().unwrap();
        let (rows, older) = (copy_of_rows(server), keys(server.store()).await);

        assert_eq!(erase(server, who).await.unwrap(), Erased { drafts: 1, kept: 1 });
        citizen.get("/v1/me").send().await.refused(401, "unauthenticated");
        assert_eq!(dossier(server.store(), ended).await.applicant.personal_number.unwrap().reveal(), "089190001234");
        let path = format!("/v1/office/dossiers/{}", refused.id);
        let seen = receiver.get(&path).send().await.expect(200).json();
        assert_eq!(seen["applicant"]["personal_number"], "089190001234", "the agency's own record");
        assert_eq!(erase(server, who).await.unwrap_err().code(), "not-found");
        let again = server.citizen("0912345678").await;
        assert_ne!(me(&again).await, who, "the number is free for whoever has it now");

        // The rows of then with the keys of now show nothing of hers, and everything of others.
        let (_site, store) = restored(server, &rows, keys(server.store()).await).await;
        assert_eq!(person(&store, who).await, Err(StoreError::Absent));
        assert_eq!(person(&store, stays).await.unwrap().phone.unwrap().reveal(), "+84987654321");
        let shown = dossier(&store, ended).await;
        assert_eq!(shown.applicant.personal_number, None);
        assert_eq!(shown.applicant.phone, None);
        assert_eq!(shown.applicant.address, None);
        assert_eq!(shown.applicant.full_name.reveal(), "");
        assert_eq!(shown.form.reveal(), "{}");

        // The keys of then would have shown it: it is the key that makes the difference.
        let (_site, store) = restored(server, &rows, older).await;
        assert_eq!(person(&store, who).await.unwrap().phone.unwrap().reveal(), "+84912345678");
        assert!(dossier(&store, ended).await.applicant.phone.is_some());
    }

    async fn nobody_is_erased_with_a_dossier_under_way(server: &TestServer) {
        let citizen = server.citizen("0912345678").await;
        let filed = citizen.filed().await;
        let who = me(&citizen).await;
        assert_eq!(erase(server, who).await.unwrap_err().code(), "state-forbids");
        citizen.get("/v1/me").send().await.expect(200);
        let seen = citizen.get(&format!("/v1/dossiers/{}", filed.id)).send().await.expect(200);
        assert_eq!(seen.json()["applicant"]["personal_number"], json!("089190001234"));
    }
}
