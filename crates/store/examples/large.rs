//! Fills a case with invented records, for measuring how lists and searches bear it:
//! `cargo run --release -p store --example large -- CASE.db ITEMS`.
//!
//! Entries are sealed and chained as the store does it, and written in one transaction; then every table is
//! made from them by the store's own rebuilding, which checks each of them: a million appends would make the
//! same tables in many times as long. The case has one item that was inspected; every other is told to have been seen to be like it, so that
//! there are bytes to read. Ten entries for each item: it is preserved, inspected, claimed about, observed,
//! judged; every third match is new; every twentieth has a tag, a date and a person. The words are drawn as
//! words of a language are: few of them often.

use std::path::Path;

use journal::tree::{Frontier, leaf_hash};
use journal::{Author, ContentId, Entry, HeldKey, PublicKey, seal};
use rusqlite::Connection;
use store::event::*;
use store::number::{ClaimNo, HypothesisNo, ItemNo, MatchNo, PersonNo, SourceNo};
use store::vocabulary::{
    ClaimRelation, ClaimStatus, Confidence, DatePrecision, Footing, GroundKind, Likelihood,
    SourceKind, Verdict,
};
use store::{SqliteStore, Store};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Sources, to which claims are given at random.
const SOURCES: u32 = 500;
/// Of how many items one is dated, tagged, and has a person in it.
const MARKED: u32 = 20;

fn main() -> Outcome<()> {
    let mut given = std::env::args().skip(1);
    let place = given.next().ok_or("name CASE.db or postgres://…")?;
    let items: u32 = given.next().ok_or("how many items?")?.parse()?;
    let store = SqliteStore::open(Path::new(&place))?;
    let first = store.item(ItemNo(1))?.ok_or("add one item first")?;
    let mut seen = first.inspection.ok_or("inspect that item first")?.inspected;
    // Which version of what saw it is the same of every one, and most of its entry.
    seen.versions.retain(|what, _| what.starts_with("lib"));
    let head = store.head()?;
    let mut maker = Maker {
        database: Connection::open(&place)?,
        key: HeldKey::from_seed("Maker", &[7; 32]),
        tree: Frontier::default(),
        last: Entry::NOTHING_BEFORE,
        seen,
        dice: 1,
        entries: 0,
        matches: 0,
        people: 0,
    };
    for recorded in store.entries(0, head.size as usize)? {
        maker.tree.push(leaf_hash(&recorded.envelope));
        maker.last = ContentId::of(&recorded.envelope);
    }
    maker.database.execute_batch("BEGIN")?;
    let public_key = PublicKey::from_bytes(&maker.key.public_key())?.openssh();
    maker.append(&Event::ActorRegistered {
        actor: "Maker".into(),
        public_key,
    })?;
    for n in 0..SOURCES {
        let name = format!("@{} {n}", maker.words(2));
        maker.append(&source(name))?;
    }
    for n in 2..=items {
        maker.item(n)?;
        if n % 5000 == 0 {
            eprintln!("{n} items, {} entries", maker.entries);
        }
    }
    let Maker {
        database,
        tree,
        last,
        ..
    } = maker;
    let head = rusqlite::params![tree.size(), last.0, tree.to_bytes()];
    database.execute("UPDATE head SET size = ?1, last = ?2, peaks = ?3", head)?;
    database.execute_batch("COMMIT")?;
    drop(database);
    let rebuilt = store.rebuild()?;
    eprintln!(
        "{} entries made {} records",
        rebuilt.entries, rebuilt.records
    );
    Ok(())
}

struct Maker {
    database: Connection,
    key: HeldKey,
    tree: Frontier,
    /// Hash of the last entry.
    last: ContentId,
    /// What the inspection of the first item saw.
    seen: Inspected,
    dice: u64,
    entries: u64,
    matches: u32,
    people: u32,
}

