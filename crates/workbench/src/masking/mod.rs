//! Masks: what must not be seen or heard in a copy of an item that leaves the case.
//!
//! A mask is data beside the item, whose bytes are never changed. Somebody draws it, or a method proposes it;
//! whoever proposes goes through [`Case::draw_mask`] like a person, and says what it is in
//! [`NewMask::proposed_by`].

mod audible;
mod hidden;
mod laid;
mod leaks;
mod list;
mod owed;
mod placed;
mod render;
mod renderings;
mod track;

use store::event::{Cover, EntryUndone, Event, MaskConfirmed, MaskDrawn, Shape};
use store::number::{MaskNo, PersonNo};
use store::record::{Item, Mask};
use store::vocabulary::{MaskMethod, RecordKind, SoundMethod};

use crate::case::Case;
use crate::error::{Error, Result};
use crate::place::Place;
use crate::record::Where;
use crate::sound::SoundPlace;

pub use audible::Audible;
pub(crate) use hidden::{boxed, hide};
pub use list::{FORMAT, ListedMask, MaskList};
pub use owed::{MaskingOwed, Unmasked};
pub use render::{Hear, Rendered};
pub use renderings::RenderingView;
pub use track::Followed;

/// A mask to draw, or what is to be otherwise in one that is revised.
#[derive(Clone, Debug, Default)]
pub struct NewMask {
    /// Where it lies; absent to leave it, in a revision.
    pub place: Option<MaskPlace>,
    /// Whether the ellipse within each box is covered, and not all of the box.
    pub ellipse: bool,
    /// What is put in the place of a picture; black where nothing is said.
    pub method: Option<MaskMethod>,
    /// What is put in the place of sound; silence where nothing is said.
    pub sound: Option<SoundMethod>,
    /// Whom it protects; absent to leave it, in a revision.
    pub protects: Option<Vec<PersonNo>>,
    /// Why.
    pub reason: String,
    /// The method, with version and parameters, that proposed it; absent where a person drew it.
    pub proposed_by: Option<String>,
}

/// Where a mask lies, as a person says it.
#[derive(Clone, Debug)]
pub enum MaskPlace {
    /// One region on all frames from the first to the last: the whole picture where none is named, the whole
    /// item where no frame is.
    Still(Where),
    /// A region that moves, drawn on some frames, in any order. It lies on all from the first to the last.
    Moving(Vec<(Place, Shape)>),
    /// Sound from one place up to another.
    Sound(SoundPlace, SoundPlace),
}

impl Case {
    /// Draws a mask on `item`.
    ///
    /// # Errors
    /// The place does not exist, a person is not known, there is no reason, or the store fails. So for every verb
    /// below.
    pub fn draw_mask(&self, item: &Item, new: NewMask) -> Result<Mask> {
        let place = new.place.as_ref().ok_or_else(|| {
            Error::usage("a mask needs a place").hint("name frames, keyframes or sound")
        })?;
        let cover = self.cover(item, place, &new)?;
        self.drawn(MaskDrawn {
            item: item.id,
            cover,
            protects: new.protects.unwrap_or_default(),
            reason: new.reason,
            proposed_by: new.proposed_by,
            supersedes: None,
        })
    }

    /// Draws a mask anew, with what `new` says otherwise. The earlier one stays in the record, superseded.
    pub fn revise_mask(&self, earlier: MaskNo, new: NewMask) -> Result<Mask> {
        let earlier = self.mask(earlier)?;
        let item = self.store.item_by_id(&earlier.drawn.item)?;
        let item = item.ok_or_else(|| Error::missing("the item of the mask is gone"))?;
        let cover = match &new.place {
            Some(place) => self.cover(&item, place, &new)?,
            None => otherwise(earlier.drawn.cover, &new)?,
        };
        self.drawn(MaskDrawn {
            item: item.id,
            cover,
            protects: new.protects.unwrap_or(earlier.drawn.protects),
            reason: new.reason,
            proposed_by: new.proposed_by,
            supersedes: Some(earlier.number),
        })
    }

    /// Records that the author looked at a mask on every frame, or listened, and found it good.
    pub fn confirm_mask(&self, mask: MaskNo, note: Option<String>) -> Result<Mask> {
        self.record(&Event::MaskConfirmed(MaskConfirmed { mask, note }))?;
        self.mask(mask)
    }

    /// Takes a mask back, by undoing its entry: it stays in the record, and what it revised stands again.
    pub fn withdraw_mask(&self, mask: MaskNo, reason: String) -> Result<Mask> {
        let entry = self.mask(mask)?.origin.entry;
        self.record(&Event::EntryUndone(EntryUndone { entry, reason }))?;
        self.mask(mask)
    }

    /// Mask `number`.
    pub fn mask(&self, number: MaskNo) -> Result<Mask> {
        self.by_number(number)
    }

    /// Masks of `item`, or every one, revised and withdrawn ones included.
    pub fn masks(&self, item: Option<&Item>) -> Result<Vec<Mask>> {
        match item {
            None => Ok(self.store.masks()?),
            Some(item) => {
                let mut masks: Vec<Mask> = self.about(RecordKind::Mask, item)?;
                masks.retain(|mask| mask.drawn.item == item.id);
                Ok(masks)
            }
        }
    }

    fn drawn(&self, drawn: MaskDrawn) -> Result<Mask> {
        let entry = self.record(&Event::MaskDrawn(drawn))?.seq;
        self.made_by(entry)
    }
}

/// The cover of a mask where it lies, with another method.
fn otherwise(mut cover: Cover, new: &NewMask) -> Result<Cover> {
    let (fits, other) = match &mut cover {
        Cover::Picture(picture) => {
            picture.method = new.method.unwrap_or(picture.method);
            (new.sound.is_none(), "sound")
        }
        Cover::Sound(sound) => {
            sound.method = new.sound.unwrap_or(sound.method);
            (new.method.is_none(), "pictures")
        }
    };
    match fits && !new.ellipse {
        true => Ok(cover),
        false if new.ellipse => {
            Err(Error::usage("an ellipse needs boxes to lie in")
                .hint("draw the place of the mask too"))
        }
        false => {
            Err(Error::usage(format!("the mask is not of {other}"))
                .hint("draw another one for that"))
        }
    }
}
