//! One field of an exact frame.

use std::sync::Arc;

use super::seat::Lost;
use super::{FrameReader, applied};
use crate::decoder::Error;
use crate::field::FieldNo;
use crate::index::FrameHash;
use crate::still::Still;

impl FrameReader {
    /// A field of a frame as displayed: its own rows, each shown twice, with nothing made up between. The
    /// planes of the frame have the hash that the index records; the still has that of the field's own
    /// rows, plane by plane: for the top field rows 0, 2, 4 … of each.
    ///
    /// # Errors
    /// As [`FrameReader::still`], and [`Error::NoSuchField`] for a frame of one row, which has no bottom
    /// field, and pictures that are not planes of rows, such as those with a palette.
    pub fn field(&mut self, no: FieldNo) -> Result<Arc<Still>, Error> {
        let hash = self.recorded(no.frame)?;
        let still = self.attempt(no.frame, |reader| reader.make_field(no, hash))?;
        still.ok_or(Error::NoSuchField { no })
    }

    fn make_field(&mut self, no: FieldNo, hash: FrameHash) -> Result<Option<Arc<Still>>, Lost> {
        let planes = self.hold(no.frame, hash)?;
        let seat = self.seat.as_mut().ok_or(Lost::Elsewhere)?;
        let Some(picture) = seat.convert_field(&planes, no.field)? else {
            return Ok(None);
        };
        let layout = &planes.layout;
        let rgb = twice(
            &picture.rgb,
            3 * layout.width as usize,
            layout.height as usize,
        );
        let applied = applied(&self.video, layout, picture.conversion);
        Still::from_stored(no, picture.hash, rgb, applied)
            .map(|still| Some(Arc::new(still)))
            .map_err(|_| Lost::Elsewhere)
    }
}

/// Each row twice, up to `height` rows; the last once more where the bottom field of an odd number of rows
/// has one too few.
fn twice(rgb: &[u8], row: usize, height: usize) -> Vec<u8> {
    let rows = rgb.chunks_exact(row);
    let last = rows.clone().last().unwrap_or_default();
    let doubled = rows.flat_map(|row| [row, row]);
    let all = doubled.chain(std::iter::repeat(last)).take(height);
    all.flatten().copied().collect()
}

impl From<FieldNo> for crate::still::Which {
    fn from(no: FieldNo) -> Self {
        Self::Field(no)
    }
}
