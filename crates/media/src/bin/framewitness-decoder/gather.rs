//! Pictures of a pass on their way out: looked at on a thread of their own, while caches still hold
//! them and the next ones are decoded, hashed many at once, and told in order.
//!
//! Planes stay where the decoder put them. They are hashed there, and only luma is handed over, where it
//! is wanted: moving every picture twice would cost half as much as hashing it.
//!
//! Not so where damage is decoded: what a damaged picture leaves out shows what its memory held before, so
//! that it matters which memory a decoder gets back and when. There planes are copied and the frame is let
//! go of at once, as ffmpeg does, and the same file gives the same pictures.

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
    /// Makes luma of what is copied; absent where nothing is.
    copier: Option<Scaler>,
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
    held: Held,
    record: FrameRecord,
    /// Luma in rows without padding, where the picture does not start with it.
    grey: Option<Vec<u8>>,
}

/// Where planes are.
enum Held {
    /// Where the decoder put them.
    Frame(Frame),
    /// Here, without padding.
    Copy(Vec<u8>),
}

impl Gather {
    /// Starts the thread that looks. With `copies` a frame is let go of before the next one is decoded.
    pub(crate) fn start(luma: LumaOf, copies: bool) -> io::Result<Self> {
        let (work, todo) = sync_channel(WAITING);
        let (out, done) = channel();
        Ok(Self {
            luma,
            copier: copies.then(Scaler::default),
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
        let mut picture = Picture {
            held: Held::Frame(frame),
            record,
            grey: None,
        };
        if let Some(scaler) = &mut self.copier {
            picture.let_go(scaler).map_err(failed)?;
        }
        self.send(Entry::Picture(Box::new(picture)))?;
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
        looked.map_err(failed)
    }
}

fn failed(error: AvError) -> io::Error {
    io::Error::other(error.to_string())
}

fn gone() -> io::Error {
    io::Error::other("the thread that looks is gone")
}

impl Picture {
    /// Copies the planes, and lets go of the decoder's frame.
    fn let_go(&mut self, scaler: &mut Scaler) -> Result<(), AvError> {
        self.make_grey(scaler)?;
        if let Held::Frame(frame) = &self.held {
            self.held = Held::Copy(copy(frame, &self.record)?);
        }
        Ok(())
    }

    /// Makes luma where the picture does not start with it.
    fn make_grey(&mut self, scaler: &mut Scaler) -> Result<(), AvError> {
        let layout = &self.record.layout;
        match &self.held {
            Held::Frame(frame) if frame.luma().is_none() => {
                let mut grey = vec![0; layout.width as usize * layout.height as usize];
                scaler.luma(frame, &mut grey)?;
                self.grey = Some(grey);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Luma, once it was looked at.
    fn luma(&self, width: usize, height: usize) -> Option<Luma<'_>> {
        let data = match (&self.grey, &self.held) {
            (Some(grey), _) => grey,
            (None, Held::Frame(frame)) => return frame.luma(),
            (None, Held::Copy(planes)) => planes.get(..width * height)?,
        };
        Some(Luma {
            data,
            width,
            height,
            stride: width,
        })
    }

    /// The planes in pieces; `None` where they are no planes of bytes.
    fn pieces(&self) -> Option<Pieces<'_>> {
        match &self.held {
            Held::Frame(frame) => frame.pieces(),
            Held::Copy(planes) => Some(Pieces(vec![planes])),
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
        picture.make_grey(&mut self.scaler)?;
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
        .map(|picture| match &picture.held {
            Held::Frame(frame) if frame.pieces().is_none() => {
                copy(frame, &picture.record).map(Some)
            }
            _ => Ok(None),
        })
        .collect::<Result<_, AvError>>()?;
    let pieces = pictures
        .iter()
        .zip(&copies)
        .map(|(picture, copy)| match copy {
            Some(copy) => Pieces(vec![copy]),
            None => picture.pieces().unwrap_or_default(),
        });
    Ok(sha256::hashes(&pieces.collect::<Vec<_>>()))
}

fn copy(frame: &Frame, record: &FrameRecord) -> Result<Vec<u8>, AvError> {
    let length = usize::try_from(record.layout.bytes).map_err(|_| AvError::NO_MEMORY)?;
    let mut planes = vec![0; length];
    frame.copy_to(&mut planes)?;
    Ok(planes)
}
