//! Pictures and sound coded on request. This process sees samples alone: it has no file.

use std::io;

use media::protocol::{Begin, Encoded, EncoderForm, Record, Request, SoundEncoderForm};

use crate::av::{Aac, AvError, Encoder, H264, Packet};
use crate::ring::Ring;
use media::channel::Channel;

/// Answers requests until the parent goes away.
pub(crate) fn run(mut channel: Channel, begin: &Begin) -> io::Result<()> {
    let mut ring = Ring::default();
    let mut desk = Desk::default();
    while let Some(request) = channel.ask()? {
        let coded = match request {
            Request::Ring { slots, slot_bytes } => {
                ring.map(slots, slot_bytes)?;
                continue;
            }
            Request::Encode(form) => desk.picture(&form, begin.threads, ring.slot(0)),
            Request::EncodeSound { form, bytes } => desk.sound(form, bytes, ring.slot(0)),
            Request::Finish => desk.finish(ring.slot(0)),
            _ => return Err(io::ErrorKind::InvalidData.into()),
        };
        let record = match coded {
            Ok(encoded) => Record::Encoded(encoded),
            Err(error) => Record::Unreadable {
                reason: error.to_string(),
            },
        };
        channel.say(&record)?;
    }
    Ok(())
}

/// One coder, once it is known of what.
#[derive(Default)]
struct Desk {
    open: Option<(Of, Coder, Packet)>,
    /// Whether nothing more comes.
    ended: bool,
}

/// What a coder was opened for.
#[derive(PartialEq)]
enum Of {
    Pictures(EncoderForm),
    Sound(SoundEncoderForm),
}

enum Coder {
    Lossless(Encoder),
    H264(H264),
    Aac(Aac),
}

impl Desk {
    fn picture(
        &mut self,
        form: &EncoderForm,
        threads: u32,
        slot: &mut [u8],
    ) -> Result<Encoded, AvError> {
        let open = || match &form.lossy {
            None => Encoder::open(form, threads).map(Coder::Lossless),
            Some(lossy) => H264::open(form, lossy).map(Coder::H264),
        };
        let first = self.take_up(Of::Pictures(form.clone()), open)?;
        let (planes, rest) = split(slot, form.layout.bytes)?;
        let (_, coder, packet) = self.open.as_mut().ok_or(AvError::UNSUPPORTED)?;
        let (coded, key, header) = match coder {
            Coder::Lossless(encoder) => {
                encoder.encode(planes, packet)?;
                (
                    Some(packet.payload().to_vec()),
                    true,
                    first.then(|| encoder.header()),
                )
            }
            Coder::H264(encoder) => {
                encoder.send(planes)?;
                let (coded, key) = encoder.receive(packet)?.unzip();
                let header = first.then(|| encoder.header()).transpose()?;
                (coded, key.unwrap_or_default(), header)
            }
            Coder::Aac(_) => return Err(AvError::UNSUPPORTED),
        };
        let encoded = lay_down(coded.as_deref(), form.layout.bytes, rest)?;
        Ok(Encoded {
            key,
            header,
            ..encoded
        })
    }

    fn sound(
        &mut self,
        form: SoundEncoderForm,
        bytes: u64,
        slot: &mut [u8],
    ) -> Result<Encoded, AvError> {
        let first = self.take_up(Of::Sound(form), || Aac::open(&form).map(Coder::Aac))?;
        let (samples, rest) = split(slot, bytes)?;
        let Some((_, Coder::Aac(aac), packet)) = &mut self.open else {
            return Err(AvError::UNSUPPORTED);
        };
        aac.send(samples)?;
        let coded = aac.receive(packet)?;
        let encoded = lay_down(coded.as_deref(), bytes, rest)?;
        Ok(Encoded {
            key: true,
            header: first.then(|| aac.header()),
            priming: aac.priming(),
            ..encoded
        })
    }

    /// The next of what is still to come; nothing where that was all.
    fn finish(&mut self, slot: &mut [u8]) -> Result<Encoded, AvError> {
        let ended = std::mem::replace(&mut self.ended, true);
        let (_, coder, packet) = self.open.as_mut().ok_or(AvError::UNSUPPORTED)?;
        let coded = match coder {
            Coder::Lossless(_) => None,
            Coder::H264(encoder) => {
                if !ended {
                    encoder.end()?;
                }
                encoder.receive(packet)?
            }
            Coder::Aac(aac) => {
                if !ended {
                    aac.end()?;
                }
                aac.receive(packet)?.map(|coded| (coded, true))
            }
        };
        let (coded, key) = coded.unzip();
        let encoded = lay_down(coded.as_deref(), 0, slot)?;
        Ok(Encoded {
            key: key.unwrap_or_default(),
            ..encoded
        })
    }

    /// Opens a coder where there is none yet; whether that was so. One coder is of one form.
    fn take_up(
        &mut self,
        of: Of,
        open: impl FnOnce() -> Result<Coder, AvError>,
    ) -> Result<bool, AvError> {
        match &self.open {
            Some((known, ..)) if *known == of && !self.ended => Ok(false),
            Some(_) => Err(AvError::UNSUPPORTED),
            None => {
                self.open = Some((of, open()?, Packet::new()?));
                Ok(true)
            }
        }
    }
}

fn split(slot: &mut [u8], bytes: u64) -> Result<(&[u8], &mut [u8]), AvError> {
    let bytes = usize::try_from(bytes).map_err(|_| AvError::NO_MEMORY)?;
    let (given, rest) = slot.split_at_mut_checked(bytes).ok_or(AvError::NO_MEMORY)?;
    Ok((given, rest))
}

/// Puts what was coded into the slot behind what was given.
fn lay_down(coded: Option<&[u8]>, offset: u64, rest: &mut [u8]) -> Result<Encoded, AvError> {
    let coded = coded.unwrap_or_default();
    let target = rest.get_mut(..coded.len()).ok_or(AvError::NO_MEMORY)?;
    target.copy_from_slice(coded);
    Ok(Encoded {
        offset,
        bytes: coded.len() as u64,
        header: None,
        key: false,
        priming: 0,
    })
}
