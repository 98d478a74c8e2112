//! Which frame of which item a still or a screenshot shows.

mod turned;

use std::fs::File;
use std::ops::ControlFlow;
use std::path::Path;

use media::display::DisplayGeometry;
use media::inspect::{Inspection, Progress, Watch, inspect};
use media::picture::Luma;
use media::time::{FrameNo, Pts, TimeBase};
use reuse::still::{Closeup, Reference, Sighting, find};

use crate::case::Case;
use crate::error::{Error, Result};
use crate::matching::{Archive, Printed};
use crate::same::{name_of, open};
use crate::timeline::Timeline;
use crate::view::{PicturePlace, Sighted};
pub(crate) use turned::Picture;

/// Sightings that score less are not told: see `docs/reuse.md` for what unrelated pictures reached.
const LEAST_SCORE: f32 = 0.6;

/// Sightings whose frames are decoded and compared, the surest first: each takes some seconds where key
/// frames are far apart.
const COMPARED: usize = 3;

impl Case {
    /// The items that a picture shows a frame of, the surest first. Nothing is recorded, and nothing of
    /// the picture is kept.
    ///
    /// # Errors
    /// The file is no single picture, the decoder cannot be jailed, or kept bytes are not what they were.
    pub fn sightings_of_file(&self, archive: &Archive, path: &Path) -> Result<Vec<Sighted>> {
        self.sightings(archive, &name_of(path), open(path)?)
    }

    /// The same for an open file of that name.
    ///
    /// # Errors
    /// As [`Case::sightings_of_file`].
    pub fn sightings(&self, archive: &Archive, name: &str, file: File) -> Result<Vec<Sighted>> {
        let picture = self.read_picture(name, file)?;
        let archive: Vec<Video<'_>> = archive
            .0
            .iter()
            .map(|printed| self.video(printed))
            .collect::<Result<_>>()?;
        let mut found = Vec::new();
        for rotation in [0, 90, 180, 270] {
            let of: Vec<&Video<'_>> = archive
                .iter()
                .filter(|it| it.geometry.is_some_and(|it| it.rotation == rotation))
                .collect();
            if of.is_empty() {
                continue;
            }
            // Fingerprints are of frames as they are stored.
            let turned = picture.turned((360 - rotation) / 90);
            let references: Vec<Reference<'_>> =
                of.iter().filter_map(|it| it.reference()).collect();
            for sighting in find(turned.luma(), &references) {
                if sighting.score >= LEAST_SCORE {
                    let video = of[sighting.reference];
                    let sighted = self.sighted(name, &turned, video, &sighting)?;
                    found.push((video, sighted, sighting));
                }
            }
        }
        found.sort_by(|a, b| {
            b.1.score
                .total_cmp(&a.1.score)
                .then(a.1.item.cmp(&b.1.item))
        });
        for (video, sighted, sighting) in found.iter_mut().take(COMPARED) {
            self.look_closer(&picture, video, sighting, sighted)?;
        }
        Ok(found.into_iter().map(|it| it.1).collect())
    }

    /// Decodes the frames nearly as like and chooses among them by their pixels. Those that cannot be
    /// given again are left out; where there is none, the choice by fingerprints stands.
    fn look_closer(
        &self,
        picture: &Picture,
        video: &Video<'_>,
        sighting: &mut Sighting,
        sighted: &mut Sighted,
    ) -> Result<()> {
        let place = sighted.place.edges();
        let (luma, exact) = (picture.luma(), sighting.bound);
        let Some(mut closeup) = Closeup::new(luma, place, exact, sighted.mirrored) else {
            return Ok(());
        };
        let track = self.track(&video.printed.item, None)?;
        // In order, each is decoded on from the one before.
        sighting.near.sort_unstable();
        for &frame in &sighting.near {
            if let Ok(still) = track.still(FrameNo(frame)) {
                closeup.show(frame, Picture::grey(&still).luma());
            }
        }
        if let Some(chosen) = closeup.chosen() {
            sighted.frame = chosen.frame;
            sighted.frames = chosen.alike;
            sighted.at_s = Timeline::new(track.index()).at(FrameNo(chosen.frame));
            sighted.place = PicturePlace::within(chosen.place);
            sighted.pixels = true;
        }
        Ok(())
    }

    fn video<'a>(&self, printed: &'a Printed) -> Result<Video<'a>> {
        let examined = self.examined(&printed.item)?;
        Ok(Video {
            printed,
            geometry: geometry(&examined.examination.facts),
        })
    }

    /// The only picture of a file, as it is displayed.
    fn read_picture(&self, name: &str, file: File) -> Result<Picture> {
        let mut watch = First::default();
        // More than one picture ends the pass early: that is no failure of the machine.
        let inspection = match inspect(self.decoder()?, file, &mut watch) {
            Err(media::decoder::Error::Cancelled) => None,
            other => Some(other?),
        };
        match (watch.picture, inspection) {
            (_, None) => Err(Error::usage(format!("{name} holds more than one picture"))
                .hint("look for a video with `framewitness match --query`")),
            (None, Some(_)) => Err(Error::usage(format!(
                "{name} holds no picture that could be decoded"
            ))),
            (Some(picture), Some(inspection)) => Ok(displayed(picture, &inspection)),
        }
    }

    fn sighted(
        &self,
        picture: &str,
        turned: &Picture,
        video: &Video<'_>,
        sighting: &Sighting,
    ) -> Result<Sighted> {
        let examined = self.examined(&video.printed.item)?;
        let mirror = video.geometry.is_some_and(|it| it.mirrored);
        Ok(Sighted {
            picture: picture.to_owned(),
            item: video.printed.item.number,
            name: video.printed.item.name.clone(),
            frame: sighting.frame,
            at_s: Timeline::new(&examined.frames).at(FrameNo(sighting.frame)),
            frames: sighting.alike,
            score: f64::from(sighting.score),
            mirrored: sighting.mirrored != mirror,
            place: turned.place_before(sighting.place),
            distance: sighting.distance,
            corners: sighting.corners,
            pixels: false,
        })
    }
}

/// An item that a picture is compared with.
struct Video<'a> {
    printed: &'a Printed,
    /// Absent where it has no video.
    geometry: Option<DisplayGeometry>,
}

impl Video<'_> {
    fn reference(&self) -> Option<Reference<'_>> {
        let aspect = self.geometry?.applied_aspect();
        Some(Reference {
            prints: &self.printed.prints,
            stretch: aspect.num as f32 / aspect.den as f32,
        })
    }
}

/// How the pictures of an item are displayed, where it has any.
pub(crate) fn geometry(facts: &media::facts::Facts) -> Option<DisplayGeometry> {
    let stream = facts.video.and_then(|at| facts.streams.get(at))?;
    stream.video.as_ref().map(DisplayGeometry::from)
}

/// A picture as its file says that it is displayed; cameras turn stills as they turn videos.
fn displayed(picture: Picture, inspection: &Inspection) -> Picture {
    match geometry(&inspection.facts) {
        Some(geometry) => picture.turned(geometry.rotation / 90),
        None => picture,
    }
}

/// Keeps the first picture, and stops at the second.
#[derive(Default)]
struct First {
    picture: Option<Picture>,
    more: bool,
}

impl Watch for First {
    fn frame(&mut self, no: FrameNo, _: Option<Pts>, _: TimeBase, luma: Luma<'_>) {
        // A pass that begins once more shows the first again.
        if no == FrameNo(0) {
            self.picture = Some(Picture::of(luma));
        } else {
            self.more = true;
        }
    }

    fn progress(&mut self, _: Progress) -> ControlFlow<()> {
        if self.more {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}
