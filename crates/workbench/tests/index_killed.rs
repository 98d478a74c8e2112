//! An index on disk whose writer is killed over and over: it opens, has all that was acknowledged, and
//! in the end is the one that somebody makes who was never disturbed.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use reuse::index::{Candidates, Entry, Error, Files, Index, Memory, Plan, Tuning, VideoId};
use workbench::IndexFolder;

/// Kills of writers that had got something done.
const KILLS: u64 = 100;
const RECIPE: &str = "test/1";
/// Names the folder to the writer, and the number of the first video to add.
const FOLDER: &str = "INDEX_TO_BE_KILLED";
const FIRST: &str = "INDEX_FIRST";

/// So that a writer seals and merges again and again before it is killed.
const TUNING: Tuning = Tuning {
    seal: 300,
    tables: 2000,
    most: 20_000,
    plan: Plan::Quicker,
};

type Known = BTreeMap<VideoId, Vec<Entry>>;

fn open(folder: &Path) -> Index {
    let files = IndexFolder::open(folder).unwrap();
    Index::open(Box::new(files), RECIPE, TUNING).unwrap()
}

fn id(number: u64) -> VideoId {
    let mut id = [0; 32];
    id[24..].copy_from_slice(&number.to_be_bytes());
    VideoId(id)
}

/// The number of the next video after those known.
fn next(known: &Known) -> u64 {
    let last = known.keys().next_back();
    last.map_or(0, |id| u64::from_be_bytes(*id.0.last_chunk().unwrap()) + 1)
}

/// The prints of a video, which follow from its number.
fn entries(number: u64) -> Vec<Entry> {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut dice = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let length = dice() % 70;
    (0..length as u32)
        .map(|frame| Entry {
            frame,
            view: 0,
            quality: 60,
            bits: std::array::from_fn(|_| dice()),
        })
        .collect()
}

/// What a writer does: adds one video after the other, and takes every fourth out again.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Add(u64),
    Remove(u64),
}

impl Step {
    /// What is done after this.
    fn after(self) -> Self {
        match self {
            Self::Add(number) if number % 4 == 2 => Self::Remove(number - 1),
            Self::Add(number) => Self::Add(number + 1),
            Self::Remove(number) => Self::Add(number + 2),
        }
    }

    fn apply(self, known: &mut Known) {
        match self {
            Self::Add(number) => known.insert(id(number), entries(number)),
            Self::Remove(number) => known.remove(&id(number)),
        };
    }

    fn from_line(line: &str) -> Option<Self> {
        let number = line.get(1..)?.parse().ok()?;
        match line.as_bytes()[0] {
            b'+' => Some(Self::Add(number)),
            b'-' => Some(Self::Remove(number)),
            _ => None,
        }
    }
}

/// Adds and removes until it is killed; tells each step once it is acknowledged.
#[test]
#[ignore = "the program that the test below starts and kills"]
fn a_writer() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let mut index = open(Path::new(&folder));
    let mut out = std::io::stdout();
    let mut step = Step::Add(std::env::var(FIRST).unwrap().parse().unwrap());
    loop {
        let line = match step {
            Step::Add(number) => {
                index.add(&[(id(number), &entries(number))]).unwrap();
                format!("\n+{number}\n")
            }
            Step::Remove(number) => {
                index.remove(id(number)).unwrap();
                format!("\n-{number}\n")
            }
        };
        out.write_all(line.as_bytes()).unwrap();
        step = step.after();
    }
}

/// Starts a writer and kills it in a while. What it acknowledged.
fn kill_after(folder: &Path, first: u64, wait: Duration) -> Vec<Step> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_writer", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    // From the first word of the test runner on, so that the time is spent in the index.
    lines.next();
    let steps = std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(wait);
            child.kill().unwrap();
        });
        let lines = lines.map_while(Result::ok);
        lines.filter_map(|line| Step::from_line(&line)).collect()
    });
    child.wait().unwrap();
    steps
}

