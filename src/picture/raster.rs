//! Pictures made of pixels.
//!
//! What enters: the bytes of a file. What leaves: bytes that Typst and a PDF can surely take, with their measures, or
//! why there are none. A picture is decoded here once, by Typst's own decoder, so that none stops a book later. What a
//! camera writes beside the pixels (place, owner, maker's notes) is taken out: it would be in the PDF for all to read.

use super::{Broken, Kind, MOST_PIXELS, Remark, Sound};
use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{AnimationDecoder, DynamicImage, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, ImageResult};
use std::io::Cursor;
use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage};

/// The densities that a picture may declare and be believed, in dots per inch. Lower ones (72, 96) are what programs
/// write who know nothing of paper.
const BELIEVED: std::ops::RangeInclusive<f64> = 150.0..=2400.0;

/// The most pixels across and down that print can show: 300 to the inch over 170 by 250 mm, more than the text of any
/// page. A finer picture is reduced to that, so that a hundred photographs fit into memory.
const FINEST: (u32, u32) = (2008, 2953);
/// How well a reduced photograph is kept, of 100.
const QUALITY: u8 = 90;

/// Reads a picture of a kind that has pixels.
pub fn read(kind: Kind, bytes: &[u8]) -> Result<Sound, Broken> {
    let format = match kind {
        Kind::Png => ImageFormat::Png,
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Gif => ImageFormat::Gif,
        Kind::WebP => ImageFormat::WebP,
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
    let remarks = if moves(kind, bytes) { vec![Remark::Moves] } else { Vec::new() };
    let mut density = declared(kind, bytes).filter(|density| BELIEVED.contains(density));
    let pruned = if kind == Kind::Jpeg { Some(pruned(bytes, orientation).ok_or(Broken::Cut)?) } else { None };
    let has_inks = pruned.as_ref().is_some_and(|pruned| pruned.channels == 4);
    let (across, down) = if is_turned(orientation) { (height, width) } else { (width, height) };
    let is_fine = across > FINEST.0 || down > FINEST.1;
    let (kind, bytes) = match pruned {
        _ if is_fine || has_inks => {
            let profile = decoder.icc_profile().unwrap_or_default().filter(|_| !has_inks);
            let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
            picture.apply_orientation(orientation);
            if is_fine {
                picture = picture.thumbnail(FINEST.0, FINEST.1);
                density = density.map(|density| density * f64::from(picture.width()) / f64::from(across));
            }
            recoded(kind, picture, profile).map_err(damaged)?
        }
        Some(pruned) => (kind, pruned.bytes),
        None => (kind, bytes.to_vec()),
    };
    let exchange = match kind {
        Kind::Jpeg => ExchangeFormat::Jpg,
        Kind::Gif => ExchangeFormat::Gif,
        Kind::WebP => ExchangeFormat::Webp,
        Kind::Png | Kind::Svg => ExchangeFormat::Png,
    };
    let bytes = Bytes::new(bytes);
    let decoded =
        RasterImage::plain(bytes.clone(), exchange).map_err(|message| Broken::Damaged(message.to_string()))?;
    Ok(Sound { kind, width: decoded.width().into(), height: decoded.height().into(), density, bytes, remarks })
}

/// Writes a picture anew, with its colours' profile: a JPEG as one, everything else as PNG.
fn recoded(kind: Kind, picture: DynamicImage, profile: Option<Vec<u8>>) -> ImageResult<(Kind, Vec<u8>)> {
    let mut bytes = Vec::new();
    let has_grey = !picture.color().has_color();
    let kind = if kind == Kind::Jpeg {
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
        profile.map(|profile| encoder.set_icc_profile(profile));
        let picture: DynamicImage = if has_grey { picture.to_luma8().into() } else { picture.to_rgb8().into() };
        picture.write_with_encoder(encoder)?;
        Kind::Jpeg
    } else {
        let mut encoder = PngEncoder::new(&mut bytes);
        profile.map(|profile| encoder.set_icc_profile(profile));
        picture.write_with_encoder(encoder)?;
        Kind::Png
    };
    Ok((kind, bytes))
}

/// Whether upright means that width and height change places.
fn is_turned(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

/// Reads the density that a file declares, in dots per inch (JFIF 1.02; PNG, section 11.3.4.3).
fn declared(kind: Kind, bytes: &[u8]) -> Option<f64> {
    let number = |bytes: &[u8]| bytes.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    match kind {
        Kind::Jpeg => {
            let head = bytes.get(2..18).filter(|head| head.starts_with(b"\xff\xe0") && head[4..9] == *b"JFIF\0")?;
            let density = f64::from(number(&head[12..14]));
            match head[11] {
                1 => Some(density),
                2 => Some(density * 2.54),
                _ => None,
            }
        }
        Kind::Png => {
            let pixels = bytes.windows(4).position(|name| name == b"IDAT")?;
            let at = bytes[..pixels].windows(4).position(|name| name == b"pHYs")?;
            let chunk = bytes[..pixels].get(at + 4..at + 13).filter(|chunk| chunk[8] == 1)?;
            Some(f64::from(number(&chunk[..4])) * 0.0254)
        }
        Kind::Gif | Kind::WebP | Kind::Svg => None,
    }
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
