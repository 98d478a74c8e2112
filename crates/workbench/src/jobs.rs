//! Jobs that were accepted and are not done yet.
//!
//! Each is a file in the scratch folder, locked by the program that has the job. A program that ends, however it
//! does, leaves its jobs to the next. The folder of a case may have come from somebody else: a job that ends in a
//! signed entry is taken up only by the actor who accepted it.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use journal::ContentId;
use serde::{Deserialize, Serialize};
use store::number::ItemNo;
use store::record::Item;
use store::vocabulary::Verdict;
use utoipa::ToSchema;

use crate::case::Case;
use crate::error::{Error, Result};
use crate::examine::Listen;
use crate::matching::{Heed, Searched};
use crate::scratch::{make, secret};
use crate::view::Found;

/// Folder in the scratch folder.
const FOLDER: &str = "jobs";

/// What the mark of a job is a signature over begins so; what is to be done and the content id follow. No journal
/// entry and no checkpoint begins like this.
const MARKED: &str = "framewitness job\n";

/// More bytes than a job has.
const LONGEST: u64 = 4096;

/// What is to be done with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// Inspect it.
    Inspect,
    /// Look for its footage in every other item that was inspected.
    Match,
}

impl Task {
    fn word(self) -> &'static str {
        match self {
            Self::Inspect => "inspect",
            Self::Match => "match",
        }
    }
}

/// How it is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// What.
    pub task: Task,
    /// Inspect again what was inspected before.
    pub again: bool,
    /// Look for the footage in the other items once it is inspected.
    pub then_match: bool,
}

impl Asked {
    /// A search for the footage of an item, which has no manner.
    pub const MATCH: Self = Self {
        task: Task::Match,
        again: false,
        then_match: false,
    };
}

/// A job as its file holds it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    asked: Asked,
    /// Seconds since 1970 at which it was accepted.
    at: i64,
    /// What only the actor who accepted it can make.
    mark: String,
}

/// A job that this program has.
#[derive(Debug)]
pub struct Job {
    /// The item.
    pub item: ItemNo,
    /// What is to be done.
    pub asked: Asked,
    at: i64,
    path: PathBuf,
    /// Locked as long as this program has the job.
    _lease: File,
}

/// What came of a job.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Done {
    /// Presented frames of the item.
    pub frames: u32,
    /// What methods found in it.
    pub findings: usize,
    /// Matches of it with other items, known ones included.
    pub matches: usize,
    /// Items that it was not compared with, because nobody inspected them yet.
    pub passed_over: Vec<ItemNo>,
    /// How many items it was compared with; fewer than all where somebody stopped the search.
    pub searched: Searched,
}

impl Job {
    /// Forgets the job: it is done, or nobody wants it any more.
    ///
    /// # Errors
    /// The file cannot be removed; it would be done again.
    pub fn end(self) -> Result<()> {
        fs::remove_file(&self.path)
            .map_err(|error| Error::io(format!("removing {}", self.path.display()), &error))
    }
}

impl Case {
    /// Accepts a job: on disk when this returns. `None` where it was accepted before and somebody has it.
    ///
    /// # Errors
    /// The bytes of the item are gone, nothing can be recorded or decoded here, or the scratch folder cannot be
    /// written.
    pub fn accept(&self, item: &Item, asked: Asked) -> Result<Option<Job>> {
        self.writable()?;
        self.at_hand(item)?;
        self.decoder()?;
        let folder = self.scratch.join(FOLDER);
        let path = folder.join(format!("{}-{}", asked.task.word(), item.id.hex()));
        let failed = |error: io::Error| Error::io(format!("writing {}", path.display()), &error);
        make(&self.scratch)
            .and_then(|()| make(&folder))
            .map_err(failed)?;
        let Some(mut lease) = lease(&path, true).map_err(failed)? else {
            return Ok(None);
        };
        let at = self.unix_now();
        let mark = self.mark(&item.id, asked)?;
        let kept = serde_json::to_vec(&Kept { asked, at, mark });
        let kept = kept.map_err(|why| failed(why.into()))?;
        let written = lease
            .set_len(0)
            .and_then(|()| lease.write_all(&kept))
            .and_then(|()| lease.sync_all())
            .and_then(|()| File::open(&folder)?.sync_all());
        written.map_err(failed)?;
        Ok(Some(Job {
            item: item.number,
            asked,
            at,
            path,
            _lease: lease,
        }))
    }

