//! Who signs: an Ed25519 key per actor name, made on first use.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use journal::{Author, HeldKey};
use ssh_key::private::{Ed25519Keypair, Ed25519PrivateKey, KeypairData};
use ssh_key::public::Ed25519PublicKey;
use ssh_key::{LineEnding, PrivateKey};

use crate::error::{Error, Kind, Result};

/// An actor with the key that signs its entries.
pub struct Actor(HeldKey);

impl Actor {
    /// Loads the key of `name` from `folder`, or makes one there (mode 0600, OpenSSH format).
    ///
    /// # Errors
    /// The name cannot be a file name, the key cannot be read or written, or it is not an
    /// unencrypted Ed25519 key.
    pub fn load_or_create(folder: &Path, name: &str) -> Result<Self> {
        let safe = !name.is_empty()
            && !name.starts_with('.')
            && !name.contains(['/', '\0'])
            && name.len() <= 200;
        if !safe {
            return Err(Error::usage(format!("{name:?} cannot name an actor"))
                .hint("use a name without slashes that does not start with a dot"));
        }
        let path = folder.join(format!("{name}.key"));
        match fs::read(&path) {
            Ok(bytes) => Self::parse(name, &bytes).map_err(|why| {
                Error::new(
                    Kind::Failed,
                    format!("the key in {} cannot be used: {why}", path.display()),
                )
                .hint("it must be an OpenSSH Ed25519 private key without passphrase")
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Self::create(folder, &path, name)
            }
            Err(error) => Err(Error::io(format!("reading {}", path.display()), &error)),
        }
    }

    fn parse(name: &str, bytes: &[u8]) -> std::result::Result<Self, String> {
        let key = PrivateKey::from_openssh(bytes).map_err(|error| error.to_string())?;
        match key.key_data() {
            KeypairData::Ed25519(pair) => {
                Ok(Self(HeldKey::from_seed(name, &pair.private.to_bytes())))
            }
            KeypairData::Encrypted(_) => Err("it is protected by a passphrase".to_owned()),
            _ => Err("it is not an Ed25519 key".to_owned()),
        }
    }

    fn create(folder: &Path, path: &Path, name: &str) -> Result<Self> {
        let doing = || format!("making a key in {}", path.display());
        let failed = |error: &dyn std::fmt::Display| {
            Error::new(Kind::Failed, format!("{}: {error}", doing()))
        };
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|error| failed(&error))?;
        let key = HeldKey::from_seed(name, &seed);
        let pair = Ed25519Keypair {
            public: Ed25519PublicKey(key.public_key()),
            private: Ed25519PrivateKey::from_bytes(&seed),
        };
        let file = PrivateKey::new(KeypairData::Ed25519(pair), name)
            .and_then(|private| private.to_openssh(LineEnding::LF))
            .map_err(|error| failed(&error))?;
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(|error| Error::io(doing(), &error))?;
        let written = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .and_then(|mut out| out.write_all(file.as_bytes()).and_then(|()| out.sync_all()));
        match written {
            Ok(()) => Ok(Self(key)),
            // Another process of the same actor was first: its key is the key.
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                Self::load_or_create(folder, name)
            }
            Err(error) => Err(Error::io(doing(), &error)),
        }
    }
}

impl Author for Actor {
    fn actor(&self) -> &str {
        self.0.actor()
    }

    fn public_key(&self) -> [u8; 32] {
        self.0.public_key()
    }

    fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message)
    }
}
