//! A journal of a hundred entries as it is exported, with its blobs and what witnesses sent, and what
//! this crate says of any such journal.

#![allow(dead_code, reason = "each test needs another part")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use journal::note::Verifier;
use journal::stamp::{Token, request};
use journal::{
    Author, Chain, Checkpoint, ContentId, Cosigner, Entry, Envelope, HandOver, HeldKey, PublicKey,
    seal, time,
};
use serde_json::{Value, json};

use crate::authority::Authority;

/// Entries, and the bytes that they name.
#[derive(Clone, Default)]
pub struct Export {
    pub lines: Vec<Vec<u8>>,
    pub blobs: BTreeMap<ContentId, Vec<u8>>,
}

/// What is wrong with an export.
#[derive(Debug, PartialEq, Eq)]
pub struct Verdict {
    pub size: u64,
    pub root: String,
    /// Entries that are not sound by themselves.
    pub faulty: Vec<u64>,
    /// Sound entries whose blob, head or testimony is not what they say.
    pub untrue: Vec<u64>,
}

fn key(name: &str, seed: u8) -> HeldKey {
    HeldKey::from_seed(name, &[seed; 32])
}

fn public(author: &dyn Author) -> PublicKey {
    PublicKey::from_bytes(&author.public_key()).unwrap()
}

impl Export {
    /// `size` entries: Ada and Ben, a rotation, items, and each twenty a signed head with time stamps and
    /// a cosignature.
    pub fn of(size: usize) -> Self {
        let authority = Authority::new(
            "exported",
            "-algorithm EC -pkeyopt ec_paramgen_curve:P-256",
            3,
        );
        let (ada, ben, new) = (key("Ada", 1), key("Ben", 2), key("Ada", 3));
        let mut export = Self::default();
        export.register(&ada);
        export.append(&ada, "case.opened", json!({"name": "Market square"}));
        export.register(&ben);
        let hand_over = HandOver {
            old: &ada,
            new: &new,
        };
        let body =
            json!({"actor": "Ada", "public_key": public(&new).openssh(), "reason": "a laptop"});
        export.append(&hand_over, "key.rotated", body);
        let mut heads = 0;
        while export.lines.len() < size {
            match export.lines.len() % 20 {
                5 => {
                    export.sign(&new);
                    heads += 1;
                }
                6 | 7 => export.stamp(&new, heads, &authority),
                8 => export.cosign(&new, heads),
                n if n % 3 == 0 => {
                    let item = export.keep(format!("footage {}", export.lines.len()).into_bytes());
                    export.append(&new, "item.acquired", json!({"item": item.to_string()}));
                }
                n => export.append(&ben, "hypothesis.stated", json!({"item": null, "text": n})),
            }
        }
        export
    }

    pub fn append(&mut self, author: &dyn Author, kind: &str, body: Value) {
        let last = self.lines.last().map(|bytes| ContentId::of(bytes));
        let entry = Entry {
            seq: self.lines.len() as u64,
            prev: last.unwrap_or(Entry::NOTHING_BEFORE),
            at: "2026-05-03T10:00:00Z".into(),
            actor: author.actor().into(),
            kind: kind.into(),
            body,
        };
        self.lines.push(seal(&entry, author).unwrap());
    }

    fn register(&mut self, author: &dyn Author) {
        let body = json!({"actor": author.actor(), "public_key": public(author).openssh()});
        self.append(author, "actor.registered", body);
    }

    fn keep(&mut self, bytes: Vec<u8>) -> ContentId {
        let id = ContentId::of(&bytes);
        self.blobs.insert(id, bytes);
        id
    }

    fn sign(&mut self, author: &dyn Author) {
        let head = Checkpoint {
            origin: "desk.example/market-square".into(),
            size: self.lines.len() as u64,
            root: chain(&self.lines).tree.root(),
        };
        self.append(
            author,
            "checkpoint.signed",
            json!({"checkpoint": head.sign(author).unwrap()}),
        );
    }

    /// The note of head `number`, from 1.
    fn note(&self, number: usize) -> String {
        let mut notes = self.lines.iter().filter_map(|line| {
            let entry = Envelope::open(line).unwrap().entry;
            (entry.kind == "checkpoint.signed")
                .then(|| entry.body["checkpoint"].as_str().unwrap().to_owned())
        });
        notes.nth(number - 1).unwrap()
    }

    fn stamp(&mut self, author: &dyn Author, head: usize, authority: &Authority) {
        let note = self.note(head);
        let nonce = (self.lines.len() as u64).to_be_bytes();
        let answer = authority.answer(&request(note.as_bytes(), &nonce));
        let root = authority.root();
        let stamp = Token::parse(&answer)
            .unwrap()
            .verify(note.as_bytes(), std::slice::from_ref(&root))
            .unwrap();
        let (proof, root) = (self.keep(answer), self.keep(root));
        let said = json!({"form": "rfc3161", "at": stamp.at, "by": stamp.authority, "root": root.to_string()});
        self.witnessed(author, head, proof, &said);
    }

