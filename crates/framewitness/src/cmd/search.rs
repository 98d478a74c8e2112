use clap::Args;
use store::number::ItemNo;
use store::search::{Days, Query};
use store::vocabulary::{Order, RecordKind};
use workbench::search::{MOST_RESULTS, narrowed};
use workbench::view::SearchResult;
use workbench::{Case, Error, Result};

use crate::context::Context;

/// Find records by their words and by how they stand
///
/// All words must be there, in any field; case and accents do not count. "Words in quotes" follow one
/// another, film* finds filmed, -word must not be there (after `--`).
#[derive(Args)]
pub struct Search {
    #[command(flatten)]
    asked: Asked,
    /// Most results; 0 for all
    #[arg(long, default_value_t = 50)]
    limit: usize,
}

/// Words, and a kept search that they narrow.
#[derive(Args)]
pub(super) struct Asked {
    /// Words, phrases in quotes, beginnings*, -unwanted
    words: Vec<String>,
    /// Begin from a view, by its number or name
    #[arg(long, value_name = "VIEW")]
    view: Option<String>,
    /// Only records of this kind: item, source, claim, observation, hypothesis, assessment, match, …
    #[arg(long = "kind", value_name = "KIND")]
    kinds: Vec<RecordKind>,
    #[command(flatten)]
    filters: Filters,
}

/// What records are narrowed by. Of several, one must hold, but for --tag, --with and --without.
#[derive(Args)]
pub(super) struct Filters {
    /// How it stands, such as refuted, confirmed, deleted, likely
    #[arg(long)]
    status: Vec<String>,
    /// Of or about this item, by number, start of id, or file name
    #[arg(long)]
    item: Vec<String>,
    /// Of this source, such as S1
    #[arg(long)]
    source: Vec<String>,
    /// This record, and what refers to it, such as O2 or H1
    #[arg(long, value_name = "NUMBER")]
    cites: Vec<String>,
    /// With this tag
    #[arg(long)]
    tag: Vec<String>,
    /// Recorded by this person
    #[arg(long, value_name = "ACTOR")]
    by: Vec<String>,
    /// What it has or is: match, claim, observation, inspection, review, withdrawn, graphic, a kind of finding such
    /// as cut, …
    #[arg(long, value_name = "WHAT")]
    with: Vec<String>,
    /// What it must not have or be
    #[arg(long, value_name = "WHAT")]
    without: Vec<String>,
    /// Recorded first within these days, such as 2026-05-03, 2026-05, 2026-05-03..2026-06 or 2026-05..
    #[arg(long, value_name = "DAYS")]
    recorded: Option<Days>,
    /// Changed within these days
    #[arg(long, value_name = "DAYS")]
    changed: Option<Days>,
    /// Uploaded within these days, as stated
    #[arg(long, value_name = "DAYS")]
    uploaded: Option<Days>,
    /// Acquired within these days
    #[arg(long, value_name = "DAYS")]
    acquired: Option<Days>,
    /// Claimed within these days
    #[arg(long, value_name = "DAYS")]
    asserted: Option<Days>,
    /// newest or oldest first
    #[arg(long)]
    order: Option<Order>,
}

impl Filters {
    /// The filters as a query of these words.
    pub(super) fn query(self, case: &Case, words: String) -> Result<Query> {
        let number = |name: &String| Ok(case.item(name)?.number);
        let items: Vec<ItemNo> = self.item.iter().map(number).collect::<Result<_>>()?;
        Ok(Query {
            words,
            kinds: Vec::new(),
            status: self.status,
            items,
            cites: self.source.into_iter().chain(self.cites).collect(),
            tags: self.tag,
            by: self.by,
            with: self.with,
            without: self.without,
            recorded: self.recorded,
            changed: self.changed,
            uploaded: self.uploaded,
            acquired: self.acquired,
            asserted: self.asserted,
            order: self.order.unwrap_or_default(),
        })
    }
}

impl Asked {
    /// What is asked for, beginning from a view where one was named.
    pub(super) fn query(self, case: &Case) -> Result<Query> {
        let words: Vec<String> = self.words.iter().map(|word| quoted(word)).collect();
        let query = Query {
            kinds: self.kinds,
            ..self.filters.query(case, words.join(" "))?
        };
        Ok(match self.view {
            None => query,
            Some(view) => narrowed(case.saved_view(&view)?.query, query),
        })
    }
}

/// An argument with a space in it was quoted for the shell; its words follow one another, unless it is
/// written as a search already.
fn quoted(word: &str) -> String {
    let plain = |c: char| !c.is_whitespace() && !"\"“„«".contains(c);
    if word.chars().all(plain) || word.contains(['"', '“', '„', '«']) {
        return word.to_owned();
    }
    match word.strip_prefix('-') {
        Some(unwanted) => format!("-\"{unwanted}\""),
        None => format!("\"{word}\""),
    }
}

impl Search {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let query = self.asked.query(&case)?;
        if query == Query::default() {
            return Err(Error::usage("nothing is looked for")
                .hint("name words, or a filter such as --kind claim; `framewitness search --help` lists them"));
        }
        show(context, &case, &query, self.limit)
    }
}

/// Prints at most `limit` of what is found; all of it when 0.
pub(super) fn show(context: &Context, case: &Case, query: &Query, limit: usize) -> Result<()> {
    let (mut shown, mut after) = (0, None);
    loop {
        let wanted = if limit == 0 {
            MOST_RESULTS
        } else {
            MOST_RESULTS.min(limit - shown)
        };
        let page = case.search(query, after.as_deref(), wanted)?;
        shown += page.results.len();
        page.results
            .iter()
            .try_for_each(|one| context.output.record(one, text))?;
        let done = page.next.is_none() || (limit > 0 && shown >= limit);
        if !done {
            after = page.next;
            continue;
        }
        if page.next.is_some() {
            let more = if page.more_than_total {
                "more than "
            } else {
                ""
            };
            context.output.remark(&format!(
                "{shown} of {more}{}; --limit 0 shows all.",
                page.total
            ))?;
        } else if shown == 0 {
            context.output.remark("Nothing was found.")?;
        }
        return Ok(());
    }
}

fn text(found: &SearchResult) -> String {
    let place = found
        .place
        .as_ref()
        .filter(|place| place.item.to_string() != found.number);
    let place = place.map_or_else(String::new, |place| match place.frame {
        Some(frame) => format!("  @ {} {} frame {frame}", place.item, place.name),
        None => format!("  @ {} {}", place.item, place.name),
    });
    let status = found
        .status
        .as_ref()
        .map_or_else(String::new, |status| format!(" [{status}]"));
    let withdrawn = if found.withdrawn { "  WITHDRAWN" } else { "" };
    let mut lines = vec![format!(
        "{:>5}  {}{status}  {}{place}{withdrawn}",
        found.number, found.kind, found.title
    )];
    let other = found.passages.iter().map(|passage| {
        let words: String = passage
            .parts
            .iter()
            .map(|part| part.text.as_str())
            .collect();
        (&passage.field, words)
    });
    let other = other.filter(|(_, words)| *words != found.title && *words != found.number);
    lines.extend(other.map(|(field, words)| format!("       {field}: {words}")));
    lines.join("\n")
}
