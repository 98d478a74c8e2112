//! Transitions found in the pictures themselves: cuts, black spans and fades.
//!
//! One pass, constant memory, integers throughout, so that the same pictures give the same findings
//! on every machine. What each method does, and how well, is in `docs/findings.md`.

mod black;
mod cut;
mod glance;

use std::collections::BTreeMap;

use crate::finding::{Finding, FindingKind, FrameSpan, Method};
use crate::picture::Luma;
use crate::time::{FrameNo, Pts, TimeBase};

use glance::Glance;

/// Looks for transitions while the presented frames go by.
#[derive(Debug)]
pub struct Scan {
    cuts: cut::Cuts,
    blacks: black::Blacks,
}

/// Where one frame is in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    no: FrameNo,
    pts: Option<Pts>,
    duration: i64,
}

impl Scan {
    /// For a stream whose timestamps count ticks of `time_base`.
    pub fn new(_time_base: TimeBase) -> Self {
        Self {
            cuts: cut::Cuts::default(),
            blacks: black::Blacks::default(),
        }
    }

    /// Takes the next presented frame. `duration` is in ticks, 0 where unknown.
    pub fn frame(&mut self, no: FrameNo, pts: Option<Pts>, duration: i64, luma: Luma<'_>) {
        let place = Place { no, pts, duration };
        let glance = Glance::of(luma);
        self.blacks.frame(place, &glance);
        self.cuts.frame(place, glance);
    }

    /// The findings, by first frame.
    pub fn finish(self) -> Vec<Finding> {
        let mut findings = self.cuts.finish();
        findings.extend(self.blacks.finish());
        findings.sort_by_key(|finding| finding.span.map(|span| (span.first, span.last)));
        findings
    }

    /// Name and version of every method used, for the record of an inspection.
    pub fn methods() -> BTreeMap<String, u32> {
        [cut::method(), black::method()]
            .into_iter()
            .map(|method| (method.name, method.version))
            .collect()
    }
}

impl Place {
    /// Timestamp after this frame, where its duration is known.
    fn end(self) -> Option<Pts> {
        let pts = self.pts?;
        (self.duration > 0).then(|| Pts(pts.0.saturating_add(self.duration)))
    }
}

/// From the first to the last frame of something found.
fn span(first: Place, last: Place) -> FrameSpan {
    FrameSpan {
        first: first.no,
        last: last.no,
        start: first.pts,
        end: last.end(),
    }
}

/// A finding with its parts named in code order.
fn finding(
    kind: FindingKind,
    summary: String,
    span: FrameSpan,
    method: Method,
    values: &[(&str, f64)],
) -> Finding {
    let values = values
        .iter()
        .map(|&(name, value)| (name.to_owned(), value))
        .collect();
    Finding {
        kind,
        summary,
        span: Some(span),
        method,
        values,
    }
}

/// A method of this module.
fn method(name: &str, version: u32, parameters: &[(&str, f64)], limits: &str) -> Method {
    Method {
        name: name.to_owned(),
        version,
        parameters: parameters
            .iter()
            .map(|&(name, value)| (name.to_owned(), value))
            .collect(),
        limits: limits.to_owned(),
    }
}
