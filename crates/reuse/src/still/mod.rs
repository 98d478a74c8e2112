//! Which frame of which video a picture shows: a still, or a screenshot with a player or a page about it.
//!
//! Places where the picture may show a frame come from two sides: windows bounded by straight edges,
//! compared with the hash of every frame, and corners that agree with those of a sample on one place and
//! scale. Each such place is then moved until its hash is nearest to that of a frame, and the frame
//! chosen among all of its video. `docs/reuse.md` has the method and its figures.

mod arrange;
mod closeup;
mod corners;
mod nearest;
mod overlay;
mod picture;
mod windows;

use rayon::prelude::*;

use crate::Luma;
use crate::pdq::{Dihedral, Pdq, Reducer};
use crate::prints::Prints;
use crate::views::KEPT;
use arrange::Agreed;
pub use closeup::{Chosen, Closeup};
use corners::Corners;
use nearest::Settled;
pub use overlay::Overlays;
use picture::{Area, Picture};

/// Windows at most this far from a frame are looked at more closely.
const COARSE: u32 = 92;

/// Places of one video that are looked at more closely, of windows and of corners each.
const PLACES: usize = 4;

/// Places of all videos that are looked at more closely.
const ALL_PLACES: usize = 64;

/// Seconds about a sample in which its frame is looked for at first.
const ABOUT: f64 = 1.5;

/// Least part that the place of corners shares with the place found, to speak for it.
const SAME: f32 = 0.5;

/// A video that a picture may be of.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'a> {
    /// Its fingerprints.
    pub prints: &'a Prints,
    /// Width of a pixel of the pictures that were fingerprinted over its height, as displayed.
    pub stretch: f32,
}

/// Where a picture shows a frame of a video.
#[derive(Clone, Debug, PartialEq)]
pub struct Sighting {
    /// Position of the video in the list given to [`find`].
    pub reference: usize,
    /// Number of the frame that is most like it.
    pub frame: u32,
    /// First and last of the frames about it that are as good as equally like.
    pub alike: [u32; 2],
    /// Frames nearly as like, the nearest first, for a [`Closeup`]: hashes of neighbours tell little.
    pub near: Vec<u32>,
    /// Whether the picture shows it mirrored left to right.
    pub mirrored: bool,
    /// Where in the picture the whole frame lies, in its pixels from the left, top, right and bottom
    /// edge of the frame to the picture's left and top; beyond the picture where the frame was cropped.
    pub place: [f32; 4],
    /// Whether straight edges bound the place, or the picture's own: then it is exact.
    pub bound: bool,
    /// Bits of 256 by which that part's hash differs from the frame's.
    pub distance: u32,
    /// Corners that agree on the place; 0 where none were needed or found.
    pub corners: u32,
    /// How sure, 0 to 1.
    pub score: f32,
}

/// Finds the videos that a picture shows a frame of, the surest first: one place and frame of each.
///
/// The result depends on picture and prints alone.
pub fn find(picture: Luma<'_>, references: &[Reference<'_>]) -> Vec<Sighting> {
    let Some(picture) = Picture::of(picture) else {
        return Vec::new();
    };
    let query = Query::new(&picture);
    let mut places: Vec<Place> = references
        .par_iter()
        .enumerate()
        .flat_map_iter(|(at, reference)| query.places(at, reference))
        .collect();
    places.sort_by(|a, b| {
        let order = |place: &Place| (place.reference, place.frame, place.mirrored);
        b.promise
            .total_cmp(&a.promise)
            .then(order(a).cmp(&order(b)))
    });
    places.truncate(ALL_PLACES);
    let mut found: Vec<Sighting> = places
        .par_iter()
        .map(|place| query.sighting(place, &references[place.reference]))
        .collect();
    found.sort_by(|a, b| {
        let order = |it: &Sighting| (it.reference, it.frame, it.mirrored);
        b.score
            .total_cmp(&a.score)
            .then(a.distance.cmp(&b.distance))
            .then(order(a).cmp(&order(b)))
    });
    let mut kept: Vec<Sighting> = Vec::new();
    for one in found {
        if kept.iter().all(|it| it.reference != one.reference) {
            kept.push(one);
        }
    }
    kept
}

/// A picture, prepared once for all videos.
struct Query<'a> {
    picture: &'a Picture<'a>,
    corners: Corners,
    windows: Vec<Window>,
}

/// A part of the picture with its hash, plain and mirrored.
struct Window {
    area: Area,
    hashes: [Pdq; 2],
}

/// A place where the picture may show a frame.
struct Place {
    reference: usize,
    /// Position among the frames of the video.
    frame: usize,
    mirrored: bool,
    area: Area,
    /// The higher the more likely.
    promise: f32,
}

impl<'a> Query<'a> {
    fn new(picture: &'a Picture<'a>) -> Self {
        let mut reducer = Reducer::default();
        let windows = windows::of(picture).into_iter().map(|area| {
            let spectrum = picture.spectrum(&area, &mut reducer);
            Window {
                area,
                hashes: [Dihedral::Original, Dihedral::FlipY].map(|way| spectrum.hash(way)),
            }
        });
        Self {
            windows: windows.collect(),
            corners: Corners::of(picture),
            picture,
        }
    }

