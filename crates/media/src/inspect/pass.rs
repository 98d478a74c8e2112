//! Listening to a decoder process from `Opened` to `End`.

mod again;
mod tell;

use std::ops::ControlFlow;

use super::effort::Effort;
use super::hearing::Hearing;
use super::kept::Frame;
use super::log::Writer;
use super::resume::{Overlap, Recalled, Refused};
use super::scene::Scene;
use super::watch::{Stage as Doing, Watch};
use super::{Resumed, Start};
use crate::decoder::{Error, Gone, Heard, Limits, Session};
use crate::facts::{Essence, Facts, VideoFacts};
use crate::finding::Finding;
use crate::findings::Weave;
use crate::index::FrameHash;
use crate::picture::Luma;
use crate::protocol::{
    End, FrameRecord, LumaOf, PictureLayout, Record, Request, Sample, Seen, Stage, Trouble,
};
use crate::thumbnail::Thumbnail;
use crate::time::{FrameNo, Pts};
use again::different;

/// Everything heard, and what was seen in the pictures.
#[derive(Default)]
pub(super) struct Pass {
    pub(super) facts: Facts,
    pub(super) unreadable: Option<String>,
    pub(super) frames: Vec<Frame>,
    pub(super) hashes: Vec<FrameHash>,
    pub(super) samples: Vec<Sample>,
    pub(super) stored: Vec<Sample>,
    pub(super) troubles: Troubles,
    pub(super) end: Option<End>,
    pub(super) gone: Option<Gone>,
    pub(super) scanned: Vec<Finding>,
    /// One entry for each frame.
    pub(super) woven: Vec<Option<Weave>>,
    pub(super) thumbnails: Vec<Thumbnail>,
    pub(super) hearing: Hearing,
    pub(super) resumed: Resumed,
}

/// What a pass begins with.
pub(super) struct Begin<'a> {
    /// A process for the whole file.
    pub(super) session: Session,
    pub(super) limits: &'a Limits,
    pub(super) size: u64,
    /// What an earlier pass left, if it left anything.
    pub(super) earlier: Option<Result<Recalled, Refused>>,
    pub(super) log: Writer,
}

/// Errors that the demuxer and decoder reported.
#[derive(Debug, Default)]
pub(super) struct Troubles {
    pub(super) demux: usize,
    pub(super) decode: usize,
    pub(super) first: Option<Trouble>,
}

impl Pass {
    /// Listens until the process is done or gone.
    ///
    /// What several decoding threads make of damage depends on which is faster. At the first sign of
    /// damage the file is therefore decoded again from the start by a process with one thread. Frames
    /// that were seen before are not seen again, only hashed.
    ///
    /// A pass that goes on where an earlier one was cut off, and cannot after all, begins from the start
    /// as if there had been none.
    pub(super) fn run(
        begin: Begin<'_>,
        start: &dyn Fn(Start) -> Result<Session, Error>,
        watch: &mut dyn Watch,
    ) -> Result<Self, Error> {
        let mut session = begin.session;
        let mut listener = Listener {
            pass: Self::default(),
            single: begin.limits.threads <= 1,
            seen: 0,
            luma: Vec::new(),
            scene: None,
            log: begin.log,
            overlap: None,
            effort: Effort::default(),
            limits: begin.limits,
            size: begin.size,
            watch,
        };
        listener.pass.facts.size = begin.size;
        if let Some(earlier) = begin.earlier {
            match listener.go_on(earlier) {
                Ok(mark) => session = start(Start::From(mark))?,
                Err(why) => listener.begin_afresh(why),
            }
        }
        let mut ended = listener.listen(&mut session);
        while let Ok(ControlFlow::Break(again)) = ended {
            session = match again {
                Again::Single => {
                    listener.begin_again();
                    start(Start::Single)?
                }
                Again::Afresh(why) => {
                    listener.begin_afresh(Some(why));
                    start(Start::Whole)?
                }
            };
            ended = listener.listen(&mut session);
        }
        drop(session);
        let pass = listener.finish();
        ended.map(|_| pass)
    }

