//! Copies looked at for leaks, beside the original and the masks.

use std::fs::File;
use std::sync::Arc;

use media::inspect::Inspection;
use media::mask::leak::{Check, LeakReport, Side};
use store::number::RenderingNo;
use store::record::{Item, Mask};

use super::laid::{laid, muffled};
use super::render::reopened;
use super::{Hear, Rendered, RenderingView};
use crate::case::{Case, Examined};
use crate::error::{Error, Result};
use crate::examine::count;
use crate::sound::beside;

impl Case {
    /// Looks at a rendering once more, as it is kept, beside the original and the masks that it was made with.
    ///
    /// # Errors
    /// There is no such rendering, its bytes or the original's are gone, or `progress` cancelled.
    pub fn check_rendering(
        &self,
        number: RenderingNo,
        progress: Hear<'_>,
    ) -> Result<RenderingView> {
        let kept = self.rendering(number)?;
        let item = self.store.item_by_id(&kept.rendering.rendered.item)?;
        let item = item.ok_or_else(|| Error::missing("the item of the rendering is gone"))?;
        let masks: Vec<Mask> = { self.masks(Some(&item))?.into_iter() }
            .filter(|mask| kept.rendering.rendered.masks.contains(&mask.number))
            .collect();
        let report = self.check_copy(
            &item,
            &masks,
            &self.blobs.open(&kept.rendering.rendered.video)?,
            progress,
        )?;
        Ok(RenderingView { report, ..kept })
    }

    /// Looks at any file as a copy of `item` with the masks that stand: one that another program made, say.
    ///
    /// # Errors
    /// As [`Case::check_rendering`].
    pub fn check_masked_file(
        &self,
        item: &Item,
        file: &File,
        progress: Hear<'_>,
    ) -> Result<LeakReport> {
        self.check_copy(item, &self.standing_masks(item)?, file, progress)
    }

    fn check_copy(
        &self,
        item: &Item,
        masks: &[Mask],
        file: &File,
        progress: Hear<'_>,
    ) -> Result<LeakReport> {
        let examined = self.examined(item)?;
        let seen = media::inspect::inspect(self.decoder()?, reopened(file)?, &mut ())?;
        let span = 0..count(examined.frames.frames.len());
        let sound_from = beside(&examined, &span).map_or(0, |(_, samples)| samples.start);
        self.look_for_leaks(item, &examined, masks, (file, &seen, sound_from), progress)
    }

    /// What leaks from a copy that was inspected.
    pub(super) fn look_for_leaks(
        &self,
        item: &Item,
        examined: &Examined,
        masks: &[Mask],
        (file, seen, sound_from): (&File, &Inspection, u64),
        progress: Hear<'_>,
    ) -> Result<LeakReport> {
        let stream = seen.facts.video.and_then(|at| seen.facts.streams.get(at));
        let check = Check {
            decoder: self.decoder()?,
            original: Side {
                file: &self.original(item)?,
                facts: &examined.examination.facts,
                frames: Arc::clone(&examined.frames),
                sound: examined.sound.as_ref(),
            },
            copy: Side {
                file,
                facts: &seen.facts,
                frames: Arc::new(seen.frames.clone()),
                sound: seen.sound.as_ref(),
            },
            masks: &|no| laid(masks, no.0),
            muffled: &muffled(masks),
            sound_from,
            lossless: stream.is_some_and(|stream| stream.codec == "ffv1"),
            stored_samples: seen.stored_samples,
            exiftool: self.exiftool.as_deref(),
            words: vec![item.name.clone()],
        };
        Ok(check.run(&mut |done| progress(Rendered::Compared(done)))?)
    }
}
