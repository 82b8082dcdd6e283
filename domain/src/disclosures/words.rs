//! A line of the log in a citizen's words.

use super::{AccessPurpose, Actions, Fields};
use crate::{
    actor::{Role, Roles},
    text::Localized,
};

/// A role as a position that the public knows.
const fn position(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Receiver => ("cán bộ một cửa", "receiving officer"),
        Role::Processor => ("cán bộ thụ lý", "processing officer"),
        Role::Approver => ("lãnh đạo", "approving leader"),
        Role::Returner => ("cán bộ trả kết quả", "returning officer"),
        Role::Cashier => ("thủ quỹ", "cashier"),
        Role::Statistician => ("cán bộ thống kê", "statistician"),
        Role::AgencyAdministrator => ("quản trị cơ quan", "administrator of the agency"),
        Role::ProvinceAdministrator => ("quản trị tỉnh", "administrator of the province"),
        Role::Auditor => ("cán bộ kiểm tra, giám sát", "auditor"),
    }
}

/// The positions of these roles, joined; whoever holds none is an officer.
pub fn positions(roles: Roles) -> Localized {
    let held: Vec<_> = roles.iter().map(position).collect();
    if held.is_empty() {
        return Localized::new("cán bộ", "officer");
    }
    joined(held.into_iter())
}

fn joined(pairs: impl Iterator<Item = (&'static str, &'static str)>) -> Localized {
    let (vi, en): (Vec<_>, Vec<_>) = pairs.unzip();
    Localized::new(vi.join("; "), en.join("; "))
}

/// Who, at which agency, did what with the dossier of which code, or with a mandate, saw which fields, and
/// why: one sentence. A dossier always has its code by the time an officer sees it; without one it is only
/// "the dossier".
pub fn sentence(
    roles: Roles,
    agency: &Localized,
    code: Option<&str>,
    (actions, fields): (Actions, Fields),
    purpose: AccessPurpose,
) -> Localized {
    let who = positions(roles);
    let did = match code {
        Some(code) => {
            let did = joined(actions.iter().map(super::AccessAction::words));
            Localized::new(
                format!("{} hồ sơ {code}", did.vi),
                format!("{} dossier {code}", did.en),
            )
        }
        None => Localized::new(
            "xem một uỷ quyền mà ông, bà là một bên",
            "looked at a mandate that you are a side of",
        ),
    };
    let saw = joined(fields.iter().map(super::FieldClass::words));
    let (why_vi, why_en) = purpose.words();
    let vi = format!(
        "{} của {} đã {}, thấy {}, để {why_vi}.",
        capitalised(&who.vi),
        agency.vi,
        did.vi,
        saw.vi,
    );
    let en = format!(
        "{} of {} {}, saw {}, in order to {why_en}.",
        capitalised(&who.en),
        agency.en,
        did.en,
        saw.en,
    );
    Localized::new(vi, en)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
