//! The process of a reader, and where in the stream it stands.

use super::Planes;
use super::locate::Locator;
use crate::decoder::{Error, Gone, Heard, Session};
use crate::field::Field;
use crate::index::FrameHash;
use crate::protocol::{Conversion, FrameRecord, PictureLayout, Record, Request};

/// Pictures that the index does not know, after which a way is given up: an open group of pictures
/// begins with some.
const MAX_STRANGERS: u32 = 256;

/// Frames asked for before the first of them is heard, so that neither process waits for the other's
/// words while frames are passed by.
const ASKED_AHEAD: u32 = 16;

/// In haste, at least one frame in so many comes in nearly all footage. Where it is otherwise, a way
/// may fail and another is tried.
const IN_HASTE: u32 = 16;

/// Why a frame was not had.
pub(super) enum Lost {
    /// Every way led to other pixels, or past the frame.
    Elsewhere,
    /// The process ended.
    Gone(Gone),
    /// It could not be started, or nobody waits for the frame any more.
    Error(Error),
}

/// A field by itself.
pub(super) struct FieldPicture {
    /// Hash of its rows, plane by plane.
    pub(super) hash: FrameHash,
    /// RGB24, a row for each of its rows.
    pub(super) rgb: Vec<u8>,
    pub(super) conversion: Conversion,
}

/// A process that has opened the file.
pub(super) struct Seat {
    session: Session,
    /// Frame decoded last, where known.
    place: Option<u32>,
    /// Whether every frame since the start was decoded, so that counting is enough.
    counted: bool,
    layout: Option<PictureLayout>,
    /// Whether pictures that no other is made from are left out.
    hurried: bool,
    /// Frames that were asked for and not heard yet.
    asked: u32,
}

impl Seat {
    /// Waits until the process has opened the file.
    pub(super) fn take(mut session: Session) -> Result<Self, Lost> {
        match session.hear() {
            Heard::Record(Record::Opened(_)) => Ok(Self {
                session,
                place: None,
                counted: true,
                layout: None,
                hurried: false,
                asked: 0,
            }),
            Heard::Record(_) => Err(Lost::Elsewhere),
            Heard::Gone(gone) => Err(gone.into()),
        }
    }

    /// Frame decoded last, where known.
    pub(super) fn place(&self) -> Option<u32> {
        self.place
    }

    /// Goes to the sync sample at or before a timestamp. `false` if the container cannot.
    pub(super) fn seek(&mut self, ticks: i64) -> Result<bool, Lost> {
        (self.place, self.counted) = (None, false);
        self.move_by(&Request::Seek { ticks })
    }

    /// Goes to the start. `false` if the file cannot be opened again.
    pub(super) fn restart(&mut self) -> Result<bool, Lost> {
        // The decoder is opened anew, and hurries no more.
        (self.place, self.counted, self.hurried) = (None, true, false);
        self.move_by(&Request::Restart)
    }

    /// Only pictures that others are made from are decoded from now on, up to the sample at this
    /// position of the file. From then on frames can no longer be counted.
    pub(super) fn hurry(&mut self, until: u64) -> Result<(), Lost> {
        (self.counted, self.hurried) = (false, true);
        self.settle()?;
        Ok(self.session.say(&Request::Haste(Some(until)))?)
    }

    /// Every picture is decoded from now on.
    pub(super) fn calm(&mut self) -> Result<(), Lost> {
        if self.hurried {
            self.settle()?;
            self.session.say(&Request::Haste(None))?;
            self.hurried = false;
        }
        Ok(())
    }

    fn move_by(&mut self, request: &Request) -> Result<bool, Lost> {
        self.settle()?;
        self.session.say(request)?;
        match self.session.hear() {
            Heard::Record(Record::Moved { done }) => Ok(done),
            other => Err(self.unexpected(other)),
        }
    }

    /// Decodes the next frame that the index knows and says which it is; `None` at the end, or when
    /// too many are strangers. Frames before `rest` are only passed by: until it, the caller asks for
    /// nothing but to advance.
    pub(super) fn advance(
        &mut self,
        locator: &Locator,
        target: u32,
        rest: u32,
    ) -> Result<Option<u32>, Lost> {
        let strangers = MAX_STRANGERS.max(target.saturating_sub(self.place.unwrap_or(target)));
        for _ in 0..strangers {
            let left = self.place.map_or(1, |place| rest.saturating_sub(place));
            let most = if self.hurried { left / IN_HASTE } else { left };
            let Some(frame) = self.step_of(most.clamp(1, ASKED_AHEAD))? else {
                (self.place, self.counted) = (None, false);
                return Ok(None);
            };
            let place = self.identify(locator, &frame);
            if place.is_some() {
                self.place = place;
                return Ok(place);
            }
        }
        Ok(None)
    }

    /// Decodes the next picture, whichever it is; `None` at the end.
    pub(super) fn step(&mut self) -> Result<Option<FrameRecord>, Lost> {
        self.step_of(1)
    }

