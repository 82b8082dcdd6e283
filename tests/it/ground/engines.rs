//! Fresh databases on both engines.

use tests::engine::{Engine, Site};
use tests::on_both_engines;
use tests::postgres;

on_both_engines! {
    /// Two sites never share anything.
    async fn a_copy_holds_what_the_template_held(template: &Site) {
        std::fs::create_dir(template.data_directory().join("papers")).unwrap();
        std::fs::write(template.data_directory().join("papers/one"), "1").unwrap();
        if let Some(database) = template.database() {
            database.query("create table kept (id int primary key); insert into kept values (7)");
        }
        let copy = Site::like(template);
        assert_eq!(std::fs::read(copy.data_directory().join("papers/one")).unwrap(), b"1");
        if let Some(database) = copy.database() {
            assert_eq!(database.query("select id from kept"), "7");
            database.query("delete from kept");
        }
        if let Some(database) = template.database() {
            assert_eq!(database.query("select id from kept"), "7");
        }
    }
}

#[test]
fn the_server_of_the_tests_is_as_durable_as_a_real_one() {
    let database = postgres::empty_database();
    for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
        assert_eq!(database.query(&format!("show {setting}")), "on");
    }
}

#[test]
fn a_database_goes_with_its_owner() {
    let database = postgres::empty_database();
    let name = database.name().to_owned();
    let other = Site::empty(Engine::Postgres);
    let count = format!("select count(*) from pg_database where datname = '{name}'");
    assert_eq!(other.database().unwrap().query(&count), "1");
    drop(database);
    assert_eq!(other.database().unwrap().query(&count), "0");
}
