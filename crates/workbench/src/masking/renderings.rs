//! Masked copies that are kept.

use std::fs::File;

use media::mask::leak::LeakReport;
use serde::Serialize;
use store::number::RenderingNo;
use store::record::{Item, Rendering};
use store::vocabulary::RecordKind;
use utoipa::ToSchema;

use crate::case::Case;
use crate::error::{Error, Result};

/// A masked copy with what the look at it came to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RenderingView {
    /// The copy.
    #[serde(flatten)]
    pub rendering: Rendering,
    /// Whether every mask of the item that stands is in it, and no other.
    pub current: bool,
    /// What leaks, and what was looked at.
    pub report: LeakReport,
}

impl Case {
    /// Rendering `number`, with what the look at it came to.
    ///
    /// # Errors
    /// There is none, or what is kept of it is damaged.
    pub fn rendering(&self, number: RenderingNo) -> Result<RenderingView> {
        let rendering: Rendering = self.by_number(number)?;
        self.rendering_view(rendering)
    }

    /// Renderings of `item`, oldest first.
    ///
    /// # Errors
    /// The store fails, or what is kept of one is damaged.
    pub fn renderings(&self, item: &Item) -> Result<Vec<RenderingView>> {
        let kept: Vec<Rendering> = self.about(RecordKind::Rendering, item)?;
        kept.into_iter().map(|it| self.rendering_view(it)).collect()
    }

    /// The newest rendering of `item` with the very masks that stand; `None` where it must be rendered first.
    ///
    /// # Errors
    /// As [`Case::renderings`].
    pub fn masked_rendering(&self, item: &Item) -> Result<Option<RenderingView>> {
        let mut renderings = self.renderings(item)?;
        renderings.retain(|it| it.current);
        Ok(renderings.pop())
    }

    /// Opens what was rendered.
    ///
    /// # Errors
    /// It is not kept here.
    pub fn open_rendering(&self, rendering: &Rendering) -> Result<File> {
        Ok(self.blobs.open(&rendering.rendered.video)?)
    }

    fn rendering_view(&self, rendering: Rendering) -> Result<RenderingView> {
        let rendered = &rendering.rendered;
        let damaged = |why: serde_json::Error| {
            Error::integrity(format!("the check of {}: {why}", rendering.number))
        };
        let report = serde_json::from_slice(&self.read(rendered.check)?).map_err(damaged)?;
        let item = self.store.item_by_id(&rendered.item)?;
        let item = item.ok_or_else(|| Error::missing("the item of the rendering is gone"))?;
        let standing = self.standing_masks(&item)?;
        let current = standing
            .iter()
            .map(|mask| mask.number)
            .eq(rendered.masks.iter().copied());
        Ok(RenderingView {
            rendering,
            current,
            report,
        })
    }
}
