//! What only a server can do wrong.

#![allow(clippy::unwrap_used)]

#[path = "conformance/sample.rs"]
#[allow(dead_code, reason = "the suites use the rest")]
mod sample;
#[path = "servers/postgres.rs"]
mod servers;

use std::thread;
use std::time::Duration;

use sample::*;
use servers::{Cluster, cluster};
use store::event::Event;
use store::{Error, PgStore, Store};

/// The server of this process, or the end of the test.
macro_rules! server {
    () => {
        match cluster() {
            Ok(cluster) => cluster,
            Err(why) => return println!("skipped: {why}"),
        }
    };
}

/// What the server says to SQL that it refuses.
fn refusal(cluster: &Cluster, sql: &str) -> String {
    let error = cluster.sql(sql).unwrap_err();
    error.as_db_error().unwrap().message().to_owned()
}

fn schema(case: &str) -> &str {
    case.rsplit_once("schema=").unwrap().1
}

/// The sentence and hint of a server's error.
fn server_error<T>(result: Result<T, Error>) -> (String, String) {
    match result.map(|_| ()) {
        Err(error @ Error::Server { .. }) => (
            error.to_string(),
            error.hint().unwrap_or_default().to_owned(),
        ),
        other => panic!("{other:?}"),
    }
}

#[test]
fn entries_can_be_neither_changed_nor_removed() {
    let cluster = server!();
    let case = cluster.case();
    let store = PgStore::create(&case).unwrap();
    opened(&store);
    let entries = format!("{}.entries", schema(&case));
    for sql in [
        format!("UPDATE {entries} SET envelope = 'x' WHERE seq = 1"),
        format!("DELETE FROM {entries} WHERE seq = 1"),
        format!("TRUNCATE {entries} CASCADE"),
        format!("SET session_replication_role = replica; DELETE FROM {entries}"),
    ] {
        assert_eq!(
            refusal(cluster, &sql),
            "entries are not changed or removed",
            "{sql}"
        );
    }
    assert_eq!(store.check().unwrap().problems, []);
}

