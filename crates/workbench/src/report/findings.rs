//! Findings as a reader needs them: what, where, by what method, with what limits, and how to repeat it.

use media::finding::{Finding, FindingKind};

use super::data::ReportData;
use crate::timeline::Timeline;

/// A finding with its number and the commands that repeat it.
pub(super) struct FindingView<'a> {
    /// Its number in the item, from 1.
    pub(super) number: usize,
    pub(super) title: &'static str,
    pub(super) finding: &'a Finding,
    /// First and last frame with their seconds.
    pub(super) place: Option<[(u32, f64); 2]>,
    /// Another program's look at the same thing, for a reader without this one.
    pub(super) elsewhere: &'static str,
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
    let view = |(at, finding): (usize, &'a Finding)| FindingView {
        number: at + 1,
        title: title(finding.kind),
        finding,
        place: place(finding),
        elsewhere: elsewhere(finding.kind),
    };
    data.findings.iter().enumerate().map(view).collect()
}

fn title(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::Cut => "Cut",
        FindingKind::Dissolve => "Dissolve",
        FindingKind::Black => "Black frames",
        FindingKind::FadeOut => "Fade to black",
        FindingKind::FadeIn => "Fade from black",
        FindingKind::HiddenFrames => "Stored and never presented",
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

/// A command of FFmpeg that shows the same matter; `FILE` stands for the original.
fn elsewhere(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::Cut | FindingKind::Dissolve => {
            "ffmpeg -i FILE -map 0:v:0 -vf scdet=threshold=10 -f null -"
        }
        FindingKind::Black | FindingKind::FadeOut | FindingKind::FadeIn => {
            "ffmpeg -i FILE -map 0:v:0 -vf blackdetect=d=0:pix_th=0.1 -f null -"
        }
        FindingKind::HiddenFrames | FindingKind::FrameCount => {
            "ffprobe -v error -select_streams v:0 -count_frames -count_packets \
             -show_entries stream=nb_frames,nb_read_frames,nb_read_packets FILE"
        }
        FindingKind::Timestamps => {
            "ffprobe -v error -select_streams v:0 -show_entries packet=pts,dts,duration FILE"
        }
        FindingKind::Damage | FindingKind::Unreadable | FindingKind::Incomplete => {
            "ffmpeg -v warning -i FILE -map 0:v:0 -f null -"
        }
        FindingKind::Silence | FindingKind::InsertedSilence => {
            "ffmpeg -i FILE -map 0:a:0 -af silencedetect=n=-60dB:d=0.02 -f null -"
        }
        FindingKind::Clipping | FindingKind::Click => {
            "ffmpeg -i FILE -map 0:a:0 -af astats -f null -"
        }
        FindingKind::SoundGap | FindingKind::SoundOffset | FindingKind::SoundTracks => {
            "ffprobe -v error -select_streams a -show_entries \
             stream=index,start_time,duration:packet=pts_time,duration_time FILE"
        }
    }
}
