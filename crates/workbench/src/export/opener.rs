//! What opens an encrypted export, and what it is kept in.

use std::io::Read;
use std::path::Path;

use age::armor::ArmoredReader;
use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Identity};

use crate::error::{Error, Kind, Result};

/// How every file of age begins, as it is and in letters.
const MAGIC: [&[u8]; 2] = [
    b"age-encryption.org/",
    b"-----BEGIN AGE ENCRYPTED FILE-----",
];

/// The most work that a passphrase may ask for, as in age's own program: some 4 GiB of memory.
const MOST_WORK: u8 = 22;

/// What opens an export.
pub enum Opener {
    /// Keys of age, or one of SSH.
    Identities(Vec<Box<dyn Identity>>),
    /// The passphrase.
    Passphrase(String),
}

/// Asks for a passphrase, showing what it is of.
pub type Ask<'a> = &'a dyn Fn(&str) -> Result<String>;

/// Whether a file that begins so is encrypted.
pub fn is_sealed(begins: &[u8]) -> bool {
    MAGIC.iter().any(|magic| begins.starts_with(magic))
}

impl Opener {
    /// Reads the keys in `path`: a file of `age-keygen`, which may be encrypted under a passphrase, or a
    /// private key of SSH, which may be too.
    ///
    /// # Errors
    /// It cannot be read, holds something else, or `ask` gives another passphrase than its.
    pub fn of_file(path: &Path, ask: Ask<'_>) -> Result<Self> {
        let doing = || format!("reading {}", path.display());
        let bytes = std::fs::read(path).map_err(|why| Error::io(doing(), &why))?;
        let of = format!("{}", path.display());
        if !is_sealed(&bytes) {
            return Self::of_text(&bytes, path, ask);
        }
        let mut text = Vec::new();
        let words = Self::Passphrase(ask(&of)?);
        let opened = words
            .open(bytes.as_slice())
            .map_err(|error| match error.kind {
                Kind::Failed => wrong(path),
                _ => error,
            });
        let read = opened?.read_to_end(&mut text);
        read.map_err(|why| Error::io(doing(), &why))?;
        Self::of_text(&text, path, ask)
    }

    fn of_text(text: &[u8], path: &Path, ask: Ask<'_>) -> Result<Self> {
        let none = || {
            Error::usage(format!("{} holds no keys that age knows", path.display())).hint(
                "name a file that `age-keygen` wrote, or a private key of SSH (ed25519 or RSA)",
            )
        };
        if text.starts_with(b"-----BEGIN ") {
            return Ok(Self::Identities(vec![of_ssh(text, path, ask, &none)?]));
        }
        let text = str::from_utf8(text).map_err(|_| none())?;
        let lines = text.lines().map(str::trim);
        let keys = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        // What was wrong with a line is not told: it may be a key.
        let parsed = keys.map(|line| line.parse::<age::x25519::Identity>().ok());
        let parsed = parsed.map(|key| Some(Box::new(key?) as Box<dyn Identity>));
        match parsed.collect::<Option<Vec<_>>>() {
            Some(keys) if !keys.is_empty() => Ok(Self::Identities(keys)),
            _ => Err(none()),
        }
    }

    /// What `from` says when it is opened.
    ///
    /// # Errors
    /// It is not for whoever has this, or is damaged.
    pub fn open<'a>(&self, from: impl Read + 'a) -> Result<Box<dyn Read + 'a>> {
        let decryptor = Decryptor::new(ArmoredReader::new(from)).map_err(|why| refused(&why))?;
        let opened = match self {
            Self::Identities(keys) => decryptor.decrypt(keys.iter().map(|key| key.as_ref())),
            Self::Passphrase(words) => {
                let mut words = age::scrypt::Identity::new(SecretString::from(words.clone()));
                words.set_max_work_factor(MOST_WORK);
                decryptor.decrypt(std::iter::once(&words as &dyn Identity))
            }
        };
        Ok(Box::new(opened.map_err(|why| refused(&why))?))
    }
}

fn of_ssh(
    text: &[u8],
    path: &Path,
    ask: Ask<'_>,
    none: &dyn Fn() -> Error,
) -> Result<Box<dyn Identity>> {
    use age::ssh::Identity as Ssh;
    match Ssh::from_buffer(text, None).map_err(|_| none())? {
        Ssh::Encrypted(key) => {
            let words = SecretString::from(ask(&path.display().to_string())?);
            let opened = key.decrypt(words).map_err(|_| wrong(path))?;
            Ok(Box::new(Ssh::from(opened)))
        }
        Ssh::Unsupported(_) => Err(Error::new(
            Kind::Unsupported,
            format!(
                "{} is a key of a kind that age does not know",
                path.display()
            ),
        )
        .hint("keys of SSH that it knows are ed25519 and RSA, in the file and not in hardware")),
        key @ Ssh::Unencrypted(_) => Ok(Box::new(key)),
    }
}

fn wrong(path: &Path) -> Error {
    Error::new(
        Kind::Failed,
        format!("that is not the passphrase of {}", path.display()),
    )
}

fn refused(why: &DecryptError) -> Error {
    use DecryptError as Why;
    match why {
        Why::NoMatchingKeys | Why::DecryptionFailed | Why::KeyDecryptionFailed => Error::new(
            Kind::Failed,
            "the export is encrypted, and this is not what opens it",
        )
        .hint("name the file with the key as --identity; without it, the passphrase is asked for"),
        Why::UnknownFormat => {
            Error::new(Kind::Unsupported, "it is encrypted in a newer form of age")
                .hint("open it with a newer `age -d`, and import what that writes")
        }
        _ => Error::integrity(format!("the encrypted export cannot be read: {why}"))
            .hint("nothing was taken from it; use another copy"),
    }
}
