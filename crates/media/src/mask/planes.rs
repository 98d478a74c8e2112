//! How the samples of a picture lie in the bytes of its planes, by the name of its pixel format.

use crate::protocol::PictureLayout;

/// One plane: rows without padding of samples of one or more components.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plane {
    /// Where its first byte is.
    pub(crate) offset: usize,
    /// Samples of a row.
    pub(crate) width: usize,
    /// Rows.
    pub(crate) height: usize,
    /// How many halvings of the picture's width and height it is.
    pub(crate) shift: (u32, u32),
    /// Bytes of one component: 1, or 2 with the lower first.
    pub(crate) bytes: usize,
    /// The value of black for each component of a sample.
    pub(crate) black: Vec<u16>,
}

impl Plane {
    /// Bytes of a row.
    pub(crate) fn stride(&self) -> usize {
        self.width * self.sample()
    }

    /// Bytes of a sample of all components.
    pub(crate) fn sample(&self) -> usize {
        self.bytes * self.black.len()
    }
}

/// The planes of a picture; `None` for formats whose samples cannot be told apart by bytes.
pub(crate) fn planes(layout: &PictureLayout) -> Option<Vec<Plane>> {
    let form = Form::of(&layout.pixel_format)?;
    let full = layout.range == "pc" || layout.pixel_format.starts_with("yuvj");
    let scaled = |of_eight: u16| of_eight << (form.depth - 8);
    let dark = if full || form.rgb { 0 } else { scaled(16) };
    let mut planes = Vec::new();
    let mut offset = 0;
    for part in &form.parts {
        let side = |length: u32, shift: u32| length.div_ceil(1 << shift) as usize;
        let black = part.iter().map(|component| match component {
            Component::Dark => dark,
            Component::Colour => scaled(128),
            Component::Opaque => u16::MAX >> (16 - form.depth),
        });
        let shift = match part.contains(&Component::Colour) {
            true => form.shift,
            false => (0, 0),
        };
        let plane = Plane {
            offset,
            width: side(layout.width, shift.0),
            height: side(layout.height, shift.1),
            shift,
            bytes: if form.depth > 8 { 2 } else { 1 },
            black: black.collect(),
        };
        offset += plane.stride() * plane.height;
        planes.push(plane);
    }
    (offset as u64 == layout.bytes).then_some(planes)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Component {
    /// Luma, or red, green or blue.
    Dark,
    /// A difference of colours.
    Colour,
    /// Alpha.
    Opaque,
}

/// The components of each plane, and what they have in common.
struct Form {
    parts: Vec<Vec<Component>>,
    shift: (u32, u32),
    depth: u32,
    rgb: bool,
}

impl Form {
    fn of(name: &str) -> Option<Self> {
        use Component::{Colour, Dark, Opaque};
        let plain = |parts: Vec<Vec<Component>>, shift, rgb| Self {
            parts,
            shift,
            depth: 8,
            rgb,
        };
        match name {
            "gray" => return Some(plain(vec![vec![Dark]], (0, 0), false)),
            "nv12" | "nv21" => {
                return Some(plain(vec![vec![Dark], vec![Colour; 2]], (1, 1), false));
            }
            "rgb24" | "bgr24" => return Some(plain(vec![vec![Dark; 3]], (0, 0), true)),
            "rgba" | "bgra" => {
                return Some(plain(vec![vec![Dark, Dark, Dark, Opaque]], (0, 0), true));
            }
            "argb" | "abgr" => {
                return Some(plain(vec![vec![Opaque, Dark, Dark, Dark]], (0, 0), true));
            }
            "rgb0" | "bgr0" | "0rgb" | "0bgr" => {
                return Some(plain(vec![vec![Dark; 4]], (0, 0), true));
            }
            _ => {}
        }
        let stems = [
            ("gray", vec![Dark], (0, 0)),
            ("gbrap", vec![Dark, Dark, Dark, Opaque], (0, 0)),
            ("gbrp", vec![Dark; 3], (0, 0)),
        ];
        for (stem, components, shift) in stems {
            if let Some(depth) = name.strip_prefix(stem) {
                let rgb = stem != "gray";
                return Self::planar(components, shift, depth, rgb);
            }
        }
        let (rest, alpha) = match name.strip_prefix("yuva") {
            Some(rest) => (rest, true),
            None => (
                name.strip_prefix("yuvj")
                    .or_else(|| name.strip_prefix("yuv"))?,
                false,
            ),
        };
        let (sampling, depth) = rest.split_once('p')?;
        let shift = match sampling {
            "444" => (0, 0),
            "440" => (0, 1),
            "422" => (1, 0),
            "420" => (1, 1),
            "411" => (2, 0),
            "410" => (2, 2),
            _ => return None,
        };
        let mut components = vec![Dark, Colour, Colour];
        components.extend(alpha.then_some(Opaque));
        Self::planar(components, shift, depth, false)
    }

    /// One component to a plane, of the depth that the rest of the name says.
    fn planar(
        components: Vec<Component>,
        shift: (u32, u32),
        depth: &str,
        rgb: bool,
    ) -> Option<Self> {
        let depth = match depth {
            "" => 8,
            depth => depth.strip_suffix("le")?.parse().ok()?,
        };
        (8..=16).contains(&depth).then_some(Self {
            parts: components.into_iter().map(|one| vec![one]).collect(),
            shift,
            depth,
            rgb,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Rational;

    fn layout(pixel_format: &str, range: &str, bytes: u64) -> PictureLayout {
        PictureLayout {
            width: 5,
            height: 3,
            pixel_format: pixel_format.to_owned(),
            depth: 8,
            bytes,
            sample_aspect: Rational { num: 0, den: 1 },
            matrix: String::new(),
            range: range.to_owned(),
        }
    }

    // Sizes as `ffmpeg -f rawvideo` writes a picture of 5 by 3 in each format.
    #[test]
    fn planes_lie_as_ffmpeg_writes_them() {
        for (name, bytes, black) in [
            ("yuv420p", 27, vec![16, 128, 128]),
            ("yuvj420p", 27, vec![0, 128, 128]),
            ("yuv422p", 33, vec![16, 128, 128]),
            ("yuv444p", 45, vec![16, 128, 128]),
            ("yuv411p", 27, vec![16, 128, 128]),
            ("yuv420p10le", 54, vec![64, 512, 512]),
            ("yuva420p", 42, vec![16, 128, 128, 255]),
            ("gray", 15, vec![16]),
            ("gray12le", 30, vec![256]),
            ("gbrp", 45, vec![0, 0, 0]),
            ("gbrp10le", 90, vec![0, 0, 0]),
            ("nv12", 27, vec![16, 128, 128]),
            ("rgb24", 45, vec![0, 0, 0]),
            ("bgra", 60, vec![0, 0, 0, 255]),
        ] {
            let planes = planes(&layout(name, "tv", bytes)).expect(name);
            let found: Vec<u16> = planes.into_iter().flat_map(|it| it.black).collect();
            assert_eq!(found, black, "{name}");
        }
        assert_eq!(
            planes(&layout("yuv420p", "pc", 27)).expect("planes")[0].black,
            [0]
        );
        for (name, bytes) in [
            ("yuv420p", 26),
            ("yuv420p10be", 54),
            ("pal8", 15),
            ("yuyv422", 30),
            ("monob", 3),
        ] {
            assert_eq!(planes(&layout(name, "tv", bytes)), None, "{name}");
        }
    }
}
