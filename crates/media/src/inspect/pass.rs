//! Listening to a decoder process from `Opened` to `End`.

use std::ops::ControlFlow;

use super::Watch;
use super::hearing::Hearing;
use crate::decoder::{Error, Gone, Heard, Limits, Session};
use crate::display::DisplayGeometry;
use crate::facts::{Essence, Facts, VideoFacts};
use crate::finding::Finding;
use crate::findings::Scan;
use crate::index::FrameHash;
use crate::picture::Luma;
use crate::protocol::{
    End, FrameRecord, LumaOf, PictureLayout, Record, Request, Sample, Seen, Stage, Trouble,
};
use crate::thumbnail::{Collector, Thumbnail};
use crate::time::{FrameNo, Pts, TimeBase};

/// Everything heard, and what was seen in the pictures.
#[derive(Default)]
pub(super) struct Pass {
    pub(super) facts: Facts,
    pub(super) unreadable: Option<String>,
    pub(super) frames: Vec<FrameRecord>,
    pub(super) hashes: Vec<FrameHash>,
    pub(super) samples: Vec<Sample>,
    pub(super) stored: Vec<Sample>,
    pub(super) troubles: Troubles,
    pub(super) end: Option<End>,
    pub(super) gone: Option<Gone>,
    pub(super) scanned: Vec<Finding>,
    pub(super) thumbnails: Vec<Thumbnail>,
    pub(super) hearing: Hearing,
}

/// Errors that the demuxer and decoder reported.
#[derive(Debug, Default)]
pub(super) struct Troubles {
    pub(super) demux: usize,
    pub(super) decode: usize,
    pub(super) first: Option<Trouble>,
}

/// The examined stream, once it is known.
struct Scene {
    time_base: TimeBase,
    scan: Scan,
    collector: Collector,
}

impl Pass {
    /// Listens until the process is done or gone.
    ///
    /// What several decoding threads make of damage depends on which is faster. At the first sign of
    /// damage the file is therefore decoded again from the start by a process with one thread, from
    /// `start_single`. Frames that were seen before are not seen again, only hashed.
    pub(super) fn run(
        mut session: Session,
        start_single: &dyn Fn() -> Result<Session, Error>,
        limits: &Limits,
        size: u64,
        watch: &mut dyn Watch,
    ) -> Result<Self, Error> {
        let mut listener = Listener {
            pass: Self::default(),
            single: limits.threads <= 1,
            seen: 0,
            scene: None,
            luma: Vec::new(),
            limits,
            size,
            watch,
        };
        listener.pass.facts.size = size;
        let mut ended = listener.listen(&mut session);
        if matches!(ended, Ok(ControlFlow::Break(Again))) {
            session = start_single()?;
            listener.begin_again();
            ended = listener.listen(&mut session);
        }
        drop(session);
        ended.map(|_| listener.finish())
    }

    /// Whether the process read the whole file.
    pub(super) fn complete(&self) -> bool {
        self.gone.is_none() && self.end.is_some_and(|end| end.whole)
    }

    /// Facts of the examined stream.
    pub(super) fn video(&self) -> Option<(&crate::facts::Stream, &VideoFacts)> {
        let stream = self.facts.streams.get(self.facts.video?)?;
        Some((stream, stream.video.as_ref()?))
    }
}

struct Listener<'a> {
    pass: Pass,
    /// Whether the process decodes with one thread.
    single: bool,
    /// Frames that have been shown to the watcher and the methods.
    seen: usize,
    scene: Option<Scene>,
    /// Room for a luma plane.
    luma: Vec<u8>,
    limits: &'a Limits,
    size: u64,
    watch: &'a mut dyn Watch,
}

