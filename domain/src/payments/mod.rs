//! Fees (phí, lệ phí), what a dossier owes, and the attempts to pay it.

pub mod fees;
mod vocabulary;
