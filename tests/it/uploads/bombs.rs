//! Files that are small, and large when they are unpacked.

use super::corpus::{Hostile, packed, pdf_with};
use super::pictures::{announced, heic, zlib};
use super::{HEIC, JPEG, Named, PDF, PNG};

pub(super) fn bombs(jpeg: &[u8]) -> Vec<Hostile> {
    let mut all = Vec::new();
    let mut add = |what: &str, named: Named, bytes: Vec<u8>| {
        all.push(Hostile {
            what: what.to_owned(),
            named,
            bytes,
        });
    };
    for (width, height) in [
        (u32::MAX, u32::MAX),
        (100_000, 100_000),
        (0x7fff_ffff, 1),
        (1, 65_536),
        (0, 1),
        (16_384, 16_384),
    ] {
        add(
            "a head that lies",
            PNG,
            announced(width, height, &[], &zlib(b"x")),
        );
        add("a head that lies", HEIC, heic(width, height, "x"));
    }
    add(
        "pixels without end",
        PNG,
        announced(4, 4, &[], &zlib(&vec![0; 30 << 20])),
    );
    add(
        "many pixels",
        PNG,
        announced(6_000, 6_000, &[], &zlib(&vec![0; 6_001 * 6_000])),
    );
    let mut large = jpeg.to_vec();
    // The size in the frame's head: 65535 by 65535.
    if let Some(at) = large.windows(2).position(|two| two == [0xff, 0xc0]) {
        large.splice(at + 5..at + 9, [0xff; 4]);
    }
    add("a head that lies", JPEG, large);
    all.extend(documents());
    all
}

/// Documents that grow when they are unpacked, or nest without end.
fn documents() -> Vec<Hostile> {
    let mut all = Vec::new();
    let mut add = |what: &str, named: Named, bytes: Vec<u8>| {
        all.push(Hostile {
            what: what.to_owned(),
            named,
            bytes,
        });
    };
    add(
        "a packed table",
        PDF,
        packed("/Type /ObjStm /N 1 /First 5", 60 << 20),
    );
    add(
        "a packed index",
        PDF,
        packed("/Type /XRef /W [1 2 1] /Size 9999999", 60 << 20),
    );
    add("a packed page", PDF, packed("/Type /XObject", 60 << 20));
    add(
        "nested",
        PDF,
        pdf_with(&format!("{}{}", "[".repeat(50_000), "]".repeat(50_000))),
    );
    add("nested", PDF, pdf_with(&"<< /A ".repeat(50_000)));
    add(
        "locked",
        PDF,
        pdf_with("<< /Encrypt << /Filter /Standard >> >>"),
    );
    all
}
