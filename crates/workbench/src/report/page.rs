//! The document: what the template is given.

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use media::time::FrameNo;
use store::event::{Identity, Pin, Proof};
use store::record::{Claim, ResemblanceRecord};
use store::vocabulary::ClaimRelation;

use super::cited::{Citation, cited_frames};
use super::data::{Figure, ReportData};
use super::findings::FindingView;
use super::judgement::Question;
use super::lanes::Lane;
use super::messages::{Messages, REPORT};
use super::standing::Standing;
use super::{filters, findings, judgement, lanes, standing};
use crate::timeline::Timeline;
use crate::view::Shot;

/// Writes the report as one HTML document.
///
/// # Panics
/// Never: the template writes to memory, and its filters cannot fail.
pub fn render(data: &ReportData) -> String {
    written(data, &REPORT)
}

/// The same in other words than the usual.
#[allow(clippy::expect_used)]
pub(super) fn written(data: &ReportData, m: &'static Messages) -> String {
    Page::new(data, m)
        .render()
        .expect("a template that writes to memory cannot fail")
}

#[derive(Template)]
#[template(path = "report/page.html")]
struct Page<'a> {
    m: &'static Messages,
    data: &'a ReportData,
    timeline: Option<Timeline<'a>>,
    standing: Standing,
    questions: Vec<Question<'a>>,
    figures: Vec<FigureView<'a>>,
    /// Frames that are cited and whose picture is not here.
    absent: Vec<FrameNo>,
    lanes: Vec<Lane>,
    shots: Vec<Shot>,
    claims_in: Vec<&'a Claim>,
    claims_about: Vec<&'a Claim>,
    findings: Vec<FindingView<'a>>,
}

/// A figure with what a reader needs to find and check the same frame.
struct FigureView<'a> {
    figure: &'a Figure,
    at: f64,
    pts: Option<i64>,
    native_hash: String,
    /// Line of the frame in FFmpeg's framehash listing without its header, from 1.
    line: u32,
    cited: Vec<Citation>,
    base64: String,
}

/// Where something is pinned in this item.
struct Place {
    first: u32,
    last: u32,
    start: f64,
    end: f64,
}

impl<'a> Page<'a> {
    fn new(data: &'a ReportData, m: &'static Messages) -> Self {
        let timeline = data.frames.as_deref().map(Timeline::new);
        let questions = judgement::questions(&data.hypotheses, &data.assessments);
        let figures = figures(data, timeline.as_ref());
        let pictured = |no: &FrameNo| data.figures.iter().any(|figure| figure.no == *no);
        let related = |relation| move |claim: &&Claim| claim.made.relation == relation;
        Self {
            m,
            standing: standing::standing(data, &questions, m),
            absent: cited_frames(data)
                .into_keys()
                .filter(|no| !pictured(no))
                .collect(),
            lanes: timeline
                .as_ref()
                .map_or_else(Vec::new, |timeline| lanes::lanes(data, timeline, m)),
            shots: timeline
                .as_ref()
                .map_or_else(Vec::new, |timeline| data.shots(timeline)),
            claims_in: data
                .claims
                .iter()
                .filter(related(ClaimRelation::In))
                .collect(),
            claims_about: data
                .claims
                .iter()
                .filter(related(ClaimRelation::About))
                .collect(),
            findings: findings::views(data, timeline.as_ref()),
            data,
            timeline,
            questions,
            figures,
        }
    }

    fn place(&self, pin: &Pin) -> Option<Place> {
        let span = pin
            .span
            .as_ref()
            .filter(|_| pin.item == self.data.item.id)?;
        let timeline = self
            .timeline
            .as_ref()
            .filter(|_| self.data.has_frame(FrameNo(span.last.no)))?;
        let [start, end] = timeline.seconds(span);
        Some(Place {
            first: span.first.no,
            last: span.last.no,
            start,
            end,
        })
    }

    /// Both frames of a judgement of resemblance.
    fn sides(&self, judged: &'a ResemblanceRecord) -> [&'a Pin; 2] {
        [&judged.made.one, &judged.made.other]
    }

    fn duration(&self) -> f64 {
        self.timeline.as_ref().map_or(0.0, Timeline::duration)
    }

    fn pictured(&self, no: &u32) -> bool {
        self.data.figures.iter().any(|figure| figure.no.0 == *no)
    }

    fn source_name(&self, number: &store::number::SourceNo) -> Option<&'a str> {
        let source = self
            .data
            .sources
            .iter()
            .find(|source| source.number == *number)?;
        Some(&source.named.name)
    }
}

fn figures<'a>(data: &'a ReportData, timeline: Option<&Timeline<'_>>) -> Vec<FigureView<'a>> {
    let (Some(index), Some(timeline)) = (&data.frames, timeline) else {
        return Vec::new();
    };
    let mut cited = cited_frames(data);
    let view = |figure: &'a Figure| {
        let entry = index.frames.get(figure.no.0 as usize)?;
        Some(FigureView {
            figure,
            at: timeline.at(figure.no),
            pts: entry.pts.map(|pts| pts.0),
            native_hash: entry.hash.hex(),
            line: figure.no.0 + 1,
            cited: cited.remove(&figure.no).unwrap_or_default(),
            base64: BASE64.encode(&figure.png),
        })
    };
    data.figures.iter().filter_map(view).collect()
}
