//! Which videos of an index are worth being aligned with a query.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::{Bits, Entry, VideoId, of_sample};
use super::{Candidates, Result};
use crate::pdq::Pdq;
use crate::prints::Prints;

/// Bits within which a video is nominated: of unrelated videos about one in a thousand has a sample as
/// near as this to one of a query.
pub const RADIUS: u32 = 47;

/// Hits of one print that are looked at. One that has more tells nothing: a test card, a title.
const MOST: usize = 1024;

/// Samples of the query that are asked about lie at least so many seconds apart.
const APART: f64 = 0.45;

/// What an index says of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nominated {
    /// The videos, and how many bits the nearest pair of prints is apart.
    pub videos: BTreeMap<VideoId, u32>,
    /// Prints of the query that are like so many of the archive that not all were looked at.
    pub crowded: usize,
}

/// The videos that have a print within [`RADIUS`] bits of one of the query's, plain or mirrored.
///
/// An alignment holds far more than one pair of prints, so that what is found with the nominated alone is
/// found with all; but a video may share footage and not be nominated. `docs/reuse.md` says how often.
///
/// # Errors
/// As [`Candidates::near`].
pub fn nominate(archive: &dyn Candidates, query: &Prints) -> Result<Nominated> {
    let asked: Vec<Bits> = asked(query).into_iter().collect();
    let mut nominated = Nominated::default();
    for answer in archive.near(&asked, RADIUS, MOST)? {
        nominated.crowded += usize::from(answer.more > 0);
        for hit in answer.hits {
            let nearest = nominated.videos.entry(hit.video).or_insert(hit.distance);
            *nearest = hit.distance.min(*nearest);
        }
    }
    Ok(nominated)
}

/// The prints to ask about, each once.
fn asked(query: &Prints) -> BTreeSet<Bits> {
    let seconds = query.seconds();
    let mut asked = BTreeSet::new();
    let mut last = f64::NEG_INFINITY;
    for sample in &query.samples {
        let at = seconds.get(sample.index as usize).copied();
        let Some(at) = at.filter(|at| *at >= last + APART) else {
            continue;
        };
        last = at;
        let views = of_sample(query, sample);
        asked.extend(views.flat_map(|view| [view.bits, mirrored(&view)]));
    }
    asked
}

fn mirrored(view: &Entry) -> Bits {
    let Entry { quality, bits, .. } = *view;
    Pdq { bits, quality }.mirrored().bits
}
