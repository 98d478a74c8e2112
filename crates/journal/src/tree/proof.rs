//! Proofs that a leaf is in a tree, and that one tree begins another.

use super::{Hash, leaf_hash, node_hash, root};

/// Nodes that, with leaf `index`, give the root of the tree over `leaves` (RFC 6962, 2.1.1).
/// Nothing when there is no such leaf.
pub fn inclusion_proof(leaves: &[Hash], index: usize) -> Option<Vec<Hash>> {
    if index >= leaves.len() {
        return None;
    }
    let mut proof = Vec::new();
    let (mut leaves, mut index) = (leaves, index);
    while leaves.len() > 1 {
        let (left, right) = leaves.split_at(split(leaves.len()));
        if index < left.len() {
            proof.push(root(right));
            leaves = left;
        } else {
            proof.push(root(left));
            index -= left.len();
            leaves = right;
        }
    }
    proof.reverse();
    Some(proof)
}

/// Nodes that show the tree over the first `old` leaves to be the beginning of the tree over all
/// of them (RFC 6962, 2.1.2). Empty for `old` 0 or all; nothing when `old` exceeds their number.
pub fn consistency_proof(leaves: &[Hash], old: usize) -> Option<Vec<Hash>> {
    if old > leaves.len() {
        return None;
    }
    if old == 0 {
        return Some(Vec::new());
    }
    let mut proof = Vec::new();
    let (mut leaves, mut old, mut whole) = (leaves, old, true);
    while old < leaves.len() {
        let (left, right) = leaves.split_at(split(leaves.len()));
        if old <= left.len() {
            proof.push(root(right));
            leaves = left;
        } else {
            proof.push(root(left));
            old -= left.len();
            leaves = right;
            whole = false;
        }
    }
    if !whole {
        proof.push(root(leaves));
    }
    proof.reverse();
    Some(proof)
}

/// Size of the left subtree: the largest power of two below `size`, which is at least 2.
fn split(size: usize) -> usize {
    1 << (size - 1).ilog2()
}

/// Whether `proof` shows `leaf` (its bytes) to be leaf `index` of the tree of `size` leaves with
/// `root` (RFC 9162, 2.1.3.2).
pub fn verify_inclusion(leaf: &[u8], index: u64, size: u64, proof: &[Hash], root: &Hash) -> bool {
    verify_leaf(leaf_hash(leaf), index, size, proof, root)
}

