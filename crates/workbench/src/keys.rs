//! The folder of keys: `NAME.key` signs in every new case; `NAME.d` holds the keys before it, which
//! cases that were not told yet go on signing with.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use journal::{Author, PublicKey};

use crate::actor::{Actor, Ask};
use crate::error::{Error, Kind, Result};

/// The keys of this user on this machine.
pub struct Keys {
    folder: PathBuf,
    ask: Ask,
}

impl Keys {
    /// The keys in `folder`, which is made when the first key is. `ask` is asked for passphrases.
    pub fn new(folder: PathBuf, ask: Ask) -> Self {
        Self { folder, ask }
    }

    /// The key of `name`, made on first use (mode 0600, OpenSSH format).
    ///
    /// # Errors
    /// The name cannot be a file name, or the key cannot be read or written.
    pub fn current(&self, name: &str) -> Result<Actor> {
        let path = self.path(name)?;
        match fs::read(&path) {
            Ok(bytes) => self.parse(name, &path, &bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => self.create(name, &path),
            Err(error) => Err(Error::io(format!("reading {}", path.display()), &error)),
        }
    }

    /// The key of `name` that is `standing` in a case; the current one where that is not held here.
    ///
    /// # Errors
    /// As [`Keys::current`].
    pub fn holding(&self, name: &str, standing: PublicKey) -> Result<Actor> {
        let current = self.current(name)?;
        if current.public() == standing {
            return Ok(current);
        }
        let path = self.beside(name, standing)?;
        match fs::read(&path) {
            Ok(bytes) => self.parse(name, &path, &bytes),
            Err(_) => Ok(current),
        }
    }

    /// The key that is to follow `standing`: the current one where a rotation in another case made it,
    /// else a new one, kept beside until [`Keys::settle`].
    ///
    /// # Errors
    /// As [`Keys::current`].
    pub fn next(&self, name: &str, standing: PublicKey) -> Result<Actor> {
        let current = self.current(name)?;
        if current.public() != standing {
            return Ok(current);
        }
        let fresh = self.fresh(name, &self.path(name)?)?;
        let path = self.beside(name, fresh.public())?;
        let text = match current.protected() {
            true => {
                let passphrase = (self.ask)(current.path()).map_err(|why| failed(&why))?;
                fresh.sealed(Some(&passphrase), &random()?)
            }
            false => fresh.to_openssh(),
        };
        self.write_new(&path, &text.map_err(|why| failed(&why))?)?;
        self.read(name, &path)
    }

    /// Makes `next` the current key. The one before stays beside it, for cases that do not know yet.
    ///
    /// # Errors
    /// The files cannot be written.
    pub fn settle(&self, name: &str, next: &Actor) -> Result<()> {
        let current = self.current(name)?;
        if current.public() == next.public() {
            return Ok(());
        }
        let before = self.beside(name, current.public())?;
        if !before.exists() {
            self.write_new(&before, &as_kept(&current)?)?;
        }
        self.replace(&self.path(name)?, &as_kept(next)?)
    }

    /// Puts the current key and those before it under `passphrase`, or under none.
    ///
    /// # Errors
    /// The present passphrase is wrong, or the files cannot be written.
    pub fn protect(&self, name: &str, passphrase: Option<&str>) -> Result<Actor> {
        let mut paths = vec![self.current(name)?.path().to_owned()];
        if let Ok(listed) = fs::read_dir(self.folder.join(format!("{name}.d"))) {
            paths.extend(listed.flatten().map(|entry| entry.path()));
        }
        for path in paths {
            let actor = self.read(name, &path)?;
            let text = actor.sealed(passphrase, &random()?);
            self.replace(&path, &text.map_err(|why| failed(&why))?)?;
        }
        self.current(name)
    }

    fn path(&self, name: &str) -> Result<PathBuf> {
        let safe = !name.is_empty()
            && !name.starts_with('.')
            && !name.contains(['/', '\0'])
            && name.len() <= 200;
        if !safe {
            return Err(Error::usage(format!("{name:?} cannot name an actor"))
                .hint("use a name without slashes that does not start with a dot"));
        }
        Ok(self.folder.join(format!("{name}.key")))
    }

    /// Where a key that is not current is kept: by the beginning of its own bytes.
    fn beside(&self, name: &str, key: PublicKey) -> Result<PathBuf> {
        let short = hex::encode(&key.to_bytes()[..16]);
        Ok(self
            .path(name)?
            .with_file_name(format!("{name}.d"))
            .join(format!("{short}.key")))
    }

    fn read(&self, name: &str, path: &Path) -> Result<Actor> {
        let bytes = fs::read(path)
            .map_err(|error| Error::io(format!("reading {}", path.display()), &error))?;
        self.parse(name, path, &bytes)
    }

    fn parse(&self, name: &str, path: &Path, bytes: &[u8]) -> Result<Actor> {
        Actor::parse(name, path, bytes, self.ask.clone()).map_err(|why| {
            let message = format!("the key in {} cannot be used: {why}", path.display());
            Error::new(Kind::Failed, message).hint("it must be an OpenSSH Ed25519 private key")
        })
    }

    fn fresh(&self, name: &str, path: &Path) -> Result<Actor> {
        Actor::from_seed(name, path, &random()?, self.ask.clone()).map_err(|why| failed(&why))
    }

    fn create(&self, name: &str, path: &Path) -> Result<Actor> {
        let actor = self.fresh(name, path)?;
        match self.write_new(path, &as_kept(&actor)?) {
            Ok(()) => Ok(actor),
            // Another process of the same actor was first: its key is the key.
            Err(_) if path.exists() => self.read(name, path),
            Err(error) => Err(error),
        }
    }

    fn write_new(&self, path: &Path, text: &str) -> Result<()> {
        let doing = |error| Error::io(format!("making a key in {}", path.display()), &error);
        let folder = path.parent().unwrap_or(&self.folder);
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(doing)?;
        // Under its name it is there whole, or not at all.
        let making = self.folder.join(format!(".making-{}", std::process::id()));
        let written = write_whole(&making, text)
            .and_then(|()| fs::hard_link(&making, path))
            .and_then(|()| fs::File::open(folder)?.sync_all());
        let _ = fs::remove_file(&making);
        written.map_err(doing)
    }

    /// Either file is there whole at every moment.
    fn replace(&self, path: &Path, text: &str) -> Result<()> {
        let mut beside = path.as_os_str().to_owned();
        beside.push(".new");
        let beside = PathBuf::from(beside);
        // What a run that was cut off left behind.
        let _ = fs::remove_file(&beside);
        self.write_new(&beside, text)?;
        let folder = path.parent().unwrap_or(&self.folder);
        fs::rename(&beside, path)
            .and_then(|()| fs::File::open(folder)?.sync_all())
            .map_err(|error| Error::io(format!("writing {}", path.display()), &error))
    }
}

/// Writes a file of its owner's alone, in the place of what a run that was cut off left of it.
fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let _ = fs::remove_file(path);
    let mut options = fs::OpenOptions::new();
    let mut out = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    out.write_all(text.as_bytes())?;
    out.sync_all()
}

