//! Messages of one shape, block by block in step.

use super::{BLOCK, FrameHash, Pieces, State};

/// Takes whole blocks of each message into its state: as many of each.
pub(super) type Blocks<const LANES: usize> = fn(&mut [State; LANES], &[&[u8]; LANES]);

/// Hashes messages whose pieces have the same lengths, `LANES` at once; the last message also fills the
/// lanes that are left over.
pub(super) fn in_step<const LANES: usize>(
    messages: &[Pieces<'_>],
    start: [State; LANES],
    blocks: Blocks<LANES>,
) -> Vec<FrameHash> {
    let groups = messages.chunks(LANES).flat_map(|group| {
        let mut step = Step {
            states: start,
            carry: [[0; BLOCK]; LANES],
            carried: 0,
            length: 0,
            blocks,
        };
        for at in 0..group[0].0.len() {
            step.take(std::array::from_fn(|lane| {
                group[lane.min(group.len() - 1)].0[at]
            }));
        }
        step.finish().into_iter().take(group.len())
    });
    groups.collect()
}

/// Messages on their way.
struct Step<const LANES: usize> {
    states: [State; LANES],
    /// What is left over of the pieces so far, less than a block.
    carry: [[u8; BLOCK]; LANES],
    carried: usize,
    /// Bytes of each message so far.
    length: u64,
    blocks: Blocks<LANES>,
}

impl<const LANES: usize> Step<LANES> {
    /// The next piece of each message; all have one length.
    fn take(&mut self, mut pieces: [&[u8]; LANES]) {
        self.length += pieces[0].len() as u64;
        if self.carried > 0 {
            let most = (BLOCK - self.carried).min(pieces[0].len());
            pieces = self.put(pieces, most);
            if self.carried < BLOCK {
                return;
            }
            (self.blocks)(
                &mut self.states,
                &self.carry.each_ref().map(<[u8; BLOCK]>::as_slice),
            );
            self.carried = 0;
        }
        let whole = pieces[0].len() / BLOCK * BLOCK;
        (self.blocks)(&mut self.states, &pieces.map(|piece| &piece[..whole]));
        let rest = pieces.map(|piece| &piece[whole..]);
        self.put(rest, rest[0].len());
    }

    /// Carries the first `count` bytes of each piece over, and gives back the rest.
    fn put<'a>(&mut self, pieces: [&'a [u8]; LANES], count: usize) -> [&'a [u8]; LANES] {
        let place = self.carried..self.carried + count;
        self.carried = place.end;
        for (carry, piece) in self.carry.iter_mut().zip(pieces) {
            carry[place.clone()].copy_from_slice(&piece[..count]);
        }
        pieces.map(|piece| &piece[count..])
    }

    /// FIPS 180-4, 5.1.1: a one bit, zeros, and the length of the message in bits.
    fn finish(mut self) -> [FrameHash; LANES] {
        let bits = (self.length * 8).to_be_bytes();
        let mut end = vec![0x80];
        end.resize(
            (self.carried + 1 + bits.len()).next_multiple_of(BLOCK) - self.carried - bits.len(),
            0,
        );
        end.extend(bits);
        self.take([end.as_slice(); LANES]);
        self.states.map(|state| {
            let mut hash = [0; 32];
            for (bytes, word) in hash.as_chunks_mut::<4>().0.iter_mut().zip(state) {
                *bytes = word.to_be_bytes();
            }
            FrameHash(hash)
        })
    }
}
