//! C2SP tlog checkpoints (<https://c2sp.org/tlog-checkpoint>): a signed tree head.

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::note::{self, BadNote, Verifier};
use crate::tree::Hash;
use crate::{Author, LARGEST_INTEGER};

/// The head of a journal's tree: what a witness signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which journal: a URL without scheme, or another unique name; also the name of its key.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Root of the tree over their envelope bytes.
    pub root: Hash,
}

/// A checkpoint was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadCheckpoint {
    /// The text is not a checkpoint.
    #[error("not a checkpoint (origin, size and base64 root, a line each)")]
    Form,
    /// The note around it is not one, or not signed as asked.
    #[error(transparent)]
    Note(#[from] BadNote),
}

impl Checkpoint {
    /// The text that is signed: three lines.
    pub fn text(&self) -> String {
        format!(
            "{}\n{}\n{}\n",
            self.origin,
            self.size,
            STANDARD.encode(self.root)
        )
    }

    /// Signs the checkpoint as its origin: a C2SP signed note.
    ///
    /// # Errors
    /// [`BadNote`] when the origin may not name a key, or the author signs wrongly.
    pub fn sign(&self, author: &dyn Author) -> Result<String, BadNote> {
        note::sign(&self.text(), &self.origin, author)
    }

    /// The checkpoint in `note`, signed by `verifier`. Extension lines after the root are
    /// covered by the signature and passed over.
    ///
    /// # Errors
    /// [`BadCheckpoint`] when the note is not signed so, or its text is not a checkpoint.
    pub fn open(note: &str, verifier: &Verifier) -> Result<Self, BadCheckpoint> {
        Self::parse(note::open(note, verifier)?)
    }

    /// The checkpoint in `note`, whoever signed it.
    ///
    /// # Errors
    /// [`BadCheckpoint`] when it is no note, or its text is not a checkpoint.
    pub fn stated(note: &str) -> Result<Self, BadCheckpoint> {
        Self::parse(note::split(note)?.0)
    }

    /// Reads the text of a checkpoint; says nothing of signatures.
    ///
    /// # Errors
    /// [`BadCheckpoint::Form`] for any other text.
    pub fn parse(text: &str) -> Result<Self, BadCheckpoint> {
        let mut lines = text
            .strip_suffix('\n')
            .ok_or(BadCheckpoint::Form)?
            .split('\n');
        let mut line = || {
            lines
                .next()
                .filter(|l| !l.is_empty())
                .ok_or(BadCheckpoint::Form)
        };
        let (origin, size, root) = (line()?, line()?, line()?);
        let number: u64 = size.parse().map_err(|_| BadCheckpoint::Form)?;
        let root = STANDARD.decode(root).map_err(|_| BadCheckpoint::Form)?;
        if number > LARGEST_INTEGER || number.to_string() != size || lines.any(str::is_empty) {
            return Err(BadCheckpoint::Form);
        }
        Ok(Self {
            origin: origin.to_owned(),
            size: number,
            root: root.try_into().map_err(|_| BadCheckpoint::Form)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{HeldKey, PublicKey};

    fn checkpoint() -> Checkpoint {
        Checkpoint {
            origin: "desk.example/case-12".into(),
            size: 3,
            root: [0xab; 32],
        }
    }

    #[test]
    fn a_signed_checkpoint_opens_under_its_key_only() {
        let author = HeldKey::from_seed("Ada", &[1; 32]);
        let note = checkpoint().sign(&author).unwrap();
        assert!(note.starts_with("desk.example/case-12\n3\nq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\n\n\u{2014} desk.example/case-12 "));
        let verifier = |key: &HeldKey| {
            let key = PublicKey::from_bytes(&key.public_key()).unwrap();
            Verifier::new("desk.example/case-12", key).unwrap()
        };
        assert_eq!(
            Checkpoint::open(&note, &verifier(&author)),
            Ok(checkpoint())
        );
        let other = verifier(&HeldKey::from_seed("Eve", &[2; 32]));
        assert!(matches!(
            Checkpoint::open(&note, &other),
            Err(BadCheckpoint::Note(BadNote::Unsigned(_)))
        ));
    }

    #[test]
    fn extension_lines_are_passed_over_and_other_text_refused() {
        let text = checkpoint().text();
        assert_eq!(
            Checkpoint::parse(&format!("{text}more\n")),
            Ok(checkpoint())
        );
        for bad in [
            text.replace("\n3\n", "\n03\n"),
            text.replace("\n3\n", "\n-3\n"),
            text.replace("=\n", "\n"),
            text.trim_end().to_owned(),
            text.replace("desk.example/case-12", ""),
            format!("{text}\n"),
            String::new(),
        ] {
            assert_eq!(Checkpoint::parse(&bad), Err(BadCheckpoint::Form), "{bad:?}");
        }
    }
}
