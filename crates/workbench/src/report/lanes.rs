//! The item laid out in time: one lane each for shots, findings, figures, claims and observations.

use media::finding::FindingKind;
use media::time::FrameNo;
use store::event::Pin;

use super::data::ReportData;
use super::messages::Messages;
use crate::timeline::Timeline;

/// Width of the drawing, in its own units.
const WIDTH: f64 = 1000.0;
/// Narrowest bar that can still be seen.
const THINNEST: f64 = 2.0;

/// One row of the drawing.
pub(super) struct Lane {
    pub(super) label: &'static str,
    pub(super) bars: Vec<Bar>,
}

/// A span of time in a lane.
pub(super) struct Bar {
    /// Left edge and width, 0 to 1000, two decimals.
    pub(super) x: String,
    pub(super) width: String,
    /// What it is, for a tool tip and for readers that do not see it.
    pub(super) title: String,
}

/// The lanes that have something in them, in reading order.
pub(super) fn lanes(data: &ReportData, timeline: &Timeline<'_>, m: &Messages) -> Vec<Lane> {
    let words = &m.time;
    let draw = Draw { data, timeline };
    let dark = |kind| {
        matches!(
            kind,
            FindingKind::Black
                | FindingKind::FadeIn
                | FindingKind::FadeOut
                | FindingKind::FadeToWhite
                | FindingKind::FadeFromWhite
        )
    };
    let findings = data
        .shown_findings()
        .filter(|(_, finding)| dark(finding.kind));
    let figures = data
        .figures
        .iter()
        .map(|figure| draw.bar(figure.no.0, figure.no.0, (words.frame)(figure.no)));
    let claims = data
        .claims
        .iter()
        .map(|claim| draw.pin(&claim.made.pin, claim.number.to_string()));
    let seen = data
        .observations
        .iter()
        .map(|seen| draw.pin(&seen.made.pin, seen.number.to_string()));
    let shots = data.shots(timeline);
    let shots = shots
        .iter()
        .map(|shot| draw.bar(shot.first, shot.last, (words.shot_from)(shot.first)));
    let darkness = findings.map(|(number, finding)| {
        finding.span.and_then(|span| {
            draw.bar(
                span.first.0,
                span.last.0,
                format!("F{number}: {}", finding.summary),
            )
        })
    });
    let lanes = [
        lane(words.lane_shots, shots),
        lane(words.lane_dark, darkness),
        lane(words.lane_claims, claims),
        lane(words.lane_observations, seen),
        lane(words.lane_figures, figures),
    ];
    lanes
        .into_iter()
        .filter(|lane| !lane.bars.is_empty())
        .collect()
}

fn lane(label: &'static str, bars: impl Iterator<Item = Option<Bar>>) -> Lane {
    Lane {
        label,
        bars: bars.flatten().collect(),
    }
}

struct Draw<'a> {
    data: &'a ReportData,
    timeline: &'a Timeline<'a>,
}

impl Draw<'_> {
    fn pin(&self, pin: &Pin, title: String) -> Option<Bar> {
        let span = pin
            .span
            .as_ref()
            .filter(|_| pin.item == self.data.item.id)?;
        self.bar(span.first.no, span.last.no, title)
    }

    fn bar(&self, first: u32, last: u32, title: String) -> Option<Bar> {
        let (first, last) = (FrameNo(first), FrameNo(last));
        let scale = WIDTH / self.timeline.duration();
        if !self.data.has_frame(first) || !self.data.has_frame(last) || !scale.is_finite() {
            return None;
        }
        let (start, end) = (
            self.timeline.at(first) * scale,
            self.timeline.until(last) * scale,
        );
        let width = (end - start).max(THINNEST);
        Some(Bar {
            x: format!("{:.2}", start.min(WIDTH - width)),
            width: format!("{width:.2}"),
            title,
        })
    }
}