impl Listener<'_> {
    fn listen(&mut self, session: &mut Session) -> Result<ControlFlow<Again>, Error> {
        loop {
            let record = match session.hear() {
                Heard::Record(record) => record,
                Heard::Gone(gone) => {
                    self.pass.gone = Some(gone);
                    return Ok(ControlFlow::Continue(()));
                }
            };
            if !self.single && damage(&record) {
                return Ok(ControlFlow::Break(Again));
            }
            match self.take(session, record) {
                Ok(ControlFlow::Continue(())) => {}
                Ok(ControlFlow::Break(())) => return Ok(ControlFlow::Continue(())),
                Err(Stop::Cancelled) => return Err(Error::Cancelled),
                Err(Stop::Gone(gone)) => {
                    self.pass.gone = Some(gone);
                    return Ok(ControlFlow::Continue(()));
                }
            }
        }
    }

    /// Forgets what was heard, but not what was seen.
    fn begin_again(&mut self) {
        self.single = true;
        self.pass = Pass::default();
        self.pass.facts.size = self.size;
    }

    fn take(&mut self, session: &mut Session, record: Record) -> Result<ControlFlow<()>, Stop> {
        match record {
            Record::Opened(facts) => self.open(session, *facts)?,
            Record::Unreadable { reason } => self.pass.unreadable = Some(reason),
            Record::NeedRing { bytes } => session.make_room(bytes)?,
            Record::Frame(frame) => self.frame(session, frame)?,
            Record::Samples(samples) => {
                bounded(session, &mut self.pass.samples, samples, self.limits)?;
            }
            Record::Stored(samples) => {
                bounded(session, &mut self.pass.stored, samples, self.limits)?;
            }
            Record::Essence(streams) => self.essence(session, streams)?,
            Record::Trouble(trouble) => self.pass.troubles.take(trouble),
            Record::SoundStart(_) | Record::SoundChunk(_) | Record::SoundEnd(_) => {
                self.hear(session, record)?;
            }
            Record::End(end) => {
                self.pass.end = Some(end);
                return Ok(ControlFlow::Break(()));
            }
            _ => return Err(session.nonsense("an unexpected record").into()),
        }
        Ok(ControlFlow::Continue(()))
    }

    fn open(&mut self, session: &mut Session, facts: Facts) -> Result<(), Stop> {
        if self.pass.facts
            != (Facts {
                size: self.size,
                ..Facts::default()
            })
        {
            return Err(session.nonsense("facts come twice").into());
        }
        let sane = facts
            .streams
            .iter()
            .all(|stream| stream.time_base.num > 0 && stream.time_base.den > 0);
        let video = facts.video.map(|index| facts.streams.get(index));
        if !sane || video.is_some_and(|it| it.is_none_or(|it| it.video.is_none())) {
            return Err(session.nonsense("impossible facts").into());
        }
        self.pass.facts = facts;
        self.pass.facts.size = self.size;
        self.pass.facts.presentation = None;
        for stream in &mut self.pass.facts.streams {
            stream.essence = None;
        }
        if self.scene.is_some() {
            return Ok(());
        }
        self.scene = self.pass.video().map(|(stream, video)| Scene {
            time_base: stream.time_base,
            scan: Scan::new(stream.time_base),
            collector: Collector::new(DisplayGeometry::from(video)),
        });
        Ok(())
    }

    fn essence(&mut self, session: &mut Session, streams: Vec<Essence>) -> Result<(), Stop> {
        if streams.len() > self.pass.facts.streams.len() {
            return Err(session
                .nonsense("the essence of more streams than there are")
                .into());
        }
        for (stream, essence) in self.pass.facts.streams.iter_mut().zip(streams) {
            stream.essence = Some(essence);
        }
        Ok(())
    }

    fn frame(&mut self, session: &mut Session, mut frame: FrameRecord) -> Result<(), Stop> {
        let Some(scene) = &mut self.scene else {
            return Err(session.nonsense("a frame of no stream").into());
        };
        let Ok(no) = u32::try_from(self.pass.frames.len()) else {
            return Err(session.nonsense("more frames than can be numbered").into());
        };
        if no >= self.limits.max_frames {
            return Err(session.nonsense("more frames than allowed").into());
        }
        let Some(bytes) = luma_bytes(&frame.layout, self.limits.max_pixels) else {
            return Err(session.nonsense("an impossible picture").into());
        };
        let Some(Seen { hash, glance }) = frame.seen.take().map(|seen| *seen) else {
            return Err(session.nonsense("a frame that nobody looked at").into());
        };
        let (no, pts) = (FrameNo(no), frame.pts.map(Pts));
        let fresh = self.pass.frames.len() == self.seen;
        if let Some(slot) = frame.slot {
            session.picture(slot, 0, bytes, &mut self.luma)?;
            session.say(&Request::Credit)?;
            if fresh {
                let luma = luma(&self.luma, &frame.layout);
                if self.watch.wants() == LumaOf::All {
                    self.watch.frame(no, pts, scene.time_base, luma);
                }
                scene.collector.frame(no, luma);
            }
        }
        if fresh {
            self.seen += 1;
            scene.scan.frame(no, pts, frame.duration, glance);
        }
        self.pass.hashes.push(hash);
        let read = frame.read.min(self.size);
        self.pass.frames.push(frame);
        match self.watch.progress(read, self.size) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::Cancelled),
        }
    }

    fn hear(&mut self, session: &mut Session, record: Record) -> Result<(), Stop> {
        let read = match &record {
            // Pictures have been read before, and have counted.
            Record::SoundChunk(chunk) if self.scene.is_none() => Some(chunk.read.min(self.size)),
            Record::SoundChunk(_) => Some(self.size),
            _ => None,
        };
        self.pass.hearing.take(session, &self.pass.facts, record)?;
        match read.map(|read| self.watch.progress(read, self.size)) {
            Some(ControlFlow::Break(())) => Err(Stop::Cancelled),
            _ => Ok(()),
        }
    }

    fn finish(self) -> Pass {
        let mut pass = self.pass;
        if let Some(scene) = self.scene {
            pass.scanned = scene.scan.finish();
            pass.thumbnails = scene.collector.finish();
        }
        pass
    }
}

