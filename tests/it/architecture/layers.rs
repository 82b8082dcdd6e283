//! `domain` <- `persistence` <- `api` <- `openapi`; `tests` sees all, nothing sees `tests`.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use super::sources;

/// The table of the house: a crate, the crates of the house it may know, and what from outside it
/// must never know, however deep.
const LAYERS: [Layer; 6] = [
    Layer {
        name: "domain",
        knows: &[],
        never: &[
            "actix-web",
            "config",
            "diesel",
            "libsqlite3-sys",
            "metrics",
            "object_store",
            "persistence",
            "pq-sys",
            "rand",
            "reqwest",
            "tokio",
            "tracing",
        ],
    },
    Layer {
        name: "persistence",
        knows: &["domain"],
        never: &["actix-web", "axum", "hyper", "jsonwebtoken", "reqwest"],
    },
    Layer {
        name: "api",
        knows: &["domain", "persistence"],
        never: &["ring", "native-tls", "sqlx"],
    },
    Layer {
        name: "openapi",
        knows: &["api"],
        never: &["ring", "native-tls", "sqlx"],
    },
    Layer {
        name: "tests",
        knows: &["api", "domain", "openapi", "persistence"],
        never: &["sqlx", "native-tls"],
    },
    Layer {
        name: "unified",
        knows: &[],
        never: &["sqlx", "native-tls"],
    },
];

/// Which crate may name a library in its own `Cargo.toml`; a library not listed is free.
const OWNERS: [(&str, &[&str]); 6] = [
    ("diesel", &["persistence"]),
    ("diesel_migrations", &["persistence"]),
    ("libsqlite3-sys", &["persistence"]),
    ("actix-web", &["api", "tests"]),
    ("jsonwebtoken", &["api", "tests"]),
    ("proptest", &["domain", "persistence", "api", "tests"]),
];

/// Words that would bring a clock, chance, files, environment or waiting into the rules.
const IMPURE: [&str; 12] = [
    "SystemTime",
    "Instant::now",
    "Utc::now",
    "Local::now",
    "Uuid::now_v7",
    "Uuid::new_v4",
    "std::env",
    "std::fs",
    "std::net",
    "std::thread",
    "std::process",
    "async fn",
];

struct Layer {
    name: &'static str,
    knows: &'static [&'static str],
    never: &'static [&'static str],
}

#[test]
fn each_crate_knows_only_what_the_table_allows() {
    let house: BTreeSet<&str> = LAYERS.iter().map(|layer| layer.name).collect();
    let members = members();
    let found: BTreeSet<&str> = members.keys().map(String::as_str).collect();
    assert_eq!(
        found, house,
        "a crate is missing from the table, or too many are in it"
    );
    for layer in &LAYERS {
        let known: BTreeSet<&str> = members[layer.name]
            .iter()
            .map(String::as_str)
            .filter(|name| house.contains(name))
            .collect();
        let allowed: BTreeSet<&str> = layer.knows.iter().copied().collect();
        let surplus: Vec<_> = known.difference(&allowed).collect();
        assert!(
            surplus.is_empty(),
            "{} must not know {surplus:?}",
            layer.name
        );
    }
}

#[test]
fn each_library_is_named_only_by_its_owner() {
    for (member, dependencies) in members() {
        for (library, owners) in OWNERS {
            let named = dependencies.contains(library);
            assert!(
                !named || owners.contains(&member.as_str()),
                "{member} names {library}"
            );
        }
    }
}

#[test]
fn nothing_forbidden_is_reached_however_deep() {
    for layer in &LAYERS {
        let reached = reached_from(layer.name);
        for never in layer.never {
            assert!(!reached.contains(*never), "{} reaches {never}", layer.name);
        }
    }
}

#[test]
fn the_domain_is_pure() {
    let rules = sources::below(&["domain/src"], &[".rs"]);
    for source in rules
        .iter()
        .filter(|source| !source.path.contains("/tests/"))
    {
        for (number, line) in source.text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            for word in IMPURE {
                assert!(
                    !code.contains(word),
                    "{}:{}: {word}",
                    source.path,
                    number + 1
                );
            }
        }
    }
}

/// Each crate of the house with the names in its `[dependencies]`; those of tests do not count.
fn members() -> BTreeMap<String, BTreeSet<String>> {
    let inside: BTreeSet<&str> = strings(&metadata()["workspace_members"]).collect();
    let packages = metadata()["packages"].as_array().unwrap().iter();
    packages
        .filter(|package| inside.contains(package["id"].as_str().unwrap()))
        .map(|package| {
            let dependencies = package["dependencies"].as_array().unwrap().iter();
            let names = dependencies
                .filter(|dependency| dependency["kind"].is_null())
                .map(|dependency| dependency["name"].as_str().unwrap().to_owned());
            (
                package["name"].as_str().unwrap().to_owned(),
                names.collect(),
            )
        })
        .collect()
}

/// The names of all that is compiled into `member`, however deep. `cargo metadata` would also name
/// what only another crate's features switch on.
fn reached_from(member: &str) -> BTreeSet<String> {
    let tree = cargo(&[
        "tree",
        "--package",
        member,
        "--edges=normal",
        "--prefix=none",
        "--format={p}",
    ]);
    let names = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned);
    names
        .filter(|name| !name.is_empty() && name != member)
        .collect()
}

fn strings(value: &Value) -> impl Iterator<Item = &str> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item.as_str().unwrap())
}

fn metadata() -> &'static Value {
    static METADATA: OnceLock<Value> = OnceLock::new();
    METADATA.get_or_init(|| {
        serde_json::from_str(&cargo(&["metadata", "--format-version=1", "--no-deps"])).unwrap()
    })
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(arguments)
        .args(["--locked", "--offline"])
        .current_dir(tests::root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// The wounds of the fault tests are compiled into the tests' own server and nowhere else.
#[test]
fn the_shipped_binary_has_no_wounds() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let features = |package: &str| {
        let tree = [
            "tree",
            "--offline",
            "--locked",
            "--edges",
            "normal,features",
            "--package",
        ];
        let output = std::process::Command::new(&cargo)
            .args(tree)
            .arg(package)
            .current_dir(tests::root())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(
        features("tests").contains("seeded-bugs"),
        "the test can tell"
    );
    assert!(!features("api").contains("seeded-bugs"));
}
