//! The process that codes pictures without loss.

use std::fs::File;

use crate::decoder::{Decoder, Error, Heard, Session};
use crate::protocol::{EncoderForm, Record, Request, Task};

/// A jailed process without a file, which is given planes and gives them back coded.
pub(super) struct Coder {
    session: Session,
    form: EncoderForm,
}

/// A coded picture.
pub(super) struct Coded {
    pub(super) bytes: Vec<u8>,
    /// What a decoder must know beforehand; with the first picture.
    pub(super) header: Option<Vec<u8>>,
}

impl Coder {
    pub(super) fn start(decoder: &Decoder, form: EncoderForm) -> Result<Self, Error> {
        let nothing = File::open("/dev/null").map_err(Error::io("open /dev/null"))?;
        let threads = decoder.limits().threads;
        let mut session = Session::start(decoder, &nothing, 0, Task::Encode, threads)?;
        // Noise grows when it is coded, by less than as much again.
        session.make_room(form.layout.bytes.saturating_mul(3).saturating_add(1 << 16))?;
        Ok(Self { session, form })
    }

    /// Hands over planes, to be taken back coded.
    pub(super) fn give(&mut self, planes: &[u8]) -> Result<(), Error> {
        self.session.put(planes)?;
        self.session.say(&Request::Encode(self.form.clone()))?;
        Ok(())
    }

    /// The planes handed over last, coded; `None` if pictures of this form cannot be, or it did not
    /// come back from the coded one as it was.
    pub(super) fn take(&mut self) -> Result<Option<Coded>, Error> {
        match self.session.hear() {
            Heard::Record(Record::Encoded(coded)) => {
                let mut bytes = Vec::new();
                self.session
                    .picture(0, coded.offset, coded.bytes, &mut bytes)?;
                Ok(Some(Coded {
                    bytes,
                    header: coded.header,
                }))
            }
            Heard::Record(Record::Unreadable { .. }) => Ok(None),
            Heard::Record(_) => Err(self.session.nonsense("an unexpected record").into()),
            Heard::Gone(gone) => Err(gone.into()),
        }
    }
}
