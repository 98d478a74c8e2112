//! One whole pass over the file.

use std::io;

use media::protocol::{Begin, End, FrameRecord, Record, Request, Stage, Trouble};

use crate::av::{Frame, Scaler};
use crate::channel::Channel;
use crate::essence;
use crate::ring::Ring;
use crate::source::{Opened, Source, Unreadable};
use crate::stored;

/// Samples that are sent at once.
const BATCH: usize = 512;

/// Opens the file and tells what it is; `None` when there is nothing to decode.
pub(crate) fn open(channel: &mut Channel, begin: &Begin) -> io::Result<Option<Source>> {
    match Source::open(begin) {
        Ok(Opened { facts, source }) => {
            channel.say(&Record::Opened(facts))?;
            Ok(source)
        }
        Err(Unreadable { facts, reason }) => {
            if let Some(facts) = facts {
                channel.say(&Record::Opened(*facts))?;
            }
            channel.say(&Record::Unreadable { reason })?;
            Ok(None)
        }
    }
}

/// Decodes everything and hands over every picture.
pub(crate) fn run(mut channel: Channel, begin: &Begin) -> io::Result<()> {
    let (mut read, mut whole) = (begin.size, true);
    let mut examined = None;
    if let Some(mut source) = open(&mut channel, begin)? {
        let mut gallery = Gallery::default();
        while let Some(record) = next(&mut source, &mut channel)? {
            gallery.show(&mut channel, source.frame(), record)?;
        }
        (read, whole) = (source.reached(), source.whole());
        examined = Some(source.into_essence());
        stored::list(&mut channel, begin)?;
    }
    channel.say(&Record::Essence(essence::of_all(begin, examined)))?;
    channel.say(&Record::End(End { read, whole }))
}

/// The next frame, after everything that was learnt on the way to it.
fn next(source: &mut Source, channel: &mut Channel) -> io::Result<Option<FrameRecord>> {
    let frame = loop {
        match source.advance() {
            Ok(frame) => break frame,
            // The picture could not be described; the next may be.
            Err(error) => channel.say(&Record::Trouble(Trouble {
                stage: Stage::Decode,
                sample: None,
                position: None,
                message: error.to_string(),
            }))?,
        }
    };
    for samples in source.take_samples().chunks(BATCH) {
        channel.say(&Record::Samples(samples.to_vec()))?;
    }
    for trouble in source.take_trouble() {
        channel.say(&Record::Trouble(trouble))?;
    }
    Ok(frame)
}

/// Puts pictures into the ring as the parent makes room.
#[derive(Default)]
struct Gallery {
    ring: Ring,
    scaler: Scaler,
    slot: u32,
    credits: u32,
}

impl Gallery {
    fn show(
        &mut self,
        channel: &mut Channel,
        frame: &Frame,
        mut record: FrameRecord,
    ) -> io::Result<()> {
        let planes = bytes(record.layout.bytes)?;
        let pixels = u64::from(record.layout.width) * u64::from(record.layout.height);
        let luma = if record.layout.luma_follows {
            bytes(pixels)?
        } else {
            0
        };
        self.make_room(channel, planes + luma)?;
        let slot = self.ring.slot(self.slot);
        let (planes, rest) = slot.split_at_mut(planes);
        frame.copy_to(planes).map_err(lost)?;
        if luma > 0 {
            self.scaler.luma(frame, &mut rest[..luma]).map_err(lost)?;
        }
        record.slot = Some(self.slot);
        self.slot = (self.slot + 1) % self.ring.slots();
        self.credits -= 1;
        channel.say(&Record::Frame(record))
    }

    /// Waits until the next slot is free and large enough.
    fn make_room(&mut self, channel: &mut Channel, needed: usize) -> io::Result<()> {
        if needed > self.ring.slot_bytes() {
            channel.say(&Record::NeedRing {
                bytes: needed as u64,
            })?;
        }
        while needed > self.ring.slot_bytes() || self.credits == 0 {
            match channel.demand()? {
                Request::Credit => self.credits += 1,
                Request::Ring { slots, slot_bytes } => {
                    self.ring.map(slots, slot_bytes)?;
                    (self.slot, self.credits) = (0, slots);
                }
                _ => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
        Ok(())
    }
}

fn bytes(count: u64) -> io::Result<usize> {
    usize::try_from(count).map_err(|_| io::ErrorKind::OutOfMemory.into())
}

fn lost(error: crate::av::AvError) -> io::Error {
    io::Error::other(error.to_string())
}
