//! Pictures: read from PNG, as they are and as they are first seen.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use krilla::image::{BitsPerComponent, CustomImage, Image, ImageColorspace};

use crate::Error;

/// Rows of 8-bit grey or RGB.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Picture {
    pub(crate) width: u32,
    pub(crate) height: u32,
    grey: bool,
    bytes: Arc<Vec<u8>>,
}

/// Columns of a preview before it is drawn smooth again: few enough that nobody is known by it.
const COARSE: usize = 24;
/// How many times finer it is drawn.
const FINER: usize = 8;

impl Picture {
    /// The picture of a `data:` address.
    pub(crate) fn of_address(address: &str) -> Result<Self, Error> {
        let unreadable = |why: &str| Error::Picture(why.to_owned());
        let encoded = address.strip_prefix("data:image/png;base64,");
        let encoded = encoded.ok_or_else(|| unreadable("it is not within the document as PNG"))?;
        let png = BASE64.decode(encoded);
        let png = png.map_err(|why| unreadable(&why.to_string()))?;
        let decoder = png::Decoder::new(std::io::Cursor::new(png));
        let failed = |why: png::DecodingError| unreadable(&why.to_string());
        let mut reader = decoder.read_info().map_err(failed)?;
        let size = reader.output_buffer_size();
        let mut bytes = vec![0; size.ok_or_else(|| unreadable("it is too large"))?];
        let info = reader.next_frame(&mut bytes).map_err(failed)?;
        bytes.truncate(info.buffer_size());
        let grey = match (info.color_type, info.bit_depth) {
            (png::ColorType::Rgb, png::BitDepth::Eight) => false,
            (png::ColorType::Grayscale, png::BitDepth::Eight) => true,
            _ => return Err(unreadable("it is neither 8-bit grey nor RGB")),
        };
        Ok(Self {
            width: info.width,
            height: info.height,
            grey,
            bytes: Arc::new(bytes),
        })
    }

    /// Grey, and so coarse that nothing is to be made out.
    pub(crate) fn preview(&self) -> Self {
        let columns = COARSE.min(self.width as usize).max(1);
        let rows = (columns * self.height as usize).div_ceil(self.width.max(1) as usize);
        let rows = rows.clamp(1, (self.height as usize).max(1));
        let coarse = self.coarse(columns, rows);
        let (width, height) = (columns * FINER, rows * FINER);
        let mut bytes = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                bytes.push(between(&coarse, columns, rows, x, y));
            }
        }
        Self {
            width: width as u32,
            height: height as u32,
            grey: true,
            bytes: Arc::new(bytes),
        }
    }

    /// Means of the luma (ITU-R BT.709) of the areas that each of `columns` × `rows` stands for.
    fn coarse(&self, columns: usize, rows: usize) -> Vec<u32> {
        let (width, height) = (self.width as usize, self.height as usize);
        let mut sums = vec![(0_u64, 0_u64); columns * rows];
        for y in 0..height {
            for x in 0..width {
                let sum = &mut sums[y * rows / height * columns + x * columns / width];
                sum.0 += u64::from(self.luma(y * width + x));
                sum.1 += 1;
            }
        }
        let mean = |(sum, count): (u64, u64)| (sum / count.max(1)) as u32;
        sums.into_iter().map(mean).collect()
    }

    fn luma(&self, pixel: usize) -> u32 {
        if self.grey {
            return u32::from(self.bytes[pixel]);
        }
        let [red, green, blue] = [0, 1, 2].map(|at| u32::from(self.bytes[3 * pixel + at]));
        (2126 * red + 7152 * green + 722 * blue) / 10_000
    }

    pub(crate) fn image(&self) -> Result<Image, Error> {
        Image::from_custom(self.clone(), false).map_err(Error::Picture)
    }
}

/// The grey of a fine pixel between the four coarse ones around it.
fn between(coarse: &[u32], columns: usize, rows: usize, x: usize, y: usize) -> u8 {
    let at = |fine: usize, count: usize| {
        let twice = (2 * fine + 1).saturating_sub(FINER);
        let first = (twice / (2 * FINER)).min(count - 1);
        let part = if first + 1 == count {
            0
        } else {
            twice % (2 * FINER)
        };
        (first, (first + 1).min(count - 1), part as u32)
    };
    let (left, right, across) = at(x, columns);
    let (upper, lower, down) = at(y, rows);
    let whole = 2 * FINER as u32;
    let row = |row: usize| {
        coarse[row * columns + left] * (whole - across) + coarse[row * columns + right] * across
    };
    let sum = row(upper) * (whole - down) + row(lower) * down;
    (sum / (whole * whole)) as u8
}

impl CustomImage for Picture {
    fn color_channel(&self) -> &[u8] {
        &self.bytes
    }

    fn alpha_channel(&self) -> Option<&[u8]> {
        None
    }

    fn bits_per_component(&self) -> BitsPerComponent {
        BitsPerComponent::Eight
    }

    fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    fn icc_profile(&self) -> Option<&[u8]> {
        None
    }

    fn color_space(&self) -> ImageColorspace {
        match self.grey {
            true => ImageColorspace::Luma,
            false => ImageColorspace::Rgb,
        }
    }
}
