//! The program `motcua`.

use std::process::ExitCode;

use tikv_jemallocator::Jemalloc;

/// Answers are many small allocations on one thread freed on another, where the system's allocator
/// waits for locks and keeps an arena for each thread.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

fn main() -> ExitCode {
    match api::config::command::run() {
        Ok(code) => code,
        Err(error) => {
            // The log may not be set up yet, and a person waits at the terminal.
            eprintln!("motcua: {error:#}");
            ExitCode::FAILURE
        }
    }
}
