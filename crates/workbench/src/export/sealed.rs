//! An export that only some can open: the format of age (age-encryption.org/v1).

use std::io::{self, Write};

use age::secrecy::SecretString;
use age::{Encryptor, Recipient};

use crate::error::{Error, Result};

/// How much work a passphrase costs whoever tries one: that of age's own program, 2^18 rounds of scrypt.
const WORK: u8 = 18;

/// Who can open what is written.
pub enum Lock {
    /// Nobody needs a key.
    Open,
    /// Whoever has the key of one of these: `age1…`, or the line of a public key of SSH.
    Recipients(Vec<String>),
    /// Whoever knows the passphrase.
    Passphrase(String),
}

/// Where bytes go in, and out encrypted or as they are.
pub enum Locked<W: Write> {
    /// As they are.
    Open(W),
    /// Encrypted.
    Sealed(age::stream::StreamWriter<W>),
}

impl Lock {
    /// Lets what is written to `to` be opened by those only.
    ///
    /// # Errors
    /// A recipient is none; writing fails.
    pub fn over<W: Write>(&self, to: W) -> Result<Locked<W>> {
        let Some(recipients) = self.recipients()? else {
            return Ok(Locked::Open(to));
        };
        let each = recipients.iter().map(|one| one.as_ref());
        let encryptor = Encryptor::with_recipients(each)
            .map_err(|why| Error::usage(format!("nobody could open it: {why}")))?;
        let writer = encryptor.wrap_output(to);
        Ok(Locked::Sealed(writer.map_err(|why| {
            Error::io("beginning the encryption", &why)
        })?))
    }

    fn recipients(&self) -> Result<Option<Vec<Box<dyn Recipient>>>> {
        match self {
            Self::Open => Ok(None),
            Self::Passphrase(words) => {
                let mut one = age::scrypt::Recipient::new(SecretString::from(words.clone()));
                one.set_work_factor(WORK);
                Ok(Some(vec![Box::new(one)]))
            }
            Self::Recipients(names) => {
                let recipients = names.iter().map(|name| recipient(name));
                recipients.collect::<Result<_>>().map(Some)
            }
        }
    }
}

fn recipient(name: &str) -> Result<Box<dyn Recipient>> {
    let hint = "it begins with age1 (`age-keygen` prints it), ssh-ed25519 or ssh-rsa; or name the file that holds it";
    if name.starts_with("AGE-SECRET-KEY-") || name.starts_with("-----BEGIN") {
        // Not repeated: whatever shows this would have it too.
        return Err(Error::usage("that is a secret key").hint(hint));
    }
    if name.starts_with("ssh-") {
        let key = name.parse::<age::ssh::Recipient>();
        return key.map(|key| Box::new(key) as _).map_err(|_| {
            Error::usage(format!("{name:?} is no public key of SSH that age knows")).hint(hint)
        });
    }
    let key = name.parse::<age::x25519::Recipient>();
    key.map(|key| Box::new(key) as _)
        .map_err(|why| Error::usage(format!("{name:?} is no recipient of age: {why}")).hint(hint))
}

impl<W: Write> Locked<W> {
    /// Ends it, and gives back where it went.
    ///
    /// # Errors
    /// Writing fails.
    pub fn finish(self) -> io::Result<W> {
        match self {
            Self::Open(to) => Ok(to),
            Self::Sealed(writer) => writer.finish(),
        }
    }
}

impl<W: Write> Write for Locked<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Open(to) => to.write(bytes),
            Self::Sealed(writer) => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Open(to) => to.flush(),
            Self::Sealed(writer) => writer.flush(),
        }
    }
}
