//! Proofs as files: that an entry is in a journal (C2SP tlog-proof), and that one head continues another
//! (the request of C2SP tlog-witness).

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::tree::{Hash, verify_consistency, verify_inclusion};
use crate::{BadCheckpoint, Checkpoint, LARGEST_INTEGER};

/// First line of a proof of inclusion.
const INCLUSION: &str = "c2sp.org/tlog-proof@v1";

/// Most nodes of a proof: a tree has no more levels.
const MOST_NODES: usize = 63;

/// The text is no proof.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadProof {
    /// Another text.
    #[error("not a proof (c2sp.org/tlog-proof@v1, or old size, hashes and a checkpoint)")]
    Form,
    /// The checkpoint in it is none.
    #[error(transparent)]
    Checkpoint(#[from] BadCheckpoint),
}

/// One entry, and why it is in a journal of which nothing else is shown. Whether the checkpoint is
/// signed is for [`Checkpoint::open`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inclusion {
    /// Place of the entry, from 0.
    pub index: u64,
    /// Its envelope bytes: the extra data of the format.
    pub envelope: Vec<u8>,
    /// Nodes from the leaf upward.
    pub nodes: Vec<Hash>,
    /// The signed checkpoint, a C2SP note.
    pub checkpoint: String,
}

impl Inclusion {
    /// The proof as text.
    pub fn to_text(&self) -> String {
        let extra = STANDARD.encode(&self.envelope);
        format!(
            "{INCLUSION}\nextra {extra}\nindex {}\n{}\n{}",
            self.index,
            lines(&self.nodes),
            self.checkpoint
        )
    }

    /// Reads [`Inclusion::to_text`].
    ///
    /// # Errors
    /// [`BadProof`] for any other text.
    pub fn parse(text: &str) -> Result<Self, BadProof> {
        let (head, checkpoint) = text.split_once("\n\n").ok_or(BadProof::Form)?;
        let mut head = head.split('\n');
        let mut line = |start: &str| {
            let line = head.next().and_then(|line| line.strip_prefix(start));
            line.ok_or(BadProof::Form)
        };
        if !line(INCLUSION)?.is_empty() {
            return Err(BadProof::Form);
        }
        let envelope = STANDARD
            .decode(line("extra ")?)
            .map_err(|_| BadProof::Form)?;
        let proof = Self {
            envelope,
            index: number(line("index ")?)?,
            nodes: nodes(head)?,
            checkpoint: checkpoint.to_owned(),
        };
        proof.states()?;
        Ok(proof)
    }

    /// The checkpoint as it stands in the proof, whoever signed it.
    ///
    /// # Errors
    /// It is no checkpoint.
    pub fn states(&self) -> Result<Checkpoint, BadProof> {
        Ok(Checkpoint::stated(&self.checkpoint)?)
    }

    /// Whether the entry is where the proof says, under `checkpoint`.
    pub fn holds(&self, checkpoint: &Checkpoint) -> bool {
        let Checkpoint { size, root, .. } = checkpoint;
        verify_inclusion(&self.envelope, self.index, *size, &self.nodes, root)
    }
}

/// A checkpoint, and why it continues an older one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continuation {
    /// Number of entries of the older one; 0 for a beginning.
    pub old: u64,
    /// Nodes of the consistency proof.
    pub nodes: Vec<Hash>,
    /// The newer checkpoint, a C2SP note.
    pub checkpoint: String,
}

impl Continuation {
    /// The proof as text.
    pub fn to_text(&self) -> String {
        format!(
            "old {}\n{}\n{}",
            self.old,
            lines(&self.nodes),
            self.checkpoint
        )
    }

    /// Reads [`Continuation::to_text`].
    ///
    /// # Errors
    /// [`BadProof`] for any other text.
    pub fn parse(text: &str) -> Result<Self, BadProof> {
        let (head, checkpoint) = text.split_once("\n\n").ok_or(BadProof::Form)?;
        let mut head = head.split('\n');
        let old = head.next().and_then(|line| line.strip_prefix("old "));
        let proof = Self {
            old: number(old.ok_or(BadProof::Form)?)?,
            nodes: nodes(head)?,
            checkpoint: checkpoint.to_owned(),
        };
        proof.states()?;
        Ok(proof)
    }

