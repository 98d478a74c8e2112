//! A source as lines of text.

use std::collections::BTreeMap;

use store::event::Proof;
use store::number::SourceNo;
use store::record::{Source, SourceObservation};
use workbench::{Case, Result};

/// What to call the sources and items that a source has to do with.
pub struct Sources {
    names: BTreeMap<SourceNo, String>,
    items: BTreeMap<String, String>,
}

impl Sources {
    pub fn of(case: &Case) -> Result<Self> {
        let sources = case.sources()?.into_iter();
        let items = case.all()?.into_iter();
        Ok(Self {
            names: sources.map(|it| (it.number, it.named.name)).collect(),
            items: items
                .map(|it| (it.id.to_string(), it.number.to_string()))
                .collect(),
        })
    }
}

/// The source, its names, ties, grades and states.
pub fn text(source: &Source, known: &Sources) -> String {
    let named = &source.named;
    let grades = source.standing_grades();
    let grade = match grades.as_slice() {
        [] => String::new(),
        [(_, only)] => format!("  grade {only}"),
        several => {
            let each = several
                .iter()
                .map(|(who, grade)| format!("{grade} ({who})"));
            format!("  grades {}", each.collect::<Vec<_>>().join(", "))
        }
    };
    let url = suffix(named.url.as_deref());
    let mut lines = vec![format!(
        "{}  {} ({}){grade}{url}{}",
        source.number,
        named.name,
        named.kind,
        super::super::withdrawn(source.withdrawn.as_ref())
    )];
    lines.extend(aliases(source));
    lines.extend(ties(source, known));
    lines.extend(gradings(source));
    lines.extend(source.observations.iter().map(|it| state(it, known)));
    lines.join("\n")
}

fn aliases(source: &Source) -> impl Iterator<Item = String> {
    source.aliases.iter().map(|it| {
        let aliased = &it.aliased;
        format!(
            "      also {}{}{}{}{}",
            aliased.name,
            period(aliased.from.as_deref(), aliased.until.as_deref()),
            suffix(aliased.url.as_deref()),
            suffix(aliased.note.as_deref()),
            super::super::withdrawn(it.withdrawn.as_ref())
        )
    })
}

fn ties(source: &Source, known: &Sources) -> impl Iterator<Item = String> {
    source.ties.iter().map(|it| {
        let related = &it.related;
        let name = known.names.get(&related.to).map(String::as_str);
        format!(
            "      {} {}{}{}{}{}",
            related.tie,
            related.to,
            name.map(|name| format!(" {name}")).unwrap_or_default(),
            period(related.from.as_deref(), related.until.as_deref()),
            suffix(related.note.as_deref()),
            super::super::withdrawn(it.withdrawn.as_ref())
        )
    })
}

fn gradings(source: &Source) -> impl Iterator<Item = String> {
    source.grades.iter().map(|it| {
        let later = it
            .superseded_by
            .map(|entry| format!("  superseded by entry {entry}"))
            .unwrap_or_default();
        format!(
            "      {}  grade {} by {}: {}{later}{}",
            it.origin.at,
            it.graded.grade,
            it.graded.assessor,
            it.graded.reason,
            super::super::withdrawn(it.withdrawn.as_ref())
        )
    })
}

/// When it was seen so comes first; when that was recorded, where it is another time, last.
fn state(seen: &SourceObservation, known: &Sources) -> String {
    let when = seen.observed.as_deref().unwrap_or(&seen.origin.at);
    let name = seen.name.as_deref();
    let recorded = seen
        .observed
        .as_ref()
        .map(|_| format!("  (recorded {})", seen.origin.at));
    let proof: Vec<String> = seen.proof.iter().map(|it| proof(it, known)).collect();
    let proof = (!proof.is_empty()).then(|| format!("  proof: {}", proof.join(", ")));
    format!(
        "      {when}  {}{}{}{}{}{}",
        seen.state,
        name.map(|name| format!("  as {name}")).unwrap_or_default(),
        suffix(seen.note.as_deref()),
        proof.unwrap_or_default(),
        recorded.unwrap_or_default(),
        super::super::withdrawn(seen.withdrawn.as_ref())
    )
}

fn proof(proof: &Proof, known: &Sources) -> String {
    match proof {
        Proof::Item { item } => {
            let id = item.to_string();
            known.items.get(&id).cloned().unwrap_or(id)
        }
        Proof::Blob { blob, name } => format!("{name} ({blob})"),
        Proof::Url { url } => url.clone(),
    }
}

fn period(from: Option<&str>, until: Option<&str>) -> String {
    match (from, until) {
        (None, None) => String::new(),
        (Some(from), None) => format!("  from {from}"),
        (None, Some(until)) => format!("  until {until}"),
        (Some(from), Some(until)) => format!("  {from} to {until}"),
    }
}

fn suffix(text: Option<&str>) -> String {
    text.map(|text| format!("  {text}")).unwrap_or_default()
}