#[test]
fn what_an_owner_does_behind_the_store_is_found() {
    let cluster = server!();
    let damage = |sql: &str| {
        let case = cluster.case();
        let store = PgStore::create(&case).unwrap();
        opened(&store);
        record(&store, source("x", None));
        let unlocked = "ALTER TABLE entries DISABLE TRIGGER USER;";
        let set = format!(
            "SET search_path = {}; {}",
            schema(&case),
            sql.replace("UNLOCK", unlocked)
        );
        cluster.sql(&set).unwrap();
        let problems = store.check().unwrap().problems;
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        said.join("\n")
    };
    for (sql, named) in [
        ("UNLOCK", "database: its layout lacks: trigger of entries entries_stay"),
        ("UNLOCK UPDATE entries SET envelope = envelope || 'x' WHERE seq = 2", "entry 2:"),
        ("UNLOCK ALTER TABLE sources DROP CONSTRAINT sources_entry_fkey; UPDATE sources SET entry = 1;
            DELETE FROM entries WHERE seq = 6", "tree head:"),
        ("UPDATE head SET size = size - 1", "tree head:"),
        ("DELETE FROM head", "tree head: it is missing"),
        ("UPDATE sources SET record = replace(record, '\"x\"', '\"y\"')", "record S1:"),
        ("DELETE FROM items WHERE number = 2", "record #2: it is missing"),
        ("DROP INDEX claims_by_label", "database: its layout lacks: CREATE UNIQUE INDEX claims_by_label"),
        ("DROP TABLE matches", "matches"),
        ("ALTER TABLE items ALTER COLUMN number TYPE numeric", "database:"),
        ("ALTER TABLE items ADD COLUMN more text", "not of its layout: column items.more text"),
        ("CREATE OR REPLACE FUNCTION entries_stay() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "not of its layout: function entries_stay"),
    ] {
        let said = damage(sql);
        assert!(said.contains(named), "{sql}: {said:?}");
    }
}

#[test]
fn commits_are_synced_whatever_the_default_is() {
    let cluster = server!();
    cluster
        .sql("CREATE ROLE hasty LOGIN SUPERUSER; ALTER ROLE hasty SET synchronous_commit = off")
        .unwrap();
    let case = cluster.case().replace("tester@", "hasty@");
    let store = PgStore::create(&case).unwrap();
    record(&store, Event::CaseOpened { name: "x".into() });
    // A trigger of the test's own sees what the transaction of an append has set.
    let spy = "CREATE FUNCTION spy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NEW; END $$;
        CREATE TABLE seen (said text);
        CREATE TRIGGER spy BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION spy()";
    let set = format!("SET search_path = {}; {spy}", schema(&case));
    cluster
        .sql(&set.replace("INTO seen", &format!("INTO {}.seen", schema(&case))))
        .unwrap();
    record(&store, source("x", None));
    let ask = format!(
        "DO $$ BEGIN ASSERT (SELECT array_agg(said) = '{{on}}' FROM {}.seen); END $$",
        schema(&case)
    );
    cluster.sql(&ask).unwrap();
}

#[test]
fn a_server_that_does_not_sync_is_refused() {
    for setting in ["fsync", "full_page_writes"] {
        let off = format!("{setting}=off");
        let hasty = match Cluster::start(&std::env::temp_dir(), &[&off]) {
            Ok(cluster) => cluster,
            Err(why) => return println!("skipped: {why}"),
        };
        let (sentence, hint) = server_error(PgStore::create(&hasty.case()));
        assert!(sentence.contains(&format!("{setting} off")), "{sentence}");
        assert!(hint.contains("postgresql.conf"), "{hint}");
    }
}

#[test]
fn what_stops_it_is_said() {
    let cluster = server!();
    cluster
        .sql("CREATE ROLE locked_out LOGIN PASSWORD 'x'; CREATE ROLE guest LOGIN")
        .unwrap();
    let at =
        |database: &str, user: &str| format!("{}&schema=case_nobody", cluster.url(database, user));
    let (sentence, hint) = server_error(PgStore::open(&at("postgres", "locked_out")));
    assert!(
        sentence.contains("password") && hint.contains("PGPASSWORD"),
        "{sentence}: {hint}"
    );
    let (sentence, hint) = server_error(PgStore::open(&at("nowhere", "tester")));
    assert!(
        sentence.contains("\"nowhere\" does not exist") && hint.contains("createdb"),
        "{sentence}"
    );
    let (sentence, hint) = server_error(PgStore::create(&at("postgres", "guest")));
    assert!(
        sentence.contains("permission denied") && hint.contains("grant"),
        "{sentence}: {hint}"
    );
    let away = "postgres://u@/d?host=%2Fnowhere&schema=x";
    let (sentence, hint) = server_error(PgStore::open(away));
    assert!(
        sentence.starts_with(away) && hint.contains("runs"),
        "{sentence}"
    );
    assert!(matches!(
        PgStore::open(&at("postgres", "tester")),
        Err(Error::NotACase(_))
    ));
    let case = cluster.case();
    PgStore::create(&case).unwrap();
    assert!(matches!(
        PgStore::create(&case),
        Err(Error::AlreadyThere(_))
    ));
    let newer = format!("UPDATE {}.layout SET version = 99", schema(&case));
    cluster.sql(&newer).unwrap();
    assert!(matches!(
        PgStore::open(&case),
        Err(Error::Newer { found: 99, .. })
    ));
}

#[test]
fn a_schema_made_for_the_case_may_be_used() {
    let cluster = server!();
    let case = cluster.case();
    cluster
        .sql(&format!("CREATE SCHEMA {}", schema(&case)))
        .unwrap();
    opened(&PgStore::create(&case).unwrap());
    assert_eq!(PgStore::open(&case).unwrap().check().unwrap().problems, []);
}

#[test]
fn connections_that_the_server_cut_are_made_anew() {
    let cluster = server!();
    // A database of its own: nobody else's connections are cut.
    cluster.sql("CREATE DATABASE cut").unwrap();
    let case = format!("{}&schema=case_cut", cluster.url("cut", "tester"));
    let store = PgStore::create(&case).unwrap();
    opened(&store);
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'cut'";
    for n in 0..3 {
        cluster.sql(cut).unwrap();
        thread::sleep(Duration::from_millis(50));
        record(&store, source(&n.to_string(), None));
    }
    assert_eq!(store.sources().unwrap().len(), 3);
}

#[test]
fn a_look_sees_one_moment_while_others_write() {
    let cluster = server!();
    let case = cluster.case();
    let store = PgStore::create(&case).unwrap();
    opened(&store);
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for n in 0..60 {
                record(&store, source(&n.to_string(), None));
            }
        });
        while !writer.is_finished() {
            assert_eq!(store.check().unwrap().problems, []);
        }
    });
    assert_eq!(store.head().unwrap().size, 6 + 60);
}

#[test]
fn an_async_task_may_be_the_last_to_hold_a_store() {
    let cluster = server!();
    let store = PgStore::create(&cluster.case()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(async { drop(store) });
}
