//! PDF documents: looked through for what runs, starts programs or carries other files (ISO 32000-1 §12.6).

use lopdf::{Dictionary, Document, LoadOptions, Object};

use crate::api_code::ApiCode;

/// Entries whose presence alone says it.
const KEYS: [&[u8]; 6] = [
    b"JS",
    b"JavaScript",
    b"EmbeddedFiles",
    b"EF",
    b"RichMediaContent",
    b"XFA",
];

/// Actions that do more than turn to a page or name an address.
const ACTIONS: [&[u8]; 9] = [
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"GoToE",
    b"GoToR",
    b"Rendition",
    b"Movie",
    b"Sound",
];

/// What is looked for in the bytes themselves: a reader that mends a damaged file finds objects that no table
/// names. Long enough not to come about by chance in compressed data.
const WORDS: [&[u8]; 6] = [
    b"JavaScript",
    b"Launch",
    b"EmbeddedFile",
    b"RichMedia",
    b"SubmitForm",
    b"ImportData",
];

/// The deepest nesting that is followed.
const DEPTH: usize = 64;

/// Nothing if the document only shows what it shows.
pub(super) fn look_into(bytes: &[u8]) -> Result<(), ApiCode> {
    let plain = unescaped(bytes);
    if holds(&plain, &WORDS) {
        return Err(ApiCode::FileActiveContent);
    }
    if holds(&plain, &[b"Encrypt"]) {
        return Err(ApiCode::FileUnreadable);
    }
    // Leniently, an object stream that cannot be unpacked would be skipped, and what it holds not be seen.
    let strict = LoadOptions {
        strict: true,
        ..LoadOptions::default()
    };
    match Document::load_mem_with_options(bytes, strict) {
        Ok(document) => {
            let mut objects = document.objects.values();
            let trailer = is_active(&document.trailer, 0);
            if trailer || objects.any(|object| holds_action(object, 0)) {
                return Err(ApiCode::FileActiveContent);
            }
            Ok(())
        }
        // What a reader could still make of it stands in the bytes, unless it is packed away.
        Err(_) if holds(&plain, &[b"ObjStm"]) => Err(ApiCode::FileUnreadable),
        Err(_) => Ok(()),
    }
}

/// Whether one of the names stands in the bytes.
fn holds(bytes: &[u8], names: &[&[u8]]) -> bool {
    let behind_slashes = bytes.split(|byte| *byte == b'/').skip(1);
    let mut found = behind_slashes.filter(|rest| names.iter().any(|name| rest.starts_with(name)));
    found.next().is_some()
}

fn holds_action(object: &Object, depth: usize) -> bool {
    if depth > DEPTH {
        return true;
    }
    match object {
        Object::Array(items) => items.iter().any(|item| holds_action(item, depth + 1)),
        Object::Dictionary(entries) => is_active(entries, depth + 1),
        Object::Stream(stream) => is_active(&stream.dict, depth + 1),
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Name(_)
        | Object::String(..)
        | Object::Reference(_) => false,
    }
}

fn is_active(entries: &Dictionary, depth: usize) -> bool {
    let name = |key: &[u8]| entries.get(key).and_then(Object::as_name).ok();
    let acts = name(b"S").is_some_and(|action| ACTIONS.contains(&action));
    let carries = name(b"Type") == Some(&b"EmbeddedFile"[..]);
    let attached = name(b"Subtype") == Some(&b"FileAttachment"[..]);
    acts || carries
        || attached
        || KEYS.iter().any(|key| entries.has(key))
        || entries.iter().any(|(_, value)| holds_action(value, depth))
}

/// The bytes with `#xx` in names resolved, as readers do (§7.3.5).
fn unescaped(bytes: &[u8]) -> Vec<u8> {
    let digit = |at: usize| {
        let letter = char::from(*bytes.get(at)?);
        u8::try_from(letter.to_digit(16)?).ok()
    };
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if let (b'#', Some(high), Some(low)) = (byte, digit(at + 1), digit(at + 2)) {
            plain.push(high * 16 + low);
            at += 3;
        } else {
            plain.push(*byte);
            at += 1;
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[rustfmt::skip]
    fn what_runs_is_found_however_it_is_spelled() {
        let of = |inside: &str| look_into(format!("%PDF-1.7\n1 0 obj\n<< {inside} >>\nendobj\n%%EOF\n").as_bytes());
        for active in [
            "/S /JavaScript /JS (app.alert)", "/S /Java#53cript", "/S /#4c#61unch /F (cmd.exe)",
            "/Type /EmbeddedFile", "/Names << /EmbeddedFiles 2 0 R >>", "/S /SubmitForm", "/Subtype /RichMedia",
        ] {
            assert_eq!(of(active), Err(ApiCode::FileActiveContent), "{active}");
        }
        for unreadable in ["/Encrypt 5 0 R", "/Type /ObjStm /N 1"] {
            assert_eq!(of(unreadable), Err(ApiCode::FileUnreadable), "{unreadable}");
        }
        for still in ["/Type /Catalog", "/S /URI /URI (https://angiang.gov.vn)", "/Contents (a #1 launch)"] {
            assert_eq!(of(still), Ok(()), "{still}");
        }
        assert_eq!(unescaped(b"a#4a#zz#4"), b"aJ#zz#4");
    }
}
