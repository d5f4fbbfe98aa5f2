//! Pictures made of pixels.
//!
//! What enters: the bytes of a file. What leaves: bytes that Typst and a PDF can surely take, with their measures, or
//! why there are none. A picture is decoded here once, by Typst's own decoder, so that none stops a book later. What a
//! camera writes beside the pixels (place, owner, maker's notes) is taken out: it would be in the PDF for all to read.

use super::{Broken, Kind, MOST_PIXELS, Remark, Sound};
use image::codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder};
use image::metadata::Orientation;
use image::{AnimationDecoder, DynamicImage, ImageDecoder, ImageFormat, ImageReader};
use std::io::Cursor;
use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage};

/// The densities that a picture may declare and be believed, in dots per inch. Lower ones (72, 96) are what programs
/// write who know nothing of paper.
const BELIEVED: std::ops::RangeInclusive<f64> = 150.0..=2400.0;

/// Reads a picture of a kind that has pixels.
pub fn read(kind: Kind, bytes: &[u8]) -> Result<Sound, Broken> {
    let (format, exchange) = match kind {
        Kind::Png => (ImageFormat::Png, ExchangeFormat::Png),
        Kind::Jpeg => (ImageFormat::Jpeg, ExchangeFormat::Jpg),
        Kind::Gif => (ImageFormat::Gif, ExchangeFormat::Gif),
        Kind::WebP => (ImageFormat::WebP, ExchangeFormat::Webp),
        Kind::Svg => unreachable!("a drawing has no pixels"),
    };
    let damaged = |error: image::ImageError| Broken::Damaged(error.to_string());
    let mut decoder =
        ImageReader::with_format(Cursor::new(bytes), format).into_decoder().map_err(|error| match error {
            image::ImageError::Limits(_) => Broken::TooManyPixels(None),
            error => damaged(error),
        })?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Broken::TooManyPixels(Some((width, height))));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut remarks = Vec::new();
    let (kind, bytes) = match kind {
        Kind::Jpeg => {
            let pruned = pruned(bytes, orientation).ok_or(Broken::Cut)?;
            if pruned.channels == 4 {
                // Inks are nothing that every printer and every kind of PDF takes: they become red, green and blue.
                let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
                picture.apply_orientation(orientation);
                let mut png = Cursor::new(Vec::new());
                picture.to_rgb8().write_to(&mut png, ImageFormat::Png).map_err(damaged)?;
                (Kind::Png, png.into_inner())
            } else {
                (kind, pruned.bytes)
            }
        }
        _ => (kind, bytes.to_vec()),
    };
    if moves(kind, &bytes) {
        remarks.push(Remark::Moves);
    }
    let exchange = if kind == Kind::Png { ExchangeFormat::Png } else { exchange };
    let bytes = Bytes::new(bytes);
    let decoded =
        RasterImage::plain(bytes.clone(), exchange).map_err(|message| Broken::Damaged(message.to_string()))?;
    let density = decoded.dpi().filter(|density| BELIEVED.contains(density));
    Ok(Sound { kind, width: decoded.width().into(), height: decoded.height().into(), density, bytes, remarks })
}

/// Whether there is more than one picture in the file.
fn moves(kind: Kind, bytes: &[u8]) -> bool {
    let file = Cursor::new(bytes);
    match kind {
        Kind::Gif => GifDecoder::new(file).is_ok_and(|decoder| decoder.into_frames().take(2).count() > 1),
        Kind::WebP => WebPDecoder::new(file).is_ok_and(|decoder| decoder.has_animation()),
        Kind::Png => PngDecoder::new(file).and_then(|decoder| decoder.is_apng()).unwrap_or(false),
        Kind::Jpeg | Kind::Svg => false,
    }
}

/// A JPEG without what is no part of the picture.
struct Pruned {
    bytes: Vec<u8>,
    /// How many channels its pixels have: 1, 3 or 4.
    channels: u8,
}

/// Takes everything out of a JPEG that is not the picture, its density, its colours or its orientation, and what stands
/// after its end; `None` where the file ends before the picture does (ITU-T T.81, annex B).
fn pruned(file: &[u8], orientation: Orientation) -> Option<Pruned> {
    let mut bytes = file.get(..2)?.to_vec();
    let mut channels = 3;
    let mut at = 2;
    if orientation != Orientation::NoTransforms {
        bytes.extend(turned(orientation));
    }
    loop {
        // Any number of fill bytes may stand before a mark.
        while file.get(at..at + 2)? == [0xff, 0xff] {
            at += 1;
        }
        let (&[0xff, mark], rest) = file.get(at..)?.split_first_chunk::<2>()? else { return None };
        match mark {
            0xd9 => {
                bytes.extend([0xff, 0xd9]);
                return Some(Pruned { bytes, channels });
            }
            0x01 | 0xd0..=0xd7 => {
                bytes.extend([0xff, mark]);
                at += 2;
                continue;
            }
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes(*rest.first_chunk()?));
        let segment = rest.get(..length.max(2))?;
        let payload = &segment[2..];
        // The frame's head; 0xc4, 0xc8 and 0xcc stand among those marks and are none.
        if matches!(mark, 0xc0..=0xcf) && !matches!(mark, 0xc4 | 0xc8 | 0xcc) {
            channels = *payload.get(5)?;
        }
        let is_picture = match mark {
            0xe0 | 0xee => true,
            0xe2 => payload.starts_with(b"ICC_PROFILE\0"),
            0xe1..=0xef | 0xfe => false,
            _ => true,
        };
        if is_picture {
            bytes.extend([0xff, mark]);
            bytes.extend(segment);
        }
        at += 2 + segment.len();
        if mark == 0xda {
            let scan = scan(&file[at..])?;
            bytes.extend(&file[at..at + scan]);
            at += scan;
        }
    }
}

/// Measures the pixels after the head of a scan, up to the next mark.
fn scan(file: &[u8]) -> Option<usize> {
    let is_mark = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff);
    file.windows(2).position(is_mark)
}

/// Writes a segment that says how a picture is turned and nothing else (Exif 2.3, section 4.6).
fn turned(orientation: Orientation) -> Vec<u8> {
    let mut segment = b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    segment.extend([orientation.to_exif(), 0, 0, 0, 0, 0, 0]);
    segment
}
