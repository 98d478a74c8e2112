//! OpenTimestamps proofs (`.ots`): a digest, hashed on with other bytes until it is in a block of
//! Bitcoin, or promised by a calendar. The files come from strangers: depth, lengths and work are bounded.

use sha2::{Digest, Sha256};

const MAGIC: &[u8; 31] = b"\0OpenTimestamps\0\0Proof\0\xbf\x89\xe2\xe8\x84\xe8\x92\x94";
const BITCOIN: [u8; 8] = [0x05, 0x88, 0x96, 0x0d, 0x73, 0xd7, 0x19, 0x01];
const PENDING: [u8; 8] = [0x83, 0xdf, 0xe3, 0x0d, 0x2e, 0xf9, 0x0c, 0x8e];

const SHA256: u8 = 0x08;

/// Longest proof that is read; calendars send some kilobytes.
pub const LONGEST: usize = 1 << 20;
/// Longest message and operand, and deepest nesting, of the reference implementation.
const LONGEST_MESSAGE: usize = 4096;
const DEEPEST: u32 = 256;
/// Most steps of a proof: each hashes or copies at most [`LONGEST_MESSAGE`] bytes.
const MOST_STEPS: u32 = 20_000;
/// Most ends of a proof that are told.
const MOST_ENDS: usize = 100;

/// The bytes are no proof that is understood here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an OpenTimestamps proof over a SHA-256, or longer and deeper than any is")]
pub struct BadProof;

/// Where a branch of a proof ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// In the Merkle root of a block of Bitcoin.
    Bitcoin {
        /// Number of the block, as the proof says.
        height: u64,
        /// The root that its header must have.
        root: [u8; 32],
    },
    /// Promised by a calendar, and not anchored yet.
    Pending {
        /// Address of the calendar.
        calendar: String,
    },
    /// In a way that is not understood here: another chain, or a digest that is not relied on.
    Unknown,
}

/// A proof whose form was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The SHA-256 that it begins with.
    pub digest: [u8; 32],
    /// Its ends.
    pub ends: Vec<End>,
}

/// What the header of a block says that is in a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchored {
    /// Number of the block, as the proof says.
    pub height: u64,
    /// Its hash, as block explorers write it.
    pub block: String,
    /// Its time, seconds since 1970: right to some hours.
    pub unix: u64,
}

impl Proof {
    /// Reads a proof.
    ///
    /// # Errors
    /// [`BadProof`] for anything else.
    pub fn parse(bytes: &[u8]) -> Result<Self, BadProof> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(BadProof)?;
        let (head, rest) = rest.split_first_chunk::<34>().ok_or(BadProof)?;
        if bytes.len() > LONGEST || head[..2] != [1, SHA256] {
            return Err(BadProof);
        }
        let digest: [u8; 32] = head[2..].try_into().map_err(|_| BadProof)?;
        let mut reader = Reader {
            rest,
            steps: 0,
            ends: Vec::new(),
        };
        reader.branches(Some(digest.as_slice()), DEEPEST)?;
        match reader.rest {
            [] => Ok(Self {
                digest,
                ends: reader.ends,
            }),
            _ => Err(BadProof),
        }
    }

    /// The block of Bitcoin with `header` in which the proof ends, if it does.
    ///
    /// The header's own proof of work is checked. That the block is one of the chain that everybody
    /// knows is for whoever supplied it: compare its hash.
    pub fn anchored(&self, header: &[u8; 80]) -> Option<Anchored> {
        let block: [u8; 32] = Sha256::digest(Sha256::digest(header)).into();
        let number = |at: usize| {
            u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
        };
        let height = self.ends.iter().find_map(|end| match end {
            End::Bitcoin { height, root } if header[36..68] == *root => Some(*height),
            _ => None,
        })?;
        works(&block, number(72)).then(|| Anchored {
            height,
            block: hex::encode(block.iter().rev().copied().collect::<Vec<_>>()),
            unix: u64::from(number(68)),
        })
    }
}

