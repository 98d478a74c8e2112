//! Masks as they are laid on one frame, and on the sound.

use media::display::DisplayGeometry;
use media::mask::{Area, Coverage, Laid, Muffled, Paint, SoundPaint};
use media::still::Still;
use media::time::Rational;
use store::event::{Cover, Shape};
use store::record::Mask;
use store::vocabulary::{MaskMethod, MaskShape, SoundMethod};

/// The masks that lie on frame `no`, in the order in which they were drawn.
pub(super) fn laid(masks: &[Mask], no: u32) -> Vec<Laid> {
    let pictures = masks.iter().filter_map(|mask| mask.drawn.picture());
    let laid = pictures.filter_map(|picture| {
        let area = match (picture.tracked.at(no)?, picture.shape) {
            (Shape::Polygon(corners), _) => Area::Polygon(corners),
            (Shape::Box(it), MaskShape::Ellipse) => {
                Area::Ellipse([it.x, it.y, it.width, it.height])
            }
            (Shape::Box(it), _) => Area::Box([it.x, it.y, it.width, it.height]),
        };
        let paint = match picture.method {
            MaskMethod::Solid => Paint::Solid,
            MaskMethod::Pixelate => Paint::Pixelate,
            MaskMethod::Blur => Paint::Blur,
        };
        Some(Laid { area, paint })
    });
    laid.collect()
}

/// Bytes of a pixel of a still.
const PIXEL: usize = 3;

/// Blackens in `still`, frame `no` as it is displayed, whatever one of `masks` lies on, by whatever method: what
/// is shown of a mask that can be undone can be undone. Says whether one lies there.
pub(crate) fn blacken(still: &mut Still, masks: &[Mask], no: u32) -> bool {
    let (width, height) = (still.width, still.height);
    let as_displayed = DisplayGeometry {
        width,
        height,
        sample_aspect: Rational { num: 1, den: 1 },
        rotation: 0,
        mirrored: false,
    };
    let laid = laid(masks, no);
    for mask in &laid {
        let covered = Coverage::of(&mask.area, &as_displayed);
        for y in covered.top..covered.top + covered.height {
            for x in covered.left..covered.left + covered.width {
                if covered.covers(x, y) {
                    let at = (y * width as usize + x) * PIXEL;
                    still.rgb[at..at + PIXEL].fill(0);
                }
            }
        }
    }
    !laid.is_empty()
}

/// The samples that must not be heard.
pub(super) fn muffled(masks: &[Mask]) -> Vec<Muffled> {
    let muffled = |mask: &Mask| match &mask.drawn.cover {
        Cover::Picture(_) => None,
        Cover::Sound(sound) => Some(Muffled {
            samples: sound.span.from..sound.span.to,
            paint: match sound.method {
                SoundMethod::Mute => SoundPaint::Mute,
                SoundMethod::Voice => SoundPaint::Voice,
            },
        }),
    };
    masks.iter().filter_map(muffled).collect()
}
