//! What would leave with a publication and what stays, before anybody seals it.

use std::collections::BTreeSet;
use std::fs::File;
use std::ops::ControlFlow;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;
use store::number::PublicationNo;
use store::record::Publication;
use store::{Evidence, Store};
use utoipa::ToSchema;

use super::bundle::{Bundle, Content};
use super::previews::State;
use super::records::{Records, to_value};
use super::refusing::Refusal;
use super::sealing::{Chosen, renamed};
use crate::case::Case;
use crate::error::{Error, Result};

/// What would leave with a publication if the case's author sealed it as it stands, and what stays.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PublicationPreview {
    /// The publication.
    pub publication: PublicationNo,
    /// What keeps it from being sealed, beside that it must be reviewed.
    pub refusals: Vec<Refusal>,
    /// Every file of its bundle, by path.
    pub files: Vec<BundleFile>,
    /// Bytes of them.
    pub bytes: u64,
    /// Who is named in it as having recorded or read something, by the names that they go by there.
    pub actors: Vec<String>,
    /// Addresses of what the case had at the checkpoint and is not published, findings of published items among it.
    pub behind: Vec<String>,
}

/// A file of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct BundleFile {
    /// Its path within the bundle.
    pub path: String,
    /// Its length in bytes.
    pub size: u64,
    /// SHA-256 of it, hexadecimal.
    pub sha256: String,
}

/// A file that would leave.
#[derive(Debug)]
pub enum Previewed {
    /// One that is written for the bundle.
    Bytes(Vec<u8>),
    /// One that the case keeps: an original, or a masked copy.
    Kept(File),
}

impl Case {
    /// What would leave with publication `number`, and what stays. Nothing is recorded and nothing leaves. A
    /// review is told of in the bundle, so that what is read before it differs by that.
    ///
    /// # Errors
    /// There is no such publication, a frame cannot be given again, or the store fails.
    pub fn preview_publication(&self, number: PublicationNo) -> Result<PublicationPreview> {
        let publication = self.publication(number)?;
        let chosen = self.chosen(&publication)?;
        let refusals = chosen.refusals(&publication, self)?;
        let bundle = self.looked_at(&publication, Some(&chosen))?;
        let files: Vec<BundleFile> = { bundle.files.iter() }
            .map(|(path, content)| BundleFile {
                path: path.clone(),
                size: content.size(),
                sha256: content.hash(),
            })
            .collect();
        Ok(PublicationPreview {
            publication: number,
            refusals,
            bytes: files.iter().map(|it| it.size).sum(),
            files,
            actors: named(&publication, &chosen, self.actor())?,
            behind: behind(&chosen)?,
        })
    }

    /// The file of the first of `paths` that is in the bundle of publication `number`, as
    /// [`Case::preview_publication`] lists it.
    ///
    /// # Errors
    /// There is no such publication or file, a frame cannot be given again, or the store fails.
    pub fn previewed(&self, number: PublicationNo, paths: &[&str]) -> Result<Previewed> {
        let publication = self.publication(number)?;
        let bundle = self.looked_at(&publication, None)?;
        match paths.iter().find_map(|path| bundle.files.get(*path)) {
            Some(Content::Bytes(bytes)) => Ok(Previewed::Bytes(bytes.clone())),
            Some(Content::Blob(id, _)) => Ok(Previewed::Kept(self.blobs.open(id)?)),
            None => Err(Error::missing(format!(
                "the bundle of {number} has no {:?}",
                paths.first().unwrap_or(&"")
            ))
            .hint(format!(
                "`framewitness publish preview {number}` lists its files"
            ))),
        }
    }
}

impl Case {
    /// The bundle that the case's author would seal, made once for each state of the case.
    fn looked_at(&self, publication: &Publication, chosen: Option<&Chosen>) -> Result<Arc<Bundle>> {
        let head = |store: &dyn Store| {
            let head = store.head()?;
            Ok::<_, Error>((head.size, head.root.to_string()))
        };
        let present = self.present.as_deref();
        let state = State {
            publication: publication.number,
            actor: self.actor().to_owned(),
            head: head(self.store.as_ref())?,
            present: present.map(head).transpose()?,
        };
        let make =
            |chosen: &Chosen| self.gathered(publication, chosen, self.author(), &mut unstopped);
        self.previews.of(state, || match chosen {
            Some(chosen) => make(chosen),
            None => make(&self.chosen(publication)?),
        })
    }
}

/// Nobody stops a preview.
fn unstopped() -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Who a bundle names: whoever recorded what is in it, read it, or seals it.
fn named(publication: &Publication, chosen: &Chosen, sealer: &str) -> Result<Vec<String>> {
    let records = chosen
        .records
        .as_published(publication, &chosen.selection)?;
    let mut names = BTreeSet::from([sealer.to_owned()]);
    actors(&to_value(&records)?, &mut names);
    actors(&to_value(&renamed(publication)?)?, &mut names);
    Ok(names.into_iter().collect())
}

fn actors(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|it| actors(it, names)),
        Value::Object(members) => {
            let actor = members.get("actor").and_then(Value::as_str);
            names.extend(actor.map(str::to_owned));
            members.values().for_each(|it| actors(it, names));
        }
        _ => {}
    }
}

/// What stays, in the order of kinds and numbers. Masks, tags, watches and heads have no place in a publication.
fn behind(chosen: &Chosen) -> Result<Vec<String>> {
    let then = &chosen.then;
    let mut all = Records::all(then)?.numbers();
    for item in &chosen.records.items {
        let found = { &item.inspection }
            .as_ref()
            .map_or(0, |it| it.inspected.finding_count);
        all.extend((1..=found).map(|at| Evidence::Finding(item.number, at)));
    }
    let people = then.store.people()?.into_iter();
    all.extend(people.map(|it| Evidence::Person(it.number)));
    let notes = then.store.notes()?.into_iter();
    all.extend(notes.map(|it| Evidence::Note(it.number)));
    let series = then.store.series()?.into_iter();
    all.extend(series.map(|it| Evidence::Series(it.number)));
    all.retain(|it| !chosen.selection.holds(*it));
    Ok(all.into_iter().map(|it| it.to_string()).collect())
}
