//! Publications of other teams: taken in whole once all of them was checked, kept as evidence, given out again as
//! they came. What they say stays theirs.

mod judged;
mod theirs;
mod unpack;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use journal::ContentId;
use serde::Serialize;
use serde_json::Value;
use store::Stored;
use store::event::{Event, PublicationReceived, ReceivedFile, Sealer, TheirHead};
use store::number::{ItemNo, ReceivedNo};
use store::record::Received;
use utoipa::ToSchema;

use super::Watching;
use super::bundle::{SIGNATURE, TAGS};
use super::check::{Bag, CheckedBundle, check_bag};
use super::passing::passing;
use super::sealing::Checking;
use crate::acquire::{Taken as TakenBytes, Told};
use crate::case::Case;
use crate::error::{Error, Kind, Result};
use crate::examine::TOOL;
use crate::export::Put;
use crate::witness::Trust;
use theirs::Theirs;

/// How originals out of a bundle are said to have been obtained.
const METHOD: &str = "publication";

/// What a person says of a bundle that came in.
#[derive(Clone, Debug, Default)]
pub struct Incoming {
    /// Where it was obtained: a path or an address.
    pub origin: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// Keys of which one must have signed it (`ssh-ed25519 …`, or fingerprints `SHA256:…`); any where there is none.
    pub signers: Vec<String>,
    /// Whose testimonies count: roots, else the one beside each time stamp; keys of cosigners; headers of blocks.
    pub trust: Trust,
}

/// What is done with a bundle that comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taking {
    /// Its archive is unpacked.
    Unpacking,
    /// Its files are hashed and its proofs checked.
    Checking,
    /// Its files are kept.
    Keeping,
}

/// Hears what is done, and how far that is: bytes done and bytes in all, 0 while nobody knows how many. Says whether
/// to go on.
pub type Receiving<'a> = &'a mut dyn FnMut(Taking, u64, u64) -> ControlFlow<()>;

/// What was taken in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TakenIn {
    /// Its number in the case.
    pub number: ReceivedNo,
    /// Whether it came in now: the same bundle is kept once.
    pub new: bool,
    /// Its title.
    pub title: String,
    /// SHA-256 of its `tagmanifest-sha256.txt`.
    pub manifest: String,
    /// Its files.
    pub files: usize,
    /// Bytes of them.
    pub bytes: u64,
    /// The entry by which it came in.
    pub entry: u64,
    /// What is proven of it.
    pub proven: Vec<String>,
    /// What is not.
    pub unproven: Vec<String>,
    /// The items that it tells of.
    pub linked: Vec<LinkedItem>,
}

/// An item of another case, and the same bytes in this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LinkedItem {
    /// What the other case calls it.
    pub their_number: String,
    /// The item here, where the case has these bytes.
    pub item: Option<ItemNo>,
    /// Whether the bytes are in the bundle.
    pub original: bool,
}

/// A publication that came in, and what it says.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReceivedView {
    /// As recorded.
    #[serde(flatten)]
    pub received: Received,
    /// The items that it tells of.
    pub linked: Vec<LinkedItem>,
    /// What they drafted: title, the question that was asked, summary, editor, what they selected, who read it.
    #[schema(value_type = Object)]
    pub publication: Value,
    /// What they recorded, by kind, under their own numbers (docs/formats/bundle.md).
    #[schema(value_type = Object)]
    pub records: Value,
}

