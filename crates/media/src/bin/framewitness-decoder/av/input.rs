//! A container opened over the inherited descriptor.

use std::ffi::{CString, c_char, c_int};
use std::ptr::{self, NonNull};

use ffmpeg_the_third::ffi;

use media::time::Rational;

use super::io::FileIo;
use super::stream::rational;
use super::{AvError, Packet, Stream, names};

/// Containers and raw streams that hold their own data. Formats that name other files (concat, HLS,
/// DASH, image sequences, playlists) or devices are not among them, and never will be.
const FORMATS: &str = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,flv,live_flv,f4v,mpeg,mpegts,\
    mpegvideo,mpegtsraw,vob,ogg,asf,asf_o,rm,mxf,nut,ivf,obu,dv,gxf,wtv,nsv,nuv,roq,smk,bink,\
    h261,h263,h264,hevc,m4v,av1,vc1,vc1test,mjpeg,mjpeg_2000,yuv4mpegpipe,swf,mtv,amv,pmp,mvi,mve,\
    gif,apng,webp_pipe,png_pipe,jpeg_pipe,jpegls_pipe,jpegxl_pipe,j2k_pipe,bmp_pipe,tiff_pipe,\
    ppm_pipe,pgm_pipe,pbm_pipe,pam_pipe,psd_pipe,qdraw_pipe,sgi_pipe,sunrast_pipe,dds_pipe,\
    dpx_pipe,exr_pipe,hdr_pipe,pcx_pipe,pictor_pipe,xbm_pipe,xpm_pipe,xwd_pipe,qoi_pipe,\
    wav,w64,aiff,au,caf,mp3,aac,ac3,eac3,dts,dtshd,truehd,mlp,flac,opus,oga,amr,amrnb,amrwb,tta,\
    wv,ape,mpc,mpc8,shn,tak,dsf,voc,oma,aa,aax,gsm,sbc,latm,loas";

/// Whether the container's edit lists are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EditLists {
    /// As players do: what they hide is not presented.
    Follow,
    /// Every stored sample is read.
    Ignore,
}

/// An open container.
pub(crate) struct Input {
    context: NonNull<ffi::AVFormatContext>,
    // Freed after the context that reads through it.
    io: FileIo,
}

impl Input {
    /// Recognises the container and looks into its streams.
    pub(crate) fn open(size: u64, edits: EditLists) -> Result<Self, AvError> {
        let io = FileIo::new(size)?;
        let context = open_context(&io, edits)?;
        let input = Self { context, io };
        // SAFETY: open context; no options per stream.
        AvError::check(unsafe { ffi::avformat_find_stream_info(input.as_ptr(), ptr::null_mut()) })?;
        Ok(input)
    }

    pub(crate) fn as_ptr(&self) -> *mut ffi::AVFormatContext {
        self.context.as_ptr()
    }

    fn get(&self) -> &ffi::AVFormatContext {
        // SAFETY: valid from `open` to `drop`.
        unsafe { self.context.as_ref() }
    }

