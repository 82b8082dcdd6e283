//! Letting somebody stand in, seeing who does, and ending it.

use chrono::{Duration, NaiveDate};
use domain::{
    actor::{Actor, Role, Roles, Sight},
    ids::{DeputyId, OfficerId},
    officers::{Deputy, Revocation, administration, deputy},
    rejection::{Code, Fault, Rejection},
    sessions::Sensitive,
    text::has_hidden_characters,
};
use persistence::{
    StoreError, Tx,
    deputies::{self, Key, Whose},
    officers::{self, Officer, grants},
    page::{Limit, Page},
};
use serde_json::json;

use crate::{
    call::Call,
    failure::Failure,
    office::intake::own_agency,
    officers::{accounts::account, trace::trace},
};

/// The longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// Who is to stand in for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Who is stood in for; left out: whoever asks.
    pub deputised: Option<OfficerId>,
    /// Who stands in.
    pub deputy: OfficerId,
    /// With which role.
    pub role: Role,
    /// The first day.
    pub from: NaiveDate,
    /// The last day, which still counts.
    pub until: NaiveDate,
    /// Why.
    pub reason: String,
}

/// Those the officer is part of; for whoever looks after the agency's officers, all of that agency.
///
/// # Errors
/// As the store reports them.
pub fn list_deputies(
    tx: &mut Tx,
    call: &Call,
    after: Option<Key>,
    limit: Limit,
) -> Result<Page<Deputy, Key>, Failure> {
    let agency = own_agency(call)?;
    let whose = match administration::may_look_after(&call.actor, agency) {
        Ok(()) => Whose::Agency(agency),
        Err(_) => Whose::Officer(call.officer()?),
    };
    Ok(deputies::list(tx, whose, after, limit)?)
}

/// Lets an officer stand in for another one. It takes effect at once and needs no second person: the
/// role stays in the agency, ends by itself, and is never more than the other one holds.
///
/// # Errors
/// `unauthenticated`; `step-up-required`; `role-forbids`, also for whoever stands in themself;
/// `not-to-oneself`; `invalid-content`, with `unknown-reference` for an officer who is not there, not in
/// use, or of another agency.
pub fn make_deputy(tx: &mut Tx, call: &Call, wish: &Wish) -> Result<Deputy, Failure> {
    call.account_stands(tx)?;
    call.freshly_proved(tx, Sensitive::MakeDeputy)?;
    if call.deputy.is_some() {
        return Err(Code::RoleForbids.into());
    }
    Rejection::of_faults(faults_of(call, wish))?;
    let asking = call.officer()?;
    let deputised = present(tx, wish.deputised.unwrap_or(asking), "/deputised_id")?;
    let deputy = present(tx, wish.deputy, "/deputy_id")?;
    if deputised.agency != deputy.agency {
        Rejection::of_faults(vec![Fault::new("/deputy_id", Code::UnknownReference)])?;
    }
    let held = grants::of_officer(tx, deputised.id)?;
    let (of, by) = (account(&deputised), account(&deputy));
    deputy::may_make(&call.actor, (of, &held), by, wish.role, call.now)?;
    let made = Deputy {
        id: call.id(),
        agency: deputised.agency,
        officer: deputised.id,
        deputy: deputy.id,
        role: wish.role,
        from: wish.from,
        until: wish.until,
        reason: wish.reason.clone(),
        made_by: asking,
        made_at: call.now,
        ended: None,
    };
    deputies::insert(tx, &made)?;
    let payload = json!({
        "deputising_id": made.id, "officer_id": made.officer, "deputy_id": made.deputy,
        "role": made.role, "from": made.from, "until": made.until,
    });
    trace(tx, call, "deputy_made", (made.agency, 1), &payload)?;
    Ok(made)
}

/// An officer in use.
fn present(tx: &mut Tx, id: OfficerId, pointer: &str) -> Result<Officer, Failure> {
    match officers::find(tx, id, Sight::Province) {
        Ok(officer) if officer.active => Ok(officer),
        Ok(_) | Err(StoreError::Absent) => Err(Rejection {
            code: Code::InvalidContent,
            faults: vec![Fault::new(pointer, Code::UnknownReference)],
        }
        .into()),
        Err(error) => Err(error.into()),
    }
}

fn faults_of(call: &Call, wish: &Wish) -> Vec<Fault> {
    let mut faults = Vec::new();
    // Nobody stood in before somebody said so.
    if wish.from < call.now.date() {
        faults.push(Fault::new("/from", Code::OutOfRange));
    }
    let longest = Duration::days(deputy::LONGEST_DAYS);
    let too_long = wish.until.signed_duration_since(wish.from) >= longest;
    if wish.until < wish.from || too_long {
        faults.push(Fault::new("/until", Code::OutOfRange));
    }
    let reason = if wish.reason.trim().is_empty() {
        Some(Code::Required)
    } else if wish.reason.chars().count() > LONGEST_REASON {
        Some(Code::TooLong)
    } else if has_hidden_characters(&wish.reason) {
        Some(Code::HiddenCharacters)
    } else {
        None
    };
    faults.extend(reason.map(|code| Fault::new("/reason", code)));
    faults
}

/// Ends it, from this instant on: by either of the two, or whoever looks after them.
///
/// # Errors
/// `unauthenticated`; `role-forbids` for whoever is neither and administers nothing, `not-found` for an
/// administrator of another agency; `deputy-ended`.
pub fn end_deputy(tx: &mut Tx, call: &Call, id: DeputyId) -> Result<Deputy, Failure> {
    let administers = administration::may_look_after(&call.actor, own_agency(call)?);
    let officer = call.officer()?;
    let found = deputies::find(tx, id)?;
    let own = found.is_some_and(|found| found.officer == officer || found.deputy == officer);
    if !own {
        administers?;
    }
    call.account_stands(tx)?;
    let found = deputies::lock(tx, id)?;
    if !found.may_end(&call.actor) {
        return Err(Code::NotFound.into());
    }
    let over = found.ended.is_some() || found.until < call.now.date();
    if over {
        return Err(Code::DeputyEnded.into());
    }
    let ended = Revocation {
        at: call.now,
        by: Some(officer),
    };
    deputies::end(tx, id, ended)?;
    let payload = json!({
        "deputising_id": id, "officer_id": found.officer, "deputy_id": found.deputy, "role": found.role,
    });
    trace(tx, call, "deputy_ended", (found.agency, 2), &payload)?;
    Ok(Deputy {
        ended: Some(ended),
        ..found
    })
}

/// Whom the officer would act as, standing in by this deputising now. A look: each transaction asks
/// again.
///
/// # Errors
/// `unauthenticated`; `role-forbids` with a token for standing in itself; `not-found` for anybody but the
/// one who stands in; `deputy-ended` when it does not
/// hold today, or the other one does not hold the role now.
pub fn act_as_deputy(tx: &mut Tx, call: &Call, id: DeputyId) -> Result<(Deputy, Actor), Failure> {
    let officer = call.officer()?;
    // Else a token for standing in would be renewed by itself, past the session's end.
    if call.deputy.is_some() {
        return Err(Code::RoleForbids.into());
    }
    let found = deputies::find(tx, id)?.filter(|found| found.deputy == officer);
    let found = found.ok_or(Code::NotFound)?;
    let held = grants::of_active(tx, found.officer, found.agency)?;
    if !found.acts(&held, call.now) {
        return Err(Code::DeputyEnded.into());
    }
    let actor = Actor::Officer {
        officer,
        agency: found.agency,
        roles: Roles::of(&[found.role]),
    };
    Ok((found, actor))
}
