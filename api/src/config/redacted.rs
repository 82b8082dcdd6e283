//! The effective configuration as printed at start: complete, and without secrets.

use std::{fmt, path::Path};

use secrecy::{ExposeSecret as _, SecretString};

use super::{
    Apps, Config, IdentityProvider, KeptMonths, Lanes, Limits, Rates, Retention, Sessions,
    Shutdown, Storage,
};

/// What stands for a secret.
const HIDDEN: &str = "[hidden]";

/// Prints one `field = value` line per field.
#[derive(Debug)]
pub struct Redacted<'a>(pub &'a Config);

impl fmt::Display for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Config {
            listen,
            metrics_listen,
            public_url,
            data_dir,
            database,
            field_keys,
            storage,
            files,
            demo,
            reveal_codes,
            second_factor,
            code_format,
            sessions,
            identity_provider,
            notices,
            trusted_proxies,
            limits,
            access_log_months,
            rates,
            lanes,
            workers,
            retention,
            apps,
            shutdown,
            log,
        } = self.0;
        writeln!(f, "listen = {listen}\nmetrics_listen = {metrics_listen:?}")?;
        write_place(public_url, data_dir, f)?;
        write_database(database.as_ref(), f)?;
        writeln!(f, "field_keys = {field_keys:?}")?;
        write_storage(storage, f)?;
        files.write(f)?;
        writeln!(f, "demo = {demo}\nreveal_codes = {reveal_codes}")?;
        writeln!(
            f,
            "second_factor = {second_factor}\ncode_format = {code_format}"
        )?;
        write_sessions(sessions, f)?;
        write_provider(identity_provider.as_ref(), f)?;
        notices.write(f)?;
        writeln!(f, "trusted_proxies = {trusted_proxies:?}")?;
        write_limits(limits, *access_log_months, f)?;
        write_rates(rates, f)?;
        write_lanes(lanes, f)?;
        writeln!(f, "workers = {workers:?}")?;
        write_retention(retention, f)?;
        write_apps(apps, f)?;
        write_shutdown(shutdown, f)?;
        write!(f, "log = {log}")
    }
}

fn write_place(public_url: &str, data_dir: &Path, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    writeln!(f, "public_url = {public_url}")?;
    writeln!(f, "data_dir = {}", data_dir.display())
}

fn write_limits(
    limits: &Limits,
    access_log_months: KeptMonths,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let Limits { json_body, file } = limits;
    writeln!(f, "limits.json_body = {json_body}\nlimits.file = {file}")?;
    writeln!(f, "access_log_months = {}", access_log_months.get())
}

fn write_database(url: Option<&SecretString>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let database = url.map(|url| without_password(url.expose_secret()));
    let database = database.as_deref().unwrap_or("<data_dir>/motcua.db");
    writeln!(f, "database = {database}")
}

fn write_provider(provider: Option<&IdentityProvider>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match provider {
        Some(provider) => provider.write(f),
        None => writeln!(f, "identity_provider = none"),
    }
}

fn write_retention(retention: &Retention, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Retention {
        drafts_days,
        most_per_night,
    } = retention;
    writeln!(f, "retention.drafts_days = {drafts_days}")?;
    writeln!(f, "retention.most_per_night = {most_per_night}")
}

fn write_apps(apps: &Apps, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Apps {
        android_min_version,
        ios_min_version,
        features,
    } = apps;
    writeln!(
        f,
        "apps.android_min_version = {}",
        android_min_version.as_str()
    )?;
    writeln!(f, "apps.ios_min_version = {}", ios_min_version.as_str())?;
    writeln!(f, "apps.features = {}", features.names().join(","))
}

fn write_shutdown(shutdown: &Shutdown, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Shutdown {
        announce_seconds,
        drain_seconds,
    } = shutdown;
    writeln!(f, "shutdown.announce_seconds = {announce_seconds}")?;
    writeln!(f, "shutdown.drain_seconds = {drain_seconds}")
}

