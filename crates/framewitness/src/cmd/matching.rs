use std::path::PathBuf;

use clap::Args;
use store::event::MatchBasis;
use store::vocabulary::{Shared, Verdict};
use workbench::Result;
use workbench::matching::Rejected;
use workbench::view::Found;

use crate::context::Context;

/// Find where the same footage appears in other items, to the second and frame
#[derive(Args)]
pub struct Match {
    /// Items to look for in all others; every pair when none is named
    #[arg(value_name = "ITEM", conflicts_with = "query")]
    items: Vec<String>,
    /// Files outside the case to look for in all items; they are not kept
    #[arg(long, value_name = "FILE", num_args = 1..)]
    query: Vec<PathBuf>,
    /// Tell also what a reviewer rejected
    #[arg(long, conflicts_with = "query")]
    rejected: bool,
}

impl Match {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let show = |found: Vec<Found>| {
            found
                .iter()
                .try_for_each(|one| context.output.record(one, text))
        };
        if !self.query.is_empty() {
            let archive = case.archive()?;
            return super::every(&context.output, &self.query, |path| {
                let bar = context.output.bar(&path.to_string_lossy(), 0);
                let found = case.match_file(&archive, path, &mut bar.watch())?;
                drop(bar);
                show(found)
            });
        }
        let rejected = Rejected::told(self.rejected);
        let found = if self.items.is_empty() {
            case.match_all(rejected)?
        } else {
            case.match_items(&super::items(&case, &self.items, false)?, rejected)?
        };
        if found.is_empty() {
            context.output.remark("No shared footage was found.")?;
        }
        show(found)
    }
}

/// Thousandths of a side from which on a picture counts as whole: corners do not tell closer.
const NEARLY_WHOLE: u32 = 960;

pub(super) fn text(found: &Found) -> String {
    let [from, to] = found.query_span;
    let [start, end] = found.reference_span;
    let mut how = Vec::new();
    if found.mirrored {
        how.push("mirrored".to_owned());
    }
    if (found.speed - 1.0).abs() > 0.02 {
        how.push(format!("speed {:.2}", found.speed));
    }
    how.extend(found.basis.iter().flat_map(basis));
    if let Some(verdict) = found.verdict.filter(|one| *one != Verdict::Unreviewed) {
        how.push(verdict.to_string());
    }
    let how = match how.join(", ") {
        none if none.is_empty() => none,
        how => format!("  {how}"),
    };
    format!(
        "{:>4}  {} {from:.3}-{to:.3} s (frames {}-{})  =  {} {start:.3}-{end:.3} s (frames {}-{})  score {:.2}{how}",
        found.number.as_deref().unwrap_or("-"),
        found.query,
        found.query_frames[0],
        found.query_frames[1],
        found.reference,
        found.reference_frames[0],
        found.reference_frames[1],
        found.score,
    )
}

/// What a match rests on, where there is something to say.
fn basis(basis: &MatchBasis) -> Vec<String> {
    let percent = |[_, _, width, height]: [u32; 4]| format!("{} × {} %", width / 10, height / 10);
    let part = |part: Option<[u32; 4]>| part.filter(|part| part[2].min(part[3]) < NEARLY_WHOLE);
    let mut said = Vec::new();
    match basis.shared {
        Shared::Picture => {}
        Shared::Sound => said.push("sound alone".to_owned()),
        Shared::Both => said.push("with its sound".to_owned()),
    }
    if let Some(shown) = part(basis.in_reference) {
        said.push(format!("{} of its picture", percent(shown)));
    }
    if let Some(within) = part(basis.in_query) {
        said.push(format!("in {} of the query's", percent(within)));
    }
    said
}
