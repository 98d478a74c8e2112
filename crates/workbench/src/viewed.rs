//! Exact frames through view filters.

use std::sync::Arc;

use media::still::Still;
use media::time::FrameNo;
use media::view::{BadView, View, Viewed};
use store::record::Item;

use crate::case::Case;
use crate::error::{Error, Result};
use crate::tracks::Track;

impl Case {
    /// Frame `no` of `item` and what `view` makes of it. A view without steps gives the exact pixels.
    ///
    /// # Errors
    /// As [`Case::still`], also for other frames that the view takes; the view does not fit the picture.
    pub fn viewed(&self, item: &Item, no: FrameNo, view: &View) -> Result<(Arc<Still>, Viewed)> {
        self.track(item, None)?.viewed(no, view)
    }
}

impl Track<'_> {
    /// Frame `no` and what `view` makes of it. A view without steps gives the exact pixels.
    ///
    /// # Errors
    /// As [`Track::still`], also for other frames that the view takes; the view does not fit the picture.
    pub fn viewed(&self, no: FrameNo, view: &View) -> Result<(Arc<Still>, Viewed)> {
        let still = self.still(no)?;
        let count = crate::examine::count(self.index().frames.len());
        let viewed = view.show(&still, count, |other| self.still(other))?;
        Ok((still, viewed))
    }
}

/// The view that `words` describe.
///
/// # Errors
/// There is no such step, or a parameter is out of its range.
pub fn view(words: &str) -> Result<View> {
    Ok(words.parse::<View>()?)
}

impl From<BadView> for Error {
    fn from(why: BadView) -> Self {
        Self::usage(why.to_string())
            .hint("docs/how-to/view.md lists the steps and their parameters")
    }
}
