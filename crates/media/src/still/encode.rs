//! A still as PNG.

use png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, Unit};

use super::Still;
use crate::index::FrameHash;
use crate::view::{View, Viewed};

/// Encodes with one fixed filter and a fixed, fast compressor: no heuristics over the content, no
/// clock, so that the same still gives the same bytes.
pub(super) fn png(still: &Still) -> Vec<u8> {
    let own = texts(still, &still.pixel_hash());
    encoded((still.width, still.height), &still.rgb, &own)
}

/// As [`png`], of what a view shows; the view is stated.
pub(super) fn png_of(still: &Still, view: &View, viewed: &Viewed) -> Vec<u8> {
    let mut texts = texts(still, &viewed.pixel_hash()).to_vec();
    texts.push(("Framewitness View", view.to_string()));
    encoded((viewed.width, viewed.height), &viewed.rgb, &texts)
}

fn texts(still: &Still, pixels: &FrameHash) -> [(&'static str, String); 5] {
    [
        ("Software", "Framewitness".to_owned()),
        ("Framewitness Frame", still.no.to_string()),
        (
            "Framewitness Native Hash",
            format!("sha256:{}", still.native_hash),
        ),
        ("Framewitness Pixel Hash", format!("sha256:{pixels}")),
        (
            "Framewitness Applied",
            latin1(&serde_json::to_string(&still.applied).unwrap_or_default()),
        ),
    ]
}

fn encoded(size: (u32, u32), rgb: &[u8], texts: &[(&str, String)]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(rgb.len() / 2);
    match write(&mut bytes, size, rgb, texts) {
        Ok(()) => bytes,
        // Writing to memory does not fail, the texts are Latin-1, and both kinds of picture have the size they say.
        Err(error) => unreachable!("a still is a valid picture: {error}"),
    }
}

fn write(
    bytes: &mut Vec<u8>,
    (width, height): (u32, u32),
    rgb: &[u8],
    texts: &[(&str, String)],
) -> Result<(), png::EncodingError> {
    let mut encoder = Encoder::new(bytes, width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    encoder.set_filter(Filter::Up);
    encoder.set_pixel_dims(Some(PixelDimensions {
        xppu: 1,
        yppu: 1,
        unit: Unit::Unspecified,
    }));
    for (keyword, text) in texts {
        encoder.add_text_chunk((*keyword).to_owned(), text.clone())?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgb)?;
    writer.finish()
}

/// `tEXt` carries Latin-1 only.
fn latin1(text: &str) -> String {
    text.chars()
        .map(|c| {
            if u32::from(c) < 256 && c != '\0' {
                c
            } else {
                '?'
            }
        })
        .collect()
}
