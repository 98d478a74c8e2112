//! What was acknowledged survives a power cut.
//!
//! The cut is the shutdown ioctl of ext4 and XFS on a loop mount, without flushing the log: everything
//! that was not synced is gone, as after a reset. It needs root and loop devices; where they are
//! missing the test says so. It does not model a disk that lies about flushes, nor torn sectors.
//! Killing the process would prove nothing here: the kernel keeps what was written.
//!
//! Only what was read before the cut counts as acknowledged: a sync that races with it may return
//! success for what is lost, and nobody has seen that yet.

#![allow(clippy::unwrap_used)]

#[path = "../conformance/sample.rs"]
#[allow(dead_code, reason = "the suites use the rest")]
mod sample;
#[path = "../servers/postgres.rs"]
#[allow(dead_code, reason = "the server here lies on a disk of its own")]
mod servers;

mod control;
mod disk;
mod processes;
mod server;
mod writer;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use disk::{Disk, Kind};
use sample::record;
use server::Server;
use store::event::Event;
use store::{Blobs, PgStore, SqliteStore, Store};
use writer::{Mark, Writers, name};

/// Cuts after which a new case begins: the checks read all of it after each.
const CUTS_OF_A_CASE: usize = 10;

/// How many times as much is done where there is time for it.
fn thoroughness() -> usize {
    match std::env::var_os("FRAMEWITNESS_SOAK") {
        Some(_) => 11,
        None => 1,
    }
}

/// A case whose power is cut.
struct Case {
    folder: PathBuf,
    database: Option<String>,
}

/// Where the cases of a test rest.
struct Machine {
    // Ends before its disk is taken away.
    server: Option<Server>,
    disk: Disk,
}

impl Machine {
    fn new(kind: Kind, with_server: bool) -> Result<Self, String> {
        let disk = Disk::new(kind)?;
        let server = match with_server {
            true => Some(Server::start(disk.path(), &[])?),
            false => None,
        };
        Ok(Self { disk, server })
    }

    /// A new case; the folder of the one before it goes, for room.
    fn case(&self, number: usize) -> Case {
        let folder = |number| self.disk.path().join(format!("case-{number}"));
        if let Some(before) = number.checked_sub(1) {
            let _ = fs::remove_dir_all(folder(before));
        }
        let case = Case {
            folder: folder(number),
            database: self.server.as_ref().map(|server| server.case(number)),
        };
        fs::create_dir(&case.folder).unwrap();
        let store: Box<dyn Store> = match &case.database {
            Some(address) => Box::new(PgStore::create(address).unwrap()),
            None => Box::new(SqliteStore::create(&case.folder.join("case.db")).unwrap()),
        };
        record(&*store, Event::CaseOpened { name: "x".into() });
        case
    }

    /// Cuts the power of everything while `writers` work. What they had acknowledged, and how much
    /// more they did afterwards. An error when the server does not come back.
    fn cut(&mut self, mut writers: Writers) -> (Vec<Mark>, usize, Result<(), String>) {
        let acknowledged = writers.acknowledged();
        self.disk.cut().unwrap();
        let late = writers.end();
        if let Some(server) = &mut self.server {
            server.kill();
        }
        self.disk.restore();
        let back = self.server.as_mut().map_or(Ok(()), Server::restart);
        (acknowledged, late, back)
    }
}

/// Opens the case after a cut: everything acknowledged is there, and nothing is half there. How many
/// originals it holds.
fn inspect(case: &Case, acknowledged: &[Mark]) -> usize {
    let (store, blobs) = case.open().unwrap();
    assert_eq!(store.check().unwrap().problems, []);
    let items = store.items().unwrap();
    let names: BTreeSet<&str> = items.iter().map(|item| item.name.as_str()).collect();
    let lost = acknowledged
        .iter()
        .filter(|mark| !names.contains(&*name(**mark)));
    assert_eq!(
        lost.collect::<Vec<_>>(),
        Vec::<&Mark>::new(),
        "acknowledged and lost"
    );
    for item in &items {
        assert_eq!(blobs.check(&item.id, Some(item.size)).unwrap(), None);
    }
    let sound = |id| blobs.check(&id, None).unwrap().is_none();
    assert!(
        blobs.ids().unwrap().into_iter().all(sound),
        "half a blob under a name"
    );
    items.len()
}

/// Says it to whoever runs the tests, also where they pass.
fn tell(what: &str) {
    let _ = writeln!(std::io::stderr(), "{what}");
}

/// Cuts the power `cuts` times, or says why it cannot.
fn power_cuts(kind: Kind, with_server: bool, cuts: usize) {
    let place = format!(
        "{kind:?}, {}",
        if with_server { "PostgreSQL" } else { "SQLite" }
    );
    let mut machine = match Machine::new(kind, with_server) {
        Ok(machine) => machine,
        Err(why) => return tell(&format!("power cuts on {place}: skipped: {why}")),
    };
    let cuts = cuts * thoroughness();
    let (mut acknowledged, mut late, mut kept) = (0, 0, 0);
    for number in 0..cuts.div_ceil(CUTS_OF_A_CASE) {
        let case = machine.case(number);
        let (mut said, mut here) = (Vec::new(), 0);
        for cut in number * CUTS_OF_A_CASE..cuts.min((number + 1) * CUTS_OF_A_CASE) {
            let mut writers = Writers::start(&case, &[]);
            // Now here, now there in the work on the next.
            writers.work(3 + cut % 7, Duration::from_micros(cut as u64 * 733 % 5000));
            let (more, afterwards, back) = machine.cut(writers);
            back.unwrap();
            said.extend(more);
            late += afterwards;
            here = inspect(&case, &said);
        }
        acknowledged += said.len();
        kept += here;
    }
    tell(&format!(
        "power cuts on {place}: {cuts} cuts, {acknowledged} entries with blobs acknowledged, 0 lost \
         ({late} acknowledged while the power went, which do not count; {kept} kept)"
    ));
}

#[test]
fn power_cuts_lose_nothing_on_ext4_with_sqlite() {
    power_cuts(Kind::Ext4, false, 36);
}

#[test]
fn power_cuts_lose_nothing_on_xfs_with_sqlite() {
    power_cuts(Kind::Xfs, false, 32);
}

#[test]
fn power_cuts_lose_nothing_on_ext4_with_postgresql() {
    power_cuts(Kind::Ext4, true, 16);
}

#[test]
fn power_cuts_lose_nothing_on_xfs_with_postgresql() {
    power_cuts(Kind::Xfs, true, 16);
}
