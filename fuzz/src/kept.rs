//! Byte forms that are kept as derived data: what is read must be what would have been written.

use media::index::FrameIndex;
use media::sound::{Waveform, dat};
use media::thumbnail::{MAX_THUMBNAILS, thumbnails_from_bytes, thumbnails_to_bytes};
use media::time::{FrameNo, Pts, TimeBase};
use reuse::Prints;

use crate::memory::bounded;

/// The frame index (`docs/formats/frame-index.md`).
pub fn frame_index(bytes: &[u8]) {
    let Ok(index) = bounded(1024 + 4 * bytes.len(), || FrameIndex::from_bytes(bytes)) else {
        return;
    };
    assert_eq!(index.to_bytes(), bytes);
    assert!(
        index
            .frames
            .iter()
            .zip(0..)
            .all(|(it, no)| it.no == FrameNo(no))
    );
    assert!(index.time_base.num > 0 && index.time_base.den > 0);
}

/// Thumbnails (`docs/formats/thumbnails.md`).
pub fn thumbnails(bytes: &[u8]) {
    // The list of a full set is reserved before its pictures are looked at.
    let Ok(set) = bounded(4096 + 4 * bytes.len(), || thumbnails_from_bytes(bytes)) else {
        return;
    };
    assert_eq!(thumbnails_to_bytes(&set), bytes);
    assert!(set.len() <= MAX_THUMBNAILS);
    if let Some(first) = set.first() {
        assert!(first.png().starts_with(b"\x89PNG"));
    }
}

/// Waveforms (`docs/formats/waveform.md`), and what is answered from them.
pub fn waveform(bytes: &[u8]) {
    let Ok(sound) = bounded(1024 + 4 * bytes.len(), || Waveform::from_bytes(bytes)) else {
        return;
    };
    assert_eq!(sound.to_bytes(), bytes);
    for zoom in [0, 1, 3, u32::MAX] {
        let file = dat(&sound, zoom);
        let header: [u8; 24] = *file.first_chunk().expect("a header");
        let pairs = u32::from_le_bytes([header[16], header[17], header[18], header[19]]) as usize;
        let lanes = sound.peaks.lanes.count();
        assert_eq!(file.len(), header.len() + pairs * lanes * 4);
    }
    for sample in [0, sound.samples, u64::MAX] {
        let _ = sound.nanoseconds(sample);
    }
    let whole = u32::MAX;
    for (pts, num, den) in [(i64::MIN, whole, 1), (0, 1, 1), (i64::MAX, whole, whole)] {
        let at = sound.sample_at(Pts(pts), TimeBase { num, den });
        assert!(at.is_none_or(|sample| sample < sound.samples));
    }
}

/// Fingerprints (`docs/formats/prints.md`).
pub fn prints(bytes: &[u8]) {
    let Ok(prints) = bounded(1024 + 8 * bytes.len(), || Prints::from_bytes(bytes)) else {
        return;
    };
    assert_eq!(prints.to_bytes(), bytes);
    assert_eq!(prints.whole().len(), prints.frame_count());
}
