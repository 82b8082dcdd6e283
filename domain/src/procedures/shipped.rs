//! The catalogue the binary carries, so that a new installation starts with the real one.

use super::catalogue::{Catalogue, CatalogueFault, read};

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../catalogue/", $name))),)*]
    };
}

/// Every shipped file: its name below `domain/catalogue`, and its text.
pub const FILES: &[(&str, &str)] = files![
    "fields.json",
    "sessions.json",
    "calendar-2025.json",
    "calendar-2026.json",
    "calendar-2027.json",
    "agencies.json",
    "procedures/bao-hiem-y-te.json",
    "procedures/bao-tro-xa-hoi.json",
    "procedures/chung-thuc.json",
    "procedures/cu-tru.json",
    "procedures/dat-dai.json",
    "procedures/giam-ngheo.json",
    "procedures/ho-kinh-doanh.json",
    "procedures/ho-tich.json",
    "procedures/lien-thong.json",
    "procedures/ly-lich-tu-phap.json",
    "procedures/nuoi-con-nuoi.json",
    "procedures/xay-dung.json",
];

/// Reads the shipped catalogue.
///
/// # Errors
/// Every fault of the shipped files. A test holds that there is none.
pub fn shipped() -> Result<Catalogue, Vec<CatalogueFault>> {
    read(FILES)
}

#[cfg(test)]
mod tests;
