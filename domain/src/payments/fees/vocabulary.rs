//! The words of the tariff: kinds, units, channels, moments of collection.

use crate::payments::vocabulary::vocabulary;

vocabulary! {
    /// What sort of levy it is (Luật Phí và lệ phí 2015, art. 3).
    pub enum FeeKind {
        /// Phí: covers the cost of a public service.
        Charge = "charge",
        /// Lệ phí: a fixed sum for a paper or an act of the administration.
        Fee = "fee",
    }

    /// What one amount of the tariff is charged for.
    pub enum FeeUnit {
        /// Once for the dossier (hồ sơ, trường hợp).
        Dossier = "dossier",
        /// For each copy issued (bản).
        Copy = "copy",
        /// For each page of the original, in each copy (trang).
        Page = "page",
        /// For each person the dossier is about (người).
        Person = "person",
    }

    /// How the dossier was filed, as far as the tariff cares.
    pub enum FeeChannel {
        /// At the counter (trực tiếp).
        Direct = "direct",
        /// Online (trực tuyến).
        Online = "online",
        /// By public post (bưu chính công ích).
        Post = "post",
    }

    /// When the fee is collected, in the order in which the moments come.
    pub enum CollectedAt {
        /// With the submission (thu trước).
        Intake = "intake",
        /// When the unit asks for it on the way (thu trong quá trình xử lý).
        Supplement = "supplement",
        /// With the result (thu sau).
        Result = "result",
    }
}