fn write_storage(storage: &Storage, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match storage {
        Storage::Local { dir } => writeln!(f, "storage = local {dir:?}"),
        Storage::S3 {
            bucket,
            region,
            endpoint,
            access_key_id: _,
            secret_access_key: _,
            allow_http,
        } => {
            writeln!(
                f,
                "storage = s3 {bucket} {region} {endpoint:?} allow_http={allow_http} keys={HIDDEN}"
            )
        }
    }
}

fn write_rates(rates: &Rates, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Rates {
        read,
        write,
        upload,
        sign_in,
        network_times,
    } = rates;
    writeln!(f, "rates.read = {read}\nrates.write = {write}")?;
    writeln!(f, "rates.upload = {upload}\nrates.sign_in = {sign_in}")?;
    writeln!(f, "rates.network_times = {network_times}")
}

fn write_lanes(lanes: &Lanes, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Lanes {
        sqlite_readers,
        writer_batch_max,
        postgres_readers,
        postgres_writers,
        report_lanes,
        queue,
    } = lanes;
    writeln!(f, "lanes.sqlite_readers = {sqlite_readers}")?;
    writeln!(f, "lanes.writer_batch_max = {writer_batch_max}")?;
    writeln!(f, "lanes.postgres_readers = {postgres_readers}")?;
    writeln!(f, "lanes.postgres_writers = {postgres_writers}")?;
    writeln!(f, "lanes.report_lanes = {report_lanes}")?;
    writeln!(f, "lanes.queue = {queue}")
}

fn write_sessions(sessions: &Sessions, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Sessions {
        access_token_seconds,
        citizen_session_seconds,
        officer_session_seconds,
        refresh_grace_seconds,
        one_time_code_seconds,
        one_time_code_tries,
        one_time_code_pause_seconds,
        step_up_seconds,
        password_checks,
        password_queue,
    } = sessions;
    writeln!(f, "sessions.access_token_seconds = {access_token_seconds}")?;
    writeln!(
        f,
        "sessions.citizen_session_seconds = {citizen_session_seconds}\nsessions.officer_session_seconds = {officer_session_seconds}"
    )?;
    writeln!(
        f,
        "sessions.refresh_grace_seconds = {refresh_grace_seconds}"
    )?;
    writeln!(
        f,
        "sessions.one_time_code_seconds = {one_time_code_seconds}"
    )?;
    writeln!(f, "sessions.one_time_code_tries = {one_time_code_tries}")?;
    writeln!(
        f,
        "sessions.one_time_code_pause_seconds = {one_time_code_pause_seconds}"
    )?;
    writeln!(f, "sessions.step_up_seconds = {step_up_seconds}")?;
    writeln!(f, "sessions.password_checks = {password_checks}")?;
    writeln!(f, "sessions.password_queue = {password_queue}")
}

/// A database URL with its user part and its parameters hidden; a path stays as it is.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
    let place = place.split_once('?').map_or(place, |(place, _)| place);
    format!("{scheme}://{HIDDEN}@{place}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_is_printed() {
        let config = Config {
            database: Some("postgres://app:p@ss-canary@db:5432/motcua?password=canary".into()),
            storage: Storage::S3 {
                bucket: "papers".to_owned(),
                region: "hn".to_owned(),
                endpoint: None,
                access_key_id: "id-canary".to_owned(),
                secret_access_key: "key-canary".into(),
                allow_http: false,
            },
            identity_provider: serde_json::from_value(serde_json::json!({
                "issuer": "https://id.example", "client_id": "motcua", "client_secret": "canary",
                "redirect_uris": ["vn.angiang.motcua:/login"]
            }))
            .ok(),
            ..Config::default()
        };
        assert!(config.identity_provider.is_some());
        for printed in [
            Redacted(&config).to_string(),
            format!("{:?}", config.database),
        ] {
            assert!(!printed.contains("canary"), "{printed}");
        }
        assert!(Redacted(&config).to_string().contains("@db:5432/motcua"));
    }
}
