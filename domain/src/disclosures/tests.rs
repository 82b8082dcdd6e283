//! Who may read what and why, and what of it is shown: each rule by its cases.
#![expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]

use chrono::Duration;
use uuid::Uuid;

use super::*;
use crate::{
    actor::{Actor, Role, Roles, Sight},
    dossiers::State,
    ids::{AgencyId, Id},
    rejection::Code,
    text::Localized,
    time::Time,
};

fn at(local: &str) -> Time {
    Time::from_local(local.parse().unwrap())
}

const HERE: AgencyId = Id::from_uuid(Uuid::from_u128(9));

fn officer(roles: &[Role]) -> Actor {
    Actor::Officer {
        officer: Id::from_uuid(Uuid::from_u128(2)),
        agency: HERE,
        roles: Roles::of(roles),
    }
}

#[test]
fn without_a_stated_purpose_a_role_reads_at_its_own_agency_only() {
    for role in Role::ALL {
        let actor = officer(&[role]);
        let here = |purpose| {
            Ok(Ground {
                sight: Sight::Agency(HERE),
                purpose: Some(purpose),
            })
        };
        let nothing = Err(Code::RoleForbids);
        let (dossiers, files) = match role {
            Role::Receiver | Role::Processor | Role::Approver | Role::Returner => {
                (here(AccessPurpose::Handling), here(AccessPurpose::Handling))
            }
            Role::Cashier => (here(AccessPurpose::Handling), nothing),
            Role::Auditor => (
                here(AccessPurpose::Inspection),
                here(AccessPurpose::Inspection),
            ),
            Role::Statistician | Role::AgencyAdministrator | Role::ProvinceAdministrator => {
                (nothing, nothing)
            }
        };
        assert_eq!(
            ground(&actor, None, Readable::Dossiers),
            dossiers,
            "{role:?}"
        );
        assert_eq!(ground(&actor, None, Readable::Files), files, "{role:?}");
    }
    let both = officer(&[Role::Auditor, Role::Cashier]);
    let of = |what| ground(&both, None, what).map(|ground| ground.purpose);
    assert_eq!(of(Readable::Dossiers), Ok(Some(AccessPurpose::Handling)));
    assert_eq!(of(Readable::Files), Ok(Some(AccessPurpose::Inspection)));
}

#[test]
fn a_stated_purpose_opens_the_province_to_whoever_may_state_it() {
    for role in Role::ALL {
        for purpose in AccessPurpose::ALL {
            let may = match purpose {
                AccessPurpose::Handling => false,
                AccessPurpose::Inspection | AccessPurpose::Complaint => role == Role::Auditor,
                AccessPurpose::DataSubjectRequest | AccessPurpose::TechnicalSupport => {
                    role == Role::ProvinceAdministrator
                }
                AccessPurpose::Emergency | AccessPurpose::StatisticsCheck => {
                    matches!(role, Role::Auditor | Role::ProvinceAdministrator)
                }
            };
            let found = ground(&officer(&[role]), Some(*purpose), Readable::Dossiers);
            let due = if may {
                Ok(Ground {
                    sight: Sight::Province,
                    purpose: Some(*purpose),
                })
            } else {
                Err(Code::RoleForbids)
            };
            assert_eq!(found, due, "{role:?} {purpose:?}");
        }
    }
    let citizen = Actor::Citizen {
        person: Id::from_uuid(Uuid::from_u128(1)),
    };
    let own = ground(&citizen, None, Readable::Dossiers).unwrap();
    assert_eq!(own.purpose, None);
    assert!(matches!(own.sight, Sight::Own(_)));
}

#[test]
fn names_are_masked_to_initials() {
    for (name, masked) in [
        ("Nguyễn Văn An", "Nguyễn V. A."),
        ("  đinh  bạch yến ", "đinh B. Y."),
        ("Đào", "Đ."),
        ("", ""),
    ] {
        assert_eq!(masked_name(name), masked);
    }
}

#[test]
fn a_desk_is_where_the_table_of_moves_has_something_to_do() {
    for (role, state, theirs) in [
        (Role::Receiver, State::Registered, true),
        (Role::Receiver, State::Completed, false),
        (Role::Returner, State::Completed, true),
        (Role::Returner, State::Registered, false),
        (Role::Cashier, State::PaymentRequested, true),
        (Role::Cashier, State::Registered, false),
        (Role::Processor, State::Processing, true),
        (Role::Approver, State::Returned, false),
        (Role::Auditor, State::Processing, false),
        (Role::ProvinceAdministrator, State::Registered, false),
    ] {
        let found = is_at_a_desk_of(Roles::of(&[role]), state);
        assert_eq!(found, theirs, "{role:?} {state:?}");
    }
}

#[test]
fn an_hour_has_four_quarters() {
    for (now, quarter) in [
        ("2026-11-23T08:00:00", "2026-11-23T08:00:00"),
        ("2026-11-23T08:14:59.999999", "2026-11-23T08:00:00"),
        ("2026-11-23T08:15:00", "2026-11-23T08:15:00"),
        ("1969-12-31T23:59:59", "1969-12-31T23:45:00"),
    ] {
        assert_eq!(quarter_of(at(now)), at(quarter), "{now}");
    }
}

