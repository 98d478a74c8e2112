//! A coder of H.264 (ITU-T H.264, ISO/IEC 14496-10) with loss: libx264, in an order that is that of presentation.

use std::ffi::{CString, c_int};
use std::ptr;

use ffmpeg_the_third::ffi;
use media::protocol::{EncoderForm, LossyForm, PictureLayout};

use super::encoder::{Context, known, taken};
use super::scale::unpack;
use super::{AvError, Packet};

/// Units that say nothing of the picture: what the coder tells of itself, and where pictures begin.
const SAYING: u8 = 6;
const BEGINNING: u8 = 9;
/// Sets of parameters.
const SEQUENCE: u8 = 7;
const PICTURE: u8 = 8;

/// Profiles whose header states how samples are stored.
const HIGH: [u8; 4] = [100, 110, 122, 244];

/// An open coder.
pub(crate) struct H264 {
    context: Context,
    layout: PictureLayout,
    /// Pictures that it was given.
    given: i64,
}

impl H264 {
    /// Opens the coder for pictures of one form. `UNSUPPORTED` if it cannot hold their samples.
    pub(crate) fn open(form: &EncoderForm, lossy: &LossyForm) -> Result<Self, AvError> {
        // SAFETY: gives a static coder or null.
        let coder = unsafe { ffi::avcodec_find_encoder_by_name(c"libx264".as_ptr()).as_ref() };
        let coder = coder.ok_or(AvError(ffi::AVERROR_ENCODER_NOT_FOUND))?;
        let mut layout = form.layout.clone();
        layout.pixel_format = known(&layout.pixel_format).to_owned();
        let format = taken(coder, &layout.pixel_format).ok_or(AvError::UNSUPPORTED)?;
        let mut context = Context::new(coder)?;
        let side = |side: u32| c_int::try_from(side).map_err(|_| AvError::UNSUPPORTED);
        // SAFETY: fresh context, exclusively owned.
        let inner = unsafe { context.0.as_mut() };
        (inner.width, inner.height) = (side(layout.width)?, side(layout.height)?);
        inner.pix_fmt = format;
        inner.sample_aspect_ratio = super::encoder::aspect(&layout);
        inner.time_base = ffi::AVRational {
            num: 1,
            den: c_int::try_from(lossy.pictures_a_second)
                .unwrap_or(25)
                .max(1),
        };
        inner.gop_size = c_int::try_from(lossy.key_every).unwrap_or(c_int::MAX);
        // None before another: what comes out is in the order of presentation, with no edit list.
        inner.max_b_frames = 0;
        inner.thread_count = lossy.threads.clamp(1, 16).cast_signed();
        inner.flags |= (ffi::AV_CODEC_FLAG_GLOBAL_HEADER | ffi::AV_CODEC_FLAG_BITEXACT) as c_int;
        colours(inner, &layout, lossy)?;
        let text = |text: String| CString::new(text).map_err(|_| AvError::UNSUPPORTED);
        let options = [
            (c"preset", text(lossy.preset.clone())?),
            (c"crf", text(lossy.quality.to_string())?),
            // A thread that looks ahead lowers its own priority, which the jail does not let it.
            (
                c"x264-params",
                text("sync-lookahead=0:bframes=0".to_owned())?,
            ),
        ];
        let mut dictionary = ptr::null_mut();
        // SAFETY: valid context; the options are freed whatever happens.
        unsafe {
            for (name, value) in &options {
                ffi::av_dict_set(&raw mut dictionary, name.as_ptr(), value.as_ptr(), 0);
            }
            let code = ffi::avcodec_open2(context.0.as_ptr(), coder, &raw mut dictionary);
            ffi::av_dict_free(&raw mut dictionary);
            AvError::check(code)?;
        }
        Ok(Self {
            context,
            layout,
            given: 0,
        })
    }

    /// The body of `avcC` (ISO/IEC 14496-15).
    pub(crate) fn header(&self) -> Result<Vec<u8>, AvError> {
        let header = self.context.header();
        let set = |kind: u8| {
            let mut units = units(&header);
            units.find(|unit| unit.first().is_some_and(|it| it & 31 == kind))
        };
        let (sequence, picture) = set(SEQUENCE)
            .zip(set(PICTURE))
            .ok_or(AvError::UNSUPPORTED)?;
        let profile = sequence.get(1..4).ok_or(AvError::UNSUPPORTED)?;
        let mut body = vec![1, profile[0], profile[1], profile[2], 0xFF, 0xE1];
        for (count, set) in [(None, sequence), (Some(1), picture)] {
            body.extend(count);
            let length = u16::try_from(set.len()).map_err(|_| AvError::UNSUPPORTED)?;
            body.extend(length.to_be_bytes());
            body.extend(set);
        }
        if HIGH.contains(&profile[0]) {
            let sampling = match self.layout.pixel_format.as_str() {
                gray if gray.starts_with("gray") => 0,
                half if half.starts_with("yuv422") => 2,
                whole if whole.starts_with("yuv444") => 3,
                _ => 1,
            };
            let depth = 0xF8 | self.layout.depth.saturating_sub(8);
            body.extend([0xFC | sampling, depth, depth, 0]);
        }
        Ok(body)
    }