fn as_kept(actor: &Actor) -> Result<String> {
    actor.to_openssh().map_err(|why| failed(&why))
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| failed(&error))?;
    Ok(bytes)
}

fn failed(why: &dyn std::fmt::Display) -> Error {
    Error::new(Kind::Failed, format!("the key: {why}"))
}

impl crate::case::Case {
    /// Has `next` sign for the case's author from now on. Both keys sign the entry that says so.
    ///
    /// # Errors
    /// The author has signed nothing here yet or was revoked, `next` stood before, a key cannot sign,
    /// or the store fails.
    pub fn rotate_key(&self, next: &Actor, reason: Option<String>) -> Result<u64> {
        let event = store::event::Event::KeyRotated(store::event::KeyRotated {
            actor: self.actor().to_owned(),
            public_key: next.public().openssh(),
            reason,
        });
        let hand_over = journal::HandOver {
            old: self.author(),
            new: next,
        };
        Ok(self.record_as(&hand_over, &event)?.seq)
    }

    /// Has the key of `actor` sign nothing more in this case: the author's own, or another's.
    ///
    /// # Errors
    /// Nobody signs so here, or no more; there is no reason; or the store fails.
    pub fn revoke_key(&self, actor: &str, reason: String) -> Result<u64> {
        let known = self.signer(actor)?.ok_or_else(|| {
            Error::missing(format!("nobody signs as {actor} in this case"))
                .hint("`framewitness key show --all` lists who does")
        })?;
        let event = store::event::Event::KeyRevoked(store::event::KeyRevoked {
            actor: actor.to_owned(),
            fingerprint: known.fingerprint,
            reason,
        });
        Ok(self.record(&event)?.seq)
    }

    /// The key that signs for the author in this case.
    ///
    /// # Errors
    /// It is no key.
    pub fn public_key(&self) -> Result<PublicKey> {
        PublicKey::from_bytes(&self.author().public_key()).map_err(|bad| failed(&bad))
    }

    /// Everybody who signs or signed in this case, with their keys.
    ///
    /// # Errors
    /// The store fails.
    pub fn signers(&self) -> Result<Vec<store::record::Actor>> {
        Ok(self.store.actors()?)
    }

    /// The actor `name` in this case, if it has signed anything.
    ///
    /// # Errors
    /// The store fails.
    pub fn signer(&self, name: &str) -> Result<Option<store::record::Actor>> {
        let mut signers = self.signers()?.into_iter();
        Ok(signers.find(|actor| actor.origin.actor == name))
    }

    /// Enters the key of an author who has signed nothing here yet. It takes no part in what is recorded once:
    /// a request that is made again finds the author known.
    pub(crate) fn register(&self) -> Result<()> {
        if self.signer(self.actor())?.is_some() {
            return Ok(());
        }
        let event = store::event::Event::ActorRegistered {
            actor: self.actor().to_owned(),
            public_key: self.public_key()?.openssh(),
        };
        self.append(self.author(), None, &event).map(drop)
    }

    /// Makes ready to sign, before anything is locked or served.
    ///
    /// # Errors
    /// The key cannot be opened.
    pub fn prepare(&self) -> Result<()> {
        prepare(self.author())
    }
}

/// Makes an author ready to sign.
pub(crate) fn prepare(author: &dyn Author) -> Result<()> {
    author.prepare().map_err(|why| {
        Error::new(Kind::Failed, why)
            .hint("type the passphrase, or give it in FRAMEWITNESS_PASSPHRASE or in a file that FRAMEWITNESS_PASSPHRASE_FILE names")
    })
}