    /// The checkpoint as it stands in the proof, whoever signed it.
    ///
    /// # Errors
    /// It is no checkpoint.
    pub fn states(&self) -> Result<Checkpoint, BadProof> {
        Ok(Checkpoint::stated(&self.checkpoint)?)
    }

    /// Whether `new` continues the head of [`Continuation::old`] entries with `root`.
    pub fn holds(&self, root: &Hash, new: &Checkpoint) -> bool {
        verify_consistency(self.old, root, new.size, &new.root, &self.nodes)
    }
}

fn lines(nodes: &[Hash]) -> String {
    let line = |node: &Hash| STANDARD.encode(node) + "\n";
    nodes.iter().map(line).collect()
}

fn nodes<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Vec<Hash>, BadProof> {
    let node = |line| {
        let bytes = STANDARD.decode(line).map_err(|_| BadProof::Form)?;
        bytes.try_into().map_err(|_| BadProof::Form)
    };
    let nodes: Vec<Hash> = lines
        .take(MOST_NODES + 1)
        .map(node)
        .collect::<Result<_, _>>()?;
    match nodes.len() {
        0..=MOST_NODES => Ok(nodes),
        _ => Err(BadProof::Form),
    }
}

fn number(text: &str) -> Result<u64, BadProof> {
    let number = text.parse().map_err(|_| BadProof::Form)?;
    match text == u64::to_string(&number) && number <= LARGEST_INTEGER {
        true => Ok(number),
        false => Err(BadProof::Form),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HeldKey;
    use crate::tree::{consistency_proof, inclusion_proof, leaf_hash, root};

    fn leaf(n: usize) -> Vec<u8> {
        format!("entry {n}").into_bytes()
    }

    fn checkpoint(leaves: &[Hash]) -> Checkpoint {
        Checkpoint {
            origin: "desk.example/12".into(),
            size: leaves.len() as u64,
            root: root(leaves),
        }
    }

    #[test]
    fn proofs_are_read_as_they_are_written_and_nothing_else() {
        let key = HeldKey::from_seed("Ada", &[1; 32]);
        for size in [1, 2, 5, 8, 13] {
            let leaves: Vec<Hash> = (0..size).map(|n| leaf_hash(&leaf(n))).collect();
            let head = checkpoint(&leaves);
            for index in 0..size {
                let proof = Inclusion {
                    index: index as u64,
                    envelope: leaf(index),
                    nodes: inclusion_proof(&leaves, index).unwrap(),
                    checkpoint: head.sign(&key).unwrap(),
                };
                let read = Inclusion::parse(&proof.to_text()).unwrap();
                assert_eq!(read, proof);
                assert!(read.holds(&head) && read.states() == Ok(head.clone()));
                let other = Inclusion {
                    envelope: leaf(99),
                    ..read
                };
                assert!(!other.holds(&head));
            }
            for old in 0..=size {
                let proof = Continuation {
                    old: old as u64,
                    nodes: consistency_proof(&leaves, old).unwrap(),
                    checkpoint: head.sign(&key).unwrap(),
                };
                let read = Continuation::parse(&proof.to_text()).unwrap();
                assert_eq!(read, proof);
                assert!(read.holds(&root(&leaves[..old]), &head));
                assert!(old == 0 || !read.holds(&[7; 32], &head));
            }
        }
    }

    #[test]
    fn other_texts_are_refused() {
        let key = HeldKey::from_seed("Ada", &[1; 32]);
        let note = checkpoint(&[[1; 32]]).sign(&key).unwrap();
        let good = format!("{INCLUSION}\nextra \nindex 0\n\n{note}");
        assert!(Inclusion::parse(&good).is_ok());
        let many = format!("{}\n", STANDARD.encode([0; 32])).repeat(64);
        for bad in [
            good.replace("index 0", "index 00"),
            good.replace("index 0\n", &format!("index 0\n{many}")),
            good.replace("extra ", "extra ?"),
            good.replace("@v1", "@v1x"),
            good.replace("\n\n", "\n"),
            String::new(),
        ] {
            assert!(Inclusion::parse(&bad).is_err(), "{bad}");
        }
        assert!(Continuation::parse(&format!("old 0\n\n{note}")).is_ok());
        assert!(Continuation::parse(&format!("old -1\n\n{note}")).is_err());
    }
}
