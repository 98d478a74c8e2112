//! C2SP signed notes (<https://c2sp.org/signed-note>) with Ed25519 signatures: text that several
//! parties may sign, one line each.

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use crate::{Author, PublicKey};

/// Signature type of Ed25519 in C2SP signed notes.
const ED25519: u8 = 1;

/// A note was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadNote {
    /// Not the text form of a signed note.
    #[error("not a signed note (text, an empty line, signature lines)")]
    Form,
    /// The text may not be signed.
    #[error("the text of a note ends in a newline and holds no other control characters")]
    Text,
    /// A key name may not stand in a signature line.
    #[error("key name {0:?} is empty or holds spaces or a plus sign")]
    Name(String),
    /// No signature line names the key.
    #[error("no signature by {0}")]
    Unsigned(String),
    /// A signature line names the key, and its signature does not verify.
    #[error("the signature by {0} does not verify")]
    Signature(String),
}

/// A key under the name that notes call it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    key: PublicKey,
}

impl Verifier {
    /// The verifier `name` with `key`.
    ///
    /// # Errors
    /// [`BadNote::Name`] when the name is empty or holds white space or `+`.
    pub fn new(name: &str, key: PublicKey) -> Result<Self, BadNote> {
        if name.is_empty()
            || name.contains(|c: char| c.is_whitespace() || c.is_control() || c == '+')
        {
            return Err(BadNote::Name(name.to_owned()));
        }
        Ok(Self {
            name: name.to_owned(),
            key,
        })
    }

    /// Reads a `vkey`, the text of [`Verifier::to_vkey`]. Nothing for any other text.
    pub fn from_vkey(text: &str) -> Option<Self> {
        let (name, key) = read_vkey(text, ED25519)?;
        Self::new(name, key).ok()
    }

    /// `<name>+<key hash in hex>+<base64 of type and key>`, as C2SP tools exchange keys.
    pub fn to_vkey(&self) -> String {
        vkey(&self.name, ED25519, self.key)
    }

    fn key_hash(&self) -> [u8; 4] {
        key_hash(&self.name, ED25519, self.key)
    }

    fn line_start(&self) -> String {
        format!("\u{2014} {} ", self.name)
    }
}

/// What a signature line begins with, to tell which key made it.
pub(crate) fn key_hash(name: &str, kind: u8, key: PublicKey) -> [u8; 4] {
    let digest: [u8; 32] = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', kind])
        .chain_update(key.to_bytes())
        .finalize()
        .into();
    [digest[0], digest[1], digest[2], digest[3]]
}

pub(crate) fn vkey(name: &str, kind: u8, key: PublicKey) -> String {
    let typed = [&[kind], key.to_bytes().as_slice()].concat();
    let hash = hex::encode(key_hash(name, kind, key));
    format!("{name}+{hash}+{}", STANDARD.encode(typed))
}

pub(crate) fn read_vkey(text: &str, kind: u8) -> Option<(&str, PublicKey)> {
    let (name, rest) = text.split_once('+')?;
    let (_, encoded) = rest.split_once('+')?;
    let typed = STANDARD.decode(encoded).ok()?;
    let (found, bytes) = typed.split_first()?;
    let key = PublicKey::from_bytes(bytes.try_into().ok()?).ok()?;
    (*found == kind && vkey(name, kind, key) == text).then_some((name, key))
}

/// What follows the key hash in each of `lines` that is of this key. A line of another form is an
/// error; lines of other keys are passed over.
pub(crate) fn signatures(
    lines: &str,
    name: &str,
    hash: [u8; 4],
) -> impl Iterator<Item = Result<Vec<u8>, BadNote>> {
    lines.lines().filter_map(move |line| {
        let parts = line
            .strip_prefix("\u{2014} ")
            .and_then(|l| l.split_once(' '));
        let read = parts.and_then(|(by, text)| Some((by, STANDARD.decode(text).ok()?)));
        let Some((by, mut bytes)) = read.filter(|(_, bytes)| bytes.len() >= hash.len()) else {
            return Some(Err(BadNote::Form));
        };
        let signature = bytes.split_off(hash.len());
        (by == name && bytes == hash).then_some(Ok(signature))
    })
}