impl Case {
    /// Takes in the bundle in `folder`, once all of it was checked: its files as they are, the originals in it as
    /// items. The same bundle again changes nothing, but ends what was cut off.
    ///
    /// # Errors
    /// [`Kind::Integrity`] where anything is wrong with it, and nothing is taken; it is of a newer form, shows an
    /// item that was removed here, or cannot be read; the store fails, or `progress` says to stop.
    pub fn receive_publication(
        &self,
        folder: &Path,
        told: &Incoming,
        progress: Receiving<'_>,
    ) -> Result<TakenIn> {
        self.writable()?;
        let bag = Bag::read(folder)?;
        let mut checking = |done, total| progress(Taking::Checking, done, total);
        let checked = check_bag(&bag, &told.signers, &told.trust, &mut checking)?;
        sound(&checked)?;
        let theirs = Theirs::read(&bag)?;
        let manifest = checked.manifest.ok_or_else(changed)?;
        let known = self.received_as(&manifest)?;
        let files = self.keep_files(&bag, &checked, &theirs, known.as_ref(), progress)?;
        let new = known.is_none();
        let received = match known {
            Some(known) => known,
            None => {
                let event = event(manifest, &checked, &theirs, told, files)?;
                let entry = self.record(&Event::PublicationReceived(event))?.seq;
                self.made_by(entry)?
            }
        };
        self.take_originals(&received, &theirs)?;
        self.taken_in(received, new)
    }

    /// Every publication that came in, by number.
    ///
    /// # Errors
    /// The store fails.
    pub fn received(&self) -> Result<Vec<Received>> {
        Ok(self.store.received()?)
    }

    /// Publication `number` that came in, and what it says.
    ///
    /// # Errors
    /// There is none, or the bytes kept of it are not what they were.
    pub fn received_view(&self, number: ReceivedNo) -> Result<ReceivedView> {
        let received: Received = self.by_number(number)?;
        let mut files = received.received.files.iter();
        let case = files.find(|it| it.path == theirs::CASE);
        let case = case.ok_or_else(|| Error::integrity(format!("{number} has no records")))?;
        let said = theirs::parsed(&self.read(case.bytes)?)?;
        Ok(ReceivedView {
            linked: self.linked_items(&received)?,
            received,
            publication: said["publication"].clone(),
            records: said["records"].clone(),
        })
    }

    /// Checks publication `number` again as it is kept, as when it came in.
    ///
    /// # Errors
    /// There is none, the store fails, or `progress` says to stop. What is wrong with it is told.
    pub fn check_received(
        &self,
        number: ReceivedNo,
        wanted: &[String],
        trust: &Trust,
        progress: Watching<'_>,
    ) -> Result<CheckedBundle> {
        let received: Received = self.by_number(number)?;
        let mut files = Vec::new();
        for file in received.received.files {
            // What is not there any more is told as missing.
            if self.blobs.contains(&file.bytes)? {
                files.push((file.path, file.bytes, file.size));
            }
        }
        let bag = Bag::kept(self.blobs.as_ref(), files);
        check_bag(&bag, wanted, trust, progress)
    }

    /// Writes publication `number` to `put` as it came in, byte for byte.
    ///
    /// # Errors
    /// There is none; a part of it went with an item that was removed; what is kept is not what it was; writing
    /// fails, or `progress` says to stop: what `put` holds then is no bundle.
    pub fn give_received(
        &self,
        number: ReceivedNo,
        put: &mut dyn Put,
        progress: Watching<'_>,
    ) -> Result<TakenIn> {
        let received: Received = self.by_number(number)?;
        self.is_whole(&received)?;
        let total = received.received.files.iter().map(|it| it.size).sum();
        let mut done = 0;
        for file in &received.received.files {
            if progress(done, total).is_break() {
                return Err(Error::new(Kind::Failed, "it was stopped").hint("give it out again"));
            }
            let mut going = |bytes| progress(done + bytes, total);
            let mut blob = Checking::new(self.blobs.stream(&file.bytes)?, &mut going);
            let failed = |why| Error::io(format!("writing {}", file.path), &why);
            put.file(&file.path, file.size, &mut blob).map_err(failed)?;
            blob.holds(&file.bytes)?;
            done += file.size;
        }
        self.taken_in(received, false)
    }

