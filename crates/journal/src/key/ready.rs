//! Keys made ready to verify many signatures: their multiples are worked out beforehand, so that a
//! signature costs additions where it would cost doublings too. What verifies is the same, to the bit,
//! as by [`PublicKey::verifies`]: no equations are summed and nothing is left to chance, as it is in batches.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use curve25519_dalek::constants::ED25519_BASEPOINT_POINT;
use curve25519_dalek::edwards::CompressedEdwardsY;
use curve25519_dalek::traits::Identity;
use curve25519_dalek::{EdwardsPoint, Scalar};
use sha2::{Digest, Sha512};

use crate::PublicKey;

/// Signatures of one key after which it is made ready: making it costs as much as some sixty.
const OFTEN: u32 = 100;

/// Keys that are ready at once: each takes 1.3 MB.
const MOST: usize = 32;

/// Multiples of a point: for each byte of a scalar, the point times each value that it may have.
struct Multiples(Vec<EdwardsPoint>);

/// Values of a byte but 0.
const VALUES: usize = 255;

impl Multiples {
    fn of(point: EdwardsPoint) -> Self {
        let mut all = Vec::with_capacity(32 * VALUES);
        let mut unit = point;
        for _ in 0..32 {
            let mut multiple = unit;
            for _ in 0..VALUES {
                all.push(multiple);
                multiple += unit;
            }
            unit = multiple;
        }
        Self(all)
    }

    /// The point times `scalar`, which is public: how long it takes depends on it.
    fn times(&self, scalar: &Scalar) -> EdwardsPoint {
        let digits = scalar.as_bytes().iter().zip(self.0.chunks_exact(VALUES));
        let terms = digits.filter(|(digit, _)| **digit > 0);
        // By reference: a point is 160 bytes.
        terms.fold(EdwardsPoint::identity(), |sum, (digit, of)| {
            let point = &of[usize::from(*digit) - 1];
            sum + point
        })
    }
}

fn base() -> &'static Multiples {
    static BASE: OnceLock<Multiples> = OnceLock::new();
    BASE.get_or_init(|| Multiples::of(ED25519_BASEPOINT_POINT))
}

/// A key with its multiples.
pub(crate) struct ReadyKey {
    key: PublicKey,
    negative: Multiples,
}

impl ReadyKey {
    pub(crate) fn new(key: PublicKey) -> Self {
        Self {
            key,
            negative: Multiples::of(-key.0.to_edwards()),
        }
    }

    /// What a signature of this key on `message` says; nothing where it can be none. RFC 8032, 5.1.7,
    /// without the cofactor: the point that it must name is computed, for its bytes to be compared.
    fn said(&self, message: &[u8], signature: &[u8; 64]) -> Option<Said> {
        let (named, s) = signature.split_first_chunk::<32>()?;
        let s = Option::from(Scalar::from_canonical_bytes(s.try_into().ok()?))?;
        let hash = Sha512::new()
            .chain_update(named)
            .chain_update(self.key.to_bytes())
            .chain_update(message);
        let k = Scalar::from_bytes_mod_order_wide(&hash.finalize().into());
        let point = base().times(&s) + self.negative.times(&k);
        Some(Said {
            key: self.key,
            point,
            named: *named,
        })
    }
}

/// A signature: the point that it must name, and the bytes that it names.
pub(crate) struct Said {
    key: PublicKey,
    point: EdwardsPoint,
    named: [u8; 32],
}

/// Which of these signatures verify as by [`PublicKey::verifies`], by the key of each. Bytes of no other
/// encoding and of no point of small order pass, nor does an `S` beyond the order; keys of small order are
/// none. What is shared between them is one inversion, which changes no bit.
pub(crate) fn verified(said: &[Said]) -> Vec<Option<PublicKey>> {
    let points: Vec<EdwardsPoint> = said.iter().map(|it| it.point).collect();
    let encoded = EdwardsPoint::compress_batch_alloc(&points);
    let verifies = |it: &Said, bytes: &CompressedEdwardsY| {
        !it.point.is_small_order() && *bytes.as_bytes() == it.named
    };
    let both = said.iter().zip(encoded);
    both.map(|(it, bytes)| verifies(it, &bytes).then_some(it.key))
        .collect()
}

