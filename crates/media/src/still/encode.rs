//! A still as PNG.

use png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, Unit};

use super::Still;

/// Encodes with one fixed filter and a fixed, fast compressor: no heuristics over the content, no
/// clock, so that the same still gives the same bytes.
pub(super) fn png(still: &Still) -> Vec<u8> {
    let texts = [
        ("Software", "Framewitness".to_owned()),
        ("Framewitness Frame", still.no.to_string()),
        (
            "Framewitness Native Hash",
            format!("sha256:{}", still.native_hash),
        ),
        (
            "Framewitness Pixel Hash",
            format!("sha256:{}", still.pixel_hash()),
        ),
        (
            "Framewitness Applied",
            latin1(&serde_json::to_string(&still.applied).unwrap_or_default()),
        ),
    ];
    let mut bytes = Vec::with_capacity(still.rgb.len() / 2);
    match write(&mut bytes, still, &texts) {
        Ok(()) => bytes,
        // Writing to memory does not fail, the texts are Latin-1, and `Still` guarantees its size.
        Err(error) => unreachable!("a still is a valid picture: {error}"),
    }
}

fn write(
    bytes: &mut Vec<u8>,
    still: &Still,
    texts: &[(&str, String)],
) -> Result<(), png::EncodingError> {
    let mut encoder = Encoder::new(bytes, still.width, still.height);
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
    writer.write_image_data(&still.rgb)?;
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
