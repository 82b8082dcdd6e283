//! Why a rule said no: stable codes, each with its kind and its sentence in two languages.
//!
//! The table below is the contract with every app in the field: a code is never renamed and never
//! changes its meaning. The HTTP layer turns the kind into a status; nothing here knows statuses.

use crate::text::Localized;

/// What sort of no it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The request breaks a rule about its own content.
    Invalid,
    /// The actor may not do this.
    NotAllowed,
    /// The thing is not in a state that permits this.
    Conflict,
    /// It is not there, or not for this actor to see.
    NotFound,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $kind:ident, $vi:literal, $en:literal;)*) => {
        /// A stable, documented reason.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code there is, for the registry test and the published list.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as clients see it, in kebab case.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What sort of no it is.
            pub const fn kind(self) -> Kind {
                match self { $(Self::$name => Kind::$kind,)* }
            }

            /// The sentence in Vietnamese.
            pub const fn vi(self) -> &'static str {
                match self { $(Self::$name => $vi,)* }
            }

            /// The sentence in English.
            pub const fn en(self) -> &'static str {
                match self { $(Self::$name => $en,)* }
            }
        }
    };
}

codes! {
    // What is asked for.
    /// Missing, or not for this actor.
    NotFound = "not-found", NotFound, "Không tìm thấy nội dung được yêu cầu.", "There is nothing here, or it is not yours to see.";
    /// The actor's role does not permit the operation.
    RoleForbids = "role-forbids", NotAllowed, "Vai trò của bạn không được làm việc này.", "Your role may not do this.";
    /// It is another agency's, and whoever asks has not said what for.
    PurposeRequired = "purpose-required", NotAllowed, "Hồ sơ của cơ quan khác: phải nêu mục đích xem và lý do (Access-Purpose, Access-Purpose-Note); lượt xem được ghi lại và người dân được biết.", "This belongs to another agency: say what it is read for and why (Access-Purpose, Access-Purpose-Note); the read is written down and shown to the citizen.";
    /// The transition table has no such row.
    StateForbids = "state-forbids", Conflict, "Hồ sơ đang ở trạng thái không cho phép việc này.", "The dossier is in a state that does not permit this.";
    /// The desk wanted to withdraw what belongs to an account.
    DossierHasOwner = "dossier-has-owner", Conflict, "Hồ sơ thuộc tài khoản của người nộp; chỉ người đó mới rút được hồ sơ.", "The dossier belongs to a citizen's account; only that citizen withdraws it.";
    /// The dossier is another officer's work.
    AssignedToAnother = "assigned-to-another", Conflict, "Hồ sơ đang được phân công cho cán bộ khác; muốn xử lý phải nhận chuyển phân công.", "The dossier is another officer's work; take it over first.";
    /// It is this officer's work already.
    AlreadyAssigned = "already-assigned", Conflict, "Hồ sơ đã được phân công cho cán bộ này.", "The dossier is this officer's work already.";
    /// It is nobody's work.
    NotAssigned = "not-assigned", Conflict, "Hồ sơ chưa được phân công cho ai.", "The dossier is nobody's work.";

    // Officers.
    /// Nobody does this about themself.
    NotToOneself = "not-to-oneself", NotAllowed, "Không ai được tự làm việc này cho chính mình.", "Nobody may do this for themself.";
    /// It takes two people, and this one is the first, or alone.
    SecondPersonNeeded = "second-person-needed", NotAllowed, "Việc này cần hai người: một người đề nghị, một người khác phê duyệt.", "This takes two people: one proposes, another one approves.";
    /// The proposal was decided, has run out, or its author lost the power to make it.
    ProposalClosed = "proposal-closed", Conflict, "Đề nghị này đã được quyết định hoặc không còn hiệu lực.", "The proposal was decided, or does not stand any more.";
    /// The role was taken back before.
    GrantEnded = "grant-ended", Conflict, "Vai trò này đã được thu hồi trước đó.", "The role was taken back before.";

    /// Standing in was ended before, or its days are over.
    DeputyEnded = "deputy-ended", Conflict, "Việc thay thế này đã kết thúc.", "Standing in has ended already.";

    // Content.
    /// One or more fields break a rule; see `errors`.
    InvalidContent = "invalid-content", Invalid, "Có nội dung chưa hợp lệ; xem từng mục bên dưới.", "Some content is not valid; see each item.";
    /// A required value is missing.
    Required = "required", Invalid, "Chưa có nội dung bắt buộc.", "A required value is missing.";
    /// The value has the wrong shape.
    WrongFormat = "wrong-format", Invalid, "Nội dung không đúng định dạng.", "The value does not have the expected form.";
    /// The text is too long.
    TooLong = "too-long", Invalid, "Nội dung quá dài.", "The text is too long.";
    /// The text is too short.
    TooShort = "too-short", Invalid, "Nội dung quá ngắn.", "The text is too short.";
    /// The number is outside its range.
    OutOfRange = "out-of-range", Invalid, "Giá trị nằm ngoài khoảng cho phép.", "The value is out of range.";
    /// The text holds control or direction characters.
    HiddenCharacters = "hidden-characters", Invalid, "Nội dung có ký tự ẩn không được phép.", "The text holds hidden characters.";
    /// The value names something that does not exist.
    UnknownReference = "unknown-reference", Invalid, "Giá trị chỉ đến nội dung không tồn tại.", "The value names something that does not exist.";

    /// The content holds a field that is not part of it.
    UnknownField = "unknown-field", Invalid, "Có trường không thuộc nội dung này.", "There is a field that does not belong here.";
    /// The same thing is given twice.
    Duplicate = "duplicate", Invalid, "Nội dung bị lặp lại.", "The same thing is given twice.";

    // Procedures and calendars.
    /// No version of the procedure is in force on that date.
    ProcedureNotInForce = "procedure-not-in-force", Conflict, "Thủ tục không còn hoặc chưa có hiệu lực.", "No version of this procedure is in force.";
    /// The agency does not offer this procedure.
    ProcedureNotOffered = "procedure-not-offered", Invalid, "Cơ quan này không giải quyết thủ tục đã chọn.", "This agency does not offer the procedure.";
    /// Citizens do not file it online here: it is filed in person, or in a national system.
    ProcedureNotOnline = "procedure-not-online", Invalid, "Thủ tục này không nộp trực tuyến tại đây.", "This procedure is not filed online here.";
    /// The working calendar of a needed year is not loaded, so no due date can be computed.
    CalendarMissing = "calendar-missing", Conflict, "Chưa có lịch làm việc của năm cần tính; không thể tính ngày hẹn trả.", "The working calendar of a needed year is not loaded; no due date can be computed.";

    /// No clock runs yet.
    NotAcceptedYet = "not-accepted-yet", Conflict, "Hồ sơ chưa được tiếp nhận nên chưa có ngày hẹn trả.", "The dossier was not accepted yet, so nothing is due.";

    // Submission.
    /// A required paper is missing.
    PaperMissing = "paper-missing", Invalid, "Còn thiếu giấy tờ bắt buộc.", "A required paper is missing.";
    /// A paper that only some need is not there; said in doubt, refused by nobody.
    PaperMayBeNeeded = "paper-may-be-needed", Invalid, "Giấy tờ này có thể cần trong trường hợp của bạn.", "This paper may be needed in your case.";
    /// A claim holds only once its proof is seen; said in doubt, refused by nobody.
    ProofNeeded = "proof-needed", Invalid, "Cần xuất trình giấy tờ chứng minh để được hưởng mức này.", "The proof has to be shown for this to count.";
    /// The applicant has not agreed to the processing of the data.
    ConsentMissing = "consent-missing", Invalid, "Người nộp chưa xác nhận đồng ý.", "Consent has not been given.";

    /// The text that was agreed to is not the one in force.
    ConsentTextOutdated = "consent-text-outdated", Invalid, "Nội dung đồng ý đã thay đổi; hãy hiển thị bản đang có hiệu lực để người dân xác nhận lại.", "The consent text has changed; show the one in force and ask again.";

    /// The citizen keeps as many drafts as allowed.
    TooManyDrafts = "too-many-drafts", Conflict, "Bạn đã có quá nhiều bản nháp; hãy nộp hoặc xoá bớt.", "You keep too many drafts; submit or discard some.";
    /// No official code can be given: the agency has no identifier, or its day is full.
    CodeUnavailable = "code-unavailable", Conflict, "Chưa cấp được mã hồ sơ cho cơ quan này.", "No official code can be given for this agency now.";

    // Papers and files.
    /// The file is larger than allowed.
    FileTooLarge = "file-too-large", Invalid, "Tệp vượt quá dung lượng cho phép.", "The file is larger than allowed.";
    /// The content is not one of the allowed kinds, or not the kind it claims to be.
    FileTypeRefused = "file-type-refused", Invalid, "Loại tệp không được chấp nhận hoặc không đúng với nội dung.", "The file type is not accepted or does not match its content.";
    /// The bytes do not have the digest the client declared.
    DigestMismatch = "digest-mismatch", Invalid, "Tệp nhận được không khớp mã kiểm tra đã khai.", "The bytes received do not match the declared digest.";

    // Supplements.
    /// The previous request is still open.
    SupplementOpen = "supplement-open", Conflict, "Yêu cầu bổ sung trước đó chưa kết thúc.", "The previous supplement request is still open.";
    /// A second round needs a reason and a leader's consent.
    SecondRoundNeedsConsent = "second-round-needs-consent", Conflict, "Yêu cầu bổ sung lần hai phải có lý do và ý kiến đồng ý của lãnh đạo.", "A second round needs a reason and a leader's consent.";
    /// The answer leaves requested papers out.
    AnswerIncomplete = "answer-incomplete", Invalid, "Câu trả lời còn thiếu giấy tờ được yêu cầu.", "The answer leaves out papers that were asked for.";
    /// The reply-by date has passed.
    SupplementLapsed = "supplement-lapsed", Conflict, "Đã quá hạn bổ sung.", "The reply-by date has passed.";

    /// The request names a paper that is not handed in as a file, so nobody could answer it.
    PaperTakesNoFile = "paper-takes-no-file", Invalid, "Giấy tờ này không nộp bằng tệp nên không thể yêu cầu bổ sung.", "No file is taken for this paper, so it cannot be asked for.";

    // Accounts.
    /// The account's number was changed a short while ago, and this waits until its owner would have
    /// noticed.
    AccountOnHold = "account-on-hold", Conflict, "Số điện thoại của tài khoản vừa được đổi; việc này tạm khoá trong 24 giờ kể từ lúc đổi.", "The account's telephone number was changed a short while ago; this waits for 24 hours after the change.";

    // Identity.
    /// What the number says of its bearer is not what is said of the person.
    NumberDisagrees = "number-disagrees", Invalid, "Số định danh không khớp với thông tin đã khai.", "The personal number does not agree with what is said of the person.";
    /// One is not known surely enough for this.
    IdentityLevelTooLow = "identity-level-too-low", NotAllowed, "Mức xác thực danh tính chưa đủ để làm việc này.", "Your identity is not verified to the level this needs.";
    /// Another account is verified as this person.
    IdentityTaken = "identity-taken", Conflict, "Số định danh này đã được xác thực ở một tài khoản khác; hãy đăng nhập bằng tài khoản đó.", "This identity is verified at another account; sign in to that one.";
    /// The account is verified as one person and stays that person's.
    IdentityVerified = "identity-verified", Conflict, "Danh tính của tài khoản đã được xác thực nên không sửa được ở đây.", "The account's identity is verified and cannot be changed here.";
    // Mandates.
    /// The mandate is not in a state that permits this.
    MandateStateForbids = "mandate-state-forbids", Conflict, "Uỷ quyền đang ở trạng thái không cho phép việc này.", "The mandate is in a state that does not permit this.";
    /// The mandate stands, and this act or this procedure is not within it.
    MandateDoesNotCover = "mandate-does-not-cover", NotAllowed, "Việc này nằm ngoài phạm vi uỷ quyền.", "This is not within the scope of the mandate.";
    /// An account is to be erased that submitted, or represents somebody in, a dossier under way.
    RepresentsInOpenDossier = "represents-in-open-dossier", Conflict, "Tài khoản này nộp hoặc đại diện trong một hồ sơ đang giải quyết của người khác; chỉ xoá được khi hồ sơ đó đã kết thúc.", "This account submitted, or represents somebody in, a dossier that is under way; it can be erased once that dossier has ended.";
    /// The applicant named is not whom the mandate is of.
    NotTheMandator = "not-the-mandator", Invalid, "Chủ hồ sơ không phải là người uỷ quyền.", "The applicant is not whom the mandate is of.";
    // Personal data.
    /// The request's table has no such row.
    DataRequestForbids = "data-request-forbids", Conflict, "Yêu cầu đang ở trạng thái không cho phép việc này.", "The request is in a state that does not permit this.";
    /// The request is late: no later date can be named any more.
    ExtensionTooLate = "extension-too-late", Conflict, "Yêu cầu đã quá hạn nên không được gia hạn.", "The request is late, so it cannot be extended any more.";
    /// The person changes this alone, at once.
    CorrectedAtOnce = "corrected-at-once", Invalid, "Mục này bạn tự sửa được ngay, không cần gửi yêu cầu.", "You change this yourself, at once; no request is needed.";
    /// The consent was withdrawn before.
    ConsentWithdrawn = "consent-withdrawn", Conflict, "Sự đồng ý này đã được rút lại trước đó.", "This consent was withdrawn before.";

    // Money.
    /// Fees that must be settled first are open.
    FeesOpen = "fees-open", Conflict, "Còn phí, lệ phí chưa thanh toán.", "Fees that must be settled first are still open.";
    /// The amount differs from what is owed.
    AmountMismatch = "amount-mismatch", Conflict, "Số tiền không khớp với số phải nộp.", "The amount differs from what is owed.";
    /// Something paid cannot be deleted.
    MoneyPins = "money-pins", Conflict, "Hồ sơ đã có khoản thanh toán nên không thể xoá.", "Something has been paid, so this cannot be deleted.";
    /// There is nothing to pay.
    NothingOwed = "nothing-owed", Conflict, "Không có khoản nào phải nộp.", "There is nothing to pay.";

    // Decisions, results and deadlines.
    /// A result needs the leader's decision first.
    DecisionMissing = "decision-missing", Conflict, "Chưa có quyết định của lãnh đạo.", "A leader has not decided yet.";
    /// Another document of the agency has this number in this year.
    ResultNumberTaken = "result-number-taken", Conflict, "Số văn bản này đã dùng trong năm của cơ quan.", "The agency has used this number in this year already.";
    /// A result document is missing.
    ResultMissing = "result-missing", Conflict, "Chưa có văn bản kết quả.", "The result document is missing.";
    /// The deadline was already extended once.
    AlreadyExtended = "already-extended", Conflict, "Hồ sơ đã được gia hạn một lần; không được gia hạn thêm.", "The deadline was extended once already.";
    /// The one extension that the law gives with an apology was not used yet.
    ApologyFirst = "apology-first", Conflict, "Hồ sơ chưa dùng lần gia hạn kèm xin lỗi theo quy định; hãy dùng lần đó trước.", "The extension with an apology that the law gives was not used yet; use that first.";
    /// The new date is not later than the present one.
    DateNotLater = "date-not-later", Invalid, "Ngày hẹn mới phải sau ngày hẹn hiện tại.", "The new date must be later than the present one.";
}

