//! The program `motcua`.

use std::process::ExitCode;

fn main() -> ExitCode {
    match api::config::command::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The log may not be set up yet, and a person waits at the terminal.
            eprintln!("motcua: {error:#}");
            ExitCode::FAILURE
        }
    }
}