/// Whether a block's hash is below the target that its header states, and that target no easier than the
/// easiest of Bitcoin.
fn works(block: &[u8; 32], bits: u32) -> bool {
    let (exponent, mantissa) = ((bits >> 24) as usize, bits & 0x00ff_ffff);
    if !(3..=29).contains(&exponent)
        || mantissa > 0x7f_ffff
        || (exponent == 29 && mantissa > 0xffff)
    {
        return false;
    }
    let mut target = [0; 32];
    target[exponent - 3..exponent].copy_from_slice(&mantissa.to_le_bytes()[..3]);
    block.iter().rev().le(target.iter().rev())
}

struct Reader<'a> {
    rest: &'a [u8],
    steps: u32,
    ends: Vec<End>,
}

impl<'a> Reader<'a> {
    /// Every branch from `message`, which is unknown after a step that is not understood.
    fn branches(&mut self, message: Option<&[u8]>, depth: u32) -> Result<(), BadProof> {
        let depth = depth.checked_sub(1).ok_or(BadProof)?;
        loop {
            let (tag, last) = match self.byte()? {
                0xff => (self.byte()?, false),
                tag => (tag, true),
            };
            self.steps += 1;
            if self.steps > MOST_STEPS {
                return Err(BadProof);
            }
            match tag {
                0 => self.end(message)?,
                operation => {
                    let next = self.step(operation, message)?;
                    self.branches(next.as_deref(), depth)?;
                }
            }
            if last {
                return Ok(());
            }
        }
    }

    fn step(&mut self, operation: u8, message: Option<&[u8]>) -> Result<Option<Vec<u8>>, BadProof> {
        let operand = match operation {
            0xf0 | 0xf1 => self.bytes(LONGEST_MESSAGE)?,
            _ => &[],
        };
        let next = match (operation, message) {
            (0xf0, Some(message)) => Some([message, operand].concat()),
            (0xf1, Some(message)) => Some([operand, message].concat()),
            (SHA256, Some(message)) => Some(Sha256::digest(message).to_vec()),
            // SHA-1, RIPEMD-160 and Keccak-256, reversed and in hexadecimal: no calendar writes them.
            (0x02 | 0x03 | 0x67 | 0xf2 | 0xf3, _) | (0xf0 | 0xf1 | SHA256, None) => None,
            _ => return Err(BadProof),
        };
        match next {
            Some(long) if long.len() > LONGEST_MESSAGE => Err(BadProof),
            next => Ok(next),
        }
    }

    fn end(&mut self, message: Option<&[u8]>) -> Result<(), BadProof> {
        let (tag, rest) = self.rest.split_first_chunk::<8>().ok_or(BadProof)?;
        self.rest = rest;
        let mut payload = Reader {
            rest: self.bytes(8192)?,
            steps: 0,
            ends: Vec::new(),
        };
        let root = message.and_then(|message| message.try_into().ok());
        let end = match (*tag, root) {
            (BITCOIN, Some(root)) => End::Bitcoin {
                height: payload.number()?,
                root,
            },
            (PENDING, _) => {
                let address = payload.bytes(1000)?;
                let calendar = String::from_utf8_lossy(address);
                End::Pending {
                    calendar: calendar.chars().filter(|c| !c.is_control()).collect(),
                }
            }
            _ => End::Unknown,
        };
        self.ends.push(end);
        match self.ends.len() {
            0..=MOST_ENDS => Ok(()),
            _ => Err(BadProof),
        }
    }

    fn byte(&mut self) -> Result<u8, BadProof> {
        let (byte, rest) = self.rest.split_first().ok_or(BadProof)?;
        self.rest = rest;
        Ok(*byte)
    }

