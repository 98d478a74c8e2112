//! A still as PNG.

use png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, Unit};

use super::{Still, Which};

/// Encodes with one fixed filter and a fixed, fast compressor: no heuristics over the content, no
/// clock, so that the same still gives the same bytes.
pub(super) fn png(still: &Still) -> Vec<u8> {
    let mut texts = vec![("Software", "Framewitness".to_owned())];
    texts.extend(which(&still.which));
    texts.extend([
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
    ]);
    let mut bytes = Vec::with_capacity(still.rgb.len() / 2);
    match write(&mut bytes, still, &texts) {
        Ok(()) => bytes,
        // Writing to memory does not fail, the texts are Latin-1, and `Still` guarantees its size.
        Err(error) => unreachable!("a still is a valid picture: {error}"),
    }
}

/// What names the picture. One that is not presented must not pass for one that is.
fn which(which: &Which) -> Vec<(&'static str, String)> {
    match which {
        Which::Frame(no) => vec![("Framewitness Frame", no.to_string())],
        Which::Stored { sample, frames } => {
            let frames: Vec<_> = frames.iter().map(ToString::to_string).collect();
            let presented = if frames.is_empty() {
                "no".to_owned()
            } else {
                format!("as frame {}", frames.join(", "))
            };
            vec![
                ("Framewitness Stored Sample", sample.0.to_string()),
                ("Framewitness Presented", presented),
            ]
        }
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