/// The file must be decoded again with one thread.
struct Again;

/// Whether a record tells of damage.
fn damage(record: &Record) -> bool {
    match record {
        Record::Trouble(_) => true,
        Record::Frame(frame) => frame.damaged,
        _ => false,
    }
}

/// Why listening ends early.
enum Stop {
    Cancelled,
    Gone(Gone),
}

impl From<Gone> for Stop {
    fn from(gone: Gone) -> Self {
        Self::Gone(gone)
    }
}

/// Bytes of a luma plane; `None` if the layout contradicts the limits.
fn luma_bytes(layout: &PictureLayout, max_pixels: u64) -> Option<u64> {
    let pixels = u64::from(layout.width) * u64::from(layout.height);
    (pixels > 0 && pixels <= max_pixels).then_some(pixels)
}

fn luma<'a>(data: &'a [u8], layout: &PictureLayout) -> Luma<'a> {
    let (width, height) = (layout.width as usize, layout.height as usize);
    Luma {
        data,
        width,
        height,
        stride: width,
    }
}

impl Troubles {
    fn take(&mut self, trouble: Trouble) {
        match trouble.stage {
            Stage::Demux => self.demux += 1,
            Stage::Decode => self.decode += 1,
        }
        self.first.get_or_insert(trouble);
    }
}

/// Appends samples, of which there may be no more than frames.
fn bounded(
    session: &mut Session,
    to: &mut Vec<Sample>,
    samples: Vec<Sample>,
    limits: &Limits,
) -> Result<(), Stop> {
    if to.len() + samples.len() > limits.max_frames as usize {
        return Err(session.nonsense("more samples than allowed").into());
    }
    to.extend(samples);
    Ok(())
}
