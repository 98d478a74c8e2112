//! Boxes of the ISO base media file format (ISO/IEC 14496-12), as bytes.

/// Bytes being gathered, numbers with the higher byte first.
#[derive(Default)]
pub(super) struct Bytes(pub(super) Vec<u8>);

impl Bytes {
    pub(super) fn put(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(bytes);
        self
    }

    pub(super) fn u8(&mut self, value: u8) -> &mut Self {
        self.put(&[value])
    }

    pub(super) fn u16(&mut self, value: u16) -> &mut Self {
        self.put(&value.to_be_bytes())
    }

    pub(super) fn u32(&mut self, value: u32) -> &mut Self {
        self.put(&value.to_be_bytes())
    }

    pub(super) fn u64(&mut self, value: u64) -> &mut Self {
        self.put(&value.to_be_bytes())
    }

    pub(super) fn zeros(&mut self, count: usize) -> &mut Self {
        self.0.resize(self.0.len() + count, 0);
        self
    }
}

/// A box.
pub(super) fn plain(into: &mut Bytes, kind: &[u8; 4], fill: impl FnOnce(&mut Bytes)) {
    let start = into.0.len();
    into.u32(0).put(kind);
    fill(into);
    // Only samples are longer, and they are in no such box.
    let length = u32::try_from(into.0.len() - start).unwrap_or(u32::MAX);
    into.0[start..start + 4].copy_from_slice(&length.to_be_bytes());
}

/// A box with a version and flags.
pub(super) fn full(
    into: &mut Bytes,
    kind: &[u8; 4],
    version: u8,
    flags: u32,
    fill: impl FnOnce(&mut Bytes),
) {
    plain(into, kind, |it| {
        it.u32(u32::from(version) << 24 | flags);
        fill(it);
    });
}
