//! One whole pass over a file: facts, frame index, findings, thumbnails.

mod account;
mod coding;
mod hearing;
mod index;
pub(crate) mod join;
mod pass;
mod sound;

use std::collections::BTreeMap;
use std::fs::File;
use std::ops::ControlFlow;

use crate::decoder::{Decoder, Error, Session};
use crate::facts::Facts;
use crate::finding::Finding;
use crate::findings::Scan;
use crate::index::FrameIndex;
use crate::picture::Luma;
use crate::protocol::{LumaOf, OFF, Task};
use crate::sound::Waveform;
use crate::thumbnail::Thumbnail;
use crate::time::{FrameNo, Pts, TimeBase};

use pass::Pass;

/// Looks on while a file is decoded.
pub trait Watch {
    /// The frames it wants to see; all unless it says otherwise.
    fn wants(&self) -> LumaOf {
        LumaOf::All
    }

    /// Each presented frame, in order, once, if it wants to see all.
    fn frame(&mut self, no: FrameNo, pts: Option<Pts>, time_base: TimeBase, luma: Luma<'_>);

    /// Bytes read so far of the file's size. `Break` cancels.
    fn progress(&mut self, bytes: u64, size: u64) -> ControlFlow<()>;
}

/// Sees nothing, stops nothing.
impl Watch for () {
    fn wants(&self) -> LumaOf {
        LumaOf::Thumbnails
    }

    fn frame(&mut self, _: FrameNo, _: Option<Pts>, _: TimeBase, _: Luma<'_>) {}

    fn progress(&mut self, _: u64, _: u64) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// What one pass over a file gave.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// What the container says of itself.
    pub facts: Facts,
    /// The presented frames; empty where there is no video that could be decoded.
    pub frames: FrameIndex,
    /// Samples of the examined stream that the file holds, presented or not.
    pub stored_samples: u32,
    /// What is kept of the first audio stream; `None` where there is none that could be decoded.
    pub sound: Option<Waveform>,
    /// What was found, structure first, then by frame.
    pub findings: Vec<Finding>,
    /// Small blurred pictures, evenly spread.
    pub thumbnails: Vec<Thumbnail>,
    /// Versions of libraries, programs and finding methods, by name.
    pub versions: BTreeMap<String, String>,
    /// Whether the whole file was read. If not, a finding says why.
    pub complete: bool,
}

/// Decodes a file once, from start to end.
///
/// Damaged or unrecognised input gives an [`Inspection`] with findings, and so does a decoder process
/// that crashes or reaches a limit.
///
/// # Errors
/// Where nothing can be said of the file: it is no regular file or open for writing, there is no
/// decoder, its jail cannot be closed, or `watch` cancelled.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the descriptor is closed when the pass is over"
)]
pub fn inspect(decoder: &Decoder, file: File, watch: &mut dyn Watch) -> Result<Inspection, Error> {
    let metadata = file.metadata().map_err(Error::io("look at the file"))?;
    if !metadata.is_file() {
        return Err(Error::NotAFile);
    }
    let size = metadata.len();
    let task = Task::Pass(watch.wants());
    let start = |threads| Session::start(decoder, &file, size, task, threads);
    let session = start(decoder.limits().threads)?;
    let mut versions = session.hello().versions.clone();
    versions.extend(methods());
    if session.hello().jail.values().any(|how| how == OFF) {
        versions.insert("jail".to_owned(), OFF.to_owned());
    }
    let pass = Pass::run(session, &|| start(1), decoder.limits(), size, watch)?;
    Ok(finish(pass, versions))
}

/// Names and versions of the finding methods.
fn methods() -> impl Iterator<Item = (String, String)> {
    Scan::methods()
        .into_iter()
        .chain(account::methods())
        .chain(sound::methods())
        .map(|(name, version)| (name, version.to_string()))
}

fn finish(mut pass: Pass, versions: BTreeMap<String, String>) -> Inspection {
    let complete = pass.complete();
    let scanned = std::mem::take(&mut pass.scanned);
    let stored = join::Stored::of(&pass.samples, &pass.stored, &pass.frames);
    let frames = index::build(&pass, &stored);
    pass.facts.coding = coding::coding(&frames, &pass.frames, &pass.samples);
    pass.facts.coder_notes = index::coder_notes(&pass.frames);
    let mut findings = account::findings(&pass, &stored, &frames, scanned);
    let heard = pass.hearing.finish();
    findings.extend(sound::findings(
        &pass.facts,
        &pass.hearing,
        heard.as_ref(),
        &frames,
    ));
    for finding in &mut findings {
        finding.reproduce = Some(finding.command());
    }
    let mut facts = pass.facts;
    facts.presentation = index::presentation(&facts, &pass.frames);
    Inspection {
        stored_samples: stored.count(),
        facts,
        frames,
        findings,
        sound: heard.map(|heard| heard.waveform),
        thumbnails: pass.thumbnails,
        versions,
        complete,
    }
}
