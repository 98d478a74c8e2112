//! Taking what a witness sent: what it is, on which checkpoint, and whether it holds.

use std::fs;
use std::path::Path;

use journal::ots::{End, Proof};
use journal::stamp::{self, BadToken, Token};
use journal::{Checkpoint, ContentId, Cosigner, time};
use store::event::{CheckpointWitnessed, Event, Testimony};
use store::record::SignedCheckpoint;

use super::witness_view;
use crate::case::Case;
use crate::error::{Error, Kind, Result};
use crate::view::WitnessView;

/// Most bytes of a folder of roots that are read.
const LONGEST_ROOT: u64 = 1 << 22;

/// Whom the person trusts, as far as that decides what is taken.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// Roots of time-stamping authorities, certificates in DER.
    pub roots: Vec<Vec<u8>>,
    /// Keys of cosigners, as C2SP tools write them.
    pub keys: Vec<String>,
    /// Headers of blocks of Bitcoin.
    pub headers: Vec<[u8; 80]>,
}

/// A testimony that holds.
struct Taken {
    checkpoint: SignedCheckpoint,
    testimony: Testimony,
    answers: Option<String>,
}

impl Case {
    /// Checks what a witness sent and keeps it: a time stamp (RFC 3161), an OpenTimestamps proof, or a
    /// cosigned checkpoint. `from` is where it was fetched.
    ///
    /// # Errors
    /// It is none of these, is on no checkpoint of this case, does not hold, or nobody in `trust` vouches
    /// for it; or the store fails. Nothing is kept then.
    pub fn take_testimony(
        &self,
        bytes: &[u8],
        trust: &Trust,
        from: Option<&str>,
    ) -> Result<WitnessView> {
        let checkpoints = self.store.checkpoints()?;
        let taken = match bytes.first() {
            Some(0x30) => self.stamped(&checkpoints, bytes, trust)?,
            Some(0) => anchored(&checkpoints, bytes, trust)?,
            _ => cosigned(&checkpoints, bytes, trust)?,
        };
        crate::keys::prepare(self.author())?;
        let proof = self.blobs.put_bytes(bytes)?.id;
        let event = Event::CheckpointWitnessed(CheckpointWitnessed {
            checkpoint: taken.checkpoint.number,
            proof,
            testimony: taken.testimony,
            answers: taken.answers,
            from: from.map(str::to_owned),
        });
        let entry = self.record(&event)?.seq;
        let mut kept = self.store.checkpoints()?.into_iter();
        let kept = kept.find(|it| it.number == taken.checkpoint.number);
        let witnessed = kept.into_iter().flat_map(|it| it.witnessed);
        let mut made = witnessed.filter(|it| it.origin.entry == entry);
        made.next()
            .map(|made| witness_view(&made))
            .ok_or_else(|| Error::integrity(format!("entry {entry} left no record")))
    }

    fn stamped(
        &self,
        checkpoints: &[SignedCheckpoint],
        bytes: &[u8],
        trust: &Trust,
    ) -> Result<Taken> {
        let token = Token::parse(bytes).map_err(|bad| refused(&bad))?;
        let mut over = None;
        for checkpoint in checkpoints {
            if token
                .is_over(checkpoint.checkpoint.as_bytes())
                .map_err(|bad| refused(&bad))?
            {
                over = Some(checkpoint);
            }
        }
        let checkpoint = over.ok_or_else(|| refused(&BadToken::OtherData))?;
        let stamp = token
            .verify(checkpoint.checkpoint.as_bytes(), &trust.roots)
            .map_err(|bad| refused(&bad))?;
        let answers = checkpoint
            .asked
            .iter()
            .map(|asked| &asked.nonce)
            .find(|nonce| {
                let mut digits = [0; 8];
                hex::decode_to_slice(nonce, &mut digits).is_ok() && token.answers(&digits)
            });
        Ok(Taken {
            checkpoint: checkpoint.clone(),
            testimony: Testimony::Rfc3161 {
                at: stamp.at,
                by: stamp.authority,
                root: self.blobs.put_bytes(&stamp.root)?.id,
                root_name: stamp.root_name,
            },
            answers: answers.cloned(),
        })
    }
}

fn anchored(checkpoints: &[SignedCheckpoint], bytes: &[u8], trust: &Trust) -> Result<Taken> {
    let proof = Proof::parse(bytes).map_err(|bad| Error::usage(bad.to_string()))?;
    let of = |it: &&SignedCheckpoint| ContentId::of(it.checkpoint.as_bytes()).0 == proof.digest;
    let checkpoint = checkpoints.iter().find(of).ok_or_else(|| {
        Error::usage("the proof is on no checkpoint of this case")
            .hint("give `framewitness checkpoint -o FILE` and stamp that file as it is")
    })?;
    Ok(Taken {
        checkpoint: checkpoint.clone(),
        testimony: testimony_of(&proof, &trust.headers),
        answers: None,
    })
}

