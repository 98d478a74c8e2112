//! A still as PNG.

use png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, Unit};

use super::{Still, Which};
use crate::index::FrameHash;
use crate::view::{View, Viewed};

/// Encodes with one fixed filter and a fixed, fast compressor: no heuristics over the content, no
/// clock, so that the same still gives the same bytes.
pub(super) fn png(still: &Still) -> Vec<u8> {
    let own = texts(still, &still.pixel_hash());
    encoded((still.width, still.height), &still.rgb, &own)
}

/// As [`png`], of what a view shows; a view that has steps is stated.
pub(super) fn png_of(still: &Still, view: &View, viewed: &Viewed) -> Vec<u8> {
    let texts = stated(still, view, viewed);
    encoded((viewed.width, viewed.height), &viewed.rgb, &texts)
}

/// What a picture states of itself, by keyword.
pub(super) fn stated(still: &Still, view: &View, viewed: &Viewed) -> Vec<(&'static str, String)> {
    let mut texts = texts(still, &viewed.pixel_hash());
    if !view.is_exact() {
        texts.push(("Framewitness View", view.to_string()));
    }
    texts
}

fn texts(still: &Still, pixels: &FrameHash) -> Vec<(&'static str, String)> {
    let mut texts = vec![("Software", "Framewitness".to_owned())];
    texts.extend(which(&still.which));
    texts.extend([
        (
            "Framewitness Native Hash",
            format!("sha256:{}", still.native_hash),
        ),
        ("Framewitness Pixel Hash", format!("sha256:{pixels}")),
        (
            "Framewitness Applied",
            latin1(&serde_json::to_string(&still.applied).unwrap_or_default()),
        ),
    ]);
    texts
}

fn encoded(size: (u32, u32), rgb: &[u8], texts: &[(&str, String)]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(rgb.len() / 2);
    match write(&mut bytes, size, rgb, texts) {
        Ok(()) => bytes,
        // Writing to memory does not fail, the texts are Latin-1, and both kinds of picture have the size they say.
        Err(error) => unreachable!("a still is a valid picture: {error}"),
    }
}

/// What names the picture. One that is not presented must not pass for one that is.
fn which(which: &Which) -> Vec<(&'static str, String)> {
    match which {
        Which::Frame(no) => vec![("Framewitness Frame", no.to_string())],
        Which::Field(no) => vec![
            ("Framewitness Frame", no.frame.to_string()),
            (
                "Framewitness Field",
                format!("{no}: {} rows, each shown twice", no.field),
            ),
        ],
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