    fn cosign(&mut self, author: &dyn Author, head: usize) {
        let other = key("Cy", 9);
        let cosigner = Cosigner::new("other.example/desk", public(&other)).unwrap();
        let note = self.note(head);
        let line = cosigner.sign(&note, &other, 1_790_000_000).unwrap();
        let proof = self.keep(format!("{note}{line}").into_bytes());
        let at = time::from_unix_seconds(1_790_000_000);
        let said = json!({"form": "cosignature", "at": at, "by": cosigner.name(), "key": cosigner.to_vkey()});
        self.witnessed(author, head, proof, &said);
    }

    fn witnessed(&mut self, author: &dyn Author, head: usize, proof: ContentId, said: &Value) {
        let body = json!({"checkpoint": format!("K{head}"), "proof": proof.to_string(), "testimony": said});
        self.append(author, "checkpoint.witnessed", body);
    }

    /// Writes it as it is exported.
    pub fn write(&self, folder: &Path) {
        fs::create_dir_all(folder).unwrap();
        fs::write(
            folder.join("journal.jsonl"),
            [self.lines.join(&b'\n'), b"\n".to_vec()].concat(),
        )
        .unwrap();
        for (id, bytes) in &self.blobs {
            let place = folder.join("blobs/sha256").join(&id.hex()[..2]);
            fs::create_dir_all(&place).unwrap();
            fs::write(place.join(id.hex()), bytes).unwrap();
        }
    }

    /// What is wrong, as far as this crate can tell.
    pub fn verdict(&self) -> Verdict {
        let mut chain = Chain::default();
        let (mut faulty, mut untrue, mut notes) = (Vec::new(), Vec::new(), Vec::new());
        for (place, line) in self.lines.iter().enumerate() {
            let opened = chain.push(line);
            if chain.faults.iter().any(|fault| fault.seq == place as u64) {
                faulty.push(place as u64);
            } else if let Some(opened) = opened
                && self.holds(&opened.entry, &chain, &mut notes).is_none()
            {
                untrue.push(place as u64);
            }
        }
        Verdict {
            size: chain.tree.size(),
            root: hex::encode(chain.tree.root()),
            faulty,
            untrue,
        }
    }

    fn holds(&self, entry: &Entry, chain: &Chain, notes: &mut Vec<String>) -> Option<()> {
        let text = |value: &Value| Some(value.as_str()?.to_owned());
        match entry.kind.as_str() {
            "item.acquired" => self.blob(&entry.body["item"]).map(|_| ()),
            "checkpoint.signed" => {
                let note = text(&entry.body["checkpoint"])?;
                notes.push(note.clone());
                let stated = Checkpoint::stated(&note).ok()?;
                let key = *chain.key(&entry.actor)?;
                Checkpoint::open(&note, &Verifier::new(&stated.origin, key).ok()?).ok()?;
                let before = self.lines.get(..usize::try_from(stated.size).ok()?)?;
                (journal::verify_chain(before).tree.root() == stated.root).then_some(())
            }
            "checkpoint.witnessed" => self.attested(entry, notes),
            _ => Some(()),
        }
    }

    fn attested(&self, entry: &Entry, notes: &[String]) -> Option<()> {
        let number: usize = entry.body["checkpoint"]
            .as_str()?
            .strip_prefix('K')?
            .parse()
            .ok()?;
        let note = notes.get(number.checked_sub(1)?)?;
        let (said, proof) = (&entry.body["testimony"], self.blob(&entry.body["proof"])?);
        let at = said["at"].as_str()?;
        if said["form"] == "rfc3161" {
            let roots = [self.blob(&said["root"])?.clone()];
            let stamp = Token::parse(proof)
                .ok()?
                .verify(note.as_bytes(), &roots)
                .ok()?;
            return (stamp.at == at).then_some(());
        }
        let theirs = std::str::from_utf8(proof).ok()?;
        let cosigner = Cosigner::from_vkey(said["key"].as_str()?)?;
        let signed_at = time::from_unix_seconds(cosigner.signed_at(theirs).ok()?)?;
        let same = Checkpoint::stated(theirs).ok()? == Checkpoint::stated(note).ok()?;
        (same && signed_at == at).then_some(())
    }

    fn blob(&self, id: &Value) -> Option<&Vec<u8>> {
        let id: ContentId = id.as_str()?.parse().ok()?;
        self.blobs
            .get(&id)
            .filter(|bytes| ContentId::of(bytes) == id)
    }
}

fn chain(lines: &[Vec<u8>]) -> Chain {
    journal::verify_chain(lines)
}
