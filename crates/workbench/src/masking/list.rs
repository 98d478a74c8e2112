//! Masks as data that other programs write and read: docs/formats/masks.md.

use journal::ContentId;
use serde::{Deserialize, Serialize};
use store::event::{Cover, FrameRef, MaskDrawn};
use store::number::{MaskNo, PersonNo};
use store::record::{Item, Mask};
use utoipa::ToSchema;

use crate::case::{Case, Examined};
use crate::error::{Error, Result};

/// What the first member of a list says.
pub const FORMAT: &str = "framewitness-masks/1";

/// Most masks of a list that is read.
const MOST: usize = 10_000;

/// The masks of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MaskList {
    /// [`FORMAT`].
    pub format: String,
    /// Id of the item.
    #[schema(value_type = String)]
    pub item: ContentId,
    /// The masks, in the order in which they were drawn, which is that in which they are laid on.
    pub masks: Vec<ListedMask>,
}

/// A mask of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListedMask {
    /// Its number in the case that it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<MaskNo>,
    /// What is masked, and how.
    pub cover: Cover,
    /// Whom it protects, by numbers of the case.
    #[serde(default)]
    pub protects: Vec<PersonNo>,
    /// Why.
    pub reason: String,
    /// What proposed it; absent where a person drew it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed_by: Option<String>,
}

impl Case {
    /// The masks of `item` that stand.
    ///
    /// # Errors
    /// The store fails.
    pub fn mask_list(&self, item: &Item) -> Result<MaskList> {
        let masks = self.standing_masks(item)?;
        let listed = |mask: Mask| ListedMask {
            number: Some(mask.number),
            cover: mask.drawn.cover,
            protects: mask.drawn.protects,
            reason: mask.drawn.reason,
            proposed_by: mask.drawn.proposed_by,
        };
        Ok(MaskList {
            format: FORMAT.to_owned(),
            item: item.id,
            masks: masks.into_iter().map(listed).collect(),
        })
    }

    /// Draws the masks of a list on `item`. That the frames it names are those of the item is checked before
    /// anything is recorded.
    ///
    /// # Errors
    /// The list is none, of another item or names other frames; a mask is refused, and with it those after it.
    pub fn take_mask_list(&self, item: &Item, json: &str) -> Result<Vec<Mask>> {
        let list: MaskList = serde_json::from_str(json)
            .map_err(|why| Error::usage(format!("this is no list of masks: {why}")))?;
        if list.format != FORMAT || list.masks.len() > MOST {
            return Err(
                Error::usage("this is no list of masks that can be read").hint(format!(
                    "its format must be {FORMAT}, with up to {MOST} masks"
                )),
            );
        }
        if list.item != item.id {
            return Err(Error::usage(format!("these are masks of {}", list.item))
                .hint(format!("{} is {}", item.number, item.id)));
        }
        let examined = self.examined(item)?;
        for mask in &list.masks {
            same_frames(&examined, &mask.cover)?;
        }
        let draw = |mask: ListedMask| {
            self.drawn(MaskDrawn {
                item: item.id,
                cover: mask.cover,
                protects: mask.protects,
                reason: mask.reason,
                proposed_by: mask.proposed_by,
                supersedes: None,
            })
        };
        list.masks.into_iter().map(draw).collect()
    }
}

fn same_frames(examined: &Examined, cover: &Cover) -> Result<()> {
    let Cover::Picture(picture) = cover else {
        return Ok(());
    };
    let drawn = picture.tracked.keyframes.iter().map(|it| &it.frame);
    for frame in drawn.chain([&picture.span.first, &picture.span.last]) {
        let known = examined.frames.frames.get(frame.no as usize);
        if known.map(crate::timeline::frame_ref).as_ref() != Some(frame) {
            return Err(other_frame(frame));
        }
    }
    Ok(())
}

fn other_frame(frame: &FrameRef) -> Error {
    Error::usage(format!(
        "frame {} is another one than the list says",
        frame.no
    ))
    .hint("the list must name number, timestamp and hash of a frame as `framewitness frames` does")
}
