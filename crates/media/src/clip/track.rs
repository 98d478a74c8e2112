//! What a clip says of its two tracks.

use super::ebml::Elements;
use crate::display::DisplayGeometry;
use crate::facts::VideoFacts;
use crate::protocol::PictureLayout;
use crate::sound::{Pcm, SoundForm};

/// Number of the track of pictures.
pub(super) const VIDEO: u8 = 1;
/// Number of the track of sound.
pub(super) const SOUND: u8 = 2;

/// Pictures in FFV1.
pub(super) struct VideoTrack<'a> {
    pub(super) facts: &'a VideoFacts,
    pub(super) layout: &'a PictureLayout,
    /// What the decoder needs.
    pub(super) header: &'a [u8],
    /// Nanoseconds of each frame where all are equal.
    pub(super) frame_lasts: Option<u64>,
}

/// Samples as they are.
pub(super) struct SoundTrack<'a> {
    pub(super) form: &'a SoundForm,
}

impl VideoTrack<'_> {
    pub(super) fn describe(&self, entry: &mut Elements) {
        entry.uint(0xD7, VIDEO.into()).uint(0x73C5, VIDEO.into());
        entry.uint(0x83, 1).uint(0x9C, 0).text(0x22B59C, "und");
        if let Some(lasts) = self.frame_lasts {
            entry.uint(0x23E383, lasts);
        }
        entry.text(0x86, "V_FFV1").bytes(0x63A2, self.header);
        entry.master(0xE0, |video| {
            video.uint(0xB0, self.layout.width.into());
            video.uint(0xBA, self.layout.height.into());
            self.shape(video);
            self.fields(video);
            self.colour(video);
            self.turn(video);
        });
    }

    /// The shape of its pixels, as the shape of the whole picture.
    fn shape(&self, video: &mut Elements) {
        /// Width and height are a ratio, not pixels.
        const RATIO: u64 = 3;
        let geometry = DisplayGeometry::from(self.facts);
        let geometry = geometry.with_stored_size(self.layout.width, self.layout.height);
        let aspect = geometry.applied_aspect();
        if aspect.num == aspect.den {
            return;
        }
        let wide = u64::from(self.layout.width) * u64::from(aspect.num.unsigned_abs());
        let high = u64::from(self.layout.height) * u64::from(aspect.den.unsigned_abs());
        let divisor = gcd(wide, high).max(1);
        video.uint(0x54B0, wide / divisor);
        video.uint(0x54BA, high / divisor);
        video.uint(0x54B2, RATIO);
    }

    fn fields(&self, video: &mut Elements) {
        let (interlaced, order) = match self.facts.field_order.as_str() {
            "progressive" => (2, None),
            "tt" => (1, Some(1)),
            "bb" => (1, Some(6)),
            "tb" => (1, Some(9)),
            "bt" => (1, Some(14)),
            _ => return,
        };
        video.uint(0x9A, interlaced);
        if let Some(order) = order {
            video.uint(0x9D, order);
        }
    }

    /// Whether the upper field comes first, of interlaced pictures.
    pub(super) fn upper_field_first(facts: &VideoFacts) -> Option<bool> {
        match facts.field_order.as_str() {
            "tt" | "bt" => Some(true),
            "bb" | "tb" => Some(false),
            _ => None,
        }
    }

    fn colour(&self, video: &mut Elements) {
        let range = match self.layout.range.as_str() {
            "tv" => Some(1),
            "pc" => Some(2),
            _ if self.layout.pixel_format.starts_with("yuvj") => Some(2),
            _ => None,
        };
        video.master(0x55B0, |colour| {
            let codes = [
                (0x55B1, code(MATRICES, &self.layout.matrix)),
                (0x55B9, range),
                (0x55BA, code(TRANSFERS, &self.facts.color_transfer)),
                (0x55BB, code(PRIMARIES, &self.facts.color_primaries)),
            ];
            for (id, code) in codes {
                if let Some(code) = code {
                    colour.uint(id, code);
                }
            }
        });
    }

    /// Rotation and mirroring, as the pose of a flat projection.
    fn turn(&self, video: &mut Elements) {
        if self.facts.rotation == 0 && !self.facts.mirrored {
            return;
        }
        // Clockwise on the display; the pose is measured the other way, between -180 and 180.
        let clockwise = f64::from(self.facts.rotation);
        let roll = if clockwise > 180.0 {
            360.0 - clockwise
        } else {
            -clockwise
        };
        video.master(0x7670, |projection| {
            projection.uint(0x7671, 0);
            if self.facts.mirrored {
                projection.float(0x7673, 180.0);
            }
            projection.float(0x7675, roll);
        });
    }
}

impl SoundTrack<'_> {
    pub(super) fn describe(&self, entry: &mut Elements) {
        entry.uint(0xD7, SOUND.into()).uint(0x73C5, SOUND.into());
        entry.uint(0x83, 2).uint(0x9C, 0).text(0x22B59C, "und");
        entry.text(
            0x86,
            match self.form.pcm {
                Pcm::U8 | Pcm::S16 | Pcm::S32 => "A_PCM/INT/LIT",
                Pcm::F32 | Pcm::F64 => "A_PCM/FLOAT/IEEE",
            },
        );
        entry.master(0xE1, |audio| {
            audio.float(0xB5, f64::from(self.form.rate));
            audio.uint(0x9F, self.form.channels.into());
            audio.uint(0x6264, (self.form.pcm.bytes() * 8) as u64);
        });
    }
}

/// Primaries, transfer and matrix by their numbers, where they are known.
pub(super) fn codes(facts: &VideoFacts) -> [Option<u16>; 3] {
    [
        code(PRIMARIES, &facts.color_primaries),
        code(TRANSFERS, &facts.color_transfer),
        code(MATRICES, &facts.color_space),
    ]
    .map(|code| code.and_then(|code| u16::try_from(code).ok()))
}

/// Numbers of ITU-T H.273 for libav's names.
type Codes = &'static [(&'static str, u64)];

const MATRICES: Codes = &[
    ("gbr", 0),
    ("bt709", 1),
    ("fcc", 4),
    ("bt470bg", 5),
    ("smpte170m", 6),
    ("smpte240m", 7),
    ("ycgco", 8),
    ("bt2020nc", 9),
    ("bt2020c", 10),
    ("smpte2085", 11),
    ("chroma-derived-nc", 12),
    ("chroma-derived-c", 13),
    ("ictcp", 14),
];

const TRANSFERS: Codes = &[
    ("bt709", 1),
    ("bt470m", 4),
    ("bt470bg", 5),
    ("smpte170m", 6),
    ("smpte240m", 7),
    ("linear", 8),
    ("log100", 9),
    ("log316", 10),
    ("iec61966-2-4", 11),
    ("bt1361e", 12),
    ("iec61966-2-1", 13),
    ("bt2020-10", 14),
    ("bt2020-12", 15),
    ("smpte2084", 16),
    ("smpte428", 17),
    ("arib-std-b67", 18),
];

const PRIMARIES: Codes = &[
    ("bt709", 1),
    ("bt470m", 4),
    ("bt470bg", 5),
    ("smpte170m", 6),
    ("smpte240m", 7),
    ("film", 8),
    ("bt2020", 9),
    ("smpte428", 10),
    ("smpte431", 11),
    ("smpte432", 12),
    ("ebu3213", 22),
];

fn code(codes: Codes, name: &str) -> Option<u64> {
    let found = codes.iter().find(|(known, _)| *known == name);
    found.map(|(_, code)| *code)
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
