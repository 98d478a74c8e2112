//! Findings as a reader needs them: what, where, by what method, with what limits, and how to repeat it.

use media::finding::{Finding, FindingKind};

use super::data::ReportData;
use crate::timeline::Timeline;

/// A finding with its number and the commands that repeat it.
pub(super) struct FindingView<'a> {
    /// Its number in the item, from 1.
    pub(super) number: u32,
    pub(super) title: &'static str,
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
        title: title(finding.kind),
        finding,
        place: place(finding),
        elsewhere: finding
            .reproduce
            .clone()
            .unwrap_or_else(|| finding.command()),
    };
    data.shown_findings().map(view).collect()
}

fn title(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::Cut => "Cut",
        FindingKind::Dissolve => "Dissolve",
        FindingKind::Black => "Black frames",
        FindingKind::FadeOut => "Fade to black",
        FindingKind::FadeIn => "Fade from black",
        FindingKind::FadeToWhite => "Fade to white",
        FindingKind::FadeFromWhite => "Fade from white",
        FindingKind::Flash => "Flash",
        FindingKind::Repeated => "Repeated frames",
        FindingKind::Freeze => "Picture stands still",
        FindingKind::MotionJump => "Jump in movement",
        FindingKind::Gap => "Time without a frame",
        FindingKind::KeyFrames => "Key frame out of pattern",
        FindingKind::Bitrate => "Bits out of proportion",
        FindingKind::Recoded => "Trace of an earlier coding",
        FindingKind::Fields => "Fields",
        FindingKind::Traces => "Traces of software",
        FindingKind::ContentCredentials => "Content credentials",
        FindingKind::Container => "Container",
        FindingKind::Lengths => "Sound and picture differ in length",
        FindingKind::HiddenFrames => "Stored and never presented",
        FindingKind::VideoTracks => "Several video tracks",
        FindingKind::Timestamps => "Irregular timestamps",
        FindingKind::FrameCount => "Header and content disagree on the number of frames",
        FindingKind::Damage => "Damage reported by the decoder",
        FindingKind::Unreadable => "Unreadable",
        FindingKind::Incomplete => "Read in part",
        FindingKind::Silence => "Silence",
        FindingKind::InsertedSilence => "Exact zeros between sound",
        FindingKind::Clipping => "Clipping",
        FindingKind::Click => "Click",
        FindingKind::SoundGap => "Gap or overlap in the sound",
        FindingKind::SoundOffset => "Sound and picture begin or end apart",
        FindingKind::SoundTracks => "Several audio tracks",
    }
}
