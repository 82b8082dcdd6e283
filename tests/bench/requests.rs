//! The requests that are measured, put together from ready parts.

use std::sync::Arc;

use domain::dossiers::State;

use crate::ids::{Family, uuid};
use crate::register::{Register, Tokens};

/// An operation of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    /// One dossier in full.
    Dossier,
    /// The newest 20 of one citizen.
    List,
    /// A draft is submitted.
    Submit,
}

impl Operation {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Dossier => "one dossier",
            Self::List => "list of 20",
            Self::Submit => "submit",
        }
    }
}

/// Writes requests of one register into a connection's buffer.
#[derive(Debug, Clone)]
pub(crate) struct Requests {
    pub(crate) register: Arc<Register>,
    pub(crate) tokens: Arc<Tokens>,
    /// Whether the client asks for brotli, as phones do.
    pub(crate) compressed: bool,
}

impl Requests {
    /// Which row an operation is measured on when any will do: a single dossier is looked at when
    /// it is finished and has everything a dossier can have.
    pub(crate) fn asked(&self, operation: Operation, n: u64) -> u64 {
        let register = &self.register;
        match operation {
            Operation::Dossier => {
                let following = (0..20).map(|step| (n + step) % register.dossiers);
                let mut finished = following.filter(|n| register.state(*n) == State::Returned);
                finished.next().unwrap_or(n)
            }
            Operation::List | Operation::Submit => n,
        }
    }

    /// The request for the n-th dossier or draft, or for its owner's list.
    pub(crate) fn write(&self, operation: Operation, n: u64, into: &mut Vec<u8>) {
        let n = self.asked(operation, n);
        into.clear();
        let mut id = [0; 36];
        let id = uuid(Family::Dossier, n)
            .hyphenated()
            .encode_lower(&mut id)
            .as_bytes();
        match operation {
            Operation::Dossier => {
                into.extend_from_slice(b"GET /v1/dossiers/");
                into.extend_from_slice(id);
            }
            Operation::List => into.extend_from_slice(b"GET /v1/dossiers"),
            Operation::Submit => {
                into.extend_from_slice(b"POST /v1/dossiers/");
                into.extend_from_slice(id);
                into.extend_from_slice(b"/submit");
            }
        }
        into.extend_from_slice(b" HTTP/1.1\r\nhost: localhost:8080\r\nauthorization: Bearer ");
        into.extend_from_slice(self.tokens.owner_of(&self.register, n).as_bytes());
        if self.compressed {
            into.extend_from_slice(b"\r\naccept-encoding: br");
        }
        match operation {
            Operation::Dossier | Operation::List => into.extend_from_slice(b"\r\n\r\n"),
            Operation::Submit => {
                into.extend_from_slice(b"\r\nif-match: \"v1\"\r\nidempotency-key: \"");
                into.extend_from_slice(id);
                into.extend_from_slice(
                    b"\"\r\ncontent-type: application/json\r\ncontent-length: 16\r\n\r\n",
                );
                into.extend_from_slice(br#"{"consent":true}"#);
            }
        }
    }
}
