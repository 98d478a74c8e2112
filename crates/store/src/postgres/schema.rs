//! Layout of the schema, and its versions.

use super::address::Address;
use super::failure::{is_taken, sort};
use super::pool::Connection;
use crate::error::Error;
use crate::fold::Table;
use crate::problem::{Place, Problem};

/// The layouts, oldest first: the table `layout` counts how many are applied. An applied one is
/// never changed; a new layout is a new step at the end.
const STEPS: [fn(&Address) -> String; 14] = [
    first,
    series,
    removals,
    reviews,
    searching,
    whereabouts,
    remarks,
    people,
    requests,
    rare_words,
    masks,
    publications,
    renderings,
    received,
];

/// The tables of records in the first layout.
const FIRST: [Table; 12] = [
    Table::Cases,
    Table::Actors,
    Table::Items,
    Table::Sources,
    Table::Claims,
    Table::Observations,
    Table::Hypotheses,
    Table::Assessments,
    Table::Matches,
    Table::Watches,
    Table::Checkpoints,
    Table::Cosigned,
];

/// What the function behind the triggers says.
const STAY: &str = "BEGIN RAISE EXCEPTION 'entries are not changed or removed'; END";

fn first(address: &Address) -> String {
    let (entries, head, stay) = (
        address.at("entries"),
        address.at("head"),
        address.at("entries_stay"),
    );
    let mut sql = format!(
        "CREATE TABLE {entries} (seq bigint PRIMARY KEY, envelope bytea NOT NULL);
        CREATE FUNCTION {stay}() RETURNS trigger LANGUAGE plpgsql AS '{}';
        CREATE TRIGGER entries_stay BEFORE UPDATE OR DELETE ON {entries}
            FOR EACH ROW EXECUTE FUNCTION {stay}();
        CREATE TRIGGER entries_remain BEFORE TRUNCATE ON {entries}
            FOR EACH STATEMENT EXECUTE FUNCTION {stay}();
        ALTER TABLE {entries} ENABLE ALWAYS TRIGGER entries_stay;
        ALTER TABLE {entries} ENABLE ALWAYS TRIGGER entries_remain;
        CREATE TABLE {head} (
            only_one smallint PRIMARY KEY CHECK (only_one = 1),
            size bigint NOT NULL, last bytea NOT NULL, peaks bytea NOT NULL
        );
        INSERT INTO {head} VALUES (1, 0,
            '\\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '');",
        STAY.replace('\'', "''")
    );
    for table in FIRST {
        sql.push_str(&records(address, table));
    }
    sql
}

/// Series of releases.
fn series(address: &Address) -> String {
    records(address, Table::Series)
}

/// Tombstones of items.
fn removals(address: &Address) -> String {
    records(address, Table::Removals)
}

/// Reviews of items, and judgements of resemblance.
fn reviews(address: &Address) -> String {
    records(address, Table::MediaReviews) + &records(address, Table::Resemblances)
}
/// Kept searches, and the index of words.
fn searching(address: &Address) -> String {
    let (search, form) = (address.at("search"), address.at("search_form"));
    format!(
        "{}
        CREATE TABLE {search} (
            id bigint PRIMARY KEY, number bigint NOT NULL, words text NOT NULL,
            tokens tsvector NOT NULL GENERATED ALWAYS AS ({TOKENS}) STORED
        );
        CREATE INDEX search_by_token ON {search} USING gin (tokens);
        CREATE TABLE {form} (only_one smallint PRIMARY KEY CHECK (only_one = 1), form text NOT NULL);
        INSERT INTO {form} VALUES (1, '');",
        records(address, Table::Views)
    )
}

/// The set of the words of a document.
const TOKENS: &str = "array_to_tsvector(string_to_array(btrim(words), ' '))";

/// Dates and places of items.
fn whereabouts(address: &Address) -> String {
    records(address, Table::Dates) + &records(address, Table::Places)
}

/// Tags and notes.
fn remarks(address: &Address) -> String {
    records(address, Table::Tags) + &records(address, Table::Notes)
}

/// People who appear in items.
fn people(address: &Address) -> String {
    records(address, Table::People)
}

/// Requests that carried a key.
fn requests(address: &Address) -> String {
    records(address, Table::Requests)
}

/// Statistics of more words, so that the planner knows a rare one, such as the mark of one item, for rare:
/// else it reads a large case in order to find a dozen records.
fn rare_words(address: &Address) -> String {
    let search = address.at("search");
    format!("ALTER TABLE {search} ALTER COLUMN tokens SET STATISTICS 1000;")
}

/// Masks of items.
fn masks(address: &Address) -> String {
    records(address, Table::Masks)
}

/// What leaves the case.
fn publications(address: &Address) -> String {
    records(address, Table::Publications)
}

/// Masked copies of items.
fn renderings(address: &Address) -> String {
    records(address, Table::Renderings)
}

/// Publications that came in from others.
fn received(address: &Address) -> String {
    records(address, Table::Received)
}

// Labels are bytes, compared as such whatever the database's collation, and found by their hash:
// an index takes no long ones.
fn records(address: &Address, table: Table) -> String {
    let (name, at, entries) = (
        table.name(),
        address.at(table.name()),
        address.at("entries"),
    );
    let unique = unique(table);
    format!(
        "CREATE TABLE {at} (
            number bigint PRIMARY KEY, label bytea NOT NULL,
            entry bigint NOT NULL REFERENCES {entries} (seq), record text NOT NULL
        );
        CREATE {unique}INDEX {name}_by_label ON {at} (sha256(label));"
    )
}

