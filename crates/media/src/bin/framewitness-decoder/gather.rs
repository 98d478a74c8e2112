//! Pictures of a pass on their way out: gathered, looked at together on a thread of their own while the
//! next ones are decoded, and told in order.
//!
//! Planes stay where the decoder put them. They are hashed there, and only luma is handed over, where it
//! is wanted: moving every picture twice would cost half as much as hashing it.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
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

/// Bytes of planes that may be gathered before they are hashed; as many again may be being hashed.
const GATHERED: u64 = 96 << 20;

/// Pictures and what was learnt between them.
pub(crate) struct Gather {
    luma: LumaOf,
    /// Frames that were told.
    told: u32,
    waiting: Batch,
    work: Option<SyncSender<Batch>>,
    done: Receiver<Batch>,
    looker: JoinHandle<()>,
    looking: bool,
}

/// What is looked at together.
#[derive(Default)]
struct Batch {
    entries: Vec<Entry>,
    pictures: usize,
    bytes: u64,
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
        let (work, todo) = sync_channel(1);
        let (out, done) = sync_channel(1);
        let looker = std::thread::Builder::new().spawn(move || look(&todo, &out))?;
        Ok(Self {
            luma,
            told: 0,
            waiting: Batch::default(),
            work: Some(work),
            done,
            looker,
            looking: false,
        })
    }

    /// Tells a record after all pictures that were taken before.
    pub(crate) fn tell(&mut self, record: Record) {
        self.waiting.entries.push(Entry::Said(Box::new(record)));
    }

    /// Takes a picture, and tells of those that have been looked at.
    pub(crate) fn take(
        &mut self,
        frame: Frame,
        record: FrameRecord,
        channel: &mut Channel,
        gallery: &mut Gallery,
    ) -> io::Result<()> {
        let bytes = record.layout.bytes;
        self.waiting.pictures += 1;
        self.waiting.bytes += bytes;
        self.waiting.entries.push(Entry::Picture(Box::new(Picture {
            frame,
            record,
            grey: None,
        })));
        if self.waiting.pictures >= sha256::together() || self.waiting.bytes + bytes > GATHERED {
            self.turn(channel, gallery)?;
        }
        Ok(())
    }

    /// Has what waits looked at, and tells what was looked at before.
    fn turn(&mut self, channel: &mut Channel, gallery: &mut Gallery) -> io::Result<()> {
        self.collect(channel, gallery)?;
        let gone = |_| io::Error::other("the thread that looks is gone");
        if let Some(work) = &self.work {
            work.send(std::mem::take(&mut self.waiting)).map_err(gone)?;
            self.looking = true;
        }
        Ok(())
    }

    fn collect(&mut self, channel: &mut Channel, gallery: &mut Gallery) -> io::Result<()> {
        if !std::mem::take(&mut self.looking) {
            return Ok(());
        }
        let gone = |_| io::Error::other("the thread that looks is gone");
        for entry in self.done.recv().map_err(gone)?.entries {
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
        self.turn(channel, gallery)?;
        self.collect(channel, gallery)?;
        self.work = None;
        let ended = self.looker.join();
        ended.map_err(|_| io::Error::other("the thread that looks is gone"))
    }
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

/// Hashes and glances at every batch.
fn look(todo: &Receiver<Batch>, done: &SyncSender<Batch>) {
    let (mut scaler, mut weaver) = (Scaler::default(), Weaver::default());
    for mut batch in todo {
        let mut pictures: Vec<&mut Picture> = batch
            .entries
            .iter_mut()
            .filter_map(|entry| match entry {
                Entry::Picture(picture) => Some(&mut **picture),
                Entry::Said(_) => None,
            })
            .collect();
        if see(&mut pictures, &mut scaler, &mut weaver).is_err() || done.send(batch).is_err() {
            // The other side learns of it by this end of the channel.
            return;
        }
    }
}

fn see(
    pictures: &mut [&mut Picture],
    scaler: &mut Scaler,
    weaver: &mut Weaver,
) -> Result<(), AvError> {
    let hashes = hash(pictures)?;
    for (picture, hash) in pictures.iter_mut().zip(hashes) {
        let layout = &picture.record.layout;
        let (width, height) = (layout.width as usize, layout.height as usize);
        if picture.frame.luma().is_none() {
            let mut grey = vec![0; width * height];
            scaler.luma(&picture.frame, &mut grey)?;
            picture.grey = Some(grey);
        }
        let luma = picture.luma(width, height).ok_or(AvError::NO_MEMORY)?;
        picture.record.seen = Some(Box::new(Seen {
            hash,
            glance: Glance::of(luma),
            woven: weaver.frame(luma),
        }));
    }
    Ok(())
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
