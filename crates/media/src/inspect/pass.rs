//! Listening to a decoder process from `Opened` to `End`.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::Watch;
use super::hasher::Hasher;
use crate::decoder::{Error, Gone, Heard, Limits, Session};
use crate::display::DisplayGeometry;
use crate::facts::{Essence, Facts, VideoFacts};
use crate::finding::Finding;
use crate::findings::Scan;
use crate::index::FrameHash;
use crate::picture::Luma;
use crate::protocol::{End, FrameRecord, PictureLayout, Record, Request, Sample, Stage, Trouble};
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
        std::thread::scope(|scope| {
            let mut listener = Listener {
                pass: Self::default(),
                single: limits.threads <= 1,
                seen: 0,
                void: 0,
                hasher: Hasher::start(scope),
                scene: None,
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
            let pass = listener.finish();
            ended.map(|_| pass)
        })
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

struct Listener<'scope, 'a> {
    pass: Pass,
    hasher: Hasher<'scope>,
    /// Whether the process decodes with one thread.
    single: bool,
    /// Frames that have been shown to the watcher and the methods.
    seen: usize,
    /// Hashes from before the file was decoded again.
    void: usize,
    scene: Option<Scene>,
    limits: &'a Limits,
    size: u64,
    watch: &'a mut dyn Watch,
}

impl Listener<'_, '_> {
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
        self.void = self.pass.frames.len();
        self.pass = Pass::default();
        self.pass.facts.size = self.size;
    }

    fn take(&mut self, session: &mut Session, record: Record) -> Result<ControlFlow<()>, Stop> {
        match record {
            Record::Opened(facts) => self.open(session, facts)?,
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

    fn frame(&mut self, session: &mut Session, frame: FrameRecord) -> Result<(), Stop> {
        let Some(scene) = &mut self.scene else {
            return Err(session.nonsense("a frame of no stream").into());
        };
        let Ok(no) = u32::try_from(self.pass.frames.len()) else {
            return Err(session.nonsense("more frames than can be numbered").into());
        };
        if no >= self.limits.max_frames {
            return Err(session.nonsense("more frames than allowed").into());
        }
        let Some(plan) = Plan::of(&frame.layout, self.limits.max_pixels) else {
            return Err(session.nonsense("an impossible picture").into());
        };
        let Some(slot) = frame.slot else {
            return Err(session.nonsense("a frame without a picture").into());
        };
        let mut bytes = self.hasher.buffer();
        session.picture(slot, 0, plan.total as u64, &mut bytes)?;
        session.say(&Request::Credit)?;
        let bytes = Arc::new(bytes);
        self.hasher.take(Arc::clone(&bytes), plan.planes);
        let luma = plan.luma(&bytes);
        let (no, pts) = (FrameNo(no), frame.pts.map(Pts));
        if self.pass.frames.len() == self.seen {
            self.seen += 1;
            self.watch.frame(no, pts, scene.time_base, luma);
            scene.scan.frame(no, pts, frame.duration, luma);
            scene.collector.frame(no, luma);
        }
        let read = frame.read.min(self.size);
        self.pass.frames.push(frame);
        match self.watch.progress(read, self.size) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::Cancelled),
        }
    }

    fn finish(self) -> Pass {
        let mut pass = self.pass;
        pass.hashes = self.hasher.finish().split_off(self.void);
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

/// Where planes and luma lie in a picture's bytes.
struct Plan {
    planes: usize,
    total: usize,
    luma_at: usize,
    width: usize,
    height: usize,
}

impl Plan {
    /// `None` if the layout contradicts itself or the limits.
    fn of(layout: &PictureLayout, max_pixels: u64) -> Option<Self> {
        let pixels = u64::from(layout.width) * u64::from(layout.height);
        if pixels == 0 || pixels > max_pixels {
            return None;
        }
        let total = if layout.luma_follows {
            layout.bytes.checked_add(pixels)?
        } else {
            layout.bytes
        };
        let luma_at = if layout.luma_follows { layout.bytes } else { 0 };
        if total < pixels {
            return None;
        }
        Some(Self {
            planes: usize::try_from(layout.bytes).ok()?,
            total: usize::try_from(total).ok()?,
            luma_at: usize::try_from(luma_at).ok()?,
            width: layout.width as usize,
            height: layout.height as usize,
        })
    }

    fn luma<'a>(&self, bytes: &'a [u8]) -> Luma<'a> {
        Luma {
            data: &bytes[self.luma_at..][..self.width * self.height],
            width: self.width,
            height: self.height,
            stride: self.width,
        }
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
