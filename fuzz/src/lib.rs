//! What must hold of every parser of ours, whatever bytes it is given. Each check panics where it does
//! not. The fuzz targets call them with libFuzzer's bytes, the tests with the seeds.

mod index;
mod journal_texts;
mod kept;
mod memory;
mod parts;
mod protocol;
mod quantisers;
mod witness;
mod wording;

// Where the reader of parts looks for it.
use parts::words;

pub use index::index;
pub use journal_texts::{envelope, note};
pub use kept::{frame_index, prints, thumbnails, waveform};
pub use parts::parts;
pub use protocol::messages;
pub use quantisers::quantisers;
pub use witness::witness;
pub use wording::view;

/// A check by the name of its target.
pub type Check = (&'static str, fn(&[u8]));

/// Every check.
pub const ALL: [Check; 12] = [
    ("envelope", envelope),
    ("frame_index", frame_index),
    ("index", index),
    ("messages", messages),
    ("note", note),
    ("parts", parts),
    ("prints", prints),
    ("quantisers", quantisers),
    ("thumbnails", thumbnails),
    ("view", view),
    ("waveform", waveform),
    ("witness", witness),
];
