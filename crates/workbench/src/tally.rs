//! Items at a glance: counts taken once for a whole list.

use std::collections::HashMap;

use journal::ContentId;
use media::display::DisplayGeometry;
use media::time::TrackNo;
use store::number::HypothesisNo;
use store::record::{Claim, Hypothesis, Item, Match};
use store::vocabulary::{RecordKind, Verdict};

use crate::case::{Case, Examined};
use crate::error::Result;
use crate::examine::count;
use crate::timeline::Timeline;
use crate::view::{Display, ItemDetail, ItemSummary, ThumbnailPlace};
use crate::{glance, sound, tracks};

/// How many claims, matches and assessments each item has.
#[derive(Default)]
pub(crate) struct Tally {
    claims: HashMap<ContentId, usize>,
    matches: HashMap<ContentId, usize>,
    assessments: HashMap<ContentId, usize>,
}

impl Tally {
    pub(crate) fn summary(&self, case: &Case, item: &Item) -> Result<ItemSummary> {
        let counted =
            |counts: &HashMap<ContentId, usize>| counts.get(&item.id).copied().unwrap_or_default();
        let content = item.content_note();
        let mut summary = ItemSummary {
            number: item.number,
            id: item.id.to_string(),
            name: item.name.clone(),
            size: item.size,
            acquired_at: item
                .acquisitions
                .first()
                .map(|first| first.origin.at.clone())
                .unwrap_or_default(),
            frame_count: None,
            duration_s: None,
            width: None,
            height: None,
            codec: None,
            thumbnails: 0,
            findings: 0,
            claims: counted(&self.claims),
            assessments: counted(&self.assessments),
            matches: counted(&self.matches),
            removed: item.removed.clone(),
            flags: content.map(|it| it.flags.clone()).unwrap_or_default(),
            content_note: content.and_then(|it| it.note.clone()),
        };
        // Nothing of a removed item can be looked at.
        let inspection = item.inspection.as_ref();
        if let Some(kept) = inspection.filter(|_| case.at_hand(item).is_ok()) {
            let inspected = &kept.inspected;
            match &inspected.glance {
                Some(glance) => {
                    let (frames, findings) = (inspected.frame_count, inspected.finding_count);
                    glance::tell(&mut summary, frames, findings, glance);
                }
                None => measure(&mut summary, &*case.examined(item)?),
            }
        }
        Ok(summary)
    }

    /// The counts of these items, which are few: what names them is read, and nothing else.
    pub(crate) fn about(case: &Case, items: &[Item]) -> Result<Self> {
        let ids: Vec<ContentId> = items.iter().map(|item| item.id).collect();
        let mut tally = Self::default();
        for claim in case.about_all::<Claim>(RecordKind::Claim, &ids)? {
            *tally.claims.entry(claim.made.pin.item).or_default() += 1;
        }
        let matches = case.about_all::<Match>(RecordKind::Match, &ids)?;
        let stands = |found: &Match| found.verdict() != Verdict::Rejected;
        for found in matches.into_iter().filter(stands) {
            *tally.matches.entry(found.found.query).or_default() += 1;
            *tally.matches.entry(found.found.reference).or_default() += 1;
        }
        let hypotheses = case.about_all::<Hypothesis>(RecordKind::Hypothesis, &ids)?;
        let of: HashMap<HypothesisNo, Option<ContentId>> = hypotheses
            .iter()
            .map(|one| (one.number, one.item))
            .collect();
        for made in case.assessments(&hypotheses)? {
            if let Some(Some(item)) = of.get(&made.made.hypothesis) {
                *tally.assessments.entry(*item).or_default() += 1;
            }
        }
        Ok(tally)
    }
}

/// What an examination counts and measures.
fn measure(summary: &mut ItemSummary, examined: &Examined) {
    let frames = count(examined.frames.frames.len());
    let findings = count(examined.examination.findings.len());
    glance::tell(summary, frames, findings, &glance::of_examined(examined));
}

impl Case {
    /// One item in full, looked at by one of its video tracks; the examined one when `None`.
    ///
    /// # Errors
    /// The store fails, kept bytes of its inspection are not what they were, or there is no such track.
    pub fn detail(&self, item: &Item, track: Option<TrackNo>) -> Result<ItemDetail> {
        let summary = Tally::about(self, std::slice::from_ref(item))?.summary(self, item)?;
        let mut detail = ItemDetail {
            summary,
            item: item.clone(),
            facts: None,
            findings: Vec::new(),
            time_base: None,
            display: None,
            thumbnails: Vec::new(),
            shots: Vec::new(),
            sound: None,
            tracks: Vec::new(),
            stored: None,
        };
        let here = track.is_some() || self.at_hand(item).is_ok();
        if here && (item.inspection.is_some() || track.is_some()) {
            let track = self.track(item, track)?;
            let examined = &track.examined;
            measure(&mut detail.summary, examined);
            detail.tracks = tracks::views(item, &self.examined(item)?.examination.facts);
            detail.stored = Some(track.stored_summary());
            let timeline = Timeline::new(&examined.frames);
            let place = |(index, picture): (usize, &media::thumbnail::Thumbnail)| ThumbnailPlace {
                index,
                frame: picture.no.0,
                at_s: timeline.at(picture.no),
                width: picture.width,
                height: picture.height,
            };
            detail.thumbnails = examined.thumbnails.iter().enumerate().map(place).collect();
            detail.shots = timeline.shots(&examined.examination.findings);
            detail.time_base = Some(examined.frames.time_base);
            detail.sound = sound::summary(examined);
            detail.display = display(&examined.examination.facts);
            detail.findings = examined.examination.findings.clone();
            detail.facts = Some(examined.examination.facts.clone());
        }
        Ok(detail)
    }
}

/// Seconds from the first frame's appearance to the last one's end; of the sound, where there is no
/// picture.
pub(crate) fn duration(examined: &Examined) -> f64 {
    glance::duration(&examined.frames, examined.sound.as_ref())
}

pub(crate) fn display(facts: &media::facts::Facts) -> Option<Display> {
    let video = facts
        .video
        .and_then(|at| facts.streams.get(at))?
        .video
        .as_ref()?;
    let (width, height) = DisplayGeometry::from(video).displayed();
    Some(Display { width, height })
}