    /// A number in groups of seven bits, the lowest first.
    fn number(&mut self) -> Result<u64, BadProof> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(BadProof)
    }

    /// Bytes behind their number.
    fn bytes(&mut self, most: usize) -> Result<&'a [u8], BadProof> {
        let length = usize::try_from(self.number()?).map_err(|_| BadProof)?;
        if length > most {
            return Err(BadProof);
        }
        let (bytes, rest) = self.rest.split_at_checked(length).ok_or(BadProof)?;
        self.rest = rest;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by the reference implementation (opentimestamps 0.4.5) over SHA-256 of `a note` and a newline:
    /// pending at a calendar, in a block of Bitcoin, and a branch by RIPEMD-160.
    const PROOF: &str = concat!(
        "004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e892940108037279912cb60d7be67228853b057c",
        "c642443b4ce29b8a5a5bfbb68234b0b962ff0308000588960d73d719010107f010000102030405060708090a0b0c0d0e",
        "0f08ff0083dfe30d2ef90c8e222168747470733a2f2f612e706f6f6c2e6f70656e74696d657374616d70732e6f7267f1",
        "0457cfa5c40808000588960d73d7190103b3ed37",
    );
    /// What its Bitcoin branch comes to there.
    const ROOT: &str = "5d0f7a462fd512c2c969b7008454d5da4673e62d4e88933b94d422ed12b2f923";
    /// The first block of Bitcoin.
    const GENESIS: &str = concat!(
        "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e",
        "67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c",
    );

    fn proof() -> Vec<u8> {
        hex::decode(PROOF).unwrap()
    }

    /// A proof that consists of `steps` on a digest.
    fn made(digest: &[u8], steps: &[u8]) -> Vec<u8> {
        [MAGIC.as_slice(), &[1, SHA256], digest, steps].concat()
    }

    #[test]
    fn ends_are_those_of_the_reference_implementation() {
        let read = Proof::parse(&proof()).unwrap();
        assert_eq!(read.digest, <[u8; 32]>::from(Sha256::digest(b"a note\n")));
        let calendar = "https://a.pool.opentimestamps.org".to_owned();
        let root = hex::decode(ROOT).unwrap().try_into().unwrap();
        let bitcoin = End::Bitcoin {
            height: 915_123,
            root,
        };
        assert_eq!(read.ends.len(), 3);
        for end in [End::Pending { calendar }, bitcoin, End::Unknown] {
            assert!(read.ends.contains(&end), "{end:?} in {:?}", read.ends);
        }
    }

    #[test]
    fn a_header_counts_with_its_root_and_its_work() {
        let header: [u8; 80] = hex::decode(GENESIS).unwrap().try_into().unwrap();
        let in_block_0 = [&[0][..], &BITCOIN, &[1, 0]].concat();
        let anchored = Proof::parse(&made(&header[36..68], &in_block_0)).unwrap();
        let expected = Anchored {
            height: 0,
            block: "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f".into(),
            unix: 1_231_006_505,
        };
        assert_eq!(anchored.anchored(&header), Some(expected));
        for bit in 0..80 * 8 {
            let mut flipped = header;
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(anchored.anchored(&flipped), None, "bit {bit}");
        }
        assert_eq!(Proof::parse(&proof()).unwrap().anchored(&header), None);
    }

    #[test]
    fn parts_of_a_proof_are_none() {
        let whole = proof();
        for length in 0..whole.len() {
            assert_eq!(Proof::parse(&whole[..length]), Err(BadProof), "{length}");
        }
        assert_eq!(Proof::parse(&[whole, vec![0]].concat()), Err(BadProof));
    }

    #[test]
    fn depth_length_and_work_are_bounded() {
        let digest = [7; 32];
        let pending = [&[0][..], &PENDING, &[3, 2, b'a', b'b']].concat();
        let deep = |steps: usize| made(&digest, &[vec![SHA256; steps], pending.clone()].concat());
        assert!(Proof::parse(&deep(255)).is_ok());
        assert_eq!(Proof::parse(&deep(256)), Err(BadProof));
        let forks = |count: usize| {
            let fork = [vec![0xff], pending.clone()].concat();
            made(&digest, &[fork.repeat(count), pending.clone()].concat())
        };
        assert!(Proof::parse(&forks(99)).is_ok());
        assert_eq!(Proof::parse(&forks(100)), Err(BadProof));
        // 4096 bytes are the longest message: 32 and 2032, twice.
        let long = [&[0xf0, 0xf0, 0x0f][..], &[1; 2032]].concat();
        let twice = [long.clone(), long.clone(), pending.clone()].concat();
        assert!(Proof::parse(&made(&digest, &twice)).is_ok());
        let thrice = [long.clone(), long.clone(), long, pending].concat();
        assert_eq!(Proof::parse(&made(&digest, &thrice)), Err(BadProof));
    }
}
