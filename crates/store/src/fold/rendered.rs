//! Masked copies of items.

use super::tables::{Table, Tables, next, put};
use super::{item, mask, text};
use crate::error::{Error, Refusal};
use crate::event::MaskRendered;
use crate::number::{Number, RenderingNo};
use crate::record::{Origin, Rendering};

pub(super) fn render(
    t: &mut dyn Tables,
    origin: &Origin,
    rendered: &MaskRendered,
) -> Result<Option<Number>, Error> {
    text::required(&rendered.tool, "the tool")?;
    let of = item::need(t, &rendered.item)?;
    if rendered.masks.is_empty() {
        let sentence = format!("{} is rendered without a mask", of.number);
        return Err(Refusal::invalid(sentence, "draw one first").into());
    }
    for number in &rendered.masks {
        // What was revised while it was rendered must be rendered again.
        if mask::need(t, *number)?.drawn.item != rendered.item {
            let sentence = format!("{number} is a mask of another item");
            return Err(Refusal::conflict(sentence, "name masks of this one").into());
        }
    }
    let number = RenderingNo(next(t, Table::Renderings)?);
    let record = Rendering {
        number,
        origin: origin.clone(),
        rendered: rendered.clone(),
    };
    put(t, origin, &record)?;
    Ok(Some(Number::Rendering(number)))
}