    /// The streams in container order.
    pub(crate) fn streams(&self) -> impl ExactSizeIterator<Item = Stream<'_>> {
        let (first, count) = (self.get().streams, self.get().nb_streams as usize);
        // SAFETY: libav keeps `count` valid stream pointers there while the context is open.
        (0..count).map(move |index| unsafe { Stream::new(&**first.add(index)) })
    }

    /// Reads the examined stream only, as `-map` does.
    pub(crate) fn select(&mut self, wanted: usize) {
        self.select_where(|index| index == wanted);
    }

    /// Reads every stream but one.
    pub(crate) fn select_others(&mut self, unwanted: Option<usize>) {
        self.select_where(|index| Some(index) != unwanted);
    }

    fn select_where(&mut self, wanted: impl Fn(usize) -> bool) {
        let (first, count) = (self.get().streams, self.get().nb_streams as usize);
        for index in 0..count {
            // SAFETY: as in `streams`, and `self` is borrowed exclusively.
            unsafe {
                (**first.add(index)).discard = if wanted(index) {
                    ffi::AVDiscard::NONE
                } else {
                    ffi::AVDiscard::ALL
                };
            }
        }
    }

    /// Reads the next packet of any selected stream.
    pub(crate) fn read(&mut self, packet: &mut Packet) -> Result<(), AvError> {
        // SAFETY: both valid; the packet is blank or replaced.
        AvError::check(unsafe { ffi::av_read_frame(self.as_ptr(), packet.as_mut_ptr()) }).map(drop)
    }

    /// Goes to the sync sample at or before `ticks` of a stream.
    pub(crate) fn seek(&mut self, stream: usize, ticks: i64) -> Result<(), AvError> {
        let stream = c_int::try_from(stream).unwrap_or(-1);
        // SAFETY: open context.
        AvError::check(unsafe {
            ffi::av_seek_frame(self.as_ptr(), stream, ticks, ffi::AVSEEK_FLAG_BACKWARD)
        })
        .map(drop)
    }

    /// Furthest byte of the file read so far.
    pub(crate) fn reached(&self) -> u64 {
        self.io.reached()
    }

    /// Start time in microseconds, `NO_PTS` where unknown.
    pub(crate) fn start_time(&self) -> i64 {
        self.get().start_time
    }

    /// Duration in microseconds, `NO_PTS` where unknown.
    pub(crate) fn duration(&self) -> i64 {
        self.get().duration
    }

    /// Bit rate in bits per second, 0 where unknown.
    pub(crate) fn bit_rate(&self) -> i64 {
        self.get().bit_rate
    }

    /// Frame rate that libav guesses for a stream; 0/1 where it has none.
    pub(crate) fn guessed_rate(&self, stream: Stream<'_>) -> Rational {
        // SAFETY: a stream of this context; libav writes to neither, whatever its signature says.
        let rate = unsafe {
            ffi::av_guess_frame_rate(self.as_ptr(), stream.as_ptr().cast_mut(), ptr::null_mut())
        };
        rational(rate)
    }

    /// Short and long name of the demuxer.
    pub(crate) fn format(&self) -> (String, String) {
        // SAFETY: an open context has a demuxer with static names.
        unsafe {
            let format = &*self.get().iformat;
            let name = names::text(format.name).unwrap_or_default();
            let long = names::text(format.long_name).unwrap_or_else(|| name.clone());
            (name, long)
        }
    }

    /// Whether timestamps may jump in this format.
    pub(crate) fn discontinuous(&self) -> bool {
        // SAFETY: an open context has a demuxer.
        unsafe { (*self.get().iformat).flags & ffi::AVFMT_TS_DISCONT != 0 }
    }

    /// Tags of the container.
    pub(crate) fn tags(&self) -> std::collections::BTreeMap<String, String> {
        // SAFETY: valid dictionary or null.
        unsafe { names::tags(self.get().metadata) }
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        let mut context = self.context.as_ptr();
        // SAFETY: open since `open`; our own AVIO is left alone by libav (AVFMT_FLAG_CUSTOM_IO).
        unsafe { ffi::avformat_close_input(&raw mut context) }
    }
}

fn open_context(io: &FileIo, edits: EditLists) -> Result<NonNull<ffi::AVFormatContext>, AvError> {
    let mut options = Options::default();
    options.set("format_whitelist", FORMATS)?;
    options.set("protocol_whitelist", "")?;
    // What ffmpeg's command line sets; only MPEG-TS knows it.
    options.set("scan_all_pmts", "1")?;
    if edits == EditLists::Ignore {
        options.set("ignore_editlist", "1")?;
    }
    // SAFETY: allocates a blank context or gives null.
    let mut context = unsafe { ffi::avformat_alloc_context() };
    if context.is_null() {
        return Err(AvError::NO_MEMORY);
    }
    // SAFETY: the context is fresh; on failure `avformat_open_input` frees it and nulls the pointer.
    let code = unsafe {
        (*context).pb = io.context();
        (*context).io_open = Some(refuse);
        ffi::avformat_open_input(
            &raw mut context,
            ptr::null(),
            ptr::null(),
            &raw mut options.0,
        )
    };
    AvError::check(code)?;
    NonNull::new(context).ok_or(AvError::NO_MEMORY)
}

/// A dictionary of options.
struct Options(*mut ffi::AVDictionary);

impl Default for Options {
    fn default() -> Self {
        Self(ptr::null_mut())
    }
}

impl Options {
    fn set(&mut self, name: &str, value: &str) -> Result<(), AvError> {
        let invalid = |_| AvError(ffi::AVERROR(libc::EINVAL));
        let name = CString::new(name).map_err(invalid)?;
        let value = CString::new(value).map_err(invalid)?;
        // SAFETY: both strings are copied.
        let code = unsafe { ffi::av_dict_set(&raw mut self.0, name.as_ptr(), value.as_ptr(), 0) };
        AvError::check(code).map(drop)
    }
}

impl Drop for Options {
    fn drop(&mut self) {
        // SAFETY: null or owned here.
        unsafe { ffi::av_dict_free(&raw mut self.0) }
    }
}

/// A container that asks for another file gets none.
unsafe extern "C" fn refuse(
    _: *mut ffi::AVFormatContext,
    _: *mut *mut ffi::AVIOContext,
    _: *const c_char,
    _: c_int,
    _: *mut *mut ffi::AVDictionary,
) -> c_int {
    ffi::AVERROR(libc::EACCES)
}
