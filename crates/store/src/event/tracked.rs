//! Regions that move with what they are of, and spans of sound.

use serde::{Deserialize, Serialize};

use super::{FrameRef, Region};
use crate::vocabulary::Interpolation;

/// A region over a span of frames: drawn by a person on some frames, in between by a stated rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TrackedRegion {
    /// How it lies on the frames between two keyframes.
    pub between: Interpolation,
    /// Where a person drew it, in order of frames: on the first and the last frame of the span, and on any in
    /// between. All boxes, or all polygons of as many corners.
    pub keyframes: Vec<Keyframe>,
}

/// A region as a person drew it on one frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Keyframe {
    /// The frame.
    pub frame: FrameRef,
    /// The region on it.
    pub shape: Shape,
}

/// A region of one frame, in display pixels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// A box.
    Box(Region),
    /// Corners of a polygon, x and y each, in order around it; at least three.
    Polygon(Vec<[u32; 2]>),
}

/// Samples of the sound, `[from, to)`, counted from 0 in the order in which they are decoded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SoundSpan {
    /// Index of the stream in the container.
    pub stream: u32,
    /// Samples a second: the sound's own time base is one over it.
    pub rate: u32,
    /// First sample.
    pub from: u64,
    /// Sample after the last.
    pub to: u64,
    /// SHA-256 of these samples as decoded, hexadecimal.
    pub hash: String,
}

impl Shape {
    /// The smallest box around it.
    pub fn bounds(&self) -> Region {
        match self {
            Self::Box(region) => *region,
            Self::Polygon(corners) => {
                let range = |axis: usize| {
                    let along = || corners.iter().map(|corner| corner[axis]);
                    (
                        along().min().unwrap_or_default(),
                        along().max().unwrap_or_default(),
                    )
                };
                let ((left, right), (top, bottom)) = (range(0), range(1));
                Region {
                    x: left,
                    y: top,
                    width: (right - left).max(1),
                    height: (bottom - top).max(1),
                }
            }
        }
    }

    /// Whether one can turn into the other: both boxes, or polygons of as many corners.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Box(_), Self::Box(_)) => true,
            (Self::Polygon(a), Self::Polygon(b)) => a.len() == b.len(),
            _ => false,
        }
    }
}

impl TrackedRegion {
    /// The region on frame `no`; nothing outside of the keyframes. Each edge of a box and each corner of a
    /// polygon moves in proportion to the number of the frame and is rounded to the nearest pixel, halves up.
    pub fn at(&self, no: u32) -> Option<Shape> {
        let after = self.keyframes.iter().position(|it| it.frame.no >= no)?;
        let later = &self.keyframes[after];
        if later.frame.no == no {
            return Some(later.shape.clone());
        }
        let earlier = &self.keyframes[after.checked_sub(1)?];
        let (first, last) = (earlier.frame.no, later.frame.no);
        let way = |from: u32, to: u32| between(from, to, no - first, last - first);
        Some(match (&earlier.shape, &later.shape) {
            (Shape::Box(a), Shape::Box(b)) => {
                let (x, y) = (way(a.x, b.x), way(a.y, b.y));
                Shape::Box(Region {
                    x,
                    y,
                    width: way(a.x + a.width, b.x + b.width) - x,
                    height: way(a.y + a.height, b.y + b.height) - y,
                })
            }
            (Shape::Polygon(a), Shape::Polygon(b)) => Shape::Polygon(
                a.iter()
                    .zip(b)
                    .map(|(a, b)| [way(a[0], b[0]), way(a[1], b[1])])
                    .collect(),
            ),
            _ => return None,
        })
    }
}

/// `part` of `whole` of the way from one coordinate to another, to the nearest pixel, halves up.
fn between(from: u32, to: u32, part: u32, whole: u32) -> u32 {
    let [from, to, part, whole] = [from, to, part, whole].map(i128::from);
    let twice = 2 * from * whole + 2 * (to - from) * part + whole;
    u32::try_from(twice.div_euclid(2 * whole)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tracked(shapes: &[(u32, Shape)]) -> TrackedRegion {
        let keyframe = |(no, shape): &(u32, Shape)| Keyframe {
            frame: FrameRef {
                no: *no,
                pts: None,
                hash: "cd".repeat(32),
            },
            shape: shape.clone(),
        };
        TrackedRegion {
            between: Interpolation::LinearFrames,
            keyframes: shapes.iter().map(keyframe).collect(),
        }
    }

    fn area(x: u32, y: u32, width: u32, height: u32) -> Shape {
        Shape::Box(Region {
            x,
            y,
            width,
            height,
        })
    }

    // The same figures are in web/src/parts/tracked.test.ts.
    #[test]
    fn edges_move_in_proportion_to_the_frame() {
        let moving = tracked(&[
            (10, area(0, 100, 10, 10)),
            (14, area(10, 90, 20, 11)),
            (15, area(0, 0, 1, 1)),
        ]);
        assert_eq!(moving.at(9), None);
        assert_eq!(moving.at(10), Some(area(0, 100, 10, 10)));
        assert_eq!(moving.at(11), Some(area(3, 98, 12, 10)));
        assert_eq!(moving.at(12), Some(area(5, 95, 15, 11)));
        assert_eq!(moving.at(13), Some(area(8, 93, 17, 10)));
        assert_eq!(moving.at(15), Some(area(0, 0, 1, 1)));
        assert_eq!(moving.at(16), None);
    }

    #[test]
    fn so_do_corners() {
        let (from, to) = (
            Shape::Polygon(vec![[0, 0], [9, 0], [0, 9]]),
            Shape::Polygon(vec![[3, 1], [0, 0], [1, 8]]),
        );
        let moving = tracked(&[(0, from), (2, to)]);
        let middle = Shape::Polygon(vec![[2, 1], [5, 0], [1, 9]]);
        assert_eq!(moving.at(1), Some(middle));
    }

    #[test]
    fn a_box_never_vanishes_on_its_way() {
        let moving = tracked(&[(0, area(7, 0, 1, 1)), (97, area(0, 31, 1, 1))]);
        for no in 0..=97 {
            let Some(Shape::Box(region)) = moving.at(no) else {
                panic!("a box at {no}");
            };
            assert_eq!((region.width, region.height), (1, 1), "{no}");
        }
    }
}
