//! One stream of an open container.

use std::collections::BTreeMap;
use std::ffi::{CStr, c_char};
use std::marker::PhantomData;
use std::ptr;

use ffmpeg_the_third::ffi;
use media::facts::{AudioFacts, StreamKind, VideoFacts};
use media::time::{Rational, TimeBase};

use super::names;

/// A borrowed stream.
#[derive(Clone, Copy)]
pub(crate) struct Stream<'a> {
    stream: &'a ffi::AVStream,
    container: PhantomData<&'a super::Input>,
}

impl<'a> Stream<'a> {
    pub(super) fn new(stream: &'a ffi::AVStream) -> Self {
        Self {
            stream,
            container: PhantomData,
        }
    }

    pub(super) fn parameters(&self) -> &'a ffi::AVCodecParameters {
        // SAFETY: every stream has its parameters as long as the container is open.
        unsafe { &*self.stream.codecpar }
    }

    pub(super) fn as_ptr(&self) -> *const ffi::AVStream {
        self.stream
    }

    pub(crate) fn kind(&self) -> StreamKind {
        use ffi::AVMediaType as Type;
        match self.parameters().codec_type {
            Type::VIDEO => StreamKind::Video,
            Type::AUDIO => StreamKind::Audio,
            Type::SUBTITLE => StreamKind::Subtitle,
            Type::DATA => StreamKind::Data,
            Type::ATTACHMENT => StreamKind::Attachment,
            _ => StreamKind::Unknown,
        }
    }

    /// Seconds per tick as libav has it.
    pub(crate) fn raw_time_base(&self) -> Rational {
        rational(self.stream.time_base)
    }

    /// Seconds per tick; a stream without one counts microseconds.
    pub(crate) fn time_base(&self) -> TimeBase {
        let base = self.stream.time_base;
        match (u32::try_from(base.num), u32::try_from(base.den)) {
            (Ok(num @ 1..), Ok(den @ 1..)) => TimeBase { num, den },
            _ => TimeBase {
                num: 1,
                den: 1_000_000,
            },
        }
    }

    pub(crate) fn start(&self) -> i64 {
        self.stream.start_time
    }

    pub(crate) fn duration(&self) -> i64 {
        self.stream.duration
    }

    /// Number of frames by the header, 0 where it says nothing.
    pub(crate) fn header_frames(&self) -> i64 {
        self.stream.nb_frames
    }

    pub(crate) fn bit_rate(&self) -> i64 {
        self.parameters().bit_rate
    }

    /// Bits of a timestamp before it wraps around.
    pub(crate) fn wrap_bits(&self) -> u32 {
        self.stream.pts_wrap_bits.clamp(0, 64).unsigned_abs()
    }

    pub(crate) fn attached_picture(&self) -> bool {
        self.stream.disposition & ffi::AV_DISPOSITION_ATTACHED_PIC != 0
    }

    pub(crate) fn average_rate(&self) -> Rational {
        rational(self.stream.avg_frame_rate)
    }

    /// Sample aspect that the container or codec states for the whole stream.
    pub(crate) fn sample_aspect(&self) -> Rational {
        rational(self.stream.sample_aspect_ratio)
    }

    pub(crate) fn tags(&self) -> BTreeMap<String, String> {
        // SAFETY: valid dictionary or null.
        unsafe { names::tags(self.stream.metadata) }
    }

    /// Codec name, such as `h264`.
    pub(crate) fn codec(&self) -> String {
        // SAFETY: gives a static string for any id.
        let name = unsafe { names::text(ffi::avcodec_get_name(self.parameters().codec_id)) };
        match name.as_deref() {
            None | Some("none" | "unknown_codec") => "unknown".to_owned(),
            Some(name) => name.to_owned(),
        }
    }

    /// What the container keeps for the decoder beside the packets.
    pub(crate) fn extradata(&self) -> &'a [u8] {
        let parameters = self.parameters();
        let size = usize::try_from(parameters.extradata_size).unwrap_or(0);
        if parameters.extradata.is_null() || size == 0 {
            return &[];
        }
        // SAFETY: libav keeps `extradata_size` bytes there as long as the container is open.
        unsafe { std::slice::from_raw_parts(parameters.extradata, size) }
    }

    pub(crate) fn profile(&self) -> Option<String> {
        let parameters = self.parameters();
        // SAFETY: gives a static string or null.
        unsafe {
            names::text(ffi::avcodec_profile_name(
                parameters.codec_id,
                parameters.profile,
            ))
        }
    }

    /// Four printable characters, else hexadecimal.
    pub(crate) fn codec_tag(&self) -> String {
        let tag = self.parameters().codec_tag.to_le_bytes();
        if tag.iter().all(|byte| (b' '..=b'~').contains(byte)) {
            tag.iter().map(|&byte| char::from(byte)).collect()
        } else {
            format!("0x{:08x}", u32::from_le_bytes(tag))
        }
    }

    /// How often the parser says that the current picture is repeated, in half frames.
    pub(crate) fn repeat_picture(&self) -> Option<i32> {
        // SAFETY: the parser, if any, lives as long as the stream.
        unsafe { ffi::av_stream_get_parser(self.as_ptr()).as_ref() }.map(|it| it.repeat_pict)
    }

    pub(crate) fn audio(&self) -> AudioFacts {
        let parameters = self.parameters();
        let format = ffi::AVSampleFormat(parameters.format);
        AudioFacts {
            sample_rate: parameters.sample_rate.max(0).unsigned_abs(),
            channels: parameters.ch_layout.nb_channels.max(0).unsigned_abs(),
            // SAFETY: gives a static string or null.
            sample_format: unsafe { names::text(ffi::av_get_sample_fmt_name(format)) }
                .unwrap_or_else(|| "unknown".to_owned()),
        }
    }

    /// Facts of a video stream; `guessed_rate` is the container's to give.
    pub(crate) fn video(&self, guessed_rate: Rational) -> VideoFacts {
        let parameters = self.parameters();
        let (rotation, mirrored) = self.display();
        // SAFETY: all four give static strings or null for any value.
        let [range, space, primaries, transfer] = unsafe {
            [
                ffi::av_color_range_name(parameters.color_range),
                ffi::av_color_space_name(parameters.color_space),
                ffi::av_color_primaries_name(parameters.color_primaries),
                ffi::av_color_transfer_name(parameters.color_trc),
            ]
            .map(or_unknown)
        };
        VideoFacts {
            width: parameters.width.max(0).unsigned_abs(),
            height: parameters.height.max(0).unsigned_abs(),
            sample_aspect: square_if_unsaid(self.sample_aspect()),
            rotation,
            mirrored,
            pixel_format: pixel_format(ffi::AVPixelFormat(parameters.format)),
            average_rate: self.average_rate(),
            guessed_rate,
            color_range: range,
            color_space: space,
            color_primaries: primaries,
            color_transfer: transfer,
            field_order: field_order(parameters.field_order).to_owned(),
        }
    }

    /// Clockwise rotation in quarter turns as degrees, and whether it mirrors first.
    fn display(&self) -> (u16, bool) {
        let kind = ffi::AVPacketSideDataType::DISPLAYMATRIX;
        // SAFETY: null, or nine 32-bit numbers where the size says so.
        let matrix = unsafe {
            let mut size = 0;
            let data = ffi::av_stream_get_side_data(self.as_ptr(), kind, &raw mut size);
            if data.is_null() || size < 36 {
                return (0, false);
            }
            ptr::read_unaligned(data.cast::<[i32; 9]>())
        };
        quarter_turn(matrix)
    }
}

