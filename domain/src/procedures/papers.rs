//! The papers (thành phần hồ sơ) a procedure asks for.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{code::PaperKey, source::Certainty};
use crate::{papers::FileKind, text::Localized};

/// How many copies of each kind are handed in (bản chính, bản sao chứng thực, bản photo).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Copies {
    /// Originals (bản chính).
    #[serde(default)]
    #[schema(maximum = 20)]
    pub original: u8,
    /// Certified copies (bản sao có chứng thực).
    #[serde(default)]
    #[schema(maximum = 20)]
    pub certified_copy: u8,
    /// Plain copies (bản photo).
    #[serde(default)]
    #[schema(maximum = 20)]
    pub photocopy: u8,
}

/// Whether the paper must be there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "need", rename_all = "snake_case", deny_unknown_fields)]
pub enum PaperNeed {
    /// Always. (Braces here and below, so that further fields are refused.)
    Mandatory {},
    /// Only in the case described (trường hợp).
    Conditional {
        /// The case, in words for the citizen.
        case: Localized,
    },
    /// It may be added; nobody may ask for it.
    Optional {},
}

/// Where the paper comes from, in the order in which it is sought: asking for what a database
/// holds is forbidden (309/2026/NĐ-CP).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaperOrigin {
    /// The citizen hands it in.
    Citizen,
    /// A national or sector database holds it.
    Database,
    /// The citizen's e-data store (kho quản lý dữ liệu điện tử) holds it.
    Store,
}

/// The largest file any procedure may accept, 20 MiB.
pub const LARGEST_FILE: u32 = 20 * 1024 * 1024;

/// One paper a procedure asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaperRequirement {
    /// Its name inside this procedure; never reused for another paper.
    pub key: PaperKey,
    /// The national code of the component (mã thành phần hồ sơ), where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 40)]
    pub code: Option<String>,
    /// What it is called.
    pub name: Localized,
    /// Whether it must be there.
    pub kind: PaperNeed,
    /// How many are handed in on paper.
    #[serde(default)]
    pub copies: Copies,
    /// Where it comes from.
    pub source: PaperOrigin,
    /// The e-form of this procedure stands for this paper (biểu mẫu điện tử), so nothing is
    /// uploaded.
    #[serde(default)]
    pub is_form: bool,
    /// The name of the blank form (mẫu), where one is prescribed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub form_file: Option<String>,
    /// The code of a result (mã giấy tờ kết quả) that may stand in for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 40, example = "KQ.G15.000032")]
    pub replaced_by_result: Option<String>,
    /// Scanned and signed at reception when it comes on paper (số hoá).
    #[serde(default)]
    pub digitise: bool,
    /// Shown and handed back, not kept (xuất trình).
    #[serde(default)]
    pub to_present_only: bool,
    /// The kinds of file accepted; empty when nothing is uploaded.
    #[serde(default)]
    pub accepts: Vec<FileKind>,
    /// The largest file accepted, in bytes.
    #[serde(default)]
    #[schema(maximum = 20_971_520)]
    pub max_bytes: u32,
    /// How sure it is that the paper is asked for, where that differs from the version as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
}

impl PaperRequirement {
    /// Whether the citizen uploads a file for this paper.
    pub fn is_uploaded(&self) -> bool {
        !self.is_form && !self.accepts.is_empty()
    }
}