impl Maker {
    /// xorshift64*: any numbers do, as long as they are the same ones every time.
    fn roll(&mut self, sides: u64) -> u64 {
        self.dice ^= self.dice >> 12;
        self.dice ^= self.dice << 25;
        self.dice ^= self.dice >> 27;
        (self.dice.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % sides
    }

    /// Words of which the one of rank `r` is about `1/r` times as frequent as the first.
    fn words(&mut self, many: u32) -> String {
        const SYLLABLES: [&str; 16] = [
            "ka", "lo", "мир", "ta", "ve", "rin", "שלום", "so", "爆発", "mu", "ne", "ž", "po",
            "سلام", "di", "фа",
        ];
        let mut words = Vec::new();
        for _ in 0..many {
            let share = (self.roll(1_000_000) + 1) as f64 / 1_000_000.0;
            let mut rank = 20_000_f64.powf(share) as usize;
            let mut word = String::new();
            while rank > 0 {
                word.push_str(SYLLABLES[rank % 16]);
                rank /= 16;
            }
            words.push(word);
        }
        words.join(" ")
    }

    fn append(&mut self, event: &Event) -> Outcome<()> {
        self.entries += 1;
        let day = self.entries / 1500;
        let (year, month, day) = (2024 + day / 336, 1 + day / 28 % 12, 1 + day % 28);
        let at = format!("{year}-{month:02}-{day:02}T10:00:00Z");
        let (kind, body) = event.to_entry()?;
        let entry = Entry {
            seq: self.tree.size(),
            prev: self.last,
            at,
            actor: self.key.actor().to_owned(),
            kind,
            body,
        };
        let envelope = seal(&entry, &self.key)?;
        let sql = "INSERT INTO entries (seq, envelope) VALUES (?1, ?2)";
        let mut put = self.database.prepare_cached(sql)?;
        put.execute(rusqlite::params![entry.seq, envelope])?;
        self.tree.push(leaf_hash(&envelope));
        self.last = ContentId::of(&envelope);
        Ok(())
    }

    fn item(&mut self, n: u32) -> Outcome<()> {
        let name = format!("{} {n}.mp4", self.words(2));
        let uploaded = self.roll(3) == 0;
        self.append(&Event::ItemAcquired(acquired(n, name, uploaded)))?;
        let cuts = self.roll(5) as u32;
        self.append(&Event::ItemInspected(inspected(n, &self.seen, cuts)))?;
        for _ in 0..2 {
            let (text, source) = (self.words(14), self.roll(u64::from(SOURCES)) as u32 + 1);
            self.append(&claim(n, text, source))?;
        }
        for _ in 0..4 {
            let text = self.words(9);
            self.append(&observation(n, text))?;
        }
        // The second of its claims.
        let (reason, claim) = (self.words(6), ClaimNo((n - 1) * 2));
        let status = ClaimStatus::ALL[self.roll(6) as usize];
        let changed = ClaimStatusChanged {
            claim,
            status,
            reason,
            evidence: Vec::new(),
        };
        self.append(&Event::ClaimStatusChanged(changed))?;
        self.compared(n)?;
        match n % MARKED {
            0 => self.marked(n),
            _ => Ok(()),
        }
    }

    /// A match with an earlier item, or a reviewer's word on an earlier match.
    fn compared(&mut self, n: u32) -> Outcome<()> {
        if n % 3 == 2 {
            let other = self.roll(u64::from(n) - 1) as u32 + 1;
            let other = match other {
                1 => self.seen.item,
                other => id(other, 0),
            };
            self.matches += 1;
            return self.append(&matched(n, other));
        }
        let number = MatchNo(self.roll(u64::from(self.matches)) as u32 + 1);
        let verdict = [Verdict::Confirmed, Verdict::Rejected][self.roll(2) as usize];
        let note = Some(self.words(4));
        self.append(&Event::MatchReviewed(MatchReviewed {
            number,
            verdict,
            note,
        }))
    }

    /// A tag, a date, a hypothesis that is judged, and a person.
    fn marked(&mut self, n: u32) -> Outcome<()> {
        let (on, tag) = (ItemNo(n).to_string(), self.words(1));
        self.append(&Event::TagAdded(TagAdded { on, tag }))?;
        let reason = self.words(8);
        self.append(&dated(n, reason))?;
        let (text, item) = (self.words(7), Some(id(n, 0)));
        self.append(&Event::HypothesisStated { text, item })?;
        let reasons = self.words(12);
        self.append(&judged(HypothesisNo(n / MARKED), reasons))?;
        let description = self.words(4);
        self.people += 1;
        self.append(&Event::PersonEntered(PersonEntered {
            description,
            roles: Vec::new(),
            note: None,
        }))?;
        self.append(&Event::PersonAppears(PersonAppears {
            person: PersonNo(self.people),
            pin: pin(n),
            roles: Vec::new(),
            note: None,
        }))
    }
}

fn id(n: u32, of: u8) -> ContentId {
    ContentId::of(&[&n.to_be_bytes()[..], &[of]].concat())
}

fn source(name: String) -> Event {
    Event::SourceNamed(SourceNamed {
        name,
        kind: SourceKind::Account,
        url: None,
        grade: Some("D".into()),
        note: None,
    })
}

fn acquired(n: u32, name: String, uploaded: bool) -> Acquired {
    Acquired {
        item: id(n, 0),
        size: u64::from(n) * 1000,
        blake3: id(n, 1).hex(),
        origin: Some(format!("/in/{name}")),
        name,
        method: "file".into(),
        modified: None,
        acquired: None,
        uploaded: uploaded.then(|| format!("2025-{:02}", n % 12 + 1)),
        note: None,
    }
}

fn inspected(n: u32, seen: &Inspected, cuts: u32) -> Inspected {
    let mut inspected = seen.clone();
    inspected.item = id(n, 0);
    inspected.finding_count = cuts;
    inspected.found = (0..cuts.min(1))
        .map(|_| FindingsOfKind {
            kind: "cut".into(),
            count: cuts,
            says: vec!["The picture changes at once.".into()],
        })
        .collect();
    inspected
}

fn observation(n: u32, text: String) -> Event {
    Event::ObservationMade(ObservationMade {
        pin: pin(n),
        text,
        tracked: None,
        sound: None,
        cites: Vec::new(),
    })
}

fn dated(n: u32, reason: String) -> Event {
    Event::ItemDated(ItemDated {
        pin: pin(n),
        footing: Footing::ALL[0],
        from: "2025-05".into(),
        until: None,
        precision: DatePrecision::Month,
        grounds: vec![Ground {
            kind: GroundKind::Metadata,
            cites: None,
        }],
        assessor: "Maker".into(),
        reason,
        supersedes: None,
    })
}

fn judged(hypothesis: HypothesisNo, reasons: String) -> Event {
    Event::AssessmentMade(AssessmentMade {
        hypothesis,
        assessor: "Maker".into(),
        likelihood: Likelihood::ALL[0],
        confidence: Confidence::ALL[0],
        reasons,
        evidence: Vec::new(),
        supersedes: None,
    })
}

fn pin(n: u32) -> Pin {
    Pin {
        item: id(n, 0),
        span: None,
        region: None,
    }
}

fn claim(n: u32, text: String, source: u32) -> Event {
    Event::ClaimMade(ClaimMade {
        relation: ClaimRelation::About,
        pin: pin(n),
        claimant: None,
        source: Some(SourceNo(source)),
        text,
        language: None,
        asserted: Some("2025-05-03".into()),
        url: None,
    })
}

fn matched(query: u32, reference: ContentId) -> Event {
    let span = |first: u32| {
        let frame = |no: u32| FrameRef {
            no,
            pts: Some(i64::from(no)),
            hash: id(no, 6).hex(),
        };
        Span {
            time_base: [1, 25],
            start: i64::from(first),
            end: i64::from(first) + 50,
            first: frame(first),
            last: frame(first + 49),
        }
    };
    Event::MatchFound(MatchFound {
        query: id(query, 0),
        query_span: span(query % 50),
        reference,
        reference_span: span(query % 40),
        score_permille: 900,
        mirrored: false,
        speed_permille: 1000,
        tool: "reuse 1".into(),
        basis: None,
    })
}