    /// The same, with so many asked for in all.
    fn step_of(&mut self, many: u32) -> Result<Option<FrameRecord>, Lost> {
        while self.asked < many {
            self.session.say(&Request::Next)?;
            self.asked += 1;
        }
        self.asked -= 1;
        match self.session.hear() {
            Heard::Record(Record::Frame(frame)) => {
                self.layout = Some(frame.layout.clone());
                Ok(Some(frame))
            }
            Heard::Record(Record::End(_)) => Ok(None),
            other => Err(self.unexpected(other)),
        }
    }

    /// Hears what was asked for and is not wanted any more.
    fn settle(&mut self) -> Result<(), Lost> {
        while self.asked > 0 {
            self.step_of(self.asked)?;
        }
        Ok(())
    }

    fn identify(&self, locator: &Locator, frame: &FrameRecord) -> Option<u32> {
        if self.counted {
            return Some(self.place.map_or(0, |place| place.saturating_add(1)));
        }
        locator.find(frame, self.place)
    }

    /// The planes of the frame decoded last.
    pub(super) fn fetch(&mut self) -> Result<Planes, Lost> {
        let Some(layout) = self.layout.clone() else {
            return Err(Lost::Elsewhere);
        };
        self.make_room(&layout)?;
        self.session.say(&Request::Fetch)?;
        match self.session.hear() {
            Heard::Record(Record::Picture(sent)) if sent == layout => {
                let mut bytes = Vec::new();
                self.session.picture(0, 0, layout.bytes, &mut bytes)?;
                Ok(Planes::new(layout, bytes))
            }
            other => Err(self.unexpected(other)),
        }
    }

    /// RGB24 in stored size, and how it was made.
    pub(super) fn convert(&mut self, planes: &Planes) -> Result<(Vec<u8>, Conversion), Lost> {
        let layout = &planes.layout;
        self.make_room(layout)?;
        self.session.put(&planes.bytes)?;
        self.session.say(&Request::Convert(layout.clone()))?;
        match self.session.hear() {
            Heard::Record(Record::Converted(conversion)) => {
                let mut rgb = Vec::new();
                let length = 3 * u64::from(layout.width) * u64::from(layout.height);
                self.session
                    .picture(0, conversion.offset, length, &mut rgb)?;
                Ok((rgb, conversion))
            }
            other => Err(self.unexpected(other)),
        }
    }

    /// The rows of a field as they are, RGB24 made of them, and how it was made. `None` for planes that
    /// have no such rows.
    pub(super) fn convert_field(
        &mut self,
        planes: &Planes,
        field: Field,
    ) -> Result<Option<FieldPicture>, Lost> {
        let layout = &planes.layout;
        let (width, height) = (u64::from(layout.width), u64::from(layout.height));
        self.hold((2 * layout.bytes).saturating_add(3 * width * height))?;
        self.session.put(&planes.bytes)?;
        self.session.say(&Request::ConvertField {
            layout: layout.clone(),
            field,
        })?;
        let (bytes, conversion) = match self.session.hear() {
            Heard::Record(Record::Field {
                bytes,
                rows,
                conversion,
            }) if rows == field.rows(layout.height) => (bytes, conversion),
            Heard::Record(Record::Unreadable { .. }) => return Ok(None),
            other => return Err(self.unexpected(other)),
        };
        let (mut rows, mut rgb) = (Vec::new(), Vec::new());
        let length = 3 * width * u64::from(field.rows(layout.height));
        self.session.picture(0, layout.bytes, bytes, &mut rows)?;
        self.session
            .picture(0, conversion.offset, length, &mut rgb)?;
        Ok(Some(FieldPicture {
            hash: FrameHash::of(&rows),
            rgb,
            conversion,
        }))
    }

    /// How the frame decoded last is laid out.
    pub(super) fn layout(&self) -> Option<&PictureLayout> {
        self.layout.as_ref()
    }

    /// The frame decoded last as RGB24 of another size. `None` if it cannot be brought to it.
    pub(super) fn reduce(&mut self, width: u32, height: u32) -> Result<Option<Vec<u8>>, Lost> {
        let bytes = 3 * u64::from(width) * u64::from(height);
        self.hold(bytes)?;
        self.session.say(&Request::Reduce { width, height })?;
        match self.session.hear() {
            Heard::Record(Record::Reduced { done: true }) => {
                let mut rgb = Vec::new();
                self.session.picture(0, 0, bytes, &mut rgb)?;
                Ok(Some(rgb))
            }
            Heard::Record(Record::Reduced { done: false }) => Ok(None),
            other => Err(self.unexpected(other)),
        }
    }

    /// Room for planes and RGB of a picture.
    fn make_room(&mut self, layout: &PictureLayout) -> Result<(), Lost> {
        let pixels = u64::from(layout.width) * u64::from(layout.height);
        self.hold(layout.bytes.saturating_add(pixels.saturating_mul(3)))
    }

    /// Room for so many bytes.
    fn hold(&mut self, bytes: u64) -> Result<(), Lost> {
        if bytes > self.session.room() {
            self.session.make_room(bytes)?;
        }
        Ok(())
    }

    fn unexpected(&mut self, heard: Heard) -> Lost {
        match heard {
            Heard::Gone(gone) => Lost::Gone(gone),
            Heard::Record(_) => Lost::Gone(self.session.nonsense("an unexpected record")),
        }
    }
}
