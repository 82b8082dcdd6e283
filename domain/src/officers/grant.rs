//! Roles are granted at an agency for a time; what holds now follows from the grants alone.

use chrono::NaiveDate;

use crate::{
    actor::{Role, Roles},
    ids::{AgencyId, GrantId, OfficerId},
    rejection::Code,
    time::Time,
};

/// A role given to an officer at an agency (giao vai trò), from a day on, perhaps to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The grant's id.
    pub id: GrantId,
    /// Who holds the role.
    pub officer: OfficerId,
    /// Where.
    pub agency: AgencyId,
    /// The role.
    pub role: Role,
    /// The first day, as clocks in Viet Nam show it.
    pub from: NaiveDate,
    /// The last day, which still counts; none: until it is revoked.
    pub until: Option<NaiveDate>,
    /// Why, as somebody typed it.
    pub reason: String,
    /// Who proposed it; none: the house itself, at the machine or at the set-up.
    pub granted_by: Option<OfficerId>,
    /// Who agreed to it: another person than the one who proposed it.
    pub approved_by: Option<OfficerId>,
    /// When it was made.
    pub granted_at: Time,
    /// When and by whom it was taken back.
    pub revoked: Option<Revocation>,
}

/// That a grant was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revocation {
    /// When: the role does not hold from this instant on.
    pub at: Time,
    /// Who did it; none: the house itself.
    pub by: Option<OfficerId>,
}

impl Grant {
    /// Whether the role holds at this instant.
    pub fn holds_at(&self, now: Time) -> bool {
        let today = now.date();
        self.from <= today
            && self.until.is_none_or(|last| today <= last)
            && self.revoked.is_none_or(|revoked| now < revoked.at)
    }
}

/// The roles that one officer's grants give at the agency at this instant.
pub fn roles_at(grants: &[Grant], agency: AgencyId, now: Time) -> Roles {
    let held = grants
        .iter()
        .filter(|grant| grant.agency == agency && grant.holds_at(now));
    let held: Vec<Role> = held.map(|grant| grant.role).collect();
    Roles::of(&held)
}

/// Where an officer acts after signing in, and the roles that hold there: at the agency asked for;
/// if none was, at their own, or else at the first other one where they hold a role. Without any
/// role at all they are at their own agency and may do nothing there.
///
/// # Errors
/// `role-forbids` when no role holds at the agency asked for.
pub fn place(
    home: AgencyId,
    asked: Option<AgencyId>,
    grants: &[Grant],
    now: Time,
) -> Result<(AgencyId, Roles), Code> {
    let at = |agency| (agency, roles_at(grants, agency, now));
    if let Some(agency) = asked {
        let (agency, roles) = at(agency);
        return if roles.is_empty() && agency != home {
            Err(Code::RoleForbids)
        } else {
            Ok((agency, roles))
        };
    }
    let elsewhere = grants.iter().find(|grant| grant.holds_at(now));
    let own = at(home);
    Ok(match elsewhere {
        Some(other) if own.1.is_empty() => at(other.agency),
        Some(_) | None => own,
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
    use uuid::Uuid;

    use super::*;
    use crate::ids::Id;

    const HOME: AgencyId = Id::from_uuid(Uuid::from_u128(1));
    const OTHER: AgencyId = Id::from_uuid(Uuid::from_u128(2));
    const THIRD: AgencyId = Id::from_uuid(Uuid::from_u128(3));

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(local: &str) -> Time {
        Time::from_local(local.parse().unwrap())
    }

    fn grant(agency: AgencyId, role: Role, from: &str, until: Option<&str>) -> Grant {
        Grant {
            id: Id::from_uuid(Uuid::from_u128(9)),
            officer: Id::from_uuid(Uuid::from_u128(8)),
            agency,
            role,
            from: day(from),
            until: until.map(day),
            reason: "Phân công.".to_owned(),
            granted_by: None,
            approved_by: None,
            granted_at: at("2026-01-01T08:00:00"),
            revoked: None,
        }
    }

    #[test]
    fn a_role_holds_from_its_first_to_the_end_of_its_last_day_unless_revoked() {
        let bounded = grant(HOME, Role::Cashier, "2026-11-23", Some("2026-11-25"));
        let open = grant(HOME, Role::Cashier, "2026-11-23", None);
        let revoked = Grant {
            revoked: Some(Revocation {
                at: at("2026-11-24T09:00:00"),
                by: None,
            }),
            ..open.clone()
        };
        for (when, by_bounded, by_open, by_revoked) in [
            ("2026-11-22T23:59:59.999999", false, false, false),
            ("2026-11-23T00:00:00", true, true, true),
            ("2026-11-24T08:59:59.999999", true, true, true),
            ("2026-11-24T09:00:00", true, true, false),
            ("2026-11-25T23:59:59.999999", true, true, false),
            ("2026-11-26T00:00:00", false, true, false),
        ] {
            let now = at(when);
            let holds = [&bounded, &open, &revoked].map(|grant| grant.holds_at(now));
            assert_eq!(holds, [by_bounded, by_open, by_revoked], "{when}");
        }
    }

    #[test]
    fn roles_are_those_of_the_agency_alone() {
        let grants = [
            grant(HOME, Role::Receiver, "2026-11-01", None),
            grant(HOME, Role::Approver, "2026-11-01", Some("2026-11-22")),
            grant(OTHER, Role::Cashier, "2026-11-01", None),
        ];
        let now = at("2026-11-23T08:00:00");
        assert_eq!(roles_at(&grants, HOME, now), Roles::of(&[Role::Receiver]));
        assert_eq!(roles_at(&grants, OTHER, now), Roles::of(&[Role::Cashier]));
        assert_eq!(roles_at(&grants, THIRD, now), Roles::default());
    }

    #[test]
    fn an_officer_acts_where_asked_or_at_home_or_where_a_role_holds() {
        let now = at("2026-11-23T08:00:00");
        let home = grant(HOME, Role::Receiver, "2026-11-01", None);
        let ended = grant(HOME, Role::Receiver, "2026-11-01", Some("2026-11-22"));
        let other = grant(OTHER, Role::Cashier, "2026-11-01", None);
        let (receiver, cashier) = (Roles::of(&[Role::Receiver]), Roles::of(&[Role::Cashier]));
        for (grants, asked, expected) in [
            (
                vec![other.clone(), home.clone()],
                None,
                Ok((HOME, receiver)),
            ),
            (
                vec![other.clone(), home.clone()],
                Some(OTHER),
                Ok((OTHER, cashier)),
            ),
            (
                vec![ended.clone(), other.clone()],
                None,
                Ok((OTHER, cashier)),
            ),
            (vec![ended.clone()], None, Ok((HOME, Roles::default()))),
            (vec![ended], Some(HOME), Ok((HOME, Roles::default()))),
            (vec![home], Some(OTHER), Err(Code::RoleForbids)),
            (vec![other], Some(THIRD), Err(Code::RoleForbids)),
        ] {
            assert_eq!(place(HOME, asked, &grants, now), expected, "{asked:?}");
        }
    }
}
