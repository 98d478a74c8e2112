//! The streams of two files side by side.

use media::facts::{Facts, Stream, StreamKind};

use super::answer::StreamPair;

/// Every stream of both, with the one of the other file that has the same packets, else with the next
/// of its kind.
pub(super) fn pairs(a: &Facts, b: &Facts) -> Vec<StreamPair> {
    let mut left: Vec<&Stream> = b.streams.iter().collect();
    let mut take = |wanted: &dyn Fn(&Stream) -> bool| {
        let at = left.iter().position(|stream| wanted(stream))?;
        Some(left.remove(at).index)
    };
    let mut pairs: Vec<StreamPair> = a
        .streams
        .iter()
        .map(|stream| {
            let twin = take(&|other| same(stream, other));
            pair(stream.kind, Some(stream.index), twin, twin.is_some())
        })
        .collect();
    for pair in pairs.iter_mut().filter(|pair| !pair.equal) {
        pair.b = take(&|other| other.kind == pair.kind);
    }
    pairs.extend(
        left.into_iter()
            .map(|stream| pair(stream.kind, None, Some(stream.index), false)),
    );
    pairs
}

/// Whether every stream that is seen or heard has the same packets as one of the other file.
pub(super) fn all_equal(pairs: &[StreamPair]) -> bool {
    let mut essential = pairs
        .iter()
        .filter(|pair| matches!(pair.kind, StreamKind::Video | StreamKind::Audio))
        .peekable();
    essential.peek().is_some() && essential.all(|pair| pair.equal)
}

fn same(one: &Stream, other: &Stream) -> bool {
    one.kind == other.kind
        && one.essence.is_some_and(|essence| essence.packets > 0)
        && one.essence == other.essence
}

fn pair(kind: StreamKind, a: Option<u32>, b: Option<u32>, equal: bool) -> StreamPair {
    StreamPair { kind, a, b, equal }
}
