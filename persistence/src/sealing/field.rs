//! Which field of which row a ciphertext belongs to.

use domain::personal::Personal;
use uuid::Uuid;

use super::key_set::DataKey;
use crate::{StoreError, disclosures::Witness};

/// A column that holds sealed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    /// The table.
    pub(super) table: &'static str,
    /// The column.
    pub(super) column: &'static str,
}

impl Field {
    /// What is bound to the ciphertext: table, column, row and key.
    pub(super) fn place(self, row: Uuid, key: Uuid) -> Vec<u8> {
        let Self { table, column } = self;
        let mut place = Vec::with_capacity(table.len() + column.len() + 34);
        for name in [table, column] {
            place.extend_from_slice(name.as_bytes());
            // No name holds it, so no two places are written alike.
            place.push(b'|');
        }
        place.extend_from_slice(row.as_bytes());
        place.extend_from_slice(key.as_bytes());
        place
    }

    fn refused(self) -> StoreError {
        let Self { table, column } = self;
        StoreError::Corrupt(format!("a sealed field ({table}.{column}) does not open"))
    }
}

/// The fields of one row, sealed or opened under one key.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    /// The table.
    pub(crate) table: &'static str,
    /// The row's id.
    pub(crate) id: Uuid,
    /// The subject's key.
    pub(crate) key: &'a DataKey,
}

impl Row<'_> {
    /// A text, sealed for a column of this row.
    pub(crate) fn seal(
        &self,
        column: &'static str,
        text: &Personal<String>,
    ) -> Result<Vec<u8>, StoreError> {
        let field = self.field(column);
        let place = field.place(self.id, self.key.id());
        let sealed = self.key.cipher().seal(&place, text.reveal().as_bytes());
        sealed.map_err(|_| field.refused())
    }

    /// The same for a text that may be absent.
    pub(crate) fn seal_if_there(
        &self,
        column: &'static str,
        text: Option<&Personal<String>>,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        text.map(|text| self.seal(column, text)).transpose()
    }

    /// The text in a column of this row, for a read that is written down or needs not be.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when it was sealed elsewhere, under another key, or was changed.
    pub(crate) fn open(
        &self,
        column: &'static str,
        sealed: &[u8],
        _: &Witness,
    ) -> Result<Personal<String>, StoreError> {
        let field = self.field(column);
        let place = field.place(self.id, self.key.id());
        let plain = self.key.cipher().open(&place, sealed);
        let plain = plain.map_err(|_| field.refused())?;
        String::from_utf8(plain)
            .map(Personal::new)
            .map_err(|_| field.refused())
    }

    /// The same for a text that may be absent.
    pub(crate) fn open_if_there(
        &self,
        column: &'static str,
        sealed: Option<&[u8]>,
        witness: &Witness,
    ) -> Result<Option<Personal<String>>, StoreError> {
        sealed
            .map(|sealed| self.open(column, sealed, witness))
            .transpose()
    }

    const fn field(&self, column: &'static str) -> Field {
        Field {
            table: self.table,
            column,
        }
    }
}
