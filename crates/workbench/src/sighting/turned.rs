//! A luma plane turned by quarters, and the way back.

use media::picture::Luma;
use media::still::Still;

use crate::view::PicturePlace;

/// A luma plane without gaps, and by how many quarters it was turned clockwise.
#[derive(Clone)]
pub(crate) struct Picture {
    samples: Vec<u8>,
    width: usize,
    height: usize,
    quarters: u16,
}

impl Picture {
    pub(crate) fn of(luma: Luma<'_>) -> Self {
        let rows = (0..luma.height).filter_map(|y| {
            let start = y * luma.stride;
            luma.data.get(start..start + luma.width)
        });
        let samples: Vec<u8> = rows.flatten().copied().collect();
        Self {
            height: samples.len() / luma.width.max(1),
            width: luma.width,
            samples,
            quarters: 0,
        }
    }

    /// The grey of a frame, weighed as video weighs it.
    pub(crate) fn grey(still: &Still) -> Self {
        let grey = |rgb: &[u8]| {
            let [red, green, blue] = [rgb[0], rgb[1], rgb[2]].map(u32::from);
            ((77 * red + 150 * green + 29 * blue + 128) >> 8) as u8
        };
        Self {
            samples: still.rgb.chunks_exact(3).map(grey).collect(),
            width: still.width as usize,
            height: still.height as usize,
            quarters: 0,
        }
    }

    pub(crate) fn luma(&self) -> reuse::Luma<'_> {
        reuse::Luma {
            data: &self.samples,
            width: self.width,
            height: self.height,
            stride: self.width,
        }
    }

    /// The picture turned clockwise.
    pub(crate) fn turned(&self, quarters: u16) -> Self {
        let quarters = quarters % 4;
        let (w, h) = (self.width, self.height);
        let (width, height) = if quarters % 2 == 1 { (h, w) } else { (w, h) };
        let from = |x: usize, y: usize| match quarters {
            0 => (x, y),
            1 => (y, h - 1 - x),
            2 => (w - 1 - x, h - 1 - y),
            _ => (w - 1 - y, x),
        };
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let samples = places.map(|(x, y)| {
            let (x, y) = from(x, y);
            self.samples[y * w + x]
        });
        Self {
            samples: samples.collect(),
            width,
            height,
            quarters,
        }
    }

    /// A box in this picture, by its left, top, right and bottom edge, as it lies in the picture that
    /// this one was turned from.
    pub(crate) fn place_before(&self, [left, top, right, bottom]: [f32; 4]) -> PicturePlace {
        let (w, h) = (self.width as f32, self.height as f32);
        let [left, top, right, bottom] = match self.quarters {
            0 => [left, top, right, bottom],
            1 => [top, w - right, bottom, w - left],
            2 => [w - right, h - bottom, w - left, h - top],
            _ => [h - bottom, left, h - top, right],
        };
        PicturePlace::within([left, top, right, bottom])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_turned_picture_is_found_again_in_the_picture() {
        let mut samples = vec![0; 5 * 3];
        samples[5 + 3] = 9;
        let picture = Picture {
            samples,
            width: 5,
            height: 3,
            quarters: 0,
        };
        for quarters in 0..4 {
            let turned = picture.turned(quarters);
            let at = turned.samples.iter().position(|&it| it == 9);
            let at = at.expect("the one sample");
            let (x, y) = ((at % turned.width) as f32, (at / turned.width) as f32);
            let place = turned.place_before([x, y, x + 1.0, y + 1.0]);
            assert_eq!(
                (place.x, place.y, place.width, place.height),
                (3, 1, 1, 1),
                "{quarters}"
            );
        }
    }

    #[test]
    fn a_quarter_clockwise_brings_the_left_edge_to_the_top() {
        let picture = Picture {
            samples: vec![1, 2, 3, 4, 5, 6],
            width: 3,
            height: 2,
            quarters: 0,
        };
        assert_eq!(picture.turned(1).samples, [4, 1, 5, 2, 6, 3]);
    }
}
