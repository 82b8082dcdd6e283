//! Whether a procedure is filed online here, and where it is filed instead.

use super::{CentralCoverage, CentralSystem, OnlineLevel, ProcedureVersion};
use crate::{
    rejection::{Code, Fault, Rejection},
    text::Localized,
};

impl ProcedureVersion {
    /// Nothing if citizens file it online with us. Else it is filed at the desk or by post, where the
    /// law wants it in person, or in the national system that takes it in (224/2026/NĐ-CP art. 14
    /// and 15).
    ///
    /// # Errors
    /// `procedure-not-online` with a fault at `/procedure_code` that says where to file instead.
    pub fn is_filed_online_here(&self) -> Result<(), Rejection> {
        let Some(Localized { vi, en }) = self.filed_instead() else {
            return Ok(());
        };
        Err(Rejection {
            code: Code::ProcedureNotOnline,
            faults: vec![Fault::new("/procedure_code", Code::ProcedureNotOnline).because(vi, en)],
        })
    }

    /// Where it is filed, if not online with us.
    fn filed_instead(&self) -> Option<Localized> {
        if let Some(CentralSystem { name, covers }) = &self.central_system {
            let Localized { vi, en } = name;
            return Some(match covers {
                CentralCoverage::All => Localized::new(
                    format!("Thủ tục này nộp tại: {vi}."),
                    format!("It is filed at: {en}."),
                ),
                CentralCoverage::Online => Localized::new(
                    format!(
                        "Nộp trực tuyến tại: {vi}. Bộ phận một cửa vẫn nhận hồ sơ nộp trực tiếp hoặc \
                         qua bưu chính."
                    ),
                    format!(
                        "Online it is filed at: {en}. The one-stop desk still takes it over the \
                         counter or by post."
                    ),
                ),
            });
        }
        match &self.online {
            OnlineLevel::Full {} | OnlineLevel::Partial { reason: _ } => None,
            OnlineLevel::None {
                reason: Localized { vi, en },
            } => Some(Localized::new(
                format!("Không nộp trực tuyến vì: {vi}. Hãy nộp tại Bộ phận một cửa."),
                format!("Not filed online because: {en}. File it at the one-stop desk."),
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::procedures::shipped;

    #[test]
    fn each_shipped_procedure_says_where_it_is_filed() {
        let (mut here, mut elsewhere) = (0, 0);
        for procedure in &shipped().unwrap().procedures {
            let national = procedure.central_system.is_some();
            let in_person = matches!(procedure.online, OnlineLevel::None { .. });
            let Err(rejection) = procedure.is_filed_online_here() else {
                assert!(!national && !in_person, "{}", procedure.code);
                here += 1;
                continue;
            };
            assert!(national || in_person, "{}", procedure.code);
            assert_eq!(rejection.code, Code::ProcedureNotOnline);
            let told = rejection.faults.first().unwrap().detail.clone().unwrap();
            let place = match &procedure.central_system {
                Some(system) => &system.name.vi,
                None => "Bộ phận một cửa",
            };
            assert!(told.vi.contains(place), "{told:?}");
            elsewhere += 1;
        }
        assert!(
            here > 20 && elsewhere > 5,
            "{here} here, {elsewhere} elsewhere"
        );
    }
}
