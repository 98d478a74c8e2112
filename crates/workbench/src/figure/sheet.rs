//! The picture of a pair: RGB on white, and its PNG.

use media::still::Still;
use paper::{Ink, Lettering};
use png::{BitDepth, ColorType, Compression, Encoder, Filter};

use super::PairView;
use super::caption::{self, Room};

/// Pixels about everything, and between the two.
const MARGIN: u32 = 24;
/// Pixels between what stands above each other.
const GAP: u32 = 12;
/// Least width of what is written beneath a frame, in pixels.
const LEAST: u32 = 480;
const PAPER: u8 = 0xff;
const INK: [u8; 3] = [0x1c, 0x1f, 0x22];

pub(super) struct Sheet {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

impl Sheet {
    /// Both frames, top edges level, with what is told of each beneath it.
    pub(super) fn of(told: &PairView, [one, other]: [&Still; 2]) -> Self {
        let lettering = Lettering::new();
        let columns = [one.width.max(LEAST), other.width.max(LEAST)];
        let width = columns[0] + columns[1] + 3 * MARGIN;
        let em = caption::em(columns[0].min(columns[1]));
        let [left, right] = columns.map(|width| Room { width, em });
        let first = caption::beneath(&lettering, &told.one, one, false, left);
        let second = caption::beneath(&lettering, &told.other, other, told.mirrored, right);
        let under = Room {
            width: width - 2 * MARGIN,
            em,
        };
        let foot = caption::foot(&lettering, under);
        let words = MARGIN + one.height.max(other.height) + GAP;
        let last = words + first.height.max(second.height) + GAP;
        let mut sheet = Self::blank(width, last + foot.height + MARGIN);
        let right = 2 * MARGIN + columns[0];
        sheet.lay((MARGIN, MARGIN), one, false);
        sheet.lay((right, MARGIN), other, told.mirrored);
        sheet.write((MARGIN, words), &first);
        sheet.write((right, words), &second);
        sheet.write((MARGIN, last), &foot);
        sheet
    }

    fn blank(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            rgb: vec![PAPER; width as usize * height as usize * 3],
        }
    }

    /// The bytes of `count` pixels of row `y` from column `x` on.
    fn row(&mut self, (x, y): (u32, u32), count: u32) -> &mut [u8] {
        let start = (y as usize * self.width as usize + x as usize) * 3;
        &mut self.rgb[start..start + count as usize * 3]
    }

    /// Lays a frame with its left upper corner at a place.
    fn lay(&mut self, (x, y): (u32, u32), still: &Still, mirrored: bool) {
        let rows = still.rgb.chunks_exact(still.width as usize * 3);
        for (from, down) in rows.zip(y..) {
            let to = self.row((x, down), still.width);
            if mirrored {
                let pixels = to.chunks_exact_mut(3).rev().zip(from.chunks_exact(3));
                pixels.for_each(|(to, from)| to.copy_from_slice(from));
            } else {
                to.copy_from_slice(from);
            }
        }
    }

    /// Writes with the left upper corner at a place.
    fn write(&mut self, (x, y): (u32, u32), ink: &Ink) {
        let rows = ink.cover.chunks_exact(ink.width as usize);
        for (from, down) in rows.zip(y..) {
            let pixels = self.row((x, down), ink.width).chunks_exact_mut(3);
            for (pixel, cover) in pixels.zip(from) {
                for (channel, ink) in pixel.iter_mut().zip(INK) {
                    *channel = mixed(*channel, ink, *cover);
                }
            }
        }
    }

    /// The PNG, which states what it shows. One fixed filter and compressor: the same pair gives the same bytes.
    pub(super) fn png(&self, told: &PairView, [one, other]: [&Still; 2]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.rgb.len() / 2);
        // However they were found: the same two frames give the same bytes.
        let told = PairView {
            by: None,
            ..told.clone()
        };
        let stated = serde_json::to_string(&told).unwrap_or_default();
        let pixels = |still: &Still| format!("sha256:{}", still.pixel_hash());
        let texts = [
            ("Software", "Framewitness".to_owned()),
            ("Framewitness Pair", stated),
            (
                "Framewitness Pixel Hashes",
                format!("{} {}", pixels(one), pixels(other)),
            ),
        ];
        match self.encode(&mut bytes, texts) {
            Ok(()) => bytes,
            // Writing to memory does not fail, and the picture has the size that it says.
            Err(error) => unreachable!("a figure is a valid picture: {error}"),
        }
    }

    fn encode(
        &self,
        bytes: &mut Vec<u8>,
        texts: [(&str, String); 3],
    ) -> Result<(), png::EncodingError> {
        let mut encoder = Encoder::new(bytes, self.width, self.height);
        encoder.set_color(ColorType::Rgb);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_compression(Compression::Fast);
        encoder.set_filter(Filter::Up);
        // Names of files are in every script: `iTXt` carries UTF-8.
        for (keyword, text) in texts {
            encoder.add_itxt_chunk(keyword.to_owned(), text)?;
        }
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.rgb)?;
        writer.finish()
    }
}

/// `paper` under `cover` of 255 parts of `ink`, rounded to the nearest.
fn mixed(paper: u8, ink: u8, cover: u8) -> u8 {
    let (paper, ink, cover) = (u32::from(paper), u32::from(ink), u32::from(cover));
    ((paper * (255 - cover) + ink * cover + 127) / 255) as u8
}
