"""What `search.py` compares with: the same records found by plain SQL, in SQLite and in PostgreSQL."""
import os
import sqlite3
import subprocess
import sys
import time


class SqliteControl:
    """The plain SQL, in a database of SQLite."""

    def __init__(self, case):
        self.database = sqlite3.connect(f"file:{case / 'case.db'}?mode=ro", uri=True)

    def take(self, terms):
        sql, given = (terms, ()) if isinstance(terms, str) else self.found(terms)
        start = time.perf_counter()
        self.database.execute(sql, given).fetchall()
        return time.perf_counter() - start

    def found(self, terms):
        quote = lambda term: f'"{term[:-1]}" *' if term.endswith("*") else f'"{term}"'
        wanted = " AND ".join(quote(term) for term in terms if not term.startswith("-"))
        unwanted = [quote(term[1:]) for term in terms if term.startswith("-")]
        wanted = f"({wanted}) NOT ({' OR '.join(unwanted)})" if unwanted else wanted
        return "SELECT rowid, number FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT 51", (wanted,)


class PostgresControl:
    """The same in a schema of PostgreSQL, timed by psql."""

    def __init__(self, database):
        address, schema = database.split("?schema=")
        self.psql = subprocess.Popen(["psql", "-qAtX", address], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.tell(f"SET search_path = {schema}", "\\timing on")

    def tell(self, *lines):
        self.psql.stdin.write("".join(f"{line}{'' if line.startswith(chr(92)) else ';'}\n" for line in lines))
        self.psql.stdin.flush()

    def take(self, terms):
        self.tell(terms if isinstance(terms, str) else self.found(terms))
        for line in self.psql.stdout:
            if line.startswith("Time: "):
                return float(line.split()[1]) / 1000
        sys.exit("psql ended")

    def found(self, terms):
        def quote(term):
            words = term.lstrip("-").rstrip("*").split(" ")
            one = " & ".join(f"'{word}'" for word in words) + (":*" if term.endswith("*") else "")
            return f"!({one})" if term.startswith("-") else f"({one})"
        sets = " & ".join(quote(term) for term in terms).replace("'", "''")
        return f"SELECT id, number FROM search WHERE tokens @@ '{sets}'::tsquery ORDER BY id DESC LIMIT 51"


def copied(case, asked, to):
    """Copies the rows of a case on SQLite into a new one in a schema of PostgreSQL, and links its blobs."""
    address, schema = to.split("?schema=")
    database = sqlite3.connect(case / "case.db")
    names = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_%' AND name NOT LIKE 'sqlite_%'")
    tables = [name for (name,) in names if name not in ("entries", "head", "search", "layout")]
    begin = "".join(f"DELETE FROM {schema}.{table};" for table in [*tables, "search"])
    psql(address, f"BEGIN; {begin} ALTER TABLE {schema}.entries DISABLE TRIGGER USER; DELETE FROM {schema}.entries; COMMIT")
    copy(database, address, schema, "entries", "seq, envelope", ())
    copy(database, address, schema, "head", "size, last, peaks", ())
    for table in tables:
        copy(database, address, schema, table, "number, label, entry, record", ("label",))
    copy(database, address, schema, "search", "id, number, words", (), "SELECT rowid, number, words FROM search")
    form = database.execute("SELECT form FROM search_form").fetchone()[0]
    psql(address, f"UPDATE {schema}.search_form SET form = $form${form}$form$; "
                  f"ALTER TABLE {schema}.entries ENABLE ALWAYS TRIGGER entries_stay; "
                  f"ALTER TABLE {schema}.entries ENABLE ALWAYS TRIGGER entries_remain; VACUUM ANALYZE")
    for blob in (case / "blobs").rglob("*"):
        if blob.is_file():
            there = asked / blob.relative_to(case)
            there.parent.mkdir(parents=True, exist_ok=True)
            if not there.exists():
                os.link(blob, there)


def psql(address, sql):
    subprocess.run(["psql", "-qX", "-v", "ON_ERROR_STOP=1", address], input=sql + ";", check=True, text=True)


def copy(database, address, schema, table, columns, as_bytes, sql=None):
    """Copies the rows of a table; text of the columns `as_bytes` is bytes there."""
    names = columns.split(", ")

    def written(name, value):
        if isinstance(value, str) and name in as_bytes:
            value = value.encode()
        if isinstance(value, bytes):
            return "\\\\x" + value.hex()
        return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")

    if table == "head":
        psql(address, f"DELETE FROM {schema}.head")
        columns = "only_one, " + columns
    process = subprocess.Popen(["psql", "-qX", "-v", "ON_ERROR_STOP=1", address, "-c", f"COPY {schema}.{table} ({columns}) FROM STDIN"],
                               stdin=subprocess.PIPE, text=True)
    for row in database.execute(sql or f"SELECT {', '.join(names)} FROM {table}"):
        line = "\t".join(written(name, value) for name, value in zip(names, row))
        process.stdin.write(("1\t" if table == "head" else "") + line + "\n")
    process.stdin.close()
    if process.wait():
        sys.exit(f"{table} was not copied")
