//! The quantiser track out of what the pass heard.

use super::kept::Frame;
use super::pass::Pass;
use crate::facts::{Quantiser, QuantiserScale, Quantisers, QuantisersOf};
use crate::index::PictureType;

/// Name of the method that reads quantisers.
pub(super) const QUANTISERS: &str = "coding/quantiser";

/// `None` without video.
pub(super) fn quantisers(pass: &Pass) -> Option<Quantisers> {
    let (stream, _) = pass.video()?;
    let codec = &stream.codec;
    let depth = pass.frames.iter().map(|frame| frame.layout.depth).max();
    let Some(scale) = QuantiserScale::of(codec, depth.unwrap_or(8)) else {
        return Some(Quantisers::Unsupported {
            codec: codec.clone(),
        });
    };
    let of = |frame: &Frame| {
        let within = |it: &Quantiser| it.least() >= scale.least && it.most() <= scale.most;
        frame.quantiser.filter(within)
    };
    let frames: Vec<_> = pass.frames.iter().map(of).collect();
    let missing = frames.iter().filter(|it| it.is_none()).count();
    Some(Quantisers::Read {
        by_type: by_type(&pass.frames, &frames),
        missing: u32::try_from(missing).unwrap_or(u32::MAX),
        frames,
        scale,
    })
}

fn by_type(frames: &[Frame], quantisers: &[Option<Quantiser>]) -> Vec<QuantisersOf> {
    let of = |picture: PictureType| {
        let mut middles: Vec<_> = frames
            .iter()
            .zip(quantisers)
            .filter(|(frame, _)| frame.picture == picture)
            .filter_map(|(_, quantiser)| Some((*quantiser)?.middle()))
            .collect();
        middles.sort_unstable();
        Some(QuantisersOf {
            picture,
            count: u32::try_from(middles.len()).unwrap_or(u32::MAX),
            least: *middles.first()?,
            median: middles[middles.len() / 2],
            most: *middles.last()?,
        })
    };
    PictureType::ALL.into_iter().filter_map(of).collect()
}
