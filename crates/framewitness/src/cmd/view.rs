use clap::{Args, Subcommand};
use store::record::SavedView;
use workbench::Result;

use super::search::{self, Asked};
use crate::context::Context;

/// Keep a search under a name, for everybody who works on the case
#[derive(Args)]
pub struct View {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Keep a search, written as for `search`
    Save {
        /// Name that no other view has
        name: String,
        #[command(flatten)]
        asked: Box<Asked>,
    },
    /// Show the views
    List {
        /// Those too that were removed
        #[arg(long)]
        removed: bool,
    },
    /// Give a view another name
    Rename {
        /// Number or name
        view: String,
        /// Name that no other view has
        name: String,
    },
    /// Take a view off the list; the journal keeps it
    Remove {
        /// Number or name
        view: String,
        /// Why, or anything else
        #[arg(long)]
        note: Option<String>,
    },
    /// Show what a view finds now
    Show {
        /// Number or name
        view: String,
        /// Most results; 0 for all
        #[arg(long, default_value_t = 50)]
        limit: usize,
    },
}

impl View {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let shown = match self.verb {
            Verb::Save { name, asked } => vec![case.save_view(name, asked.query(&case)?)?],
            Verb::List { removed } => case.views(removed)?,
            Verb::Rename { view, name } => {
                vec![case.rename_view(case.saved_view(&view)?.number, name)?]
            }
            Verb::Remove { view, note } => {
                vec![case.remove_view(case.saved_view(&view)?.number, note)?]
            }
            Verb::Show { view, limit } => {
                let query = case.saved_view(&view)?.query;
                return search::show(context, &case, &query, limit);
            }
        };
        shown
            .iter()
            .try_for_each(|view| context.output.record(view, text))
    }
}

fn text(view: &SavedView) -> String {
    let asked = serde_json::to_string(&view.query).unwrap_or_default();
    let removed = view.removed.as_ref().map_or_else(String::new, |it| {
        format!(
            "  REMOVED by {} (entry {})",
            it.origin.actor, it.origin.entry
        )
    });
    format!(
        "{:>4}  {}  {asked}{removed}",
        view.number.to_string(),
        view.name
    )
}
