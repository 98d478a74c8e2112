//! Pictures as a model wants them.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

use media::protocol::{ChannelLayout, Channels, ModelForm};

/// The picture that was put into slot 0: RGB24.
pub(crate) fn taken(pictures: &File, form: &ModelForm) -> io::Result<Vec<u8>> {
    let mut rgb = vec![0; 3 * form.width as usize * form.height as usize];
    pictures.read_exact_at(&mut rgb, 0)?;
    Ok(rgb)
}

/// Shape of the input that holds one picture.
pub(crate) fn shape(form: &ModelForm) -> [usize; 4] {
    let (width, height) = (form.width as usize, form.height as usize);
    let channels = form.channels.count();
    match form.layout {
        ChannelLayout::Nchw => [1, channels, height, width],
        ChannelLayout::Nhwc => [1, height, width, channels],
    }
}

/// Samples in the order and on the scale that the model takes.
pub(crate) fn samples(rgb: &[u8], form: &ModelForm) -> Vec<f32> {
    let pixels = rgb.as_chunks::<3>().0;
    let count = form.channels.count();
    let mut samples = vec![0.0; pixels.len() * count];
    for (at, &pixel) in pixels.iter().enumerate() {
        let channels = ordered(pixel, form.channels);
        for (channel, value) in channels.into_iter().take(count).enumerate() {
            let place = match form.layout {
                ChannelLayout::Nchw => channel * pixels.len() + at,
                ChannelLayout::Nhwc => at * count + channel,
            };
            samples[place] = (value / 255.0 - form.mean[channel]) / form.std[channel];
        }
    }
    samples
}

fn ordered(pixel: [u8; 3], channels: Channels) -> [f32; 3] {
    let [red, green, blue] = pixel.map(f32::from);
    match channels {
        Channels::Rgb => [red, green, blue],
        Channels::Bgr => [blue, green, red],
        Channels::Grey => [0.299 * red + 0.587 * green + 0.114 * blue, 0.0, 0.0],
    }
}
