//! Judgements that their makers revise: a later one supersedes the same person's earlier one, which stays.

use super::tables::{Kept, Tables, get, put};
use crate::error::Error;
use crate::record::{Origin, Withdrawn};

/// Lets the record `earlier`, which one that is taken back revised, stand again.
pub(super) fn stand_again<R: Kept>(
    t: &mut dyn Tables,
    origin: &Origin,
    earlier: Option<u32>,
    revive: impl FnOnce(&mut R),
) -> Result<(), Error> {
    let earlier = earlier.map(|number| get::<R>(t, number));
    if let Some(mut earlier) = earlier.transpose()?.flatten() {
        revive(&mut earlier);
        put(t, origin, &earlier)?;
    }
    Ok(())
}

/// A judgement in a history, oldest first.
pub(super) trait Revised {
    fn entry(&self) -> u64;
    fn withdrawn(&mut self) -> &mut Option<Withdrawn>;
    /// Whose it is.
    fn assessor(&self) -> &str;
    /// The entry of the one that supersedes it.
    fn superseded_by(&mut self) -> &mut Option<u64>;
}

/// Says of each judgement in `history` which one supersedes it: the next of the same person that was not
/// taken back.
pub(super) fn restand<R: Revised>(history: &mut [R]) {
    let mut later: Vec<(String, u64)> = Vec::new();
    for one in history.iter_mut().rev() {
        let (who, entry) = (one.assessor().to_owned(), one.entry());
        let place = later.iter().position(|(known, _)| *known == who);
        *one.superseded_by() = place.map(|at| later[at].1);
        if one.withdrawn().is_some() {
            continue;
        }
        match place {
            Some(at) => later[at].1 = entry,
            None => later.push((who, entry)),
        }
    }
}
