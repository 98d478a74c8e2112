//! The journal as people read it, and its signed head.

mod told;

use std::collections::BTreeSet;

use journal::{Checkpoint, ContentId, PublicKey, note::Verifier};
use serde_json::Value;
use store::Recorded;
use store::event::{Event, Pin};
use store::record::Item;

use crate::case::Case;
use crate::error::{Error, Kind, Result};
use crate::view::{EntryView, Head, JournalPage, Rebuilt};
use told::sourcing;

impl Case {
    /// At most `limit` entries from `from` on, in order.
    ///
    /// # Errors
    /// The store fails.
    pub fn journal(&self, from: u64, limit: usize) -> Result<JournalPage> {
        let head = self.store.head()?;
        let entries = self.store.entries(from, limit)?;
        let items = self.named_in(&entries)?;
        Ok(JournalPage {
            size: head.size,
            root: head.root.to_string(),
            entries: entries
                .into_iter()
                .map(|recorded| view(&items, recorded))
                .collect(),
        })
    }

    /// The items that entries name.
    fn named_in(&self, entries: &[Recorded]) -> Result<Vec<Item>> {
        fn ids(value: &Value, found: &mut BTreeSet<ContentId>) {
            match value {
                Value::Object(fields) => fields.values().for_each(|value| ids(value, found)),
                Value::Array(values) => values.iter().for_each(|value| ids(value, found)),
                Value::String(text) if text.starts_with("sha256:") => {
                    found.extend(text.parse::<ContentId>());
                }
                _ => {}
            }
        }
        let mut named = BTreeSet::new();
        for recorded in entries {
            ids(&recorded.entry.body, &mut named);
        }
        self.items_with(named)
    }

    /// At most `limit` envelopes from entry `from` on, as they were signed, each with a newline after it.
    ///
    /// # Errors
    /// The store fails, or `take` does.
    pub fn envelopes(
        &self,
        from: u64,
        limit: usize,
        take: &mut dyn FnMut(&[u8]) -> Result<()>,
    ) -> Result<()> {
        for recorded in self.entries(from..from.saturating_add(limit as u64)) {
            let mut line = recorded?.envelope;
            line.push(b'\n');
            take(&line)?;
        }
        Ok(())
    }

    /// The head of the journal as a C2SP checkpoint, signed by the case's author: for somebody else
    /// to keep, so that nothing before it can be rewritten unseen.
    ///
    /// # Errors
    /// The author has signed nothing in this case yet, or the store fails.
    pub fn checkpoint(&self) -> Result<String> {
        self.prepare()?;
        let head = self.store.head()?;
        let origin = self.origin()?;
        let text = Checkpoint {
            origin,
            size: head.size,
            root: head.root.0,
        };
        text.sign(self.author())
            .map_err(|why| Error::new(Kind::Failed, why.to_string()))
    }

    /// Builds every table anew from the journal and compares.
    ///
    /// # Errors
    /// A table was not what the journal says (it is now), the journal is damaged, or the store fails.
    pub fn rebuild(&self) -> Result<Rebuilt> {
        let rebuilt = self.store.rebuild()?;
        if let Some(first) = rebuilt.differences.first() {
            let more = rebuilt.differences.len() - 1;
            let message =
                format!("{first}; and {more} more. The tables now say what the journal says");
            return Err(Error::integrity(message));
        }
        Ok(Rebuilt {
            entries: rebuilt.entries,
            records: rebuilt.records,
        })
    }

    /// The head that `checkpoint` states, if an actor of this case signed it for this case.
    pub(crate) fn open_checkpoint(&self, checkpoint: &str) -> Result<Head> {
        let origin = self.origin()?;
        for actor in self.store.actors()? {
            let former = actor.former.iter().map(|key| &key.public_key);
            for key in former.chain([&actor.public_key]) {
                let key = PublicKey::from_openssh(key).ok();
                let verifier = key.and_then(|key| Verifier::new(&origin, key).ok());
                if let Some(opened) =
                    verifier.and_then(|verifier| Checkpoint::open(checkpoint, &verifier).ok())
                {
                    return Ok(Head {
                        size: opened.size,
                        root: ContentId(opened.root).to_string(),
                    });
                }
            }
        }
        Err(
            Error::usage("the checkpoint is not one of this case, signed by one of its actors")
                .hint("give a file written by `framewitness log --checkpoint` in this case"),
        )
    }

    /// Unique name of this journal: made of its first entry.
    pub(crate) fn origin(&self) -> Result<String> {
        let first = self
            .store
            .entry(0)?
            .ok_or_else(|| Error::missing("the journal is empty"))?;
        Ok(format!("framewitness/{}", first.hash.hex()))
    }
}

fn view(items: &[Item], recorded: Recorded) -> EntryView {
    let summary = recorded.event().map_or_else(
        |why| format!("unreadable: {why}"),
        |event| summary(items, &event),
    );
    let entry = recorded.entry;
    EntryView {
        seq: entry.seq,
        at: entry.at,
        actor: entry.actor,
        kind: entry.kind,
        summary,
        hash: recorded.hash.to_string(),
        body: entry.body,
    }
}

