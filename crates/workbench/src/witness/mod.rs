//! Others vouch for the journal: signed heads, requests to witnesses, and what is known of them.

mod continuing;
mod judge;
mod proving;
mod take;

use base64::{Engine, engine::general_purpose::STANDARD};
use journal::stamp;
use store::event::{CheckpointAsked, CheckpointSigned, Event, Testimony};
use store::record::{SignedCheckpoint, Witnessed};

use crate::case::Case;
use crate::error::{Error, Result};
use crate::view::{CheckpointView, RequestView, WitnessView};

pub use journal::stamp::certificates;
pub(crate) use judge::{Heads, Signed};
pub use proving::{check_continuation, check_inclusion};
pub use take::{Trust, roots};

/// A request for a time stamp.
pub struct Request {
    /// The checkpoint it is on.
    pub checkpoint: SignedCheckpoint,
    /// Who is asked: an address or a name.
    pub witness: String,
    /// RFC 3161, DER.
    pub bytes: Vec<u8>,
}

impl Case {
    /// The newest signed head, if nothing but witnessing happened since; else the present head, signed
    /// and recorded.
    ///
    /// # Errors
    /// The author's key cannot sign, or the store fails.
    pub fn newest_checkpoint(&self) -> Result<SignedCheckpoint> {
        if let Some(newest) = self.store.checkpoints()?.pop()
            && self.only_witnessed_since(newest.size)?
        {
            return Ok(newest);
        }
        // Who reads the case as of a head needs the key that signed it.
        self.register()?;
        let checkpoint = self.checkpoint()?;
        let event = Event::CheckpointSigned(CheckpointSigned { checkpoint });
        let entry = self.record(&event)?.seq;
        self.made_by(entry)
    }

