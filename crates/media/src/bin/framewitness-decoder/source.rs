//! The examined stream as a sequence of decoded frames.

use media::facts::Facts;
use media::protocol::{Begin, FrameRecord, Mark, Sample, Stage, Task, Trouble};
use media::time::Rational;

use crate::av::{AvError, Codec, EditLists, Frame, Input, NO_PTS, Outcome, Packet, Stream, known};
use crate::clock::Clock;
use crate::describe;
use crate::essence::Running;
use crate::quantiser::Quantisers;
use marks::Marks;
use tickets::{Ticket, Tickets};

mod marks;
mod tickets;

/// Errors in a row, without a frame between them, after which draining the decoder is given up.
const MAX_ERRORS_AT_END: u32 = 1000;

/// A stream of a container, being decoded.
pub(crate) struct Source {
    input: Input,
    stream: usize,
    codec: Codec,
    clock: Clock,
    packet: Packet,
    frame: Frame,
    phase: Phase,
    tickets: Tickets,
    /// Times as stored are kept of each packet, since the clock rewrites them.
    samples: Vec<Sample>,
    trouble: Vec<Trouble>,
    essence: Running,
    /// In a pass, where the codec is one of those that are read.
    quantisers: Option<Quantisers>,
    marks: Marks,
    whole: bool,
    /// Position of the sample before which nothing is left out any more.
    hasty_until: Option<u64>,
}

/// Where decoding stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// A packet must be read.
    Reading,
    /// A packet waits for the decoder.
    Sending,
    /// The decoder may have more frames.
    Receiving,
    /// There are no more packets; `errors` came in a row.
    Ending { errors: u32 },
    /// There are no more frames.
    Done,
}

/// Why nothing can be decoded.
pub(crate) struct Unreadable {
    /// What is known all the same.
    pub(crate) facts: Option<Box<Facts>>,
    pub(crate) reason: String,
}

/// What opening gave.
pub(crate) struct Opened {
    pub(crate) facts: Facts,
    /// Absent when the file has no video.
    pub(crate) source: Option<Source>,
}

impl Source {
    /// Recognises the container and opens the decoder for the video that is to be looked at.
    pub(crate) fn open(begin: &Begin) -> Result<Opened, Unreadable> {
        let unreadable = |facts, error: AvError| Unreadable {
            facts,
            reason: error.to_string(),
        };
        let edits = match begin.task {
            Task::ReadStored => EditLists::Ignore,
            _ => EditLists::Follow,
        };
        let mut input = Input::open(begin.size, edits).map_err(|error| unreadable(None, error))?;
        let facts = describe::facts(&input, begin.size, begin.track);
        let Some(stream) = facts.video else {
            return Ok(Opened {
                facts,
                source: None,
            });
        };
        input.select(stream);
        match Self::decode(input, stream, begin) {
            Ok(source) => Ok(Opened {
                facts,
                source: Some(source),
            }),
            Err(error) => Err(unreadable(Some(Box::new(facts)), error)),
        }
    }

    fn decode(input: Input, stream: usize, begin: &Begin) -> Result<Self, AvError> {
        let wanted = find(&input, stream)?;
        let codec = Codec::open(wanted, begin.threads, begin.max_pixels)?;
        let clock = Clock::new(wanted, input.start_time(), input.discontinuous());
        Ok(Self {
            stream,
            codec,
            clock,
            packet: Packet::new()?,
            frame: Frame::new()?,
            phase: Phase::Reading,
            tickets: Tickets::default(),
            samples: Vec::new(),
            trouble: Vec::new(),
            essence: Running::default(),
            quantisers: matches!(begin.task, Task::Pass(_))
                .then(|| Quantisers::of(&wanted.codec(), wanted.extradata()))
                .flatten(),
            marks: Marks::new(begin),
            whole: true,
            hasty_until: None,
            input,
        })
    }

    /// Decodes the next frame and describes it; `None` when there is none left.
    pub(crate) fn advance(&mut self) -> Result<Option<FrameRecord>, AvError> {
        loop {
            match self.phase {
                Phase::Reading => self.read(),
                Phase::Sending | Phase::Receiving => {
                    if let Some(record) = self.turn()? {
                        return Ok(Some(record));
                    }
                }
                Phase::Ending { errors } => {
                    if let Some(record) = self.turn_at_end(errors)? {
                        return Ok(Some(record));
                    }
                }
                Phase::Done => return Ok(None),
            }
        }
    }

