//! The demonstration set: officers of two communes and the province, two citizens, and dossiers in
//! several states, made by the same use cases as everybody's.

mod cast;
mod dossiers;
#[cfg(test)]
mod tests;
mod welcome;

use domain::{actor::Actor, personal::Personal};
use persistence::{Tx, officers};
use secrecy::SecretString;

use self::cast::{CITIZENS, OFFICERS};
pub use self::welcome::welcome;
use crate::{
    app::App,
    auth::passwords,
    dossiers::secret::tracking_secret,
    failure::Failure,
    officers::hiring::{NewOfficer, hire},
};

/// The password of every demonstration officer.
pub const PASSWORD: &str = "motcua-demo";

/// Puts the demonstration set into a database that has no officers yet; whether it did.
///
/// # Errors
/// As the use cases report them; nothing of the set is kept then.
pub async fn seed(app: &App) -> anyhow::Result<bool> {
    if app.store.read(officers::any).await? {
        return Ok(false);
    }
    // One hash for all of them: hashing is slow on purpose.
    let hash = tokio::task::spawn_blocking(|| passwords::hash(&SecretString::from(PASSWORD)));
    let hash = Personal::new(hash.await??);
    let secrets = (0..dossiers::COUNT)
        .map(|_| tracking_secret())
        .collect::<Result<Vec<_>, _>>()?;
    let call = app.call(Actor::System);
    let play = move |tx: &mut Tx| -> Result<(), Failure> {
        let mut hired = Vec::new();
        for part in &OFFICERS {
            let new = NewOfficer {
                login: part.login.to_owned(),
                full_name: Personal::new(part.name.to_owned()),
                password_hash: hash.clone(),
                agency: part.agency,
            };
            let officer = hire(tx, &call, &new, part.roles())?;
            hired.push((part, officer.id));
        }
        let mut people = Vec::new();
        for citizen in &CITIZENS {
            people.push(citizen.register(tx, &call)?);
        }
        dossiers::file_all(tx, &call, &hired, &people, &secrets)
    };
    app.store.write(play).await?;
    Ok(true)
}
