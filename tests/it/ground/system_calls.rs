//! The reader of traces sees what is durable and what is not.

use tests::faults::system_calls::{read, unsafe_answers};

#[test]
fn an_answer_counts_as_safe_only_after_a_completed_fsync_of_the_log() {
    let request = r#"7 recvfrom(9<TCP:[127.0.0.1:80->127.0.0.1:3000]>, "PUT /v1/dossiers/one", 99, 0, NULL, NULL) = 20"#;
    let answer =
        r#"7 writev(9<TCP:[127.0.0.1:80->127.0.0.1:3000]>, [{iov_base="HTTP/1.1 201"}], 1) = 12"#;
    let sync = "8 fdatasync(5</data/motcua.db-wal>) = 0";
    let begun = "8 fdatasync(5</data/motcua.db-wal> <unfinished ...>";
    let resumed = "8 <... fdatasync resumed>) = 0";
    let failed = "8 fdatasync(5</data/motcua.db-wal>) = -1 EIO (Input/output error)";
    let other = "8 fsync(5</data/papers/x>) = 0";
    let elsewhere = answer.replace("3000", "3001");
    let cases: [(&str, &[&str], bool); 8] = [
        ("in between", &[request, sync, answer], true),
        ("in two parts", &[request, begun, resumed, answer], true),
        ("not finished", &[request, begun, answer, resumed], false),
        ("too early", &[sync, request, answer], false),
        ("too late", &[request, answer, sync], false),
        ("failed", &[request, failed, answer], false),
        ("another file", &[request, other, answer], false),
        (
            "another's answer first",
            &[request, &elsewhere, sync, answer],
            true,
        ),
    ];
    for (name, lines, safe) in cases {
        let faults = unsafe_answers(&read(&lines.join("\n")), &["dossiers/one".to_owned()]);
        assert_eq!(faults.is_empty(), safe, "{name}: {faults:?}");
    }
    let missing = unsafe_answers(&read(request), &["dossiers/two".to_owned()]);
    assert_eq!(
        missing.len(),
        1,
        "a request that is not in the trace proves nothing"
    );
}
