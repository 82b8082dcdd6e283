//! The table of moves in `ARCHITECTURE.md` is the one the rules follow.

use std::fmt::Write as _;

use domain::actor::Who;
use domain::dossiers::{State, TRANSITIONS, transitions::GUARD_NAMES};
use domain::transition::To;

const PAPER: &str = "ARCHITECTURE.md";
const BEGIN: &str = "<!-- moves: begin (written by `make moves`) -->\n";
const END: &str = "<!-- moves: end -->";

/// Set by `make moves`: the paper is written instead of being judged.
const WRITE: &str = "MOTCUA_WRITE_MOVES";

#[test]
fn the_paper_shows_the_moves_as_they_are() {
    let path = tests::root().join(PAPER);
    let paper = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = paper.split_once(BEGIN).unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    let rendered = rendered();
    if std::env::var_os(WRITE).is_some() {
        let anew = format!("{before}{BEGIN}{rendered}{END}{after}");
        std::fs::write(&path, anew).unwrap();
        return;
    }
    let first = rendered
        .lines()
        .zip(shown.lines())
        .find(|(new, old)| new != old);
    assert!(
        shown == rendered,
        "{PAPER} shows other moves than domain/src/dossiers/transitions.rs has: run `make moves`.\n\
         The first line that differs (new, old): {first:?}\nAs it should be:\n{rendered}"
    );
}

fn rendered() -> String {
    format!("\n{}\n{}\n", states(), moves())
}

fn states() -> String {
    let mut table = String::from("| state | national code | in words |\n|---|---|---|\n");
    for state in State::ALL {
        let code = state
            .national_code()
            .map_or_else(|| "–".to_owned(), |code| code.to_string());
        let (words, _) = state.sentence();
        writeln!(table, "| `{}` | {code} | {words} |", state.as_str()).unwrap();
    }
    table
}

fn moves() -> String {
    let head = "| from | command | to | who | if |\n|---|---|---|---|---|\n";
    let mut table = String::from(head);
    assert_eq!(TRANSITIONS.len(), GUARD_NAMES.len());
    for (row, guards) in TRANSITIONS.iter().zip(GUARD_NAMES) {
        let to = match row.to {
            To::State(state) => format!("`{}`", state.as_str()),
            To::WhereItCameFrom => "where it came from".to_owned(),
            To::Same => "the same".to_owned(),
        };
        let who: Vec<_> = row.who.iter().map(|who| name(*who)).collect();
        let guards: Vec<_> = guards.iter().map(|guard| format!("`{guard}`")).collect();
        let (from, command) = (row.from.as_str(), row.command.as_str());
        let cells = [
            format!("`{from}`"),
            format!("`{command}`"),
            to,
            who.join(", "),
            guards.join(", "),
        ];
        writeln!(table, "| {} |", cells.join(" | ")).unwrap();
    }
    table
}

const fn name(who: Who) -> &'static str {
    match who {
        Who::Citizen => "citizen",
        Who::Officer(role) => role.as_str(),
        Who::System => "the house itself",
    }
}
