//! Whether what a bundle shows of the journal was in it.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use journal::note::Verifier;
use journal::tree::{Hash, leaf_hash, verify_leaf};
use journal::{
    ACTOR_REGISTERED, Checkpoint, ContentId, Envelope, KEY_REVOKED, KEY_ROTATED, PublicKey,
};
use serde_json::Value;

use super::{Bag, CheckedBundle, DamageKind};
use crate::error::Result;
use crate::publication::slice::{FORMAT, Shown, Slice, statement};

const ENTRIES: &str = "data/journal/entries.json";
const CHECKPOINT: &str = "data/journal/checkpoint.txt";
const CASE: &str = "data/case.json";

/// Keys that stand, by actor.
type Keys = BTreeMap<String, PublicKey>;

pub(super) fn check(bag: &Bag<'_>, checked: &mut CheckedBundle) -> Result<()> {
    let (Some(entries), Some(note), Some(case)) = (
        bag.bytes(ENTRIES)?,
        bag.bytes(CHECKPOINT)?,
        bag.bytes(CASE)?,
    ) else {
        // Manifests that do not list them are not those of a bundle.
        for path in [ENTRIES, CHECKPOINT, CASE] {
            if bag.bytes(path)?.is_none() {
                checked.wrong(DamageKind::Missing, path);
            }
        }
        return Ok(());
    };
    let slice = serde_json::from_slice::<Slice>(&entries).ok();
    let Some(slice) = slice.filter(|it| it.format == FORMAT) else {
        checked.wrong(DamageKind::Form, ENTRIES);
        return Ok(());
    };
    let note = String::from_utf8_lossy(&note).into_owned();
    let verifier = Verifier::from_vkey(&slice.checkpoint_key);
    let opened = verifier.and_then(|it| Checkpoint::open(&note, &it).ok());
    let Some(checkpoint) = opened else {
        checked.wrong(DamageKind::Checkpoint, CHECKPOINT);
        return Ok(());
    };
    checked.entries = slice.entries.len();
    checked.journal = Some(checkpoint.origin.clone());
    checked.size = checkpoint.size;
    checked.root = Some(ContentId(checkpoint.root).to_string());
    let mut keys = Keys::new();
    let mut before = None;
    for shown in &slice.entries {
        let in_order = before < Some(shown.seq);
        before = Some(shown.seq);
        let sound = in_order && is_there(shown, &checkpoint) && says_so(shown, &mut keys);
        if !sound {
            checked.wrong(DamageKind::Entry, &shown.seq);
        }
        checked.shown += usize::from(shown.envelope.is_some());
    }
    for it in &slice.pseudonyms {
        let key = PublicKey::from_openssh(&it.key).ok();
        let signature = STANDARD.decode(&it.signature).ok();
        let signature = signature.and_then(|it| <[u8; 64]>::try_from(it).ok());
        let said = statement(&it.name, &note);
        let holds = { key.zip(signature) }.is_some_and(|(key, it)| key.verifies(&said, &it));
        if !holds {
            checked.wrong(DamageKind::Pseudonym, &it.name);
        }
    }
    match serde_json::from_slice::<Value>(&case) {
        Ok(case) => rests(&case["records"], &slice, checked),
        Err(_) => checked.wrong(DamageKind::Form, CASE),
    }
    Ok(())
}

/// Whether the tree holds its leaf.
fn is_there(shown: &Shown, checkpoint: &Checkpoint) -> bool {
    let hash = |bytes: Vec<u8>| Hash::try_from(bytes).ok();
    let Some(leaf) = hex::decode(&shown.leaf).ok().and_then(hash) else {
        return false;
    };
    let nodes = shown.nodes.iter();
    let nodes = nodes.map(|it| STANDARD.decode(it).ok().and_then(hash));
    let Some(nodes) = nodes.collect::<Option<Vec<Hash>>>() else {
        return false;
    };
    let whole = shown.envelope.as_ref();
    whole.is_none_or(|it| leaf_hash(it.as_bytes()) == leaf)
        && verify_leaf(leaf, shown.seq, checkpoint.size, &nodes, &checkpoint.root)
}

/// Whether its envelope says the same, signed by the key that stood for its author.
fn says_so(shown: &Shown, keys: &mut Keys) -> bool {
    let Some(bytes) = &shown.envelope else {
        return true;
    };
    let Ok(envelope) = Envelope::open(bytes.as_bytes()) else {
        return false;
    };
    let entry = &envelope.entry;
    let same = entry.seq == shown.seq && entry.at == shown.at;
    if !same || entry.actor != shown.actor || entry.kind != shown.kind {
        return false;
    }
    let text = |member: &str| entry.body[member].as_str().unwrap_or_default();
    let new = PublicKey::from_openssh(text("public_key")).ok();
    let registers = entry.kind == ACTOR_REGISTERED;
    let (whose, standing) = match registers {
        true => (text("actor").to_owned(), new),
        false => (entry.actor.clone(), keys.get(&entry.actor).copied()),
    };
    let signed = standing.is_some_and(|key| envelope.signed_by(&key));
    if !signed || whose != entry.actor || registers && keys.contains_key(&whose) {
        return false;
    }
    match entry.kind.as_str() {
        ACTOR_REGISTERED => keys.extend(new.map(|key| (whose, key))),
        KEY_ROTATED => {
            if !new.is_some_and(|key| envelope.taken_over_by(&key)) {
                return false;
            }
            keys.extend(new.map(|key| (whose, key)));
        }
        KEY_REVOKED => drop(keys.remove(text("actor"))),
        _ => {}
    }
    true
}

/// That each record, and each part of one, names an entry which is there, and says the same of it.
fn rests(value: &Value, slice: &Slice, checked: &mut CheckedBundle) {
    match value {
        Value::Array(values) => values.iter().for_each(|it| rests(it, slice, checked)),
        Value::Object(members) => {
            let text = |member: &str| members.get(member).and_then(Value::as_str);
            let seq = members.get("entry").and_then(Value::as_u64);
            if let (Some(seq), Some(at), Some(actor)) = (seq, text("at"), text("actor")) {
                let mut entries = slice.entries.iter();
                let same = |it: &&Shown| it.seq == seq && it.at == at && it.actor == actor;
                if entries.find(same).is_none() {
                    checked.wrong(DamageKind::Entry, &seq);
                }
            }
            members.values().for_each(|it| rests(it, slice, checked));
        }
        _ => {}
    }
}
