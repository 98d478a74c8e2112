//! An open case: where every use case starts.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp, TimestampRound, Unit};
use journal::{Author, ContentId};
use media::decoder::{Decoder, Error as DecoderError};
use media::index::FrameIndex;
use media::sound::Waveform;
use media::thumbnail::Thumbnail;
use media::time::TrackNo;
use store::event::Event;
use store::number::ItemNo;
use store::record::Item;
use store::search::Query;
use store::vocabulary::RecordKind;
use store::{Appended, Blobs, Store};

use crate::as_of::StoodAt;
use crate::descriptor::Descriptor;
use crate::error::{Error, Kind, Result};
use crate::filmstrip::Films;
use crate::once::Once;
use crate::publication::Previews;
use crate::select;
use crate::sound::Sounds;
use crate::stills::Stills;
use crate::stored::StoredPictures;
use crate::view::{CaseSummary, Examination, Head, ItemSummary};

/// Inspections kept in memory: each is a frame index, some 100 bytes a frame.
const KEPT_INSPECTIONS: usize = 8;

/// What a case is built from. The caller picks the back ends; nothing here knows which.
pub struct Parts {
    /// Journal and records.
    pub store: Box<dyn Store>,
    /// Kept bytes.
    pub blobs: Box<dyn Blobs>,
    /// Who signs.
    pub author: Box<dyn Author + Send + Sync>,
    /// Starts decoder processes; or why none can be started.
    pub decoder: std::result::Result<Decoder, DecoderError>,
    /// The exiftool that inspections ask, where there is one.
    pub exiftool: Option<PathBuf>,
    /// Tells the time.
    pub clock: Box<dyn Fn() -> Timestamp + Send + Sync>,
    /// Folder for what inspections need until they are done; made when it is needed. Losing it loses
    /// nothing but work.
    pub scratch: PathBuf,
}

/// An open case. Shared between threads; each method is one use case or one question.
pub struct Case {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) blobs: Arc<dyn Blobs>,
    author: Arc<dyn Author + Send + Sync>,
    decoder: Arc<std::result::Result<Decoder, DecoderError>>,
    pub(crate) exiftool: Option<PathBuf>,
    clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    examined: Arc<Mutex<HashMap<Inspected, Arc<Examined>>>>,
    pub(crate) scratch: PathBuf,
    /// Where the case stood, if it is shown as it did then.
    stood: Option<StoodAt>,
    /// The case as it stands, where this is shown as it stood.
    pub(crate) present: Option<Arc<dyn Store>>,
    pub(crate) stills: Stills,
    pub(crate) stored: StoredPictures,
    pub(crate) sounds: Sounds,
    pub(crate) films: Films,
    /// Bundles that were made to be looked at.
    pub(crate) previews: Arc<Previews>,
    /// Held while a match is looked up and recorded.
    pub(crate) recording: Arc<Mutex<()>>,
    /// The key of what is recorded, where it must not be recorded twice.
    once: Option<Once>,
    /// By which pictures are compared beside the ordinary way, where the user brought one.
    pub(crate) descriptor: Option<Descriptor>,
}

/// The entry of an inspection, and the track where it is another than the examined one.
type Inspected = (u64, Option<TrackNo>);

/// What the newest inspection of an item left behind, read back.
pub struct Examined {
    /// Facts and findings.
    pub examination: Examination,
    /// Presented frames.
    pub frames: Arc<FrameIndex>,
    /// Grey, blurred thumbnails in order of time.
    pub thumbnails: Vec<Thumbnail>,
    /// Waveform of the sound, where there is any and the inspection heard it.
    pub sound: Option<Waveform>,
}

impl Case {
    /// Opens a case over its parts.
    pub fn new(parts: Parts) -> Self {
        Self {
            store: parts.store.into(),
            blobs: parts.blobs.into(),
            author: parts.author.into(),
            decoder: Arc::new(parts.decoder),
            exiftool: parts.exiftool,
            clock: parts.clock.into(),
            examined: Arc::default(),
            scratch: parts.scratch,
            stood: None,
            present: None,
            stills: Stills::default(),
            stored: StoredPictures::default(),
            sounds: Sounds::default(),
            films: Films::default(),
            previews: Arc::default(),
            recording: Arc::default(),
            once: None,
            descriptor: None,
        }
    }

