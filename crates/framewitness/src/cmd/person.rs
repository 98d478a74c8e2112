use clap::{Args, Subcommand};
use store::event::{Identity, PersonEntered, PersonIdentified, PersonProtected};
use store::number::PersonNo;
use store::record;
use store::vocabulary::{PersonRole, Protection};
use workbench::{Case, Result};

use super::pin::At;
use crate::context::Context;

/// Record who appears in items, under a number and a description, and who must be masked
#[derive(Args)]
pub struct Person {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Enter a person. A minor, a witness or a victim is protected until somebody says otherwise
    Add {
        /// What tells the person apart, such as "man in red jacket"; no name
        description: String,
        /// speaker, victim, witness, minor, suspect, bystander, detainee, armed, official, medic, journalist, other
        #[arg(long = "role", value_name = "ROLE", num_args = 1..)]
        roles: Vec<PersonRole>,
        /// Anything else
        #[arg(long)]
        note: Option<String>,
    },
    /// Record where a person appears. A box is of the first frame
    Appears {
        /// The person, such as P1
        person: PersonNo,
        /// Item by number, start of id, or file name
        item: String,
        /// What the person does or is there; as for `add`
        #[arg(long = "role", value_name = "ROLE", num_args = 1..)]
        roles: Vec<PersonRole>,
        /// Anything else
        #[arg(long)]
        note: Option<String>,
        #[command(flatten)]
        at: At,
    },
    /// Say why a person must be masked in whatever is published, or that this is not so
    Protect {
        /// The person, such as P1
        person: PersonNo,
        /// minor, witness, victim or other; none to say that the person is not protected
        #[arg(long = "as", value_name = "GROUND", num_args = 1..)]
        protection: Vec<Protection>,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Say what is known of who it is. What is written here stays in the journal: withhold a name that may harm
    Identify(Identify),
    /// Show people, those who appear in one item or all
    List {
        /// Item by number, start of id, or file name
        item: Option<String>,
    },
}

#[derive(Args)]
struct Identify {
    /// The person, such as P1
    person: PersonNo,
    #[command(flatten)]
    who: Who,
    /// How that is known, or why it is withheld
    #[arg(long)]
    reason: String,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct Who {
    /// It is known, and not written here
    #[arg(long)]
    withheld: bool,
    /// Nobody knows
    #[arg(long)]
    unknown: bool,
    /// The name
    #[arg(long)]
    name: Option<String>,
}

impl Person {
    pub fn run(self, context: &Context) -> Result<()> {
        let case = context.open()?;
        let shown = self.verb.run(&case)?;
        let items = case.all()?;
        shown
            .iter()
            .try_for_each(|person| context.output.record(person, |person| text(person, &items)))
    }
}

impl Verb {
    fn run(self, case: &Case) -> Result<Vec<record::Person>> {
        let person = match self {
            Self::List { item } => {
                let item = item.map(|item| case.item(&item)).transpose()?;
                return case.people(item.as_ref());
            }
            Self::Add {
                description,
                roles,
                note,
            } => case.enter_person(PersonEntered {
                description,
                roles,
                note,
            }),
            Self::Appears {
                person,
                item,
                roles,
                note,
                at,
            } => case.person_appears(person, &case.item(&item)?, at.place(), roles, note),
            Self::Protect {
                person,
                protection,
                reason,
            } => case.protect_person(PersonProtected {
                person,
                protection,
                reason,
            }),
            Self::Identify(identify) => case.identify_person(PersonIdentified {
                person: identify.person,
                identity: identify.who.identity(),
                reason: identify.reason,
            }),
        };
        Ok(vec![person?])
    }
}

impl Who {
    fn identity(self) -> Identity {
        match self.name {
            Some(name) => Identity::Named { name },
            None if self.withheld => Identity::Withheld,
            None => Identity::Unknown,
        }
    }
}

fn text(person: &record::Person, items: &[workbench::Item]) -> String {
    let protection: Vec<&str> = person.protection().iter().map(|it| it.word()).collect();
    let protected = match protection.is_empty() {
        true => String::new(),
        false => format!("  PROTECTED ({})", protection.join(" ")),
    };
    let identity = match person.identity() {
        Identity::Unknown => "identity not known".to_owned(),
        Identity::Withheld => "identity withheld".to_owned(),
        Identity::Named { name } => name.clone(),
    };
    let entered = &person.entered;
    let mut lines = vec![format!(
        "{}  {}{}{protected}  {identity}{}{}",
        person.number,
        entered.description,
        roles(&entered.roles),
        suffix(entered.note.as_deref()),
        super::withdrawn(person.withdrawn.as_ref())
    )];
    lines.extend(person.appearances.iter().map(|it| {
        let item = items.iter().find(|item| item.id == it.appears.pin.item);
        let item = item.map_or_else(String::new, |item| item.number.to_string());
        format!(
            "      in {item}{}{}{}{}",
            super::pinned(&it.appears.pin),
            roles(&it.appears.roles),
            suffix(it.appears.note.as_deref()),
            super::withdrawn(it.withdrawn.as_ref())
        )
    }));
    lines.join("\n")
}

fn roles(roles: &[PersonRole]) -> String {
    let words: Vec<&str> = roles.iter().map(|it| it.word()).collect();
    match words.is_empty() {
        true => String::new(),
        false => format!("  [{}]", words.join(" ")),
    }
}

fn suffix(text: Option<&str>) -> String {
    text.map(|text| format!("  {text}")).unwrap_or_default()
}
