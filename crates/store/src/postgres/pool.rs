//! Connections, each used by one thread at a time and kept for the next.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use postgres::types::ToSql;
use postgres::{Client, NoTls, Row, Statement};
use rustls::ClientConfig;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::address::Address;
use super::failure::sort;
use crate::error::Error;

/// Connections of one program at most; more threads than that wait for each other.
const MOST: usize = 8;

/// What every connection begins with: nobody waits for ever for another writer, and a writer that
/// fell silent in the middle of a transaction does not hold the others up for ever. Each search is planned
/// for the words that it is for: a plan for any words reads a case of a million records in order.
const BEGIN_SESSION: &str = "SET lock_timeout = '30s';
    SET idle_in_transaction_session_timeout = '60s';
    SET search_path = pg_catalog;
    SET plan_cache_mode = force_custom_plan";

/// A connection, with the statements that were prepared on it.
pub(super) struct Connection {
    pub(super) client: Client,
    statements: HashMap<String, Statement>,
}

impl Connection {
    pub(super) fn open(address: &Address) -> Result<Self, Error> {
        let unsure = |e: postgres::Error| sort(&e, &address.shown);
        let mut client = match address.config.get_ssl_mode() {
            postgres::config::SslMode::Disable => address.config.connect(NoTls),
            _ => address.config.connect(tls(address)?),
        }
        .map_err(unsure)?;
        client.batch_execute(BEGIN_SESSION).map_err(unsure)?;
        Ok(Self {
            client,
            statements: HashMap::new(),
        })
    }

    fn prepared(&mut self, sql: &str) -> Result<Statement, postgres::Error> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql)?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(super) fn query(
        &mut self,
        sql: &str,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, postgres::Error> {
        let statement = self.prepared(sql)?;
        self.client.query(&statement, params)
    }

    pub(super) fn execute(
        &mut self,
        sql: &str,
        params: &[&(dyn ToSql + Sync)],
    ) -> Result<u64, postgres::Error> {
        let statement = self.prepared(sql)?;
        self.client.execute(&statement, params)
    }
}

/// TLS that trusts whom the system trusts, or `$SSL_CERT_FILE`.
fn tls(address: &Address) -> Result<MakeRustlsConnect, Error> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = rustls::crypto::ring::default_provider();
    let config = ClientConfig::builder_with_provider(provider.into())
        .with_safe_default_protocol_versions()
        .map_err(|e| Error::server(&address.shown, e.to_string(), "build it anew"))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

/// The connections of one store.
pub(super) struct Pool {
    address: Address,
    state: Mutex<State>,
    returned: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Connection>,
    lent: usize,
}

impl Pool {
    pub(super) fn new(address: Address, first: Connection) -> Self {
        let state = State {
            idle: vec![first],
            lent: 0,
        };
        Self {
            address,
            state: Mutex::new(state),
            returned: Condvar::new(),
        }
    }

    pub(super) fn address(&self) -> &Address {
        &self.address
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection with `begin` executed on it. One that was kept may have died meanwhile: then
    /// there is nothing of a transaction yet, and the next is tried.
    pub(super) fn begin(&self, begin: &str) -> Result<Lent<'_>, Error> {
        loop {
            let (mut lent, kept) = self.take()?;
            match lent.connection().client.batch_execute(begin) {
                Ok(()) => return Ok(lent),
                Err(e) if kept && (e.is_closed() || lent.connection().client.is_closed()) => {}
                Err(e) => {
                    let sorted = sort(&e, &self.address.shown);
                    lent.end("ROLLBACK").ok();
                    return Err(sorted);
                }
            }
        }
    }

    /// A connection, and whether it was one that was kept.
    fn take(&self) -> Result<(Lent<'_>, bool), Error> {
        let mut state = self.state();
        while state.lent >= MOST {
            state = self
                .returned
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        state.lent += 1;
        let kept = state.idle.pop();
        drop(state);
        let mut lent = Lent {
            pool: self,
            connection: None,
            sound: false,
        };
        let was_kept = kept.is_some();
        lent.connection = Some(match kept {
            Some(kept) => kept,
            None => Connection::open(&self.address)?,
        });
        Ok((lent, was_kept))
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        let idle = std::mem::take(&mut state.idle);
        // Closing a connection waits for it, which a thread that drives async tasks may not; and the
        // last to hold a store may be such a task.
        let closing = std::thread::spawn(move || drop(idle));
        // A panic there leaves nothing open that the end of this process does not close.
        closing.join().ok();
    }
}

/// A connection in use. Goes back to the pool once its transaction was ended in good order;
/// otherwise it is closed, and the server rolls back what was begun on it.
pub(super) struct Lent<'a> {
    pool: &'a Pool,
    connection: Option<Connection>,
    sound: bool,
}

impl Lent<'_> {
    #[allow(clippy::expect_used)]
    pub(super) fn connection(&mut self) -> &mut Connection {
        // Put there by `take` before anybody sees this, and removed by `drop` alone.
        self.connection.as_mut().expect("a lent connection")
    }

    /// Ends the transaction with `COMMIT` or `ROLLBACK`.
    pub(super) fn end(&mut self, how: &str) -> Result<(), postgres::Error> {
        let ended = self.connection().client.batch_execute(how);
        self.sound = ended.is_ok();
        ended
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut state = self.pool.state();
        state.lent -= 1;
        if self.sound {
            state.idle.extend(self.connection.take());
        }
        drop(state);
        self.pool.returned.notify_one();
    }
}
