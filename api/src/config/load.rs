//! Reads the configuration and says what is wrong with it.

use std::{collections::HashMap, path::Path};

use anyhow::Context as _;
use config::{Environment, File, FileFormat};

use super::Config;

/// The variable that names the file; it is not itself a field.
pub const FILE_VARIABLE: &str = "MOTCUA_CONFIG";

impl Config {
    /// The defaults, overlaid by the file, overlaid by `DATABASE_URL` and `MOTCUA_*`
    /// (`MOTCUA_SESSIONS__ACCESS_TOKEN_SECONDS` sets `sessions.access_token_seconds`).
    pub fn load(file: Option<&Path>, variables: HashMap<String, String>) -> anyhow::Result<Self> {
        let mut builder = config::Config::builder();
        if let Some(file) = file {
            builder = builder.add_source(File::from(file).format(FileFormat::Toml));
        }
        if let Some(url) = variables.get("DATABASE_URL") {
            builder = builder.set_override("database", url.as_str())?;
        }
        let ours = variables
            .into_iter()
            .filter(|(name, _)| name.starts_with("MOTCUA_") && name != FILE_VARIABLE)
            .collect();
        let environment = Environment::with_prefix("MOTCUA")
            .prefix_separator("_")
            .separator("__")
            .try_parsing(true)
            .source(Some(ours));
        builder
            .add_source(environment)
            .build()
            .and_then(config::Config::try_deserialize)
            .context("the configuration cannot be used")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
    use std::io::Write as _;

    use super::*;

    fn variables(pairs: &[(&str, &str)]) -> HashMap<String, String> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn variables_win_over_the_file_and_the_file_over_defaults() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        write!(
            file,
            "listen = \"0.0.0.0:1\"\ndemo = true\n[sessions]\none_time_code_tries = 3\n"
        )
        .unwrap();
        let set = variables(&[
            ("MOTCUA_LISTEN", "0.0.0.0:2"),
            ("MOTCUA_SESSIONS__ACCESS_TOKEN_SECONDS", "60"),
            ("MOTCUA_CONFIG", "elsewhere"),
            ("HOME", "/root"),
        ]);
        let config = Config::load(Some(file.path()), set).unwrap();
        assert_eq!(config.listen.port(), 2);
        assert!(config.demo);
        assert_eq!(config.sessions.access_token_seconds, 60);
        assert_eq!(config.sessions.one_time_code_tries, 3);
        assert_eq!(config.limits.json_body, 16 * 1024);
    }

    #[test]
    fn a_misspelt_field_is_refused_by_name() {
        for set in [
            variables(&[("MOTCUA_LISTN", "0.0.0.0:2")]),
            variables(&[("MOTCUA_LIMITS__JSON", "1")]),
        ] {
            let refused = Config::load(None, set).unwrap_err();
            assert!(
                format!("{refused:#}").contains("unknown field"),
                "{refused:#}"
            );
        }
    }
}
