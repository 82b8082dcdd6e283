//! Cleaning up after a test process, however it ends.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Starts a shell that waits for the end of this process, runs `stop` and removes `directory`.
///
/// It holds the read end of a pipe whose only writer is this process, so it notices a kill too.
/// Keep the child for as long as the process lives: dropping it closes the pipe.
pub(crate) fn remove(directory: &Path, stop: &str) -> Child {
    let directory = directory.display();
    // What this process had started may still be writing: look again a little later.
    run(&format!(
        "for _ in 1 2 3 4 5 6 7 8 9; do
            {stop}
            rm -rf '{directory}'
            sleep 1
            test -e '{directory}' || exit
        done"
    ))
}

/// Starts a shell that ends the process `id` when this process ends. Kill the shell once that
/// process is gone: its number may be given to another.
pub(crate) fn end(id: u32) -> Child {
    run(&format!("kill -9 {id}"))
}

fn run(script: &str) -> Child {
    Command::new("sh")
        .args(["-c", &format!("read -r _; {script}")])
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // A group of its own: Ctrl-C on the tests must not kill it before it has cleaned up.
        .process_group(0)
        .spawn()
        .expect("a shell starts")
}
