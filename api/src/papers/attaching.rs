//! A paper into its place and out of it: checked before its bytes are read, and again at the commit.

use domain::{
    actor::Actor,
    disclosures::AccessAction,
    dossiers::{Case, Dossier, decide},
    papers::{CopyKind, File, Origin, Paper},
    procedures::PaperRequirement,
    rejection::Code,
};
use persistence::{StoreError, Tx, inspections, papers};

use super::{
    handing::{self, Handing},
    upload::Allowed,
};
use crate::{
    api_code::ApiCode,
    app::App,
    call::{Asking, Call},
    dossiers::{
        answer::DossierAnswer,
        beats::{self, Target},
    },
    extract::Language,
    failure::Failure,
};

/// The place of a paper in a dossier.
#[derive(Debug, Clone)]
pub struct Place {
    /// The dossier, at the version its author last saw.
    pub target: Target,
    /// Which paper of the procedure's list.
    pub key: String,
}

/// What was handed in, and how it came into the system.
#[derive(Debug, Clone, Copy)]
pub struct Handed {
    /// Original, copy or born digital.
    pub copy_kind: CopyKind,
    /// Uploaded, or scanned at the counter.
    pub origin: Origin,
}

/// What the place takes, if the actor may put a paper there now: asked before the bytes are read,
/// so that nobody uploads in vain.
///
/// # Errors
/// `not-found` also for a key the procedure does not list; those of [`beats::change`].
pub fn check_place(tx: &mut Tx, call: &Call, place: &Place) -> Result<Allowed, Failure> {
    let Place { target, key } = place;
    let dossier = persistence::dossiers::find(tx, target.id, &call.reading(AccessAction::Work)?)?;
    if dossier.version != target.version {
        return Err(StoreError::Stale {
            current_version: dossier.version,
        }
        .into());
    }
    let case = beats::case_of(tx, call, dossier)?;
    let listed = requirement(call, &case.dossier, key)?;
    decide::attach_paper(&case, &call.actor, key)?;
    Ok(Allowed {
        kinds: if listed.is_uploaded() {
            listed.accepts.clone()
        } else {
            Vec::new()
        },
        max_bytes: usize::try_from(listed.max_bytes).map_err(Failure::internal)?,
    })
}

fn requirement<'a>(
    call: &'a Call,
    dossier: &Dossier,
    key: &str,
) -> Result<&'a PaperRequirement, Failure> {
    let procedure = beats::law_of(call, dossier)?;
    procedure.paper(key).ok_or_else(|| Code::NotFound.into())
}

/// Puts a stored file into its place; a paper that was there is superseded.
///
/// # Errors
/// Those of [`beats::change`].
pub fn attach_paper(
    tx: &mut Tx,
    call: &Call,
    place: &Place,
    handed: Handed,
    (file, most): (&File, u64),
) -> Result<Dossier, Failure> {
    let Place { target, key } = place;
    let Handed { copy_kind, origin } = handed;
    beats::change(tx, call, *target, |tx, case| {
        requirement(call, &case.dossier, key)?;
        let decision = decide::attach_paper(case, &call.actor, key)?;
        fits(tx, case, (key.as_str(), file), most)?;
        let paper = Paper {
            id: call.id(),
            dossier: case.dossier.id,
            key: key.clone(),
            file: file.clone(),
            copy_kind,
            origin,
            attached_at: decision.dossier.updated_at,
            scan: inspections::state(tx, &file.sha256)?,
            has_preview: false,
        };
        papers::attach(tx, case.dossier.filed_with, &paper)?;
        Ok(decision)
    })
}

/// Nothing if the dossier's papers, with this one in its place, have at most so many bytes.
fn fits(tx: &mut Tx, case: &Case, (key, file): (&str, &File), most: u64) -> Result<(), Failure> {
    let papers = papers::of_dossier(tx, case.dossier.id)?;
    let others = papers.iter().filter(|paper| paper.key != key);
    let held: i64 = others.map(|paper| paper.file.size).sum();
    if u64::try_from(held.saturating_add(file.size)).map_err(Failure::internal)? > most {
        return Err(ApiCode::UploadQuotaReached.into());
    }
    Ok(())
}

/// Removes a paper from a draft.
///
/// # Errors
/// `not-found` when there is none; `state-forbids` once the dossier is filed.
pub fn remove_paper(tx: &mut Tx, call: &Call, place: &Place) -> Result<Dossier, Failure> {
    let Place { target, key } = place;
    beats::change(tx, call, *target, |tx, case: &Case| {
        let decision = decide::remove_paper(case, &call.actor, key)?;
        let removed = papers::delete_from_draft(tx, case.dossier.id, key, call.now)?;
        removed
            .then_some(decision)
            .ok_or_else(|| Code::NotFound.into())
    })
}

impl App {
    /// Takes a paper in: the place is checked, the bytes are read, looked into and stored, and then the row
    /// commits with the dossier's next version and its event.
    ///
    /// # Errors
    /// `file-too-large`, `file-type-refused`, `digest-mismatch`, `file-active-content`, `file-unreadable`,
    /// `picture-too-large`; those of [`handing::own_file`] and of [`beats::change`].
    pub async fn take_paper(
        &self,
        asking: impl Into<Asking>,
        language: Language,
        (place, handed): (Place, Handed),
        handing: Handing,
    ) -> Result<DossierAnswer, Failure> {
        let (asking, wanted): (Asking, _) = (asking.into(), place.clone());
        let check = move |tx: &mut Tx, call: &Call| check_place(tx, call, &wanted);
        let mut allowed = self.look(asking, check).await?;
        allowed.max_bytes = allowed.max_bytes.min(self.config.limits.file);
        let most = self.config.files.dossier_bytes;
        let body = match handing {
            Handing::Bytes(body) => body,
            Handing::Here(source) => {
                if let Actor::Citizen { person } = asking.actor {
                    self.finished(person, source).await?;
                }
                let attach = move |tx: &mut Tx, call: &Call| {
                    let found = handing::own_file(tx, call, (source, &allowed))?;
                    // A row of its own: it stays when the one it was taken from goes.
                    let file = File {
                        id: call.id(),
                        stored_at: call.now,
                        ..found
                    };
                    attach_paper(tx, call, &place, handed, (&file, most))
                };
                return self.change(asking, language, attach).await;
            }
        };
        let arrived = body.receive(&allowed).await?.looked_into(self).await?;
        arrived.store(self).await?;
        let has_scanner = self.config.files.scanner.is_some();
        let attach = move |tx: &mut Tx, call: &Call| {
            inspections::note(tx, &arrived.inspection(has_scanner, call.now))?;
            let file = arrived.file(call.id(), call.now);
            attach_paper(tx, call, &place, handed, (&file, most))
        };
        self.change(asking, language, attach).await
    }
}
