//! The figures of SECURITY.md are those the code and the README have.

/// A row of a table: what is promised, its figure and where that is decided.
struct Promise {
    what: String,
    figure: String,
    place: String,
}

#[test]
fn each_figure_is_the_one_in_force() {
    let promises = promises();
    assert!(promises.len() > 20, "the tables are read");
    let readme = read("README.md");
    for Promise {
        what,
        figure,
        place,
    } in promises
    {
        let said = match place.split_once("::") {
            Some((file, name)) => declaration(&read(file), name),
            None => default(&readme, &place),
        };
        assert!(
            numbers(&said).contains(&figure),
            "{what}: {figure} is promised, `{place}` says {said:?}"
        );
    }
}

/// The rows with three cells of which the last one is nothing but a quoted place.
fn promises() -> Vec<Promise> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let ["", what, figure, place, ""] = cells.as_slice() else {
            return None;
        };
        let place = place.strip_prefix('`')?.strip_suffix('`')?;
        figure.parse::<u64>().ok()?;
        Some(Promise {
            what: (*what).to_owned(),
            figure: (*figure).to_owned(),
            place: place.to_owned(),
        })
    };
    read("SECURITY.md").lines().filter_map(row).collect()
}

/// The value of a constant.
fn declaration(source: &str, name: &str) -> String {
    let after = source.split(&format!("const {name}:")).nth(1);
    let statement = after.and_then(|rest| rest.split(";\n").next());
    let value = statement.and_then(|text| text.split_once('='));
    value.map(|(_, value)| value.to_owned()).unwrap_or_default()
}

/// The default of a setting in the table of the README.
fn default(readme: &str, setting: &str) -> String {
    let start = format!("| `{setting}` |");
    let line = readme.lines().find(|line| line.starts_with(&start));
    let cell = line.and_then(|line| line.split('|').nth(2));
    cell.unwrap_or_default().to_owned()
}

fn numbers(text: &str) -> Vec<String> {
    text.replace('_', "")
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(str::to_owned)
        .collect()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(tests::root().join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What ASVS wants said on paper, and the words by which it is found.
const SAID: [(&str, &[&str]); 8] = [
    ("Ways in", &["strength", "no default accounts"]),
    ("Guessing", &["locks an account", "restart"]),
    (
        "Sessions",
        &["another system", "password or the roles change"],
    ),
    ("Load", &["Retry-After", "thread of their own"]),
    (
        "Keys",
        &[
            "Ed25519",
            "AES-256-GCM",
            "HMAC-SHA-256",
            "how it is replaced",
        ],
    ),
    (
        "Connections the service makes",
        &["database", "store of papers"],
    ),
    ("What is logged, and for how long", &["UTC", "twelve"]),
    ("Components", &["Cargo.lock", "days"]),
];

#[test]
fn what_is_to_be_said_on_paper_is_said() {
    let paper = read("SECURITY.md");
    for (heading, words) in SAID {
        let section = paper.split("\n## ").find(|part| part.starts_with(heading));
        let section = section.unwrap_or_else(|| panic!("no section {heading}"));
        for word in words {
            assert!(section.contains(word), "{heading} does not say {word}");
        }
    }
}