/// Signs `text` as `name`: the whole note.
///
/// # Errors
/// [`BadNote`] when the text or the name may not stand in a note, or the author signs wrongly.
pub fn sign(text: &str, name: &str, author: &dyn Author) -> Result<String, BadNote> {
    if !signable(text) {
        return Err(BadNote::Text);
    }
    let wrong = || BadNote::Signature(name.to_owned());
    let key = PublicKey::from_bytes(&author.public_key()).map_err(|_| wrong())?;
    let verifier = Verifier::new(name, key)?;
    let signature = author.sign(text.as_bytes());
    if !key.verifies(text.as_bytes(), &signature) {
        return Err(wrong());
    }
    let encoded = STANDARD.encode([verifier.key_hash().as_slice(), &signature].concat());
    Ok(format!("{text}\n{}{encoded}\n", verifier.line_start()))
}

/// The text of `note`, if it is signed by `verifier`. Lines of other keys are passed over.
///
/// # Errors
/// [`BadNote`] says what is missing or wrong. One bad signature under the verifier's name and
/// key hash is enough to refuse, whatever other lines say.
pub fn open<'a>(note: &'a str, verifier: &Verifier) -> Result<&'a str, BadNote> {
    let (text, lines) = split(note)?;
    let mut signed = false;
    for signature in signatures(lines, &verifier.name, verifier.key_hash()) {
        let valid = signature?
            .as_slice()
            .try_into()
            .is_ok_and(|s| verifier.key.verifies(text.as_bytes(), s));
        if !valid {
            return Err(BadNote::Signature(verifier.name.clone()));
        }
        signed = true;
    }
    if !signed {
        return Err(BadNote::Unsigned(verifier.name.clone()));
    }
    Ok(text)
}

/// Text and signature lines of a note: the last empty line parts them.
pub(crate) fn split(note: &str) -> Result<(&str, &str), BadNote> {
    let at = note.rfind("\n\n").ok_or(BadNote::Form)?;
    let (text, lines) = (&note[..=at], &note[at + 2..]);
    if !signable(text) || !signable(lines) {
        return Err(BadNote::Form);
    }
    Ok((text, lines))
}

fn signable(text: &str) -> bool {
    text.len() > 1
        && text.ends_with('\n')
        && !text.contains(|c: char| c.is_ascii_control() && c != '\n')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HeldKey;

    /// The example of Go's golang.org/x/mod/sumdb/note, where the format comes from.
    const VKEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const TEXT: &str = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    const LINE: &str = "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    #[test]
    fn opens_a_note_made_by_gos_tools() {
        let verifier = Verifier::from_vkey(VKEY).unwrap();
        let note = format!("{TEXT}\n{LINE}");
        assert_eq!(open(&note, &verifier), Ok(TEXT));
        let changed = note.replace("answer", "Answer");
        assert!(matches!(
            open(&changed, &verifier),
            Err(BadNote::Signature(_))
        ));
    }

    #[test]
    fn lines_of_other_keys_are_passed_over() {
        let author = HeldKey::from_seed("Ada", &[1; 32]);
        let ours =
            Verifier::new("desk", PublicKey::from_bytes(&author.public_key()).unwrap()).unwrap();
        let note = sign(TEXT, "desk", &author).unwrap();
        assert_eq!(open(&note, &ours), Ok(TEXT));
        assert_eq!(open(&format!("{note}{LINE}"), &ours), Ok(TEXT));
        assert_eq!(
            open(
                &format!("{note}{LINE}"),
                &Verifier::from_vkey(VKEY).unwrap()
            ),
            Ok(TEXT)
        );
        let theirs = format!("{TEXT}\n{LINE}");
        assert_eq!(open(&theirs, &ours), Err(BadNote::Unsigned("desk".into())));
        assert_eq!(Verifier::from_vkey(&ours.to_vkey()), Some(ours));
    }

    #[test]
    fn other_forms_are_refused() {
        let verifier = Verifier::from_vkey(VKEY).unwrap();
        for note in [
            "",
            "\n\n",
            TEXT,
            &format!("{TEXT}{LINE}"),
            &format!("{TEXT}\n{}", LINE.trim_end()),
        ] {
            assert_eq!(open(note, &verifier), Err(BadNote::Form), "{note:?}");
        }
        let author = HeldKey::from_seed("Ada", &[1; 32]);
        assert_eq!(sign("no newline", "desk", &author), Err(BadNote::Text));
        assert_eq!(sign("a\tb\n", "desk", &author), Err(BadNote::Text));
        assert_eq!(
            sign(TEXT, "the desk", &author),
            Err(BadNote::Name("the desk".into()))
        );
        assert_eq!(Verifier::from_vkey(&VKEY.replace("c74f", "c74e")), None);
    }
}
