//! The samples as stored, where edit lists may hide some.

use std::io;

use media::protocol::{Begin, End, Record, Sample};

use crate::av::{AvError, EditLists, Input, Packet, known};
use crate::describe;
use media::channel::Channel;

/// Samples that are sent at once.
const BATCH: usize = 512;

/// Lists the samples twice, as presented and as stored, and decodes nothing.
pub(crate) fn run(mut channel: Channel, begin: &Begin) -> io::Result<()> {
    let mut whole = false;
    if let Ok(mut input) = Input::open(begin.size, EditLists::Follow) {
        whole = read(&mut channel, &mut input, begin, Record::Samples)?;
        drop(input);
        list(&mut channel, begin)?;
    }
    channel.say(&Record::End(End {
        read: begin.size,
        whole,
    }))
}

/// Lists the samples of the video without following edit lists. Only the MP4 family has
/// such lists; other containers were read whole by the pass.
pub(crate) fn list(channel: &mut Channel, begin: &Begin) -> io::Result<()> {
    let Ok(mut input) = Input::open(begin.size, EditLists::Ignore) else {
        return Ok(());
    };
    if !input.format().0.split(',').any(|name| name == "mp4") {
        return Ok(());
    }
    read(channel, &mut input, begin, Record::Stored).map(drop)
}

/// Sends the samples of the video. Whether the container was read to its end.
fn read(
    channel: &mut Channel,
    input: &mut Input,
    begin: &Begin,
    record: fn(Vec<Sample>) -> Record,
) -> io::Result<bool> {
    let video = describe::video(input, begin.track);
    let (Some(video), Ok(mut packet)) = (video, Packet::new()) else {
        return Ok(true);
    };
    input.select(video);
    let mut batch = Vec::with_capacity(BATCH);
    let end = loop {
        match input.read(&mut packet) {
            Ok(()) if packet.stream() == video => batch.push(sample(&packet)),
            Ok(()) | Err(AvError::AGAIN) => {}
            Err(error) => break error,
        }
        packet.clear();
        if batch.len() == BATCH {
            channel.say(&record(std::mem::take(&mut batch)))?;
        }
    };
    channel.say(&record(batch))?;
    Ok(end == AvError::EOF)
}

fn sample(packet: &Packet) -> Sample {
    Sample {
        pts: known(packet.pts()),
        dts: known(packet.dts()),
        position: packet.position(),
        size: packet.size(),
        key: packet.key(),
        hidden: packet.hidden(),
    }
}
