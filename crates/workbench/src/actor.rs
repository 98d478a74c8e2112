//! Who signs: an Ed25519 key per actor name, in a file as OpenSSH keeps it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use journal::{Author, HeldKey, PublicKey};
use ssh_key::private::{Ed25519Keypair, Ed25519PrivateKey, KeypairData};
use ssh_key::public::{Ed25519PublicKey, KeyData};
use ssh_key::{Cipher, Kdf, LineEnding, PrivateKey};

/// Asks somebody for the passphrase of the key in a file; or says why nobody can be asked.
pub type Ask = Arc<dyn Fn(&Path) -> Result<String, String> + Send + Sync>;

/// Rounds of bcrypt over a passphrase; `ssh-keygen` takes 16 unless told otherwise.
const ROUNDS: u32 = 32;

/// An actor with the key that signs its entries. A protected key is opened when it is first needed.
pub struct Actor {
    name: String,
    path: PathBuf,
    file: PrivateKey,
    public: PublicKey,
    held: OnceLock<HeldKey>,
    opening: Mutex<()>,
    ask: Ask,
}

impl Actor {
    /// The actor `name`, whose key file at `path` holds `bytes`.
    pub(crate) fn parse(name: &str, path: &Path, bytes: &[u8], ask: Ask) -> Result<Self, String> {
        let file = PrivateKey::from_openssh(bytes).map_err(|error| error.to_string())?;
        let KeyData::Ed25519(Ed25519PublicKey(public)) = file.public_key().key_data() else {
            return Err("it is not an Ed25519 key".to_owned());
        };
        let actor = Self {
            name: name.to_owned(),
            path: path.to_owned(),
            public: PublicKey::from_bytes(public).map_err(|bad| bad.to_string())?,
            held: OnceLock::new(),
            opening: Mutex::default(),
            ask,
            file,
        };
        if !actor.protected() {
            actor.hold(&actor.file)?;
        }
        Ok(actor)
    }

    /// An actor with the new key `seed`, to be kept at `path`.
    pub(crate) fn from_seed(
        name: &str,
        path: &Path,
        seed: &[u8; 32],
        ask: Ask,
    ) -> Result<Self, String> {
        let pair = Ed25519Keypair {
            public: Ed25519PublicKey(HeldKey::from_seed(name, seed).public_key()),
            private: Ed25519PrivateKey::from_bytes(seed),
        };
        let file = PrivateKey::new(KeypairData::Ed25519(pair), name).map_err(|e| e.to_string())?;
        let bytes = text(&file)?;
        Self::parse(name, path, bytes.as_bytes(), ask)
    }

    /// The key file as it is kept.
    pub(crate) fn to_openssh(&self) -> Result<String, String> {
        text(&self.file)
    }

    /// The key file under `passphrase`, or under none. Asks for the present one.
    ///
    /// `random` makes the salt and what tells a wrong passphrase.
    pub(crate) fn sealed(
        &self,
        passphrase: Option<&str>,
        random: &[u8; 20],
    ) -> Result<String, String> {
        let plain = match self.protected() {
            true => self.opened()?,
            false => self.file.clone(),
        };
        let Some(passphrase) = passphrase else {
            return text(&plain);
        };
        let (salt, check) = random.split_at(16);
        let kdf = Kdf::Bcrypt {
            salt: salt.to_vec(),
            rounds: ROUNDS,
        };
        let check = check
            .iter()
            .fold(0, |sum, byte| sum << 8 | u32::from(*byte));
        let sealed = plain.encrypt_with(Cipher::Aes256Ctr, kdf, check, passphrase);
        text(&sealed.map_err(|error| error.to_string())?)
    }

    /// Where the key is kept.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the file is under a passphrase.
    pub fn protected(&self) -> bool {
        self.file.is_encrypted()
    }

    /// The public key.
    pub fn public(&self) -> PublicKey {
        self.public
    }

    fn opened(&self) -> Result<PrivateKey, String> {
        let passphrase = (self.ask)(&self.path)?;
        self.file.decrypt(passphrase).map_err(|_| {
            format!(
                "the passphrase does not open the key in {}",
                self.path.display()
            )
        })
    }

    fn hold(&self, file: &PrivateKey) -> Result<(), String> {
        let KeypairData::Ed25519(pair) = file.key_data() else {
            return Err("it is not an Ed25519 key".to_owned());
        };
        let held = HeldKey::from_seed(&self.name, &pair.private.to_bytes());
        if held.public_key() != self.public.to_bytes() {
            return Err("its two halves do not belong together".to_owned());
        }
        // Another thread may have been first, with the same key.
        let _ = self.held.set(held);
        Ok(())
    }
}

fn text(file: &PrivateKey) -> Result<String, String> {
    let text = file.to_openssh(LineEnding::LF);
    text.map(|text| text.to_string())
        .map_err(|error| error.to_string())
}

impl Author for Actor {
    fn actor(&self) -> &str {
        &self.name
    }

    fn public_key(&self) -> [u8; 32] {
        self.public.to_bytes()
    }

    /// Before [`Author::prepare`], a protected key gives what verifies under no key: sealing refuses it.
    fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.held.get().map_or([0; 64], |held| held.sign(message))
    }

    fn prepare(&self) -> Result<(), String> {
        let _one_asks = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        match self.held.get() {
            Some(_) => Ok(()),
            None => self.hold(&self.opened()?),
        }
    }
}
