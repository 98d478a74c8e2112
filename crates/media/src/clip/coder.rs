//! The process that codes pictures or sound.

use std::fs::File;

use crate::decoder::{Decoder, Error, Heard, Session};
use crate::protocol::{Record, Request, Task};

/// A jailed process without a file, which is given planes or samples and gives them back coded.
pub(super) struct Coder(Session);

/// What was coded.
pub(super) struct Coded {
    /// None where the coder waits for more before it gives something.
    pub(super) bytes: Vec<u8>,
    /// What a decoder must know beforehand; with the first.
    pub(super) header: Option<Vec<u8>>,
    /// Whether it can be decoded by itself.
    pub(super) key: bool,
    /// Sound samples that come out before the first.
    pub(super) priming: u32,
}

impl Coder {
    /// For what has at most so many bytes at a time.
    pub(super) fn start(decoder: &Decoder, largest: u64) -> Result<Self, Error> {
        let nothing = File::open("/dev/null").map_err(Error::io("open /dev/null"))?;
        let threads = decoder.limits().threads;
        let mut session = Session::start(decoder, &nothing, 0, Task::Encode, threads)?;
        // Noise grows when it is coded, by less than as much again.
        session.make_room(largest.saturating_mul(3).saturating_add(1 << 16))?;
        Ok(Self(session))
    }

    /// Hands over planes or samples, to be taken back coded.
    pub(super) fn give(&mut self, bytes: &[u8], request: &Request) -> Result<(), Error> {
        self.0.put(bytes)?;
        self.0.say(request)?;
        Ok(())
    }

    /// Asks for what is still to come, when nothing more is given.
    pub(super) fn finish(&mut self) -> Result<(), Error> {
        Ok(self.0.say(&Request::Finish)?)
    }

    /// What was handed over last, coded, or what the coder waited with; `None` if it cannot be coded, or did not come
    /// back from the coded one as it was.
    pub(super) fn take(&mut self) -> Result<Option<Coded>, Error> {
        match self.0.hear() {
            Heard::Record(Record::Encoded(coded)) => {
                let mut bytes = Vec::new();
                self.0.picture(0, coded.offset, coded.bytes, &mut bytes)?;
                Ok(Some(Coded {
                    bytes,
                    header: coded.header,
                    key: coded.key,
                    priming: coded.priming,
                }))
            }
            Heard::Record(Record::Unreadable { .. }) => Ok(None),
            Heard::Record(_) => Err(self.0.nonsense("an unexpected record").into()),
            Heard::Gone(gone) => Err(gone.into()),
        }
    }
}
