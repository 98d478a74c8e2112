//! The picture of a stored sample, presented or not.

use std::fs::File;

use super::seat::{Lost, Seat};
use super::{Planes, applied};
use crate::decoder::{Decoder, Error, Session};
use crate::facts::Facts;
use crate::index::FrameHash;
use crate::protocol::Task;
use crate::still::{Still, Which};
use crate::stored::StoredSample;

/// The picture of `sample` as displayed, decoded with edit lists ignored: the one that
/// `ffmpeg -ignore_editlist 1` shows.
///
/// No index records the hash of a picture that is not presented, so that nothing could tell a wrong
/// picture from the right one. The stream is therefore decoded from its start, by one thread: what
/// comes is what any decoder makes of it that follows the standard. That takes as long as it takes.
///
/// # Errors
/// [`Error::NoPicture`] if none comes of the sample, or that the process cannot be started or dies.
pub fn stored_still(
    decoder: &Decoder,
    file: &File,
    facts: &Facts,
    sample: &StoredSample,
) -> Result<Still, Error> {
    let none = Error::NoPicture { no: sample.no };
    let video = facts
        .video
        .and_then(|stream| facts.streams.get(stream))
        .and_then(|stream| stream.video.as_ref());
    let Some(video) = video else {
        return Err(none);
    };
    let metadata = file.metadata().map_err(Error::io("look at the file"))?;
    let session = Session::start(decoder, file, metadata.len(), Task::ReadStored, 1)?;
    let made = reach(session, sample).and_then(|found| {
        let Some((mut seat, planes)) = found else {
            return Ok(None);
        };
        let (rgb, conversion) = seat.convert(&planes)?;
        let which = Which::Stored {
            sample: sample.no,
            frames: sample.frames.clone(),
        };
        let applied = applied(video, &planes.layout, conversion);
        Still::from_stored(which, FrameHash::of(&planes.bytes), rgb, applied)
            .map(Some)
            .map_err(|_| Lost::Elsewhere)
    });
    match made {
        Ok(Some(still)) => Ok(still),
        Ok(None) | Err(Lost::Elsewhere) => Err(none),
        Err(Lost::Gone(gone)) => Err(gone.into()),
        Err(Lost::Error(error)) => Err(error),
    }
}

/// Decodes from the start to the picture of a sample, by the sample's number and place in the file.
fn reach(session: Session, sample: &StoredSample) -> Result<Option<(Seat, Planes)>, Lost> {
    let mut seat = Seat::take(session)?;
    while let Some(frame) = seat.step()? {
        let place = (frame.position, frame.size) == (sample.position, sample.size);
        if frame.sample == Some(sample.no.0) && place {
            let planes = seat.fetch()?;
            return Ok(Some((seat, planes)));
        }
    }
    Ok(None)
}
