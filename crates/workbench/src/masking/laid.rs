//! Masks as they are laid on one frame, and on the sound.

use media::mask::{Area, Laid, Muffled, Paint, SoundPaint};
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
