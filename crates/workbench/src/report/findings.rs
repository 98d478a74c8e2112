//! Findings as a reader needs them: what, where, by what method, with what limits, and how to repeat it.

use media::finding::Finding;

use super::data::ReportData;
use crate::timeline::Timeline;

/// A finding with its number and the commands that repeat it.
pub(super) struct FindingView<'a> {
    /// Its number in the item, from 1.
    pub(super) number: u32,
    pub(super) finding: &'a Finding,
    /// First and last frame with their seconds.
    pub(super) place: Option<[(u32, f64); 2]>,
    /// Another program's look at the same thing, for a reader without this one.
    pub(super) elsewhere: String,
}

pub(super) fn views<'a>(
    data: &'a ReportData,
    timeline: Option<&Timeline<'_>>,
) -> Vec<FindingView<'a>> {
    let place = |finding: &Finding| {
        let (span, timeline) = (finding.span?, timeline?);
        let inside = data.has_frame(span.first) && data.has_frame(span.last);
        inside.then(|| {
            [
                (span.first.0, timeline.at(span.first)),
                (span.last.0, timeline.until(span.last)),
            ]
        })
    };
    let view = |(number, finding): (u32, &'a Finding)| FindingView {
        number,
        finding,
        place: place(finding),
        elsewhere: finding
            .reproduce
            .clone()
            .unwrap_or_else(|| finding.command()),
    };
    data.shown_findings().map(view).collect()
}
