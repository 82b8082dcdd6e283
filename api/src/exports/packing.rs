//! Packs an archive whose entries only a code opens.

use std::io::{Cursor, Write as _};

use aws_lc_rs::digest::{SHA256, digest};
use domain::personal::Personal;
use serde::Serialize;
use serde_json::json;
use zip::{AesMode, CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::{dossiers::render::hex, failure::Failure};

/// The entry that lists the others.
pub const CONTENTS: &str = "contents.json";

/// An archive in the making. Names and sizes of entries can be seen without the code; nothing else can.
pub struct Packing {
    writer: ZipWriter<Cursor<Vec<u8>>>,
    code: Personal<String>,
    packed: Vec<Packed>,
}

/// An entry, as the contents list it.
#[derive(Debug, Clone, Serialize)]
pub struct Packed {
    /// Its name.
    pub name: String,
    /// How many bytes it has.
    pub size: usize,
    /// Their SHA-256, hexadecimal.
    pub sha256: String,
}

/// A file that is not in the archive.
#[derive(Debug, Clone, Serialize)]
pub struct LeftOut {
    /// Its address.
    pub address: String,
    /// How many bytes it has; 0 of one that is held back because something was found in it.
    pub size: i64,
}

impl Packing {
    /// An empty archive under a code.
    pub fn under(code: Personal<String>) -> Self {
        Self {
            writer: ZipWriter::new(Cursor::new(Vec::new())),
            code,
            packed: Vec::new(),
        }
    }

    /// Adds text, made smaller.
    ///
    /// # Errors
    /// `internal` when the archive does not take it.
    pub fn add_text(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.add(name, bytes, CompressionMethod::Deflated)
    }

    /// Adds a file as it is: its kinds are compressed already.
    ///
    /// # Errors
    /// `internal` when the archive does not take it.
    pub fn add_file(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.add(name, bytes, CompressionMethod::Stored)
    }

    fn add(&mut self, name: &str, bytes: &[u8], method: CompressionMethod) -> Result<(), Failure> {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .with_aes_encryption(AesMode::Aes256, self.code.reveal());
        self.writer
            .start_file(name, options)
            .map_err(Failure::internal)?;
        self.writer.write_all(bytes).map_err(Failure::internal)?;
        self.packed.push(Packed {
            name: name.to_owned(),
            size: bytes.len(),
            sha256: hex(digest(&SHA256, bytes).as_ref()),
        });
        Ok(())
    }

    /// The archive, with the list of what is in it and what is not.
    ///
    /// # Errors
    /// `internal` when the archive cannot be closed.
    pub fn finish(mut self, left_out: &[LeftOut]) -> Result<Vec<u8>, Failure> {
        let contents = json!({ "format": 1, "entries": self.packed, "left_out": left_out });
        let contents = serde_json::to_vec_pretty(&contents).map_err(Failure::internal)?;
        self.add_text(CONTENTS, &contents)?;
        let cursor = self.writer.finish().map_err(Failure::internal)?;
        Ok(cursor.into_inner())
    }
}

impl std::fmt::Debug for Packing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Packing").finish_non_exhaustive()
    }
}
