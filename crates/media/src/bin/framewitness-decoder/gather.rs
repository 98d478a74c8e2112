//! Pictures of a pass on their way out: looked at on a thread of their own, while caches still hold
//! them and the next ones are decoded, hashed many at once, and told in order.
//!
//! Planes stay where the decoder put them. They are hashed there, and only luma is handed over, where it
//! is wanted: moving every picture twice would cost half as much as hashing it.

use std::io;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::JoinHandle;

use media::findings::{Glance, Weaver};
use media::index::FrameHash;
use media::picture::Luma;
use media::protocol::{FrameRecord, LumaOf, Record, Seen};
use media::sha256::{self, Pieces};
use media::thumbnail;
use media::time::FrameNo;

use crate::av::{AvError, Frame, Scaler};
use crate::pass::Gallery;
use media::channel::Channel;

/// Entries that may wait for the thread that looks.
const WAITING: usize = 4;

/// Bytes of planes that are hashed together at most.
const TOGETHER: u64 = 96 << 20;

/// Pictures and what was learnt between them.
pub(crate) struct Gather {
    luma: LumaOf,
    /// Frames that were told.
    told: u32,
    work: Option<SyncSender<Entry>>,
    done: Receiver<Vec<Entry>>,
    looker: JoinHandle<Result<(), AvError>>,
}

enum Entry {
    Said(Box<Record>),
    Picture(Box<Picture>),
}

/// A decoded picture, and what was made of it.
struct Picture {
    frame: Frame,
    record: FrameRecord,
    /// Luma in rows without padding, where the picture does not start with it.
    grey: Option<Vec<u8>>,
}

impl Gather {
    /// Starts the thread that looks.
    pub(crate) fn start(luma: LumaOf) -> io::Result<Self> {
        let (work, todo) = sync_channel(WAITING);
        let (out, done) = channel();
        Ok(Self {
            luma,
            told: 0,
            work: Some(work),
            done,
            looker: std::thread::Builder::new().spawn(move || Looker::new(out).run(&todo))?,
        })
    }

    /// Tells a record after all pictures that were taken before.
    ///
    /// # Errors
    /// The thread that looks is gone.
    pub(crate) fn tell(&mut self, record: Record) -> io::Result<()> {
        self.send(Entry::Said(Box::new(record)))
    }

    /// Takes a picture, and tells of those that have been looked at.
    pub(crate) fn take(
        &mut self,
        frame: Frame,
        record: FrameRecord,
        channel: &mut Channel,
        gallery: &mut Gallery,
    ) -> io::Result<()> {
        self.send(Entry::Picture(Box::new(Picture {
            frame,
            record,
            grey: None,
        })))?;
        while let Ok(entries) = self.done.try_recv() {
            self.show_all(entries, channel, gallery)?;
        }
        Ok(())
    }

    fn send(&self, entry: Entry) -> io::Result<()> {
        let sent = self.work.as_ref().and_then(|work| work.send(entry).ok());
        sent.ok_or_else(gone)
    }

    fn show_all(
        &mut self,
        entries: Vec<Entry>,
        channel: &mut Channel,
        gallery: &mut Gallery,
    ) -> io::Result<()> {
        for entry in entries {
            match entry {
                Entry::Said(record) => channel.say(&record)?,
                Entry::Picture(picture) => self.show(*picture, channel, gallery)?,
            }
        }
        Ok(())
    }

    fn show(
        &mut self,
        mut picture: Picture,
        channel: &mut Channel,
        gallery: &mut Gallery,
    ) -> io::Result<()> {
        let wanted = self.luma == LumaOf::All || thumbnail::wanted(FrameNo(self.told));
        self.told = self.told.saturating_add(1);
        if wanted {
            let layout = &picture.record.layout;
            let luma = picture.luma(layout.width as usize, layout.height as usize);
            picture.record.slot =
                Some(gallery.hang(channel, luma.ok_or(io::ErrorKind::InvalidData)?)?);
        }
        channel.say(&Record::Frame(picture.record))
    }

    /// Tells of everything that was taken.
    pub(crate) fn finish(mut self, channel: &mut Channel, gallery: &mut Gallery) -> io::Result<()> {
        self.work = None;
        while let Ok(entries) = self.done.recv() {
            self.show_all(entries, channel, gallery)?;
        }
        let looked = self.looker.join().map_err(|_| gone())?;
        looked.map_err(|error| io::Error::other(error.to_string()))
    }
}

