//! The byte form of prints; specified in `docs/formats/prints.md`.

use super::{FramePrint, Prints, Sample, Window};
use crate::pdq::Pdq;
use crate::points::{LEVELS, Point};
use crate::sound::SoundPrints;
use crate::views::{Rect, VIEWS};
use crate::windows::WINDOWS;

const MAGIC: [u8; 8] = *b"FWPRINTS";
const VERSION: u16 = 2;
const PDQ_BYTES: usize = 33;
const FRAME_BYTES: usize = 4 + 8 + PDQ_BYTES;
/// Without its windows and points.
const SAMPLE_BYTES: usize = 4 + VIEWS * PDQ_BYTES + 1 + 2;
const WINDOW_BYTES: usize = 4 * 2 + PDQ_BYTES;
const POINT_BYTES: usize = 2 + 2 + 1 + 32;

/// Why bytes are not prints.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPrints {
    /// The bytes do not begin as prints do.
    #[error("not fingerprints: the first eight bytes are not FWPRINTS")]
    Unrecognised,
    /// The bytes are prints of another version; make them anew.
    #[error("fingerprints of version {0}, and this program reads version {VERSION}")]
    Version(u16),
    /// The bytes end early, go on too long, or contradict themselves.
    #[error("damaged fingerprints: {0}")]
    Damaged(&'static str),
}

impl Prints {
    /// The byte form, which [`Prints::from_bytes`] reads. The same prints give the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let varying = |sample: &Sample| {
            sample.points.len() * POINT_BYTES + sample.windows.len() * WINDOW_BYTES
        };
        let varying: usize = self.samples.iter().map(varying).sum();
        let fixed = self.frames.len() * FRAME_BYTES + self.samples.len() * SAMPLE_BYTES;
        let mut out = Vec::with_capacity(44 + fixed + varying);
        out.extend_from_slice(&MAGIC);
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&self.time_base.0.to_le_bytes());
        out.extend_from_slice(&self.time_base.1.to_le_bytes());
        out.extend_from_slice(&self.size.0.to_le_bytes());
        out.extend_from_slice(&self.size.1.to_le_bytes());
        out.extend_from_slice(&(self.frames.len() as u32).to_le_bytes());
        out.extend_from_slice(&(self.samples.len() as u32).to_le_bytes());
        for frame in &self.frames {
            out.extend_from_slice(&frame.frame.to_le_bytes());
            out.extend_from_slice(&frame.pts.to_le_bytes());
            put_pdq(&mut out, &frame.whole);
        }
        for sample in &self.samples {
            out.extend_from_slice(&sample.index.to_le_bytes());
            sample.views.iter().for_each(|view| put_pdq(&mut out, view));
            put_windows(&mut out, &sample.windows);
            put_points(&mut out, &sample.points);
        }
        put_sound(&mut out, &self.sound);
        out
    }

    /// Reads the byte form. Memory used is bounded by the length of `bytes`.
    ///
    /// # Errors
    /// [`BadPrints`] when the bytes are not prints of this version, whole and consistent.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadPrints> {
        let mut input = Input(bytes);
        if input.array() != Ok(MAGIC) {
            return Err(BadPrints::Unrecognised);
        }
        let version = u16::from_le_bytes(input.array()?);
        if version != VERSION {
            return Err(BadPrints::Version(version));
        }
        let time_base = (input.u32()?, input.u32()?);
        if time_base.0 == 0 || time_base.1 == 0 {
            return Err(BadPrints::Damaged("a time base of zero"));
        }
        let size = (input.u16()?, input.u16()?);
        let (frames, samples) = (input.u32()? as usize, input.u32()? as usize);
        let expected =
            frames as u128 * FRAME_BYTES as u128 + samples as u128 * SAMPLE_BYTES as u128;
        if (input.0.len() as u128) < expected {
            return Err(BadPrints::Damaged("cut short"));
        }
        let frames = (0..frames)
            .map(|_| input.frame())
            .collect::<Result<Vec<_>, _>>()?;
        let samples = (0..samples)
            .map(|_| input.sample())
            .collect::<Result<Vec<_>, _>>()?;
        let sound = input.sound()?;
        if !input.0.is_empty() {
            return Err(BadPrints::Damaged("bytes after the end"));
        }
        let prints = Self {
            sound,
            time_base,
            size,
            frames,
            samples,
        };
        prints
            .is_ordered()
            .then_some(prints)
            .ok_or(BadPrints::Damaged("frames or samples out of order"))
    }

    fn is_ordered(&self) -> bool {
        self.frames
            .windows(2)
            .all(|pair| pair[0].frame < pair[1].frame)
            && self
                .samples
                .windows(2)
                .all(|pair| pair[0].index < pair[1].index)
            && self
                .samples
                .last()
                .is_none_or(|last| (last.index as usize) < self.frames.len())
    }
}

pub(crate) fn put_pdq(out: &mut Vec<u8>, print: &Pdq) {
    print
        .bits
        .iter()
        .for_each(|word| out.extend_from_slice(&word.to_le_bytes()));
    out.push(print.quality);
}

/// Anchors and items, each behind their count.
fn put_sound(out: &mut Vec<u8>, sound: &SoundPrints) {
    out.extend_from_slice(&(sound.anchors.len() as u32).to_le_bytes());
    for (item, micros) in &sound.anchors {
        out.extend_from_slice(&item.to_le_bytes());
        out.extend_from_slice(&micros.to_le_bytes());
    }
    out.extend_from_slice(&(sound.items.len() as u32).to_le_bytes());
    for item in &sound.items {
        out.extend_from_slice(&item.to_le_bytes());
    }
}