fn unique(table: Table) -> &'static str {
    if table == Table::Matches {
        ""
    } else {
        "UNIQUE "
    }
}

/// Makes the case in a schema that is not there yet, or has nothing in it.
pub(super) fn create(connection: &mut Connection, address: &Address) -> Result<(), Error> {
    let taken = |e: &postgres::Error| match is_taken(e) {
        true => Error::AlreadyThere(address.shown.clone().into()),
        false => sort(e, &address.shown),
    };
    let inside = "SELECT (SELECT count(*) FROM pg_class c WHERE c.relnamespace = n.oid)
        FROM pg_namespace n WHERE n.nspname = $1";
    let found = connection.query(inside, &[&address.schema]);
    let found = found.map_err(|e| sort(&e, &address.shown))?;
    let make = match found.first().map(|row| row.get::<_, i64>(0)) {
        None => format!("CREATE SCHEMA \"{}\";", address.schema),
        Some(0) => String::new(),
        Some(_) => return Err(Error::AlreadyThere(address.shown.clone().into())),
    };
    let layout = address.at("layout");
    let sql = format!(
        "BEGIN; {make}
        CREATE TABLE {layout} (version bigint PRIMARY KEY);
        INSERT INTO {layout} VALUES (0); {} COMMIT",
        steps(address, 0)
    );
    let made = connection.client.batch_execute(&sql);
    made.map_err(|e| taken(&e))
}

fn steps(address: &Address, from: usize) -> String {
    let mut sql: String = STEPS[from..].iter().map(|step| step(address)).collect();
    let (layout, known) = (address.at("layout"), STEPS.len());
    sql.push_str(&format!("UPDATE {layout} SET version = {known};"));
    sql
}

/// Looks whether a case is there, and applies the steps that it lacks.
pub(super) fn open(connection: &mut Connection, address: &Address) -> Result<(), Error> {
    let unsure = |e: postgres::Error| sort(&e, &address.shown);
    let layout = address.at("layout");
    let there = connection.query("SELECT to_regclass($1) IS NOT NULL", &[&layout]);
    if !there.map_err(unsure)?.iter().any(|row| row.get(0)) {
        return Err(Error::NotACase(address.shown.clone().into()));
    }
    let known = STEPS.len() as i64;
    match version(connection, &layout).map_err(unsure)? {
        Some(found) if found == known => Ok(()),
        Some(found) if (0..known).contains(&found) => migrate(connection, address).map_err(unsure),
        Some(found) => Err(Error::Newer {
            path: address.shown.clone().into(),
            found,
            known,
        }),
        None => Err(Error::damaged(Place::Database, "its layout is not named")),
    }
}

fn version(connection: &mut Connection, layout: &str) -> Result<Option<i64>, postgres::Error> {
    let rows = connection.query(&format!("SELECT version FROM {layout}"), &[])?;
    Ok(rows.first().map(|row| row.get(0)))
}

fn migrate(connection: &mut Connection, address: &Address) -> Result<(), postgres::Error> {
    let layout = address.at("layout");
    let lock = format!("BEGIN; LOCK TABLE {layout} IN ACCESS EXCLUSIVE MODE");
    connection.client.batch_execute(&lock)?;
    // Another program may have been faster.
    let found = version(connection, &layout)?.unwrap_or_default();
    let sql = match usize::try_from(found) {
        Ok(from) if from < STEPS.len() => steps(address, from),
        _ => String::new(),
    };
    connection.client.batch_execute(&format!("{sql} COMMIT"))
}

