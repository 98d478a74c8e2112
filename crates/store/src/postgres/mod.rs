//! A case in a schema of its own of a PostgreSQL database.
//!
//! Writers take turns by a lock on the row of `head`, held until their transaction ends; reads see
//! one moment (`REPEATABLE READ`). Every transaction that writes has `synchronous_commit` on,
//! whatever the server's default, and a server that does not sync its log is refused: a commit
//! returns after its bytes are on the server's disk. The columns are those of SQLite's tables.

mod address;
mod failure;
mod pool;
mod schema;
mod search;
mod session;

use crate::entries::{Backend, Entries, KeptHead, bring_up_to_date};
use crate::error::Error;
use address::Address;
use failure::sort;
use journal::ContentId;
use pool::{Connection, Pool};
use session::Session;

/// The journal and records of one case in one schema of a PostgreSQL database.
pub struct PgStore {
    pool: Pool,
}

impl PgStore {
    /// Makes a new, empty case at `postgres://USER@HOST/DATABASE?schema=NAME`: in a schema that is
    /// not there yet, or is empty. Its first event is [`crate::event::Event::CaseOpened`].
    ///
    /// The password comes from `$PGPASSWORD` or the password file of libpq. TLS is used to every
    /// server that is not on this machine, and its certificate verified, unless `sslmode=disable`
    /// is in the address.
    ///
    /// # Errors
    /// [`Error::AlreadyThere`] when something is in the schema; [`Error::Server`] when the server
    /// is away, refuses, or does not keep what it acknowledges; [`Error::Refused`] when the address
    /// is none, or holds a password.
    pub fn create(address: &str) -> Result<Self, Error> {
        let address = Address::parse(address)?;
        let mut connection = connect(&address)?;
        schema::create(&mut connection, &address)?;
        let store = Self {
            pool: Pool::new(address, connection),
        };
        bring_up_to_date(&store)?;
        Ok(store)
    }

    /// Opens a case, and brings an older layout up to date.
    ///
    /// # Errors
    /// [`Error::NotACase`], [`Error::Newer`], and those of [`PgStore::create`].
    pub fn open(address: &str) -> Result<Self, Error> {
        let address = Address::parse(address)?;
        let mut connection = connect(&address)?;
        schema::open(&mut connection, &address)?;
        let store = Self {
            pool: Pool::new(address, connection),
        };
        bring_up_to_date(&store)?;
        Ok(store)
    }

    /// Whether the entry that `head` names last is in the journal. Asked after a broken commit:
    /// the lock waits for its transaction to end, one way or the other.
    fn is_kept(&self, head: &KeptHead) -> Result<bool, Error> {
        let seq = head.tree.size().saturating_sub(1);
        self.write(|kept| {
            let found = kept.envelopes(seq, 1)?;
            let last =
                |(at, bytes): &(u64, Vec<u8>)| *at == seq && ContentId::of(bytes) == head.last;
            Ok(found.iter().any(last))
        })
    }
}

/// Connects to a server that keeps what it acknowledges.
fn connect(address: &Address) -> Result<Connection, Error> {
    let mut connection = Connection::open(address)?;
    for setting in ["fsync", "full_page_writes"] {
        let said = connection.query("SELECT current_setting($1)", &[&setting]);
        let said = said.map_err(|e| sort(&e, &address.shown))?;
        if said.iter().any(|row| row.get::<_, &str>(0) != "on") {
            let what =
                format!("the server runs with {setting} off: a power cut loses what it kept");
            let hint = format!("set {setting} = on in postgresql.conf and reload");
            return Err(Error::server(&address.shown, what, &hint));
        }
    }
    Ok(connection)
}

/// Begins a transaction that sees one moment.
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Begins a transaction of the only writer. A stricter `remote_apply` is left as it is.
fn begin_write(address: &Address) -> String {
    format!(
        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
        SELECT set_config('synchronous_commit', 'on', true)
            WHERE current_setting('synchronous_commit') <> 'remote_apply';
        SELECT 1 FROM {} FOR UPDATE",
        address.at("head")
    )
}

impl Backend for PgStore {
    fn read<T>(&self, look: impl FnOnce(&dyn Entries) -> Result<T, Error>) -> Result<T, Error> {
        let address = self.pool.address();
        let mut lent = self.pool.begin(READ)?;
        let seen = look(&Session::new(lent.connection(), address));
        // What was seen is seen: a transaction that only read has nothing to lose.
        lent.end("ROLLBACK").ok();
        seen
    }

    fn survey<T>(&self, look: impl FnOnce(&dyn Entries) -> Result<T, Error>) -> Result<T, Error> {
        self.read(look)
    }

    fn write<T>(
        &self,
        work: impl FnOnce(&mut dyn Entries) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let address = self.pool.address();
        let mut lent = self.pool.begin(&begin_write(address))?;
        let mut session = Session::new(lent.connection(), address);
        let done = work(&mut session);
        let left = session.left.take();
        let done = match done {
            Ok(done) => done,
            Err(error) => {
                // Where this fails the connection is closed, which rolls back as well.
                lent.end("ROLLBACK").ok();
                return Err(error);
            }
        };
        let Err(error) = lent.end("COMMIT") else {
            return Ok(done);
        };
        drop(lent);
        match left {
            Some(head) if error.code().is_none() => match self.is_kept(&head) {
                Ok(true) => Ok(done),
                Ok(false) => Err(sort(&error, &address.shown)),
                Err(_) => Err(Error::Unsure(address.shown.clone())),
            },
            _ => Err(sort(&error, &address.shown)),
        }
    }
}
