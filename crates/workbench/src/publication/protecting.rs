//! People who must be masked: what may not leave while they can be seen.

use super::refusing::{Judged, Refusal, refusal};
use crate::error::Result;

/// Figures are blackened where somebody protected is marked ([`crate::people::mask`]). An original is not, so
/// that it stays where somebody protected appears in it.
pub(super) fn unmasked(judged: &Judged<'_>) -> Result<Vec<Refusal>> {
    let mut found = Vec::new();
    if !judged.publication.drafted.originals {
        return Ok(found);
    }
    for item in &judged.records.items {
        for person in judged.now.people(Some(item))? {
            if person.withdrawn.is_none() && !person.protection().is_empty() {
                found.push(refusal(
                    &item.number,
                    format!(
                        "{} shows {}, who is protected, and its original is not masked",
                        item.number, person.number
                    ),
                    "publish without --originals; figures are masked",
                ));
            }
        }
    }
    Ok(found)
}
