//! The timeline: what happened, in a citizen's words.

use crate::dossiers::{Assistance, Channel, EventKind};

/// The sentence for an event of a dossier that came in by `channel`: Vietnamese, English.
/// `assistance` is what its note says of the pen. Only where it was `accepted` before is there a time
/// limit that can stand still.
#[expect(
    clippy::too_many_lines,
    reason = "one row per kind: a table, not a procedure"
)]
pub const fn sentence(
    kind: EventKind,
    channel: Option<Channel>,
    assistance: Option<Assistance>,
    accepted: bool,
) -> (&'static str, &'static str) {
    let at_the_desk = matches!(assistance, Some(Assistance::TypedByOfficer));
    match kind {
        EventKind::Drafted => ("Bạn bắt đầu soạn hồ sơ.", "You began the dossier."),
        EventKind::Edited => ("Bạn sửa bản nháp.", "You changed the draft."),
        EventKind::Discarded => ("Bạn bỏ bản nháp.", "You discarded the draft."),
        EventKind::PaperAttached => ("Đã thêm giấy tờ.", "A paper was attached."),
        EventKind::PaperRemoved => ("Đã bớt giấy tờ.", "A paper was removed."),
        EventKind::Submitted => ("Bạn đã nộp hồ sơ.", "You submitted the dossier."),
        EventKind::Filed => match channel {
            Some(Channel::Post) => (
                "Cán bộ đã nhập hồ sơ bạn gửi qua bưu chính.",
                "An officer filed the dossier you sent by post.",
            ),
            Some(Channel::Online | Channel::Counter) | None => (
                "Cán bộ đã nhập hồ sơ của bạn tại quầy.",
                "An officer filed your dossier at the desk.",
            ),
        },
        EventKind::Accepted => (
            "Hồ sơ được tiếp nhận, có giấy hẹn trả kết quả.",
            "The dossier was accepted; the receipt names the due date.",
        ),
        EventKind::Refused => (
            "Hồ sơ không được tiếp nhận.",
            "The dossier was not accepted.",
        ),
        EventKind::Forwarded => (
            "Hồ sơ được chuyển đến bộ phận giải quyết.",
            "The dossier went to the specialist unit.",
        ),
        EventKind::SupplementConsented => (
            "Lãnh đạo đồng ý yêu cầu bổ sung thêm.",
            "A leader consented to a further request.",
        ),
        EventKind::SupplementRequested if !accepted => (
            "Bạn được đề nghị bổ sung giấy tờ trước khi hồ sơ được tiếp nhận.",
            "You are asked for more papers before the dossier can be accepted.",
        ),
        EventKind::SupplementRequested => (
            "Bạn được đề nghị bổ sung giấy tờ; thời hạn giải quyết tạm dừng.",
            "You are asked for more papers; the time limit stands still.",
        ),
        EventKind::SupplementAnswered if at_the_desk && !accepted => (
            "Bạn đã bổ sung tại quầy, cán bộ ghi nhận thay; chờ cán bộ kiểm tra.",
            "You handed in at the desk what was asked, and an officer wrote it down; it will be \
             checked.",
        ),
        EventKind::SupplementAnswered if at_the_desk => (
            "Bạn đã bổ sung tại quầy, cán bộ ghi nhận thay; thời hạn giải quyết chạy tiếp.",
            "You handed in at the desk what was asked, and an officer wrote it down; the time limit \
             runs again.",
        ),
        EventKind::SupplementAnswered if !accepted => (
            "Bạn đã gửi bổ sung, chờ cán bộ kiểm tra.",
            "You sent what was asked; an officer will check it.",
        ),
        EventKind::SupplementAnswered => (
            "Bạn đã gửi bổ sung; thời hạn giải quyết chạy tiếp.",
            "You sent what was asked; the time limit runs again.",
        ),
        EventKind::Resumed => (
            "Giấy tờ bổ sung đã được chấp nhận.",
            "The added papers were accepted.",
        ),
        EventKind::SupplementLapsed => (
            "Quá hạn bổ sung, hồ sơ được đóng.",
            "Nobody answered in time; the dossier was closed.",
        ),
        EventKind::PaymentRequested => (
            "Bạn được đề nghị nộp phí, lệ phí; thời hạn giải quyết tạm dừng.",
            "You are asked to pay; the time limit stands still.",
        ),
        EventKind::PaymentRecorded => ("Đã ghi nhận khoản nộp.", "A payment was recorded."),
        EventKind::WithdrawalRequested if at_the_desk => (
            "Bạn xin rút hồ sơ tại quầy, cán bộ ghi nhận thay.",
            "You asked at the desk to withdraw the dossier, and an officer wrote it down.",
        ),
        EventKind::WithdrawalRequested => {
            ("Bạn xin rút hồ sơ.", "You asked to withdraw the dossier.")
        }
        EventKind::WithdrawalGranted => (
            "Việc rút hồ sơ đã được xác nhận.",
            "The withdrawal was confirmed.",
        ),
        EventKind::WithdrawalDeclined => (
            "Đề nghị rút hồ sơ không được chấp nhận; hồ sơ tiếp tục được giải quyết.",
            "The withdrawal was declined; work goes on.",
        ),
        EventKind::Stopped => (
            "Cơ quan dừng giải quyết hồ sơ.",
            "The agency stopped processing.",
        ),
        EventKind::Decided => ("Lãnh đạo đã quyết định.", "A leader decided."),
        EventKind::ResultIssued => ("Đã có kết quả.", "The result is ready."),
        EventKind::Recalled => (
            "Kết quả được thu hồi để xem lại trước khi trả.",
            "The result was recalled for review before hand-over.",
        ),
        EventKind::HandedOver => ("Đã trả kết quả.", "The result was handed over."),
        EventKind::Apologised => (
            "Cơ quan xin lỗi vì chậm và hẹn lại ngày trả.",
            "The agency apologised and named a new date.",
        ),
        EventKind::Assigned => ("Hồ sơ được phân công thụ lý.", "An officer was assigned."),
        EventKind::Released => ("Hồ sơ thôi phân công.", "The assignment ended."),
        EventKind::Transferred => (
            "Hồ sơ được chuyển đến cơ quan có thẩm quyền; mã hồ sơ và ngày hẹn trả không đổi, bạn không \
             phải nộp lại.",
            "The dossier went to the agency that is competent; its code and the due date stay, and you \
             need not file again.",
        ),
        EventKind::DeadlineExtended => (
            "Cơ quan lùi tiếp ngày hẹn trả, theo đề nghị và phê duyệt của hai cán bộ.",
            "The agency moved the due date again; two officers decided it.",
        ),
        EventKind::Reopened => (
            "Hồ sơ được mở lại để tiếp tục giải quyết, theo đề nghị và phê duyệt của hai cán bộ.",
            "The dossier was opened again and work goes on; two officers decided it.",
        ),
        EventKind::DueDateRecomputed => (
            "Lịch làm việc thay đổi nên ngày hẹn trả kết quả được tính lại.",
            "The working calendar changed, so the due date was worked out anew.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_limit_is_told_of_only_where_there_is_one() {
        for (kind, assistance) in [
            (EventKind::SupplementRequested, None),
            (EventKind::SupplementAnswered, None),
            (
                EventKind::SupplementAnswered,
                Some(Assistance::TypedByOfficer),
            ),
        ] {
            let (vi, en) = sentence(kind, Some(Channel::Online), assistance, false);
            assert!(
                !vi.contains("thời hạn") && !en.contains("limit"),
                "{vi} {en}"
            );
            let (vi, en) = sentence(kind, Some(Channel::Online), assistance, true);
            assert!(vi.contains("thời hạn") && en.contains("limit"), "{vi} {en}");
        }
    }

    #[test]
    fn what_came_by_post_did_not_come_to_the_desk() {
        for (channel, word) in [(Channel::Counter, "tại quầy"), (Channel::Post, "bưu chính")]
        {
            let (vi, _) = sentence(EventKind::Filed, Some(channel), None, false);
            assert!(vi.contains(word), "{vi}");
        }
    }
}