/// Takes a display matrix apart into a mirror and a rotation. Row vectors are multiplied from the
/// left and y points down, so a picture's right edge points to `(a, b)`.
fn quarter_turn([a, b, _, c, d, ..]: [i32; 9]) -> (u16, bool) {
    let [a, b, c, d] = [a, b, c, d].map(f64::from);
    let mirrored = a * d - b * c < 0.0;
    let (right, down) = if mirrored { (-a, -b) } else { (a, b) };
    let turns = (down.atan2(right).to_degrees() / 90.0).round() as i32;
    (turns.rem_euclid(4) as u16 * 90, mirrored)
}

/// Name of a pixel format.
pub(super) fn pixel_format(format: ffi::AVPixelFormat) -> String {
    // SAFETY: gives a static string or null.
    unsafe { names::text(ffi::av_get_pix_fmt_name(format)) }.unwrap_or_else(|| "unknown".to_owned())
}

/// A static name, or `unknown`.
pub(super) fn or_unknown(name: *const c_char) -> String {
    if name.is_null() {
        return "unknown".to_owned();
    }
    // SAFETY: libav's name tables are static C strings.
    unsafe { CStr::from_ptr(name) }
        .to_string_lossy()
        .into_owned()
}

pub(super) fn rational(value: ffi::AVRational) -> Rational {
    Rational {
        num: value.num,
        den: value.den,
    }
}

fn square_if_unsaid(aspect: Rational) -> Rational {
    if aspect.num > 0 && aspect.den > 0 {
        aspect
    } else {
        Rational { num: 1, den: 1 }
    }
}

fn field_order(order: ffi::AVFieldOrder) -> &'static str {
    use ffi::AVFieldOrder as Order;
    match order {
        Order::PROGRESSIVE => "progressive",
        Order::TT => "tt",
        Order::BB => "bb",
        Order::TB => "tb",
        Order::BT => "bt",
        _ => "unknown",
    }
}
