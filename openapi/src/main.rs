//! `motcua-openapi generate | check [file]`: writes the published document, or says why not to
//! trust the committed one; `motcua-openapi release` keeps it as the one that clients are made for.

use std::{env, path::PathBuf, process::ExitCode};

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let command = arguments.next();
    let file = arguments.next().map_or_else(openapi::file, PathBuf::from);
    let done = match command.as_deref() {
        Some("generate") => openapi::generate(&file),
        Some("check") => openapi::check(&file),
        Some("release") => openapi::released::release().map(|file| println!("{}", file.display())),
        Some(_) | None => Err(anyhow::anyhow!(
            "usage: motcua-openapi generate|check [file] | release"
        )),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("motcua-openapi: {error:#}");
            ExitCode::FAILURE
        }
    }
}
