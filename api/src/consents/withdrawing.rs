//! Taking consents back, with what that stops.

use domain::{
    actor::Actor,
    consents::{Consent, Withdrawal, WithdrawalEffect, withdraw},
    ids::{ConsentId, PersonId},
    rejection::Code,
};
use persistence::{
    Json, Tx,
    consents::withdrawals,
    disclosures::Reading,
    dossiers,
    events::{self, NewEvent},
};
use serde_json::json;

use crate::{
    call::Call,
    dossiers::{beats::Target, leaving},
    failure::Failure,
};

/// How many consents are shown at once.
const SHOWN: i64 = 100;

/// However many consents somebody gave.
const ALL: i64 = i64::MAX;

/// A consent with where it stands: taken back, or what taking it back would do now.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The consent.
    pub consent: Consent,
    /// Its withdrawal.
    pub withdrawal: Option<Withdrawal>,
    /// What was stopped, or would be.
    pub effect: WithdrawalEffect,
}

fn person(call: &Call) -> Result<PersonId, Failure> {
    match call.actor {
        Actor::Citizen { person } => Ok(person),
        Actor::Officer { .. } | Actor::System => Err(Code::RoleForbids.into()),
    }
}

/// The newest that the citizen agreed to.
///
/// # Errors
/// As the store reports them.
pub fn list_my_consents(tx: &mut Tx, call: &Call) -> Result<Vec<Standing>, Failure> {
    newest(tx, call, SHOWN)
}

/// Everything that the citizen ever agreed to, newest first.
///
/// # Errors
/// As the store reports them.
pub fn all_my_consents(tx: &mut Tx, call: &Call) -> Result<Vec<Standing>, Failure> {
    newest(tx, call, ALL)
}

fn newest(tx: &mut Tx, call: &Call, most: i64) -> Result<Vec<Standing>, Failure> {
    let kept = withdrawals::of_person(tx, person(call)?, most)?;
    let standing = kept.into_iter().map(|(consent, withdrawal)| {
        let effect = match (&withdrawal, consent.dossier) {
            (Some(withdrawal), _) => withdrawal.effect,
            (None, None) => WithdrawalEffect::of(None),
            (None, Some(id)) => {
                let dossier = dossiers::find(tx, id, &Reading::Own(person(call)?))?;
                WithdrawalEffect::of(Some(dossier.state))
            }
        };
        Ok(Standing {
            consent,
            withdrawal,
            effect,
        })
    });
    standing.collect()
}

/// Takes one consent back. A dossier that its citizen may still take back is taken back with it, in
/// the same transaction.
///
/// # Errors
/// `unauthenticated` when the account is gone, `not-found`, `consent-withdrawn`.
pub fn withdraw_consent(tx: &mut Tx, call: &Call, id: ConsentId) -> Result<Standing, Failure> {
    call.account_stands(tx)?;
    let consent = withdrawals::consent_of(tx, id, person(call)?)?;
    let dossier = match consent.dossier {
        Some(id) => Some(dossiers::lock(tx, id, &Reading::Own(person(call)?))?),
        None => None,
    };
    let before = withdrawals::of_consent(tx, id)?;
    let withdrawal = withdraw((&consent, before.as_ref()), dossier.as_ref(), call.now)?;
    if let Some(dossier) = dossier.filter(|it| WithdrawalEffect::takes_back(it.state)) {
        let target = Target {
            id: dossier.id,
            version: dossier.version,
        };
        let reason = "Rút lại sự đồng ý cho xử lý dữ liệu cá nhân.";
        leaving::withdraw_dossier(tx, call, target, Some(reason))?;
    }
    withdrawals::append(tx, &withdrawal)?;
    let payload = json!({
        "consent_id": id, "purpose": consent.purpose, "effect": withdrawal.effect,
        "dossier_id": consent.dossier,
    });
    let event = NewEvent {
        id: call.id(),
        dossier: None,
        agency: None,
        person: Some(withdrawal.person),
        version: 2,
        kind: "consent_withdrawn",
        actor: &call.actor,
        at: call.now,
        state: None,
        due_at: None,
        channel: None,
        payload: Json::of(&payload)?,
    };
    events::append(tx, event)?;
    Ok(Standing {
        effect: withdrawal.effect,
        withdrawal: Some(withdrawal),
        consent,
    })
}

/// Takes back every consent that still stands.
///
/// # Errors
/// Those of [`withdraw_consent`].
pub(crate) fn withdraw_all(tx: &mut Tx, call: &Call) -> Result<(), Failure> {
    let kept = withdrawals::of_person(tx, person(call)?, ALL)?;
    for (consent, before) in kept {
        if before.is_none() {
            withdraw_consent(tx, call, consent.id)?;
        }
    }
    Ok(())
}