/// The keys of a journal that signed often, ready for more. Shared between those who look at its
/// envelopes side by side.
#[derive(Default)]
pub(crate) struct ReadyKeys(RwLock<Met>);

#[derive(Default)]
struct Met {
    times: BTreeMap<[u8; 32], u32>,
    ready: BTreeMap<String, Arc<ReadyKey>>,
}

impl ReadyKeys {
    /// What a signature of the key of this fingerprint says, if that key is ready.
    pub(crate) fn said(
        &self,
        fingerprint: &str,
        message: impl FnOnce() -> Vec<u8>,
        signature: &[u8; 64],
    ) -> Option<Said> {
        let met = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let key = met.ready.get(fingerprint).cloned();
        drop(met);
        key?.said(&message(), signature)
    }

    /// Says that a signature of `key` verified the slow way.
    pub(crate) fn met(&self, key: &PublicKey) {
        let mut met = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let full = met.ready.len() >= MOST;
        let times = met.times.entry(key.to_bytes()).or_default();
        *times += 1;
        if *times == OFTEN && !full {
            let ready = Arc::new(ReadyKey::new(*key));
            met.ready.insert(key.fingerprint(), ready);
        }
    }
}

impl fmt::Debug for ReadyKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReadyKeys")
    }
}

#[cfg(test)]
mod tests {
    use curve25519_dalek::constants::{ED25519_BASEPOINT_TABLE, EIGHT_TORSION};
    use proptest::prelude::*;

    use super::*;
    use crate::{Author, HeldKey};

    /// RFC 8032: the order of the base point, little-endian.
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];

    fn same(key: PublicKey, message: &[u8], signature: &[u8; 64]) -> bool {
        let singly = key.verifies(message, signature);
        let said = ReadyKey::new(key).said(message, signature);
        let found = said.and_then(|said| verified(&[said])[0]);
        assert_eq!(found, singly.then_some(key));
        singly
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_ready_key_accepts_what_the_key_accepts(
            seed: [u8; 32], message in prop::collection::vec(any::<u8>(), 0..300), flipped in 0..512_usize,
        ) {
            let author = HeldKey::from_seed("Ada", &seed);
            let key = PublicKey::from_bytes(&author.public_key()).unwrap();
            let mut signature = author.sign(&message);
            prop_assert!(same(key, &message, &signature));
            signature[flipped / 8] ^= 1 << (flipped % 8);
            prop_assert!(!same(key, &message, &signature));
        }

        /// Whoever holds the key can make signatures that some verifiers take and others do not.
        #[test]
        fn also_where_verifiers_differ(a: [u8; 32], r: [u8; 32], message: [u8; 8], of_key in 0..8_usize, of_point in 0..8_usize) {
            let (a, r) = (Scalar::from_bytes_mod_order(a), Scalar::from_bytes_mod_order(r));
            let key = ED25519_BASEPOINT_TABLE * &a + EIGHT_TORSION[of_key];
            let key = PublicKey::from_bytes(&key.compress().to_bytes()).unwrap();
            for r in [r, Scalar::ZERO] {
                let named = (ED25519_BASEPOINT_TABLE * &r + EIGHT_TORSION[of_point]).compress();
                let hash = Sha512::new().chain_update(named.as_bytes()).chain_update(key.to_bytes());
                let k = Scalar::from_bytes_mod_order_wide(&hash.chain_update(message).finalize().into());
                let s = (r + k * a).to_bytes();
                let signature = [*named.as_bytes(), s].concat().try_into().unwrap();
                let plain = of_key == 0 && of_point == 0 && r != Scalar::ZERO;
                prop_assert!(same(key, &message, &signature) || !plain);
                let beyond = [*named.as_bytes(), plus(s, ORDER)].concat().try_into().unwrap();
                prop_assert!(!same(key, &message, &beyond), "malleable");
            }
        }
    }

    fn plus(mut number: [u8; 32], other: [u8; 32]) -> [u8; 32] {
        let mut carry = 0;
        for (digit, more) in number.iter_mut().zip(other) {
            let sum = u16::from(*digit) + u16::from(more) + carry;
            (*digit, carry) = ((sum & 0xff) as u8, sum >> 8);
        }
        number
    }
}