/// An event in a few words.
fn summary(items: &[Item], event: &Event) -> String {
    let number = |id: &ContentId| number(items, id);
    match event {
        Event::CaseOpened { name } => format!("case {name:?}"),
        Event::ActorRegistered { actor, .. } => format!("key of {actor}"),
        Event::CheckpointSigned(_)
        | Event::CheckpointAsked(_)
        | Event::CheckpointWitnessed(_)
        | Event::CheckpointCosigned(_) => crate::witness::summary(event),
        Event::KeyRotated(rotated) => format!("new key of {}", rotated.actor),
        Event::KeyRevoked(revoked) => format!("{}: {}", revoked.actor, revoked.reason),
        Event::ItemAcquired(from) => {
            format!("{} {} ({} bytes)", number(&from.item), from.name, from.size)
        }
        Event::ItemInspected(seen) => {
            let (frames, findings) = (seen.frame_count, seen.finding_count);
            format!(
                "{} {frames} frames, {findings} findings, {}",
                number(&seen.item),
                seen.tool
            )
        }
        Event::MatchFound(found) => {
            let (one, other) = (number(&found.query), number(&found.reference));
            format!(
                "{one} = {other}, score {}",
                f64::from(found.score_permille) / 1000.0
            )
        }
        Event::MatchReviewed(said) => {
            let note = said.note.as_deref().unwrap_or_default();
            format!("{} {} {note}", said.number, said.verdict)
                .trim_end()
                .to_owned()
        }
        Event::WatchBegun(_) | Event::WatchSearched(_) | Event::WatchEnded(_) => {
            watching(items, event)
        }
        Event::ViewSaved(saved) => format!("{:?}", saved.name),
        Event::ViewRenamed(renamed) => format!("{} {:?}", renamed.view, renamed.name),
        Event::ViewRemoved(removed) => removed.view.to_string(),
        Event::EntryUndone(undone) => format!("entry {}: {}", undone.entry, undone.reason),
        Event::ItemRemoved(removed) => {
            format!(
                "{} {}: {}",
                number(&removed.item),
                removed.ground,
                removed.reason
            )
        }
        Event::ReportWritten { item, report, .. } => format!("{} {report}", number(item)),
        Event::PublicationDrafted(_)
        | Event::PublicationReviewed(_)
        | Event::PublicationSealed(_)
        | Event::PublicationReceived(_)
        | Event::PublicationWithdrawn(_) => told::publishing(event),
        _ => judgement(items, event),
    }
}

/// What becomes of the watch list, in a few words.
fn watching(items: &[Item], event: &Event) -> String {
    match event {
        Event::WatchBegun(begun) => {
            let pin = Pin {
                item: begun.item,
                span: begun.span.clone(),
                region: None,
            };
            place(items, &pin)
        }
        Event::WatchSearched(searched) => {
            let listed = |names: Vec<String>| names.join(" ");
            let watches = searched.watches.iter().map(ToString::to_string).collect();
            let place = match searched.items.as_slice() {
                [item] => number(items, item),
                many => format!("{} items", many.len()),
            };
            let found = searched
                .found
                .iter()
                .map(|it| it.found.to_string())
                .collect();
            let found = match listed(found) {
                none if none.is_empty() => "nothing".to_owned(),
                found => found,
            };
            format!("{place} for {}: {found}", listed(watches))
        }
        Event::WatchEnded(ended) => ended.watch.to_string(),
        _ => String::new(),
    }
}

/// What people say of items and of each other, in a few words.
fn judgement(items: &[Item], event: &Event) -> String {
    match event {
        Event::ClaimMade(claim) => {
            format!(
                "{} {}: {}",
                claim.relation,
                place(items, &claim.pin),
                claim.text
            )
        }
        Event::ClaimStatusChanged(change) => {
            format!("{} {} {}", change.claim, change.status, change.reason)
        }
        Event::ClaimRated(rated) => {
            let (credibility, who) = (rated.credibility, &rated.assessor);
            format!("{who} on {}: {credibility} {}", rated.claim, rated.reason)
        }
        Event::ObservationMade(seen) => format!("{}: {}", place(items, &seen.pin), seen.text),
        Event::HypothesisStated {
            text,
            item: Some(item),
        } => {
            format!("{}: {text}", number(items, item))
        }
        Event::HypothesisStated { text, item: None } => text.clone(),
        Event::EvidenceLinked {
            hypothesis,
            evidence,
            bearing,
            ..
        } => {
            format!("{evidence} {bearing} {hypothesis}")
        }
        Event::MediaReviewed(made) => {
            let codes: Vec<&str> = made.codes.iter().map(|code| code.word()).collect();
            format!(
                "{} on {}: {}",
                made.reviewer,
                number(items, &made.item),
                codes.join(", ")
            )
        }
        Event::ResemblanceJudged(made) => format!(
            "{} on {} / {}: {}",
            made.judge,
            place(items, &made.one),
            place(items, &made.other),
            made.degree
        ),
        Event::AssessmentMade(made) => {
            let (likelihood, confidence) = (made.likelihood, made.confidence);
            format!(
                "{} on {}: {likelihood} ({confidence})",
                made.assessor, made.hypothesis
            )
        }
        _ => sourcing(items, event),
    }
}

fn number(items: &[Item], id: &ContentId) -> String {
    let found = items.iter().find(|item| item.id == *id);
    found.map_or_else(|| id.to_string(), |item| item.number.to_string())
}

fn place(items: &[Item], pin: &Pin) -> String {
    let item = number(items, &pin.item);
    match &pin.span {
        None => item,
        Some(span) if span.first.no == span.last.no => format!("{item} frame {}", span.first.no),
        Some(span) => format!("{item} frames {}-{}", span.first.no, span.last.no),
    }
}
