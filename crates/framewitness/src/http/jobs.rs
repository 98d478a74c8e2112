//! Work that goes on when whoever asked for it has gone: one job at a time, found again after a kill.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use serde::Serialize;
use store::number::ItemNo;
use tokio::sync::watch;
use utoipa::ToSchema;
use workbench::jobs::{Asked, Done, Job, Task};
use workbench::matching::Searched;
use workbench::{Case, Error, Item, Progress, Stage};

use super::fault::Problem;
use crate::pace::Pace;

/// Jobs that are over and still told of; the oldest is forgotten first.
const MOST_OVER: usize = 50;

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Standing {
    /// It waits for those before it.
    Waiting,
    /// It is done now.
    Running,
    /// It came to its end.
    Done,
    /// It did not; `problem` says why.
    Failed,
}

/// What a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum JobStage {
    /// Reading on to where an earlier one was cut off.
    Approach,
    /// Decoding pictures.
    Pictures,
    /// Reading the other streams and what is hidden.
    Structure,
    /// Decoding sound.
    Sound,
    /// Comparing with other items.
    Search,
}

/// A job of this server.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct JobView {
    /// Number of the job in this run of the server.
    pub(super) job: u64,
    /// Number of the item.
    item: ItemNo,
    /// Its name.
    name: String,
    /// What is to be done with it.
    task: Task,
    /// How it stands.
    standing: Standing,
    /// What is done now, where that can be told.
    doing: Option<JobStage>,
    /// How much is done, in 1/10,000.
    share: u32,
    /// Frames so far.
    frames: u32,
    /// Items that it was compared with so far, of a search.
    searched: Searched,
    /// Seconds that it takes yet, where that can be told.
    left_s: Option<u64>,
    /// What came of it.
    done: Option<Done>,
    /// Why it failed.
    problem: Option<Problem>,
}

impl JobView {
    fn is_over(&self) -> bool {
        matches!(self.standing, Standing::Done | Standing::Failed)
    }
}

struct Entry {
    view: JobView,
    /// Until somebody does it.
    job: Option<Job>,
    pace: Pace,
    /// When a search began.
    begun: Option<Instant>,
    /// Whether nobody wants it any more.
    cancelled: bool,
}

#[derive(Default)]
struct State {
    entries: Vec<Entry>,
    given: u64,
    closing: bool,
}

impl State {
    fn entry(&mut self, number: u64) -> Option<&mut Entry> {
        self.entries
            .iter_mut()
            .find(|entry| entry.view.job == number)
    }

    /// What is to be done next: an inspection before a search, which compares with what was inspected.
    fn next(&mut self) -> Option<&mut Entry> {
        let waiting = self.entries.iter_mut().filter(|entry| entry.job.is_some());
        waiting.min_by_key(|entry| (entry.view.task == Task::Match, entry.view.job))
    }
}

/// The jobs of this server.
pub(super) struct Jobs {
    case: Arc<Case>,
    state: Mutex<State>,
    wake: Condvar,
    /// Moves with every change.
    changes: watch::Sender<u64>,
}

impl Jobs {
    pub(super) fn new(case: Arc<Case>) -> Self {
        Self {
            case,
            state: Mutex::default(),
            wake: Condvar::new(),
            changes: watch::Sender::new(0),
        }
    }

    /// Takes up what an earlier server left, and begins to work.
    pub(super) fn begin(self: &Arc<Self>) -> workbench::Result<()> {
        for job in self.case.jobs_left()? {
            let item = self.case.item(&job.item.to_string())?;
            self.enter(job, &item);
        }
        let jobs = Arc::clone(self);
        thread::Builder::new()
            .name("jobs".to_owned())
            .spawn(move || jobs.work())
            .map(drop)
            .map_err(|error| Error::io("starting the thread for jobs", &error))
    }

    /// Accepts a job; one that waits or runs already is given as it stands.
    pub(super) fn ask(&self, item: &Item, asked: Asked) -> workbench::Result<JobView> {
        if let Some(job) = self.case.accept(item, asked)? {
            return Ok(self.enter(job, item));
        }
        let mut state = self.state();
        let mut same = state.entries.iter_mut().rev();
        let same = same.find(|it| it.view.item == item.number && it.view.task == asked.task);
        same.map(|entry| entry.view.clone()).ok_or_else(|| {
            let told = format!("another server of this case works on {}", item.number);
            Error::new(workbench::Kind::Conflict, told).hint("wait until it is done")
        })
    }

    fn enter(&self, job: Job, item: &Item) -> JobView {
        let mut state = self.state();
        state.given += 1;
        let view = JobView {
            job: state.given,
            item: item.number,
            name: item.name.clone(),
            task: job.asked.task,
            standing: Standing::Waiting,
            doing: None,
            share: 0,
            frames: 0,
            searched: Searched::default(),
            left_s: None,
            done: None,
            problem: None,
        };
        // An earlier one of the same item says nothing any more.
        let over = |it: &Entry| {
            it.view.is_over() && (it.view.item, it.view.task) == (view.item, view.task)
        };
        state.entries.retain(|entry| !over(entry));
        state.entries.push(Entry {
            view: view.clone(),
            job: Some(job),
            pace: Pace::default(),
            begun: None,
            cancelled: false,
        });
        drop(state);
        self.wake.notify_all();
        self.changed();
        view
    }