    /// The same case over `store`, which holds what it held at `stood`.
    pub(crate) fn over(&self, store: Arc<dyn Store>, stood: StoodAt) -> Self {
        Self {
            stood: Some(stood),
            present: Some(self.present.as_ref().unwrap_or(&self.store).clone()),
            ..self.like(store)
        }
    }

    /// The same case, in which what is recorded under `key` once is not recorded again by the same request: the
    /// answer is the record that there is, as it stands. Of several entries of one request, each has a key made
    /// of this one.
    #[must_use]
    pub fn once(&self, key: &str) -> Self {
        Self {
            once: Some(Once::of(key)),
            ..self.like(Arc::clone(&self.store))
        }
    }

    fn like(&self, store: Arc<dyn Store>) -> Self {
        Self {
            store,
            blobs: Arc::clone(&self.blobs),
            author: Arc::clone(&self.author),
            decoder: Arc::clone(&self.decoder),
            exiftool: self.exiftool.clone(),
            clock: Arc::clone(&self.clock),
            examined: Arc::clone(&self.examined),
            scratch: self.scratch.clone(),
            stood: self.stood.clone(),
            present: self.present.clone(),
            // Their own: an item may have been inspected again since, and a reader keeps to one index.
            stills: Stills::default(),
            stored: StoredPictures::default(),
            sounds: Sounds::default(),
            films: Films::default(),
            previews: Arc::clone(&self.previews),
            recording: Arc::clone(&self.recording),
            once: None,
            descriptor: None,
        }
    }

    /// Writes the first entry of a new case.
    ///
    /// # Errors
    /// The case has entries already, or the store fails.
    pub fn begin(&self, name: &str) -> Result<CaseSummary> {
        if self.store.head()?.size > 0 {
            return Err(Error::new(Kind::Conflict, "this case was opened before"));
        }
        self.record(&Event::CaseOpened {
            name: name.to_owned(),
        })?;
        self.summary()
    }

    /// The case at a glance.
    ///
    /// # Errors
    /// The store fails.
    pub fn summary(&self) -> Result<CaseSummary> {
        let head = self.head()?;
        Ok(CaseSummary {
            name: self.name()?,
            actor: self.author.actor().to_owned(),
            items: self.store.last(RecordKind::Item)? as usize,
            entries: head.size,
            head,
            seen_again: self.unreviewed_again()?,
            as_of: self.stood.clone(),
        })
    }

    /// Where the case stood, if it is shown as it did then.
    pub fn stood(&self) -> Option<&StoodAt> {
        self.stood.as_ref()
    }

    /// Refuses what would end in an entry, before any work for it is done, where the case is shown as
    /// it stood.
    ///
    /// # Errors
    /// It is.
    pub fn writable(&self) -> Result<()> {
        match &self.stood {
            None => Ok(()),
            Some(stood) => Err(Error::usage(format!(
                "the case is shown as it stood after entry {}: nothing can be recorded there",
                stood.entry
            ))
            .hint("leave out --as-of to record something now")),
        }
    }

    /// Name of the case.
    ///
    /// # Errors
    /// The case was never opened, or the store fails.
    pub fn name(&self) -> Result<String> {
        let case = self
            .store
            .case()?
            .ok_or_else(|| Error::missing("the case has no first entry"))?;
        Ok(case.name)
    }

    /// Who signs what is recorded.
    pub fn actor(&self) -> &str {
        self.author.actor()
    }

    /// Head of the journal.
    ///
    /// # Errors
    /// The store fails.
    pub fn head(&self) -> Result<Head> {
        let head = self.store.head()?;
        Ok(Head {
            size: head.size,
            root: head.root.to_string(),
        })
    }

    /// Every item whose bytes are kept, in order of number.
    ///
    /// # Errors
    /// The store fails.
    pub fn all(&self) -> Result<Vec<Item>> {
        self.present_items()
    }

