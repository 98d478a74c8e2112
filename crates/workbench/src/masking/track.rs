//! A mask proposed by following what a box holds, in both directions from the frame on which it was drawn.

use std::ops::ControlFlow;

use media::mask::follow::{Follower, METHOD};
use media::picture::Luma;
use media::time::FrameNo;
use store::event::{Region, Shape};
use store::record::{Item, Mask};

use super::{MaskPlace, NewMask};
use crate::case::Case;
use crate::error::{Error, Result};
use crate::place::Place;
use crate::sighting::Picture;
use crate::tracks::Track;

/// Pixels by which a followed box may lie off where it is drawn, between two keyframes.
const OFF: u32 = 1;

/// A box to follow.
#[derive(Clone, Copy, Debug)]
pub struct Followed {
    /// The frame on which it was drawn.
    pub frame: Place,
    /// Where it lies on that frame.
    pub region: Region,
    /// First frame to go back to; as far as it is found when absent.
    pub from: Option<Place>,
    /// Last frame, included; as far as it is found when absent.
    pub to: Option<Place>,
    /// Pixels that the mask is larger on each side than the box.
    pub margin: u32,
}

impl Case {
    /// Draws the mask `new` where what a box holds is found, frame by frame. Nobody has looked at it then: it is to be
    /// confirmed, or revised. `progress` hears how many frames were looked at.
    ///
    /// # Errors
    /// The box holds nothing that can be followed, a frame cannot be decoded, `progress` cancelled, or as
    /// [`Case::draw_mask`].
    pub fn track_mask(
        &self,
        item: &Item,
        followed: Followed,
        new: NewMask,
        progress: &mut dyn FnMut(u32) -> ControlFlow<()>,
    ) -> Result<Mask> {
        let track = self.track(item, None)?;
        let start = track.find(followed.frame)?.0;
        let last = crate::examine::count(track.index().frames.len()).saturating_sub(1);
        let end = |place: Option<Place>, open: u32| {
            place.map_or(Ok(open), |it| track.find(it).map(|no| no.0))
        };
        let (from, to) = (end(followed.from, 0)?, end(followed.to, last)?);
        if from > start || to < start {
            return Err(
                Error::usage(format!("frame {start} does not lie from {from} to {to}"))
                    .hint("name a span that holds the frame on which the box was drawn"),
            );
        }
        let mut looked = 0;
        let mut go = |frames: &mut dyn Iterator<Item = u32>| {
            follow(&track, start, followed.region, frames, &mut || {
                looked += 1;
                progress(looked)
            })
        };
        let mut found = go(&mut (from..start).rev())?;
        found.reverse();
        found.push((start, followed.region));
        found.extend(go(&mut (start + 1..=to))?);
        let size = track.still(FrameNo(start))?;
        let grown = |it: Region| grown(it, followed.margin, (size.width, size.height));
        let found: Vec<(u32, Region)> = found.into_iter().map(|(no, it)| (no, grown(it))).collect();
        let keyframes = { fewest(&found).into_iter() }
            .map(|(no, region)| (Place::Frame(no), Shape::Box(region)))
            .collect();
        let Region {
            x,
            y,
            width,
            height,
        } = followed.region;
        self.draw_mask(
            item,
            NewMask {
                place: Some(MaskPlace::Moving(keyframes)),
                proposed_by: Some(format!(
                    "{METHOD} from {x},{y},{width},{height} on frame {start}, margin {}",
                    followed.margin
                )),
                ..new
            },
        )
    }
}

/// Where it lies on these frames, as far as it is found.
fn follow(
    track: &Track<'_>,
    start: u32,
    region: Region,
    frames: &mut dyn Iterator<Item = u32>,
    looked: &mut dyn FnMut() -> ControlFlow<()>,
) -> Result<Vec<(u32, Region)>> {
    let picture = |no: u32| Ok::<_, Error>(Picture::grey(&*track.still(FrameNo(no))?));
    let first = picture(start)?;
    let at = [region.x, region.y, region.width, region.height];
    let nothing = || {
        Error::usage("the box holds nothing that can be followed").hint(
            "draw it within the picture, around something that differs from what is beside it",
        )
    };
    let mut follower = Follower::new(luma(&first), at).ok_or_else(nothing)?;
    let mut found = Vec::new();
    for no in frames {
        let Some([x, y, width, height]) = follower.step(luma(&picture(no)?)) else {
            break;
        };
        found.push((
            no,
            Region {
                x,
                y,
                width,
                height,
            },
        ));
        if looked().is_break() {
            return Err(media::decoder::Error::Cancelled.into());
        }
    }
    Ok(found)
}

fn luma(picture: &Picture) -> Luma<'_> {
    let reuse::Luma {
        data,
        width,
        height,
        stride,
    } = picture.luma();
    Luma {
        data,
        width,
        height,
        stride,
    }
}

fn grown(region: Region, margin: u32, (width, height): (u32, u32)) -> Region {
    let (x, y) = (
        region.x.saturating_sub(margin),
        region.y.saturating_sub(margin),
    );
    Region {
        x,
        y,
        width: (region.x + region.width + margin).min(width) - x,
        height: (region.y + region.height + margin).min(height) - y,
    }
}

/// As few of these as it takes for the others to lie between them in proportion.
fn fewest(found: &[(u32, Region)]) -> Vec<(u32, Region)> {
    let mut kept = Vec::new();
    let mut from = 0;
    while let Some(first) = found.get(from) {
        kept.push(*first);
        let reaches =
            |to: usize| { from + 1..to }.all(|at| lies_between(first, &found[at], &found[to]));
        let mut next = from + 1;
        while next + 1 < found.len() && reaches(next + 1) {
            next += 1;
        }
        from = next;
    }
    kept
}

fn lies_between(first: &(u32, Region), one: &(u32, Region), last: &(u32, Region)) -> bool {
    let part = f64::from(one.0 - first.0) / f64::from(last.0 - first.0);
    let edges = |it: &Region| [it.x, it.y, it.x + it.width, it.y + it.height].map(f64::from);
    let (a, b, found) = (edges(&first.1), edges(&last.1), edges(&one.1));
    { 0..4 }.all(|at| (a[at] + (b[at] - a[at]) * part - found[at]).abs() <= f64::from(OFF))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_keyframes_tell_of_many() {
        let region = |x| Region {
            x,
            y: 5,
            width: 10,
            height: 10,
        };
        let straight: Vec<_> = (0..50).map(|no| (no, region(no * 3))).collect();
        assert_eq!(fewest(&straight), [straight[0], straight[49]]);
        let turned: Vec<_> = (0..50)
            .map(|no: u32| (no, region(no.min(50 - no) * 4)))
            .collect();
        let kept = fewest(&turned);
        assert!(kept.len() <= 5 && kept.first() == turned.first() && kept.last() == turned.last());
        assert_eq!(fewest(&straight[..1]), straight[..1]);
        assert_eq!(
            grown(region(4), 6, (300, 18)),
            Region {
                x: 0,
                y: 0,
                width: 20,
                height: 18
            }
        );
    }
}
