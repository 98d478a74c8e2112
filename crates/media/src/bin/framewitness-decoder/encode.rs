//! Pictures coded on request. This process sees pixels alone: it has no file.

use std::io;

use media::protocol::{Begin, Encoded, EncoderForm, Record, Request};

use crate::av::{AvError, Encoder, Packet};
use crate::ring::Ring;
use media::channel::Channel;

/// Answers requests until the parent goes away.
pub(crate) fn run(mut channel: Channel, begin: &Begin) -> io::Result<()> {
    let mut ring = Ring::default();
    let mut desk: Option<Desk> = None;
    while let Some(request) = channel.ask()? {
        match request {
            Request::Ring { slots, slot_bytes } => ring.map(slots, slot_bytes)?,
            Request::Encode(form) => {
                let record = match code(&mut desk, &form, begin.threads, ring.slot(0)) {
                    Ok(encoded) => Record::Encoded(encoded),
                    Err(error) => Record::Unreadable {
                        reason: error.to_string(),
                    },
                };
                channel.say(&record)?;
            }
            _ => return Err(io::ErrorKind::InvalidData.into()),
        }
    }
    Ok(())
}

/// A coder, and the form that it was opened for.
struct Desk {
    form: EncoderForm,
    encoder: Encoder,
    packet: Packet,
}

fn code(
    desk: &mut Option<Desk>,
    form: &EncoderForm,
    threads: u32,
    slot: &mut [u8],
) -> Result<Encoded, AvError> {
    let first = desk.is_none();
    let desk = match desk {
        Some(desk) if desk.form == *form => desk,
        Some(_) => return Err(AvError::UNSUPPORTED),
        none => none.insert(Desk {
            form: form.clone(),
            encoder: Encoder::open(form, threads)?,
            packet: Packet::new()?,
        }),
    };
    let planes = usize::try_from(form.layout.bytes).map_err(|_| AvError::NO_MEMORY)?;
    let (planes, rest) = slot
        .split_at_mut_checked(planes)
        .ok_or(AvError::NO_MEMORY)?;
    desk.encoder.encode(planes, &mut desk.packet)?;
    let coded = desk.packet.payload();
    let target = rest.get_mut(..coded.len()).ok_or(AvError::NO_MEMORY)?;
    target.copy_from_slice(coded);
    Ok(Encoded {
        offset: form.layout.bytes,
        bytes: coded.len() as u64,
        header: first.then(|| desk.encoder.header()),
    })
}
