//! Everything that is held about a person, as they are shown it.

use domain::{
    actor::Actor,
    exports::{MOST_BYTES, MOST_FILES},
    ids::{DossierId, FileId, PersonId},
    mandates::Act,
    papers::File,
};
use persistence::{
    Tx, data_requests,
    dossiers::{self, Held},
    page::Limit,
};
use serde::Serialize;
use serde_json::{Value, json};

use super::{held, packing::LeftOut};
use crate::{
    api_code::ApiCode,
    call::Call,
    consents::{own_wire::OwnConsent, use_cases::list_consents, withdrawing::all_my_consents},
    data_requests::wire::DataRequestView,
    dossiers::{render::show_dossier, timeline::show_timeline},
    extract::{Citizen, Language},
    failure::Failure,
    notices::{use_cases::list_my_notices, wire::NoticeView},
    papers::{content::extension, serving::find_file},
    payments::use_cases::list_payments,
    people::{use_cases::get_me, wire::Me},
    results::listing::list_results,
};

/// What goes into an archive.
#[derive(Debug, Default)]
pub struct Gathered {
    /// JSON, by the names of their entries.
    pub texts: Vec<(String, Vec<u8>)>,
    /// Files, by the names of their entries.
    pub files: Vec<(String, File)>,
    /// Files that would make it too large.
    pub left_out: Vec<LeftOut>,
    bytes: u64,
}

impl Gathered {
    fn put(&mut self, name: &str, what: &impl Serialize) -> Result<(), Failure> {
        let text = serde_json::to_vec_pretty(what).map_err(Failure::internal)?;
        self.texts.push((name.to_owned(), text));
        Ok(())
    }

    /// Dossiers with everything about them, and their files.
    fn dossiers(
        &mut self,
        tx: &mut Tx,
        call: &Call,
        (language, folder): (Language, &str),
        held: &[Held],
    ) -> Result<(), Failure> {
        for Held { id, .. } in held {
            let whole = whole(tx, call, (language, *id))?;
            self.put(&format!("{folder}/{id}.json"), &whole)?;
            for file in files_of(&whole) {
                match find_file(tx, call, file) {
                    Ok(file) => self.put_file(*id, file),
                    Err(failure) if failure.code() == ApiCode::FileHeldBack.as_str() => {
                        self.left_out.push(LeftOut {
                            address: format!("/v1/files/{file}"),
                            size: 0,
                        });
                    }
                    Err(failure) => return Err(failure),
                }
            }
        }
        Ok(())
    }

    fn put_file(&mut self, folder: DossierId, file: File) {
        let size = u64::try_from(file.size).unwrap_or(u64::MAX);
        let whole = self.bytes.saturating_add(size);
        if self.files.len() >= MOST_FILES || whole > MOST_BYTES {
            self.left_out.push(LeftOut {
                address: format!("/v1/files/{}", file.id),
                size: file.size,
            });
            return;
        }
        self.bytes = whole;
        let name = format!("files/{folder}/{}.{}", file.id, extension(file.kind));
        self.files.push((name, file));
    }
}

/// Gathers it in one consistent look: the account, how it was proved and where it is signed in, what was
/// agreed to, asked for and mandated, who read what, and every dossier with its events, fees, payments,
/// consents, papers and results; of wards and organisations those that a mandate of now opens. As the
/// person is shown it, so nothing that is not theirs to see yet.
///
/// # Errors
/// `unauthenticated` when the account is gone.
pub fn gather(tx: &mut Tx, call: &Call, person: PersonId) -> Result<Gathered, Failure> {
    let call = Call {
        actor: Actor::Citizen { person },
        ..call.clone()
    };
    let mut gathered = Gathered::default();
    let me = get_me(tx, Citizen { person })?;
    let language = match me.language.as_str() {
        "en" => Language::En,
        _ => Language::Vi,
    };
    gathered.put("account.json", &Me::from(me))?;
    let consents = all_my_consents(tx, &call)?;
    let consents: Vec<_> = consents
        .iter()
        .map(|it| OwnConsent::of(it, language))
        .collect();
    gathered.put("consents.json", &consents)?;
    let requests = data_requests::of_person(tx, person)?.into_iter();
    let requests: Vec<_> = requests
        .map(|it| DataRequestView::shown(&call, it, language))
        .collect();
    gathered.put("data_requests.json", &requests)?;
    gathered.put("notices.json", &all_notices(tx, &call, language)?)?;
    gathered.put("mandates.json", &held::mandates(tx, &call)?)?;
    gathered.put("access_log.json", &held::reads(tx, &call, language)?)?;
    let proofs = held::identity_proofs(tx, &call, (person, language))?;
    gathered.put("identity_proofs.json", &proofs)?;
    gathered.put("sessions.json", &held::sessions(tx, &call.actor)?)?;
    let own = dossiers::of_person(tx, person)?;
    gathered.dossiers(tx, &call, (language, "dossiers"), &own)?;
    let represented = dossiers::represented_by(tx, call.reach(person, Act::Read))?;
    gathered.dossiers(tx, &call, (language, "represented"), &represented)?;
    Ok(gathered)
}

/// Every notice there is, newest first.
fn all_notices(tx: &mut Tx, call: &Call, language: Language) -> Result<Vec<NoticeView>, Failure> {
    let (mut shown, mut after) = (Vec::new(), None);
    let most = Limit::new(Limit::MAX).unwrap_or_default();
    loop {
        let inbox = list_my_notices(tx, call, false, (after, most))?;
        let notices = inbox.page.items.into_iter();
        let place = (call.posted.as_ref(), language);
        shown.extend(notices.map(|it| NoticeView::of(it, &inbox.deliveries, place)));
        after = inbox.page.next;
        if after.is_none() {
            return Ok(shown);
        }
    }
}

/// One dossier with everything about it.
fn whole(
    tx: &mut Tx,
    call: &Call,
    (language, id): (Language, DossierId),
) -> Result<Value, Failure> {
    Ok(json!({
        "dossier": show_dossier(tx, call, language, id)?,
        "timeline": show_timeline(tx, call, language, id)?,
        "payments": list_payments(tx, call, language, id)?,
        "consents": list_consents(tx, call, id)?,
        "results": list_results(tx, call, id)?,
    }))
}

/// The files the shown dossier names: papers, and results that were handed over.
fn files_of(whole: &Value) -> Vec<FileId> {
    let mut found: Vec<FileId> = Vec::new();
    for list in ["/dossier/papers", "/dossier/results"] {
        let items = whole.pointer(list).and_then(Value::as_array);
        for item in items.into_iter().flatten() {
            let id = item.get("file_id").and_then(Value::as_str);
            let id = id.and_then(|id| id.parse().ok());
            found.extend(id.filter(|id| !found.contains(id)));
        }
    }
    found
}
