//! Corners of the picture at every size, and those that a sample of a video shares with it.

use super::arrange::{Agreed, Shared, agreement};
use super::picture::{Picture, Size};
use crate::Luma;
use crate::find::Index;
use crate::points::{self, Point, RATIO};
use crate::views::Shrinker;

/// Corners are described in tiles of at most this side, so that text and buttons about a video do not
/// take all that are kept of a picture.
const TILE: usize = 384;

/// Tiles begin this far apart.
const STRIDE: usize = 288;

/// A corner in samples of the picture, and how many of them its descriptor's sample covers.
#[derive(Clone, Copy, Debug)]
struct Placed {
    x: f32,
    y: f32,
    scale: f32,
}

/// The corners of a picture to look for.
pub(super) struct Corners {
    placed: Vec<Placed>,
    plain: Index,
    mirrored: Index,
}

impl Corners {
    pub(super) fn of(picture: &Picture<'_>) -> Self {
        let mut placed = Vec::new();
        let mut described: Vec<(u32, Point)> = Vec::new();
        for size in &picture.sizes {
            for (x, y, point) in in_tiles(size) {
                placed.push(Placed {
                    x: x * size.ratio,
                    y: y * size.ratio,
                    scale: size.ratio * RATIO.powi(i32::from(point.level)),
                });
                described.push((0, point));
            }
        }
        Self {
            plain: Index::of(described.iter().copied(), false),
            mirrored: Index::of(described.iter().copied(), true),
            placed,
        }
    }

    /// Where the corners of a sample agree that the picture shows it. `size` is that of the sample's
    /// reduced picture, `stretch` the width of one of its samples over its height.
    pub(super) fn agreement(
        &self,
        sample: &[Point],
        size: (usize, usize),
        stretch: f32,
        mirrored: bool,
    ) -> Option<Agreed> {
        let index = if mirrored {
            &self.mirrored
        } else {
            &self.plain
        };
        let (mut alike, mut shared) = (Vec::new(), Vec::new());
        for point in sample {
            index.alike(point, &mut alike);
            let x = f32::from(point.x);
            let x = if mirrored { size.0 as f32 - x } else { x };
            shared.extend(alike.iter().map(|&(at, distance)| {
                let placed = &self.placed[at as usize];
                Shared {
                    query: (placed.x, placed.y),
                    reference: (x * stretch, f32::from(point.y)),
                    scale: placed.scale / RATIO.powi(i32::from(point.level)),
                    distance,
                }
            }));
        }
        agreement(shared, (size.0 as f32 * stretch, size.1 as f32))
    }
}

/// The corners of overlapping tiles, each with its place in the size.
fn in_tiles(size: &Size) -> Vec<(f32, f32, Point)> {
    let starts = |side: usize| (0..side.saturating_sub(TILE - STRIDE).max(1)).step_by(STRIDE);
    let mut shrinker = Shrinker::default();
    let mut out = Vec::new();
    for top in starts(size.height) {
        for left in starts(size.width) {
            let tile: Luma<'_> = size.luma().part(left, top, TILE, TILE);
            let described = points::of(&shrinker.shrink(tile));
            out.extend(described.into_iter().map(|point| {
                let (x, y) = (f32::from(point.x), f32::from(point.y));
                (left as f32 + x, top as f32 + y, point)
            }));
        }
    }
    out
}
