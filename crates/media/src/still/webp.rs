//! A still as lossless WebP.

use std::fmt::Write;

use image_webp::{ColorType, WebPEncoder};

use super::Still;
use crate::view::{View, Viewed};

/// Longest side of a WebP picture, in pixels.
pub const MAX_WEBP_SIDE: u32 = 1 << 14;

/// The picture is larger than WebP holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{width}x{height} pixels are more than WebP holds ({MAX_WEBP_SIDE} a side)")]
pub struct TooLargeForWebp {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

pub(super) fn webp_of(
    still: &Still,
    view: &View,
    viewed: &Viewed,
) -> Result<Vec<u8>, TooLargeForWebp> {
    let (width, height) = (viewed.width, viewed.height);
    if width.max(height) > MAX_WEBP_SIDE {
        return Err(TooLargeForWebp { width, height });
    }
    let mut bytes = Vec::with_capacity(viewed.rgb.len() / 2);
    let mut encoder = WebPEncoder::new(&mut bytes);
    encoder.set_xmp_metadata(xmp(&super::encode::stated(still, view, viewed)).into_bytes());
    match encoder.encode(&viewed.rgb, width, height, ColorType::Rgb8) {
        Ok(()) => Ok(bytes),
        // Writing to memory does not fail, and the size is right and was checked above.
        Err(error) => unreachable!("a still is a valid picture: {error}"),
    }
}

/// What the text chunks of the PNG state, as properties of an XMP packet (ISO 16684-1).
fn xmp(texts: &[(&'static str, String)]) -> String {
    let mut packet = String::from(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:fw=\"urn:framewitness:still\">",
    );
    for (keyword, text) in texts {
        let name = keyword.trim_start_matches("Framewitness ").replace(' ', "");
        // Writing to a string does not fail.
        let _ = write!(packet, "<fw:{name}>{}</fw:{name}>", escaped(text));
    }
    packet.push_str("</rdf:Description></rdf:RDF></x:xmpmeta>");
    packet
}

/// Text as XML holds it: control characters have no place in it at all.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => safe.push('?'),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn untrusted_words_stay_words() {
        let packet = xmp(&[("Framewitness Native Hash", "</fw:x>&\u{1}é".to_owned())]);
        assert!(packet.contains("<fw:NativeHash>&lt;/fw:x&gt;&amp;?é</fw:NativeHash>"));
    }
}
