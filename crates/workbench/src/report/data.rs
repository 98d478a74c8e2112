//! What a report is made of.

use std::collections::BTreeSet;
use std::sync::Arc;

use media::facts::Facts;
use media::finding::Finding;
use media::index::{FrameHash, FrameIndex};
use media::time::FrameNo;
use store::number::{PersonNo, PublicationNo};
use store::record::{
    Assessment, Claim, Hypothesis, Item, ItemDate, ItemPlace, Note, Observation, Person, Removal,
    ResemblanceRecord, Series, Source, Tag,
};

use super::messages::Messages;
use crate::timeline::Timeline;
use crate::view::{Head, MatchView, MediaReviewView, Shot};

/// Everything that the report on one item shows, as of one state of the journal.
#[derive(Clone, Debug)]
pub struct ReportData {
    /// Name of the case.
    pub case: String,
    /// Time of the newest journal entry that is considered, RFC 3339 UTC.
    pub as_of: String,
    /// The journal at that entry.
    pub head: Head,
    /// Program and version that writes the report.
    pub tool: String,
    /// The part of the record that is shown; all of it where there is none.
    pub part: Option<Part>,
    /// The item reported on.
    pub item: Item,
    /// Its tombstone, if it was removed; then nothing that needs its bytes is here.
    pub removal: Option<Removal>,
    /// What its container says of itself; absent before inspection.
    pub facts: Option<Facts>,
    /// Its frames; absent before inspection.
    pub frames: Option<Arc<FrameIndex>>,
    /// What methods found in it, in the order that numbers them.
    pub findings: Vec<Finding>,
    /// Pictures of [`cited_frames`](super::cited_frames); one that is absent is said to be absent.
    pub figures: Vec<Figure>,
    /// Claims in and about the item.
    pub claims: Vec<Claim>,
    /// What people saw in the item.
    pub observations: Vec<Observation>,
    /// When what it shows came about, superseded judgements included.
    pub dates: Vec<ItemDate>,
    /// Where, likewise.
    pub places: Vec<ItemPlace>,
    /// Explanations of the item, and of the whole case.
    pub hypotheses: Vec<Hypothesis>,
    /// Judgements of those explanations, superseded ones included.
    pub assessments: Vec<Assessment>,
    /// How the item was coded as published, superseded reviews included.
    pub media_reviews: Vec<MediaReviewView>,
    /// Judgements of what its frames show beside others, superseded ones included.
    pub resemblances: Vec<ResemblanceRecord>,
    /// Sources that the claims and the series name, and those that they have to do with.
    pub sources: Vec<Source>,
    /// Series of releases that the item is in.
    pub series: Vec<Series>,
    /// People who appear in the item.
    pub people: Vec<Person>,
    /// Tags on the item and on what is recorded of it.
    pub tags: Vec<Tag>,
    /// Notes, likewise.
    pub notes: Vec<Note>,
    /// Footage that the item shares with others.
    pub matches: Vec<MatchView>,
}

/// What was selected for a publication. Of all else that is recorded, a report says nothing.
#[derive(Clone, Debug)]
pub struct Part {
    /// The publication.
    pub publication: PublicationNo,
    /// Numbers of the findings that are shown, from 1.
    pub findings: BTreeSet<u32>,
}

/// The exact picture of a frame, as displayed.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Which frame.
    pub no: FrameNo,
    /// Width in pixels as displayed.
    pub width: u32,
    /// Height in pixels as displayed.
    pub height: u32,
    /// SHA-256 of the picture's RGB bytes, row by row.
    pub pixel_hash: FrameHash,
    /// What was done to the decoded planes to show them, in words.
    pub applied: String,
    /// People who are protected and blackened in the picture.
    pub masked: BTreeSet<PersonNo>,
    /// Whether a mask of the item lies on the picture and is black in it.
    pub covered: bool,
    /// The picture as a PNG file.
    pub png: Vec<u8>,
}

impl ReportData {
    /// The findings that are shown, with their numbers from 1.
    pub(crate) fn shown_findings(&self) -> impl Iterator<Item = (u32, &Finding)> {
        let shown = |number: &u32| {
            let part = self.part.as_ref();
            part.is_none_or(|part| part.findings.contains(number))
        };
        (1..)
            .zip(&self.findings)
            .filter(move |(number, _)| shown(number))
    }

    /// What a section says that holds nothing: `recorded`, that nothing is, only where the whole record is shown.
    pub(super) fn absence(&self, m: &Messages, recorded: &'static str) -> &'static str {
        match self.part {
            Some(_) => m.page.unselected,
            None => recorded,
        }
    }

    /// The shots, where all cuts are shown: else what lies between those that are would pass for one.
    pub(super) fn shots(&self, timeline: &Timeline<'_>) -> Vec<Shot> {
        let shown = self.shown_findings().count();
        match shown == self.findings.len() {
            true => timeline.shots(&self.findings),
            false => Vec::new(),
        }
    }

    /// Whether the item is known to present a frame `no`.
    pub(super) fn has_frame(&self, no: FrameNo) -> bool {
        self.frames
            .as_ref()
            .is_some_and(|index| (no.0 as usize) < index.frames.len())
    }
}
