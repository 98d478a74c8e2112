//! Filmstrips: a span at a glance, from exact frames in small.

use journal::ContentId;
use media::decoder::Decoder;
use media::display::DisplayGeometry;
use media::filmstrip::{Cell, MAX_CELLS, WIDTHS, cell_size, strip};
use media::index::FrameIndex;
use media::reader::FrameReader;
use media::time::FrameNo;
use store::record::Item;

use crate::case::{Case, Examined, lock};
use crate::error::{Error, Kind, Result};
use crate::place::Place;
use crate::standing::Standing;
use crate::timeline::Timeline;
use crate::view::{FilmCell, Filmstrip};

/// Decoder processes kept standing for filmstrips, beside those that serve single frames.
const KEPT_READERS: usize = 2;

/// The standing decoder processes.
pub(crate) type Films = Standing<ContentId, FrameReader, KEPT_READERS>;

/// What a filmstrip is to show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Seconds after the first frame at which it begins; from the start where absent.
    pub from_s: Option<f64>,
    /// Seconds after the first frame at which it ends; to the end where absent.
    pub to_s: Option<f64>,
    /// Number of cells, at most.
    pub count: u32,
    /// Width of a cell in pixels.
    pub width: u32,
}

impl Case {
    /// Which frames a filmstrip shows. The stretch is divided into parts of equal length; each shows its
    /// key frame nearest its middle, which is quick to decode, else the frame shown at its middle.
    ///
    /// # Errors
    /// The item was not inspected or has no frames; the stretch is empty; too many or too wide cells.
    pub fn filmstrip(&self, item: &Item, stretch: Stretch) -> Result<Filmstrip> {
        let examined = self.examined(item)?;
        if !(1..=MAX_CELLS).contains(&stretch.count) {
            return Err(Error::usage(format!(
                "a filmstrip has 1 to {MAX_CELLS} cells, not {}",
                stretch.count
            )));
        }
        let (width, height) = size(item, &examined, stretch.width)?;
        let timeline = Timeline::new(&examined.frames);
        let end = timeline.duration();
        let (from_s, to_s) = (stretch.from_s.unwrap_or(0.0), stretch.to_s.unwrap_or(end));
        // A video of one frame without duration has a strip all the same.
        let some = from_s < to_s && from_s < end || from_s == 0.0 && end == 0.0;
        if !(some && from_s >= 0.0) {
            return Err(
                Error::usage(format!("nothing is shown from {from_s} s to {to_s} s"))
                    .hint(format!("time goes from 0s to {end:.3}s")),
            );
        }
        let to_s = to_s.min(end);
        Ok(Filmstrip {
            from_s,
            to_s,
            width,
            height,
            cells: cells(&examined.frames, &timeline, (from_s, to_s), stretch.count),
        })
    }

    /// One frame in small, exact otherwise, by a process in the background.
    ///
    /// # Errors
    /// As [`Case::still`]; the width is not among those of cells.
    pub fn film_cell(&self, item: &Item, no: FrameNo, width: u32) -> Result<Cell> {
        self.find_frame(item, Place::Frame(no.0))?;
        let examined = self.examined(item)?;
        let size = size(item, &examined, width)?;
        let reader = self.films.of(item.id, || {
            self.film_reader(item, &self.decoder()?.clone().in_background())
        })?;
        let still = lock(&reader).still(no);
        if still.is_err() {
            self.films.forget(&item.id);
        }
        Ok(Cell::of(&*still?, no, size))
    }

    /// A whole filmstrip as PNG, by a process of its own.
    ///
    /// # Errors
    /// As [`Case::filmstrip`] and [`Case::still`].
    pub fn filmstrip_png(&self, item: &Item, stretch: Stretch) -> Result<(Filmstrip, Vec<u8>)> {
        let film = self.filmstrip(item, stretch)?;
        let mut reader = self.film_reader(item, self.decoder()?)?;
        let mut cells = Vec::new();
        for cell in &film.cells {
            let no = FrameNo(cell.frame);
            let still = reader.still(no)?;
            cells.push(Cell::of(&still, no, (film.width, film.height)));
        }
        let png = strip(&cells).map_err(|error| Error::io("drawing the filmstrip", &error))?;
        Ok((film, png))
    }

    fn film_reader(&self, item: &Item, decoder: &Decoder) -> Result<FrameReader> {
        let examined = self.examined(item)?;
        Ok(FrameReader::onward(
            decoder,
            self.original(item)?,
            examined.examination.facts.clone(),
            examined.frames.clone(),
        )?)
    }
}

/// Size of a cell of that width.
fn size(item: &Item, examined: &Examined, width: u32) -> Result<(u32, u32)> {
    if !WIDTHS.contains(&width) {
        return Err(Error::usage(format!(
            "cells are {} to {} pixels wide, not {width}",
            WIDTHS.start(),
            WIDTHS.end()
        )));
    }
    let facts = &examined.examination.facts;
    let video = facts.video.and_then(|stream| facts.streams.get(stream));
    let video = video.and_then(|stream| stream.video.as_ref());
    let video = video.filter(|_| !examined.frames.frames.is_empty());
    let video = video.ok_or_else(|| {
        Error::new(
            Kind::Missing,
            format!("{} has no frames to show", item.number),
        )
    })?;
    Ok(cell_size(DisplayGeometry::from(video), width))
}

/// The frames of `count` equal parts, each once.
fn cells(
    index: &FrameIndex,
    timeline: &Timeline<'_>,
    (from_s, to_s): (f64, f64),
    count: u32,
) -> Vec<FilmCell> {
    let edge = |part: u32| from_s + (to_s - from_s) * f64::from(part) / f64::from(count);
    let mut cells: Vec<FilmCell> = (0..count)
        .filter_map(|part| {
            let (start, end) = (edge(part), edge(part + 1));
            let middle = (start + end) / 2.0;
            let shown = timeline.find(Place::Seconds(middle)).ok()?;
            let near = |no: &FrameNo| (timeline.at(*no) - middle).abs();
            let key = (timeline.appeared_before(start)..timeline.appeared_before(end))
                .map(FrameNo)
                .filter(|no| index.frames[no.0 as usize].key)
                .min_by(|a, b| near(a).total_cmp(&near(b)));
            let frame = key.unwrap_or(shown);
            Some(FilmCell {
                frame: frame.0,
                at_s: timeline.at(frame),
            })
        })
        .collect();
    cells.dedup_by_key(|cell| cell.frame);
    cells
}