    /// Whether the process read the whole file.
    pub(super) fn complete(&self) -> bool {
        self.gone.is_none() && self.end.is_some_and(|end| end.whole)
    }

    /// Facts of the examined stream.
    pub(super) fn video(&self) -> Option<(&crate::facts::Stream, &VideoFacts)> {
        self.facts.examined()
    }
}

struct Listener<'a> {
    pass: Pass,
    /// Room for a luma plane.
    luma: Vec<u8>,
    /// Whether the process decodes with one thread.
    single: bool,
    /// Frames that have been shown to the watcher and the methods.
    seen: usize,
    scene: Option<Scene>,
    log: Writer,
    /// What the process must give over again before its frames count.
    overlap: Option<Overlap>,
    effort: Effort,
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
            if damage(&record) {
                match self.meet_damage() {
                    Some(again) => return Ok(ControlFlow::Break(again)),
                    None if self.overlap.is_some() => {}
                    None => self.log.void("there is damage in it"),
                }
            }
            match self.take(session, record) {
                Ok(ControlFlow::Continue(())) => {}
                Ok(ControlFlow::Break(())) => return Ok(ControlFlow::Continue(())),
                Err(Stop::Cancelled) => return Err(Error::Cancelled),
                Err(Stop::Afresh(why)) => return Ok(ControlFlow::Break(Again::Afresh(why))),
                Err(Stop::Gone(gone)) => {
                    self.pass.gone = Some(gone);
                    return Ok(ControlFlow::Continue(()));
                }
            }
        }
    }

    fn take(&mut self, session: &mut Session, record: Record) -> Result<ControlFlow<()>, Stop> {
        match record {
            Record::Opened(facts) => self.open(session, *facts)?,
            Record::Unreadable { reason } => self.pass.unreadable = Some(reason),
            Record::NeedRing { bytes } => session.make_room(bytes)?,
            Record::Frame(frame) => self.frame(session, frame)?,
            Record::Samples(samples) => self.samples(session, samples)?,
            Record::Mark(mark) => self.log.mark(mark),
            Record::Stored(samples) => {
                self.end_pictures()?;
                let read = samples.last().and_then(|sample| sample.position);
                bounded(session, &mut self.pass.stored, samples, self.limits)?;
                self.tell(Doing::Structure, self.effort.within(read, None) / 2)?;
            }
            Record::Reading { read } => {
                self.end_pictures()?;
                let within = self.effort.within(Some(read), None);
                self.tell(Doing::Structure, HALF + within / 2)?;
            }
            Record::Essence(streams) => {
                self.end_pictures()?;
                self.essence(session, streams)?;
            }
            Record::Trouble(_) if self.overlap.is_some() => {}
            Record::Trouble(trouble) => self.pass.troubles.take(trouble),
            Record::SoundStart(_) | Record::SoundChunk(_) | Record::SoundEnd(_) => {
                self.hear(session, record)?;
            }
            Record::End(end) => {
                self.end_pictures()?;
                self.pass.end = Some(end);
                return Ok(ControlFlow::Break(()));
            }
            _ => return Err(session.nonsense("an unexpected record").into()),
        }
        Ok(ControlFlow::Continue(()))
    }

    fn open(&mut self, session: &mut Session, mut facts: Facts) -> Result<(), Stop> {
        let sane = facts
            .streams
            .iter()
            .all(|stream| stream.time_base.num > 0 && stream.time_base.den > 0);
        let video = facts.video.map(|index| facts.streams.get(index));
        if !sane || video.is_some_and(|it| it.is_none_or(|it| it.video.is_none())) {
            return Err(session.nonsense("impossible facts").into());
        }
        facts.size = self.size;
        facts.presentation = None;
        for stream in &mut facts.streams {
            stream.essence = None;
        }
        if self.overlap.is_some() {
            let same = self.pass.facts == facts;
            return same.then_some(()).ok_or_else(different);
        }
        let blank = Facts {
            size: self.size,
            ..Facts::default()
        };
        if self.pass.facts != blank {
            return Err(session.nonsense("facts come twice").into());
        }
        self.log.facts(&facts);
        self.effort = Effort::new(&facts, None);
        if self.scene.is_none() {
            self.scene = facts.examined().map(|(it, video)| Scene::new(it, video));
        }
        self.pass.facts = facts;
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
        if self.scene.is_none() {
            return Err(session.nonsense("a frame of no stream").into());
        }
        let Ok(no) = u32::try_from(self.pass.frames.len()) else {
            return Err(session.nonsense("more frames than can be numbered").into());
        };
        if no >= self.limits.max_frames {
            return Err(session.nonsense("more frames than allowed").into());
        }
        let Some(bytes) = luma_bytes(&frame.layout, self.limits.max_pixels) else {
            return Err(session.nonsense("an impossible picture").into());
        };
        let Some(seen) = frame.seen.take().map(|seen| *seen) else {
            return Err(session.nonsense("a frame that nobody looked at").into());
        };
        if let Some(slot) = frame.slot {
            session.picture(slot, 0, bytes, &mut self.luma)?;
            session.say(&Request::Credit)?;
        }
        if self.overlap.is_some() {
            return self.over_again(&frame, seen.hash);
        }
        let (read, with_luma) = (frame.position.or(Some(frame.read)), frame.slot.is_some());
        let frame = Frame::after(self.pass.frames.last(), frame);
        self.pass.hashes.push(seen.hash);
        self.pass.woven.push(seen.woven);
        if self.pass.frames.len() == self.seen {
            self.seen += 1;
            self.see(FrameNo(no), &frame, &seen, with_luma);
        }
        self.pass.frames.push(frame);
        let within = self.effort.within(read, self.position());
        self.tell(Doing::Pictures, within)
    }

    /// Shows a new frame to the watcher and the methods, and logs what was made of it.
    fn see(&mut self, no: FrameNo, frame: &Frame, seen: &Seen, with_luma: bool) {
        let Some(scene) = &mut self.scene else {
            return;
        };
        let luma = with_luma.then(|| luma(&self.luma, &frame.layout));
        if let Some(luma) = luma.filter(|_| self.watch.wants() == LumaOf::All) {
            let pts = frame.pts.map(Pts);
            self.watch.frame(no, pts, scene.time_base, luma);
        }
        let thumbnail = scene.see(no, frame, seen.glance.clone(), luma);
        if self.log.is_on() {
            let mut note = Vec::new();
            if let Some(memory) = self.watch.memory() {
                memory.note(&mut note);
            }
            self.log.frame(frame, seen, thumbnail, note);
        }
    }

    fn hear(&mut self, session: &mut Session, record: Record) -> Result<(), Stop> {
        self.end_pictures()?;
        let read = match &record {
            Record::SoundChunk(chunk) => Some(chunk.read),
            _ => None,
        };
        self.pass.hearing.take(session, &self.pass.facts, record)?;
        let Some(read) = read else {
            return Ok(());
        };
        if let Some((form, first, samples)) = self.pass.hearing.last() {
            self.watch.sound(form, first, samples);
        }
        let time = self.pass.hearing.position();
        let time = time.and_then(|it| u64::try_from(it.as_micros()).ok());
        let within = self.effort.within(Some(read), time);
        self.tell(Doing::Sound, within)
    }

    fn finish(self) -> Pass {
        let (mut pass, mut log) = (self.pass, self.log);
        log.flush();
        if let Some(scene) = self.scene {
            (pass.scanned, pass.thumbnails) = scene.finish();
        }
        pass
    }
}

/// Half of a stage, in millionths.
const HALF: u64 = 500_000;

/// Why the file is decoded from the start once more.
enum Again {
    /// By one thread: there is damage.
    Single,
    /// As if it had not been gone on with, for this reason.
    Afresh(String),
}

/// Why listening ends early.
enum Stop {
    Cancelled,
    Gone(Gone),
    Afresh(String),
}

/// Whether a record tells of damage.
fn damage(record: &Record) -> bool {
    match record {
        Record::Trouble(_) => true,
        Record::Frame(frame) => frame.damaged,
        _ => false,
    }
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
