//! One whole pass over a file: facts, frame index, findings, thumbnails.

mod account;
mod coding;
mod credentials;
mod effort;
mod hearing;
mod index;
pub(crate) mod join;
mod kept;
mod log;
mod pass;
mod quantisers;
mod resume;
mod scene;
mod sound;
mod watch;

use std::collections::BTreeMap;
use std::fs::File;

use crate::decoder::{Decoder, Error, Session};
use crate::facts::Facts;
use crate::finding::Finding;
use crate::findings::Scan;
use crate::index::FrameIndex;
use crate::protocol::{LumaOf, Mark, OFF, Task};
use crate::sound::Waveform;
use crate::thumbnail::Thumbnail;
use crate::time::{FrameNo, TrackNo};

pub use log::WorkLog;
pub use watch::{Memory, Progress, Stage, Watch};

use log::{FORMAT, Header, Writer};
use pass::{Begin, Pass};
use resume::Recalled;

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
    /// Whether the pass went on where an earlier one was cut off. It changes nothing else in here.
    pub resumed: Resumed,
}

/// What a pass made of the log of an earlier one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Resumed {
    /// There was nothing to go on with.
    #[default]
    No,
    /// This frame was the first to be decoded anew.
    At(FrameNo),
    /// The pass had to begin from the start, for this reason.
    Refused(String),
}

/// Decodes a file once, from start to end. A decoder [`Decoder::on`] another video track tells of that
/// track alone.
///
/// Damaged or unrecognised input gives an [`Inspection`] with findings, and so does a decoder process
/// that crashes or reaches a limit.
///
/// # Errors
/// Where nothing can be said of the file: it is no regular file or open for writing, there is no
/// decoder, its jail cannot be closed, or `watch` cancelled.
pub fn inspect(decoder: &Decoder, file: File, watch: &mut dyn Watch) -> Result<Inspection, Error> {
    look(decoder, file, None, watch)
}

/// The same with a log: a pass that is cut off leaves there what the next one needs to go on, and a pass
/// whose log has something to go on with does so. The result is that of a pass in one go. A log that
/// cannot be written, or gone on with, is no error. Afterwards it serves nothing but another pass over
/// the same file.
///
/// # Errors
/// As [`inspect`].
pub fn inspect_with_log(
    decoder: &Decoder,
    file: File,
    log: WorkLog,
    watch: &mut dyn Watch,
) -> Result<Inspection, Error> {
    look(decoder, file, Some(log), watch)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the descriptor is closed when the pass is over"
)]
fn look(
    decoder: &Decoder,
    file: File,
    log: Option<WorkLog>,
    watch: &mut dyn Watch,
) -> Result<Inspection, Error> {
    let metadata = file.metadata().map_err(Error::io("look at the file"))?;
    if !metadata.is_file() {
        return Err(Error::NotAFile);
    }
    let (size, limits) = (metadata.len(), decoder.limits());
    let luma = watch.wants();
    let start = |start: Start| {
        let (threads, luma, mark) = match start {
            Start::Whole => (limits.threads, luma, None),
            Start::Single => (1, luma, None),
            // It does not know the numbers of its frames, and so not which may become thumbnails.
            Start::From(mark) => (limits.threads, LumaOf::All, Some(mark)),
        };
        Session::start_from(decoder, &file, size, Task::Pass(luma), threads, mark)
    };
    let session = start(Start::Whole)?;
    let mut versions = session.hello().versions.clone();
    versions.extend(methods());
    if session.hello().jail.values().any(|how| how == OFF) {
        versions.insert("jail".to_owned(), OFF.to_owned());
    }
    let mut begin = Begin {
        session,
        limits,
        size,
        earlier: None,
        log: Writer::default(),
    };
    if let Some((log, memory)) = log.zip(watch.memory()) {
        begin.open(log, &versions, memory);
    }
    let mut pass = Pass::run(begin, &start, watch)?;
    pass.facts.credentials = None;
    if decoder.track().is_none() {
        let (credentials, readers) = credentials::look(decoder, &file, size);
        pass.facts.credentials = Some(credentials);
        versions.extend(readers);
    }
    let mut found = finish(pass, versions);
    if decoder.track().is_some() {
        account::keep_of_track(&mut found.findings);
    }
    Ok(found)
}

/// How a decoder process is started.
enum Start {
    /// For the whole file.
    Whole,
    /// For the whole file, with one thread.
    Single,
    /// For what follows a mark.
    From(Mark),
}

impl Begin<'_> {
    /// Takes up a log: what it holds, if it is of the same file and made by the same versions.
    fn open(&mut self, log: WorkLog, versions: &BTreeMap<String, String>, memory: &mut dyn Memory) {
        let header = Header {
            format: FORMAT,
            identity: log.identity(),
            size: self.size,
            versions,
            methods: &Scan::described(),
        }
        .bytes();
        let mut pieces = log.pieces();
        if pieces.read().is_some_and(|known| known == header) {
            self.earlier = Some(Recalled::of(&mut pieces, memory));
        }
        self.log = match &self.earlier {
            Some(Ok(earlier)) => Writer::go_on(pieces, header, earlier),
            _ => Writer::begin(pieces, header),
        };
    }
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
    pass.facts.coding = coding::coding(&pass, &frames);
    pass.facts.coder_notes = index::coder_notes(&pass.frames);
    let mut findings = account::findings(&pass, &stored, &frames, scanned);
    let heard = pass.hearing.finish();
    findings.extend(sound::findings(
        &pass.facts,
        &pass.hearing,
        heard.as_ref(),
        &frames,
    ));
    let track = pass.facts.track().unwrap_or(TrackNo(0));
    for finding in &mut findings {
        finding.reproduce = Some(finding.command_on(track));
    }
    let mut facts = pass.facts;
    // Not the decoder's to tell.
    facts.exiftool = None;
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
        resumed: pass.resumed,
    }
}
