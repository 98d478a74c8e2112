//! One whole pass over the file.

use std::io;

use media::facts::Facts;
use media::picture::Luma;
use media::protocol::{Begin, End, FrameRecord, LumaOf, Record, Request, Stage, Task, Trouble};

use crate::av::read_at;
use crate::essence;
use crate::gather::Gather;
use crate::parts;
use crate::ring::Ring;
use crate::sound;
use crate::source::{Opened, Source, Unreadable};
use crate::stored;
use media::channel::Channel;

/// Samples that are sent at once.
const BATCH: usize = 512;

/// What the file holds, as far as it could be told.
#[derive(Default)]
pub(crate) struct Contents {
    /// The stream to decode.
    pub(crate) source: Option<Source>,
    streams: usize,
    sound: bool,
}

/// Opens the file and tells what it is.
pub(crate) fn open(channel: &mut Channel, begin: &Begin) -> io::Result<Contents> {
    match Source::open(begin) {
        Ok(Opened { facts, source }) => Ok(Contents {
            source,
            ..tell(channel, begin, facts)?
        }),
        Err(Unreadable { facts, reason }) => {
            let contents = match facts {
                Some(facts) => tell(channel, begin, *facts)?,
                None => Contents::default(),
            };
            channel.say(&Record::Unreadable { reason })?;
            Ok(contents)
        }
    }
}

/// Tells the facts; those of a pass with the container's parts, for which the whole file is walked.
fn tell(channel: &mut Channel, begin: &Begin, mut facts: Facts) -> io::Result<Contents> {
    if matches!(begin.task, Task::Pass(_)) && begin.track.is_none() {
        facts.parts = parts::walk(&facts.format, begin.size, &read_at);
    }
    let contents = Contents {
        source: None,
        streams: facts.streams.len(),
        sound: facts.audio.is_some(),
    };
    channel.say(&Record::Opened(Box::new(facts)))?;
    Ok(contents)
}

/// Decodes everything, and hands over the luma of frames.
pub(crate) fn run(mut channel: Channel, begin: &Begin, luma: LumaOf) -> io::Result<()> {
    let (mut read, mut whole) = (begin.size, true);
    let mut examined = None;
    let mut gallery = Gallery::default();
    let contents = open(&mut channel, begin)?;
    if let Some(mut source) = contents.source {
        approach(&mut source, &mut channel)?;
        let mut gather = Gather::start(luma, begin.threads == 1)?;
        while let Some(record) = next(&mut source, &mut gather)? {
            let frame = source.take_frame().map_err(lost)?;
            gather.take(frame, record, &mut channel, &mut gallery)?;
        }
        gather.finish(&mut channel, &mut gallery)?;
        (read, whole) = (source.reached(), source.whole());
        examined = Some(source.into_essence());
        stored::list(&mut channel, begin)?;
    }
    if begin.track.is_none() {
        essence::tell(&mut channel, begin, contents.streams, examined)?;
    }
    if contents.sound {
        sound::pass::run(&mut channel, begin, &mut gallery)?;
    }
    channel.say(&Record::End(End { read, whole }))
}

/// Reads on to where decoding begins.
fn approach(source: &mut Source, channel: &mut Channel) -> io::Result<()> {
    let mut read = 0;
    while source.approach() {
        read += 1;
        if read % BATCH == 0 {
            channel.say(&Record::Samples(source.take_samples()))?;
        }
    }
    Ok(())
}

/// The next frame; what was learnt on the way to it is told before it.
fn next(source: &mut Source, gather: &mut Gather) -> io::Result<Option<FrameRecord>> {
    let frame = loop {
        match source.advance() {
            Ok(frame) => break frame,
            // The picture could not be described; the next may be.
            Err(error) => gather.tell(Record::Trouble(Trouble {
                stage: Stage::Decode,
                sample: None,
                position: None,
                message: error.to_string(),
            }))?,
        }
    };
    for samples in source.take_samples().chunks(BATCH) {
        gather.tell(Record::Samples(samples.to_vec()))?;
    }
    for mark in source.take_marks() {
        gather.tell(Record::Mark(mark))?;
    }
    for trouble in source.take_trouble() {
        gather.tell(Record::Trouble(trouble))?;
    }
    Ok(frame)
}

/// Puts luma and sound into the ring as the parent makes room.
#[derive(Default)]
pub(crate) struct Gallery {
    ring: Ring,
    slot: u32,
    credits: u32,
}

impl Gallery {
    /// Puts luma into the next slot, rows without padding, and says which it is.
    pub(crate) fn hang(&mut self, channel: &mut Channel, luma: Luma<'_>) -> io::Result<u32> {
        let bytes = luma.width * luma.height;
        self.make_room(channel, bytes)?;
        let slot = &mut self.ring.slot(self.slot)[..bytes];
        if luma.stride == luma.width {
            slot.copy_from_slice(&luma.data[..bytes]);
        } else {
            for (y, row) in slot.chunks_exact_mut(luma.width).enumerate() {
                row.copy_from_slice(luma.row(y));
            }
        }
        Ok(self.spend())
    }

    /// Puts bytes into the next slot and says which it is.
    pub(crate) fn put(&mut self, channel: &mut Channel, bytes: &[u8]) -> io::Result<u32> {
        self.make_room(channel, bytes.len())?;
        self.ring.slot(self.slot)[..bytes.len()].copy_from_slice(bytes);
        Ok(self.spend())
    }

    /// Takes the slot at hand and goes on to the next.
    fn spend(&mut self) -> u32 {
        let slot = self.slot;
        self.slot = (self.slot + 1) % self.ring.slots();
        self.credits -= 1;
        slot
    }

    /// Waits until the next slot is free and large enough.
    fn make_room(&mut self, channel: &mut Channel, needed: usize) -> io::Result<()> {
        if needed > self.ring.slot_bytes() {
            channel.say(&Record::NeedRing {
                bytes: needed as u64,
            })?;
        }
        while needed > self.ring.slot_bytes() || self.credits == 0 {
            self.hear(&channel.demand()?)?;
        }
        Ok(())
    }

    /// Takes what the parent says of the ring.
    pub(crate) fn hear(&mut self, request: &Request) -> io::Result<()> {
        match request {
            Request::Credit => self.credits += 1,
            Request::Ring { slots, slot_bytes } => {
                self.ring.map(*slots, *slot_bytes)?;
                (self.slot, self.credits) = (0, *slots);
            }
            _ => return Err(io::ErrorKind::InvalidData.into()),
        }
        Ok(())
    }
}

fn lost(error: crate::av::AvError) -> io::Error {
    io::Error::other(error.to_string())
}
