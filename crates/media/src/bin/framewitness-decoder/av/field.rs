//! The rows of one field out of the planes of a frame.

use std::ffi::c_int;

use ffmpeg_the_third::ffi;
use media::field::Field;
use media::protocol::PictureLayout;

use super::AvError;
use super::planes::plane_rows;
use super::scale::{format_of, matrix};

/// A field by itself.
pub(crate) struct FieldRows {
    /// Its own rows, plane by plane and without padding.
    pub(crate) rows: Vec<u8>,
    /// The same as a picture of half the height. Where the planes of colour have a row too few for one,
    /// their last stands twice.
    pub(crate) planes: Vec<u8>,
    /// How that picture is laid out.
    pub(crate) layout: PictureLayout,
}

impl FieldRows {
    /// Takes `field` out of planes without padding.
    pub(crate) fn of(layout: &PictureLayout, planes: &[u8], field: Field) -> Result<Self, AvError> {
        let invalid = AvError(ffi::AVERROR(libc::EINVAL));
        let format = format_of(layout)?;
        let width = c_int::try_from(layout.width).map_err(|_| invalid)?;
        let height = field.rows(layout.height);
        let whole = plane_rows(format, width, layout.height).ok_or(invalid)?;
        let half = plane_rows(format, width, height).ok_or(invalid)?;
        let (mut rows, mut shown, mut rest) = (Vec::new(), Vec::new(), planes);
        for ((row, count), (_, wanted)) in whole.into_iter().zip(half) {
            let plane;
            (plane, rest) = rest.split_at_checked(row * count).ok_or(invalid)?;
            let own = plane.chunks_exact(row).skip(field.first_row()).step_by(2);
            own.clone().for_each(|row| rows.extend_from_slice(row));
            let last = own
                .clone()
                .next_back()
                .or_else(|| plane.chunks_exact(row).next_back());
            let again = std::iter::repeat(last.ok_or(invalid)?);
            own.chain(again)
                .take(wanted)
                .for_each(|row| shown.extend_from_slice(row));
        }
        if height == 0 || !rest.is_empty() {
            return Err(invalid);
        }
        Ok(Self {
            layout: PictureLayout {
                height,
                bytes: shown.len() as u64,
                // By the height of the frame, where nothing is said.
                matrix: matrix(layout).1.to_owned(),
                ..layout.clone()
            },
            rows,
            planes: shown,
        })
    }
}

#[cfg(test)]
mod tests {
    use media::time::Rational;

    use super::*;

    fn layout(pixel_format: &str, width: u32, height: u32, bytes: usize) -> PictureLayout {
        PictureLayout {
            width,
            height,
            pixel_format: pixel_format.to_owned(),
            depth: 8,
            bytes: bytes as u64,
            sample_aspect: Rational { num: 1, den: 1 },
            matrix: "unknown".to_owned(),
            range: "tv".to_owned(),
        }
    }

    /// Puts the rows of both fields back in turn; planes are bytes of a row and rows.
    fn woven(planes: &[(usize, usize)], [top, bottom]: [&[u8]; 2]) -> Vec<u8> {
        let (mut top, mut bottom, mut whole) = (top, bottom, Vec::new());
        for &(row, rows) in planes {
            for at in 0..rows {
                let field = if at % 2 == 0 { &mut top } else { &mut bottom };
                let next;
                (next, *field) = field.split_at(row);
                whole.extend_from_slice(next);
            }
        }
        assert!(top.is_empty() && bottom.is_empty());
        whole
    }

    #[test]
    fn both_fields_woven_are_the_frame_to_the_byte() {
        for (format, planes) in [
            ("yuv420p", vec![(7, 9), (4, 5), (4, 5)]),
            ("yuv420p", vec![(6, 6), (3, 3), (3, 3)]),
            ("yuv420p10le", vec![(12, 8), (6, 4), (6, 4)]),
            ("yuva444p", vec![(5, 3); 4]),
            ("nv12", vec![(8, 10), (8, 5)]),
            ("gray", vec![(3, 2)]),
            ("rgb24", vec![(15, 7)]),
        ] {
            let height = planes[0].1 as u32;
            let width = match format {
                "yuv420p10le" => 6,
                "rgb24" => 5,
                _ => planes[0].0 as u32,
            };
            let bytes: usize = planes.iter().map(|(row, rows)| row * rows).sum();
            let whole: Vec<u8> = (0..bytes).map(|at| (at * 7 % 251) as u8).collect();
            let layout = layout(format, width, height, bytes);
            let [top, bottom] = [Field::Top, Field::Bottom]
                .map(|field| FieldRows::of(&layout, &whole, field).expect("a field"));
            assert_eq!(woven(&planes, [&top.rows, &bottom.rows]), whole, "{format}");
            for half in [top, bottom] {
                assert_eq!(half.planes.len() as u64, half.layout.bytes);
                assert!(half.planes.len() >= half.rows.len());
            }
        }
    }

    #[test]
    fn what_has_no_such_rows_is_refused() {
        let one = layout("gray", 4, 1, 4);
        assert!(FieldRows::of(&one, &[1, 2, 3, 4], Field::Top).is_ok());
        assert!(FieldRows::of(&one, &[1, 2, 3, 4], Field::Bottom).is_err());
        let palette = layout("pal8", 2, 2, 4 + 1024);
        assert!(FieldRows::of(&palette, &[0; 4 + 1024], Field::Top).is_err());
    }
}
