//! What every route shares.

use std::sync::Arc;

use media::reader::Wanted;
use store::record::Item;
use workbench::Case;

use super::address::Address;
use super::as_of::{self, Past};
use super::at_work::{AtWork, Gone};
use super::door::Door;
use super::events::News;
use super::fault::Fault;
use super::gate::Gate;
use super::jobs::Jobs;
use super::stream::Watching;

/// The open case and the ways to it.
pub(super) struct App {
    case: Arc<Case>,
    /// The case as it stood, where that was asked for lately.
    pub(super) past: Past,
    pub(super) door: Door,
    pub(super) address: Address,
    /// How far renderings are.
    pub(super) at_work: AtWork,
    /// What goes on when whoever asked for it has gone.
    pub(super) jobs: Arc<Jobs>,
    /// What open pages hear of.
    pub(super) news: News,
    /// Streams of pictures: each is a decoder process.
    pub(super) watching: Watching,
    /// Files on their way in.
    incoming: Gate,
    /// Questions and entries: quick.
    quick: Gate,
    /// Exact frames: each keeps a decoder process busy.
    frames: Gate,
    /// Small frames, in the background.
    films: Gate,
    /// Spans that are taken away: each keeps processes busy for as long as it takes.
    spans: Gate,
    /// Work that reads the whole case or writes a report: one at a time.
    whole: Gate,
}

impl App {
    pub(super) fn new(case: Case, door: Door, address: Address) -> Self {
        let case = Arc::new(case);
        Self {
            jobs: Arc::new(Jobs::new(Arc::clone(&case))),
            news: News::new(),
            case,
            past: Past::default(),
            door,
            address,
            at_work: AtWork::default(),
            watching: Watching::new(),
            incoming: Gate::new(2, 64),
            quick: Gate::new(8, 256),
            frames: Gate::new(4, 64),
            films: Gate::new(1, 64),
            spans: Gate::new(2, 8),
            whole: Gate::new(1, 4),
        }
    }

    /// The case as it stands.
    pub(super) fn present(&self) -> Arc<Case> {
        Arc::clone(&self.case)
    }

    /// Begins with what goes on by itself.
    pub(super) fn begin(self: &Arc<Self>) -> workbench::Result<()> {
        self.jobs.begin()?;
        tokio::spawn(super::events::follow(Arc::clone(self)));
        Ok(())
    }

    /// Ends what goes on by itself: what is not done is left to the next server, and pages are let go of.
    pub(super) fn close(&self) {
        self.jobs.close();
        self.news.close();
    }

    /// The case that the request under way is about.
    fn shown(&self) -> Arc<Case> {
        as_of::shown().unwrap_or_else(|| Arc::clone(&self.case))
    }

    /// The case that the request under way is about, in which what is recorded under `key` is recorded once.
    pub(super) fn once(&self, key: &str) -> Arc<Case> {
        Arc::new(self.shown().once(key))
    }

    /// Asks the case something quick.
    pub(super) async fn ask<T, F>(&self, question: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&Case) -> workbench::Result<T> + Send + 'static,
    {
        let case = self.shown();
        self.quick.run(move || question(&case)).await
    }

    /// Lets the case take something in, as it arrives.
    pub(super) async fn ask_incoming<T, F>(&self, taking: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&Case) -> workbench::Result<T> + Send + 'static,
    {
        let case = self.shown();
        self.incoming.run(move || taking(&case)).await
    }

    /// Asks the case for a frame, which is wanted as long as the request is.
    pub(super) async fn ask_frame<T, F>(&self, question: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&Case, &Wanted) -> workbench::Result<T> + Send + 'static,
    {
        let case = self.shown();
        let gone = Gone::default();
        let wanted = gone.asked();
        self.frames.run(move || question(&case, &wanted)).await
    }

    /// Asks the case for frames in small.
    pub(super) async fn ask_film<T, F>(&self, question: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&Case) -> workbench::Result<T> + Send + 'static,
    {
        let case = self.shown();
        self.films.run(move || question(&case)).await
    }

    /// Asks the case for a span to take away.
    pub(super) async fn ask_span<T, F>(&self, question: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&Case) -> workbench::Result<T> + Send + 'static,
    {
        let case = self.shown();
        self.spans.run(move || question(&case)).await
    }

    /// Asks the case for something that takes its time.
    pub(super) async fn ask_whole<T, F>(&self, question: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&Case) -> workbench::Result<T> + Send + 'static,
    {
        let case = self.shown();
        self.whole.run(move || question(&case)).await
    }
}

/// The item of that number, and none that is merely called so.
pub(super) fn item(case: &Case, number: u32) -> workbench::Result<Item> {
    let missing = || workbench::Error::missing(format!("there is no item #{number}"));
    let found = case.item(&format!("#{number}"))?;
    if found.number.0 == number {
        Ok(found)
    } else {
        Err(missing())
    }
}
