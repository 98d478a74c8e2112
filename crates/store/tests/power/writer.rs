//! Programs that keep originals, record them, and say so, until the power is cut.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use journal::{ContentId, HeldKey};
use store::event::{Acquired, Event};
use store::{Blobs, Folder, PgStore, SqliteStore, Store};

use crate::Case;
use crate::processes::kill_tree;
use crate::sample::{AT, acquired};

/// Where a writer finds the case. Without it the writer's part has nothing to do.
const FOLDER: &str = "FRAMEWITNESS_TEST_CASE";
/// The address of its database, where that is not in the case's folder.
const DATABASE: &str = "FRAMEWITNESS_TEST_DATABASE";
/// Number of the program.
const PROGRAM: &str = "FRAMEWITNESS_TEST_PROGRAM";

/// Programs at once.
const PROGRAMS: u8 = 2;

/// Writers at once in each, who share its store, and syncs where the back end can.
const VOICES: u8 = 3;

/// How long a writer may take to say what is awaited.
const PATIENCE: Duration = Duration::from_secs(60);

/// Makes every sync do nothing but succeed: what a program that forgets them does.
pub(crate) const WITHOUT_SYNCS: [&str; 8] = [
    "strace",
    "-f",
    "-qq",
    "--seccomp-bpf",
    "-o/dev/null",
    "-etrace=fsync,fdatasync,sync_file_range,msync",
    "-einject=fsync,fdatasync,sync_file_range,msync:retval=0",
    "--",
];

/// A writer's number, and that of one of its originals.
pub(crate) type Mark = (u8, u64);

/// The name of an original.
pub(crate) fn name((writer, n): Mark) -> String {
    format!("{writer}-{n}")
}

/// The bytes of an original, and the event that names them.
pub(crate) fn original(mark: Mark) -> (Vec<u8>, Acquired) {
    let times = 1 + (mark.1 as usize * 37) % 3000;
    let bytes = format!("original {} ", name(mark))
        .repeat(times)
        .into_bytes();
    let acquired = Acquired {
        item: ContentId::of(&bytes),
        size: bytes.len() as u64,
        blake3: blake3::hash(&bytes).to_hex().to_string(),
        name: name(mark),
        ..acquired(1)
    };
    (bytes, acquired)
}

fn store(folder: &Path, database: Option<&str>) -> Result<Box<dyn Store>, store::Error> {
    Ok(match database {
        Some(address) => Box::new(PgStore::open(address)?),
        None => Box::new(SqliteStore::open(&folder.join("case.db"))?),
    })
}

impl Case {
    /// The parts of the case, as a program opens them.
    pub(crate) fn open(&self) -> Result<(Box<dyn Store>, Folder), store::Error> {
        let store = store(&self.folder, self.database.as_deref())?;
        Ok((store, Folder::open(&self.folder.join("blobs"))?))
    }
}

/// Goes on with its originals where it stopped, until it fails.
#[test]
fn the_part_of_a_writer() {
    let (Some(folder), Ok(program)) = (env::var_os(FOLDER).map(PathBuf::from), env::var(PROGRAM))
    else {
        return;
    };
    let program: u8 = program.parse().unwrap();
    let store = store(&folder, env::var(DATABASE).ok().as_deref()).unwrap();
    let blobs = Folder::open(&folder.join("blobs")).unwrap();
    thread::scope(|scope| {
        for writer in program * VOICES..(program + 1) * VOICES {
            let (store, blobs) = (&*store, &blobs);
            scope.spawn(move || write(store, blobs, writer));
        }
    });
}

fn write(store: &dyn Store, blobs: &Folder, writer: u8) {
    let author = HeldKey::from_seed(format!("writer {writer}"), &[10 + writer; 32]);
    let names = store.items().unwrap().into_iter().map(|item| item.name);
    let mine = format!("{writer}-");
    for n in names.filter(|name| name.starts_with(&mine)).count() as u64.. {
        let (bytes, acquired) = original((writer, n));
        blobs.put_bytes(&bytes).unwrap();
        store
            .append(&author, AT, &Event::ItemAcquired(acquired))
            .unwrap();
        println!("\nkept {writer} {n}");
    }
}

/// Writers at work, and what they have acknowledged.
pub(crate) struct Writers {
    children: Vec<Child>,
    said: Receiver<Mark>,
    acknowledged: Vec<Mark>,
}

impl Writers {
    /// Starts writers on `case`, each `through` another program if one is named.
    pub(crate) fn start(case: &Case, through: &[&str]) -> Self {
        let (say, said) = channel();
        let children = (0..PROGRAMS).map(|program| {
            let mut child = start(case, program, through);
            let lines = BufReader::new(child.stdout.take().unwrap()).lines();
            let say = say.clone();
            thread::spawn(move || {
                let marks = lines.map_while(Result::ok).filter_map(|line| mark(&line));
                marks.map_while(|mark| say.send(mark).ok()).for_each(drop);
            });
            child
        });
        Self {
            children: children.collect(),
            said,
            acknowledged: Vec::new(),
        }
    }

    /// Waits until `count` originals were acknowledged, and `more` beyond that.
    pub(crate) fn work(&mut self, count: usize, more: Duration) {
        for _ in 0..count {
            self.acknowledged
                .push(self.said.recv_timeout(PATIENCE).unwrap());
        }
        thread::sleep(more);
    }

    /// What was acknowledged up to now.
    pub(crate) fn acknowledged(&mut self) -> Vec<Mark> {
        self.acknowledged.extend(self.said.try_iter());
        std::mem::take(&mut self.acknowledged)
    }

    /// Ends them. How many acknowledgements came after the last that was asked for.
    pub(crate) fn end(self) -> usize {
        self.children.into_iter().for_each(kill_tree);
        self.said.iter().count()
    }
}

fn mark(line: &str) -> Option<Mark> {
    let (writer, n) = line.strip_prefix("kept ")?.split_once(' ')?;
    Some((writer.parse().ok()?, n.parse().ok()?))
}

fn start(case: &Case, program: u8, through: &[&str]) -> Child {
    let this = env::current_exe().unwrap();
    let mut child = match through.split_first() {
        None => Command::new(this),
        Some((program, arguments)) => {
            let mut child = Command::new(program);
            child.args(arguments).arg(this);
            child
        }
    };
    if let Some(database) = &case.database {
        child.env(DATABASE, database);
    }
    child
        .args(["--exact", "writer::the_part_of_a_writer", "--nocapture"])
        .env(FOLDER, &case.folder)
        .env(PROGRAM, program.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}
