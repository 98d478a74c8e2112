//! Words of masks.

use serde::{Deserialize, Serialize};

vocabulary!(/// What of a picture a mask covers.
    MaskShape { /// The box itself.
        Box = "box", /// The ellipse within the box that touches its four sides.
        Ellipse = "ellipse", /// The polygon itself.
        Polygon = "polygon" });

vocabulary!(/// What a mask puts in the place of a picture.
    MaskMethod { /// Black: nothing of what was there is left.
        Solid = "solid", /// One colour for each of a few squares, the mean of what was there. Can be undone in part.
        Pixelate = "pixelate", /// What was there, smeared. Can be undone in part.
        Blur = "blur" });

vocabulary!(/// What a mask puts in the place of a sound.
    SoundMethod { /// Silence.
        Mute = "mute", /// Noise as loud as what was there, so that it is heard that and when somebody speaks, and
        /// neither who nor what.
        Voice = "voice" });

vocabulary!(/// How a masked copy is coded.
    RenderForm { /// H.264 and AAC in MP4: plays everywhere, and loses some.
        Mp4 = "mp4", /// FFV1 and samples as they are in Matroska: what no mask covers is as in the original, to the bit.
        Lossless = "lossless" });

impl MaskMethod {
    /// Whether some of what was there can be worked out from what is put in its place.
    pub fn can_be_undone(self) -> bool {
        self != Self::Solid
    }
}