/// Windows behind their count.
pub(crate) fn put_windows(out: &mut Vec<u8>, windows: &[Window]) {
    out.push(windows.len() as u8);
    for Window { place, print } in windows {
        for side in [place.x, place.y, place.width, place.height] {
            out.extend_from_slice(&(side as u16).to_le_bytes());
        }
        put_pdq(out, print);
    }
}

/// Points behind their count.
pub(crate) fn put_points(out: &mut Vec<u8>, points: &[Point]) {
    out.extend_from_slice(&(points.len() as u16).to_le_bytes());
    points.iter().for_each(|point| put_point(out, point));
}

fn put_point(out: &mut Vec<u8>, point: &Point) {
    out.extend_from_slice(&point.x.to_le_bytes());
    out.extend_from_slice(&point.y.to_le_bytes());
    out.push(point.level);
    point
        .bits
        .iter()
        .for_each(|word| out.extend_from_slice(&word.to_le_bytes()));
}

/// Bytes not yet read.
pub(crate) struct Input<'a>(pub(crate) &'a [u8]);

impl Input<'_> {
    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], BadPrints> {
        let (head, tail) = self
            .0
            .split_first_chunk()
            .ok_or(BadPrints::Damaged("cut short"))?;
        self.0 = tail;
        Ok(*head)
    }

    pub(crate) fn u16(&mut self) -> Result<u16, BadPrints> {
        self.array().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Result<u32, BadPrints> {
        self.array().map(u32::from_le_bytes)
    }

    pub(crate) fn pdq(&mut self) -> Result<Pdq, BadPrints> {
        let mut print = Pdq::default();
        for word in &mut print.bits {
            *word = u64::from_le_bytes(self.array()?);
        }
        [print.quality] = self.array()?;
        if print.quality > 100 {
            Err(BadPrints::Damaged("a quality above 100"))
        } else {
            Ok(print)
        }
    }

    fn frame(&mut self) -> Result<FramePrint, BadPrints> {
        Ok(FramePrint {
            frame: self.u32()?,
            pts: i64::from_le_bytes(self.array()?),
            whole: self.pdq()?,
        })
    }

    fn sample(&mut self) -> Result<Sample, BadPrints> {
        let mut sample = Sample {
            index: self.u32()?,
            views: self.views()?,
            windows: self.windows()?,
            points: Vec::new(),
        };
        sample.points = self.points()?;
        Ok(sample)
    }

    fn sound(&mut self) -> Result<SoundPrints, BadPrints> {
        let anchors = self.u32()? as usize;
        self.holds(anchors, 12)?;
        let anchor = |input: &mut Self| Ok((input.u32()?, i64::from_le_bytes(input.array()?)));
        let anchors: Vec<(u32, i64)> = (0..anchors)
            .map(|_| anchor(self))
            .collect::<Result<_, BadPrints>>()?;
        let items = self.u32()? as usize;
        self.holds(items, 4)?;
        let items: Vec<u32> = (0..items).map(|_| self.u32()).collect::<Result<_, _>>()?;
        let rising = anchors.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let within = |last: &(u32, i64)| (last.0 as usize) < items.len();
        if !rising || !anchors.last().is_none_or(within) {
            return Err(BadPrints::Damaged("anchors of sound out of order"));
        }
        Ok(SoundPrints { items, anchors })
    }

    /// Whether so many records of so many bytes can follow.
    fn holds(&self, records: usize, bytes: usize) -> Result<(), BadPrints> {
        let enough = records as u128 * bytes as u128 <= self.0.len() as u128;
        enough.then_some(()).ok_or(BadPrints::Damaged("cut short"))
    }

    pub(crate) fn views(&mut self) -> Result<[Pdq; VIEWS], BadPrints> {
        let mut views = [Pdq::default(); VIEWS];
        for view in &mut views {
            *view = self.pdq()?;
        }
        Ok(views)
    }

    /// As many windows as a count says.
    pub(crate) fn windows(&mut self) -> Result<Vec<Window>, BadPrints> {
        let [windows] = self.array()?;
        if usize::from(windows) > WINDOWS {
            return Err(BadPrints::Damaged("more windows than there can be"));
        }
        (0..windows).map(|_| self.window()).collect()
    }

    fn window(&mut self) -> Result<Window, BadPrints> {
        let mut side = || self.u16().map(usize::from);
        let place = Rect {
            x: side()?,
            y: side()?,
            width: side()?,
            height: side()?,
        };
        Ok(Window {
            place,
            print: self.pdq()?,
        })
    }

    /// As many points as a count says.
    pub(crate) fn points(&mut self) -> Result<Vec<Point>, BadPrints> {
        let points = usize::from(self.u16()?);
        if points * POINT_BYTES > self.0.len() {
            return Err(BadPrints::Damaged("cut short"));
        }
        (0..points).map(|_| self.point()).collect()
    }

    fn point(&mut self) -> Result<Point, BadPrints> {
        let (x, y, [level]) = (self.u16()?, self.u16()?, self.array()?);
        let mut bits = [0; 4];
        for word in &mut bits {
            *word = u64::from_le_bytes(self.array()?);
        }
        if level < LEVELS {
            Ok(Point { x, y, level, bits })
        } else {
            Err(BadPrints::Damaged("a level too high"))
        }
    }
}
