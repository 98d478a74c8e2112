//! Long journals, as `bench/journal.py` measures them:
//!
//! - `journal fill DIR N`: a new case of N entries, each appended as the program appends;
//! - `journal verify DIR`: chain, tree, records and checkpoints of it, in full;
//! - `journal quick DIR`: chain, tree, keys and checkpoints alone, as `verify --quick`;
//! - `journal append DIR SECONDS WRITERS`: entries acknowledged a second by so many writers at once, who
//!   share one store as the requests to a server do;
//! - `journal sync DIR SECONDS`: what the disk itself does: 4 KiB written over and synced, a second.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use journal::note::Verifier;
use journal::{Author, Checkpoint, ContentId, HeldKey, PublicKey};
use store::event::{
    Acquired, CheckpointSigned, ClaimMade, ClaimStatusChanged, Event, Inspected, ObservationMade,
    Pin, SourceNamed,
};
use store::number::ClaimNo;
use store::record::SignedCheckpoint;
use store::vocabulary::{ClaimRelation, ClaimStatus, SourceKind};
use store::{Checked, SqliteStore, Store};

type Outcome = Result<(), Box<dyn std::error::Error>>;

const AT: &str = "2026-05-03T10:00:00.000Z";
const NAME: &str = "bench/journal";
/// Entries between two signed heads.
const CHECKPOINT: u64 = 50_000;

fn main() -> Outcome {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["fill", folder, count] => fill(folder.as_ref(), count.parse()?),
        ["verify", folder] => verify(folder.as_ref()),
        ["quick", folder] => quick(folder.as_ref()),
        ["append", folder, seconds, writers] => {
            append(folder.as_ref(), seconds.parse()?, writers.parse()?)
        }
        ["sync", folder, seconds] => sync(folder.as_ref(), seconds.parse()?),
        _ => Err("see the head of this example".into()),
    }
}

fn database(folder: &Path) -> PathBuf {
    folder.join("case.db")
}

fn analyst(number: u64) -> HeldKey {
    HeldKey::from_seed(format!("analyst {number}"), &[7 + number as u8; 32])
}

fn item(number: u64) -> ContentId {
    ContentId::of(&number.to_le_bytes())
}

fn fill(folder: &Path, count: u64) -> Outcome {
    let store = SqliteStore::create(&database(folder))?;
    let authors = [analyst(0), analyst(1), analyst(2)];
    let name = "long".to_owned();
    store.append(&authors[0], AT, &Event::CaseOpened { name })?;
    let (mut items, mut claims, mut turn) = (0, 0, 0);
    loop {
        let head = store.head()?;
        if head.size >= count {
            println!("{} entries, root {}", head.size, head.root);
            return Ok(());
        }
        // Some have two: that of their author's key.
        if head.size / CHECKPOINT > store.checkpoints()?.len() as u64 {
            let checkpoint = Checkpoint {
                origin: NAME.to_owned(),
                size: head.size,
                root: head.root.0,
            };
            let checkpoint = checkpoint.sign(&authors[0])?;
            let event = Event::CheckpointSigned(CheckpointSigned { checkpoint });
            store.append(&authors[0], AT, &event)?;
        }
        for _ in 0..1000 {
            let event = event(turn, &mut items, &mut claims);
            store.append(&authors[turn as usize % 3], AT, &event)?;
            turn += 1;
        }
    }
}

/// Of a hundred entries one item is acquired and inspected; most are claims, what became of them, and
/// observations.
fn event(turn: u64, items: &mut u64, claims: &mut u32) -> Event {
    let of = item(*items - u64::from(*items > 0));
    match turn % 100 {
        0 => {
            *items += 1;
            Event::ItemAcquired(acquired(*items - 1))
        }
        1 => Event::ItemInspected(inspected(of)),
        2 | 3 => Event::SourceNamed(SourceNamed {
            name: format!("@account_{turn}"),
            kind: SourceKind::Account,
            url: Some(format!("https://example.org/@account_{turn}")),
            grade: Some("C".into()),
            note: None,
        }),
        4..40 => {
            *claims += 1;
            Event::ClaimMade(claim(of, turn))
        }
        40..60 => Event::ClaimStatusChanged(ClaimStatusChanged {
            claim: ClaimNo(*claims - turn as u32 % 20),
            status: ClaimStatus::Contradicted,
            reason: "the shadows fall the other way, as the map of the square shows".into(),
            evidence: Vec::new(),
        }),
        _ => Event::ObservationMade(ObservationMade {
            pin: pin(of),
            text: format!("a lamp post with the number {turn} on the left, lit"),
            tracked: None,
            sound: None,
            cites: Vec::new(),
        }),
    }
}

fn pin(item: ContentId) -> Pin {
    Pin {
        item,
        span: None,
        region: None,
    }
}

fn acquired(number: u64) -> Acquired {
    Acquired {
        item: item(number),
        size: 1_000_000 + number,
        blake3: "ab".repeat(32),
        name: format!("clip-{number}.mp4"),
        method: "file".into(),
        origin: Some(format!("/in/clip-{number}.mp4")),
        modified: Some("2026-05-01T00:00:00Z".into()),
        uploaded: None,
        acquired: None,
        note: None,
    }
}

fn inspected(item: ContentId) -> Inspected {
    Inspected {
        item,
        tool: "framewitness 0.1.0".into(),
        versions: BTreeMap::from([("libavcodec".into(), "59.37.100".into())]),
        facts: ContentId([1; 32]),
        frames: ContentId([2; 32]),
        prints: ContentId([3; 32]),
        thumbnails: ContentId([4; 32]),
        sound: None,
        frame_count: 900,
        finding_count: 4,
        found: Vec::new(),
        complete: true,
        tracks: Vec::new(),
        glance: None,
    }
}

