//! What a supplement request may say: papers that can be handed in as a file, a date within bounds.

use chrono::NaiveDate;

use super::RequestedItem;
use crate::{
    deadlines::{ClockTime, WorkingTime},
    procedures::{PaperRequirement, ProcedureVersion},
    rejection::{Code, Fault, Rejection},
    time::Time,
};

/// The faults of the papers a request names, held against the procedure's own list.
///
/// A request is answered by attaching every paper it names. One that takes no file could be
/// answered by nobody: the request would lapse, and the dossier be closed for it.
pub fn faults_of_papers(items: &[RequestedItem], procedure: &ProcedureVersion) -> Vec<Fault> {
    let fault = |(index, item): (usize, &RequestedItem)| {
        let place = format!("/items/{index}/paper_key");
        match procedure.paper(&item.paper_key) {
            None => Some(Fault::new(place, Code::UnknownReference)),
            Some(paper) if paper.is_uploaded() => None,
            Some(paper) => {
                let (vi, en) = instead(paper);
                Some(Fault::new(place, Code::PaperTakesNoFile).because(vi, en))
            }
        }
    };
    items.iter().enumerate().filter_map(fault).collect()
}

/// The faults of a reply-by date: the citizen has at least until the next working day begins, and at
/// most that many working days, to the close of the last.
///
/// # Errors
/// `calendar-missing`.
pub fn faults_of_reply_by(
    reply_by: Time,
    now: Time,
    most_days: u16,
    working: &WorkingTime<'_>,
) -> Result<Option<Fault>, Rejection> {
    let earliest = working.next_opening(ClockTime::MIDNIGHT.on(day_after(now.date())?))?;
    let latest = close_after(now, most_days, working)?;
    let is_within = earliest <= reply_by && reply_by <= latest;
    Ok((!is_within).then(|| {
        let (from, to) = (earliest.date(), latest.date());
        Fault::new("/reply_by", Code::OutOfRange).because(
            format!(
                "Hạn trả lời phải từ đầu ngày làm việc {} đến hết ngày làm việc {} (tối đa {most_days} ngày làm việc).",
                from.format("%d/%m/%Y"),
                to.format("%d/%m/%Y"),
            ),
            format!(
                "A reply-by date lies between the opening of {from} and the close of {to} (at most {most_days} working days)."
            ),
        )
    }))
}

/// The close of the last of that many working days after `from`.
///
/// # Errors
/// `calendar-missing`.
pub fn close_after(from: Time, days: u16, working: &WorkingTime<'_>) -> Result<Time, Rejection> {
    let mut date = from.date();
    for _ in 0..days {
        date = working.working_day_from(day_after(date)?)?;
    }
    Ok(working.close_of(date)?.ok_or(Code::CalendarMissing)?)
}

fn day_after(date: NaiveDate) -> Result<NaiveDate, Code> {
    date.succ_opt().ok_or(Code::CalendarMissing)
}

/// What the desk does about a paper that takes no file: Vietnamese, English.
const fn instead(paper: &PaperRequirement) -> (&'static str, &'static str) {
    if paper.is_form {
        (
            "Đây là tờ khai điện tử, không nộp bằng tệp. Nếu tờ khai sai, hãy yêu cầu giấy tờ chứng \
             minh nội dung đúng; khi chưa tiếp nhận cũng có thể từ chối kèm lý do để khai lại.",
            "This is the e-form itself; no file is taken for it. If it is wrong, ask for a paper that \
             shows what is right; before acceptance it can also be refused with the reason, to be \
             filled in anew.",
        )
    } else if paper.to_present_only {
        (
            "Giấy tờ này chỉ xuất trình tại quầy, không lưu tệp. Hãy mời người nộp mang đến quầy để \
             đối chiếu và chỉ yêu cầu bổ sung giấy tờ nộp bằng tệp.",
            "This paper is only shown at the desk; no file of it is kept. Invite the person to show \
             it there, and ask only for papers that are handed in as files.",
        )
    } else {
        (
            "Giấy tờ này nộp bản giấy tại quầy, không có chỗ lưu tệp. Hãy mời người nộp mang đến \
             quầy và chỉ yêu cầu bổ sung giấy tờ nộp bằng tệp.",
            "This paper is handed in at the desk on paper; there is no place for a file of it. Invite \
             the person to bring it, and ask only for papers that are handed in as files.",
        )
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use std::collections::BTreeSet;

    use super::*;
    use crate::{procedures::shipped, supplements::MissingReason};

    fn item(key: &str) -> RequestedItem {
        RequestedItem {
            paper_key: key.to_owned(),
            reason: MissingReason::Missing,
            text: "Bổ sung giấy tờ còn thiếu.".to_owned(),
        }
    }

    #[test]
    fn of_every_shipped_paper_exactly_those_without_a_file_are_refused() {
        let catalogue = shipped().unwrap();
        let mut told = BTreeSet::new();
        for procedure in &catalogue.procedures {
            for paper in &procedure.papers {
                let faults = faults_of_papers(&[item(paper.key.as_str())], procedure);
                assert_eq!(faults.is_empty(), paper.is_uploaded(), "{:?}", paper.key);
                for fault in faults {
                    assert_eq!(fault.code, Code::PaperTakesNoFile);
                    told.insert(fault.detail.unwrap().vi);
                }
            }
        }
        assert_eq!(told.len(), 3, "each kind is told what to do: {told:?}");
    }

    #[test]
    fn each_fault_is_at_its_own_place() {
        let catalogue = shipped().unwrap();
        let of_code = |it: &&ProcedureVersion| it.code.as_str() == "2.000635";
        let procedure = catalogue.procedures.iter().find(of_code).unwrap();
        let keys = ["declaration", "authorisation", "moon_stone"];
        let faults = faults_of_papers(&keys.map(item), procedure);
        let found: Vec<_> = faults
            .iter()
            .map(|it| (it.pointer.as_str(), it.code))
            .collect();
        let expected = [
            ("/items/0/paper_key", Code::PaperTakesNoFile),
            ("/items/2/paper_key", Code::UnknownReference),
        ];
        assert_eq!(found, expected);
    }
}
