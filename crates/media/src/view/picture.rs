//! A picture between two steps.

use std::fmt;

use super::Viewed;
use crate::still::Still;

/// One plane of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plane {
    /// Red.
    Red,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Luma of BT.709.
    Luma,
    /// Blue colour difference of BT.709, 128 where there is none.
    Cb,
    /// Red colour difference of BT.709, 128 where there is none.
    Cr,
}

impl Plane {
    pub(super) const NAMES: [(&str, Self); 6] = [
        ("red", Self::Red),
        ("green", Self::Green),
        ("blue", Self::Blue),
        ("luma", Self::Luma),
        ("cb", Self::Cb),
        ("cr", Self::Cr),
    ];
}

impl fmt::Display for Plane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::NAMES.iter().find(|(_, plane)| plane == self);
        f.write_str(name.map_or("", |(name, _)| name))
    }
}

/// RGB as fractions of 0 to 255; a step may leave that range, the result may not.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<[f32; 3]>,
}

impl Picture {
    pub(super) fn of(still: &Still) -> Self {
        let (pixels, _) = still.rgb.as_chunks::<3>();
        Self {
            width: still.width as usize,
            height: still.height as usize,
            pixels: pixels.iter().map(|rgb| rgb.map(f32::from)).collect(),
        }
    }

    /// The same place in every pixel becomes `to` of it.
    pub(super) fn each(mut self, mut to: impl FnMut([f32; 3]) -> [f32; 3]) -> Self {
        for pixel in &mut self.pixels {
            *pixel = to(*pixel);
        }
        self
    }

    /// A grey picture of the same size.
    pub(super) fn grey(&self, values: impl Iterator<Item = f32>) -> Self {
        Self {
            width: self.width,
            height: self.height,
            pixels: values.map(|value| [value; 3]).collect(),
        }
    }

    /// Luma of every pixel, row by row.
    pub(super) fn luma(&self) -> Vec<f32> {
        self.pixels.iter().map(|&rgb| luma(rgb)).collect()
    }

    pub(super) fn show(self, plane: Plane) -> Self {
        self.each(|rgb| {
            let value = match plane {
                Plane::Red => rgb[0],
                Plane::Green => rgb[1],
                Plane::Blue => rgb[2],
                Plane::Luma => luma(rgb),
                Plane::Cb => 128.0 + (rgb[2] - luma(rgb)) / 1.8556,
                Plane::Cr => 128.0 + (rgb[0] - luma(rgb)) / 1.5748,
            };
            [value; 3]
        })
    }

    pub(super) fn rounded(&self) -> Viewed {
        let byte = |value: f32| (value + 0.5).clamp(0.0, 255.0) as u8;
        Viewed::of(
            self.width as u32,
            self.height as u32,
            self.pixels.iter().flat_map(|rgb| rgb.map(byte)).collect(),
        )
    }
}

/// Luma of BT.709.
pub(super) fn luma([red, green, blue]: [f32; 3]) -> f32 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}
