//! Inspecting an item: one pass through the jailed decoder, and what is kept of it.

use std::ops::ControlFlow;

use media::decoder::Decoder;
use media::inspect::{Inspection, Watch};
use media::picture::Luma;
use media::time::{FrameNo, Pts, TimeBase};
use reuse::{Fingerprinter, Prints};
use store::event::{Event, Inspected as InspectedEvent};
use store::record::Item;

use crate::case::Case;
use crate::error::Result;
use crate::view::{Examination, Inspected};
use crate::{sound, tally, tracks};

/// Name and version of the tool, as entries write it.
pub const TOOL: &str = concat!("framewitness ", env!("CARGO_PKG_VERSION"));

/// A method that every inspection that examines sound names.
const SOUND: &str = "sound/silence";

/// Hears bytes read so far and the size of the file; says whether to go on.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>;

impl Case {
    /// Inspects `item` and records it. An inspection by this very version of the tool is kept, unless
    /// `again`, or made before sound was examined.
    ///
    /// # Errors
    /// The machine cannot jail the decoder, the kept bytes cannot be read, or the store fails.
    /// Damaged media is not an error.
    pub fn inspect(&self, item: &Item, again: bool, progress: Progress<'_>) -> Result<Inspected> {
        let same_tool = |kept: &store::record::Inspection| {
            let heard = kept.inspected.versions.contains_key(SOUND);
            kept.inspected.tool == TOOL && kept.inspected.complete && heard
        };
        if !again && item.inspection.as_ref().is_some_and(same_tool) {
            return self.inspected(item, false);
        }
        let examined = self.examine(self.blobs.open(&item.id)?, &mut *progress)?;
        let inspection = examined.inspection;
        let tracks = self.index_tracks(item, &inspection, progress)?;
        let examination = Examination {
            facts: inspection.facts,
            findings: inspection.findings,
            stored_samples: inspection.stored_samples,
            versions: inspection.versions,
        };
        let mut versions = examination.versions.clone();
        versions.insert("fingerprints".to_owned(), reuse::METHOD.to_owned());
        self.record(&Event::ItemInspected(InspectedEvent {
            item: item.id,
            tool: TOOL.to_owned(),
            versions,
            facts: self.keep_examination(&examination)?,
            frames: self.blobs.put_bytes(&inspection.frames.to_bytes())?.id,
            prints: self.blobs.put_bytes(&examined.prints.to_bytes())?.id,
            thumbnails: self
                .blobs
                .put_bytes(&media::thumbnail::thumbnails_to_bytes(
                    &inspection.thumbnails,
                ))?
                .id,
            sound: match &inspection.sound {
                None => None,
                Some(sound) => Some(self.blobs.put_bytes(&sound.to_bytes())?.id),
            },
            frame_count: count(inspection.frames.frames.len()),
            finding_count: count(examination.findings.len()),
            complete: inspection.complete,
            tracks,
        }))?;
        let item = self.item(&item.id.to_string())?;
        self.inspected(&item, true)
    }

    /// One pass over `file`, with fingerprints; nothing is kept.
    pub(crate) fn examine(&self, file: std::fs::File, progress: Progress<'_>) -> Result<Examined> {
        examine(self.decoder()?, file, progress)
    }

    fn inspected(&self, item: &Item, fresh: bool) -> Result<Inspected> {
        let examined = self.examined(item)?;
        let facts = &examined.examination.facts;
        let stream = facts.video.and_then(|at| facts.streams.get(at));
        Ok(Inspected {
            item: item.number,
            id: item.id.to_string(),
            name: item.name.clone(),
            frames: count(examined.frames.frames.len()),
            stored: examined.examination.stored_samples,
            duration_s: tally::duration(&examined),
            sound: sound::summary(&examined),
            format: facts.format.clone(),
            codec: stream.map(|stream| stream.codec.clone()),
            streams: facts.streams.clone(),
            tracks: tracks::views(item, facts),
            findings: examined.examination.findings.clone(),
            complete: item
                .inspection
                .as_ref()
                .is_some_and(|kept| kept.inspected.complete),
            fresh,
        })
    }
}

/// One pass over `file`, with fingerprints; nothing is kept.
pub(crate) fn examine(
    decoder: &Decoder,
    file: std::fs::File,
    progress: Progress<'_>,
) -> Result<Examined> {
    let mut watch = Fingerprint {
        prints: None,
        last: -1,
        progress,
    };
    let inspection = media::inspect::inspect(decoder, file, &mut watch)?;
    let base = inspection.frames.time_base;
    let prints = watch
        .prints
        .unwrap_or_else(|| Fingerprinter::new((base.num, base.den)))
        .finish();
    Ok(Examined { inspection, prints })
}

/// Result of one pass.
pub(crate) struct Examined {
    pub(crate) inspection: Inspection,
    pub(crate) prints: Prints,
}

struct Fingerprint<'a> {
    prints: Option<Fingerprinter>,
    last: i64,
    progress: Progress<'a>,
}

impl Watch for Fingerprint<'_> {
    fn frame(&mut self, no: FrameNo, pts: Option<Pts>, time_base: TimeBase, luma: Luma<'_>) {
        // A frame without timestamp still has its place in the order.
        let at = pts.map_or(self.last.saturating_add(1), |pts| pts.0);
        self.last = at;
        let prints = self
            .prints
            .get_or_insert_with(|| Fingerprinter::new((time_base.num, time_base.den)));
        let luma = reuse::Luma {
            data: luma.data,
            width: luma.width,
            height: luma.height,
            stride: luma.stride,
        };
        prints.push(no.0, at, luma);
    }

    fn progress(&mut self, bytes: u64, size: u64) -> ControlFlow<()> {
        (self.progress)(bytes, size)
    }
}

/// A count as records hold it; no video comes near the limit.
pub(crate) fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
