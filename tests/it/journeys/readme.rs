//! The README's journey, copied and pasted into a shell.

use std::{os::unix::fs::symlink, process::Command};

use tests::{
    engine::{Engine, Site},
    process::{Process, Start},
    root,
    traffic::Recorder,
};

/// The shell blocks of the journey, but for the one that starts the server.
fn journey() -> String {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let section = readme
        .split("## A journey to copy and paste")
        .nth(1)
        .unwrap();
    let section = section.split("\n## ").next().unwrap();
    let blocks = section.split("```sh\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap());
    let typed: Vec<_> = blocks.filter(|block| !block.contains("make run")).collect();
    assert!(typed.len() >= 6, "the journey has lost its steps");
    typed.join("\n")
}

fn walk(engine: Engine) {
    let site = Site::empty(engine);
    let environment = [("MOTCUA_DEMO", "true"), ("MOTCUA_REVEAL_CODES", "true")];
    let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let start = Start {
        environment: environment.to_vec(),
        ..Start::default()
    };
    let process = Process::start(&site, &start);
    let recorder = Recorder::if_wanted(&process.base());
    let folder = tempfile::tempdir().unwrap();
    symlink(
        site.data_directory().join("server.log"),
        folder.path().join("motcua.log"),
    )
    .unwrap();
    let shell = Command::new("bash")
        .args(["-euo", "pipefail", "-c", &journey()])
        .current_dir(folder.path())
        .env(
            "BASE",
            recorder
                .as_ref()
                .map_or_else(|| process.base(), Recorder::base),
        )
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&shell.stdout);
    let complaint = String::from_utf8_lossy(&shell.stderr);
    assert!(shell.status.success(), "{said}\n{complaint}");
    for expected in [
        "Cấp bản sao trích lục hộ tịch",
        "24000",
        "Hồ sơ đã được tiếp nhận.",
        "Hồ sơ cần bổ sung giấy tờ.",
        "Đã có kết quả, chờ trả.",
        "Đã trả kết quả.",
        "215/2026/TLKS",
        "online_of_new_v1",
    ] {
        assert!(
            said.contains(expected),
            "{expected} is missing from:\n{said}\n{complaint}"
        );
    }
    assert!(process.stop());
    if let Some(recorder) = recorder {
        recorder.write();
    }
}

#[test]
fn the_journey_works_by_copy_and_paste_on_sqlite() {
    walk(Engine::Sqlite);
}

#[test]
fn the_journey_works_by_copy_and_paste_on_postgres() {
    walk(Engine::Postgres);
}
