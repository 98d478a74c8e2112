//! The fields of frames, each by itself.

use std::sync::Arc;

use media::field::{FieldNo, FieldTime};
use media::still::Still;
use media::time::FrameNo;
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::Result;
use crate::place::Place;
use crate::tracks::Track;

/// When a field of a frame is shown.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FieldShown {
    /// Timestamp of its frame in ticks.
    pub pts: Option<i64>,
    /// When it comes, by the stream's word.
    #[serde(flatten)]
    pub time: FieldTime,
    /// Seconds after the first frame at which it is shown.
    pub at_s: f64,
}

impl Track<'_> {
    /// A field of a frame as displayed, each of its rows shown twice; its native hash is that of its own
    /// rows.
    ///
    /// # Errors
    /// There is no such frame, it has no such field, or the decoder cannot give it again.
    pub fn field(&self, no: FieldNo) -> Result<Arc<Still>> {
        self.find(Place::Frame(no.frame.0))?;
        self.with_reader(|reader| reader.field(no))
    }

    /// When a field is shown.
    ///
    /// # Errors
    /// There is no such frame.
    pub fn field_shown(&self, no: FieldNo) -> Result<FieldShown> {
        self.find(Place::Frame(no.frame.0))?;
        let frame = &self.index().frames[no.frame.0 as usize];
        let facts = &self.examined.examination.facts;
        let presentation = facts.presentation.as_ref();
        let scanning = presentation.and_then(|it| it.scanning_of(no.frame));
        let time = FieldTime::of(no.field, scanning, frame.duration);
        let [after, of] = time.after;
        let base = self.index().time_base;
        let later = after as f64 / of as f64 * f64::from(base.num) / f64::from(base.den);
        Ok(FieldShown {
            pts: frame.pts.map(|pts| pts.0),
            time,
            at_s: ((self.at(no.frame) + later) * 1e6).round() / 1e6,
        })
    }

    fn at(&self, no: FrameNo) -> f64 {
        crate::timeline::Timeline::new(self.index()).at(no)
    }
}
