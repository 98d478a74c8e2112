//! The video streams of a container by their number among each other.

use super::{Facts, Stream, StreamKind};
use crate::time::TrackNo;

impl Facts {
    /// The video streams in container order, attached pictures too.
    pub fn tracks(&self) -> impl Iterator<Item = (TrackNo, &Stream)> {
        let videos = self
            .streams
            .iter()
            .filter(|stream| stream.kind == StreamKind::Video);
        (0..).map(TrackNo).zip(videos)
    }

    /// The examined one; `None` without video.
    pub fn track(&self) -> Option<TrackNo> {
        let examined = self.streams.get(self.video?)?;
        self.tracks()
            .find(|(_, stream)| stream.index == examined.index)
            .map(|(no, _)| no)
    }
}
