//! The receipt slip (giấy tiếp nhận hồ sơ và hẹn trả kết quả, form 01), as shown.

use chrono::NaiveDate;
use domain::{
    dossiers::{Assistance, Channel, Delivery},
    ids::DossierId,
    time::Time,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{helping::HelperView, party::PartyView, view::ProcedureBrief};

/// The content of form 01: what the desk prints and signs, and what the app shows instead.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptSlip {
    /// The dossier.
    pub dossier_id: DossierId,
    /// The number of the form: `01`.
    #[schema(max_length = 2, example = "01")]
    pub form: &'static str,
    /// The form's title.
    #[schema(max_length = 100, example = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả")]
    pub title: String,
    /// The unit that received the dossier, as it was on that day.
    pub issuing_unit: IssuingUnit,
    /// The dossier's official code, also the number of the slip.
    #[schema(max_length = 40, example = "H01.30.38-20261123-0000042")]
    pub code: String,
    /// What the QR square for tracking holds: the code, a slash, the secret. Text and no address: a
    /// phone shows it to be typed in, an app sends both parts to `POST /v1/tracking`. Not for whoever reads
    /// under a mandate.
    #[schema(max_length = 60, example = "H01.30.38-20261123-0000042/7KQ2M9XD")]
    pub qr_content: Option<String>,
    /// The address of the page, for the foot of the slip, that says how the dossier stands to anybody who
    /// holds the slip and has a browser; programs ask `POST /v1/tracking`.
    #[schema(max_length = 220, example = "http://localhost:8080/tra-cuu")]
    pub lookup_address: String,
    /// The secret that goes with the code there; not for whoever reads under a mandate.
    #[schema(max_length = 16, example = "7KQ2M9XD")]
    pub tracking_secret: Option<String>,
    /// Who handed it in.
    pub submitter: PartyView,
    /// How it came in.
    pub channel: Channel,
    /// Who held the pen.
    pub assistance: Assistance,
    /// Who helped on the citizen's own phone.
    pub helped_by: Option<HelperView>,
    /// Whose matter it is.
    pub applicant: PartyView,
    /// What it is about (nội dung).
    pub procedure: ProcedureBrief,
    /// What was received.
    #[schema(max_items = 100)]
    pub papers: Vec<ReceivedPaper>,
    /// How many sets of papers.
    #[schema(minimum = 1)]
    pub sets: u8,
    /// The legal time in words.
    #[schema(max_length = 200, example = "3 ngày làm việc")]
    pub legal_time: String,
    /// When it was received.
    pub received_at: Time,
    /// When the result was promised for.
    pub due_at: Time,
    /// The business date of `due_at` in Viet Nam.
    pub due_date: NaiveDate,
    /// When the result is due today, if pauses or an extension have moved it.
    pub moved_due_at: Option<Time>,
    /// How the result is handed over.
    pub delivery: Delivery,
    /// The same in words.
    #[schema(max_length = 200)]
    pub delivery_text: String,
    /// The officer who received it.
    #[schema(max_length = 120)]
    pub officer_name: Option<String>,
}

/// The unit at the head of the slip.
#[derive(Debug, Serialize, ToSchema)]
pub struct IssuingUnit {
    /// Its name.
    #[schema(max_length = 300)]
    pub name: String,
    /// Its identifier, as printed.
    #[schema(max_length = 40)]
    pub identifier: Option<String>,
    /// Where it is.
    #[schema(max_length = 300)]
    pub address: String,
    /// Its telephone number.
    #[schema(max_length = 20)]
    pub phone: Option<String>,
}

/// One line of the table of papers.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceivedPaper {
    /// Counts from 1.
    #[schema(minimum = 1)]
    pub number: u32,
    /// The paper's key in the procedure's list.
    #[schema(max_length = 64)]
    pub key: String,
    /// Its name.
    #[schema(max_length = 500)]
    pub name: String,
    /// How many originals.
    pub originals: u32,
    /// How many copies, certified or plain.
    pub copies: u32,
    /// How many electronic documents; the form filled in on screen is one.
    pub electronic: u32,
}
