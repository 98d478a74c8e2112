//! What was done to decoded planes to show them, in words.

use std::fmt::Write;

use media::still::Applied;

/// One sentence for a person; every step that changed something, and the conversion in any case.
pub fn applied(applied: &Applied) -> String {
    let mut words = format!(
        "{}x{} {}, {}-bit, converted to RGB by the {} matrix, {} range ({})",
        applied.stored_width,
        applied.stored_height,
        applied.pixel_format,
        applied.depth,
        applied.matrix,
        applied.range,
        applied.converter,
    );
    if applied.depth > 8 {
        words.push_str("; reduced to 8 bits");
    }
    if applied.mirrored {
        words.push_str("; mirrored left to right");
    }
    let aspect = applied.sample_aspect;
    if aspect.num != aspect.den {
        // Writing to a string does not fail.
        let _ = write!(
            words,
            "; enlarged along one side for pixels of {}:{}",
            aspect.num, aspect.den
        );
    }
    if applied.rotation != 0 {
        let _ = write!(words, "; rotated {}° clockwise", applied.rotation);
    }
    words
}
