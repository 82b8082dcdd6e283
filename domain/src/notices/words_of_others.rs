//! What is said about mandates and requests about one's own data.

use super::{
    NoticeKind,
    wording::{Pair, Words},
};

const fn words(kind: NoticeKind, title: Pair, text: Pair, action: Option<Pair>) -> Words {
    Words {
        kind,
        title,
        text,
        action,
    }
}

/// One row for each kind.
pub(super) const WORDS: &[Words] = &[
    words(
        NoticeKind::MandateProposed,
        ("Có đề nghị uỷ quyền", "A mandate is proposed"),
        (
            "Có người đề nghị lập uỷ quyền với bạn.",
            "Somebody proposes a mandate between you.",
        ),
        Some((
            "Xem nội dung uỷ quyền rồi đồng ý hoặc từ chối. Không đồng ý nếu bạn không biết người đó.",
            "Read it, then agree or refuse. Do not agree if you do not know who it is.",
        )),
    ),
    words(
        NoticeKind::MandateAccepted,
        ("Uỷ quyền được đồng ý", "The mandate was agreed to"),
        (
            "Bên kia đã đồng ý uỷ quyền.",
            "The other side has agreed to the mandate.",
        ),
        None,
    ),
    words(
        NoticeKind::MandateConfirmed,
        ("Uỷ quyền đã được xác nhận", "The mandate was confirmed"),
        (
            "Cán bộ đã kiểm tra giấy tờ và xác nhận uỷ quyền.",
            "An officer has looked at the papers and confirmed the mandate.",
        ),
        None,
    ),
    words(
        NoticeKind::MandateRefused,
        ("Uỷ quyền bị từ chối", "The mandate was refused"),
        (
            "Đề nghị uỷ quyền không được chấp nhận.",
            "The proposed mandate was not accepted.",
        ),
        None,
    ),
    words(
        NoticeKind::MandateRevoked,
        ("Uỷ quyền đã bị thu hồi", "The mandate was revoked"),
        (
            "Uỷ quyền không còn hiệu lực.",
            "The mandate does not hold any more.",
        ),
        None,
    ),
    words(
        NoticeKind::MandateGivenBack,
        ("Uỷ quyền được trả lại", "The mandate was given back"),
        (
            "Người được uỷ quyền không nhận uỷ quyền nữa.",
            "Whoever held the mandate holds it no more.",
        ),
        None,
    ),
    words(
        NoticeKind::MandateExpired,
        ("Uỷ quyền đã hết hạn", "The mandate has ended"),
        (
            "Ngày cuối cùng của uỷ quyền đã qua.",
            "The last day of the mandate has passed.",
        ),
        None,
    ),
    words(
        NoticeKind::DataRequestAcknowledged,
        (
            "Yêu cầu về dữ liệu đã được tiếp nhận",
            "Your data request is being worked on",
        ),
        (
            "Cơ quan đã tiếp nhận yêu cầu về dữ liệu cá nhân và trả lời trước ngày {date}.",
            "The agency works on your request about personal data and answers by {date}.",
        ),
        None,
    ),
    words(
        NoticeKind::DataRequestExtended,
        (
            "Yêu cầu về dữ liệu được gia hạn",
            "Your data request needs longer",
        ),
        (
            "Cơ quan cần thêm thời gian, hạn mới là ngày {date}. Lý do ghi trong yêu cầu.",
            "The agency needs longer, until {date}. The reason stands with the request.",
        ),
        None,
    ),
    words(
        NoticeKind::DataRequestFulfilled,
        (
            "Yêu cầu về dữ liệu đã được thực hiện",
            "Your data request was fulfilled",
        ),
        (
            "Cơ quan đã thực hiện yêu cầu về dữ liệu cá nhân của bạn.",
            "The agency has done what you asked about your personal data.",
        ),
        None,
    ),
    words(
        NoticeKind::DataRequestRefused,
        (
            "Yêu cầu về dữ liệu bị từ chối",
            "Your data request was refused",
        ),
        (
            "Cơ quan không thực hiện yêu cầu; căn cứ pháp luật ghi trong yêu cầu.",
            "The agency refused the request; the legal ground stands with it.",
        ),
        None,
    ),
];
