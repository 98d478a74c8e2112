//! Single frames on request.

use std::io;

use media::field::Field;
use media::protocol::{Begin, Conversion, End, PictureLayout, Record, Request};

use crate::av::{AvError, FieldRows, Scaler, reduced, rgb};
use crate::pass;
use crate::ring::Ring;
use crate::source::{Opened, Source};
use media::channel::Channel;

/// Answers requests until the parent goes away.
pub(crate) fn run(mut channel: Channel, begin: &Begin) -> io::Result<()> {
    let Some(source) = pass::open(&mut channel, begin)?.source else {
        return Ok(());
    };
    let mut reader = Reader {
        begin,
        source,
        ring: Ring::default(),
        scaler: Scaler::with_threads(begin.threads),
        layout: None,
    };
    while let Some(request) = channel.ask()? {
        reader.answer(&mut channel, request)?;
    }
    Ok(())
}

struct Reader<'a> {
    begin: &'a Begin,
    source: Source,
    ring: Ring,
    scaler: Scaler,
    /// Layout of the frame described last.
    layout: Option<PictureLayout>,
}

impl Reader<'_> {
    fn answer(&mut self, channel: &mut Channel, request: Request) -> io::Result<()> {
        match request {
            Request::Next => channel.say(&self.next()),
            Request::Fetch => self.fetch(channel),
            Request::Convert(layout) => {
                let record = self.convert(&layout)?;
                channel.say(&record)
            }
            Request::ConvertField { layout, field } => {
                let record = self.convert_field(&layout, field)?;
                channel.say(&record)
            }
            Request::Reduce { width, height } => {
                let record = self.reduce(width, height)?;
                channel.say(&record)
            }
            Request::Seek { ticks } => {
                self.layout = None;
                let done = self.source.seek(ticks).is_ok();
                channel.say(&Record::Moved { done })
            }
            Request::Restart => {
                let done = self.restart();
                channel.say(&Record::Moved { done })
            }
            Request::Haste(until) => {
                self.source.haste(until);
                Ok(())
            }
            Request::Ring { slots, slot_bytes } => self.ring.map(slots, slot_bytes),
            Request::Begin(_)
            | Request::Credit
            | Request::Listen { .. }
            | Request::Encode(_)
            | Request::EncodeSound { .. }
            | Request::Finish
            | Request::Model(_)
            | Request::Describe => Err(io::ErrorKind::InvalidData.into()),
        }
    }

    fn next(&mut self) -> Record {
        loop {
            let step = self.source.advance();
            // What a pass would have reported is known by now.
            self.source.take_samples();
            self.source.take_trouble();
            match step {
                Ok(Some(frame)) => {
                    self.layout = Some(frame.layout.clone());
                    return Record::Frame(frame);
                }
                Ok(None) => {
                    self.layout = None;
                    return Record::End(End {
                        read: self.source.reached(),
                        whole: self.source.whole(),
                    });
                }
                Err(_) => {}
            }
        }
    }

    fn fetch(&mut self, channel: &mut Channel) -> io::Result<()> {
        let Some(layout) = self.layout.clone() else {
            return Err(io::ErrorKind::InvalidData.into());
        };
        let unfit = || io::Error::from(io::ErrorKind::InvalidData);
        let needed = usize::try_from(layout.bytes).map_err(|_| unfit())?;
        let planes = self.ring.slot(0).get_mut(..needed).ok_or_else(unfit)?;
        self.source
            .frame()
            .copy_to(planes)
            .map_err(|error| io::Error::other(error.to_string()))?;
        channel.say(&Record::Picture(layout))
    }

    fn convert(&mut self, layout: &PictureLayout) -> io::Result<Record> {
        let unfit = || io::Error::from(io::ErrorKind::InvalidData);
        let planes = usize::try_from(layout.bytes).map_err(|_| unfit())?;
        let pixels = layout.width as usize * layout.height as usize;
        let (planes, rest) = self
            .ring
            .slot(0)
            .split_at_mut_checked(planes)
            .ok_or_else(unfit)?;
        let target = rest.get_mut(..pixels * 3).ok_or_else(unfit)?;
        let mut conversion = rgb(&mut self.scaler, layout, planes, target)
            .map_err(|error| io::Error::other(error.to_string()))?;
        conversion.offset = layout.bytes;
        Ok(Record::Converted(conversion))
    }

    /// The rows of a field behind the planes, and RGB behind those.
    fn convert_field(&mut self, layout: &PictureLayout, field: Field) -> io::Result<Record> {
        let unfit = || io::Error::from(io::ErrorKind::InvalidData);
        let planes = usize::try_from(layout.bytes).map_err(|_| unfit())?;
        let slot = self.ring.slot(0).split_at_mut_checked(planes);
        let (planes, rest) = slot.ok_or_else(unfit)?;
        let unreadable = |error: AvError| Record::Unreadable {
            reason: error.to_string(),
        };
        let own = match FieldRows::of(layout, planes, field) {
            Ok(own) => own,
            Err(error) => return Ok(unreadable(error)),
        };
        let slot = rest.split_at_mut_checked(own.rows.len());
        let (rows, rest) = slot.ok_or_else(unfit)?;
        rows.copy_from_slice(&own.rows);
        let pixels = own.layout.width as usize * own.layout.height as usize;
        let target = rest.get_mut(..3 * pixels).ok_or_else(unfit)?;
        let bytes = own.rows.len() as u64;
        Ok(
            match rgb(&mut self.scaler, &own.layout, &own.planes, target) {
                Ok(conversion) => Record::Field {
                    bytes,
                    rows: own.layout.height,
                    conversion: Conversion {
                        offset: layout.bytes + bytes,
                        ..conversion
                    },
                },
                Err(error) => unreadable(error),
            },
        )
    }

    fn reduce(&mut self, width: u32, height: u32) -> io::Result<Record> {
        let unfit = || io::Error::from(io::ErrorKind::InvalidData);
        let layout = self.layout.as_ref().ok_or_else(unfit)?;
        let needed = 3 * u64::from(width) * u64::from(height);
        let needed = usize::try_from(needed).map_err(|_| unfit())?;
        let target = self.ring.slot(0).get_mut(..needed).ok_or_else(unfit)?;
        let frame = self.source.frame();
        let made = reduced(&mut self.scaler, frame, layout, (width, height), target);
        Ok(Record::Reduced { done: made.is_ok() })
    }

    fn restart(&mut self) -> bool {
        self.layout = None;
        match Source::open(self.begin) {
            Ok(Opened {
                source: Some(source),
                ..
            }) => {
                self.source = source;
                true
            }
            _ => false,
        }
    }
}