/// As [`verify_inclusion`], of a leaf of which only the hash is shown.
pub fn verify_leaf(leaf: Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, leaf);
    for node in proof {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = node_hash(node, &hash);
            skip_lone_levels(&mut at, &mut last);
        } else {
            hash = node_hash(&hash, node);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Whether `proof` shows the tree of `old` leaves with `old_root` to begin the tree of `new`
/// leaves with `new_root` (RFC 9162, 2.1.4.2). The empty tree begins every tree.
pub fn verify_consistency(
    old: u64,
    old_root: &Hash,
    new: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> bool {
    if old == 0 {
        return proof.is_empty() && *old_root == root(&[]);
    }
    if old >= new {
        return old == new && proof.is_empty() && old_root == new_root;
    }
    let mut nodes = proof.iter();
    let first = if old.is_power_of_two() {
        Some(old_root)
    } else {
        nodes.next()
    };
    let Some(first) = first else {
        return false;
    };
    let (mut at, mut last) = (old - 1, new - 1);
    let lone = at.trailing_ones();
    at >>= lone;
    last >>= lone;
    let (mut old_hash, mut new_hash) = (*first, *first);
    for node in nodes {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            old_hash = node_hash(node, &old_hash);
            new_hash = node_hash(node, &new_hash);
            skip_lone_levels(&mut at, &mut last);
        } else {
            new_hash = node_hash(&new_hash, node);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && old_hash == *old_root && new_hash == *new_root
}

/// A last node without sibling rises unchanged until it is a right child.
fn skip_lone_levels(at: &mut u64, last: &mut u64) {
    while *at & 1 == 0 && *at != 0 {
        *at >>= 1;
        *last >>= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(n: usize) -> Vec<u8> {
        format!("leaf {n}").into_bytes()
    }

    fn leaves(n: usize) -> Vec<Hash> {
        (0..n).map(|n| leaf_hash(&leaf(n))).collect()
    }

    #[test]
    fn every_leaf_of_every_small_tree_is_proven_and_nothing_else() {
        for size in 1..=33 {
            let all = leaves(size);
            let root = root(&all);
            for index in 0..size {
                let proof = inclusion_proof(&all, index).unwrap();
                let holds = |leaf: &[u8], index, size, proof: &[Hash]| {
                    verify_inclusion(leaf, index as u64, size as u64, proof, &root)
                };
                assert!(
                    holds(&leaf(index), index, size, &proof),
                    "{index} of {size}"
                );
                assert!(!holds(&leaf(index + 1), index, size, &proof));
                assert!(!holds(&leaf(index), index + 1, size, &proof));
                assert!(!holds(
                    &leaf(index),
                    index,
                    size,
                    &[&proof[..], &[root]].concat()
                ));
                if let Some((_, shorter)) = proof.split_last() {
                    assert!(!holds(&leaf(index), index, size, shorter));
                }
            }
            assert_eq!(inclusion_proof(&all, size), None);
        }
    }

    #[test]
    fn every_beginning_of_every_small_tree_is_proven_and_nothing_else() {
        let all = leaves(33);
        for new in 0..=33 {
            for old in 0..=new {
                let proof = consistency_proof(&all[..new], old).unwrap();
                let (old_root, new_root) = (root(&all[..old]), root(&all[..new]));
                let holds = |old_root: &Hash, new_root: &Hash, proof: &[Hash]| {
                    verify_consistency(old as u64, old_root, new as u64, new_root, proof)
                };
                assert!(holds(&old_root, &new_root, &proof), "{old} of {new}");
                assert!(!holds(&[7; 32], &new_root, &proof), "{old} of {new}");
                assert!(
                    old == 0 || !holds(&old_root, &[7; 32], &proof),
                    "{old} of {new}"
                );
                assert!(!holds(
                    &old_root,
                    &new_root,
                    &[&proof[..], &[new_root]].concat()
                ));
                for n in 0..proof.len() {
                    let mut bent = proof.clone();
                    bent[n][0] ^= 1;
                    assert!(!holds(&old_root, &new_root, &bent), "{n} in {old} of {new}");
                }
            }
            assert_eq!(consistency_proof(&all[..new], new + 1), None);
        }
    }

    /// The worked example of RFC 6962 2.1.3, over seven leaves.
    #[test]
    fn proofs_hold_the_nodes_that_rfc_6962_names() {
        let d = leaves(7);
        let pair = |a: &Hash, b: &Hash| node_hash(a, b);
        let (g, h, i) = (pair(&d[0], &d[1]), pair(&d[2], &d[3]), pair(&d[4], &d[5]));
        let (k, l) = (pair(&g, &h), pair(&i, &d[6]));
        assert_eq!(inclusion_proof(&d, 0).unwrap(), [d[1], h, l]);
        assert_eq!(inclusion_proof(&d, 3).unwrap(), [d[2], g, l]);
        assert_eq!(inclusion_proof(&d, 4).unwrap(), [d[5], d[6], k]);
        assert_eq!(inclusion_proof(&d, 6).unwrap(), [i, k]);
        assert_eq!(consistency_proof(&d, 3).unwrap(), [d[2], d[3], g, l]);
        assert_eq!(consistency_proof(&d, 4).unwrap(), [l]);
        assert_eq!(consistency_proof(&d, 6).unwrap(), [i, d[6], k]);
    }
}
