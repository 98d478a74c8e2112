//! The connection that writes, and how those who append at once share its syncs.
//!
//! A commit waits for the disk to sync, which it does a few hundred times a second. So whoever appends
//! leaves the transaction open for those who wait to append, and the last of them commits for all.
//! Nobody returns before that. What one of them did is undone without the others.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;

use rusqlite::Connection;

use super::failure::sort;
use crate::error::Error;

/// Writers of one transaction. The first waits for the last, and other processes for all.
const MOST: usize = 64;

/// The connection that writes.
pub(super) struct Writing {
    desk: Mutex<Desk>,
    /// Told when a transaction ended.
    ended: Condvar,
    /// Those who wait for the desk and will end a transaction that they find open.
    coming: AtomicUsize,
}

struct Desk {
    connection: Connection,
    path: PathBuf,
    open: Option<Open>,
}

/// The transaction that is open.
#[derive(Default)]
struct Open {
    members: usize,
    end: Arc<OnceLock<End>>,
}

/// How a transaction ended: on disk, or why not.
type End = Result<(), Error>;

impl Writing {
    pub(super) fn new(connection: Connection, path: PathBuf) -> Self {
        let desk = Desk {
            connection,
            path,
            open: None,
        };
        Self {
            desk: Mutex::new(desk),
            ended: Condvar::new(),
            coming: AtomicUsize::new(0),
        }
    }

    /// Does `work` in a transaction of its own.
    pub(super) fn alone<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let open = |desk: &mut Desk| desk.open.is_some();
        let waited = self.ended.wait_while(self.desk(), open);
        let mut desk = waited.unwrap_or_else(PoisonError::into_inner);
        let end = desk.join()?;
        let done = desk.attempt(work);
        desk.commit();
        self.ended.notify_all();
        drop(desk);
        finish(done, &end)
    }

    /// Does `work` in one transaction with others who come at the same time.
    pub(super) fn together<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.coming.fetch_add(1, Ordering::SeqCst);
        let mut desk = self.desk();
        self.coming.fetch_sub(1, Ordering::SeqCst);
        let end = desk.join()?;
        let done = desk.attempt(work);
        let full = desk.open.as_ref().is_some_and(|it| it.members >= MOST);
        if full || self.coming.load(Ordering::SeqCst) == 0 {
            desk.commit();
        }
        if desk.open.is_none() {
            self.ended.notify_all();
        }
        let open = |_: &mut Desk| end.get().is_none();
        drop(self.ended.wait_while(desk, open));
        finish(done, &end)
    }

    /// Whoever panicked in its work left the desk in order.
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Desk {
    /// Begins a transaction where none is open, and says where its end will be told.
    fn join(&mut self) -> Result<Arc<OnceLock<End>>, Error> {
        if self.open.is_none() {
            self.run("BEGIN IMMEDIATE")?;
        }
        let open = self.open.get_or_insert_default();
        open.members += 1;
        Ok(Arc::clone(&open.end))
    }

    /// Does `work`, or nothing of it where it fails or panics.
    fn attempt<T>(
        &mut self,
        work: impl FnOnce(&Connection) -> Result<T, Error>,
    ) -> thread::Result<Result<T, Error>> {
        let first = self.open.as_ref().is_none_or(|open| open.members == 1);
        if !first && let Err(error) = self.run("SAVEPOINT member") {
            return Ok(Err(error));
        }
        let done = catch_unwind(AssertUnwindSafe(|| work(&self.connection)));
        let kept = matches!(done, Ok(Ok(_)));
        if self.connection.is_autocommit() {
            // SQLite gives the whole transaction up where the disk is full or fails.
            let why = match &done {
                Ok(Err(error)) => same(error),
                _ => lost(),
            };
            self.end(Err(why));
        } else if !first {
            let settled = self.run(match kept {
                true => "RELEASE member",
                false => "ROLLBACK TO member; RELEASE member",
            });
            if let Err(error) = settled {
                self.abandon(error);
            }
        } else if !kept {
            self.abandon(lost());
        }
        done
    }

    /// Puts what is in the transaction on disk, if one is open still.
    fn commit(&mut self) {
        if self.open.is_none() {
            return;
        }
        match self.run("COMMIT") {
            Ok(()) => self.end(Ok(())),
            Err(error) => self.abandon(error),
        }
    }

    fn abandon(&mut self, why: Error) {
        if !self.connection.is_autocommit() {
            // Where this fails the next transaction cannot begin, and says so.
            self.run("ROLLBACK").ok();
        }
        self.end(Err(why));
    }

    fn end(&mut self, end: End) {
        if let Some(open) = self.open.take() {
            open.end.get_or_init(|| end);
        }
    }

    fn run(&self, sql: &str) -> Result<(), Error> {
        let ran = self.connection.execute_batch(sql);
        ran.map_err(|e| sort(e, &self.path))
    }
}

fn finish<T>(done: thread::Result<Result<T, Error>>, end: &OnceLock<End>) -> Result<T, Error> {
    let done = done.unwrap_or_else(|panic| resume_unwind(panic))?;
    match end.get() {
        Some(Ok(())) => Ok(done),
        Some(Err(error)) => Err(same(error)),
        None => Err(lost()),
    }
}