/// What an OpenTimestamps proof says, with the headers of blocks at hand.
pub(super) fn testimony_of(proof: &Proof, headers: &[[u8; 80]]) -> Testimony {
    let found = headers.iter().find_map(|header| {
        let anchored = proof.anchored(header)?;
        Some(Testimony::Bitcoin {
            at: time::from_unix_seconds(anchored.unix)?,
            height: anchored.height,
            block: anchored.block,
            header: hex::encode(header),
        })
    });
    found.unwrap_or_else(|| {
        let (mut calendars, mut heights) = (Vec::new(), Vec::new());
        for end in &proof.ends {
            match end {
                End::Pending { calendar } => calendars.push(calendar.clone()),
                End::Bitcoin { height, .. } => heights.push(*height),
                End::Unknown => {}
            }
        }
        Testimony::Pending { calendars, heights }
    })
}

fn cosigned(checkpoints: &[SignedCheckpoint], bytes: &[u8], trust: &Trust) -> Result<Taken> {
    let unknown = || {
        Error::usage("this is no time stamp, no OpenTimestamps proof and no cosigned checkpoint of this case")
            .hint("give the file as the witness sent it")
    };
    let note = std::str::from_utf8(bytes).map_err(|_| unknown())?;
    let stated = Checkpoint::stated(note).map_err(|_| unknown())?;
    let text = stated.text();
    let same = |it: &&SignedCheckpoint| it.checkpoint.starts_with(&format!("{text}\n"));
    let checkpoint = checkpoints.iter().find(same).ok_or_else(unknown)?;
    if trust.keys.is_empty() {
        return Err(Error::usage(
            "whose signature this is cannot be told without the key of the cosigner",
        )
        .hint("ask for it, by another way than the file came, and give it with --key"));
    }
    let mut reason = String::new();
    for key in &trust.keys {
        let cosigner = Cosigner::from_vkey(key).ok_or_else(|| {
            Error::usage(format!("{key:?} is not the key of a cosigner"))
                .hint("it looks like name+0123abcd+BAAA…, as `witness cosign` tells it")
        })?;
        match cosigner.signed_at(note) {
            Ok(unix) => {
                return Ok(Taken {
                    checkpoint: checkpoint.clone(),
                    testimony: Testimony::Cosignature {
                        at: time::from_unix_seconds(unix).unwrap_or_default(),
                        by: cosigner.name().to_owned(),
                        key: key.clone(),
                    },
                    answers: None,
                });
            }
            Err(why) => reason = why.to_string(),
        }
    }
    Err(Error::new(Kind::Refused, reason))
}

fn refused(bad: &BadToken) -> Error {
    let message = format!("the time stamp was not taken: {bad}");
    match bad {
        BadToken::Foreign => Error::new(Kind::Refused, message).hint(
            "put the root certificate of the authority (PEM) into a folder and name it with --roots",
        ),
        BadToken::OtherData => Error::new(Kind::Refused, message)
            .hint("it must be on a checkpoint of this case: `framewitness witness request`"),
        BadToken::Form => Error::usage(message),
        _ => Error::new(Kind::Refused, message),
    }
}

/// The certificates in a file, or in every file of a folder.
///
/// # Errors
/// It cannot be read, or holds none.
pub fn roots(path: &Path) -> Result<Vec<Vec<u8>>> {
    let failed = |error: &std::io::Error| Error::io(format!("reading {}", path.display()), error);
    let mut files = vec![path.to_owned()];
    if path.is_dir() {
        let listed = fs::read_dir(path).map_err(|error| failed(&error))?;
        files = listed.flatten().map(|entry| entry.path()).collect();
        files.sort();
    }
    let mut found = Vec::new();
    for file in files {
        let facts = fs::metadata(&file).map_err(|error| failed(&error))?;
        if facts.is_file() && facts.len() <= LONGEST_ROOT {
            let bytes = fs::read(&file).map_err(|error| failed(&error))?;
            found.extend(stamp::certificates(&bytes));
        }
    }
    match found.is_empty() {
        true => Err(
            Error::missing(format!("there is no certificate in {}", path.display()))
                .hint("put the root certificates of the authorities that you trust there, as PEM"),
        ),
        false => Ok(found),
    }
}
