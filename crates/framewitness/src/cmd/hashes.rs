use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde::Serialize;
use workbench::hashes::{HashHit, RADIUS, read_list};
use workbench::{Case, Error, Item, Result};

use crate::context::Context;

/// Exchange lists of PDQ hashes: look for those of others, write ours
///
/// A list has one hash a line, as Meta's tools write it: HASH alone, HASH,LABEL, HASH,QUALITY,NAME, or
/// vPDQ's FRAME,QUALITY,HASH,SECONDS.
#[derive(Args)]
pub struct Hashes {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Find frames that are like a hash of a list. Nothing is recorded
    Find {
        /// The list
        list: PathBuf,
        /// Items to look in; every item of the case when none is named
        items: Vec<String>,
        /// Most bits of 256 that may differ
        #[arg(long, default_value_t = RADIUS, value_parser = clap::value_parser!(u32).range(..=256))]
        radius: u32,
        /// What to call every hash of the list, instead of what the list says
        #[arg(long)]
        label: Option<String>,
    },
    /// Write the hash of every frame as HASH,QUALITY,LABEL, from the fingerprints that inspections kept
    Export {
        /// Items; every item of the case when none is named
        items: Vec<String>,
        /// What to call every hash, instead of item, name and frame
        #[arg(long)]
        label: Option<String>,
    },
}

#[derive(Serialize)]
struct Line {
    hash: String,
    quality: u8,
    label: String,
}

impl Hashes {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        match self.verb {
            Verb::Find {
                list,
                items,
                radius,
                label,
            } => {
                let mut list = read_list(&super::read(&list)?).map_err(|error| {
                    Error::new(error.kind, format!("{}: {}", list.display(), error.message))
                })?;
                if let Some(label) = label {
                    list.iter_mut().for_each(|it| it.label.clone_from(&label));
                }
                let hits = case.find_hashes(&list, &of(&case, &items)?, radius)?;
                if hits.is_empty() {
                    let count = list.len();
                    context.output.remark(&format!(
                        "No frame is within {radius} bits of any of the {count} hashes."
                    ))?;
                }
                hits.iter()
                    .try_for_each(|hit| context.output.record(hit, text))
            }
            Verb::Export { items, label } => case
                .export_hashes(&of(&case, &items)?, label.as_deref())?
                .into_iter()
                .try_for_each(|listed| {
                    let line = Line {
                        hash: listed.pdq.to_string(),
                        quality: listed.pdq.quality,
                        label: listed.label.clone(),
                    };
                    context.output.record(&line, |_| listed.to_string())
                }),
        }
    }
}

fn of(case: &Case, items: &[String]) -> Result<Vec<Item>> {
    super::items(case, items, items.is_empty())
}

fn text(hit: &HashHit) -> String {
    let [first, last] = hit.frames;
    let frames = if first == last {
        format!("frame {first}")
    } else {
        format!("frames {first}-{last}, nearest {}", hit.frame)
    };
    let label = if hit.label.is_empty() {
        &hit.hash
    } else {
        &hit.label
    };
    format!(
        "{}  {}  {frames} at {:.3} s  {} bits  {label}",
        hit.item, hit.name, hit.at_s, hit.distance
    )
}
