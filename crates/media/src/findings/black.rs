//! Spans of black frames.

use super::glance::{DARK, Glance};
use super::{Place, finding, method as named, span};
use crate::finding::{Finding, FindingKind, Method};

/// Share of dark pixels that makes a frame black, in 1/1000.
const SHARE: u32 = 985;

#[derive(Debug, Default)]
pub(super) struct Blacks {
    open: Option<(Place, Place)>,
    found: Vec<Finding>,
}

pub(super) fn method() -> Method {
    named(
        "black/dark-share",
        1,
        &[
            ("dark_luma_at_most", f64::from(DARK)),
            ("dark_share_at_least", f64::from(SHARE) / 1000.0),
        ],
        "Very dark scenes look the same to it as a picture that was faded or left out.",
    )
}

impl Blacks {
    pub(super) fn look(&mut self, place: Place, glance: &Glance) {
        if glance.dark >= SHARE {
            let first = self.open.map_or(place, |(first, _)| first);
            self.open = Some((first, place));
        } else {
            self.close();
        }
    }

    pub(super) fn finish(mut self) -> Vec<Finding> {
        self.close();
        self.found
    }

    fn close(&mut self) {
        if let Some((first, last)) = self.open.take() {
            let frames = last.no.0 - first.no.0 + 1;
            self.found.push(finding(
                FindingKind::Black,
                format!("Frames {} to {} are black.", first.no, last.no),
                span(first, last),
                method(),
                &[("frames", f64::from(frames))],
            ));
        }
    }
}