#[test]
fn sets_survive_their_bits() {
    for action in AccessAction::ALL {
        let set = Actions::of(&[*action]);
        assert_eq!(Actions::from_bits(set.bits()), set);
        assert_eq!(set.iter().collect::<Vec<_>>(), [*action]);
        assert!(Actions::of(AccessAction::ALL).holds(set) && !Actions::default().holds(set));
        assert!(action.shows().iter().next().is_some(), "{action:?}");
    }
    for class in FieldClass::ALL {
        let set = Fields::of(&[*class]);
        assert_eq!(
            Fields::from_bits(set.bits()).iter().collect::<Vec<_>>(),
            [*class]
        );
    }
    assert_eq!(Fields::from_bits(1 << 30), Fields::default());
    let two = Fields::of(&[FieldClass::Name]).and(Fields::of(&[FieldClass::Course]));
    assert_eq!(two, Fields::of(&[FieldClass::Course, FieldClass::Name]));
}

#[test]
fn notes_say_something_and_hide_nothing() {
    for (note, expected) in [
        ("quá ngắn", Err(Code::TooShort)),
        ("   đơn số 12/2026   ", Ok("đơn số 12/2026".to_owned())),
        ("mười ký t\u{202e}ự", Err(Code::HiddenCharacters)),
    ] {
        assert_eq!(checked_note(note), expected, "{note}");
    }
    assert_eq!(
        checked_note(&"x".repeat(LONGEST_NOTE + 1)),
        Err(Code::TooLong)
    );
    assert!(checked_note(&"x".repeat(SHORTEST_NOTE)).is_ok());
}

#[test]
fn only_an_auditor_who_investigates_keeps_a_read_to_themself_and_not_for_long() {
    let (now, auditor) = (at("2026-11-23T08:00:00"), officer(&[Role::Auditor]));
    let days = |days| now.plus(Duration::days(days));
    let of = |purpose, until| may_restrict(&auditor, purpose, until, now);
    assert_eq!(of(AccessPurpose::Inspection, days(1)), Ok(()));
    assert_eq!(
        of(AccessPurpose::Complaint, days(LONGEST_RESTRICTION_DAYS)),
        Ok(())
    );
    assert_eq!(of(AccessPurpose::Inspection, now), Err(Code::OutOfRange));
    assert_eq!(
        of(
            AccessPurpose::Inspection,
            days(LONGEST_RESTRICTION_DAYS + 1)
        ),
        Err(Code::OutOfRange)
    );
    assert_eq!(
        of(AccessPurpose::Emergency, days(1)),
        Err(Code::RoleForbids)
    );
    let other = officer(&[Role::ProvinceAdministrator]);
    let refused = may_restrict(&other, AccessPurpose::Inspection, days(1), now);
    assert_eq!(refused, Err(Code::RoleForbids));
}

#[test]
fn a_line_reads_as_a_sentence() {
    let text = sentence(
        Roles::of(&[Role::Receiver]),
        &Localized::new("UBND xã Mỹ Thuận", "the commune of Mỹ Thuận"),
        Some("H01.30.38-20261123-0000042"),
        (
            Actions::of(&[AccessAction::Open]),
            Fields::of(&[FieldClass::Name, FieldClass::Contact]),
        ),
        AccessPurpose::Handling,
    );
    assert_eq!(
        text.vi,
        "Cán bộ một cửa của UBND xã Mỹ Thuận đã mở xem hồ sơ H01.30.38-20261123-0000042, \
         thấy họ tên; số điện thoại, địa chỉ, để giải quyết hồ sơ."
    );
    assert_eq!(
        text.en,
        "Receiving officer of the commune of Mỹ Thuận opened dossier H01.30.38-20261123-0000042, \
         saw the name; the telephone number and address, in order to handle the dossier."
    );
}

#[test]
fn a_look_at_a_mandate_names_no_dossier() {
    let text = sentence(
        Roles::of(&[Role::Receiver]),
        &Localized::new("UBND xã Mỹ Thuận", "the commune of Mỹ Thuận"),
        None,
        (
            Actions::of(&[AccessAction::Mandate]),
            AccessAction::Mandate.shows(),
        ),
        AccessPurpose::Handling,
    );
    assert_eq!(
        text.vi,
        "Cán bộ một cửa của UBND xã Mỹ Thuận đã xem một uỷ quyền mà ông, bà là một bên, \
         thấy họ tên; số định danh, ngày sinh, để giải quyết hồ sơ."
    );
    assert!(
        text.en
            .contains("looked at a mandate that you are a side of, saw"),
        "{}",
        text.en
    );
}

#[test]
fn whoever_could_state_a_purpose_is_told_so() {
    for role in Role::ALL {
        let due = match role {
            Role::Auditor | Role::ProvinceAdministrator => Code::PurposeRequired,
            Role::Receiver
            | Role::Processor
            | Role::Approver
            | Role::Returner
            | Role::Cashier
            | Role::Statistician
            | Role::AgencyAdministrator => Code::RoleForbids,
        };
        assert_eq!(without_a_purpose(&officer(&[role])), due, "{role:?}");
    }
}

#[test]
fn a_number_shows_its_last_four_signs() {
    for (number, shown) in [
        ("079085001234", "********1234"),
        ("12345", "*2345"),
        ("1234", "****"),
        ("số 12/CN", "****2/CN"),
        ("", ""),
    ] {
        assert_eq!(super::masked_number(number), shown);
    }
}