    /// The items with these ids, each once; what is no item is left out.
    pub(crate) fn items_with(&self, ids: impl IntoIterator<Item = ContentId>) -> Result<Vec<Item>> {
        let ids: BTreeSet<ContentId> = ids.into_iter().collect();
        let mut items = Vec::new();
        for id in ids {
            items.extend(self.store.item_by_id(&id)?);
        }
        Ok(items)
    }

    /// Every item at a glance, in order of number.
    ///
    /// # Errors
    /// The store fails, or kept bytes of an inspection are not what they were.
    pub fn items(&self) -> Result<Vec<ItemSummary>> {
        let mut told = Vec::new();
        for some in self.store.items()?.chunks(crate::search::MOST_RESULTS) {
            let tally = crate::tally::Tally::about(self, some)?;
            for item in some {
                told.push(tally.summary(self, item)?);
            }
        }
        Ok(told)
    }

    /// The item that `text` names; see [`select::item`].
    ///
    /// # Errors
    /// Nothing or more than one thing goes by that name.
    pub fn item(&self, text: &str) -> Result<Item> {
        let number = text.strip_prefix('#').unwrap_or(text).parse().ok();
        if let Some(number) = number
            && let Some(item) = self.store.item(ItemNo(number))?
        {
            return Ok(item);
        }
        select::item(&self.called(text)?, text).cloned()
    }