fn claim(item: ContentId, turn: u64) -> ClaimMade {
    ClaimMade {
        relation: ClaimRelation::About,
        pin: pin(item),
        claimant: Some("a newspaper".into()),
        source: None,
        text: format!("The film shows the square on the evening of 2 May, says report {turn}"),
        language: Some("en".into()),
        asserted: Some("2026-05-02".into()),
        url: Some(format!("https://example.org/news/{turn}")),
    }
}

fn verify(folder: &Path) -> Outcome {
    let store = SqliteStore::open(&database(folder))?;
    let checkpoints = store.checkpoints()?;
    let sizes: BTreeSet<u64> = checkpoints.iter().map(|signed| signed.size).collect();
    let began = Instant::now();
    // Before the first entry the database's structure is checked, after the last one the records.
    let (mut first, mut last) = (None, began);
    let checked = store.check_watched(&mut |_, _| {
        last = Instant::now();
        first.get_or_insert(last);
    })?;
    let compared = Instant::now();
    let roots = store.heads(&sizes)?;
    signed(&checkpoints, &roots)?;
    let heads = compared.elapsed();
    let first = first.ok_or("no entry could be read")?;
    println!(
        "{} entries, {} checkpoints, {} problems, root {}: {:.2} s: {:.2} s chain, signatures and tree, {:.2} s \
         checkpoints, {:.2} s structure of the database, {:.2} s records and words against those of the journal",
        checked.entries,
        checkpoints.len(),
        checked.problems.len(),
        checked.root,
        began.elapsed().as_secs_f64(),
        (last - first).as_secs_f64(),
        heads.as_secs_f64(),
        (first - began).as_secs_f64(),
        (compared - last).as_secs_f64(),
    );
    whole(&checked)
}

fn quick(folder: &Path) -> Outcome {
    let store = SqliteStore::open(&database(folder))?;
    let began = Instant::now();
    let checkpoints = store.checkpoints()?;
    let sizes: BTreeSet<u64> = checkpoints.iter().map(|signed| signed.size).collect();
    let mut roots = BTreeMap::new();
    let covered = sizes.last().copied().unwrap_or_default();
    let checked = store.check_quickly(covered, &mut |tree| {
        if sizes.contains(&tree.size()) {
            roots.insert(tree.size(), ContentId(tree.root()));
        }
    })?;
    signed(&checkpoints, &roots)?;
    println!(
        "{} entries, {} checkpoints, {} problems, root {}: {:.2} s, {} entries after the last checkpoint",
        checked.entries,
        checkpoints.len(),
        checked.problems.len(),
        checked.root,
        began.elapsed().as_secs_f64(),
        checked.entries - covered,
    );
    whole(&checked)
}

/// Whether each checkpoint is signed, and the journal has its root.
fn signed(checkpoints: &[SignedCheckpoint], roots: &BTreeMap<u64, ContentId>) -> Outcome {
    let key = PublicKey::from_bytes(&analyst(0).public_key())?;
    let verifier = Verifier::new(NAME, key)?;
    for signed in checkpoints {
        Checkpoint::open(&signed.checkpoint, &verifier)?;
        if roots.get(&signed.size) != Some(&signed.root) {
            return Err(format!("{}: another root", signed.number).into());
        }
    }
    Ok(())
}

fn whole(checked: &Checked) -> Outcome {
    match checked.problems.first() {
        None => Ok(()),
        Some(problem) => Err(problem.to_string().into()),
    }
}

fn append(folder: &Path, seconds: u64, writers: u64) -> Outcome {
    let path = database(folder);
    let store = SqliteStore::create(&path)?;
    let name = "rate".to_owned();
    store.append(&analyst(0), AT, &Event::CaseOpened { name })?;
    store.append(&analyst(0), AT, &Event::ItemAcquired(acquired(0)))?;
    let acknowledged = AtomicU64::new(0);
    let began = Instant::now();
    let end = Duration::from_secs(seconds);
    thread::scope(|scope| -> Outcome {
        let writer = |number| -> Result<(), store::Error> {
            let author = analyst(number);
            while began.elapsed() < end {
                let turn = acknowledged.fetch_add(1, Ordering::Relaxed);
                store.append(&author, AT, &Event::ClaimMade(claim(item(0), turn)))?;
            }
            Ok(())
        };
        let writers: Vec<_> = (0..writers)
            .map(|n| scope.spawn(move || writer(n)))
            .collect();
        for writer in writers {
            writer.join().map_err(|_| "a writer panicked")??;
        }
        Ok(())
    })?;
    let rate = acknowledged.into_inner() as f64 / began.elapsed().as_secs_f64();
    println!("{rate:.0} entries acknowledged a second by {writers} at once");
    Ok(())
}

fn sync(folder: &Path, seconds: u64) -> Outcome {
    let file = File::create(folder.join("synced"))?;
    let block = [0x5a; 4096];
    let began = Instant::now();
    let mut times = 0_u32;
    while began.elapsed() < Duration::from_secs(seconds) {
        file.write_all_at(&block, u64::from(times % 256) * 4096)?;
        file.sync_data()?;
        times += 1;
    }
    let rate = f64::from(times) / began.elapsed().as_secs_f64();
    println!("{rate:.0} writes synced a second by the disk itself");
    Ok(())
}