/// One fault of a request's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where, as a JSON Pointer into the request body (RFC 6901).
    pub pointer: String,
    /// What is wrong.
    pub code: Code,
    /// A sentence that says more than the code's own, free of personal data.
    pub detail: Option<Localized>,
}

impl Fault {
    /// A fault with the code's own sentence.
    pub fn new(pointer: impl Into<String>, code: Code) -> Self {
        Self {
            pointer: pointer.into(),
            code,
            detail: None,
        }
    }

    /// The same fault with a sentence of its own.
    #[must_use]
    pub fn because(mut self, vi: impl Into<String>, en: impl Into<String>) -> Self {
        self.detail = Some(Localized::new(vi, en));
        self
    }
}

/// A rule's no: a code, and the faults of the content if that is the reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", code.as_str())]
pub struct Rejection {
    /// The reason.
    pub code: Code,
    /// Every fault found, not only the first.
    pub faults: Vec<Fault>,
}

impl Rejection {
    /// Nothing if there are no faults, else all of them under `invalid-content`.
    pub fn of_faults(faults: Vec<Fault>) -> Result<(), Self> {
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Self {
                code: Code::InvalidContent,
                faults,
            })
        }
    }
}

impl From<Code> for Rejection {
    fn from(code: Code) -> Self {
        Self {
            code,
            faults: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
