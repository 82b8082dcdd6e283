//! Photographs: measured by their head, then decoded and encoded anew, so that nothing but what is seen is
//! left.

use std::io::Cursor;

use domain::papers::FileKind;
use image::{
    DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, Rgb, RgbImage,
    codecs::jpeg::JpegEncoder,
};

use super::confined::Found;
use crate::api_code::ApiCode;

/// The most pixels of a picture.
const PIXELS: usize = 40_000_000;

/// The longest side, in pixels.
const SIDE: usize = 16_384;

/// What decoding may allocate, in bytes.
const MEMORY: u64 = 512 * 1024 * 1024;

/// The quality of what is shown, of 100.
const QUALITY: u8 = 85;

/// Nothing if the head says that the picture has a size, and one that is looked at.
pub(super) fn measured(bytes: &[u8]) -> Result<(), ApiCode> {
    let size = imagesize::blob_size(bytes).map_err(|_| ApiCode::FileUnreadable)?;
    let (width, height) = (size.width, size.height);
    if width == 0 || height == 0 {
        return Err(ApiCode::FileUnreadable);
    }
    if width > SIDE || height > SIDE || width.saturating_mul(height) > PIXELS {
        return Err(ApiCode::PictureTooLarge);
    }
    Ok(())
}

/// The picture upright, as a JPEG that holds nothing else.
pub(super) fn shown(bytes: &[u8], kind: FileKind) -> Found {
    measured(bytes)?;
    let format = match kind {
        FileKind::Jpeg => ImageFormat::Jpeg,
        FileKind::Png => ImageFormat::Png,
        FileKind::Pdf | FileKind::Heic | FileKind::Docx | FileKind::Xlsx => {
            return Err(ApiCode::FileUnreadable);
        }
    };
    let upright = decoded(bytes, format).map_err(|_| ApiCode::FileUnreadable)?;
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, QUALITY)
        .encode_image(&on_white(upright))
        .map_err(|_| ApiCode::FileUnreadable)?;
    Ok(out)
}

fn decoded(bytes: &[u8], format: ImageFormat) -> image::ImageResult<DynamicImage> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// The picture as it looks on white paper: what lies in pixels that are see-through is not seen, and would
/// come to light without its transparency.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let mut paper = RgbImage::new(picture.width(), picture.height());
    for (seen, pixel) in paper.pixels_mut().zip(picture.pixels()) {
        let [red, green, blue, alpha] = pixel.0;
        *seen = Rgb([red, green, blue].map(|colour| over_white(colour, alpha)));
    }
    paper
}

fn over_white(colour: u8, alpha: u8) -> u8 {
    let (colour, alpha) = (u32::from(colour), u32::from(alpha));
    let mixed = (colour * alpha + 255 * (255 - alpha)) / 255;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a failed set-up is a failed test")]
mod tests {
    use image::{Rgba, RgbaImage};

    use super::*;

    fn png(picture: &RgbaImage) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn what_is_see_through_stays_unseen() {
        let hidden = RgbaImage::from_pixel(16, 16, Rgba([200, 0, 0, 0]));
        let shown = shown(&png(&hidden), FileKind::Png).unwrap();
        let shown = image::load_from_memory(&shown).unwrap().into_rgb8();
        assert!(shown.pixels().all(|pixel| pixel.0.iter().all(|c| *c > 250)));
        assert_eq!(
            [over_white(200, 255), over_white(0, 0), over_white(0, 51)],
            [200, 255, 204]
        );
    }

    /// Only the head is there to be read: what it announces is refused before a pixel is made.
    #[test]
    fn a_head_that_announces_too_much_is_refused_unread() {
        let mut bytes = png(&RgbaImage::new(1, 1));
        for (width, height, expected) in [
            (16_385_u32, 1_u32, ApiCode::PictureTooLarge),
            (8_000, 8_000, ApiCode::PictureTooLarge),
            (u32::MAX, u32::MAX, ApiCode::PictureTooLarge),
            (0, 5, ApiCode::FileUnreadable),
        ] {
            bytes.splice(16..20, width.to_be_bytes());
            bytes.splice(20..24, height.to_be_bytes());
            assert_eq!(measured(&bytes), Err(expected), "{width} x {height}");
        }
        assert_eq!(measured(b"\x89PNG"), Err(ApiCode::FileUnreadable));
    }
}
