use clap::{Args, Subcommand};
use serde_json::Value;
use store::number::ReceivedNo;
use store::record::Received as Record;
use workbench::Result;
use workbench::publication::{LinkedItem, ReceivedView};
use workbench::witness::roots;

use super::publish::Out;
use super::verify::Testimonies;
use crate::context::Context;

/// Look at publications that came in from others (`import`), check them again, give them out as they came
#[derive(Args)]
pub struct Received {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Show every publication that came in
    List,
    /// Show one: who sealed it, what is proven of it and what is not, and what they say in it
    Show {
        /// The publication, such as U1
        publication: ReceivedNo,
    },
    /// Check one again as it is kept; exits 3 naming what is wrong
    Verify {
        /// The publication, such as U1
        publication: ReceivedNo,
        /// Who must have signed it: a key (ssh-ed25519 …) or its fingerprint (SHA256:…). May be given several times
        #[arg(long, value_name = "KEY")]
        signer: Vec<String>,
        /// Root certificates of time-stamping authorities that you trust, PEM: a file or a folder; else those in it
        #[arg(long, value_name = "DIR")]
        roots: Option<std::path::PathBuf>,
        #[command(flatten)]
        testimonies: Testimonies,
    },
    /// Write one as it came, byte for byte
    Give {
        /// The publication, such as U1
        publication: ReceivedNo,
        #[command(flatten)]
        out: Out,
    },
}

impl Received {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        match self.verb {
            Verb::List => {
                let mut all = case.received()?.into_iter();
                all.try_for_each(|one| context.output.record(&one, text))
            }
            Verb::Show { publication } => context
                .output
                .record(&case.received_view(publication)?, details),
            Verb::Verify {
                publication,
                signer,
                roots: trusted,
                testimonies,
            } => {
                let trusted = trusted.as_deref().map(roots).transpose()?;
                let trust = testimonies.trust(trusted.unwrap_or_default())?;
                let bar = context.output.bar("checking", 0);
                let checked =
                    case.check_received(publication, &signer, &trust, &mut bar.follow())?;
                drop(bar);
                super::verify::checked(context, &checked)
            }
            Verb::Give { publication, out } => {
                let top = format!("publication-{publication}");
                let given = out.put(context, "writing", &top, &mut |put, progress| {
                    case.give_received(publication, put, progress)
                })?;
                context.output.record(&given, |given| {
                    format!(
                        "{}  {}  {} files, {} bytes  {}",
                        given.number,
                        given.manifest,
                        given.files,
                        given.bytes,
                        out.output.display()
                    )
                })
            }
        }
    }
}

fn text(one: &Record) -> String {
    let it = &one.received;
    format!(
        "{}  {}  {} of {}, {}  {} files  taken in by {}",
        one.number,
        it.title,
        it.their_number,
        it.sealed_by.name,
        it.sealed_by.fingerprint,
        it.files.len(),
        one.origin.actor
    )
}

fn details(view: &ReceivedView) -> String {
    let it = &view.received.received;
    let mut lines = vec![text(&view.received)];
    let mut line = |word: &str, text: &str| lines.push(format!("{word:<13}{text}"));
    line("manifest", &it.manifest.to_string());
    let head = &it.head;
    line(
        "as of",
        &format!(
            "{} entries of {}, root {}",
            head.size, head.journal, head.root
        ),
    );
    if let Some(origin) = &it.origin {
        line("obtained", origin);
    }
    if let Some(note) = &it.note {
        line("note", note);
    }
    it.proven.iter().for_each(|it| line("proven", it));
    it.unproven.iter().for_each(|it| line("not proven", it));
    for linked in &view.linked {
        line("item", &item(linked));
    }
    if let Some(question) = view.publication["question"].as_str() {
        line("asked", question);
    }
    line(
        "they say",
        view.publication["summary"].as_str().unwrap_or_default(),
    );
    theirs(&view.records).for_each(|it| line("they say", &it));
    lines.join("\n")
}

/// An item of theirs, and where it is here.
pub(super) fn item(linked: &LinkedItem) -> String {
    let their = &linked.their_number;
    match (linked.item, linked.original) {
        (Some(here), _) => format!("their {their} is {here}"),
        (None, true) => format!("their {their} was removed here"),
        (None, false) => format!("their {their} is not in this case"),
    }
}

/// What they recorded, each in a line under their own number.
fn theirs(records: &Value) -> impl Iterator<Item = String> {
    const KINDS: [&str; 10] = [
        "claims",
        "observations",
        "hypotheses",
        "assessments",
        "media_reviews",
        "resemblances",
        "dates",
        "places",
        "matches",
        "sources",
    ];
    let rows = KINDS
        .iter()
        .flat_map(|kind| records[*kind].as_array().into_iter().flatten());
    rows.map(|row| {
        let first = |members: &[&str]| {
            let mut found = members.iter().filter_map(|it| row[*it].as_str());
            found.next().unwrap_or_default().to_owned()
        };
        let number = first(&["number"]);
        let standing = first(&["status", "likelihood", "precision", "state"]);
        let said = first(&["text", "reasons", "subject", "name", "reason"]);
        let standing = match standing.is_empty() {
            true => String::new(),
            false => format!(" [{standing}]"),
        };
        format!("{number}{standing}  {said}").trim_end().to_owned()
    })
}
