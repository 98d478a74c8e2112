//! A packet of the demuxer.

use std::ptr::NonNull;

use ffmpeg_the_third::ffi;

use super::AvError;

/// An owned packet.
pub(crate) struct Packet(NonNull<ffi::AVPacket>);

impl Packet {
    pub(crate) fn new() -> Result<Self, AvError> {
        // SAFETY: allocates a blank packet or gives null.
        let packet = unsafe { ffi::av_packet_alloc() };
        NonNull::new(packet).map(Self).ok_or(AvError::NO_MEMORY)
    }

    pub(crate) fn as_mut_ptr(&mut self) -> *mut ffi::AVPacket {
        self.0.as_ptr()
    }

    fn get(&self) -> &ffi::AVPacket {
        // SAFETY: valid from `new` to `drop`.
        unsafe { self.0.as_ref() }
    }

    /// Gives up the payload, keeping the shell.
    pub(crate) fn clear(&mut self) {
        // SAFETY: valid packet.
        unsafe { ffi::av_packet_unref(self.0.as_ptr()) }
    }

    pub(crate) fn pts(&self) -> i64 {
        self.get().pts
    }

    pub(crate) fn dts(&self) -> i64 {
        self.get().dts
    }

    pub(crate) fn set_times(&mut self, pts: i64, dts: i64) {
        // SAFETY: valid packet, exclusively borrowed.
        let packet = unsafe { self.0.as_mut() };
        packet.pts = pts;
        packet.dts = dts;
    }

    pub(crate) fn duration(&self) -> i64 {
        self.get().duration
    }

    pub(crate) fn size(&self) -> u32 {
        self.get().size.unsigned_abs()
    }

    /// The payload; empty where there is none.
    pub(crate) fn payload(&self) -> &[u8] {
        let packet = self.get();
        let size = usize::try_from(packet.size).unwrap_or(0);
        if packet.data.is_null() || size == 0 {
            return &[];
        }
        // SAFETY: libav keeps `size` bytes there until the packet is cleared, which needs `&mut self`.
        unsafe { std::slice::from_raw_parts(packet.data, size) }
    }

    /// What its decoder must be told before it, where that changes here; empty elsewhere.
    pub(crate) fn renewed_extradata(&self) -> &[u8] {
        let mut size = 0;
        // SAFETY: valid packet; gives its side data and their size, or null.
        let data = unsafe {
            let kind = ffi::AVPacketSideDataType::NEW_EXTRADATA;
            ffi::av_packet_get_side_data(self.0.as_ptr(), kind, &raw mut size)
        };
        if data.is_null() || size == 0 {
            return &[];
        }
        // SAFETY: libav keeps `size` bytes there until the packet is cleared, which needs `&mut self`.
        unsafe { std::slice::from_raw_parts(data, size) }
    }

    pub(crate) fn stream(&self) -> usize {
        self.get().stream_index.unsigned_abs() as usize
    }

    /// Byte position in the file, where known.
    pub(crate) fn position(&self) -> Option<u64> {
        u64::try_from(self.get().pos).ok()
    }

    pub(crate) fn key(&self) -> bool {
        self.get().flags & ffi::AV_PKT_FLAG_KEY != 0
    }

    /// Whether the demuxer marks it as not to be presented.
    pub(crate) fn hidden(&self) -> bool {
        self.get().flags & ffi::AV_PKT_FLAG_DISCARD != 0
    }

    /// Whether the demuxer marks its payload as damaged.
    pub(crate) fn corrupt(&self) -> bool {
        self.get().flags & ffi::AV_PKT_FLAG_CORRUPT != 0
    }
}

impl Drop for Packet {
    fn drop(&mut self) {
        let mut packet = self.0.as_ptr();
        // SAFETY: made in `new`, dropped once.
        unsafe { ffi::av_packet_free(&raw mut packet) }
    }
}
