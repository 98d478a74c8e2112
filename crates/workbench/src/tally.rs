//! Items at a glance: counts taken once for a whole list.

use std::collections::HashMap;

use journal::ContentId;
use media::display::DisplayGeometry;
use media::time::TrackNo;
use store::record::{Item, Match};
use store::vocabulary::Verdict;

use crate::case::{Case, Examined};
use crate::error::Result;
use crate::examine::count;
use crate::timeline::Timeline;
use crate::view::{Display, ItemDetail, ItemSummary, ThumbnailPlace};
use crate::{sound, tracks};

/// How many claims, matches and assessments each item has.
pub(crate) struct Tally {
    claims: HashMap<ContentId, usize>,
    matches: HashMap<ContentId, usize>,
    assessments: HashMap<ContentId, usize>,
}

impl Tally {
    pub(crate) fn of(case: &Case) -> Result<Self> {
        let mut tally = Self {
            claims: HashMap::new(),
            matches: HashMap::new(),
            assessments: HashMap::new(),
        };
        for claim in case.store.claims()? {
            *tally.claims.entry(claim.made.pin.item).or_default() += 1;
        }
        let stands = |found: &Match| found.verdict() != Verdict::Rejected;
        for found in case.store.matches()?.into_iter().filter(stands) {
            *tally.matches.entry(found.found.query).or_default() += 1;
            *tally.matches.entry(found.found.reference).or_default() += 1;
        }
        let of: HashMap<_, _> = case
            .store
            .hypotheses()?
            .into_iter()
            .filter_map(|one| Some((one.number, one.item?)))
            .collect();
        for made in case.store.assessments()? {
            if let Some(item) = of.get(&made.made.hypothesis) {
                *tally.assessments.entry(*item).or_default() += 1;
            }
        }
        Ok(tally)
    }

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
        if item.inspection.is_some() && case.at_hand(item).is_ok() {
            let examined = case.examined(item)?;
            measure(&mut summary, &examined);
        }
        Ok(summary)
    }
}

/// What an examination counts and measures.
fn measure(summary: &mut ItemSummary, examined: &Examined) {
    let facts = &examined.examination.facts;
    let stream = facts.video.and_then(|at| facts.streams.get(at));
    let display = display(facts);
    summary.frame_count = Some(count(examined.frames.frames.len()));
    summary.duration_s = Some(duration(examined));
    summary.width = display.map(|size| size.width);
    summary.height = display.map(|size| size.height);
    summary.codec = stream.map(|stream| stream.codec.clone());
    summary.thumbnails = examined.thumbnails.len();
    summary.findings = examined.examination.findings.len();
}

impl Case {
    /// One item in full, looked at by one of its video tracks; the examined one when `None`.
    ///
    /// # Errors
    /// The store fails, kept bytes of its inspection are not what they were, or there is no such track.
    pub fn detail(&self, item: &Item, track: Option<TrackNo>) -> Result<ItemDetail> {
        let summary = Tally::of(self)?.summary(self, item)?;
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
    match &examined.sound {
        Some(sound) if examined.frames.frames.is_empty() => sound.seconds(),
        _ => Timeline::new(&examined.frames).duration(),
    }
}

fn display(facts: &media::facts::Facts) -> Option<Display> {
    let video = facts
        .video
        .and_then(|at| facts.streams.get(at))?
        .video
        .as_ref()?;
    let (width, height) = DisplayGeometry::from(video).displayed();
    Some(Display { width, height })
}
