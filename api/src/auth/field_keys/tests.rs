//! What the file of field keys is held to.

#![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
use std::os::unix::fs::PermissionsExt as _;

use super::*;

fn installation() -> (tempfile::TempDir, Config) {
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        data_dir: folder.path().to_owned(),
        ..Config::default()
    };
    (folder, config)
}

#[test]
fn keys_are_made_once_and_for_their_owner_only() {
    let (_folder, config) = installation();
    open(&config).unwrap();
    let first = fs::read(path(&config)).unwrap();
    open(&config).unwrap();
    assert_eq!(fs::read(path(&config)).unwrap(), first);
    let mode = fs::metadata(path(&config)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, PRIVATE);
}

#[test]
fn a_file_others_can_read_is_refused_and_so_is_a_broken_one() {
    let (_folder, config) = installation();
    open(&config).unwrap();
    fs::set_permissions(path(&config), fs::Permissions::from_mode(0o640)).unwrap();
    assert!(open(&config).unwrap_err().to_string().contains("chmod 600"));
    fs::set_permissions(path(&config), fs::Permissions::from_mode(0o600)).unwrap();
    let sound = fs::read_to_string(path(&config)).unwrap();
    for broken in [
        String::new(),
        "{}".to_owned(),
        sound.replace("\"one\"", "\"third\""),
        sound.replacen("\"key\": \"", "\"key\": \"AA", 1),
        sound.replacen("\"name\": \"k", "\"name\": \"ổ khoá", 1),
    ] {
        assert_ne!(broken, sound);
        fs::write(path(&config), broken).unwrap();
        let refused = format!("{:#}", open(&config).unwrap_err());
        let key = sound.split("\"key\": \"").nth(1).unwrap();
        let key: String = key.chars().take(20).collect();
        assert!(!refused.contains(&key), "no key is told: {refused}");
    }
}

#[test]
fn the_newest_key_wraps_and_stays_and_older_ones_can_go() {
    let (_folder, config) = installation();
    open(&config).unwrap();
    let path = path(&config);
    let mut file = KeyFile::read(&path).unwrap();
    let first = file.wraps_by().unwrap().to_owned();
    assert!(file.retire_wrapping(&first).is_err());
    let second = file.add_wrapping().unwrap();
    assert_ne!(first, second);
    file.write(&path).unwrap();
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, PRIVATE);

    let mut file = KeyFile::read(&path).unwrap();
    assert_eq!(file.wraps_by(), Some(second.as_str()));
    assert_eq!(file.older().collect::<Vec<_>>(), [first.as_str()]);
    assert!(file.retire_wrapping(&second).is_err());
    assert!(file.retire_wrapping("nobody").is_err());
    file.retire_wrapping(&first).unwrap();
    assert_eq!(file.older().count(), 0);
}

#[test]
fn index_keys_take_turns_in_the_columns() {
    let mut file = KeyFile::new().unwrap();
    let mut seen = Vec::new();
    for _ in 0..3 {
        assert_eq!(file.moves_to(), None);
        file.begin_index_move().unwrap();
        file.begin_index_move().unwrap();
        seen.push(file.moves_to());
        file.end_index_move();
    }
    let (one, other) = (Some(IndexColumn::One), Some(IndexColumn::Other));
    assert_eq!(seen, [other, one, other]);
}
