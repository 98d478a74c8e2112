//! SHA-256 (FIPS 180-4) of several pictures at once.
//!
//! Every decoded byte is hashed, and hashing one message leaves most of a processor idle: each round
//! waits for the one before. Pictures of one video have one size, so they go in step.

mod constants;
#[cfg(target_arch = "x86_64")]
mod eight;
#[cfg(target_arch = "x86_64")]
mod pair;
#[cfg(target_arch = "x86_64")]
mod sixteen;
#[cfg(target_arch = "x86_64")]
mod step;

use ring::digest::{Context, SHA256};

use crate::index::FrameHash;
#[cfg(target_arch = "x86_64")]
use constants::START;
#[cfg(target_arch = "x86_64")]
use step::in_step;

/// The eight words that a hash is made in.
#[cfg(target_arch = "x86_64")]
type State = [u32; 8];

/// Bytes of a block.
const BLOCK: usize = 64;

/// A message in pieces that lie apart, such as the rows of a picture.
#[derive(Clone, Debug, Default)]
pub struct Pieces<'a>(pub Vec<&'a [u8]>);

/// How messages are hashed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// One after the other.
    Single,
    /// Two, with the processor's instructions for SHA-256.
    #[cfg(target_arch = "x86_64")]
    Pair,
    /// Up to eight, one in each lane of AVX2.
    #[cfg(target_arch = "x86_64")]
    Eight,
    /// Up to sixteen, one in each lane of AVX-512.
    #[cfg(target_arch = "x86_64")]
    Sixteen,
}

/// Messages of one shape that are worth waiting for on this processor, 1 to 16.
pub fn together() -> usize {
    Way::quickest(usize::MAX).lanes()
}

/// Hashes of messages, in order. Those beside each other whose pieces have the same lengths go in step.
pub fn hashes(messages: &[Pieces<'_>]) -> Vec<FrameHash> {
    let mut hashes = Vec::with_capacity(messages.len());
    for alike in messages.chunk_by(Pieces::like) {
        for some in alike.chunks(together()) {
            hashes.extend(Way::quickest(some.len()).hash(some));
        }
    }
    hashes
}

impl Pieces<'_> {
    /// Whether two messages are cut in the same places.
    fn like(&self, other: &Self) -> bool {
        let lengths = |pieces: &Self| pieces.0.iter().map(|piece| piece.len()).collect::<Vec<_>>();
        self.0.len() == other.0.len() && lengths(self) == lengths(other)
    }

    fn hash(&self) -> FrameHash {
        let mut context = Context::new(&SHA256);
        for piece in &self.0 {
            context.update(piece);
        }
        FrameHash::from_digest(&context.finish())
    }
}

impl Way {
    /// The quickest way here for this many messages. A lane that nothing needs costs as much as one
    /// that is used, hence the thresholds, which were measured.
    #[cfg(target_arch = "x86_64")]
    fn quickest(many: usize) -> Self {
        let instructions = is_x86_feature_detected!("sha") && is_x86_feature_detected!("sse4.1");
        let wide = is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw");
        if wide && many >= if instructions { 9 } else { 4 } {
            Self::Sixteen
        } else if instructions && many >= 2 {
            Self::Pair
        } else if is_x86_feature_detected!("avx2") && !instructions && many >= 3 {
            Self::Eight
        } else {
            Self::Single
        }
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn quickest(_many: usize) -> Self {
        Self::Single
    }

    fn lanes(self) -> usize {
        match self {
            Self::Single => 1,
            #[cfg(target_arch = "x86_64")]
            Self::Pair => pair::LANES,
            #[cfg(target_arch = "x86_64")]
            Self::Eight => eight::LANES,
            #[cfg(target_arch = "x86_64")]
            Self::Sixteen => sixteen::LANES,
        }
    }

    /// Hashes of messages whose pieces have the same lengths.
    fn hash(self, messages: &[Pieces<'_>]) -> Vec<FrameHash> {
        match self {
            Self::Single => messages.iter().map(Pieces::hash).collect(),
            #[cfg(target_arch = "x86_64")]
            Self::Pair => in_step(messages, [START; pair::LANES], pair::blocks),
            #[cfg(target_arch = "x86_64")]
            Self::Eight => in_step(messages, [START; eight::LANES], eight::blocks),
            #[cfg(target_arch = "x86_64")]
            Self::Sixteen => in_step(messages, [START; sixteen::LANES], sixteen::blocks),
        }
    }
}

/// Block `at` of each message.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn blocks_at<'a, const LANES: usize>(
    messages: &[&'a [[u8; BLOCK]]; LANES],
    at: usize,
) -> [&'a [u8; BLOCK]; LANES] {
    std::array::from_fn(|lane| &messages[lane][at])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every way that this processor can go.
    fn ways() -> Vec<Way> {
        let mut ways = vec![Way::Single];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("sha") && is_x86_feature_detected!("sse4.1") {
                ways.push(Way::Pair);
            }
            if is_x86_feature_detected!("avx2") {
                ways.push(Way::Eight);
            }
            if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw") {
                ways.push(Way::Sixteen);
            }
        }
        ways
    }

    #[test]
    fn every_way_gives_the_hashes_of_sha2_however_messages_are_cut() {
        use sha2::Digest;
        for length in (0..=200).chain([4095, 4096, 65_537]) {
            let messages: Vec<Vec<u8>> = (0..17)
                .map(|lane| (0..length).map(|at| (at * 31 + lane * 7) as u8).collect())
                .collect();
            for (many, piece) in [
                (1, 64),
                (2, 7),
                (3, 1000),
                (8, 63),
                (9, 130),
                (16, 65),
                (17, 200),
            ] {
                let some: Vec<Pieces<'_>> = messages[..many]
                    .iter()
                    .map(|message| Pieces(message.chunks(piece).collect()))
                    .collect();
                let expected: Vec<FrameHash> = messages[..many]
                    .iter()
                    .map(|bytes| FrameHash(sha2::Sha256::digest(bytes).into()))
                    .collect();
                assert_eq!(hashes(&some), expected, "{many} of {length} bytes");
                for way in ways() {
                    let made = way.hash(&some);
                    assert_eq!(
                        made, expected,
                        "{way:?}, {many} of {length} bytes by {piece}"
                    );
                }
            }
        }
    }

    #[test]
    fn messages_of_different_shapes_are_hashed_apart() {
        let bytes: Vec<u8> = (0..5000).map(|at| (at * 7) as u8).collect();
        let whole = FrameHash::of(&bytes);
        let messages = [5000, 100, 100, 333].map(|piece| Pieces(bytes.chunks(piece).collect()));
        assert_eq!(hashes(&messages), [whole; 4]);
    }
}
