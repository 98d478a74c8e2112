//! Taking back what an entry recorded: an entry of its own.

use store::event::{EntryUndone, Event};

use crate::case::Case;
use crate::error::Result;
use crate::view::Undone;

impl Case {
    /// Takes back what `entry` recorded: a claim, a change of its status, an observation, a hypothesis, a
    /// rating, a source, a state of one. It stays in the record as withdrawn; what stood before a change
    /// stands again.
    ///
    /// # Errors
    /// There is no reason, something that stands rests on it, it is of a kind that is not undone, or the
    /// store fails.
    pub fn undo(&self, entry: u64, reason: String) -> Result<Undone> {
        let appended = self.record(&Event::EntryUndone(EntryUndone { entry, reason }))?;
        Ok(Undone {
            undone: entry,
            entry: appended.seq,
            number: appended.number.map(|number| number.to_string()),
        })
    }
}