/// Every object of the schema, one a line.
const OBJECTS: &str = "
    SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
            || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relkind NOT IN ('i', 't') AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL SELECT replace(pg_get_indexdef(i.indexrelid), $1 || '.', '')
            || CASE WHEN i.indisvalid THEN '' ELSE ' invalid' END
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1
    UNION ALL SELECT 'constraint of ' || c.relname || ' ' || replace(pg_get_constraintdef(k.oid), $1 || '.', '')
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND k.contype IN ('c', 'f') AND k.convalidated
    UNION ALL SELECT 'trigger of ' || c.relname || ' ' || t.tgname || ' ' || t.tgenabled::text || ' ' || t.tgtype
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND (NOT t.tgisinternal OR t.tgenabled <> 'O')
    UNION ALL SELECT 'function ' || p.proname || ' ' || p.prosrc
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = $1";

pub(super) fn objects(
    connection: &mut Connection,
    address: &Address,
) -> Result<Vec<String>, Error> {
    let rows = connection.query(OBJECTS, &[&address.schema]);
    let rows = rows.map_err(|e| sort(&e, &address.shown))?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// The objects of the newest layout.
fn expected() -> Vec<String> {
    let mut lines = vec![
        "column layout.version bigint not null".to_owned(),
        "column entries.seq bigint not null".to_owned(),
        "column entries.envelope bytea not null".to_owned(),
        "column head.only_one smallint not null".to_owned(),
        "column head.size bigint not null".to_owned(),
        "column head.last bytea not null".to_owned(),
        "column head.peaks bytea not null".to_owned(),
        "CREATE UNIQUE INDEX layout_pkey ON layout USING btree (version)".to_owned(),
        "CREATE UNIQUE INDEX entries_pkey ON entries USING btree (seq)".to_owned(),
        "CREATE UNIQUE INDEX head_pkey ON head USING btree (only_one)".to_owned(),
        "constraint of head CHECK ((only_one = 1))".to_owned(),
        // Types: 1 a row, 2 before, 8 delete, 16 update, 32 truncate. `A`: always.
        "trigger of entries entries_stay A 27".to_owned(),
        "trigger of entries entries_remain A 34".to_owned(),
        format!("function entries_stay {STAY}"),
        "column search.id bigint not null".to_owned(),
        "column search.number bigint not null".to_owned(),
        "column search.words text not null".to_owned(),
        "column search.tokens tsvector not null".to_owned(),
        "CREATE UNIQUE INDEX search_pkey ON search USING btree (id)".to_owned(),
        "CREATE INDEX search_by_token ON search USING gin (tokens)".to_owned(),
        "column search_form.only_one smallint not null".to_owned(),
        "column search_form.form text not null".to_owned(),
        "CREATE UNIQUE INDEX search_form_pkey ON search_form USING btree (only_one)".to_owned(),
        "constraint of search_form CHECK ((only_one = 1))".to_owned(),
    ];
    for table in Table::ALL {
        let (name, unique) = (table.name(), unique(table));
        lines.extend([
            format!("column {name}.number bigint not null"),
            format!("column {name}.label bytea not null"),
            format!("column {name}.entry bigint not null"),
            format!("column {name}.record text not null"),
            format!("CREATE UNIQUE INDEX {name}_pkey ON {name} USING btree (number)"),
            format!("CREATE {unique}INDEX {name}_by_label ON {name} USING btree (sha256(label))"),
            format!("constraint of {name} FOREIGN KEY (entry) REFERENCES entries(seq)"),
        ]);
    }
    lines
}

/// Where the objects found are not those of the newest layout.
pub(super) fn differences(found: &[String]) -> Vec<Problem> {
    let expected = expected();
    let lacking = expected.iter().filter(|line| !found.contains(line));
    let lacking = lacking.map(|line| format!("its layout lacks: {line}"));
    let foreign = found.iter().filter(|line| !expected.contains(line));
    let foreign = foreign.map(|line| format!("not of its layout: {line}"));
    let problem = |what| Problem::new(Place::Database, what);
    lacking.chain(foreign).map(problem).collect()
}
