//! Pictures made by hand, byte for byte: small ones, lying ones, bombs.

use std::io::Write as _;

/// The remainder that PNG ends its parts with (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 * (crc & 1))
        })
    };
    !bytes.iter().fold(u32::MAX, step)
}

fn adler(bytes: &[u8]) -> u32 {
    let (a, b) = bytes.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    b << 16 | a
}

/// Bytes as zlib packs them (RFC 1950): what the archiver makes, with zlib's frame.
pub(super) fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("x", options).unwrap();
    archive.write_all(bytes).unwrap();
    let archive = archive.finish().unwrap().into_inner();
    let mut reader = zip::ZipArchive::new(std::io::Cursor::new(&archive)).unwrap();
    let file = reader.by_index(0).unwrap();
    let from = usize::try_from(file.data_start().unwrap_or_default()).unwrap();
    let packed = &archive[from..from + usize::try_from(file.compressed_size()).unwrap()];
    [&b"\x78\x9c"[..], packed, &adler(bytes).to_be_bytes()].concat()
}

pub(super) fn part(name: [u8; 4], content: &[u8]) -> Vec<u8> {
    let named = [&name[..], content].concat();
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&length[..], &named, &crc(&named).to_be_bytes()].concat()
}

/// A grey PNG of this size, with more parts before the pixels.
pub(super) fn png(width: u32, height: u32, more: &[Vec<u8>]) -> Vec<u8> {
    let line = vec![0x55; usize::try_from(width).unwrap() + 1];
    let mut pixels = Vec::new();
    for _ in 0..height {
        pixels.push(0);
        pixels.extend(&line[1..]);
    }
    announced(width, height, more, &zlib(&pixels))
}

/// A PNG whose head says this, whatever its pixels are.
pub(super) fn announced(width: u32, height: u32, more: &[Vec<u8>], pixels: &[u8]) -> Vec<u8> {
    let head = [
        &width.to_be_bytes()[..],
        &height.to_be_bytes(),
        &[8, 0, 0, 0, 0],
    ]
    .concat();
    let signature = b"\x89PNG\r\n\x1a\n".to_vec();
    [
        signature,
        part(*b"IHDR", &head),
        more.concat(),
        part(*b"IDAT", pixels),
        part(*b"IEND", b""),
    ]
    .concat()
}

/// A JPEG with a segment put in behind its start.
pub(super) fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, content, &jpeg[2..]].concat()
}

/// What a telephone writes into a photograph: which way up it is (6: turned to the right), and a text.
pub(super) fn exif(orientation: u16, text: &str) -> Vec<u8> {
    let text = [text.as_bytes(), b"\0"].concat();
    let count = u32::try_from(text.len()).unwrap();
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    tiff.extend([0x01, 0x0e, 0, 2]);
    tiff.extend(count.to_be_bytes());
    tiff.extend(38_u32.to_be_bytes());
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1]);
    tiff.extend(orientation.to_be_bytes());
    tiff.extend([0, 0, 0, 0, 0, 0]);
    tiff.extend(text);
    [&b"Exif\0\0"[..], &tiff].concat()
}

/// A HEIC that is no more than its head: a brand and a size.
pub(super) fn heic(width: u32, height: u32, text: &str) -> Vec<u8> {
    let boxed = |name: &[u8; 4], content: &[u8]| {
        let length = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
        [&length[..], name, content].concat()
    };
    let size = [&[0; 4][..], &width.to_be_bytes(), &height.to_be_bytes()].concat();
    let properties = boxed(b"iprp", &boxed(b"ipco", &boxed(b"ispe", &size)));
    let meta = boxed(b"meta", &[&[0; 4][..], &properties].concat());
    [
        boxed(b"ftyp", b"heic\0\0\0\0heicmif1"),
        meta,
        boxed(b"mdat", text.as_bytes()),
    ]
    .concat()
}
