//! Inspecting an item: one pass through the jailed decoder, and what is kept of it.

use std::fs::File;
use std::ops::ControlFlow;

use media::decoder::Decoder;
use media::facts::Exiftool;
use media::inspect::{
    Inspection, Memory, Progress, Resumed, Watch, WorkLog, inspect, inspect_with_log,
};
use media::picture::Luma;
use media::sound::SoundForm;
use media::time::{FrameNo, Pts, TimeBase};
use reuse::{Fingerprinter, Prints, SoundPrinter, Step};
use store::event::{Event, Inspected as InspectedEvent};
use store::record::Item;

use crate::case::Case;
use crate::error::Result;
use crate::found::{by_kind, is_told};
use crate::scratch::Scratch;
use crate::view::{Examination, Inspected};
use crate::{glance, sound, tally, tracks};

/// Name and version of the tool, as entries write it.
pub const TOOL: &str = concat!("framewitness ", env!("CARGO_PKG_VERSION"));

/// What an entry's versions name where an inspection went on with one that was cut off, and the first
/// frame that was decoded anew.
const RESUMED: &str = "resumed";

/// A method that every inspection that examines sound names.
const SOUND: &str = "sound/silence";

/// What an entry's versions name the method of fingerprints.
const PRINTS: &str = "fingerprints";

/// Hears how far an examination is; says whether to go on.
pub type Listen<'a> = &'a mut dyn FnMut(Progress) -> ControlFlow<()>;

impl Case {
    /// Inspects `item` and records it. An inspection by this very version of the tool is kept, unless
    /// `again`, or made before sound was examined, or with fingerprints of another method. One that was
    /// cut off, by a kill or a power cut, is gone on with; what it leaves is the same. Then the watch list
    /// is looked for in the item.
    ///
    /// # Errors
    /// The machine cannot jail the decoder, the kept bytes cannot be read, or the store fails.
    /// Damaged media is not an error.
    pub fn inspect(&self, item: &Item, again: bool, progress: Listen<'_>) -> Result<Inspected> {
        self.at_hand(item)?;
        if !again && self.writable().is_err() && item.inspection.is_some() {
            return self.inspected(item, false);
        }
        let same_tool = |kept: &store::record::Inspection| {
            let versions = &kept.inspected.versions;
            let heard = versions.contains_key(SOUND);
            let comparable = versions
                .get(PRINTS)
                .is_some_and(|made| made == reuse::METHOD);
            kept.inspected.tool == TOOL && kept.inspected.complete && heard && comparable
        };
        if !again && item.inspection.as_ref().is_some_and(same_tool) {
            let untold = item.inspection.as_ref().filter(|kept| !is_told(kept));
            if let Some(kept) = untold
                && self.writable().is_ok()
            {
                self.tell_findings(item, kept)?;
            }
            // An inspection that ended before its search did is gone on with here.
            return self.watched_for(item, self.inspected(item, false)?);
        }
        self.writable()?;
        let scratch = Scratch::open(&self.scratch, item);
        let log = scratch.as_ref().and_then(|it| it.log(self.author(), item));
        let file = self.original(item)?;
        let mut examined = examine(self.decoder()?, file, log, &mut *progress)?;
        self.ask_exiftool(item, &mut examined.inspection)?;
        let resumed = examined.inspection.resumed.clone();
        let complete = examined.inspection.complete;
        self.keep_examined(item, examined, progress)?;
        if let Some(scratch) = scratch.filter(|_| complete) {
            scratch.remove();
        }
        let item = self.item(&item.id.to_string())?;
        let inspected = tell_resumed(self.inspected(&item, true)?, resumed);
        self.watched_for(&item, inspected)
    }

    /// Looks for what is on the watch list in an item that was inspected.
    fn watched_for(&self, item: &Item, inspected: Inspected) -> Result<Inspected> {
        Ok(Inspected {
            seen_again: self.look_out(item)?,
            ..inspected
        })
    }

    /// Adds what exiftool reads in the item to its facts, or why it does not.
    fn ask_exiftool(&self, item: &Item, inspection: &mut Inspection) -> Result<()> {
        let file = self.original(item)?;
        let told = media::exiftool::read(self.decoder()?, self.exiftool.as_deref(), &file);
        if let Exiftool::Read { version, .. } = &told {
            let versions = &mut inspection.versions;
            versions.insert("exiftool".to_owned(), version.clone());
        }
        inspection.facts.exiftool = Some(told);
        Ok(())
    }

    /// Keeps what an examination gave and the index of every other video track, and records it.
    fn keep_examined(&self, item: &Item, examined: Examined, progress: Listen<'_>) -> Result<()> {
        let inspection = examined.inspection;
        let tracks = self.index_tracks(item, &inspection, progress)?;
        let examination = Examination {
            facts: inspection.facts,
            findings: inspection.findings,
            stored_samples: inspection.stored_samples,
            versions: inspection.versions,
        };
        let glance = glance::of(
            &examination,
            &inspection.frames,
            inspection.sound.as_ref(),
            inspection.thumbnails.len(),
        );
        let mut versions = examination.versions.clone();
        versions.insert(PRINTS.to_owned(), reuse::METHOD.to_owned());
        if let Resumed::At(no) = inspection.resumed {
            versions.insert(RESUMED.to_owned(), format!("frame {no}"));
        }
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
            found: by_kind(&examination.findings),
            complete: inspection.complete,
            tracks,
            glance: Some(glance),
        }))?;
        Ok(())
    }

    /// One pass over `file`, with fingerprints; nothing is kept.
    pub(crate) fn examine(&self, file: File, progress: Listen<'_>) -> Result<Examined> {
        examine(self.decoder()?, file, None, progress)
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
            exiftool: facts.exiftool.clone(),
            credentials: facts.credentials.clone(),
            findings: examined.examination.findings.clone(),
            complete: item
                .inspection
                .as_ref()
                .is_some_and(|kept| kept.inspected.complete),
            fresh,
            resumed_at: None,
            not_resumed: None,
            seen_again: Vec::new(),
        })
    }
}