    /// Items that may go by the name `text`: that have its words, or an id that begins so. A name without
    /// words may be that of any.
    fn called(&self, text: &str) -> Result<Vec<Item>> {
        let id = text.strip_prefix("sha256:").unwrap_or(text);
        let name = text.replace(['"', '“', '”', '„', '«', '»'], " ");
        let mut asked = vec![format!("\"{name}\"")];
        if id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            asked.push(format!("{id}*"));
        }
        let mut called = Vec::new();
        for words in asked {
            let kind = RecordKind::Item;
            match self.every::<Item>(
                kind,
                &Query {
                    words,
                    ..Query::of(kind)
                },
            ) {
                Err(why) if why.kind == Kind::Usage => return Ok(self.store.items()?),
                found => called.extend(found?),
            }
        }
        called.sort_by_key(|item| item.number);
        called.dedup_by_key(|item| item.number);
        Ok(called)
    }

    /// What the newest inspection of `item` left behind.
    ///
    /// # Errors
    /// It was never inspected, was removed, or the kept bytes are not what they were.
    pub fn examined(&self, item: &Item) -> Result<Arc<Examined>> {
        self.at_hand(item)?;
        let Some(inspection) = &item.inspection else {
            return Err(
                Error::missing(format!("{} was not inspected yet", item.number))
                    .hint(format!("run `framewitness inspect {}` first", item.number)),
            );
        };
        let inspected = &inspection.inspected;
        self.kept_examination((inspection.origin.entry, None), || {
            let thumbnails = self.read(inspected.thumbnails)?;
            let sound = match inspected.sound {
                None => None,
                Some(id) => Some(
                    Waveform::from_bytes(&self.read(id)?)
                        .map_err(|why| damaged(item, "the waveform", &why))?,
                ),
            };
            Ok(Examined {
                examination: self.read_examination(item, inspected.facts)?,
                frames: Arc::new(self.read_frames(item, inspected.frames)?),
                thumbnails: media::thumbnail::thumbnails_from_bytes(&thumbnails)
                    .map_err(|why| damaged(item, "the thumbnails", &why))?,
                sound,
            })
        })
    }

    /// What an inspection left behind, from memory where it was read before.
    pub(crate) fn kept_examination(
        &self,
        inspected: Inspected,
        read: impl FnOnce() -> Result<Examined>,
    ) -> Result<Arc<Examined>> {
        if let Some(kept) = lock(&self.examined).get(&inspected) {
            return Ok(kept.clone());
        }
        let examined = Arc::new(read()?);
        let mut kept = lock(&self.examined);
        if kept.len() >= KEPT_INSPECTIONS {
            kept.clear();
        }
        kept.insert(inspected, examined.clone());
        Ok(examined)
    }

    /// Lets go of everything that is kept in memory or open of `item`.
    pub(crate) fn let_go_of(&self, item: &Item) {
        let inspected = item.inspection.as_ref().map(|it| it.origin.entry);
        lock(&self.examined).retain(|(entry, _), _| Some(*entry) != inspected);
        self.stills.forget_where(|(id, _)| *id == item.id);
        self.stored.forget_where(|(id, _)| *id == item.id);
        self.sounds.forget(&item.id);
        self.films.forget(&item.id);
    }

    pub(crate) fn read_examination(&self, item: &Item, id: ContentId) -> Result<Examination> {
        serde_json::from_slice(&self.read(id)?).map_err(|why| damaged(item, "the facts", &why))
    }

    pub(crate) fn read_frames(&self, item: &Item, id: ContentId) -> Result<FrameIndex> {
        FrameIndex::from_bytes(&self.read(id)?)
            .map_err(|why| damaged(item, "the frame index", &why))
    }

    pub(crate) fn keep_examination(&self, examination: &Examination) -> Result<ContentId> {
        let facts = serde_json::to_vec(examination)
            .map_err(|why| Error::new(Kind::Failed, why.to_string()))?;
        Ok(self.blobs.put_bytes(&facts)?.id)
    }

    /// Appends an event, signed by the case's author, at the present time.
    pub(crate) fn record(&self, event: &Event) -> Result<Appended> {
        self.record_as(self.author(), event)
    }

    /// The same, signed by `author`.
    pub(crate) fn record_as(&self, author: &dyn Author, event: &Event) -> Result<Appended> {
        let once = self.once.as_ref().map(Once::next);
        self.append(author, once.as_deref(), event)
    }

    /// Appends an event as `author`, under no key or this one.
    pub(crate) fn append(
        &self,
        author: &dyn Author,
        once: Option<&str>,
        event: &Event,
    ) -> Result<Appended> {
        self.writable()?;
        crate::keys::prepare(author)?;
        Ok(self.store.append_once(author, &self.now(), once, event)?)
    }

    /// Reads a kept blob whole and checks it against its id.
    pub(crate) fn read(&self, id: ContentId) -> Result<Vec<u8>> {
        use std::io::Read;
        let mut bytes = Vec::new();
        let mut file = self.blobs.open(&id)?;
        file.read_to_end(&mut bytes)
            .map_err(|error| Error::io(format!("reading {id}"), &error))?;
        if ContentId::of(&bytes) != id {
            return Err(Error::integrity(format!(
                "the bytes kept as {id} are not what they were"
            )));
        }
        Ok(bytes)
    }

    pub(crate) fn author(&self) -> &dyn Author {
        self.author.as_ref()
    }

    /// The same case, decoding without the decoder's jail. Inspections record it.
    #[must_use]
    pub fn without_jail(mut self) -> Self {
        if let Ok(decoder) = &*self.decoder {
            self.decoder = Arc::new(Ok(decoder.clone().without_jail()));
        }
        self
    }

    pub(crate) fn decoder(&self) -> Result<&Decoder> {
        (*self.decoder)
            .as_ref()
            .map_err(|why| Error::new(Kind::Unsupported, why.to_string()))
    }

    /// Seconds since 1970.
    pub(crate) fn unix_now(&self) -> i64 {
        (self.clock)().as_second()
    }

    fn now(&self) -> String {
        let milliseconds = TimestampRound::new().smallest(Unit::Millisecond);
        let now = (self.clock)();
        let rounded = now.round(milliseconds).unwrap_or(now);
        format!("{rounded:.3}")
    }
}

fn damaged(item: &Item, what: &str, why: &dyn std::fmt::Display) -> Error {
    Error::integrity(format!("{what} of {}: {why}", item.number))
}

/// The guarded value, even where another thread panicked while holding it: what is kept here are
/// caches that can be refilled.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file's modification time as entries write it.
pub(crate) fn modified(path: &Path) -> Option<String> {
    let time = std::fs::metadata(path).ok()?.modified().ok()?;
    let since = time.duration_since(std::time::UNIX_EPOCH).ok()?;
    let stamp = Timestamp::from_duration(SignedDuration::try_from(since).ok()?).ok()?;
    Some(format!("{stamp:.0}"))
}
