//! From partners to parts: what of one file remains in the other.

use super::align::Aligned;
use super::answer::{Difference, Part, PartKind};
use super::look::Look;

/// The whole length of both files, part by part, and how many frames are of which kind.
pub(super) struct Parts {
    pub(super) list: Vec<Part>,
    /// Pairs of equal frames.
    pub(super) equal: usize,
    /// Pairs of alike frames.
    pub(super) alike: usize,
    /// Pairs that tell something: not plain, or equal and unlike the frame before.
    pub(super) telling: usize,
    /// The least alike pair, with its bits.
    pub(super) worst: Option<(u32, u32, u32)>,
}

impl Parts {
    pub(super) fn of(aligned: &Aligned, a: &[Look], b: &[Look]) -> Self {
        let mut parts = Self {
            list: Vec::new(),
            equal: 0,
            alike: 0,
            telling: 0,
            worst: None,
        };
        let (mut x, mut y) = (0, 0);
        while x < a.len() || y < b.len() {
            let gap = x;
            while x < a.len() && aligned.partners[x].is_none() {
                x += 1;
            }
            let next = aligned.partners.get(x).copied().flatten();
            let until = next.map_or(b.len(), |next| next as usize);
            parts.gap(gap..x, y..until);
            y = until;
            if x < a.len() {
                parts.pair(a, b, x, y);
                (x, y) = (x + 1, y + 1);
            }
        }
        parts
    }

    /// Parts that look alike throughout are one part, equal frames within included, where equal frames
    /// are the exception.
    pub(super) fn settle(mut self) -> Self {
        if self.alike <= self.equal {
            return self;
        }
        let mut settled: Vec<Part> = Vec::with_capacity(self.list.len());
        for mut part in self.list {
            if part.kind == PartKind::Equal {
                part.kind = PartKind::Alike;
            }
            match settled.last_mut() {
                Some(last) if last.kind == PartKind::Alike && part.kind == PartKind::Alike => {
                    grow(last, &part);
                }
                _ => settled.push(part),
            }
        }
        self.list = settled;
        self
    }

    /// Whether every frame of both has a partner.
    pub(super) fn whole(&self) -> bool {
        self.list
            .iter()
            .all(|part| matches!(part.kind, PartKind::Equal | PartKind::Alike))
    }

    /// Where the files differ first: at the first part that is not of the kind that most frames are.
    pub(super) fn first_difference(&self) -> Option<Difference> {
        let most = if self.equal >= self.alike {
            PartKind::Equal
        } else {
            PartKind::Alike
        };
        let at = self.list.iter().position(|part| part.kind != most)?;
        // A side that has no frame in this part goes on with the next.
        let first = |side: fn(&Part) -> Option<[u32; 2]>| {
            self.list[at..]
                .iter()
                .find_map(side)
                .map(|[first, _]| first)
        };
        Some(Difference {
            a: first(|part| part.a),
            b: first(|part| part.b),
        })
    }

    /// Frames of both sides in parts of one kind.
    pub(super) fn count(&self, kind: PartKind) -> (u64, u64) {
        let length =
            |span: Option<[u32; 2]>| span.map_or(0, |[first, last]| u64::from(last - first) + 1);
        self.list
            .iter()
            .filter(|part| part.kind == kind)
            .fold((0, 0), |(a, b), part| {
                (a + length(part.a), b + length(part.b))
            })
    }

    fn gap(&mut self, a: std::ops::Range<usize>, b: std::ops::Range<usize>) {
        let kind = match (a.is_empty(), b.is_empty()) {
            (true, true) => return,
            (false, true) => PartKind::LeftOut,
            (true, false) => PartKind::Added,
            (false, false) => PartKind::Replaced,
        };
        self.list.push(Part {
            kind,
            a: span(&a),
            b: span(&b),
            bits: None,
        });
    }

    fn pair(&mut self, a: &[Look], b: &[Look], x: usize, y: usize) {
        let equal = a[x].equals(&b[y]);
        let bits = a[x].bits(&b[y]).unwrap_or(0);
        if equal {
            self.equal += 1;
        } else {
            self.alike += 1;
            if self.worst.is_none_or(|(_, _, most)| bits > most) {
                self.worst = Some((number(x), number(y), bits));
            }
        }
        // Any black frame is like any other; dark ones with the noise of a camera are equal by no chance.
        let noisy = equal && x > 0 && !a[x].equals(&a[x - 1]);
        self.telling += usize::from(noisy || !(a[x].plain() && b[y].plain()));
        let part = Part {
            kind: if equal {
                PartKind::Equal
            } else {
                PartKind::Alike
            },
            a: span(&(x..x + 1)),
            b: span(&(y..y + 1)),
            bits: Some(bits),
        };
        match self.list.last_mut() {
            Some(last) if last.kind == part.kind => grow(last, &part),
            _ => self.list.push(part),
        }
    }
}

/// Appends a part of the same kind that follows on both sides.
fn grow(part: &mut Part, next: &Part) {
    let join = |one: Option<[u32; 2]>, other: Option<[u32; 2]>| match (one, other) {
        (Some([first, _]), Some([_, last])) => Some([first, last]),
        (one, other) => one.or(other),
    };
    (part.a, part.b) = (join(part.a, next.a), join(part.b, next.b));
    part.bits = part.bits.max(next.bits);
}

fn span(range: &std::ops::Range<usize>) -> Option<[u32; 2]> {
    (!range.is_empty()).then(|| [number(range.start), number(range.end - 1)])
}

fn number(frame: usize) -> u32 {
    crate::examine::count(frame)
}
