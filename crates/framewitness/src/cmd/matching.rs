use std::path::PathBuf;

use clap::Args;
use store::event::MatchBasis;
use store::vocabulary::{Shared, Verdict};
use workbench::matching::{Breadth, Compared, Rejected, outside};
use workbench::view::{Found, Sighted};
use workbench::{Case, Result};

use crate::context::Context;

/// Find where the same footage appears in other items, to the second and frame
#[derive(Args)]
pub struct Match {
    /// Items to look for in all others; every pair when none is named
    #[arg(value_name = "ITEM", conflicts_with = "query")]
    items: Vec<String>,
    /// Files outside the case to look for in all items, and folders with everything in them; they are
    /// not kept
    #[arg(long, value_name = "FILE", num_args = 1..)]
    query: Vec<PathBuf>,
    /// Compare only with items that an index of the case nominates: much quicker in a large archive, and
    /// misses about one in ten altered copies
    #[arg(long, conflicts_with = "image")]
    quick: bool,
    /// Tell also what a reviewer rejected
    #[arg(long, conflicts_with_all = ["query", "image"])]
    rejected: bool,
    /// Stills or screenshots to find the video and frame of; they are not kept, and nothing is recorded
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["items", "query"])]
    image: Vec<PathBuf>,
    /// Compare pictures also by the learned descriptor in this folder, and add what it alone finds; see
    /// docs/how-to/descriptor.md
    #[arg(long, value_name = "DIR", conflicts_with_all = ["image", "quick"])]
    descriptor: Option<PathBuf>,
}

impl Match {
    pub fn run(self, context: &Context) -> Result<()> {
        let mut case = context.open()?;
        if let Some(folder) = &self.descriptor {
            case = case.with_descriptor(folder)?;
            describe(context, &case)?;
        }
        if !self.image.is_empty() {
            return trace(context, &case, &self.image);
        }
        let compared = case.compared(Breadth::quick(self.quick))?;
        if !self.query.is_empty() {
            queries(context, &case, &compared, &self.query)?;
            return nominations(context, &compared);
        }
        let rejected = Rejected::told(self.rejected);
        let found = if self.items.is_empty() {
            case.match_all(&compared, rejected)?
        } else {
            let items = super::items(&case, &self.items, false)?;
            case.match_items(&compared, &items, rejected)?
        };
        if found.is_empty() {
            context.output.remark("No shared footage was found.")?;
        }
        show(context, &found)?;
        nominations(context, &compared)
    }
}

/// Says how much was compared, where that is not all.
fn nominations(context: &Context, compared: &Compared) -> Result<()> {
    let Some(sum) = compared.nominations() else {
        return Ok(());
    };
    let mut said = format!(
        "Queries: {}. Items that the index nominated and that were compared: {}. Some altered copies are \
         missed so; without --quick everything is compared.",
        sum.queries, sum.items,
    );
    if sum.crowded > 0 {
        let crowded = sum.crowded;
        said.push_str(&format!(
            " Pictures too like many others to tell where they are from: {crowded}."
        ));
    }
    context.output.remark(&said)
}

/// Looks at every item with the descriptor, which takes its time where that was not done before.
fn describe(context: &Context, case: &Case) -> Result<()> {
    for item in case.all()? {
        let mut bar = None;
        case.describe(&item, &mut |done, all| {
            let bar = bar.get_or_insert_with(|| context.output.frames_bar(&item.name, &(0..all)));
            bar.at(done.into());
        })?;
    }
    Ok(())
}

/// Thousandths of a side from which on a picture counts as whole: corners do not tell closer.
const NEARLY_WHOLE: u32 = 960;

/// Looks for files outside the case; one that is damaged or no footage is told and passed over.
fn queries(context: &Context, case: &Case, compared: &Compared, paths: &[PathBuf]) -> Result<()> {
    let output = &context.output;
    super::every(output, paths, |path| {
        super::every(output, outside(std::slice::from_ref(path))?, |file| {
            let bar = output.bar(&file.name, 0);
            let matches = case.match_file(compared, &file, &mut bar.watch())?;
            drop(bar);
            show(context, &matches.found)?;
            match matches.unread {
                Some(unread) => Err(unread),
                None if matches.found.is_empty() => {
                    output.remark(&format!("   -  {}: no shared footage was found", file.name))
                }
                None => Ok(()),
            }
        })
    })
}

fn show(context: &Context, found: &[Found]) -> Result<()> {
    let mut each = found.iter();
    each.try_for_each(|one| context.output.record(one, text))
}

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
        Shared::Learned => {}
    }
    if let Some(learned) = &basis.learned {
        said.push(format!(
            "by the learned descriptor {} {} alone (model {})",
            learned.name, learned.version, learned.model
        ));
    }
    if let Some(shown) = part(basis.in_reference) {
        said.push(format!("{} of its picture", percent(shown)));
    }
    if let Some(within) = part(basis.in_query) {
        said.push(format!("in {} of the query's", percent(within)));
    }
    said
}

/// Which video and frame each of these pictures shows.
fn trace(context: &Context, case: &Case, pictures: &[PathBuf]) -> Result<()> {
    let archive = case.archive()?;
    super::every(&context.output, pictures, |path| {
        let found = case.sightings_of_file(&archive, path)?;
        if found.is_empty() {
            let name = path.display();
            let none = format!("No video of the case holds {name}.");
            context.output.remark(&none)?;
        }
        let told = |one| context.output.record(one, sighted);
        found.iter().try_for_each(told)
    })
}

fn sighted(found: &Sighted) -> String {
    let [first, last] = found.frames;
    let range = if first == last {
        String::new()
    } else {
        format!(" (as like: {first}-{last})")
    };
    let place = &found.place;
    let mirrored = if found.mirrored { "  mirrored" } else { "" };
    format!(
        "{}  =  {}  {}  frame {}{range} at {:.3} s  score {:.2}  at {},{} {}x{}{mirrored}",
        found.picture,
        found.item,
        found.name,
        found.frame,
        found.at_s,
        found.score,
        place.x,
        place.y,
        place.width,
        place.height,
    )
}
