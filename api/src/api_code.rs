//! What the HTTP edge itself refuses: stable codes with their status and both sentences.
//!
//! Rules about dossiers, papers and money are refused by `domain::rejection::Code`; what stands
//! here is about requests: their form, their caller, their preconditions.

macro_rules! api_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:literal, $vi:literal, $en:literal;)*) => {
        /// A stable, documented reason why the edge refused a request.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum ApiCode { $($(#[$doc])* $name,)* }

        impl ApiCode {
            /// Every code there is, for the registry test and the published list.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as clients see it, in kebab case.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The HTTP status it is answered with.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
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

api_codes! {
    // The form of the request.
    /// The request cannot be read at all.
    MalformedRequest = "malformed-request", 400, "Không đọc được yêu cầu.", "The request cannot be read.";
    /// The body is not JSON.
    MalformedJson = "malformed-json", 400, "Nội dung gửi lên không phải JSON hợp lệ.", "The body is not valid JSON.";
    /// The query holds a parameter this operation does not know.
    UnknownParameter = "unknown-parameter", 400, "Có tham số không được hỗ trợ.", "The query holds an unknown parameter.";
    /// A parameter of the query has a value it cannot have.
    InvalidParameter = "invalid-parameter", 400, "Tham số có giá trị không hợp lệ.", "A parameter has an invalid value.";
    /// The page token was altered, or belongs to another list, filter or caller.
    InvalidPageToken = "invalid-page-token", 400, "Mã trang không hợp lệ hoặc thuộc danh sách khác.", "The page token is not valid for this list.";
    /// The cursor was altered, or is another account's.
    InvalidCursor = "invalid-cursor", 400, "Mốc đồng bộ không hợp lệ hoặc thuộc tài khoản khác.", "The cursor is not valid for this account.";
    /// A header has a value it cannot have.
    InvalidHeader = "invalid-header", 400, "Tiêu đề HTTP có giá trị không hợp lệ.", "A header has an invalid value.";
    /// The operation needs an `Idempotency-Key`.
    IdempotencyKeyMissing = "idempotency-key-missing", 400, "Thiếu tiêu đề Idempotency-Key.", "The Idempotency-Key header is missing.";
    /// The content breaks the shape the document gives; see `errors`.
    InvalidContent = "invalid-content", 422, "Có nội dung chưa hợp lệ; xem từng mục bên dưới.", "Some content is not valid; see each item.";
    /// The body holds a field the document does not have.
    UnknownField = "unknown-field", 422, "Có trường không thuộc nội dung này.", "There is a field that does not belong here.";
    /// The body holds a field twice.
    DuplicateField = "duplicate-field", 422, "Trường này xuất hiện hai lần.", "The field occurs twice.";
    /// The body is nested deeper than anything the document describes.
    TooDeep = "too-deep", 422, "Nội dung lồng quá nhiều cấp.", "The content is nested too deeply.";

    // Who is asking.
    /// No access token, or one that does not hold.
    Unauthenticated = "unauthenticated", 401, "Bạn cần đăng nhập để tiếp tục.", "Sign in to continue.";
    /// The one-time code or the password is wrong, used up or expired.
    CredentialsRefused = "credentials-refused", 401, "Thông tin đăng nhập không đúng hoặc đã hết hạn.", "The credentials are wrong or have expired.";
    /// The password is one that an administrator made: choose another one first.
    PasswordChangeRequired = "password-change-required", 403, "Bạn cần đặt mật khẩu mới trước khi đăng nhập.", "Choose a password of your own before signing in.";
    /// The password is right, and a code is wanted beside it.
    TotpCodeRequired = "totp-code-required", 403, "Cần mã xác thực từ ứng dụng xác thực (hoặc mã khôi phục).", "A code from the authenticator app, or a recovery code, is wanted too.";
    /// The password is right, and a second factor has to be set before anything else.
    EnrolmentRequired = "second-factor-enrolment-required", 403, "Bạn cần thiết lập xác thực hai lớp trước khi đăng nhập.", "Set up a second factor before signing in.";
    /// The operation asks for a fresh proof in this session; `detail` names it.
    StepUpRequired = "step-up-required", 403, "Việc này cần xác thực lại.", "This needs a fresh proof.";
    /// The token is good, but this operation is for the other kind of account.
    WrongAccountKind = "wrong-account-kind", 403, "Loại tài khoản của bạn không dùng được chức năng này.", "This operation is for another kind of account.";

    // The identity provider.
    /// No identity provider is configured.
    NoIdentityProvider = "no-identity-provider", 404, "Hệ thống này chưa kết nối với nền tảng định danh điện tử.", "No identity provider is connected here.";
    /// The provider does not answer, is too slow, or answers what cannot be read.
    IdentityProviderUnavailable = "identity-provider-unavailable", 503, "Chưa kết nối được với nền tảng định danh điện tử; hãy thử lại sau ít giây.", "The identity provider cannot be reached for the moment; try again in a few seconds.";
    /// What the provider answered does not prove anything to this house.
    IdentityTokenRefused = "identity-token-refused", 401, "Kết quả đăng nhập từ nền tảng định danh không hợp lệ; hãy đăng nhập lại từ đầu.", "What the identity provider answered is not valid here; start the sign-in again.";
    /// The provider names no number or no name, or what it says does not fit together.
    IdentityUnusable = "identity-unusable", 403, "Thông tin từ nền tảng định danh bị thiếu hoặc mâu thuẫn nên chưa dùng được.", "What the identity provider says of the person is incomplete or contradicts itself.";

    // What is asked for.
    /// The document has no such path.
    RouteNotFound = "route-not-found", 404, "Không có địa chỉ này.", "There is no such address.";
    /// The path exists, with other methods.
    MethodNotAllowed = "method-not-allowed", 405, "Địa chỉ này không nhận phương thức đã dùng.", "This address does not accept that method.";
    /// Every content coding is ruled out, that of an answer as it is too.
    NotAcceptable = "not-acceptable", 406, "Không có dạng trả lời nào bạn chấp nhận được.", "No acceptable representation can be produced.";
    /// Something else of the same identity exists.
    AlreadyExists = "already-exists", 409, "Nội dung này đã tồn tại.", "This exists already.";
    /// The bytes sent do not go on where those that are there end.
    UploadOffsetMismatch = "upload-offset-mismatch", 409, "Vị trí gửi không khớp với phần đã nhận; hãy hỏi lại bằng HEAD.", "The offset is not where the bytes received end; ask again with HEAD.";
    /// Not all bytes of the upload are there yet, or it was refused.
    UploadUnfinished = "upload-unfinished", 409, "Tệp chưa được tải lên đầy đủ.", "The upload is not finished.";
    /// The citizen keeps, or has begun today, as much as one may.
    UploadQuotaReached = "upload-quota-reached", 409, "Bạn đã dùng hết hạn mức tải tệp.", "You have used up what you may upload.";
    /// The scanner found something in the file, or has not been able to look at it yet.
    FileHeldBack = "file-held-back", 409, "Tệp đang bị giữ lại vì chưa được kiểm tra hoặc có dấu hiệu nguy hiểm.", "The file is held back: it was not checked yet, or something harmful was found.";
    /// The account has a second factor already.
    SecondFactorSet = "second-factor-set", 409, "Tài khoản đã có xác thực hai lớp.", "The account has a second factor already.";
    /// The same request is being carried out at this moment.
    InFlight = "request-in-flight", 409, "Yêu cầu giống hệt đang được xử lý; hãy thử lại sau giây lát.", "The same request is being carried out; try again in a moment.";
    /// The cursor is older than what is kept for followers: begin anew without one.
    CursorExpired = "cursor-expired", 410, "Mốc đồng bộ đã quá cũ; hãy đồng bộ lại từ đầu.", "The cursor is too old; begin anew without one.";
    /// Somebody changed it since the version in `If-Match`.
    VersionMismatch = "version-mismatch", 412, "Nội dung đã được thay đổi từ lần bạn xem gần nhất.", "It has changed since the version you hold.";
    /// Fields that the change would overwrite were changed since the version in `If-Match`; see `errors`.
    FieldsChanged = "fields-changed", 412, "Một số mục đã được sửa trên thiết bị khác; xem từng mục và giá trị hiện tại bên dưới.", "Some fields were changed elsewhere; see each with its value now.";
    /// This field was changed since.
    FieldChanged = "field-changed", 412, "Mục này đã được sửa từ lần bạn xem gần nhất.", "This field has changed since you last saw it.";
    /// What came of the upload was refused; its bytes are gone.
    UploadRefused = "upload-refused", 410, "Tệp tải lên đã bị từ chối.", "The upload was refused.";
    /// The protocol's version is not one that is spoken here.
    TusVersionUnsupported = "tus-version-unsupported", 412, "Phiên bản giao thức tus không được hỗ trợ.", "This version of the tus protocol is not supported.";
    /// The body is larger than the operation accepts.
    PayloadTooLarge = "payload-too-large", 413, "Nội dung gửi lên quá lớn.", "The body is too large.";
    /// The body is not of a kind the operation reads.
    UnsupportedMediaType = "unsupported-media-type", 415, "Kiểu nội dung không được hỗ trợ.", "The content type is not supported.";
    /// The asked-for byte range lies outside the file.
    RangeNotSatisfiable = "range-not-satisfiable", 416, "Khoảng byte yêu cầu nằm ngoài tệp.", "The byte range lies outside the file.";
    /// The key was used before with another body.
    IdempotencyKeyReused = "idempotency-key-reused", 422, "Idempotency-Key đã được dùng cho một yêu cầu khác.", "The Idempotency-Key was used for a different request.";
    /// The file holds something that runs: scripts, programs to start, embedded files.
    FileActiveContent = "file-active-content", 422, "Tệp có nội dung tự chạy (mã lệnh, tệp nhúng) nên không được nhận.", "The file holds active content (scripts, embedded files) and is not taken.";
    /// The file cannot be read, or not with what may be spent on one file.
    FileUnreadable = "file-unreadable", 422, "Không đọc được tệp: tệp bị hỏng, được khoá, hoặc quá phức tạp.", "The file cannot be read: it is damaged, locked or too complicated.";
    /// The picture has more pixels than are looked at.
    PictureTooLarge = "picture-too-large", 422, "Ảnh có quá nhiều điểm ảnh.", "The picture has too many pixels.";
    /// Another request is sending to the same upload at this moment.
    UploadBusy = "upload-busy", 423, "Tệp này đang được gửi từ một kết nối khác.", "Another request is sending to this upload.";
    /// Changing this needs `If-Match` with the version seen.
    PreconditionRequired = "precondition-required", 428, "Cần tiêu đề If-Match với phiên bản bạn đang xem.", "Send If-Match with the version you hold.";
    /// Too many requests of this kind in a short time.
    TooManyRequests = "too-many-requests", 429, "Bạn thao tác quá nhanh; hãy thử lại sau.", "Too many requests; try again later.";

    /// The chunk does not have the checksum that was sent with it (tus 1.0, checksum); it was thrown away.
    ChecksumMismatch = "checksum-mismatch", 460, "Phần tệp nhận được không khớp mã kiểm tra.", "The chunk received does not match its checksum.";

    // The server's own trouble.
    /// Something failed that should not; the log knows more under the request id.
    Internal = "internal", 500, "Hệ thống gặp lỗi; hãy thử lại và báo mã yêu cầu nếu lỗi còn.", "Something failed here; try again, and quote the request id if it persists.";
    /// The store or another need is out of reach for the moment.
    Unavailable = "unavailable", 503, "Hệ thống tạm thời không phục vụ được; hãy thử lại sau ít giây.", "The service is not available for the moment; try again in a few seconds.";
    /// There is no room for files for the moment.
    StorageFull = "storage-full", 507, "Hệ thống tạm thời không còn chỗ cho tệp mới; hãy thử lại sau.", "There is no room for files for the moment; try again later.";
}

impl ApiCode {
    /// The code for a status the framework answered by itself.
    pub fn of_status(status: u16) -> Self {
        match status {
            401 => Self::Unauthenticated,
            403 => Self::WrongAccountKind,
            404 => Self::RouteNotFound,
            400 | 422 => Self::MalformedRequest,
            500 => Self::Internal,
            other => Self::ALL
                .iter()
                .copied()
                .find(|code| code.status() == other)
                .unwrap_or(if other < 500 {
                    Self::MalformedRequest
                } else {
                    Self::Internal
                }),
        }
    }
}
