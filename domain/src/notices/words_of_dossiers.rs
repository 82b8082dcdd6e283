//! What is said about dossiers.

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
#[rustfmt::skip]
pub(super) const WORDS: &[Words] = &[
    words(
        NoticeKind::Submitted,
        ("Hồ sơ đã được gửi", "The dossier was submitted"),
        ("Hồ sơ {code} đã được gửi, cơ quan đang kiểm tra.", "Dossier {code} was submitted; the agency looks at it."),
        None,
    ),
    words(
        NoticeKind::Filed,
        ("Hồ sơ đã được nộp tại quầy", "The dossier was filed at the desk"),
        ("Cán bộ đã nộp hồ sơ {code} cho bạn.", "An officer has filed dossier {code} for you."),
        None,
    ),
    words(
        NoticeKind::Accepted,
        ("Hồ sơ đã được tiếp nhận", "The dossier was accepted"),
        ("Hồ sơ {code} đã được tiếp nhận, hẹn trả kết quả ngày {date}.", "Dossier {code} was accepted; the result is due on {date}."),
        None,
    ),
    words(
        NoticeKind::Refused,
        ("Hồ sơ không được tiếp nhận", "The dossier was not accepted"),
        ("Hồ sơ {code} không được tiếp nhận. Lý do ghi trong hồ sơ.", "Dossier {code} was not accepted. The reason stands in it."),
        Some(("Xem lý do, sửa rồi nộp hồ sơ mới nếu vẫn cần.", "Read the reason, and file anew if you still need it.")),
    ),
    words(
        NoticeKind::Forwarded,
        ("Hồ sơ đang được giải quyết", "The dossier is being worked on"),
        ("Hồ sơ {code} đã chuyển đến bộ phận chuyên môn.", "Dossier {code} has gone to the specialist unit."),
        None,
    ),
    words(
        NoticeKind::SupplementRequested,
        ("Hồ sơ cần bổ sung giấy tờ", "Papers are missing"),
        ("Hồ sơ {code} còn thiếu hoặc sai giấy tờ (lần {round}).", "Papers of dossier {code} are missing or wrong (round {round})."),
        Some(("Bổ sung đủ giấy tờ được yêu cầu trước hết ngày {date}.", "Hand in everything that is asked for by the end of {date}.")),
    ),
    words(
        NoticeKind::SupplementDueSoon,
        ("Sắp hết hạn bổ sung giấy tờ", "The time to hand papers in ends soon"),
        ("Hồ sơ {code} vẫn chờ bạn bổ sung giấy tờ.", "Dossier {code} still waits for your papers."),
        Some(("Bổ sung trước hết ngày {date}, sau đó hồ sơ sẽ bị đóng.", "Hand them in by the end of {date}; the dossier is closed after that.")),
    ),
    words(
        NoticeKind::SupplementAnswered,
        ("Đã nhận giấy tờ bổ sung", "Your papers have come"),
        ("Giấy tờ bổ sung của hồ sơ {code} đã đến, cơ quan đang kiểm tra.", "The papers for dossier {code} have come; the agency looks at them."),
        None,
    ),
    words(
        NoticeKind::Resumed,
        ("Hồ sơ được giải quyết tiếp", "Work on the dossier goes on"),
        ("Giấy tờ bổ sung đã đủ, hồ sơ {code} được giải quyết tiếp.", "The papers are complete; work on dossier {code} goes on."),
        None,
    ),
    words(
        NoticeKind::SupplementLapsed,
        ("Hồ sơ bị đóng vì quá hạn bổ sung", "Closed: papers were not handed in"),
        ("Hồ sơ {code} bị đóng vì không được bổ sung đúng hạn.", "Dossier {code} was closed because papers were not handed in in time."),
        Some(("Nộp hồ sơ mới nếu vẫn cần.", "File anew if you still need it.")),
    ),
    words(
        NoticeKind::PaymentRequested,
        ("Hồ sơ cần nộp phí, lệ phí", "A fee is to be paid"),
        ("Hồ sơ {code} cần nộp {amount} đồng.", "Dossier {code} needs a fee of {amount} dong."),
        Some(("Nộp phí, lệ phí trong ứng dụng hoặc tại quầy.", "Pay it in the app or at the desk.")),
    ),
    words(
        NoticeKind::PaymentRecorded,
        ("Đã nhận phí, lệ phí", "The fee was paid"),
        ("Đã nhận {amount} đồng cho hồ sơ {code}.", "{amount} dong were received for dossier {code}."),
        None,
    ),
    words(
        NoticeKind::WithdrawalRequested,
        ("Đã nhận yêu cầu rút hồ sơ", "The dossier was asked back"),
        ("Yêu cầu rút hồ sơ {code} đang chờ cơ quan xác nhận.", "That dossier {code} is taken back waits for the agency."),
        None,
    ),
    words(
        NoticeKind::WithdrawalGranted,
        ("Hồ sơ đã được rút", "The dossier was taken back"),
        ("Hồ sơ {code} đã được rút theo yêu cầu.", "Dossier {code} was taken back as asked."),
        None,
    ),
    words(
        NoticeKind::WithdrawalDeclined,
        ("Không đồng ý cho rút hồ sơ", "The dossier was not given back"),
        ("Hồ sơ {code} được giải quyết tiếp. Lý do ghi trong hồ sơ.", "Work on dossier {code} goes on. The reason stands in it."),
        None,
    ),
    words(
        NoticeKind::Stopped,
        ("Hồ sơ dừng giải quyết", "Work on the dossier was stopped"),
        ("Hồ sơ {code} dừng giải quyết. Lý do ghi trong hồ sơ.", "Work on dossier {code} was stopped. The reason stands in it."),
        None,
    ),
    words(
        NoticeKind::Decided,
        ("Hồ sơ đã có quyết định", "The dossier was decided"),
        ("Lãnh đạo đã quyết định hồ sơ {code}, kết quả đang được làm.", "Dossier {code} was decided; the result is being made."),
        None,
    ),
    words(
        NoticeKind::ResultIssued,
        ("Đã có kết quả", "The result is there"),
        ("Hồ sơ {code} đã có kết quả.", "The result of dossier {code} is there."),
        Some(("Nhận kết quả theo cách bạn đã chọn.", "Receive it in the way you have chosen.")),
    ),
    words(
        NoticeKind::Recalled,
        ("Kết quả bị thu hồi để sửa", "The result was taken back"),
        ("Kết quả của hồ sơ {code} được thu hồi trước khi trả và sẽ làm lại.", "The result of dossier {code} was taken back before it was handed over, and is made anew."),
        None,
    ),
    words(
        NoticeKind::HandedOver,
        ("Đã trả kết quả", "The result was handed over"),
        ("Kết quả của hồ sơ {code} đã được trả.", "The result of dossier {code} was handed over."),
        None,
    ),
    words(
        NoticeKind::Apologised,
        ("Xin lỗi vì trễ hẹn trả kết quả", "We apologise for the delay"),
        ("Cơ quan xin lỗi vì trễ hẹn hồ sơ {code}, hẹn lại ngày {date}.", "The agency apologises for the delay of dossier {code}; the new date is {date}."),
        None,
    ),
    words(
        NoticeKind::Transferred,
        ("Hồ sơ được chuyển đến cơ quan khác", "Another agency goes on with the dossier"),
        ("Hồ sơ {code} được chuyển đến cơ quan có thẩm quyền, ngày hẹn trả không đổi.", "Dossier {code} has gone to the competent agency; the due date stays."),
        None,
    ),
    words(
        NoticeKind::DeadlineExtended,
        ("Gia hạn ngày hẹn trả kết quả", "The due date was moved once more"),
        ("Cơ quan xin lỗi và gia hạn hồ sơ {code} đến ngày {date}.", "The agency apologises and moves the due date of dossier {code} to {date}."),
        None,
    ),
    words(
        NoticeKind::Reopened,
        ("Hồ sơ được mở lại", "The dossier is open again"),
        ("Hồ sơ {code} được mở lại và giải quyết tiếp. Lý do ghi trong hồ sơ.", "Dossier {code} is open again and work on it goes on. The reason stands in it."),
        None,
    ),
    words(
        NoticeKind::DueDateRecomputed,
        ("Ngày hẹn trả kết quả thay đổi", "The due date has changed"),
        ("Lịch làm việc thay đổi, hồ sơ {code} hẹn trả kết quả ngày {date}.", "The working calendar has changed; the result of dossier {code} is due on {date}."),
        None,
    ),
];
