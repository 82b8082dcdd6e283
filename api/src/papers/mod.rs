//! Papers of dossiers and the files behind them: taken in, kept, served, swept.

pub mod attaching;
pub mod content;
pub mod decoding;
pub mod handing;
pub mod handlers;
pub mod own_files;
pub mod preview;
pub mod range;
pub mod scanning;
pub mod serving;
pub mod storage;
pub mod sweep;
pub mod upload;
pub mod wire;