    /// Takes a picture.
    pub(crate) fn send(&mut self, planes: &[u8]) -> Result<(), AvError> {
        let mut frame = unpack(&self.layout, planes)?;
        frame.get_mut().pts = self.given;
        frame.get_mut().sample_aspect_ratio = super::encoder::aspect(&self.layout);
        self.given += 1;
        // SAFETY: both valid; the coder keeps its own reference to the picture.
        let code = unsafe { ffi::avcodec_send_frame(self.context.0.as_ptr(), frame.as_mut_ptr()) };
        AvError::check(code).map(drop)
    }

    /// Takes no more.
    pub(crate) fn end(&mut self) -> Result<(), AvError> {
        // SAFETY: valid context; null says that nothing follows.
        let code = unsafe { ffi::avcodec_send_frame(self.context.0.as_ptr(), ptr::null()) };
        AvError::check(code).map(drop)
    }

    /// The next coded picture, each unit behind its length, and whether it can be decoded by itself; `None` until more
    /// was given.
    pub(crate) fn receive(
        &mut self,
        packet: &mut Packet,
    ) -> Result<Option<(Vec<u8>, bool)>, AvError> {
        if !self.context.receive(packet)? {
            return Ok(None);
        }
        let mut coded = Vec::with_capacity(packet.payload().len());
        for unit in units(packet.payload()) {
            if unit
                .first()
                .is_none_or(|it| [SAYING, BEGINNING].contains(&(it & 31)))
            {
                continue;
            }
            let length = u32::try_from(unit.len()).map_err(|_| AvError::UNSUPPORTED)?;
            coded.extend(length.to_be_bytes());
            coded.extend(unit);
        }
        Ok(Some((coded, packet.key())))
    }
}

/// What the samples mean, by the names that libav has for it; unsaid where it has none.
fn colours(
    inner: &mut ffi::AVCodecContext,
    layout: &PictureLayout,
    lossy: &LossyForm,
) -> Result<(), AvError> {
    let name = |text: &str| CString::new(text).map_err(|_| AvError::UNSUPPORTED);
    let (range, matrix) = (name(&layout.range)?, name(&layout.matrix)?);
    let (primaries, transfer) = (name(&lossy.primaries)?, name(&lossy.transfer)?);
    // SAFETY: each takes a text that ends, and gives a number of the enumeration or a negative one.
    let codes = unsafe {
        [
            ffi::av_color_range_from_name(range.as_ptr()),
            ffi::av_color_space_from_name(matrix.as_ptr()),
            ffi::av_color_primaries_from_name(primaries.as_ptr()),
            ffi::av_color_transfer_from_name(transfer.as_ptr()),
        ]
    };
    let known = |code: c_int, unsaid: u32| u32::try_from(code).unwrap_or(unsaid);
    inner.color_range = ffi::AVColorRange(known(codes[0], 0));
    inner.colorspace = ffi::AVColorSpace(known(codes[1], 2));
    inner.color_primaries = ffi::AVColorPrimaries(known(codes[2], 2));
    inner.color_trc = ffi::AVColorTransferCharacteristic(known(codes[3], 2));
    Ok(())
}

/// The units of a stream in which each follows on 00 00 01.
fn units(stream: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = next_unit(stream);
    std::iter::from_fn(move || {
        let unit = rest?;
        let end = unit.windows(3).position(|it| it == [0, 0, 1]);
        rest = end.and_then(|end| next_unit(&unit[end..]));
        let unit = &unit[..end.unwrap_or(unit.len())];
        // A unit does not end with a zero: those are of the next start.
        let length = unit.iter().rposition(|it| *it != 0).map_or(0, |at| at + 1);
        Some(&unit[..length])
    })
}

/// What follows the first start.
fn next_unit(stream: &[u8]) -> Option<&[u8]> {
    let start = stream.windows(3).position(|it| it == [0, 0, 1])?;
    Some(&stream[start + 3..])
}
