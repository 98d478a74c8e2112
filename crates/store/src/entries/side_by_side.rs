//! Reading every entry: the work on each by itself is done on all processors, the rest in order.

use std::ops::Range;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, ScopedJoinHandle};

use super::Entries;
use crate::error::Error;
use crate::problem::Place;

/// Entries read at a time. With two such pages for each processor, what is in memory stays bounded.
const PAGE: usize = 500;

type Page = Vec<(u64, Vec<u8>)>;

/// Gives pages of the entries in `range` to `look`, side by side, and what that makes of each entry to `take`, in order.
/// Ends early when `take` fails.
pub(super) fn in_order<T: Send>(
    kept: &dyn Entries,
    range: Range<u64>,
    look: impl Fn(&[(u64, Vec<u8>)]) -> Vec<T> + Sync,
    mut take: impl FnMut(T) -> Result<(), Error> + Send,
) -> Result<(), Error> {
    let lookers = thread::available_parallelism().map_or(1, usize::from);
    let look = &look;
    thread::scope(|scope| {
        let mut givers = Vec::with_capacity(lookers);
        let mut takers = Vec::with_capacity(lookers);
        for _ in 0..lookers {
            let (give, given) = sync_channel::<Page>(1);
            let (pass, passed) = sync_channel::<Vec<T>>(1);
            scope.spawn(move || look_at(&given, &pass, look));
            givers.push(give);
            takers.push(passed);
        }
        let taking = scope.spawn(move || {
            // Pages go round the lookers, so that they come back in order.
            for passed in takers.iter().cycle() {
                let Ok(page) = passed.recv() else {
                    return Ok(());
                };
                page.into_iter().try_for_each(&mut take)?;
            }
            Ok(())
        });
        let read = give_all(kept, range, &givers);
        drop(givers);
        read.and(end(taking))
    })
}

fn look_at<T>(
    given: &Receiver<Page>,
    pass: &SyncSender<Vec<T>>,
    look: impl Fn(&[(u64, Vec<u8>)]) -> Vec<T>,
) {
    for page in given {
        if pass.send(look(&page)).is_err() {
            return;
        }
    }
}

/// Reads all pages. Whoever takes them may end early, and says why.
fn give_all(
    kept: &dyn Entries,
    range: Range<u64>,
    givers: &[SyncSender<Page>],
) -> Result<(), Error> {
    let mut next = range.start;
    for give in givers.iter().cycle() {
        let left = usize::try_from(range.end.saturating_sub(next)).unwrap_or(PAGE);
        let page = kept.envelopes(next, left.min(PAGE))?;
        let Some((last, _)) = page.last() else {
            return Ok(());
        };
        if *last < next {
            return Err(Error::damaged(Place::Database, "entries are out of order"));
        }
        next = last + 1;
        if give.send(page).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

fn end(taking: ScopedJoinHandle<'_, Result<(), Error>>) -> Result<(), Error> {
    match taking.join() {
        Ok(done) => done,
        Err(panic) => std::panic::resume_unwind(panic),
    }
}
