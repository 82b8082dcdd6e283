//! What each column says about a person, so that masking, logging, export and the assessment of impact
//! follow from one table. A table or column that is not here fails the tests.

/// How close a column comes to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Published anyway, or about nobody: the catalogue, counters.
    Public,
    /// Steps, states, times and sums of a matter; tells nothing without the matter's party.
    Case,
    /// Tells who somebody is to those who handle the matter: names, dates of birth, devices.
    Personal,
    /// Points at one person anywhere, or is what the person wrote: always sealed.
    Identifying,
    /// Opens something: digests, wrapped keys, second secrets.
    Secret,
}

impl Class {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Case => "case",
            Self::Personal => "personal",
            Self::Identifying => "identifying",
            Self::Secret => "secret",
        }
    }
}

/// A table: the class of its columns, and the columns of another class.
#[derive(Debug, Clone, Copy)]
pub struct Classed {
    /// The table.
    pub table: &'static str,
    /// The class of every column that is not named.
    pub class: Class,
    /// Columns of another class.
    pub others: &'static [(&'static str, Class)],
}

const fn all(table: &'static str, class: Class) -> Classed {
    Classed {
        table,
        class,
        others: &[],
    }
}

use Class::{Case, Identifying, Personal, Public, Secret};

/// Every table.
pub const CLASSES: &[Classed] = &[
    all("account_holds", Case),
    all("agencies", Public),
    Classed {
        table: "assignments",
        class: Case,
        others: &[("reason", Personal)],
    },
    all("catalogue_files", Public),
    all("catalogue_state", Public),
    all("consent_withdrawals", Case),
    all("consents", Case),
    all("counters", Public),
    Classed {
        table: "data_requests",
        class: Case,
        others: &[
            ("details", Identifying),
            ("extension_reason", Identifying),
            ("note", Identifying),
        ],
    },
    all("deputies", Case),
    Classed {
        table: "disclosures",
        class: Case,
        others: &[("note", Personal)],
    },
    Classed {
        table: "dossiers",
        class: Case,
        others: &[
            ("helped_by", Personal),
            ("applicant_name", Personal),
            ("applicant_name_folded", Personal),
            ("applicant_birth_date", Personal),
            ("claims", Personal),
            ("applicant_number", Identifying),
            ("applicant_phone", Identifying),
            ("applicant_address", Identifying),
            ("submitter", Identifying),
            ("form", Identifying),
            ("recipient", Identifying),
            ("tracking_secret", Secret),
        ],
    },
    Classed {
        table: "draft_fields",
        class: Case,
        others: &[("fields", Identifying)],
    },
    Classed {
        table: "events",
        class: Case,
        others: &[("payload", Personal)],
    },
    all("exports", Case),
    Classed {
        table: "files",
        class: Case,
        others: &[("sha256", Personal)],
    },
    Classed {
        table: "idempotency_keys",
        class: Case,
        others: &[("key", Secret), ("body_sha256", Secret)],
    },
    Classed {
        table: "identity_proofs",
        class: Case,
        others: &[("document_digits", Identifying)],
    },
    all("inspections", Personal),
    all("loose_objects", Personal),
    Classed {
        table: "mandates",
        class: Case,
        others: &[("evidence_number", Identifying)],
    },
    all("notice_deliveries", Case),
    Classed {
        table: "notice_preferences",
        class: Case,
        others: &[("email", Identifying)],
    },
    all("notices", Case),
    all("obligations", Case),
    Classed {
        table: "officers",
        class: Case,
        others: &[
            ("login", Personal),
            ("full_name", Personal),
            ("password_hash", Secret),
        ],
    },
    Classed {
        table: "one_time_codes",
        class: Case,
        others: &[
            ("number_digest", Secret),
            ("code_digest", Secret),
            ("asker_digest", Secret),
        ],
    },
    all("organisations", Case),
    Classed {
        table: "outbox",
        class: Case,
        others: &[("payload", Personal), ("last_error", Personal)],
    },
    all("papers", Case),
    all("payments", Case),
    Classed {
        table: "people",
        class: Case,
        others: &[
            ("full_name", Personal),
            ("birth_date", Personal),
            ("phone", Identifying),
            ("personal_number", Identifying),
            ("address", Identifying),
            ("phone_index", Secret),
            ("phone_index_other", Secret),
            ("number_index", Secret),
            ("number_index_other", Secret),
        ],
    },
    all("procedure_versions", Public),
    Classed {
        table: "proposals",
        class: Case,
        others: &[("payload", Personal)],
    },
    Classed {
        table: "provider_requests",
        class: Case,
        others: &[("seed", Secret)],
    },
    Classed {
        table: "push_devices",
        class: Case,
        others: &[("token", Identifying), ("token_digest", Secret)],
    },
    Classed {
        table: "recovery_codes",
        class: Case,
        others: &[("digest", Secret)],
    },
    Classed {
        table: "refresh_tokens",
        class: Case,
        others: &[("token_digest", Secret)],
    },
    all("result_drafts", Case),
    Classed {
        table: "results",
        class: Case,
        others: &[("signer_name", Personal)],
    },
    all("role_grants", Case),
    Classed {
        table: "second_factors",
        class: Case,
        others: &[("secret", Secret)],
    },
    all("sequencer", Public),
    Classed {
        table: "sessions",
        class: Case,
        others: &[
            ("device_digest", Secret),
            ("device_label", Personal),
            ("network", Personal),
        ],
    },
    Classed {
        table: "setup_tokens",
        class: Case,
        others: &[("id", Secret)],
    },
    all("step_ups", Case),
    Classed {
        table: "subject_keys",
        class: Case,
        others: &[("wrapped", Secret)],
    },
    Classed {
        table: "supplements",
        class: Case,
        others: &[("items", Personal), ("answer", Personal)],
    },
    Classed {
        table: "throttles",
        class: Case,
        others: &[("id", Secret)],
    },
    Classed {
        table: "uploads",
        class: Case,
        others: &[("sha256", Personal)],
    },
    Classed {
        table: "wards",
        class: Case,
        others: &[
            ("full_name", Personal),
            ("birth_date", Personal),
            ("personal_number", Identifying),
            ("number_index", Secret),
            ("number_index_other", Secret),
        ],
    },
];
