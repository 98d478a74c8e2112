//! What stands beneath the frames of a figure.

use media::still::Still;
use paper::{Hand, Ink, Lettering, Words};

use super::PairSide;

/// What stands beneath both frames.
const FOOT: &str =
    "Exact pixels of both frames, each in its own size: nothing is scaled, filtered or masked.";

/// How wide words may run, and how large they are, in pixels.
#[derive(Clone, Copy)]
pub(super) struct Room {
    pub(super) width: u32,
    pub(super) em: f32,
}

/// Pixels of an em for words beneath pictures of which the narrower is so wide.
pub(super) fn em(column: u32) -> f32 {
    (column as f32 / 40.0).round().clamp(12.0, 28.0)
}

/// What is beneath one frame.
pub(super) fn beneath(
    lettering: &Lettering,
    told: &PairSide,
    still: &Still,
    mirrored: bool,
    room: Room,
) -> Ink {
    let base = told.time_base;
    let pts = match told.pts {
        Some(ticks) => format!("PTS {ticks} (time base {}/{})", base.num, base.den),
        None => "no PTS".to_owned(),
    };
    let shown = if mirrored {
        "Shown mirrored: left and right are exchanged. "
    } else {
        ""
    };
    let texts = [
        format!("{} {}", told.item, told.name),
        format!("Frame {} at {:.6} s, {pts}", told.frame, told.at_s),
        format!("planes sha256:{}", told.hash),
        format!(
            "{shown}{}x{} pixels, from {}",
            still.width,
            still.height,
            crate::applied(&still.applied)
        ),
    ];
    let hands = [
        (Hand::Bold, 1.1),
        (Hand::Plain, 1.0),
        (Hand::Even, 0.8),
        (Hand::Plain, 0.8),
    ];
    let words: Vec<Words<'_>> = texts
        .iter()
        .zip(hands)
        .map(|(text, (hand, share))| Words {
            text,
            hand,
            size: room.em * share,
        })
        .collect();
    lettering.write(&words, room.width)
}

/// What is beneath both.
pub(super) fn foot(lettering: &Lettering, room: Room) -> Ink {
    let text = format!("{FOOT} {}", crate::TOOL);
    let words = Words {
        text: &text,
        hand: Hand::Plain,
        size: room.em * 0.8,
    };
    lettering.write(&[words], room.width)
}
