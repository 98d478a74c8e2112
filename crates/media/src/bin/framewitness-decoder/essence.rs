//! A hash over the packets of each stream: what is left of a file when its wrapper is taken off.
//!
//! What counts is what `ffmpeg -c copy` copies: packets as the container gives them, edit lists
//! followed, from the first one that is marked as a sync sample on.

use std::io;

use media::facts::{Essence, StreamHash};
use media::protocol::{Begin, Record};
use ring::digest::{Context, SHA256};

use crate::av::{AvError, EditLists, Input, Packet};
use media::channel::Channel;

/// Bytes after which the parent is told that reading goes on.
const TOLD: u64 = 64 << 20;

/// The hash of one stream, being made.
pub(crate) struct Running {
    hash: Context,
    packets: u64,
    bytes: u64,
}

impl Default for Running {
    fn default() -> Self {
        Self {
            hash: Context::new(&SHA256),
            packets: 0,
            bytes: 0,
        }
    }
}

impl Running {
    /// Takes in the next packet of the stream.
    pub(crate) fn take(&mut self, packet: &Packet) {
        if self.packets == 0 && !packet.key() {
            // What comes before it can be decoded by nobody, and ffmpeg does not copy it.
            return;
        }
        let payload = packet.payload();
        self.hash.update(payload);
        self.packets += 1;
        self.bytes += payload.len() as u64;
    }

    fn finish(self) -> Essence {
        let mut hash = [0; 32];
        hash.copy_from_slice(self.hash.finish().as_ref());
        Essence {
            hash: StreamHash(hash),
            packets: self.packets,
            bytes: self.bytes,
        }
    }
}

/// Tells the essence of each of `count` streams in container order. `examined` is the stream that the pass
/// has read, with what was made of it.
///
/// The others are read by themselves, after the pass: damage in one stream must not end another, and
/// a container that keeps its streams apart then reads no byte twice.
pub(crate) fn tell(
    channel: &mut Channel,
    begin: &Begin,
    count: usize,
    examined: Option<(usize, Running)>,
) -> io::Result<()> {
    let mut streams: Vec<Running> = (0..count).map(|_| Running::default()).collect();
    let without = examined.as_ref().map(|(stream, _)| *stream);
    if (0..count).any(|stream| Some(stream) != without) {
        let Ok(mut input) = Input::open(begin.size, EditLists::Follow) else {
            return channel.say(&Record::Essence(Vec::new()));
        };
        input.select_others(without);
        read(channel, &mut input, without, &mut streams)?;
    }
    if let Some((stream, running)) = examined
        && let Some(place) = streams.get_mut(stream)
    {
        *place = running;
    }
    let essence = streams.into_iter().map(Running::finish).collect();
    channel.say(&Record::Essence(essence))
}

/// Reads to the end. What was read until an error is hashed all the same, as ffmpeg does.
fn read(
    channel: &mut Channel,
    input: &mut Input,
    without: Option<usize>,
    streams: &mut [Running],
) -> io::Result<()> {
    let Ok(mut packet) = Packet::new() else {
        return Ok(());
    };
    let mut told = 0;
    loop {
        packet.clear();
        match input.read(&mut packet) {
            Ok(()) => {
                let stream = packet.stream();
                if let Some(running) = streams.get_mut(stream).filter(|_| Some(stream) != without) {
                    running.take(&packet);
                }
            }
            Err(AvError::AGAIN) => {}
            Err(_) => return Ok(()),
        }
        let read = input.reached();
        if read >= told + TOLD {
            told = read;
            channel.say(&Record::Reading { read })?;
        }
    }
}
