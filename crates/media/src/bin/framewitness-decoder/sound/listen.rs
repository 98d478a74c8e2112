//! Ranges of sound on request.

use std::io;

use media::protocol::{Begin, Record, Request, SoundEnd};

use super::Sound;
use super::pass::Basket;
use crate::pass::Gallery;
use media::channel::Channel;

/// Answers requests until the parent goes away.
pub(crate) fn run(mut channel: Channel, begin: &Begin) -> io::Result<()> {
    let Some(mut sound) = open(begin) else {
        return channel.say(&Record::SoundEnd(SoundEnd::default()));
    };
    if let Some(start) = sound.start() {
        channel.say(&Record::SoundStart(start))?;
    }
    let mut gallery = Gallery::default();
    while let Some(request) = channel.ask()? {
        match request {
            Request::Listen { from, to } => {
                // Sound is decoded forward only: to go back is to begin again.
                if from < sound.range().0 {
                    let Some(again) = open(begin) else {
                        return Err(io::ErrorKind::InvalidData.into());
                    };
                    sound = again;
                }
                play(&mut channel, &mut gallery, &mut sound, from..to)?;
            }
            other => gallery.hear(&other)?,
        }
    }
    Ok(())
}

/// Opens the sound and decodes its first piece.
fn open(begin: &Begin) -> Option<Sound> {
    let mut sound = Sound::open(begin).ok().flatten()?;
    sound.advance().then_some(sound)
}

fn play(
    channel: &mut Channel,
    gallery: &mut Gallery,
    sound: &mut Sound,
    wanted: std::ops::Range<u64>,
) -> io::Result<()> {
    let frame_bytes = sound.start().map_or(0, |start| start.form.frame_bytes());
    let mut basket = Basket::default();
    loop {
        let (at, next) = sound.range();
        let (from, to) = (wanted.start.max(at), wanted.end.min(next));
        if from < to {
            let place = |sample: u64| usize::try_from(sample - at).unwrap_or(0);
            basket.cut(sound, frame_bytes, place(from), place(to));
        }
        if basket.is_full() {
            basket.hand_over(channel, gallery, sound.reached())?;
        }
        if wanted.end <= next || !sound.advance() {
            break;
        }
    }
    basket.hand_over(channel, gallery, sound.reached())?;
    channel.say(&Record::SoundEnd(sound.end().clone()))
}
