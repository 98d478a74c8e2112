//! How far long work on items is, for whoever waits for it.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use media::reader::Wanted;
use serde::Serialize;
use utoipa::ToSchema;
use workbench::masking::Rendered;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Doing {
    /// A box is followed from frame to frame.
    Following,
    /// Frames of a masked copy are coded.
    Coding,
    /// Frames of it are compared with the original.
    Comparing,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct WorkDone {
    /// What is done.
    doing: Doing,
    /// Frames that it is done with.
    frames: u32,
}

/// What is under way, by item.
#[derive(Default)]
pub(super) struct AtWork(Mutex<BTreeMap<u32, WorkDone>>);

impl AtWork {
    /// How far the work on an item is; nothing where there is none.
    pub(super) fn on(&self, item: u32) -> Option<WorkDone> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&item).copied()
    }

    /// Begins to tell of work on an item, until what is returned is dropped.
    pub(super) fn begin(&self, item: u32) -> Work<'_> {
        Work { all: self, item }
    }
}

/// Work under way.
pub(super) struct Work<'a> {
    all: &'a AtWork,
    item: u32,
}

impl Work<'_> {
    /// Says how far it is.
    pub(super) fn at(&self, doing: Doing, frames: u32) {
        let mut all = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(self.item, WorkDone { doing, frames });
    }

    /// Says how far a rendering is.
    pub(super) fn rendered(&self, done: Rendered) {
        match done {
            Rendered::Coded(frames) => self.at(Doing::Coding, frames),
            Rendered::Compared(frames) => self.at(Doing::Comparing, frames),
        }
    }
}

impl Drop for Work<'_> {
    fn drop(&mut self) {
        let mut all = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(&self.item);
    }
}

/// Says, when it is dropped with the request, that nobody waits for the answer any more.
#[derive(Default)]
pub(super) struct Gone(Wanted);

impl Gone {
    /// What the work asks whether somebody still waits.
    pub(super) fn asked(&self) -> Wanted {
        self.0.clone()
    }
}

impl Drop for Gone {
    fn drop(&mut self) {
        self.0.give_up();
    }
}

/// Whether to go on.
pub(super) fn awaited(wanted: &Wanted) -> std::ops::ControlFlow<()> {
    match wanted.given_up() {
        true => std::ops::ControlFlow::Break(()),
        false => std::ops::ControlFlow::Continue(()),
    }
}
