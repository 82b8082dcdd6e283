//! Every crate is held to the lints of the workspace, among them that there is no unsafe code.

#[test]
fn unsafe_code_is_forbidden_in_every_crate() {
    let read = |path: &str| std::fs::read_to_string(tests::root().join(path)).unwrap();
    let workspace = read("Cargo.toml");
    assert!(workspace.contains("unsafe_code = \"forbid\""));
    for member in [
        "domain",
        "persistence",
        "api",
        "openapi",
        "tests",
        "tests/unified",
    ] {
        assert!(workspace.contains(&format!("\"{member}\"")), "{member}");
        let manifest = read(&format!("{member}/Cargo.toml"));
        assert!(manifest.contains("[lints]\nworkspace = true"), "{member}");
    }
}
