//! What an export holds beside the dossiers: mandates, reads by officers, proofs of identity, sessions.

use domain::{
    actor::Actor,
    identities::{IdentityDocument, ProofMethod},
    ids::{AgencyId, PersonId, SessionId},
    personal::Personal,
    sessions::{Account, EndReason},
    time::Time,
};
use persistence::{
    Tx,
    identities::{self, Counter, Evidence},
    page::{Limit, Page},
    sessions,
};
use serde::Serialize;

use crate::{
    call::Call,
    disclosures::{
        use_cases::list_my_access_log,
        wire::{AccessEntry, agency_name},
    },
    dossiers::render::picked,
    extract::Language,
    failure::Failure,
    mandates::{
        use_cases::list_mandates,
        view::{MandateView, view},
    },
};

/// Every row of a list, page by page.
fn whole<T, K: Copy>(
    mut page: impl FnMut(Option<K>, Limit) -> Result<Page<T, K>, Failure>,
) -> Result<Vec<T>, Failure> {
    let limit = Limit::new(Limit::MAX).unwrap_or_default();
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let Page { items, next } = page(after, limit)?;
        all.extend(items);
        match next {
            Some(_) => after = next,
            None => return Ok(all),
        }
    }
}

/// What the citizen has given and holds, ended ones too.
///
/// # Errors
/// As the store reports them.
pub(super) fn mandates(tx: &mut Tx, call: &Call) -> Result<Vec<MandateView>, Failure> {
    let all = whole(|after, limit| list_mandates(tx, call, None, (after, limit)))?;
    all.into_iter().map(|it| view(tx, call, it)).collect()
}

/// Who read what is theirs.
///
/// # Errors
/// As the store reports them.
pub(super) fn reads(
    tx: &mut Tx,
    call: &Call,
    language: Language,
) -> Result<Vec<AccessEntry>, Failure> {
    let all = whole(|after, limit| list_my_access_log(tx, call, after, limit))?;
    let shown = all.into_iter();
    Ok(shown
        .map(|line| AccessEntry::of(line, &call.posted, language))
        .collect())
}

/// How an identity was proved. The officer is an agency's, as in the access log.
#[derive(Debug, Serialize)]
pub(super) struct ProofHeld {
    method: ProofMethod,
    /// The identity provider.
    issuer: Option<String>,
    /// The agency at whose counter card and person were seen.
    agency_id: Option<AgencyId>,
    agency_name: Option<String>,
    document: Option<IdentityDocument>,
    document_last_digits: Option<String>,
    proved_at: Time,
}

/// How the identity was proved: by whom, when, with which document.
///
/// # Errors
/// As the store reports them.
pub(super) fn identity_proofs(
    tx: &mut Tx,
    call: &Call,
    (person, language): (PersonId, Language),
) -> Result<Vec<ProofHeld>, Failure> {
    let found = identities::of_person(tx, person)?.into_iter();
    let held = found.map(|proof| {
        let bare = ProofHeld {
            method: proof.evidence.method(),
            issuer: None,
            agency_id: None,
            agency_name: None,
            document: None,
            document_last_digits: None,
            proved_at: proof.at,
        };
        match proof.evidence {
            Evidence::Provider(issuer) => ProofHeld {
                issuer: Some(issuer),
                ..bare
            },
            Evidence::Counter(Counter {
                officer: _,
                agency,
                document,
                digits,
            }) => {
                let name = agency_name(&call.posted, agency, proof.at.date());
                ProofHeld {
                    agency_id: Some(agency),
                    agency_name: Some(picked(language, &name)),
                    document: Some(document),
                    document_last_digits: Some(digits.into_revealed()),
                    ..bare
                }
            }
        }
    });
    Ok(held.collect())
}

/// A device that is or was signed in.
#[derive(Debug, Serialize)]
pub(super) struct SessionHeld {
    session_id: SessionId,
    device_label: Option<String>,
    network: String,
    created_at: Time,
    last_used_at: Time,
    expires_at: Time,
    ended_at: Option<Time>,
    end_reason: Option<&'static str>,
}

/// Where the account is and was signed in, as long as that is kept.
///
/// # Errors
/// As the store reports them.
pub(super) fn sessions(tx: &mut Tx, actor: &Actor) -> Result<Vec<SessionHeld>, Failure> {
    let Some(account) = Account::of(actor) else {
        return Ok(Vec::new());
    };
    let kept = sessions::kept(tx, account)?.into_iter();
    let held = kept.map(|session| {
        let (ended_at, end_reason) = session.ended.unzip();
        SessionHeld {
            session_id: session.id,
            device_label: session.device_label.map(Personal::into_revealed),
            network: session.network.into_revealed(),
            created_at: session.created_at,
            last_used_at: session.last_used_at,
            expires_at: session.expires_at,
            ended_at,
            end_reason: end_reason.map(EndReason::as_str),
        }
    });
    Ok(held.collect())
}