    /// Whether the entries from `from` on are about witnesses.
    fn only_witnessed_since(&self, from: u64) -> Result<bool> {
        for recorded in self.entries(from..u64::MAX) {
            if !recorded?.entry.kind.starts_with("checkpoint.") {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Asks `witness`, an address or a name, for a time stamp on the newest checkpoint: recorded before
    /// anything is sent, and then waiting for an answer.
    ///
    /// # Errors
    /// The author's key cannot sign, or the store fails.
    pub fn ask_witness(&self, witness: &str) -> Result<Request> {
        let checkpoint = self.newest_checkpoint()?;
        let mut nonce = [0; 8];
        getrandom::fill(&mut nonce).map_err(|error| {
            Error::new(crate::Kind::Failed, format!("drawing a nonce: {error}"))
        })?;
        self.record(&Event::CheckpointAsked(CheckpointAsked {
            checkpoint: checkpoint.number,
            witness: witness.to_owned(),
            nonce: hex::encode(nonce),
        }))?;
        Ok(request(checkpoint, witness, &nonce))
    }

    /// The addresses that were asked and whose newest request was not answered, oldest first.
    ///
    /// # Errors
    /// The store fails.
    pub fn unanswered(&self) -> Result<Vec<String>> {
        let mut waiting: Vec<String> = Vec::new();
        for asked in self.store.checkpoints()?.iter().flat_map(|it| &it.asked) {
            waiting.retain(|known| *known != asked.witness);
            if !asked.answered && is_address(&asked.witness) {
                waiting.push(asked.witness.clone());
            }
        }
        Ok(waiting)
    }

    /// Every signed head, by number, with its witnesses.
    ///
    /// # Errors
    /// The store fails.
    pub fn checkpoints(&self) -> Result<Vec<CheckpointView>> {
        Ok(views(&self.store.checkpoints()?))
    }
}

/// Signed heads as they are shown.
fn views(checkpoints: &[SignedCheckpoint]) -> Vec<CheckpointView> {
    let mut views: Vec<CheckpointView> = checkpoints.iter().map(view).collect();
    // Who answered on a later head is not waited for on an earlier one.
    for later in 1..checkpoints.len() {
        let answered = checkpoints[later]
            .asked
            .iter()
            .filter(|asked| asked.answered);
        let answered: Vec<&str> = answered.map(|asked| asked.witness.as_str()).collect();
        for earlier in &mut views[..later] {
            earlier
                .waiting
                .retain(|it| !answered.contains(&it.as_str()));
        }
    }
    views
}

/// An event about witnesses in a few words.
pub(crate) fn summary(event: &Event) -> String {
    let stated = |note: &str| journal::Checkpoint::stated(note).ok();
    match event {
        Event::CheckpointSigned(signed) => stated(&signed.checkpoint)
            .map_or_else(String::new, |head| format!("head of {} entries", head.size)),
        Event::CheckpointAsked(asked) => format!("{} {}", asked.checkpoint, asked.witness),
        Event::CheckpointWitnessed(said) => {
            format!("{} {}", said.checkpoint, sentence(&said.testimony))
        }
        Event::CheckpointCosigned(cosigned) => stated(&cosigned.checkpoint)
            .map_or_else(String::new, |head| {
                format!("{} entries of {}", head.size, head.origin)
            }),
        _ => String::new(),
    }
}

/// A request as it is sent in JSON.
pub fn request_view(request: &Request) -> RequestView {
    RequestView {
        checkpoint: request.checkpoint.number,
        witness: request.witness.clone(),
        request: STANDARD.encode(&request.bytes),
    }
}

/// Bytes that came in JSON.
///
/// # Errors
/// The text is no base64.
pub fn base64_bytes(text: &str) -> Result<Vec<u8>> {
    STANDARD
        .decode(text)
        .map_err(|_| Error::usage("the bytes are not base64 (RFC 4648, section 4)"))
}

/// Whether a witness is asked over the network.
pub fn is_address(witness: &str) -> bool {
    witness.starts_with("http://") || witness.starts_with("https://")
}

fn request(checkpoint: SignedCheckpoint, witness: &str, nonce: &[u8; 8]) -> Request {
    Request {
        bytes: stamp::request(checkpoint.checkpoint.as_bytes(), nonce),
        witness: witness.to_owned(),
        checkpoint,
    }
}

fn view(checkpoint: &SignedCheckpoint) -> CheckpointView {
    let mut waiting: Vec<String> = Vec::new();
    for asked in &checkpoint.asked {
        waiting.retain(|known| *known != asked.witness);
        if !asked.answered {
            waiting.push(asked.witness.clone());
        }
    }
    CheckpointView {
        number: checkpoint.number,
        entry: checkpoint.origin.entry,
        at: checkpoint.origin.at.clone(),
        actor: checkpoint.origin.actor.clone(),
        size: checkpoint.size,
        root: checkpoint.root.to_string(),
        checkpoint: checkpoint.checkpoint.clone(),
        witnessed: checkpoint.witnessed.iter().map(witness_view).collect(),
        waiting,
    }
}

pub(crate) fn witness_view(witnessed: &Witnessed) -> WitnessView {
    WitnessView {
        entry: witnessed.origin.entry,
        proof: witnessed.proof.to_string(),
        testimony: witnessed.testimony.clone(),
        sentence: sentence(&witnessed.testimony),
        from: witnessed.from.clone(),
    }
}

/// What a witness says, for people.
fn sentence(testimony: &Testimony) -> String {
    match testimony {
        Testimony::Rfc3161 {
            at, by, root_name, ..
        } => {
            format!("existed by {at} (time stamp of {by}, for which {root_name} vouches)")
        }
        Testimony::Bitcoin {
            at, height, block, ..
        } => format!(
            "existed by about {at} (block {height} of Bitcoin, {block}: compare that hash with a source you trust)"
        ),
        Testimony::Pending { calendars, heights } => {
            let by = match (calendars.as_slice(), heights.as_slice()) {
                ([], []) => "in no way that is understood here".to_owned(),
                (calendars, []) => format!("promised by {}", calendars.join(", ")),
                (_, heights) => {
                    let blocks: Vec<String> = heights.iter().map(u64::to_string).collect();
                    format!(
                        "said to be in block {} of Bitcoin, whose header was not supplied",
                        blocks.join(", ")
                    )
                }
            };
            format!("not yet anchored (OpenTimestamps, {by})")
        }
        Testimony::Cosignature { at, by, .. } => {
            format!("was the newest state that {by} had seen at {at}, by its own clock")
        }
    }
}
