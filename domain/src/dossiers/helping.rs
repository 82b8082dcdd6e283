//! Who helped a citizen to file on the citizen's own phone: named, and kept apart from who applies.

use crate::{
    dossiers::Assistance,
    personal::Personal,
    rejection::{Code, Fault},
    vocabulary,
};

vocabulary! {
    /// In what quality somebody helped.
    HelperKind {
        /// An officer of the commune or the centre.
        Officer = "officer",
        /// A relative.
        Relative = "relative",
        /// Somebody of the community: a neighbour, a youth volunteer, a member of a digital team
        /// (tổ công nghệ số cộng đồng).
        Community = "community",
    }
}

/// Whoever held the pen on the citizen's own phone. The citizen remains applicant and signer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Helper {
    /// In what quality.
    pub kind: HelperKind,
    /// The name, as typed.
    pub full_name: Personal<String>,
    /// What the helper is to the citizen, or where the helper works, as typed.
    pub relation: Option<Personal<String>>,
}

/// A helper is named where one helped, and only there.
pub fn misplaced(assistance: Assistance, helped_by: Option<&Helper>) -> Option<Fault> {
    let helped = assistance == Assistance::HelpedOnOwnPhone;
    (helped_by.is_some() && !helped).then(|| {
        Fault::new("/helped_by", Code::OutOfRange).because(
            "Chỉ nêu người giúp khi có người giúp trên điện thoại của người nộp.",
            "A helper is named only where somebody helped on the citizen's own phone.",
        )
    })
}

/// What is filed with somebody's help says whose.
pub fn unnamed(assistance: Assistance, helped_by: Option<&Helper>) -> Option<Fault> {
    let helped = assistance == Assistance::HelpedOnOwnPhone;
    (helped && helped_by.is_none()).then(|| {
        Fault::new("/helped_by", Code::Required).because(
            "Hãy nêu tên người đã giúp bạn nộp hồ sơ.",
            "Name whoever helped you to file.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_helper_is_named_exactly_where_one_helped() {
        let cousin = Helper {
            kind: HelperKind::Relative,
            full_name: Personal::new("Trần Văn Cháu".to_owned()),
            relation: None,
        };
        let codes = |assistance, named: Option<&Helper>| {
            let faults = [misplaced(assistance, named), unnamed(assistance, named)];
            faults.map(|fault| fault.map(|fault| fault.code))
        };
        for assistance in Assistance::ALL.iter().copied() {
            let on_phone = assistance == Assistance::HelpedOnOwnPhone;
            let too_many = (!on_phone).then_some(Code::OutOfRange);
            assert_eq!(codes(assistance, Some(&cousin)), [too_many, None]);
            let too_few = on_phone.then_some(Code::Required);
            assert_eq!(codes(assistance, None), [None, too_few]);
        }
    }
}
