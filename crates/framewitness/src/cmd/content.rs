use clap::{Args, Subcommand};
use store::record::ContentNote;
use store::vocabulary::ContentFlag;
use workbench::{Item, Result};

use crate::context::Context;

/// Say what to know before an item is opened: flags such as graphic, and a note
#[derive(Args)]
pub struct Content {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Say it; what was said before is superseded and stays in the history
    Set {
        /// Item by number, start of id, or file name
        item: String,
        /// graphic, death, violence, torture, sexual-violence, nudity, children, self-harm, animals,
        /// distressing-sound or hatred; none if you looked and there is nothing that could harm
        #[arg(long = "flag", value_name = "FLAG", num_args = 1..)]
        flags: Vec<ContentFlag>,
        /// In words, for whoever is about to open it
        #[arg(long)]
        note: Option<String>,
    },
    /// Show what was said, of one item or of all
    List {
        /// Item by number, start of id, or file name
        item: Option<String>,
    },
}

impl Content {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let shown = match self.verb {
            Verb::Set { item, flags, note } => {
                vec![case.note_content(&case.item(&item)?, flags, note)?]
            }
            Verb::List { item: Some(item) } => vec![case.item(&item)?],
            Verb::List { item: None } => case.all()?,
        };
        shown
            .iter()
            .try_for_each(|item| context.output.record(item, text))
    }
}

fn text(item: &Item) -> String {
    let stands = item.content_note().map(|it| it.origin.entry);
    let mut lines = vec![format!("{}  {}", item.number, item.name)];
    if item.content.is_empty() {
        lines.push("      nobody said anything of what it shows".to_owned());
    }
    lines.extend(item.content.iter().map(|it| line(it, stands)));
    lines.join("\n")
}

fn line(it: &ContentNote, stands: Option<u64>) -> String {
    let flags: Vec<&str> = it.flags.iter().map(|flag| flag.word()).collect();
    let flags = match flags.is_empty() {
        true => "nothing that could harm".to_owned(),
        false => flags.join(" "),
    };
    let note = it.note.as_deref().map(|note| format!("  {note}"));
    let earlier = it.withdrawn.is_none() && stands != Some(it.origin.entry);
    format!(
        "      {}  {}  {flags}{}{}{}",
        it.origin.at,
        it.origin.actor,
        note.unwrap_or_default(),
        if earlier { "  superseded" } else { "" },
        super::withdrawn(it.withdrawn.as_ref())
    )
}
