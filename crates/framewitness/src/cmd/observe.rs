use clap::Args;
use store::record::Observation;
use workbench::Result;

use super::pin::At;
use crate::context::Context;

/// Record what you saw, pinned to frames; without text, show what was seen
#[derive(Args)]
pub struct Observe {
    /// Item by number, start of id, or file name
    item: String,
    /// What you saw
    text: Option<String>,
    #[command(flatten)]
    at: At,
}

impl Observe {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let item = case.item(&self.item)?;
        let shown = match self.text {
            Some(text) => vec![case.observe(&item, self.at.place(), text)?],
            None => case.observations(Some(&item))?,
        };
        shown
            .iter()
            .try_for_each(|seen| context.output.record(seen, text))
    }
}

fn text(seen: &Observation) -> String {
    format!(
        "{}  {}: {}{}{}",
        seen.number,
        seen.origin.actor,
        seen.made.text,
        super::pinned(&seen.made.pin),
        super::withdrawn(seen.withdrawn.as_ref())
    )
}