fn gone() -> io::Error {
    io::Error::other("the thread that looks is gone")
}

impl Picture {
    /// Luma, once it was looked at.
    fn luma(&self, width: usize, height: usize) -> Option<Luma<'_>> {
        match &self.grey {
            None => self.frame.luma(),
            Some(data) => Some(Luma {
                data,
                width,
                height,
                stride: width,
            }),
        }
    }
}

/// The thread that looks.
struct Looker {
    out: Sender<Vec<Entry>>,
    scaler: Scaler,
    weaver: Weaver,
    /// What waits to be hashed, and what was said between.
    entries: Vec<Entry>,
    pictures: usize,
    bytes: u64,
}

impl Looker {
    fn new(out: Sender<Vec<Entry>>) -> Self {
        Self {
            out,
            scaler: Scaler::default(),
            weaver: Weaver::default(),
            entries: Vec::new(),
            pictures: 0,
            bytes: 0,
        }
    }

    fn run(mut self, todo: &Receiver<Entry>) -> Result<(), AvError> {
        for mut entry in todo {
            let bytes = match &mut entry {
                Entry::Picture(picture) => self.look(picture)?,
                Entry::Said(_) => 0,
            };
            self.entries.push(entry);
            if self.pictures >= sha256::together() || self.bytes + bytes > TOGETHER {
                self.hash()?;
            }
        }
        self.hash()
    }

    /// Looks at a picture; gives the bytes of its planes.
    fn look(&mut self, picture: &mut Picture) -> Result<u64, AvError> {
        let layout = &picture.record.layout;
        let (width, height, bytes) = (layout.width as usize, layout.height as usize, layout.bytes);
        if picture.frame.luma().is_none() {
            let mut grey = vec![0; width * height];
            self.scaler.luma(&picture.frame, &mut grey)?;
            picture.grey = Some(grey);
        }
        let luma = picture.luma(width, height).ok_or(AvError::NO_MEMORY)?;
        let seen = Seen {
            // Until it is known.
            hash: FrameHash([0; 32]),
            glance: Glance::of(luma),
            woven: self.weaver.frame(luma),
        };
        picture.record.seen = Some(Box::new(seen));
        self.pictures += 1;
        self.bytes += bytes;
        Ok(bytes)
    }

    /// Hashes what waits, and gives it out.
    fn hash(&mut self) -> Result<(), AvError> {
        (self.pictures, self.bytes) = (0, 0);
        let mut entries = std::mem::take(&mut self.entries);
        let mut pictures: Vec<&mut Picture> = entries
            .iter_mut()
            .filter_map(|entry| match entry {
                Entry::Picture(picture) => Some(&mut **picture),
                Entry::Said(_) => None,
            })
            .collect();
        let hashes = hash(&pictures)?;
        for (picture, hash) in pictures.iter_mut().zip(hashes) {
            if let Some(seen) = &mut picture.record.seen {
                seen.hash = hash;
            }
        }
        // Nobody listens any more when the parent is gone.
        let _ = self.out.send(entries);
        Ok(())
    }
}

fn hash(pictures: &[&mut Picture]) -> Result<Vec<FrameHash>, AvError> {
    // Of formats that are no planes of bytes there is a copy.
    let copies: Vec<Option<Vec<u8>>> = pictures
        .iter()
        .map(|picture| match picture.frame.pieces() {
            Some(_) => Ok(None),
            None => copy(picture).map(Some),
        })
        .collect::<Result<_, AvError>>()?;
    let pieces = pictures
        .iter()
        .zip(&copies)
        .map(|(picture, copy)| match copy {
            Some(copy) => Pieces(vec![copy]),
            None => picture.frame.pieces().unwrap_or_default(),
        });
    Ok(sha256::hashes(&pieces.collect::<Vec<_>>()))
}

fn copy(picture: &Picture) -> Result<Vec<u8>, AvError> {
    let length = usize::try_from(picture.record.layout.bytes).map_err(|_| AvError::NO_MEMORY)?;
    let mut planes = vec![0; length];
    picture.frame.copy_to(&mut planes)?;
    Ok(planes)
}