    /// Refuses where a part went with an item that was removed.
    fn is_whole(&self, received: &Received) -> Result<()> {
        for file in &received.received.files {
            let Some(id) = &file.item else { continue };
            let now = self.present.as_ref().unwrap_or(&self.store);
            if let Some(gone) = now.removal(id)?
                && !self.blobs.contains(&file.bytes)?
            {
                let number = received.number;
                return Err(Error::missing(format!(
                    "{number} is not whole: {} went with {}, by entry {}",
                    file.path, gone.number, gone.origin.entry
                ))
                .hint(format!(
                    "`framewitness received show {number}` still tells what it says"
                )));
            }
        }
        Ok(())
    }

    fn received_as(&self, manifest: &ContentId) -> Result<Option<Received>> {
        let mut all = self.store.received()?.into_iter();
        Ok(all.find(|it| it.received.manifest == *manifest))
    }

    /// Keeps each file under the hash by which it was checked.
    fn keep_files(
        &self,
        bag: &Bag<'_>,
        checked: &CheckedBundle,
        theirs: &Theirs,
        known: Option<&Received>,
        progress: Receiving<'_>,
    ) -> Result<Vec<ReceivedFile>> {
        let named = bag.named(checked)?;
        let total = bag.size()?;
        let (mut files, mut done) = (Vec::new(), 0);
        for (path, id) in named {
            let item = theirs.item_of(&path);
            if known.is_some() && !self.is_lost(&id, item.as_ref())? {
                continue;
            }
            let mut hear = |bytes| progress(Taking::Keeping, done + bytes, total);
            let stored = passing(&mut bag.open(&path)?, &mut hear, |bytes| {
                Ok(self.blobs.put(bytes, &mut |_| {})?)
            })?;
            if stored.id != id {
                return Err(changed());
            }
            done += stored.size;
            let (bytes, size) = (stored.id, stored.size);
            files.push(ReceivedFile {
                path,
                bytes,
                size,
                item,
            });
        }
        Ok(files)
    }

    /// Whether a file that was kept is not there any more, and should be.
    fn is_lost(&self, id: &ContentId, item: Option<&ContentId>) -> Result<bool> {
        let removal = item.map(|it| self.store.removal(it)).transpose()?;
        Ok(removal.flatten().is_none() && !self.blobs.contains(id)?)
    }

    /// Enters the originals of a bundle as items, those that were not yet.
    fn take_originals(&self, received: &Received, theirs: &Theirs) -> Result<()> {
        for it in received.received.items.iter().filter(|it| it.original) {
            let path = format!("data/originals/{}", it.item.hex());
            let origin = format!("{} {path}", received.number);
            let here = self.store.item_by_id(&it.item)?;
            let taken = here.iter().flat_map(|item| &item.acquisitions).any(|from| {
                from.acquired.method == METHOD && from.acquired.origin.as_ref() == Some(&origin)
            });
            if taken {
                continue;
            }
            let name = theirs.name_of(&it.item).unwrap_or_else(|| {
                let number = it.their_number.trim_start_matches('#');
                format!("{} item {number}", received.number)
            });
            self.enter(
                &self.hashed(it.item)?,
                TakenBytes {
                    name,
                    method: METHOD,
                    origin: Some(origin),
                    modified: None,
                    told: Told::default(),
                },
            )?;
        }
        Ok(())
    }

    /// A blob that is kept, hashed again.
    fn hashed(&self, id: ContentId) -> Result<Stored> {
        let hashed = store::hash(&mut self.blobs.open(&id)?, |_, _| {
            Ok::<_, std::convert::Infallible>(())
        });
        match hashed {
            Ok(it) if it.id == id => Ok(Stored {
                id,
                size: it.size,
                blake3: it.blake3.to_hex().to_string(),
                fresh: false,
            }),
            Ok(_) => Err(Error::integrity(format!(
                "the bytes kept as {id} are not what they were"
            ))),
            Err(store::Ended::Read(why)) => Err(Error::io(format!("reading {id}"), &why)),
            Err(store::Ended::Watcher(never)) => match never {},
        }
    }

