//! The samples as stored, where edit lists may hide some.

use std::io;

use media::protocol::{Begin, Record, Sample};

use crate::av::{AvError, EditLists, Input, Packet, known};
use crate::channel::Channel;

/// Samples that are sent at once.
const BATCH: usize = 512;

/// Lists the samples of the first video stream without following edit lists. Only the MP4 family has
/// such lists; other containers were read whole by the pass.
pub(crate) fn list(channel: &mut Channel, begin: &Begin) -> io::Result<()> {
    let Ok(mut input) = Input::open(begin.size, EditLists::Ignore) else {
        return Ok(());
    };
    if !input.format().0.split(',').any(|name| name == "mp4") {
        return Ok(());
    }
    let video = input
        .streams()
        .position(|stream| stream.kind() == media::facts::StreamKind::Video);
    let (Some(video), Ok(mut packet)) = (video, Packet::new()) else {
        return Ok(());
    };
    input.select(video);
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        match input.read(&mut packet) {
            Ok(()) if packet.stream() == video => batch.push(sample(&packet)),
            Ok(()) | Err(AvError::AGAIN) => {}
            Err(_) => break,
        }
        packet.clear();
        if batch.len() == BATCH {
            channel.say(&Record::Stored(std::mem::take(&mut batch)))?;
        }
    }
    channel.say(&Record::Stored(batch))
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