#[test]
fn killed_at_any_moment_it_opens_and_has_all_that_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("index");
    let mut known = Known::new();
    let (mut kills, mut working, mut changes, mut silent) = (0, 0, 0, 0);
    while working < KILLS {
        kills += 1;
        assert!(kills < 10 * KILLS, "only {working} got anything done");
        let first = next(&known);
        let wait = Duration::from_micros(1500 + kills * 7919 % 40_000);
        let steps = kill_after(&folder, first, wait);
        working += u64::from(!steps.is_empty());
        changes += steps.len();
        steps.iter().for_each(|step| step.apply(&mut known));
        let found = open(&folder);
        let ids = |known: &Known| known.keys().copied().collect::<Vec<_>>();
        if found.videos() != ids(&known) {
            // One step more may have reached the disk without a word of it.
            let pending = steps.last().map_or(Step::Add(first), |step| step.after());
            pending.apply(&mut known);
            silent += 1;
            assert_eq!(found.videos(), ids(&known), "kill {kills}, {pending:?}");
        }
        for (id, entries) in known.iter().rev().take(20) {
            assert_eq!(found.entries(*id).unwrap().as_ref(), Some(entries));
        }
    }
    println!(
        "{kills} killed, {working} of them at work, {changes} changes acknowledged, {silent} made \
         without a word; {} videos left",
        known.len()
    );
    equals_one_made_anew(&folder, &known);
}

/// The index in `folder` has what one has that is made of the videos at once: prints, answers, and
/// when both are merged, bytes.
fn equals_one_made_anew(folder: &Path, known: &Known) {
    let mut killed = open(folder);
    let memory = Memory::default();
    let mut anew = Index::open(Box::new(memory.clone()), RECIPE, TUNING).unwrap();
    for (id, entries) in known.iter().rev() {
        anew.add(&[(*id, entries)]).unwrap();
        assert_eq!(killed.entries(*id).unwrap().as_ref(), Some(entries));
    }
    let prints = known.values().flatten();
    let queries: Vec<_> = prints.step_by(97).map(|entry| entry.bits).collect();
    let near = |index: &Index| index.near(&queries, 100, 20).unwrap();
    assert_eq!(near(&killed), near(&anew));
    killed.compact().unwrap();
    anew.compact().unwrap();
    assert_eq!(near(&killed), near(&anew));
    drop(killed);
    let files = IndexFolder::open(folder).unwrap();
    assert_eq!(segments(&files), segments(&memory));
}

/// The bytes of all segments, in the order in which they were written.
fn segments(files: &dyn Files) -> Vec<Vec<u8>> {
    let mut names = files.names().unwrap();
    names.retain(|name| name.ends_with(".segment"));
    names.sort();
    let read = |name: &String| {
        let file = files.open(name).unwrap();
        let mut bytes = vec![0; file.length().unwrap() as usize];
        file.read_at(0, &mut bytes).unwrap();
        bytes
    };
    names.iter().map(read).collect()
}

#[test]
fn a_folder_is_one_programs_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let files = IndexFolder::open(folder.path()).unwrap();
    let said = IndexFolder::open(folder.path()).unwrap_err().to_string();
    assert!(said.contains("is in use"), "{said}");
    let mut index = Index::open(Box::new(files), RECIPE, TUNING).unwrap();
    index.add(&[(id(7), &entries(7))]).unwrap();
    drop(index);
    let index = open(folder.path());
    assert_eq!(index.entries(id(7)).unwrap(), Some(entries(7)));
}

#[test]
fn what_a_kill_leaves_behind_is_cleared_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = open(folder.path());
    for number in 0..3 {
        index.add(&[(id(number), &entries(number))]).unwrap();
    }
    drop(index);
    let log = folder.path().join("0000000000.log");
    let whole = std::fs::read(&log).unwrap();
    let torn = [&whole[..whole.len() - 1], &[0; 3000]].concat();
    std::fs::write(&log, torn).unwrap();
    std::fs::write(folder.path().join("0000000009.segment.part"), b"half").unwrap();
    std::fs::write(folder.path().join("0000000008.segment"), b"unnamed").unwrap();
    let mut index = open(folder.path());
    assert_eq!(index.videos(), [id(0), id(1)]);
    index.add(&[(id(2), &entries(2))]).unwrap();
    drop(index);
    assert_eq!(open(folder.path()).videos(), [id(0), id(1), id(2)]);
    assert_eq!(std::fs::read(&log).unwrap(), whole);
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 3, "manifest, log and lock: {left:?}");

    let mut harmed = whole;
    harmed[10] ^= 1;
    std::fs::write(&log, harmed).unwrap();
    let files = IndexFolder::open(folder.path()).unwrap();
    let opened = Index::open(Box::new(files), RECIPE, TUNING);
    assert!(matches!(opened, Err(Error::Damaged { .. })));
}