    /// Every job, in the order in which they were accepted.
    pub(super) fn all(&self) -> Vec<JobView> {
        let state = self.state();
        state.entries.iter().map(|it| it.view.clone()).collect()
    }

    /// Cancels a job, or forgets one that is over. Whether there is one of that number.
    pub(super) fn cancel(&self, number: u64) -> workbench::Result<bool> {
        let mut state = self.state();
        let Some(entry) = state.entry(number) else {
            return Ok(false);
        };
        entry.cancelled = true;
        let waiting = entry.job.take();
        if entry.view.standing != Standing::Running {
            state.entries.retain(|entry| entry.view.job != number);
        }
        drop(state);
        self.changed();
        waiting.map(Job::end).transpose()?;
        Ok(true)
    }

    /// Stops, leaving what is not done to the next server.
    pub(super) fn close(&self) {
        self.state().closing = true;
        self.wake.notify_all();
    }

    /// Hears when something changed.
    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    fn work(&self) {
        while let Some((number, job)) = self.next() {
            let mut listen = |progress: Progress| self.progress(number, &progress);
            let mut heed = |searched: Searched| self.searched(number, searched);
            let done = catch_unwind(AssertUnwindSafe(|| {
                self.case.work(&job, &mut listen, &mut heed)
            }));
            // The panic itself was written to standard error.
            let fault = || Error::new(workbench::Kind::Failed, "the server has a fault of its own");
            self.finish(number, job, done.unwrap_or_else(|_| Err(fault())));
        }
    }

    fn next(&self) -> Option<(u64, Job)> {
        let mut state = self.state();
        loop {
            if state.closing {
                return None;
            }
            if let Some(entry) = state.next() {
                entry.view.standing = Standing::Running;
                let found = (entry.view.job, entry.job.take()?);
                drop(state);
                self.changed();
                return Some(found);
            }
            let woken = self.wake.wait(state);
            state = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn progress(&self, number: u64, progress: &Progress) -> ControlFlow<()> {
        let mut state = self.state();
        if state.closing {
            return ControlFlow::Break(());
        }
        let Some(entry) = state.entry(number).filter(|entry| !entry.cancelled) else {
            return ControlFlow::Break(());
        };
        let left = entry.pace.left(progress, Instant::now());
        entry.view.doing = Some(match progress.stage {
            Stage::Approach => JobStage::Approach,
            Stage::Pictures => JobStage::Pictures,
            Stage::Structure => JobStage::Structure,
            Stage::Sound => JobStage::Sound,
        });
        entry.view.share = progress.share;
        entry.view.frames = progress.frames;
        entry.view.left_s = left.map(|left| left.as_secs());
        drop(state);
        self.changed();
        ControlFlow::Continue(())
    }

    fn searched(&self, number: u64, searched: Searched) -> ControlFlow<()> {
        let mut state = self.state();
        if state.closing {
            return ControlFlow::Break(());
        }
        let Some(entry) = state.entry(number).filter(|entry| !entry.cancelled) else {
            return ControlFlow::Break(());
        };
        let begun = *entry.begun.get_or_insert_with(Instant::now);
        let left = searched.of.saturating_sub(searched.items) as f64;
        let each = begun.elapsed().as_secs_f64() / searched.items.max(1) as f64;
        entry.view.doing = Some(JobStage::Search);
        entry.view.searched = searched;
        entry.view.share = (searched.items * 10_000 / searched.of.max(1)) as u32;
        entry.view.left_s = (searched.items > 0).then_some((each * left).ceil() as u64);
        drop(state);
        self.changed();
        ControlFlow::Continue(())
    }

    fn finish(&self, number: u64, job: Job, outcome: workbench::Result<Done>) {
        let part = outcome.as_ref().is_ok_and(|done| done.searched.is_part());
        if (part || outcome.is_err()) && self.state().closing {
            // Its file stays for the next server.
            return;
        }
        let (item, asked) = (job.item, job.asked);
        let outcome = outcome.and_then(|done| {
            if asked.task == Task::Inspect && asked.then_match {
                self.look_for(item)?;
            }
            Ok(done)
        });
        let outcome = job.end().and(outcome);
        let mut state = self.state();
        if let Some(entry) = state.entry(number) {
            // A search that was stopped tells how far it came, until somebody has seen that.
            let forgotten = entry.cancelled && !part;
            (entry.view.doing, entry.view.left_s) = (None, None);
            match outcome {
                Ok(done) => {
                    entry.view.standing = Standing::Done;
                    if !part {
                        entry.view.share = 10_000;
                    }
                    entry.view.searched = done.searched;
                    entry.view.done = Some(done);
                }
                Err(error) => {
                    entry.view.standing = Standing::Failed;
                    entry.view.problem = Some(Problem::of(error));
                }
            }
            if forgotten {
                state.entries.retain(|entry| entry.view.job != number);
            }
        }
        let over = |it: &Entry| it.view.is_over();
        if state.entries.iter().filter(|it| over(it)).count() > MOST_OVER
            && let Some(oldest) = state.entries.iter().position(over)
        {
            state.entries.remove(oldest);
        }
        drop(state);
        self.changed();
    }

    /// What was asked for with the inspection.
    fn look_for(&self, item: ItemNo) -> workbench::Result<()> {
        let item = self.case.item(&item.to_string())?;
        self.ask(&item, Asked::MATCH).map(drop)
    }

    fn changed(&self) {
        self.changes.send_modify(|count| *count += 1);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
