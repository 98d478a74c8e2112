//! Exact frames in small, side by side.

use std::io;

use png::{BitDepth, ColorType, Compression, Encoder};

use crate::display::DisplayGeometry;
use crate::still::Still;
use crate::thumbnail::average;
use crate::time::FrameNo;

/// Widths that a cell may have, in pixels.
pub const WIDTHS: std::ops::RangeInclusive<u32> = 16..=640;

/// Most cells of one strip.
pub const MAX_CELLS: u32 = 200;

/// One frame in small, as displayed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The frame it shows.
    pub no: FrameNo,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// RGB24, rows without padding: the mean of the area that each pixel covers.
    pub rgb: Vec<u8>,
}

/// Size of a cell of `width` for pictures that are displayed in this way: of their shape, and at least a
/// pixel high.
pub fn cell_size(display: DisplayGeometry, width: u32) -> (u32, u32) {
    let (wide, high) = display.displayed();
    let height = u64::from(width) * u64::from(high.max(1)) / u64::from(wide.max(1));
    (width, u32::try_from(height.clamp(1, 4096)).unwrap_or(1))
}

impl Cell {
    /// The still in this size.
    pub fn of(still: &Still, no: FrameNo, (width, height): (u32, u32)) -> Self {
        let stride = still.width as usize * 3;
        let rgb = average::<3>(
            (still.width as usize, still.height as usize),
            |y| &still.rgb[y * stride..][..stride],
            (width as usize, height as usize),
        );
        Self {
            no,
            width,
            height,
            rgb,
        }
    }
}

/// Cells of one size side by side as PNG; a text chunk states `Framewitness Frames`, the number of each
/// from left to right. Cells of another size than the first are left out.
///
/// # Errors
/// There is no cell.
pub fn strip(cells: &[Cell]) -> io::Result<Vec<u8>> {
    let none = || io::Error::from(io::ErrorKind::InvalidInput);
    let first = cells.first().ok_or_else(none)?;
    let size = (first.width, first.height);
    let cells: Vec<_> = cells
        .iter()
        .filter(|cell| (cell.width, cell.height) == size)
        .collect();
    let many = u32::try_from(cells.len()).map_err(|_| none())?;
    let stride = first.width as usize * 3;
    let mut rgb = Vec::with_capacity(stride * first.height as usize * cells.len());
    for y in 0..first.height as usize {
        for cell in &cells {
            rgb.extend(&cell.rgb[y * stride..][..stride]);
        }
    }
    let numbers: Vec<_> = cells.iter().map(|cell| cell.no.to_string()).collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, first.width * many, first.height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    let texts = [
        ("Software", "Framewitness".to_owned()),
        ("Framewitness Frames", numbers.join(" ")),
    ];
    for (keyword, text) in texts {
        encoder.add_text_chunk(keyword.to_owned(), text)?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rgb)?;
    writer.finish()?;
    Ok(bytes)
}
