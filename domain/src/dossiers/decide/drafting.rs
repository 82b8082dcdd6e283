//! Writing a draft: create, change, attach, discard.

use super::{Decision, decided, moved};
use crate::{
    actor::Actor,
    dossiers::{Case, Command, Dossier, EventKind, event::Note, filing::Contents},
    rejection::Rejection,
};

/// A new draft; it is version 1 of the dossier.
pub fn draft(dossier: Dossier) -> Decision {
    decided(dossier, EventKind::Drafted, Note::default())
}

/// The draft with new contents.
pub fn edit(case: &Case, actor: &Actor, contents: Contents) -> Result<Decision, Rejection> {
    let mut next = moved(case, Command::Edit, actor)?;
    contents.fill(&mut next);
    Ok(decided(next, EventKind::Edited, Note::default()))
}

/// The draft, thrown away. The row goes; the event says that it was there.
pub fn discard(case: &Case, actor: &Actor) -> Result<Decision, Rejection> {
    Ok(decided(
        moved(case, Command::Discard, actor)?,
        EventKind::Discarded,
        Note::default(),
    ))
}

/// A paper more, or a better one in its place.
pub fn attach_paper(case: &Case, actor: &Actor, key: &str) -> Result<Decision, Rejection> {
    Ok(decided(
        moved(case, Command::AttachPaper, actor)?,
        EventKind::PaperAttached,
        of_paper(key),
    ))
}

/// A paper less; only a draft can lose one.
pub fn remove_paper(case: &Case, actor: &Actor, key: &str) -> Result<Decision, Rejection> {
    Ok(decided(
        moved(case, Command::RemovePaper, actor)?,
        EventKind::PaperRemoved,
        of_paper(key),
    ))
}

fn of_paper(key: &str) -> Note {
    Note {
        papers: vec![key.to_owned()],
        ..Note::default()
    }
}
