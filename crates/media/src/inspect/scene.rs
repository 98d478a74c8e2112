//! What looks at the pictures of the examined stream while they go by.

use super::kept::Frame;
use super::log::Logged;
use crate::display::DisplayGeometry;
use crate::facts::{Stream, VideoFacts};
use crate::finding::Finding;
use crate::findings::{Glance, Scan};
use crate::picture::Luma;
use crate::thumbnail::{Collector, Thumbnail};
use crate::time::{FrameNo, Pts, TimeBase};

/// The examined stream, once it is known.
pub(super) struct Scene {
    pub(super) time_base: TimeBase,
    scan: Scan,
    collector: Collector,
}

impl Scene {
    pub(super) fn new(stream: &Stream, video: &VideoFacts) -> Self {
        Self {
            time_base: stream.time_base,
            scan: Scan::new(stream.time_base),
            collector: Collector::new(DisplayGeometry::from(video)),
        }
    }

    /// Takes the next frame, with its luma where a thumbnail may be made of it. Returns the picture in
    /// the size of one, where it is kept for now.
    pub(super) fn see(
        &mut self,
        no: FrameNo,
        frame: &Frame,
        glance: Glance,
        luma: Option<Luma<'_>>,
    ) -> Option<Vec<u8>> {
        self.scan
            .frame(no, frame.pts.map(Pts), frame.duration, glance);
        self.collector.frame(no, luma?).map(<[u8]>::to_vec)
    }

    /// Takes the next frame by what was made of it. Whether that can be.
    #[must_use]
    pub(super) fn recall(&mut self, no: FrameNo, frame: &Frame, logged: &Logged) -> bool {
        let Some(glance) = logged.glance() else {
            return false;
        };
        let pts = frame.pts.map(Pts);
        self.scan.frame(no, pts, frame.duration, glance);
        let size = (frame.layout.width, frame.layout.height);
        self.collector.recall(no, size, logged.thumbnail.as_deref())
    }

    /// What was found, and the thumbnails.
    pub(super) fn finish(self) -> (Vec<Finding>, Vec<Thumbnail>) {
        (self.scan.finish(), self.collector.finish())
    }
}
