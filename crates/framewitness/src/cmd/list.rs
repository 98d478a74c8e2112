use clap::Args;
use workbench::Result;
use workbench::view::ItemSummary;

use crate::context::Context;

/// Show the items of the case
#[derive(Args)]
pub struct List {}

impl List {
    pub fn run(self, context: &Context) -> Result<()> {
        let items = context.open()?.items()?;
        if items.is_empty() {
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
