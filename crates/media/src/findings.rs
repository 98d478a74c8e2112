//! What is found in the pictures themselves: transitions, black, flashes, standstill and jumps.
//!
//! One pass, a few bytes of memory a frame, integers throughout, so that the same pictures
//! give the same findings on every machine. What each method does, and how well, is in
//! `docs/findings.md`.

mod black;
mod cut;
mod flash;
pub(crate) mod glance;
mod jump;
mod mix;
mod recent;
mod still;
mod unlike;
mod weave;
mod window;

use std::collections::BTreeMap;

use crate::finding::{Finding, FindingKind, FrameSpan, Method};
use crate::time::{FrameNo, Pts, TimeBase};

use recent::Recent;
use window::Window;

pub use glance::Glance;
pub use weave::{Weave, Weaver};

/// Looks for all of these while the presented frames go by.
#[derive(Debug)]
pub struct Scan {
    /// Held back until the next frame tells when it ends.
    last: Option<(Place, Glance)>,
    window: Window,
    cuts: cut::Cuts,
    mixes: mix::Mixes,
    blacks: black::Blacks,
    recent: Recent,
    flashes: flash::Flashes,
    freezes: still::Freezes,
    jumps: jump::Jumps,
}

/// Where one frame is in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    no: FrameNo,
    pts: Option<Pts>,
    /// Timestamp after it, where it can be told.
    end: Option<Pts>,
}

impl Scan {
    /// For a stream whose timestamps count ticks of `time_base`. The methods count pictures, not
    /// seconds, so that the time base does not change what they find.
    pub fn new(_time_base: TimeBase) -> Self {
        Self {
            last: None,
            window: Window::default(),
            cuts: cut::Cuts::default(),
            mixes: mix::Mixes::default(),
            blacks: black::Blacks::default(),
            recent: Recent::default(),
            flashes: flash::Flashes::default(),
            freezes: still::Freezes::default(),
            jumps: jump::Jumps::default(),
        }
    }

    /// Takes the next presented frame. `duration` is in ticks; 0 where unknown, and then the next
    /// frame's timestamp ends this one.
    pub fn frame(&mut self, no: FrameNo, pts: Option<Pts>, duration: i64, glance: Glance) {
        if let Some((mut place, glance)) = self.last.take() {
            place.end = place.end.or(pts);
            self.look(place, glance);
        }
        let end = pts
            .filter(|_| duration > 0)
            .map(|pts| Pts(pts.0.saturating_add(duration)));
        self.last = Some((Place { no, pts, end }, glance));
    }

    fn look(&mut self, place: Place, glance: Glance) {
        self.blacks.look(place, &glance);
        let step = self.recent.push(place, glance.clone());
        self.freezes.look(place, step);
        self.flashes.look(&self.recent);
        self.jumps.look(&self.recent);
        if self.window.push(place, glance) {
            self.cuts.look(&self.window);
            self.mixes.look(&self.window);
        }
    }

    /// The findings, by first frame.
    pub fn finish(mut self) -> Vec<Finding> {
        if let Some((place, glance)) = self.last.take() {
            self.look(place, glance);
        }
        let mut findings = self.cuts.finish(&self.window);
        findings.extend(self.mixes.finish(&self.window, &findings));
        findings.extend(self.flashes.finish());
        findings.extend(self.jumps.finish(&findings));
        findings.extend(self.freezes.finish());
        findings.extend(self.blacks.finish());
        findings.sort_by_key(|finding| finding.span.map(|span| (span.first, span.last)));
        findings
    }

    /// Name and version of every method used, for the record of an inspection.
    pub fn methods() -> BTreeMap<String, u32> {
        let methods = Self::described().into_iter();
        methods
            .map(|method| (method.name, method.version))
            .collect()
    }

    /// Every method used, with its parameters.
    pub(crate) fn described() -> Vec<Method> {
        vec![
            cut::method(),
            mix::method(),
            black::method(),
            flash::method(),
            still::method(),
            jump::method(),
        ]
    }
}

/// From the first to the last frame of something found.
fn span(first: Place, last: Place) -> FrameSpan {
    FrameSpan {
        first: first.no,
        last: last.no,
        start: first.pts,
        end: last.end,
    }
}

/// A finding in a span.
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
        reproduce: None,
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
