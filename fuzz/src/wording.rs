//! What people and addresses say in words.

use media::time::FrameNo;
use media::view::{MAX_FRAMES, MAX_STEPS, View};

use crate::memory::bounded;

/// Views: `levels=16:180,gamma=1.4`.
pub fn view(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(view) = bounded(4096 + 64 * bytes.len(), || text.parse::<View>()) else {
        return;
    };
    assert!(view.steps().len() <= MAX_STEPS);
    assert_eq!(view.is_exact(), view.steps().is_empty());
    let written = view.to_string();
    let again: View = written.parse().expect("a view reads what it writes");
    assert_eq!(again.steps(), view.steps(), "{written}");
    assert_eq!(again.to_string(), written);
    for no in [0, 7, u32::MAX] {
        let others = view.others(FrameNo(no), u32::MAX);
        assert!(others.len() <= MAX_FRAMES as usize);
    }
}
