//! Planes that masks are laid on.

use super::coverage::Coverage;
use super::paint::paint;
use super::planes::{Plane, planes};
use super::{Area, Laid};
use crate::display::DisplayGeometry;
use crate::protocol::PictureLayout;

/// How pictures of one layout lie in bytes and on the display.
pub struct Canvas {
    geometry: DisplayGeometry,
    pub(crate) planes: Vec<Plane>,
    /// What the last masks cover: most stay where they are for many frames.
    known: Vec<(Area, Covered)>,
}

/// What a mask covers: of the picture, and of each plane.
#[derive(Clone)]
pub(crate) struct Covered {
    pub(crate) planes: Vec<Coverage>,
}

impl Canvas {
    /// For pictures of this layout, displayed so; `None` where samples cannot be told apart by bytes.
    pub fn new(geometry: DisplayGeometry, layout: &PictureLayout) -> Option<Self> {
        Some(Self {
            geometry: geometry.with_stored_size(layout.width, layout.height),
            planes: planes(layout)?,
            known: Vec::new(),
        })
    }

    /// Lays masks on the planes of a picture, one over the other.
    pub fn lay(&mut self, masks: &[Laid], planes: &mut [u8]) {
        let known: Vec<_> = masks.iter().map(|mask| self.covered(&mask.area)).collect();
        for (mask, covered) in masks.iter().zip(&known) {
            for (plane, coverage) in self.planes.iter().zip(&covered.planes) {
                paint(plane, coverage, mask.paint, planes);
            }
        }
        self.known = { masks.iter() }
            .map(|mask| mask.area.clone())
            .zip(known)
            .collect();
    }

    /// What a region covers.
    pub(crate) fn covered(&self, area: &Area) -> Covered {
        let known = self.known.iter().find(|(known, _)| known == area);
        if let Some((_, covered)) = known {
            return covered.clone();
        }
        let picture = Coverage::of(area, &self.geometry);
        let planes = self.planes.iter().map(|plane| picture.halved(plane.shift));
        Covered {
            planes: planes.collect(),
        }
    }
}
