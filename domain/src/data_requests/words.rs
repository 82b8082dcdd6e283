//! The closed lists of words data-subject requests are made of.

use crate::text::Localized;

crate::vocabulary! {
    /// What a person asks of whoever processes their data (Luật 91/2025/QH15 art. 4).
    DataRequestKind {
        /// To see what is held (xem dữ liệu).
        Access = "access",
        /// To be given a copy (yêu cầu cung cấp dữ liệu).
        Provision = "provision",
        /// To have it put right (chỉnh sửa dữ liệu).
        Correction = "correction",
        /// To take consent back (rút lại sự đồng ý).
        Withdrawal = "withdrawal",
        /// To have processing limited (hạn chế xử lý).
        Restriction = "restriction",
        /// To object to processing (phản đối xử lý).
        Objection = "objection",
        /// To have it erased (xoá dữ liệu).
        Erasure = "erasure",
    }
}

crate::vocabulary! {
    /// Where a request stands.
    DataRequestState {
        /// It waits for the first answer.
        Received = "received",
        /// It was answered: the controller works on it.
        Acknowledged = "acknowledged",
        /// What was asked for was done.
        Fulfilled = "fulfilled",
        /// It was refused on a ground of the law.
        Refused = "refused",
    }
}

crate::vocabulary! {
    /// What the handler of a request does.
    DataRequestCommand {
        /// Answers that it is being worked on.
        Acknowledge = "acknowledge",
        /// Names a later date, once.
        Extend = "extend",
        /// Does what was asked for.
        Fulfil = "fulfil",
        /// Refuses.
        Refuse = "refuse",
    }
}

crate::vocabulary! {
    /// A clock of a request that is about to run out, or has.
    Alarm {
        /// The first answer is due within half a working day.
        AnswerSoon = "answer_soon",
        /// The first answer is late.
        AnswerOverdue = "answer_overdue",
        /// The request is due within 24 working hours.
        DueSoon = "due_soon",
        /// The request is late.
        Overdue = "overdue",
    }
}

crate::vocabulary! {
    /// The ground of the law on which a request is refused.
    RefusalGround {
        /// Records of a state body, which it must keep.
        ArchiveLaw = "archive_law",
        /// The body processes the data for its tasks by law, which needs no consent.
        StateManagement = "state_management",
        /// A dossier of the person is under way, or money of it is not settled.
        DossierUnderWay = "dossier_under_way",
        /// Who asks has not shown to be the person.
        IdentityNotProved = "identity_not_proved",
        /// Nothing of the kind is held.
        NotHeld = "not_held",
        /// It would harm the rights of others.
        RightsOfOthers = "rights_of_others",
        /// Defence, security or a state secret.
        NationalSecurity = "national_security",
    }
}

crate::vocabulary! {
    /// A thing that may stand wrongly in what is held.
    CorrectableField {
        /// The full name.
        FullName = "full_name",
        /// The personal identification number.
        PersonalNumber = "personal_number",
        /// The date of birth.
        BirthDate = "birth_date",
        /// The place of residence.
        Address = "address",
        /// The telephone number.
        Phone = "phone",
        /// The language of notices.
        Language = "language",
        /// What stands in a dossier that was filed.
        FiledDossier = "filed_dossier",
    }
}

impl RefusalGround {
    /// The acts and articles.
    pub const fn legal_basis(self) -> &'static str {
        match self {
            Self::ArchiveLaw => "Luật Lưu trữ 33/2024/QH15; Luật 91/2025/QH15, Điều 14",
            Self::StateManagement => "Luật 91/2025/QH15, Điều 19",
            Self::DossierUnderWay => "Luật 91/2025/QH15, Điều 14; 118/2025/NĐ-CP",
            Self::IdentityNotProved
            | Self::NotHeld
            | Self::RightsOfOthers
            | Self::NationalSecurity => "Luật 91/2025/QH15, Điều 4; 356/2025/NĐ-CP, Điều 5",
        }
    }

    /// The ground in a sentence.
    pub fn text(self) -> Localized {
        let (vi, en) = match self {
            Self::ArchiveLaw => (
                "Đây là hồ sơ, tài liệu cơ quan nhà nước phải lưu giữ theo pháp luật về lưu trữ.",
                "These are records that a state body must keep under the law on archives.",
            ),
            Self::StateManagement => (
                "Cơ quan xử lý dữ liệu này để thực hiện nhiệm vụ do luật giao, không dựa trên sự đồng ý.",
                "The body processes these data for a task the law gives it, not on the basis of consent.",
            ),
            Self::DossierUnderWay => (
                "Bạn còn hồ sơ đang được giải quyết hoặc khoản tiền chưa tất toán.",
                "A dossier of yours is still under way, or money of it is not settled.",
            ),
            Self::IdentityNotProved => (
                "Chưa xác định được người yêu cầu là chủ thể của dữ liệu.",
                "It was not shown that whoever asks is the person the data are about.",
            ),
            Self::NotHeld => (
                "Cơ quan không lưu giữ dữ liệu được yêu cầu.",
                "The body does not hold the data asked for.",
            ),
            Self::RightsOfOthers => (
                "Thực hiện yêu cầu sẽ xâm phạm quyền, lợi ích hợp pháp của người khác.",
                "Doing what is asked would infringe the rights of others.",
            ),
            Self::NationalSecurity => (
                "Dữ liệu thuộc phạm vi quốc phòng, an ninh hoặc bí mật nhà nước.",
                "The data belong to defence, security or a state secret.",
            ),
        };
        Localized::new(vi, en)
    }
}

impl DataRequestState {
    /// Whether nothing more happens.
    pub const fn is_closed(self) -> bool {
        match self {
            Self::Received | Self::Acknowledged => false,
            Self::Fulfilled | Self::Refused => true,
        }
    }
}