    /// The picture that [`Source::advance`] described last.
    pub(crate) fn frame(&self) -> &Frame {
        &self.frame
    }

    /// The same, for whoever keeps it while decoding goes on.
    pub(crate) fn take_frame(&mut self) -> Result<Frame, AvError> {
        Ok(std::mem::replace(&mut self.frame, Frame::new()?))
    }

    /// Samples read since the last call.
    pub(crate) fn take_samples(&mut self) -> Vec<Sample> {
        std::mem::take(&mut self.samples)
    }

    /// Marks passed since the last call.
    pub(crate) fn take_marks(&mut self) -> Vec<Mark> {
        self.marks.take()
    }

    /// Reads one packet on the way to the mark that decoding begins at. `false` once it is there.
    pub(crate) fn approach(&mut self) -> bool {
        let on_the_way = self.phase == Phase::Reading && self.marks.from.is_some();
        if on_the_way {
            self.read();
        }
        on_the_way
    }

    /// Errors reported since the last call.
    pub(crate) fn take_trouble(&mut self) -> Vec<Trouble> {
        std::mem::take(&mut self.trouble)
    }

    /// The stream that was read, and the hash over its packets since the file was opened.
    pub(crate) fn into_essence(self) -> (usize, Running) {
        (self.stream, self.essence)
    }

    /// Furthest byte of the file read so far.
    pub(crate) fn reached(&self) -> u64 {
        self.input.reached()
    }

    /// Whether the demuxer has gone on to the end.
    pub(crate) fn whole(&self) -> bool {
        self.whole
    }

    /// Leaves out pictures that no other is made from, up to the first sample at or behind this
    /// position of the file; with `None`, leaves out nothing from now on.
    pub(crate) fn haste(&mut self, until: Option<u64>) {
        self.hasty_until = until;
        self.codec.only_references(until.is_some());
    }

    /// Continues from the sync sample at or before `ticks`.
    pub(crate) fn seek(&mut self, ticks: i64) -> Result<(), AvError> {
        self.input.seek(self.stream, ticks)?;
        self.codec.flush();
        self.packet.clear();
        let stream = find(&self.input, self.stream)?;
        self.clock = Clock::new(stream, self.input.start_time(), self.input.discontinuous());
        self.tickets = Tickets::default();
        self.phase = Phase::Reading;
        Ok(())
    }

    fn read(&mut self) {
        self.packet.clear();
        match self.input.read(&mut self.packet) {
            Ok(()) if self.packet.stream() == self.stream => self.take_in(),
            Ok(()) | Err(AvError::AGAIN) => {}
            Err(AvError::EOF) => self.phase = Phase::Ending { errors: 0 },
            Err(error) => {
                self.whole = false;
                self.report(Stage::Demux, error.to_string());
                self.phase = Phase::Ending { errors: 0 };
            }
        }
    }

    fn take_in(&mut self) {
        let packet = &self.packet;
        self.essence.take(packet);
        self.samples.push(Sample {
            pts: known(packet.pts()),
            dts: known(packet.dts()),
            position: packet.position(),
            size: packet.size(),
            key: packet.key(),
            hidden: packet.hidden(),
        });
        let (position, size) = (packet.position(), packet.size());
        if self
            .hasty_until
            .is_some_and(|until| position.is_none_or(|here| here >= until))
        {
            self.haste(None);
        }
        let packet = &self.packet;
        let corrupt = packet.corrupt();
        let number = self.tickets.issue(position, size);
        if let Some(quantisers) = &mut self.quantisers {
            let found = quantisers.picture(packet.payload(), packet.renewed_extradata());
            self.tickets.set_quantiser(found);
        }
        if corrupt {
            let message = "the container marks this sample as damaged";
            self.report(Stage::Demux, message.to_owned());
        }
        if self.marks.is_before(number, &mut self.clock) {
            return;
        }
        if self.packet.key() {
            self.marks.pass(number, &self.clock);
        }
        let rate = self.rate();
        let shift = self.clock.arrive(&mut self.packet, &self.codec, rate);
        self.tickets.set_shift(shift);
        self.phase = Phase::Sending;
    }

