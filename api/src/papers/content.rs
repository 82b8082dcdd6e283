//! What bytes are, told by themselves and not by their name.

use domain::papers::FileKind;

/// The kind of the bytes, if it is one that the desk takes.
///
/// Only the formats of the list are tried: the other recognisers of the library would run over
/// hostile bytes for nothing.
pub fn kind_of(bytes: &[u8]) -> Option<FileKind> {
    FileKind::ALL.iter().copied().find(|kind| match kind {
        FileKind::Pdf => bytes.starts_with(b"%PDF-") && infer::archive::is_pdf(bytes),
        FileKind::Jpeg => infer::image::is_jpeg(bytes),
        FileKind::Png => infer::image::is_png(bytes) && bytes.starts_with(PNG_SIGNATURE),
        FileKind::Heic => infer::image::is_heif(bytes),
        FileKind::Docx => has_part(bytes, b"word/"),
        FileKind::Xlsx => has_part(bytes, b"xl/"),
    })
}

/// What every entry of a ZIP archive begins with.
const ENTRY: &[u8] = b"PK\x03\x04";

/// How far behind that its name stands.
const NAME: usize = 30;

/// Whether the bytes begin an Office archive with a part of this folder. The library asks for a
/// fourth entry within 6000 bytes, which a letter of some pages does not have.
fn has_part(bytes: &[u8], folder: &[u8]) -> bool {
    bytes.starts_with(ENTRY)
        && bytes
            .windows(ENTRY.len())
            .enumerate()
            .filter(|(_, window)| *window == ENTRY)
            .any(|(at, _)| {
                bytes
                    .get(at + NAME..)
                    .is_some_and(|name| name.starts_with(folder))
            })
}

/// The whole signature (W3C PNG §5.2); the library looks at its first half.
const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The kind of a declared media type; parameters do not matter.
pub fn kind_of_media_type(media_type: &str) -> Option<FileKind> {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    FileKind::ALL
        .iter()
        .copied()
        .find(|kind| kind.media_type().eq_ignore_ascii_case(essence))
}

/// The usual ending of a file's name, without the dot.
pub const fn extension(kind: FileKind) -> &'static str {
    match kind.endings() {
        [usual, ..] => usual,
        [] => "bin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The beginning of a ZIP archive with these entries.
    fn archive(names: &[&str]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for name in names {
            bytes.extend(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\x04\0\0\0\x04\0\0\0");
            bytes.push(u8::try_from(name.len()).unwrap_or_default());
            bytes.extend(b"\0\0\0");
            bytes.extend(name.as_bytes());
            bytes.extend(b"text");
        }
        bytes
    }

    #[test]
    #[rustfmt::skip]
    fn the_content_decides() {
        let docx = archive(&["[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml"]);
        let xlsx = archive(&["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/styles.xml"]);
        let long = [&archive(&["[Content_Types].xml", "_rels/.rels", "word/document.xml"])[..], &[7; 9000]].concat();
        let pptx = archive(&["[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml", "ppt/a.xml"]);
        for (bytes, expected) in [
            (&b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"[..], Some(FileKind::Pdf)),
            (b"%PDF", None),
            (b" %PDF-1.7", None),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", Some(FileKind::Jpeg)),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Some(FileKind::Png)),
            (b"\x89PNG\n\x1a\n", None),
            (&docx, Some(FileKind::Docx)),
            (&xlsx, Some(FileKind::Xlsx)),
            (&long, Some(FileKind::Docx)),
            (&pptx, None),
            (&archive(&["a.txt"]), None),
            (b"GIF89a", None),
            (b"MZ\x90\0", None),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
            (b"<html>", None),
            (b"", None),
        ] {
            assert_eq!(kind_of(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn no_beginning_of_a_file_makes_the_recognisers_panic() {
        let whole = archive(&["[Content_Types].xml", "_rels/.rels", "word/document.xml"]);
        for length in 0..whole.len() {
            let cut: Vec<u8> = whole.iter().copied().take(length).collect();
            assert_eq!(kind_of(&cut).filter(|kind| *kind != FileKind::Docx), None);
        }
    }

    #[test]
    fn media_types_are_read_without_case_and_parameters() {
        for kind in FileKind::ALL {
            let spelled = format!("{}; charset=binary", kind.media_type().to_uppercase());
            assert_eq!(kind_of_media_type(&spelled), Some(*kind));
        }
        assert_eq!(kind_of_media_type("application/octet-stream"), None);
        assert_eq!(kind_of_media_type(""), None);
    }
}