    fn linked_items(&self, received: &Received) -> Result<Vec<LinkedItem>> {
        let each = received.received.items.iter();
        each.map(|it| {
            Ok(LinkedItem {
                their_number: it.their_number.clone(),
                item: self.store.item_by_id(&it.item)?.map(|here| here.number),
                original: it.original,
            })
        })
        .collect()
    }

    fn taken_in(&self, received: Received, new: bool) -> Result<TakenIn> {
        let linked = self.linked_items(&received)?;
        let it = received.received;
        Ok(TakenIn {
            number: received.number,
            new,
            title: it.title,
            manifest: it.manifest.to_string(),
            files: it.files.len(),
            bytes: it.files.iter().map(|file| file.size).sum(),
            entry: received.origin.entry,
            proven: it.proven,
            unproven: it.unproven,
            linked,
        })
    }
}

/// Refuses a bundle with which anything is wrong.
fn sound(checked: &CheckedBundle) -> Result<()> {
    let [first, rest @ ..] = checked.damage.as_slice() else {
        return Ok(());
    };
    let more = match rest.len() {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    Err(
        Error::new(Kind::Integrity, format!("{first}{more}")).hint(
            "nothing was taken from it: `framewitness verify BUNDLE` tells all; ask whoever sealed it for another copy",
        ),
    )
}

fn changed() -> Error {
    Error::new(
        Kind::Integrity,
        "the bundle was changed while it was taken in",
    )
    .hint("nothing was entered: import it again, from where nobody writes")
}

fn event(
    manifest: ContentId,
    checked: &CheckedBundle,
    theirs: &Theirs,
    told: &Incoming,
    files: Vec<ReceivedFile>,
) -> Result<PublicationReceived> {
    let root = checked.root.as_deref().and_then(|it| it.parse().ok());
    let (Some(journal), Some(root), Some(fingerprint)) =
        (checked.journal.clone(), root, checked.signer.clone())
    else {
        return Err(changed());
    };
    Ok(PublicationReceived {
        manifest,
        title: theirs.title.clone(),
        their_number: theirs.number.clone(),
        sealed_by: Sealer {
            name: theirs.sealed_by.clone(),
            fingerprint,
        },
        head: TheirHead {
            journal,
            size: checked.size,
            root,
        },
        origin: told.origin.clone(),
        note: told.note.clone(),
        proven: judged::proven(checked, files.len()),
        unproven: judged::unproven(checked, told),
        tool: TOOL.to_owned(),
        files,
        items: theirs.items(),
        words: theirs.words.clone(),
    })
}

impl Bag<'_> {
    /// Content ids of all files, as the tag manifest that was checked says.
    fn named(&self, checked: &CheckedBundle) -> Result<BTreeMap<String, ContentId>> {
        let (Some(tags), Some(signature)) = (self.bytes(TAGS)?, self.bytes(SIGNATURE)?) else {
            return Err(changed());
        };
        let signer = super::signing::signer(&signature, &tags).map(|key| key.fingerprint());
        if Some(ContentId::of(&tags)) != checked.manifest || signer != checked.signer {
            return Err(changed());
        }
        let payload = self.bytes(super::bundle::MANIFEST)?.unwrap_or_default();
        let mut named = BTreeMap::from([
            (TAGS.to_owned(), ContentId::of(&tags)),
            (SIGNATURE.to_owned(), ContentId::of(&signature)),
        ]);
        for manifest in [&tags, &payload] {
            for line in String::from_utf8_lossy(manifest).lines() {
                let parts = line.split_once("  ").ok_or_else(changed)?;
                let id = format!("sha256:{}", parts.0).parse();
                named.insert(parts.1.to_owned(), id.map_err(|_| changed())?);
            }
        }
        match named.get(super::bundle::MANIFEST) == Some(&ContentId::of(&payload)) {
            true => Ok(named),
            false => Err(changed()),
        }
    }
}