    /// One turn of the decoder with the packet at hand.
    fn turn(&mut self) -> Result<Option<FrameRecord>, AvError> {
        let dts = self.clock.turn();
        let first = self.phase == Phase::Sending;
        let outcome = if first {
            self.send(dts)
        } else {
            self.codec.receive(&mut self.frame)
        };
        let mut advanced = 0;
        if first || outcome == Ok(Outcome::Ready) {
            let repeat = self.repeat();
            advanced = self
                .clock
                .advance(self.packet.duration(), &self.codec, repeat);
        }
        match outcome {
            Ok(Outcome::Ready) => {
                self.phase = Phase::Receiving;
                return self.describe(advanced, false).map(Some);
            }
            Ok(Outcome::Starved | Outcome::Ended) => {}
            Err(error) => self.report(Stage::Decode, error.to_string()),
        }
        self.phase = Phase::Reading;
        Ok(None)
    }

    fn send(&mut self, dts: i64) -> Result<Outcome, AvError> {
        if self.packet.size() == 0 {
            // To the decoder an empty packet would mean the end.
            return Ok(Outcome::Starved);
        }
        let pts = self.packet.pts();
        self.packet.set_times(pts, dts);
        let ticket = self.tickets.last().map_or(0, |ticket| ticket.sample);
        self.codec.send(&mut self.packet, ticket.into())?;
        self.codec.receive(&mut self.frame)
    }

    /// One turn of the decoder when no packet is left.
    fn turn_at_end(&mut self, errors: u32) -> Result<Option<FrameRecord>, AvError> {
        let rate = self.rate();
        self.clock.turn_at_end(&self.codec, rate);
        self.codec.finish();
        match self.codec.receive(&mut self.frame) {
            Ok(Outcome::Ready) => {
                self.phase = Phase::Ending { errors: 0 };
                let repeat = self.repeat();
                let advanced = self.clock.advance(0, &self.codec, repeat);
                self.describe(advanced, true).map(Some)
            }
            Err(error) if errors < MAX_ERRORS_AT_END => {
                self.report(Stage::Decode, error.to_string());
                self.phase = Phase::Ending { errors: errors + 1 };
                Ok(None)
            }
            _ => {
                self.phase = Phase::Done;
                Ok(None)
            }
        }
    }

    fn describe(&mut self, advanced: i64, at_end: bool) -> Result<FrameRecord, AvError> {
        let shifted = self.clock.leave(&self.frame, advanced, at_end);
        let ticket = self.tickets.find(self.frame.ticket());
        let shift = ticket.map_or_else(|| self.clock.shift(), |ticket| ticket.shift);
        let aspect = find(&self.input, self.stream)?.sample_aspect();
        Ok(FrameRecord {
            pts: (shifted != NO_PTS).then(|| shifted.saturating_sub(shift)),
            shift,
            duration: self.frame.duration().max(0),
            picture: self.frame.picture_type(),
            key: self.frame.key(),
            damaged: self.frame.damaged(),
            sample: ticket.map(|ticket| ticket.sample),
            position: ticket.and_then(|ticket| ticket.position),
            size: ticket.map_or(0, |ticket| ticket.size),
            layout: self.frame.layout(aspect)?,
            read: self.reached(),
            seen: None,
            slot: None,
            coder_note: self.frame.coder_note(),
            scanning: self.frame.scanning(),
            quantiser: ticket.and_then(|ticket| ticket.quantiser),
        })
    }

    fn report(&mut self, stage: Stage, message: String) {
        let at: Option<Ticket> = self.tickets.last();
        self.trouble.push(Trouble {
            stage,
            sample: at.map(|ticket| ticket.sample),
            position: at.and_then(|ticket| ticket.position),
            message,
        });
    }

    /// Average frame rate by the container.
    fn rate(&self) -> Rational {
        find(&self.input, self.stream)
            .map_or(Rational { num: 0, den: 1 }, |stream| stream.average_rate())
    }

    fn repeat(&self) -> Option<i32> {
        find(&self.input, self.stream)
            .ok()
            .and_then(|stream| stream.repeat_picture())
    }
}

fn find(input: &Input, stream: usize) -> Result<Stream<'_>, AvError> {
    input.streams().nth(stream).ok_or(AvError::EOF)
}
