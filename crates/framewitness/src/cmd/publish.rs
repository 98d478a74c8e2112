mod bundle;
mod preview;
mod seal;

use clap::{ArgGroup, Args, Subcommand};
use store::number::{CheckpointNo, PublicationNo};
use store::record::Publication;
use workbench::publication::{NewPublication, NewReview, PublicationView};
use workbench::{ContentId, Result};

use crate::context::Context;

pub use bundle::Out;

/// Say what may leave the case, let somebody else read it, and write it in a form that strangers check
#[derive(Args)]
pub struct Publish {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Draft(Box<Draft>),
    Review(Review),
    Preview(preview::Preview),
    Seal(seal::Seal),
    /// Show every publication
    List,
    /// Show one, with everything that it holds and what keeps it from leaving
    Show {
        /// The publication, such as B1
        publication: PublicationNo,
    },
    /// Take a draft back; what it revised stands again
    Withdraw {
        /// The draft, such as B1
        publication: PublicationNo,
        /// Why
        #[arg(long)]
        reason: String,
    },
}

/// Select what is to be published, as of a signed state of the case; nothing leaves yet
#[derive(Args)]
struct Draft {
    /// What is published: items (#1), frames (#1#frame=37), findings (F:#1:4) and records (C1, O2, H1, A1, M1, V1,
    /// R1, D1, L1, S1). Nothing else of the case is in the bundle
    #[arg(required = true, value_name = "ADDRESS")]
    selected: Vec<String>,
    /// Its title
    #[arg(long)]
    title: String,
    /// The question that it answers, as it was asked; the report begins with it
    #[arg(long)]
    question: Option<String>,
    /// What it says, in a few sentences
    #[arg(long)]
    summary: String,
    /// Whose words these are; else yours
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// The signed state as of which it is, such as K1; else the newest, which is signed if need be
    #[arg(long, value_name = "CHECKPOINT")]
    checkpoint: Option<CheckpointNo>,
    /// What may be mentioned by its number, with nothing said of it. May be given several times
    #[arg(long, value_name = "ADDRESS")]
    mention: Vec<String>,
    /// Somebody who signs in the case goes by another name in it. May be given several times
    #[arg(long, value_name = "ACTOR=NAME", value_parser = pseudonym)]
    pseudonym: Vec<(String, String)>,
    /// Tell how items were obtained: names of files, paths, notes
    #[arg(long)]
    acquisitions: bool,
    /// Put the originals into the bundle
    #[arg(long)]
    originals: bool,
    /// Put the masked copies of the items into the bundle (`framewitness mask render`)
    #[arg(long)]
    masked: bool,
    /// The publication that this one revises, such as B1
    #[arg(long, value_name = "PUBLICATION")]
    revises: Option<PublicationNo>,
}

/// Say that you read a draft, and whether it may leave
#[derive(Args)]
#[command(group = ArgGroup::new("word").required(true))]
struct Review {
    /// The draft, such as B1
    publication: PublicationNo,
    /// It may leave
    #[arg(long, group = "word")]
    approve: bool,
    /// It may not, for the reason in the note
    #[arg(long, group = "word", requires = "note")]
    hold: bool,
    /// Why, or anything else
    #[arg(long)]
    note: Option<String>,
    /// What you read, as `publish show` tells it; refused if that is not the draft
    #[arg(long, value_name = "SHA256")]
    draft: Option<ContentId>,
}

fn pseudonym(text: &str) -> std::result::Result<(String, String), String> {
    let parts = text.split_once('=');
    let (actor, name) = parts.ok_or_else(|| format!("expected ACTOR=NAME, got {text:?}"))?;
    Ok((actor.to_owned(), name.to_owned()))
}

