//! The catalogue from the command line: checking files, importing them, and the first start.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use domain::{
    ids::Id,
    procedures::catalogue::{self, Catalogue},
};
use persistence::{Store, Tx};

use super::Config;
use crate::{
    clock::{Clock as _, SystemClock},
    failure::Failure,
    id_source::{IdSource as _, RandomIds},
    procedures::{
        importing::{self, Import},
        posted::Posted,
    },
};

/// The catalogue in force; on a new installation, the one the program carries.
pub(super) async fn in_force(store: &Store) -> anyhow::Result<Posted> {
    let now = SystemClock.now();
    let shipped = Import::of_shipped(now, Id::from_uuid(RandomIds.uuid(now)));
    let put_in_force = move |tx: &mut Tx| {
        if let Some(posted) = importing::load(tx)? {
            return Ok(Some(posted));
        }
        importing::import_catalogue(tx, &shipped)?
            .map_err(|faults| Failure::internal(format!("{faults:?}")))?;
        importing::load(tx)
    };
    let posted: Option<Posted> = store.write(put_in_force).await?;
    posted.context("no catalogue is in force")
}

/// Looks for faults in the files; touches nothing else.
pub(super) fn check(paths: &[PathBuf]) -> anyhow::Result<()> {
    let files = files(paths)?;
    let texts: Vec<_> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    match catalogue::read(&texts) {
        Ok(read) => {
            tell(&read);
            Ok(())
        }
        Err(faults) => refuse(&faults),
    }
}

/// Puts the files in force, whole or not at all.
pub(super) async fn import(config: &Config, paths: &[PathBuf]) -> anyhow::Result<()> {
    let files = files(paths)?;
    std::fs::create_dir_all(&config.data_dir)?;
    Store::migrate(&config.database_url())?;
    let store = Store::open(&config.store_settings()?)?;
    let now = SystemClock.now();
    let import = Import {
        files,
        now,
        event: Id::from_uuid(RandomIds.uuid(now)),
    };
    let outcome = store
        .write(move |tx: &mut Tx| importing::import_catalogue(tx, &import))
        .await?;
    match outcome {
        Ok(read) => {
            tell(&read);
            Ok(())
        }
        Err(faults) => refuse(&faults),
    }
}

fn tell(read: &Catalogue) {
    let Catalogue {
        fields,
        procedures,
        agencies,
        sessions,
        calendars,
    } = read;
    println!(
        "{} procedures, {} fields, {} agencies, {} session patterns, {} calendars",
        procedures.len(),
        fields.len(),
        agencies.len(),
        sessions.len(),
        calendars.len()
    );
}

fn refuse(faults: &[impl std::fmt::Display]) -> anyhow::Result<()> {
    for fault in faults {
        eprintln!("{fault}");
    }
    let count = faults.len();
    anyhow::bail!(
        "{count} lỗi; không có gì được nhập, danh mục hiện hành giữ nguyên / {count} faults; nothing was imported, the catalogue in force stays"
    )
}

/// Name and text of every file: a folder's files are named from that folder on.
fn files(paths: &[PathBuf]) -> anyhow::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            below(path, "", &mut files)?;
        } else {
            let name = path.file_name().context("a path names no file")?;
            take(path, name.to_string_lossy().into_owned(), &mut files)?;
        }
    }
    anyhow::ensure!(!files.is_empty(), "there is no JSON file there");
    files.sort_unstable();
    let twice = files.windows(2).find_map(|pair| match pair {
        [(a, _), (b, _)] if a == b => Some(a),
        _ => None,
    });
    if let Some(name) = twice {
        anyhow::bail!("two of the files are named {name}");
    }
    Ok(files)
}

fn below(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) -> anyhow::Result<()> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().context("an entry has no name")?;
        let name = format!("{prefix}{}", name.to_string_lossy());
        if path.is_dir() {
            below(&path, &format!("{name}/"), files)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            take(&path, name, files)?;
        }
    }
    Ok(())
}

fn take(path: &Path, name: String, files: &mut Vec<(String, String)>) -> anyhow::Result<()> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    files.push((name, text));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_read_whole_and_named_from_there() -> anyhow::Result<()> {
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/catalogue");
        let mut expected: Vec<(String, String)> = domain::procedures::SHIPPED_FILES
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect();
        expected.sort_unstable();
        assert_eq!(files(std::slice::from_ref(&shipped))?, expected);
        assert!(check(std::slice::from_ref(&shipped)).is_ok());
        let twice = [shipped.join("fields.json"), shipped.join("fields.json")];
        assert!(files(&twice).is_err());
        assert!(files(&[shipped.join("no-such-file.json")]).is_err());
        Ok(())
    }

    #[test]
    fn a_faulty_file_is_refused() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("fields.json"), "{\"fields\": [}")?;
        assert!(check(&[folder.path().to_path_buf()]).is_err());
        Ok(())
    }
}