/// The same failure, for another member of the transaction.
fn same(error: &Error) -> Error {
    match error {
        Error::DiskFull(path) => Error::DiskFull(path.clone()),
        Error::Busy => Error::Busy,
        Error::Damaged(problem) => Error::Damaged(problem.clone()),
        other => Error::Database(other.to_string().into()),
    }
}

fn lost() -> Error {
    Error::Database("the transaction was given up".into())
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::time::Duration;

    use super::*;
    use crate::error::Refusal;

    fn writing(folder: &tempfile::TempDir) -> (Writing, Connection) {
        let path = folder.path().join("rows.db");
        let connection = Connection::open(&path).unwrap();
        let layout = "PRAGMA journal_mode = wal; CREATE TABLE rows (name TEXT UNIQUE) STRICT";
        connection.execute_batch(layout).unwrap();
        let beside = Connection::open(&path).unwrap();
        (Writing::new(connection, path), beside)
    }

    fn put(connection: &Connection, name: usize) -> Result<usize, Error> {
        let put = connection.execute("INSERT INTO rows VALUES (?1)", [name.to_string()]);
        put.map_err(|e| Error::Database(Box::new(e)))?;
        Ok(count(connection))
    }

    fn count(connection: &Connection) -> usize {
        let sql = "SELECT count(*) FROM rows";
        connection.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// Holds the first writer back until all others wait, and gives what each saw.
    fn race(
        writing: &Writing,
        others: usize,
        work: impl Fn(&Connection, usize) -> Result<usize, Error> + Sync,
    ) -> Vec<thread::Result<Result<usize, Error>>> {
        let begun = Barrier::new(2);
        thread::scope(|scope| {
            let first = scope.spawn(|| {
                writing.together(|connection| {
                    begun.wait();
                    while writing.coming.load(Ordering::SeqCst) < others {
                        thread::sleep(Duration::from_millis(1));
                    }
                    work(connection, 0)
                })
            });
            begun.wait();
            let work = &work;
            let other = |name| writing.together(|connection| work(connection, name));
            let others: Vec<_> = (1..=others)
                .map(|name| scope.spawn(move || other(name)))
                .collect();
            let all = std::iter::once(first).chain(others);
            all.map(|writer| writer.join()).collect()
        })
    }

    #[test]
    fn those_who_wait_are_in_one_transaction() {
        let folder = tempfile::tempdir().unwrap();
        let (writing, beside) = writing(&folder);
        let seen_beside = |connection: &Connection, name| {
            assert_eq!(count(&beside_of(connection)), 0, "nothing is committed");
            put(connection, name)
        };
        let mut seen: Vec<usize> = race(&writing, 7, seen_beside)
            .into_iter()
            .map(|it| it.unwrap().unwrap())
            .collect();
        seen.sort_unstable();
        assert_eq!(seen, [1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(count(&beside), 8);
    }

    fn beside_of(connection: &Connection) -> Connection {
        Connection::open(connection.path().unwrap()).unwrap()
    }

    #[test]
    fn one_who_fails_or_panics_undoes_its_own_work_alone() {
        for failing in [0, 3, 7] {
            let folder = tempfile::tempdir().unwrap();
            let (writing, beside) = writing(&folder);
            let ended = race(&writing, 7, |connection, name| {
                let seen = put(connection, name)?;
                match name {
                    _ if name == failing => Err(Refusal::invalid("no", "do not").into()),
                    5 => panic!("in the middle of it"),
                    _ => Ok(seen),
                }
            });
            let kept = ended.iter().filter(|it| matches!(it, Ok(Ok(_)))).count();
            assert_eq!((kept, count(&beside)), (6, 6));
            assert_eq!(ended.iter().filter(|it| it.is_err()).count(), 1);
            writing.together(|connection| put(connection, 9)).unwrap();
            assert_eq!(count(&beside), 7);
        }
    }

    #[test]
    fn nobody_is_told_that_a_lost_transaction_was_kept() {
        let folder = tempfile::tempdir().unwrap();
        let (writing, beside) = writing(&folder);
        let ended = race(&writing, 7, |connection, name| {
            let seen = put(connection, name)?;
            if name == 4 {
                // As SQLite does where the disk is full.
                connection.execute_batch("ROLLBACK").unwrap();
                return Err(Error::DiskFull("rows.db".into()));
            }
            Ok(seen)
        });
        let told = ended.iter().filter(|it| matches!(it, Ok(Ok(_)))).count();
        assert_eq!(told, count(&beside));
        assert!(told < 7);
    }

    #[test]
    fn whoever_wants_to_be_alone_is() {
        let folder = tempfile::tempdir().unwrap();
        let (writing, beside) = writing(&folder);
        thread::scope(|scope| {
            for name in 0..40 {
                let (writing, beside) = (&writing, beside_of(&beside));
                scope.spawn(move || match name % 4 {
                    0 => writing.alone(|connection| {
                        let committed = count(&beside);
                        let seen = put(connection, name)?;
                        assert_eq!(seen, committed + 1, "others are in the transaction");
                        Ok(seen)
                    }),
                    _ => writing.together(|connection| put(connection, name)),
                });
            }
        });
        assert_eq!(count(&beside), 40);
    }
}
