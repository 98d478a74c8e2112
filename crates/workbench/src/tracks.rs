//! The video tracks of an item. One is examined: findings, fingerprints and records are of its frames.
//! The others are indexed all the same, so that each frame of a file can be looked at exactly.

use std::ops::ControlFlow;
use std::sync::Arc;

use media::facts::{Facts, Quantisers, Stream};
use media::index::FrameIndex;
use media::inspect::{Inspection, Progress, Watch};
use media::picture::Luma;
use media::protocol::LumaOf;
use media::reader::Wanted;
use media::time::{FrameNo, Pts, TimeBase, TrackNo};
use store::event::TrackInspected;
use store::record::Item;

use crate::case::{Case, Examined};
use crate::error::{Error, Result};
use crate::examine::{Listen, count};
use crate::view::{Examination, TrackView};

/// Tracks that are indexed beside the examined one. Cameras of several angles write fewer, and each
/// costs a pass.
const MOST: usize = 8;

/// One video track of an item that was inspected.
pub struct Track<'a> {
    pub(crate) case: &'a Case,
    pub(crate) item: &'a Item,
    /// Its number; `None` where the item has no video.
    pub(crate) no: Option<TrackNo>,
    pub(crate) examined: Arc<Examined>,
    pub(crate) wanted: Wanted,
}

impl Case {
    /// Track `no` of `item`; the examined one when `None`.
    ///
    /// # Errors
    /// The item was not inspected, has no such track, or it was not indexed.
    pub fn track<'a>(&'a self, item: &'a Item, no: Option<TrackNo>) -> Result<Track<'a>> {
        let examined = self.examined(item)?;
        let own = examined.examination.facts.track();
        let examined = match no {
            Some(asked) if Some(asked) != own => self.examined_beside(item, asked, &examined)?,
            _ => examined,
        };
        Ok(Track {
            case: self,
            item,
            no: no.or(own),
            examined,
            wanted: Wanted::default(),
        })
    }

    fn examined_beside(&self, item: &Item, no: TrackNo, first: &Examined) -> Result<Arc<Examined>> {
        let tracks = first.examination.facts.tracks().count();
        if no.0 as usize >= tracks {
            return Err(
                Error::missing(format!("{} has no video track {no}", item.number)).hint(
                    match tracks {
                        0 => "it has no video".to_owned(),
                        1 => "it has one video track, number 0".to_owned(),
                        _ => format!("tracks go from 0 to {}", tracks - 1),
                    },
                ),
            );
        }
        let kept = item.inspection.as_ref().and_then(|inspection| {
            let tracks = &inspection.inspected.tracks;
            let track = tracks.iter().find(|track| track.track == no.0)?;
            Some((inspection.origin.entry, track))
        });
        let Some((entry, kept)) = kept else {
            return Err(
                Error::missing(format!("track {no} of {} was not indexed", item.number)).hint(
                    format!(
                        "`framewitness inspect --again {}` indexes up to {MOST} tracks beside the \
                         examined one",
                        item.number
                    ),
                ),
            );
        };
        self.kept_examination((entry, Some(no)), || {
            Ok(Examined {
                examination: self.read_examination(item, kept.facts)?,
                frames: Arc::new(self.read_frames(item, kept.frames)?),
                thumbnails: Vec::new(),
                sound: None,
            })
        })
    }

    /// Indexes the video tracks beside the examined one of an item that was inspected to `first`, each
    /// in a pass of its own.
    pub(crate) fn index_tracks(
        &self,
        item: &Item,
        first: &Inspection,
        progress: Listen<'_>,
    ) -> Result<Vec<TrackInspected>> {
        let own = first.facts.track();
        let others: Vec<TrackNo> = first
            .facts
            .tracks()
            .map(|(no, _)| no)
            .filter(|no| Some(*no) != own)
            .take(MOST)
            .collect();
        let passes = count(others.len()).saturating_add(1);
        let mut indexed = Vec::new();
        for (no, pass) in others.into_iter().zip(1..) {
            let mut watch = Turn {
                pass,
                passes,
                progress: &mut *progress,
            };
            let decoder = self.decoder()?.on(no);
            let found = media::inspect::inspect(&decoder, self.original(item)?, &mut watch)?;
            indexed.push(self.keep_track(no, first, found)?);
        }
        Ok(indexed)
    }

    fn keep_track(
        &self,
        no: TrackNo,
        first: &Inspection,
        found: Inspection,
    ) -> Result<TrackInspected> {
        let frame_count = count(found.frames.frames.len());
        let frames = self.blobs.put_bytes(&found.frames.to_bytes())?.id;
        let complete = found.complete;
        let examination = Examination {
            facts: beside(&first.facts, found.facts),
            findings: found.findings,
            stored_samples: found.stored_samples,
            versions: found.versions,
        };
        Ok(TrackInspected {
            track: no.0,
            facts: self.keep_examination(&examination)?,
            frames,
            frame_count,
            complete,
        })
    }
}

impl Track<'_> {
    /// Its frames.
    pub fn index(&self) -> &FrameIndex {
        &self.examined.frames
    }

    /// How coarsely its frames are coded; `None` without frames, or where nobody looked.
    pub fn quantisers(&self) -> Option<&Quantisers> {
        let coding = self.examined.examination.facts.coding.as_ref()?;
        coding.quantisers.as_ref()
    }
}

/// The video tracks of `item`, where there is more than one.
pub(crate) fn views(item: &Item, facts: &Facts) -> Vec<TrackView> {
    let own = facts.track();
    let Some(inspection) = item.inspection.as_ref().map(|kept| &kept.inspected) else {
        return Vec::new();
    };
    let view = |(no, stream): (TrackNo, &Stream)| TrackView {
        track: no.0,
        stream: stream.index,
        codec: stream.codec.clone(),
        width: stream.video.as_ref().map_or(0, |video| video.width),
        height: stream.video.as_ref().map_or(0, |video| video.height),
        attached_picture: stream.attached_picture,
        examined: Some(no) == own,
        frames: if Some(no) == own {
            Some(inspection.frame_count)
        } else {
            let kept = inspection.tracks.iter().find(|kept| kept.track == no.0);
            kept.map(|kept| kept.frame_count)
        },
    };
    let views: Vec<_> = facts.tracks().map(view).collect();
    if views.len() > 1 { views } else { Vec::new() }
}

/// What the file says of itself, with what the pass over another track found of that track.
fn beside(file: &Facts, track: Facts) -> Facts {
    Facts {
        video: track.video,
        audio: None,
        presentation: track.presentation,
        coder_notes: track.coder_notes,
        coding: track.coding,
        ..file.clone()
    }
}

/// One of several passes over a file.
struct Turn<'a> {
    pass: u32,
    passes: u32,
    progress: Listen<'a>,
}

impl Watch for Turn<'_> {
    fn wants(&self) -> LumaOf {
        LumaOf::Thumbnails
    }

    fn frame(&mut self, _: FrameNo, _: Option<Pts>, _: TimeBase, _: Luma<'_>) {}

    fn progress(&mut self, progress: Progress) -> ControlFlow<()> {
        let share = (self.pass * 10_000 + progress.share) / self.passes;
        (self.progress)(Progress { share, ..progress })
    }
}
