//! What can be proven of a long journal in seconds: its order, its tree, and who signed its heads.

use journal::tree::Frontier;
use journal::{Opener, Skimmed, skim};

use super::Backend;
use super::check::{Read, Replay, check_head, differences_of, read, survey};
use super::side_by_side::in_order;
use crate::error::Error;
use crate::fold::Table;
use crate::problem::{Place, Problem};
use crate::store::Checked;

/// Looks on while entries pass: is given the tree up to each.
pub(super) type Watch<'a> = &'a mut (dyn FnMut(&Frontier) + Send);

/// What the events of [`says_who_signs`] write.
const TABLES: [Table; 4] = [
    Table::Cases,
    Table::Actors,
    Table::Checkpoints,
    Table::Cosigned,
];

/// Whether entries of this kind say who signs, and which heads.
fn says_who_signs(kind: &str) -> bool {
    let family = kind.split_once('.').map_or(kind, |(family, _)| family);
    matches!(family, "case" | "actor" | "key" | "checkpoint")
}

/// Checks the link of every entry, the tree, the keys and the signed heads; form and signature of those
/// entries alone that say who signs, or that come after the first `covered`.
pub(super) fn check(
    backend: &impl Backend,
    covered: u64,
    watch: Watch<'_>,
) -> Result<Checked, Error> {
    survey(backend, |kept, checked| {
        let mut replay = Replay::of(says_who_signs);
        let opener = replay.chain.opener();
        let look_at = move |page: &[(u64, Vec<u8>)]| look(&opener, page, covered);
        in_order(kept, 0..u64::MAX, look_at, |looked| {
            match looked {
                Looked::Skimmed(kept_as, skimmed) => replay.pass(kept_as, &skimmed),
                Looked::Read(read) => replay.take(*read, &mut |_, _| {})?,
            }
            watch(&replay.chain.tree);
            Ok(())
        })?;
        checked.entries = replay.chain.tree.size();
        checked.root = journal::ContentId(replay.chain.tree.root());
        check_head(kept, &replay.chain, &mut replay.problems);
        if replay.whole {
            for table in TABLES {
                let problems = differences_of(table, kept, &replay.records)?;
                replay.problems.extend(problems);
            }
        } else {
            let what =
                "not compared with the journal, because not every entry of theirs can be replayed";
            let place = Place::Record("of keys and signed heads".into());
            replay.problems.push(Problem::new(place, what));
        }
        checked.problems.append(&mut replay.problems);
        Ok(())
    })
}

/// An envelope, as closely as it need be looked at.
enum Looked {
    Skimmed(u64, Skimmed),
    Read(Box<Read>),
}

fn look(opener: &Opener, page: &[(u64, Vec<u8>)], covered: u64) -> Vec<Looked> {
    let mut looked = Vec::with_capacity(page.len());
    // Those that are opened, are so together: their signatures share work.
    let mut from = 0;
    let open = |looked: &mut Vec<Looked>, entries: &[(u64, Vec<u8>)]| {
        let read = read(opener, entries);
        looked.extend(read.into_iter().map(|it| Looked::Read(Box::new(it))));
    };
    for (at, (seq, bytes)) in page.iter().enumerate() {
        if *seq >= covered {
            continue;
        }
        let skimmed = skim(bytes);
        if skimmed.kind.as_deref().is_some_and(says_who_signs) {
            continue;
        }
        open(&mut looked, &page[from..at]);
        looked.push(Looked::Skimmed(*seq, skimmed));
        from = at + 1;
    }
    open(&mut looked, &page[from..]);
    looked
}
