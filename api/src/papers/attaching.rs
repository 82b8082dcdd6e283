//! A paper into its place and out of it: checked before its bytes are read, and again at the commit.

use domain::{
    disclosures::AccessAction,
    dossiers::{Case, Dossier, decide},
    papers::{CopyKind, File, Origin, Paper},
    procedures::PaperRequirement,
    rejection::Code,
};
use persistence::{StoreError, Tx, papers};

use super::upload::{Allowed, RawBody};
use crate::{
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
    file: &File,
) -> Result<Dossier, Failure> {
    let Place { target, key } = place;
    let Handed { copy_kind, origin } = handed;
    beats::change(tx, call, *target, |tx, case| {
        requirement(call, &case.dossier, key)?;
        let decision = decide::attach_paper(case, &call.actor, key)?;
        let paper = Paper {
            id: call.id(),
            dossier: case.dossier.id,
            key: key.clone(),
            file: file.clone(),
            copy_kind,
            origin,
            attached_at: decision.dossier.updated_at,
        };
        papers::attach(tx, case.dossier.filed_with, &paper)?;
        Ok(decision)
    })
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
    /// Takes a paper in: the place is checked, the bytes are read and stored, and then the row
    /// commits with the dossier's next version and its event.
    ///
    /// # Errors
    /// `file-too-large`, `file-type-refused`, `digest-mismatch`; those of [`beats::change`].
    pub async fn take_paper(
        &self,
        asking: impl Into<Asking>,
        language: Language,
        (place, handed): (Place, Handed),
        body: RawBody,
    ) -> Result<DossierAnswer, Failure> {
        let (asking, wanted): (Asking, _) = (asking.into(), place.clone());
        let check = move |tx: &mut Tx, call: &Call| check_place(tx, call, &wanted);
        let mut allowed = self.look(asking, check).await?;
        allowed.max_bytes = allowed.max_bytes.min(self.config.limits.file);
        let upload = body.receive(&allowed).await?;
        upload.store(self).await?;
        let attach = move |tx: &mut Tx, call: &Call| {
            let file = upload.file(call.id(), call.now);
            attach_paper(tx, call, &place, handed, &file)
        };
        self.change(asking, language, attach).await
    }
}
