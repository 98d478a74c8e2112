use clap::Args;
use store::search::Query;
use workbench::view::ItemSummary;
use workbench::{Error, Result};

use super::search::Filters;
use crate::context::Context;

/// Show the items of the case
#[derive(Args)]
pub struct List {
    #[command(flatten)]
    filters: Filters,
    /// Items alone that entries from this one on have to do with
    #[arg(long, value_name = "ENTRY")]
    since: Option<u64>,
}

impl List {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let asked = self.filters.query(&case, String::new())?;
        let all = asked == Query::default();
        let items = if let Some(since) = self.since {
            if !all {
                let told = "items since an entry are not filtered as well";
                return Err(Error::usage(told).hint("use `--changed DAYS` with other filters"));
            }
            let changed = case.items_changed(since)?;
            match changed.read_again {
                true => case.items()?,
                false => changed.items,
            }
        } else if all {
            case.items()?
        } else {
            case.items_found(&asked)?
        };
        if items.is_empty() && (!all || self.since.is_some()) {
            context.output.remark("No item is like that.")?;
        } else if items.is_empty() {
            context
                .output
                .remark("The case is empty: add files with `framewitness add FILE`.")?;
        }
        items
            .iter()
            .try_for_each(|item| context.output.record(item, text))
    }
}

fn text(item: &ItemSummary) -> String {
    if let Some(removed) = &item.removed {
        return format!(
            "{:>4}  {}  removed ({})  {}",
            item.number.to_string(),
            &item.id[..19],
            removed.ground,
            item.name
        );
    }
    let state = match (item.frame_count, item.duration_s) {
        (Some(frames), Some(seconds)) => {
            format!(
                "{frames} frames, {seconds:.3} s, {}",
                item.codec.as_deref().unwrap_or("no video")
            )
        }
        _ => "not inspected".to_owned(),
    };
    format!(
        "{:>4}  {}  {state}  {}",
        item.number.to_string(),
        &item.id[..19],
        item.name
    )
}