    /// Jobs that this actor accepted and nobody has: what a program that ended left, in the order in which they were
    /// accepted. They are this program's from now on.
    ///
    /// # Errors
    /// The scratch folder or the store cannot be read.
    pub fn jobs_left(&self) -> Result<Vec<Job>> {
        let folder = self.scratch.join(FOLDER);
        let failed = |error: io::Error| Error::io(format!("reading {}", folder.display()), &error);
        if self.writable().is_err() {
            return Ok(Vec::new());
        }
        let listed = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            listed => listed.map_err(failed)?,
        };
        let mut jobs = Vec::new();
        for entry in listed {
            jobs.extend(self.job_at(&entry.map_err(failed)?.path())?);
        }
        jobs.sort_by_key(|job| (job.at, job.item));
        Ok(jobs)
    }

    /// The job in a file, where it is one of this actor's that nobody has.
    fn job_at(&self, path: &Path) -> Result<Option<Job>> {
        let Ok(Some(lease)) = lease(path, false) else {
            return Ok(None);
        };
        let mut text = String::new();
        let read = (&lease).take(LONGEST).read_to_string(&mut text);
        if text.is_empty() && read.is_ok() {
            // Its writer ended before it was accepted.
            let _ = fs::remove_file(path);
            return Ok(None);
        }
        let name = path.file_name().and_then(|name| name.to_str());
        let hex = name.and_then(|name| Some(name.split_once('-')?.1));
        let id = hex.and_then(|hex| format!("sha256:{hex}").parse::<ContentId>().ok());
        let Some((id, kept)) = id.zip(serde_json::from_str::<Kept>(&text).ok()) else {
            return Ok(None);
        };
        if kept.mark != self.mark(&id, kept.asked)? {
            return Ok(None);
        }
        let item = self.store.item_by_id(&id)?;
        let Some(item) = item.filter(|item| self.at_hand(item).is_ok()) else {
            let _ = fs::remove_file(path);
            return Ok(None);
        };
        Ok(Some(Job {
            item: item.number,
            asked: kept.asked,
            at: kept.at,
            path: path.to_owned(),
            _lease: lease,
        }))
    }

    /// Does a job. It stays until [`Job::end`], so that one which is cut off is gone on with. A search that `heed`
    /// stops gives what it found until then; begun again, it begins from the start and finds that anew.
    ///
    /// # Errors
    /// As [`Case::inspect`] and [`Case::match_items`]; `progress` stopped an inspection.
    pub fn work(&self, job: &Job, progress: Listen<'_>, heed: Heed<'_>) -> Result<Done> {
        let item = self.item(&job.item.to_string())?;
        match job.asked.task {
            Task::Inspect => {
                let inspected = self.inspect(&item, job.asked.again, progress)?;
                Ok(Done {
                    frames: inspected.frames,
                    findings: inspected.findings.len(),
                    ..Done::default()
                })
            }
            Task::Match => {
                let (compared, passed_over) = self.compared_inspected()?;
                let (found, searched) = self.search_for(&compared, &item, heed)?;
                let tells = |one: &&Found| one.verdict != Some(Verdict::Rejected);
                Ok(Done {
                    matches: found.iter().filter(tells).count(),
                    passed_over,
                    searched,
                    ..Done::default()
                })
            }
        }
    }

    fn mark(&self, item: &ContentId, asked: Asked) -> Result<String> {
        let Asked {
            task,
            again,
            then_match,
        } = asked;
        let purpose = format!("{MARKED}{} {again} {then_match}\n", task.word());
        let mark = secret(self.author(), &purpose, Some(item))?;
        Ok(ContentId(mark).hex())
    }
}

/// The file of a job, locked; nothing where somebody has it.
fn lease(path: &Path, new: bool) -> io::Result<Option<File>> {
    loop {
        let file = File::options()
            .read(true)
            .write(true)
            .create(new)
            .truncate(false)
            .mode(0o600)
            .custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK)
            .open(path)?;
        match file.try_lock() {
            Err(fs::TryLockError::WouldBlock) => return Ok(None),
            Err(fs::TryLockError::Error(error)) => return Err(error),
            Ok(()) => {}
        }
        let facts = file.metadata()?;
        if !facts.is_file() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        // Between opening and locking, whoever had it may have done it.
        match (facts.nlink() > 0, new) {
            (true, _) => return Ok(Some(file)),
            (false, true) => {}
            (false, false) => return Ok(None),
        }
    }
}