/// Says in what is shown whether an inspection went on with an earlier one.
fn tell_resumed(inspected: Inspected, resumed: Resumed) -> Inspected {
    match resumed {
        Resumed::No => inspected,
        Resumed::At(no) => Inspected {
            resumed_at: Some(no.0),
            ..inspected
        },
        Resumed::Refused(why) => Inspected {
            not_resumed: Some(why),
            ..inspected
        },
    }
}

/// One pass over `file`, with fingerprints, which goes on with `log`; nothing is kept.
pub(crate) fn examine(
    decoder: &Decoder,
    file: File,
    log: Option<WorkLog>,
    progress: Listen<'_>,
) -> Result<Examined> {
    let mut watch = Fingerprint {
        prints: None,
        last: None,
        step: None,
        sound: None,
        progress,
    };
    let inspection = match log {
        Some(log) => inspect_with_log(decoder, file, log, &mut watch)?,
        None => inspect(decoder, file, &mut watch)?,
    };
    let base = inspection.frames.time_base;
    let prints = watch
        .prints
        .unwrap_or_else(|| Fingerprinter::new((base.num, base.den)))
        .finish();
    let prints = match (watch.sound, &inspection.sound) {
        (Some(printer), Some(waveform)) => {
            let rate = f64::from(waveform.form.rate);
            prints.with_sound(printer.finish(|second| {
                let nanoseconds = waveform.nanoseconds((second * rate) as u64)?;
                Some(nanoseconds as f64 / 1e9)
            }))
        }
        _ => prints,
    };
    Ok(Examined { inspection, prints })
}

/// Result of one pass.
pub(crate) struct Examined {
    pub(crate) inspection: Inspection,
    pub(crate) prints: Prints,
}

struct Fingerprint<'a> {
    prints: Option<Fingerprinter>,
    /// Time of the last frame, for one that has none.
    last: Option<i64>,
    /// What was made of the last frame.
    step: Option<Step>,
    sound: Option<SoundPrinter>,
    progress: Listen<'a>,
}

impl Fingerprint<'_> {
    /// A frame without timestamp still has its place in the order.
    fn time(&mut self, pts: Option<Pts>) -> i64 {
        let last = self.last.unwrap_or(-1);
        let at = pts.map_or(last.saturating_add(1), |pts| pts.0);
        self.last = Some(at);
        at
    }

    fn prints(&mut self, time_base: TimeBase) -> &mut Fingerprinter {
        let base = (time_base.num, time_base.den);
        self.prints.get_or_insert_with(|| Fingerprinter::new(base))
    }
}

impl Watch for Fingerprint<'_> {
    fn frame(&mut self, no: FrameNo, pts: Option<Pts>, time_base: TimeBase, luma: Luma<'_>) {
        let at = self.time(pts);
        self.step = self.prints(time_base).push(no.0, at, plane(luma));
    }

    fn sound(&mut self, form: &SoundForm, first: u64, samples: &[f32]) {
        if first == 0 {
            self.sound = SoundPrinter::new(form.rate, form.channels);
        }
        if let Some(sound) = &mut self.sound {
            sound.push(samples);
        }
    }

    fn progress(&mut self, progress: Progress) -> ControlFlow<()> {
        (self.progress)(progress)
    }

    fn memory(&mut self) -> Option<&mut dyn Memory> {
        Some(self)
    }
}

impl Memory for Fingerprint<'_> {
    fn note(&mut self, note: &mut Vec<u8>) {
        if let Some(step) = &self.step {
            step.write(note);
        }
    }

    fn recall(&mut self, no: FrameNo, pts: Option<Pts>, time_base: TimeBase, note: &[u8]) -> bool {
        let at = self.time(pts);
        let step = Step::from_bytes(note);
        step.and_then(|step| self.prints(time_base).recall(no.0, at, &step))
            .is_ok()
    }

    fn wanted(&self) -> Option<FrameNo> {
        self.prints.as_ref()?.wanted().map(FrameNo)
    }

    fn again(&mut self, no: FrameNo, luma: Luma<'_>) {
        if let Some(prints) = &mut self.prints {
            prints.again(no.0, plane(luma));
        }
    }

    fn forget(&mut self) {
        (self.prints, self.last, self.step) = (None, None, None);
    }
}

pub(crate) fn plane(luma: Luma<'_>) -> reuse::Luma<'_> {
    reuse::Luma {
        data: luma.data,
        width: luma.width,
        height: luma.height,
        stride: luma.stride,
    }
}

/// A count as records hold it; no video comes near the limit.
pub(crate) fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}
