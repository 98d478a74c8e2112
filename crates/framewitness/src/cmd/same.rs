use std::path::Path;

use clap::Args;
use media::decoder::Decoder;
use workbench::same::{Compared, Part, PartKind, Party, Subject};
use workbench::{Case, Result};

use crate::backend;
use crate::context::Context;

/// Parts that are shown as text; JSON has them all.
const MOST_PARTS: usize = 40;

/// Compare two videos: the same file, the same pictures, re-encoded, edited, or different
///
/// Each answer names its method and what that does not account for. Files outside the case are
/// examined, and nothing of them is kept; two files need no case.
#[derive(Args)]
pub struct Same {
    /// Item by number, start of id, or file name; or the path of a file
    a: String,
    /// What to compare it with, named alike
    b: String,
}

impl Same {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open_if_any()?;
        let decoder = backend::decoder()?;
        let (a, b) = (
            subject(&self.a, case.as_ref(), &decoder, context)?,
            subject(&self.b, case.as_ref(), &decoder, context)?,
        );
        let bar = context.output.bar(&format!("{} {}", self.a, self.b), 0);
        let compared = workbench::same::same(&a, &b, &mut bar.watch())?;
        drop(bar);
        context.output.record(&compared, text)
    }
}

/// What `name` stands for: an item of the case, else a file. A name with a slash is a file's.
pub(super) fn subject<'a>(
    name: &'a str,
    case: Option<&'a Case>,
    decoder: &'a Decoder,
    context: &Context,
) -> Result<Subject<'a>> {
    let path = Path::new(name);
    let item = match case {
        Some(case) if !name.contains('/') => Some((case, case.item(name))),
        _ => None,
    };
    match item {
        Some((case, Ok(item))) => Ok(Subject::Item(case, Box::new(item))),
        _ if name.contains('/') || path.is_file() => Ok(Subject::File(path, decoder)),
        Some((_, Err(error))) => Err(error),
        // Says that there is no case, and how to name one.
        None => Err(context
            .folder()
            .err()
            .unwrap_or_else(|| workbench::Error::missing(format!("there is no {name}")))),
    }
}

fn text(compared: &Compared) -> String {
    let mut lines = vec![
        party("first ", &compared.a),
        party("second", &compared.b),
        compared.summary.clone(),
    ];
    lines.extend(compared.parts.iter().take(MOST_PARTS).map(part));
    if compared.parts.len() > MOST_PARTS {
        let more = compared.parts.len() - MOST_PARTS;
        lines.push(format!("  and {more} more parts; --json lists all"));
    }
    lines.extend(compared.footage.iter().map(|found| {
        format!(
            "  footage of both, as match finds it: frames {}  ~  {}, score {:.2}{}",
            span(Some(found.a)),
            span(Some(found.b)),
            found.score,
            if found.mirrored { ", mirrored" } else { "" },
        )
    }));
    let method = &compared.method;
    lines.push(format!(
        "Method {}, version {}. {}",
        method.name, method.version, method.limits
    ));
    lines.join("\n")
}

fn party(which: &str, party: &Party) -> String {
    let item = party
        .item
        .map_or_else(String::new, |item| format!("{item}  "));
    let frames = party
        .frames
        .map_or_else(String::new, |frames| format!("  {frames} frames"));
    format!("{which}  {item}{}{frames}  {}", party.name, party.id)
}

fn part(part: &Part) -> String {
    let kind = match part.kind {
        PartKind::Equal => "equal",
        PartKind::Alike => "alike",
        PartKind::LeftOut => "only in the first",
        PartKind::Added => "only in the second",
        PartKind::Replaced => "replaced",
    };
    let bits = part
        .bits
        .filter(|bits| *bits > 0)
        .map_or_else(String::new, |bits| format!("  up to {bits} bits"));
    format!(
        "  {kind:<18}  {:>13}  {:>13}{bits}",
        span(part.a),
        span(part.b)
    )
}

fn span(span: Option<[u32; 2]>) -> String {
    match span {
        None => "-".to_owned(),
        Some([first, last]) if first == last => first.to_string(),
        Some([first, last]) => format!("{first}-{last}"),
    }
}
