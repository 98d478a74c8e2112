//! Edit decision lists (CMX 3600), which editing programs show as marks.

use std::fmt::Write as _;

use super::{Clock, Mark};

/// One event for each mark, in and out the same on both sides, what is said in comments. Time code counts frames
/// at the item's mean rate, rounded, without dropping any: frame numbers are exact, times of day are not.
pub(super) fn edl(title: &str, clock: Clock, marks: &[&Mark]) -> Vec<u8> {
    let rate = rate(clock);
    let title = super::tables::one_line(title);
    let mut text = format!("TITLE: {title}\nFCM: NON-DROP FRAME\n\n");
    for (at, mark) in marks.iter().enumerate() {
        let [first, last] = mark.frames;
        let (from, to) = (code(first, rate), code(last.saturating_add(1), rate));
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "{:03}  AX       V     C        {from} {to} {from} {to}\n* FROM CLIP NAME: ITEM {}\n* COMMENT: {} {}\n* \
             FRAMES: {first}-{last} AT {rate} A SECOND\n\n",
            at + 1,
            mark.item.0,
            mark.what.to_uppercase(),
            super::tables::one_line(&mark.text)
        );
    }
    text.into_bytes()
}

fn rate(clock: Clock) -> u32 {
    if clock.seconds <= 0.0 {
        return 25;
    }
    // Between 1 and 1000: exact as an integer.
    (clock.frames as f64 / clock.seconds)
        .round()
        .clamp(1.0, 1000.0) as u32
}

fn code(frame: u32, rate: u32) -> String {
    let (seconds, frames) = (frame / rate, frame % rate);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}:{frames:02}")
}
