//! Writing the log while a pass runs.

use std::io;
use std::sync::Arc;

use super::super::kept::Frame;
use super::super::resume::Recalled;
use super::{Entry, Logged, Pieces};
use crate::facts::Facts;
use crate::protocol::{Mark, PictureLayout, Seen};

/// Frames of a piece: as many as a kill may cost.
const FRAMES: usize = 16;

/// Writes a log, or nothing. A pass does not depend on it: where it cannot be written, as on a full
/// disk, the pass goes on without.
#[derive(Debug, Default)]
pub(in crate::inspect) struct Writer {
    pieces: Option<Pieces>,
    header: Vec<u8>,
    piece: Vec<u8>,
    frames: usize,
    layout: Option<Arc<PictureLayout>>,
    pts: Option<i64>,
    /// Sample of the last mark.
    mark: Option<u32>,
}

impl Writer {
    /// Begins a log anew.
    pub(in crate::inspect) fn begin(pieces: Pieces, header: Vec<u8>) -> Self {
        let mut writer = Self {
            pieces: Some(pieces),
            header,
            ..Self::default()
        };
        writer.clear();
        writer
    }

    /// Goes on with a log that was read.
    pub(in crate::inspect) fn go_on(pieces: Pieces, header: Vec<u8>, earlier: &Recalled) -> Self {
        let last = earlier.frames.last();
        Self {
            pieces: Some(pieces),
            header,
            layout: last.map(|last| Arc::clone(&last.layout)),
            pts: last.and_then(|last| last.pts),
            mark: earlier.marks.last().map(|mark| mark.sample),
            ..Self::default()
        }
    }

    /// Whether anything is written.
    pub(in crate::inspect) fn is_on(&self) -> bool {
        self.pieces.is_some()
    }

    /// Where the container was recognised.
    pub(in crate::inspect) fn facts(&mut self, facts: &Facts) {
        if let Ok(json) = serde_json::to_vec(facts) {
            self.put(&Entry::Facts(json));
        }
    }

    pub(in crate::inspect) fn mark(&mut self, mark: Mark) {
        if self.mark.is_none_or(|last| mark.sample > last) {
            self.mark = Some(mark.sample);
            self.put(&Entry::Mark(mark));
        }
    }

    /// The next frame, with what was made of it.
    pub(in crate::inspect) fn frame(
        &mut self,
        frame: &Frame,
        seen: &Seen,
        thumbnail: Option<Vec<u8>>,
        note: Vec<u8>,
    ) {
        if !self.is_on() {
            return;
        }
        if frame.pts.is_none() || frame.pts <= self.pts {
            return self.void("its timestamps are missing or run back");
        }
        let Some(mut logged) = Logged::of(frame, seen) else {
            return self.void("its decoder does not say which sample a frame comes from");
        };
        let same = |known: &Arc<PictureLayout>| Arc::ptr_eq(known, &frame.layout);
        if !self.layout.as_ref().is_some_and(same) {
            logged.layout = Some((*frame.layout).clone());
            self.layout = Some(Arc::clone(&frame.layout));
        }
        logged.thumbnail = thumbnail;
        logged.note = note;
        self.pts = frame.pts;
        self.put(&Entry::Frame(Box::new(logged)));
        self.frames += 1;
        if self.frames >= FRAMES {
            self.flush();
        }
    }

    /// Nothing can be gone on with: of damage each process may make something else.
    pub(in crate::inspect) fn void(&mut self, why: &str) {
        self.clear();
        self.put(&Entry::Void(why.to_owned()));
        self.flush();
        self.pieces = None;
    }

    /// Forgets everything, as if the pass had just begun.
    pub(in crate::inspect) fn clear(&mut self) {
        let header = std::mem::take(&mut self.header);
        let mut pieces = self.pieces.take();
        if let Some(begun) = &mut pieces {
            begun.clear();
            if begun.append(&header).is_err() {
                pieces = None;
            }
        }
        *self = Self {
            pieces,
            header,
            ..Self::default()
        };
    }

    /// Hands everything over to the system.
    pub(in crate::inspect) fn flush(&mut self) {
        self.frames = 0;
        let Some(pieces) = self.pieces.as_mut().filter(|_| !self.piece.is_empty()) else {
            return;
        };
        if pieces.append(&self.piece).is_err() {
            self.pieces = None;
        }
        self.piece.clear();
    }

    fn put(&mut self, entry: &Entry) {
        if !self.is_on() {
            return;
        }
        let piece = std::mem::take(&mut self.piece);
        match encode(entry, piece) {
            Ok(piece) => self.piece = piece,
            Err(_) => self.pieces = None,
        }
    }
}

fn encode(entry: &Entry, behind: Vec<u8>) -> io::Result<Vec<u8>> {
    postcard::to_extend(entry, behind).map_err(io::Error::other)
}
