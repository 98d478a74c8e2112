//! Making the bundle of a reviewed draft.

use std::collections::BTreeMap;
use std::io::Read;
use std::ops::ControlFlow;

use journal::{Author, ContentId};
use serde::Serialize;
use serde_json::{Value, json};
use store::event::{Event, PublicationSealed, Testimony};
use store::number::PublicationNo;
use store::record::{Publication, SignedCheckpoint};
use utoipa::ToSchema;

use super::bundle::{Bundle, Content, Outside};
use super::protecting::copies;
use super::records::{Records, Selection, rename, to_value};
use super::refusing::{Judged, Refusal, refusals};
use super::report::Reporting;
use super::sharing::{Sharing, pretty};
use super::slice::Slicing;
use crate::as_of::AsOf;
use crate::case::Case;
use crate::error::{Error, Kind, Result};
use crate::examine::TOOL;
use crate::export::Put;

/// A publication, and what keeps it from leaving.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PublicationView {
    /// As recorded.
    #[serde(flatten)]
    pub publication: Publication,
    /// What keeps it from being sealed, each with what resolves it, beside that it must be reviewed.
    pub refusals: Vec<Refusal>,
    /// Whose approval lets it leave: everybody who signs in the case but who drafted it, or that one where nobody
    /// else does.
    pub approvers: Vec<String>,
}

/// What was written.
#[derive(Clone, Debug, Serialize)]
pub struct SealedBundle {
    /// The publication as it stands.
    pub publication: PublicationNo,
    /// SHA-256 of its `tagmanifest-sha256.txt`.
    pub manifest: String,
    /// Number of files.
    pub files: usize,
    /// Bytes of them.
    pub bytes: u64,
}

/// What a publication is of: the selection, in the case as it stood at the checkpoint.
pub(super) struct Chosen {
    pub(super) checkpoint: SignedCheckpoint,
    pub(super) then: Case,
    pub(super) selection: Selection,
    pub(super) records: Records,
}

impl Chosen {
    pub(super) fn refusals(&self, publication: &Publication, now: &Case) -> Result<Vec<Refusal>> {
        refusals(&Judged {
            publication,
            selection: &self.selection,
            checkpoint: &self.checkpoint,
            records: &self.records,
            then: &self.then,
            now,
        })
    }
}

impl Case {
    /// Publication `number`, and what keeps it from being sealed beside that it must be reviewed.
    ///
    /// # Errors
    /// There is none, or the store fails.
    pub fn publication_view(&self, number: PublicationNo) -> Result<PublicationView> {
        let publication = self.publication(number)?;
        let refusals = self.publication_refusals(&publication)?;
        let approvers = self.approvers(&publication)?;
        Ok(PublicationView {
            publication,
            refusals,
            approvers,
        })
    }

    fn approvers(&self, publication: &Publication) -> Result<Vec<String>> {
        let actors = self.store.actors()?.into_iter();
        let mut names: Vec<String> = actors.map(|it| it.origin.actor).collect();
        if names.len() > 1 {
            names.retain(|name| *name != publication.origin.actor);
        }
        Ok(names)
    }

    pub(super) fn publication_refusals(&self, publication: &Publication) -> Result<Vec<Refusal>> {
        self.chosen(publication)?.refusals(publication, self)
    }