    /// The most promising places for one video.
    fn places(&self, at: usize, reference: &Reference<'_>) -> Vec<Place> {
        let mut places = self.by_windows(at, reference.prints);
        let mut more = self.by_corners(at, reference);
        for some in [&mut places, &mut more] {
            some.sort_by(|a, b| {
                let order = |place: &Place| (place.frame, place.mirrored);
                b.promise
                    .total_cmp(&a.promise)
                    .then(order(a).cmp(&order(b)))
            });
            some.truncate(PLACES);
        }
        places.append(&mut more);
        places
    }

    /// For each window the frame most like it, where one is.
    fn by_windows(&self, at: usize, prints: &Prints) -> Vec<Place> {
        let mut places = Vec::new();
        for window in &self.windows {
            for (hash, mirrored) in window.hashes.iter().zip([false, true]) {
                let place = |distance: u32, frame: usize, area: Area| Place {
                    reference: at,
                    frame,
                    mirrored,
                    area,
                    promise: (COARSE as f32 - distance as f32) / COARSE as f32,
                };
                let frames = prints.frames.iter().zip(0..);
                let near = frames
                    .map(|(frame, at)| (frame.whole.distance(hash), at))
                    .min();
                places.extend(near.map(|(distance, frame)| place(distance, frame, window.area)));
                for (view, percent) in KEPT.iter().enumerate() {
                    let samples = prints.samples.iter();
                    let near = samples
                        .map(|it| (it.views[view].distance(hash), it.index as usize))
                        .min();
                    let area = window.area.around(*percent as f32 / 100.0);
                    places.extend(near.map(|(distance, frame)| place(distance, frame, area)));
                }
            }
        }
        places.retain(|place| place.promise > 0.0);
        places
    }

    /// Samples whose corners agree on a place in the picture.
    fn by_corners(&self, at: usize, reference: &Reference<'_>) -> Vec<Place> {
        let mut places = Vec::new();
        for sample in reference
            .prints
            .samples
            .iter()
            .filter(|it| !it.points.is_empty())
        {
            for mirrored in [false, true] {
                let agreed = self.agreed(&sample.points, reference, mirrored);
                places.extend(agreed.map(|agreed| Place {
                    reference: at,
                    frame: sample.index as usize,
                    mirrored,
                    area: agreed.area,
                    promise: agreed.corners as f32 / 16.0,
                }));
            }
        }
        places
    }

    fn agreed(
        &self,
        points: &[crate::points::Point],
        reference: &Reference<'_>,
        mirrored: bool,
    ) -> Option<Agreed> {
        let (width, height) = reference.prints.size;
        let size = (usize::from(width), usize::from(height));
        self.corners
            .agreement(points, size, reference.stretch, mirrored)
    }

    /// Looks at a place more closely.
    fn sighting(&self, place: &Place, reference: &Reference<'_>) -> Sighting {
        let prints = reference.prints;
        let seconds = prints.seconds();
        let about = seconds[place.frame];
        let near = seconds.partition_point(|&at| at < about - ABOUT)
            ..seconds.partition_point(|&at| at <= about + ABOUT);
        let areas: Vec<Area> = self.windows.iter().map(|it| it.area).collect();
        let settled = Settled::of(
            self.picture,
            place.area,
            place.mirrored,
            &prints.frames,
            near,
            &areas,
        );
        let corners = self.speaking(place, &settled, &seconds, reference);
        let number = |at: usize| prints.frames[at].frame;
        Sighting {
            reference: place.reference,
            frame: number(settled.frame),
            alike: [number(settled.alike.start), number(settled.alike.end - 1)],
            near: settled.near.iter().map(|&at| number(at)).collect(),
            mirrored: place.mirrored,
            place: settled.area.edges(),
            bound: settled.bound,
            distance: settled.distance,
            corners: corners as u32,
            score: score(settled.distance, corners),
        }
    }

    /// How many corners speak for the place found: those of the nearest samples that were described.
    fn speaking(
        &self,
        place: &Place,
        settled: &Settled,
        seconds: &[f64],
        reference: &Reference<'_>,
    ) -> usize {
        let at = seconds[settled.frame];
        let samples = reference.prints.samples.iter();
        let near = samples.filter(|it| (seconds[it.index as usize] - at).abs() <= ABOUT / 2.0);
        near.filter_map(|it| self.agreed(&it.points, reference, place.mirrored))
            .filter(|agreed| agreed.area.overlap(&settled.area) >= SAME)
            .map(|agreed| agreed.corners)
            .max()
            .unwrap_or(0)
    }
}

/// How sure bits that differ and corners that agree make one.
fn score(distance: u32, corners: usize) -> f32 {
    let by_hash = (96.0 - distance as f32).max(0.0) / 48.0;
    let by_corners = (corners as f32 - 3.0).max(0.0) / 8.0;
    let evidence = by_hash * by_hash + by_corners;
    evidence / (evidence + 1.0)
}