impl Publish {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let shown = match self.verb {
            Verb::Draft(draft) => case.draft_publication(draft.publication(case.actor()))?,
            Verb::Review(review) => {
                let word = NewReview {
                    draft: review.draft,
                    approved: review.approve,
                    note: review.note,
                };
                case.review_publication(review.publication, word)?
            }
            Verb::Withdraw {
                publication,
                reason,
            } => case.withdraw_publication(publication, reason)?,
            Verb::Show { publication } => {
                let view = case.publication_view(publication)?;
                return context.output.record(&view, details);
            }
            Verb::Preview(preview) => return preview.run(context, &case),
            Verb::Seal(seal) => return seal.run(context, &case),
            Verb::List => {
                let mut all = case.publications()?.into_iter();
                return all.try_for_each(|one| context.output.record(&one, text));
            }
        };
        context.output.record(&shown, text)
    }
}

impl Draft {
    fn publication(self, actor: &str) -> NewPublication {
        NewPublication {
            title: self.title,
            question: self.question,
            summary: self.summary,
            editor: self.by.unwrap_or_else(|| actor.to_owned()),
            checkpoint: self.checkpoint,
            selected: self.selected,
            mentioned: self.mention,
            pseudonyms: self.pseudonym.into_iter().collect(),
            acquisitions: self.acquisitions,
            originals: self.originals,
            masked: self.masked,
            supersedes: self.revises,
        }
    }
}

/// How a publication stands.
fn state(publication: &Publication) -> String {
    if let Some(sealed) = &publication.sealed {
        return format!("sealed as {}", sealed.sealed.manifest);
    }
    let standing = publication.standing_reviews();
    let words = |approved: bool| {
        let said = standing
            .iter()
            .filter(|it| it.reviewed.approved == approved);
        let names: Vec<&str> = said.map(|it| it.origin.actor.as_str()).collect();
        names.join(", ")
    };
    match (words(false), words(true)) {
        (held, _) if !held.is_empty() => format!("held back by {held}"),
        (_, approved) if !approved.is_empty() => format!("approved by {approved}"),
        _ => "draft".to_owned(),
    }
}

fn text(publication: &Publication) -> String {
    let drafted = &publication.drafted;
    format!(
        "{}  {}  as of {}  {}{}{}",
        publication.number,
        drafted.title,
        drafted.checkpoint,
        state(publication),
        super::revision(drafted.supersedes, publication.superseded_by),
        super::withdrawn(publication.withdrawn.as_ref())
    )
}

fn details(shown: &PublicationView) -> String {
    let publication = &shown.publication;
    let drafted = &publication.drafted;
    let mut lines = vec![text(publication)];
    let mut line = |word: &str, text: String| lines.push(format!("{word:<13}{text}"));
    line("draft", publication.digest.to_string());
    line("drafted by", publication.origin.actor.clone());
    line("editor", drafted.editor.clone());
    line("selected", drafted.selected.join(" "));
    if !drafted.mentioned.is_empty() {
        line("mentioned", drafted.mentioned.join(" "));
    }
    for (actor, name) in &drafted.pseudonyms {
        line("pseudonym", format!("{actor} as {name}"));
    }
    let told = [
        (drafted.acquisitions, "how items were obtained"),
        (drafted.originals, "the originals"),
        (drafted.masked, "masked copies"),
    ];
    for (_, what) in told.iter().filter(|(asked, _)| *asked) {
        line("holds", (*what).to_owned());
    }
    for review in &publication.reviews {
        let said = if review.reviewed.approved {
            "approves"
        } else {
            "holds it back"
        };
        let note = review.reviewed.note.as_deref().unwrap_or_default();
        line(
            "review",
            format!("{} {said}  {note}", review.origin.actor)
                .trim_end()
                .to_owned(),
        );
    }
    if let Some(question) = &drafted.question {
        line("asked", question.clone());
    }
    line("summary", drafted.summary.clone());
    for refusal in &shown.refusals {
        line(
            "REFUSED",
            format!("{}: {}", refusal.sentence, refusal.resolve),
        );
    }
    lines.join("\n")
}