    /// Writes the bundle of publication `number` to `put`, signed by the case's author, and enters that in the
    /// journal before a byte of it is written. The same draft, sealed by the same author, gives the same bytes;
    /// sealed before, it is written again.
    ///
    /// # Errors
    /// It was not reviewed or something keeps it from leaving, each with what resolves it; it was sealed as other
    /// bytes; a frame cannot be given again; writing fails, or `progress` (bytes written, bytes in all) says to
    /// stop: what `put` holds then is no bundle.
    pub fn seal_publication(
        &self,
        number: PublicationNo,
        put: &mut dyn Put,
        progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<SealedBundle> {
        self.writable()?;
        self.prepare()?;
        let publication = self.publication(number)?;
        let bundle = self.bundle(&publication, self.author(), &mut || progress(0, 0))?;
        match &publication.sealed {
            Some(sealed) if sealed.sealed.manifest == bundle.manifest => {}
            Some(sealed) => return Err(otherwise(&publication, sealed, &bundle)),
            None => {
                self.record(&Event::PublicationSealed(PublicationSealed {
                    publication: number,
                    draft: publication.digest,
                    manifest: bundle.manifest,
                }))?;
            }
        }
        self.put_bundle(number, &bundle, put, progress)
    }

    fn put_bundle(
        &self,
        number: PublicationNo,
        bundle: &Bundle,
        put: &mut dyn Put,
        progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<SealedBundle> {
        let total: u64 = bundle.files.values().map(Content::size).sum();
        let mut done = 0;
        for (path, content) in &bundle.files {
            if progress(done, total).is_break() {
                return Err(stopped());
            }
            let failed = |why: std::io::Error| Error::io(format!("writing {path}"), &why);
            match content {
                Content::Bytes(bytes) => put
                    .file(path, content.size(), &mut bytes.as_slice())
                    .map_err(failed)?,
                Content::Blob(id, size) => {
                    let mut going = |bytes| progress(done + bytes, total);
                    let mut blob = Checking::new(self.blobs.open(id)?, &mut going);
                    put.file(path, *size, &mut blob).map_err(failed)?;
                    blob.holds(id)?;
                }
            }
            done += content.size();
        }
        Ok(SealedBundle {
            publication: number,
            manifest: bundle.manifest.to_string(),
            files: bundle.files.len(),
            bytes: total,
        })
    }

    /// The checkpoint of a publication, and the case as it stood then.
    fn at_checkpoint(&self, publication: &Publication) -> Result<(SignedCheckpoint, Case)> {
        let number = publication.drafted.checkpoint;
        let mut checkpoints = self.store.checkpoints()?.into_iter();
        let found = checkpoints.find(|it| it.number == number);
        let mut checkpoint =
            found.ok_or_else(|| Error::missing(format!("there is no checkpoint {number}")))?;
        let last = checkpoint.size.checked_sub(1);
        let last = last.ok_or_else(|| {
            Error::usage(format!("{number} is of a journal without entries"))
                .hint("draft it as of a later checkpoint")
        })?;
        let then = self.as_of(&AsOf::Entry(last))?;
        if then.head()?.root != checkpoint.root.to_string() {
            return Err(Error::integrity(format!(
                "{number} is not the head of what the journal begins with"
            )));
        }
        // What witnesses said later would make other bytes of the same draft.
        let drafted = publication.origin.entry;
        checkpoint.witnessed.retain(|it| it.origin.entry < drafted);
        Ok((checkpoint, then))
    }

    fn bundle(
        &self,
        publication: &Publication,
        author: &dyn Author,
        going: Going<'_>,
    ) -> Result<Bundle> {
        let chosen = self.chosen(publication)?;
        if let [first, rest @ ..] = chosen.refusals(publication, self)?.as_slice() {
            return Err(refused(publication, first, rest));
        }
        self.gathered(publication, &chosen, author, going)
    }

    /// What a publication is of.
    pub(super) fn chosen(&self, publication: &Publication) -> Result<Chosen> {
        let (checkpoint, then) = self.at_checkpoint(publication)?;
        let selection = Selection::of(publication);
        let records = Records::of(&then, &selection)?;
        Ok(Chosen {
            checkpoint,
            then,
            selection,
            records,
        })
    }

    /// The bundle of what was chosen, whether it may leave or not.
    pub(super) fn gathered(
        &self,
        publication: &Publication,
        chosen: &Chosen,
        author: &dyn Author,
        going: Going<'_>,
    ) -> Result<Bundle> {
        let Chosen {
            checkpoint,
            then,
            selection,
            records,
        } = chosen;
        let slicing = Slicing {
            then,
            author,
            publication,
            selection,
            checkpoint,
            records,
        };
        let entries = pretty(&to_value(&slicing.slice()?)?)?;
        let published = records.as_published(publication, selection)?;
        let publication = renamed(publication)?;
        let journal = self.origin()?;
        let reporting = Reporting {
            then,
            publication: &publication,
            selection,
            checkpoint,
            records: &published,
            tool: TOOL,
        };
        let mut payload = self.payload(&reporting, &journal, going)?;
        payload.insert("journal/entries.json".to_owned(), Content::Bytes(entries));
        let outside = Outside {
            author,
            publication: &publication,
            checkpoint,
            journal: &journal,
            tool: TOOL,
        };
        outside.bag(payload)
    }

    /// What is published, in every form, by path.
    fn payload(
        &self,
        of: &Reporting<'_>,
        journal: &str,
        going: Going<'_>,
    ) -> Result<BTreeMap<String, Content>> {
        let reported = of.report(journal, going)?;
        let sharing = Sharing {
            publication: of.publication,
            checkpoint: of.checkpoint,
            records: of.records,
            clocks: reported.clocks,
            tool: TOOL,
        };
        let case = case_data(of.publication, of.checkpoint, of.records)?;
        let files = reported.files.into_iter();
        let files = files
            .chain(sharing.files()?)
            .chain(self.testimonies(of.checkpoint)?)
            .chain([("case.json".to_owned(), case)]);
        let mut payload: BTreeMap<String, Content> = files
            .map(|(path, bytes)| (path, Content::Bytes(bytes)))
            .collect();
        if of.publication.drafted.originals {
            for item in &of.records.items {
                let path = format!("originals/{}", item.id.hex());
                payload.insert(path, Content::Blob(item.id, item.size));
            }
        }
        if of.publication.drafted.masked {
            payload.extend(copies(of.then, &of.records.items)?);
        }
        Ok(payload)
    }

    /// The signed head, and what witnesses sent of it.
    fn testimonies(&self, checkpoint: &SignedCheckpoint) -> Result<Vec<(String, Vec<u8>)>> {
        let note = checkpoint.checkpoint.clone().into_bytes();
        let mut files = vec![("journal/checkpoint.txt".to_owned(), note)];
        for (at, witnessed) in checkpoint.witnessed.iter().enumerate() {
            let (ending, root) = match &witnessed.testimony {
                Testimony::Rfc3161 { root, .. } => ("tsr", Some(root)),
                Testimony::Bitcoin { .. } | Testimony::Pending { .. } => ("ots", None),
                Testimony::Cosignature { .. } => ("note", None),
            };
            let name = format!("journal/witness-{}", at + 1);
            files.push((format!("{name}.{ending}"), self.read(witnessed.proof)?));
            if let Some(root) = root {
                files.push((format!("{name}-root.pem"), pem(&self.read(*root)?)));
            }
        }
        Ok(files)
    }
}

/// Says whether to go on.
pub(super) type Going<'a> = &'a mut dyn FnMut() -> ControlFlow<()>;

pub(super) fn stopped() -> Error {
    Error::new(Kind::Failed, "it was stopped").hint("seal it again: the same bytes are written")
}

fn case_data(
    publication: &Publication,
    checkpoint: &SignedCheckpoint,
    records: &Records,
) -> Result<Vec<u8>> {
    let mut drafted = to_value(publication)?;
    if let Some(members) = drafted.as_object_mut() {
        // Who is behind a pseudonym, what is known only after sealing, and how far the journal went on.
        for member in [
            "pseudonyms",
            "sealed",
            "superseded_by",
            "withdrawn",
            "entry",
        ] {
            members.remove(member);
        }
        let reviews = members.get_mut("reviews").and_then(Value::as_array_mut);
        for review in reviews.into_iter().flatten() {
            review.as_object_mut().and_then(|it| it.remove("entry"));
        }
    }
    pretty(&json!({
        "format": "framewitness-publication/1",
        "publication": drafted,
        "checkpoint": {
            "number": checkpoint.number, "size": checkpoint.size, "root": checkpoint.root.to_string(),
            "at": checkpoint.origin.at,
        },
        "records": to_value(records)?,
    }))
}

/// The publication with the names that actors go by in it.
pub(super) fn renamed(publication: &Publication) -> Result<Publication> {
    let names = publication.drafted.pseudonyms.clone();
    let mut value = to_value(publication)?;
    rename(&mut value, &names);
    serde_json::from_value(value).map_err(|why| Error::new(Kind::Failed, why.to_string()))
}

fn refused(publication: &Publication, first: &Refusal, rest: &[Refusal]) -> Error {
    let more = match rest.len() {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    let number = publication.number;
    let resolve = match rest.is_empty() {
        true => first.resolve.clone(),
        false => format!(
            "{}. `framewitness publish show {number}` tells all",
            first.resolve
        ),
    };
    let sentence = format!("{number} cannot be sealed: {}{more}", first.sentence);
    Error::new(Kind::Conflict, sentence).hint(resolve)
}

fn otherwise(publication: &Publication, sealed: &store::record::Sealed, made: &Bundle) -> Error {
    let (number, by) = (publication.number, &sealed.origin.actor);
    Error::new(
        Kind::Conflict,
        format!(
            "{number} was sealed by {by} as {}, and would be {} now",
            sealed.sealed.manifest, made.manifest
        ),
    )
    .hint(format!(
        "a bundle is signed by who sealed it, and made by one version of the program: let {by} write it again, or \
         draft one that revises {number}"
    ))
}

fn pem(der: &[u8]) -> Vec<u8> {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let encoded = STANDARD.encode(der);
    let mut text = "-----BEGIN CERTIFICATE-----\n".to_owned();
    for line in encoded.as_bytes().chunks(64) {
        text.push_str(&String::from_utf8_lossy(line));
        text.push('\n');
    }
    (text + "-----END CERTIFICATE-----\n").into_bytes()
}

/// Hashes a blob on its way out, for as long as whoever hears of each piece goes on.
pub(super) struct Checking<'a, R> {
    blob: R,
    hasher: sha2::Sha256,
    read: u64,
    going: &'a mut dyn FnMut(u64) -> ControlFlow<()>,
}

impl<'a, R: Read> Checking<'a, R> {
    pub(super) fn new(blob: R, going: &'a mut dyn FnMut(u64) -> ControlFlow<()>) -> Self {
        Self {
            blob,
            hasher: sha2::Digest::new(),
            read: 0,
            going,
        }
    }

    pub(super) fn holds(self, id: &ContentId) -> Result<()> {
        let found = ContentId(sha2::Digest::finalize(self.hasher).into());
        match found == *id {
            true => Ok(()),
            false => Err(Error::integrity(format!(
                "the bytes kept as {id} are not what they were"
            ))),
        }
    }
}

impl<R: Read> Read for Checking<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.blob.read(buffer)?;
        sha2::Digest::update(&mut self.hasher, &buffer[..read]);
        self.read += read as u64;
        match (self.going)(self.read) {
            ControlFlow::Continue(()) => Ok(read),
            ControlFlow::Break(()) => Err(std::io::Error::other("it was stopped")),
        }
    }
}
