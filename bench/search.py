"""How long lists, filters and searches of a large case take, asked of the real server as the page asks it.

Makes a case of 100,000 items and a million entries by the store's own append (every item as if it were one real
clip, so that its bytes can be read), and asks one question after the other, each new. No peer is known: beside what
the server takes stands what the database alone takes for the plain SQL that finds the same records, so that a slow
machine is not taken for a slow program. The reach is an answer within 100 ms at the 95th percentile.

With --database the same case is asked on PostgreSQL: its rows are copied there, and the tables are not made again.
"""
import argparse
import http.client
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
import urllib.parse
from pathlib import Path

from measuring import RELEASE
from search_control import PostgresControl, SqliteControl, copied

SYLLABLES = ["ka", "lo", "мир", "ta", "ve", "rin", "שלום", "so", "爆発", "mu", "ne", "ž", "po", "سلام", "di", "фа"]
CLIP = Path(__file__).resolve().parent.parent / "fixtures" / "clips" / "city-repost.mp4"


def word(rank):
    """The word of this rank, as the example `large` writes it."""
    made = ""
    while rank:
        made += SYLLABLES[rank % 16]
        rank //= 16
    return made


def folded(text):
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    # What the index does to these letters is its own; the control leaves such words out.
    return None if "爆" in plain else plain


class Questions:
    """Kinds of question: what is asked of the server, and the terms or the SQL that find the same."""

    def __init__(self, items):
        self.items = items

    def kinds(self):
        return {
            "case at a glance": self.case,
            "library, first page": self.library("oldest", False),
            "library, a page far in": self.library("oldest", True),
            "library, newest first": self.library("newest", False),
            "items with matches": self.filtered({"with": "match"}, ["·with·match"]),
            "items with cuts": self.filtered({"with": "cut"}, ["·with·cut"]),
            "items with a tag": self.tagged,
            "items uploaded in a month": self.monthly("uploaded"),
            "items preserved in a month": self.monthly("recorded"),
            "items: cuts, no match, month, word": self.several,
            "item: what it is": self.item(""),
            "item: its record": self.item("/record"),
            "item: its frames": self.item("/frames?from=0&count=2000"),
            "item: its matches": self.matches,
            "item: what shares its footage": lambda r: (f"/api/reuse?item={self.number(r)}", None),
            "item: evidence against explanations": lambda r: (f"/api/matrix?item={self.number(r)}", None),
            "journal, 200 entries": self.journal,
            "one frequent word": self.words(lambda r: [word(r.randint(1, 9))]),
            "one middling word": self.words(lambda r: [word(r.randint(100, 999))]),
            "one rare word": self.words(lambda r: [word(r.randint(9999, 19999))]),
            "two frequent words": self.words(lambda r: [word(r.randint(1, 9)), word(r.randint(10, 99))]),
            "three words": self.words(lambda r: [word(r.randint(1, 9)) for _ in range(3)]),
            "a phrase": self.phrase,
            "a beginning": self.beginning,
            "one or two letters of a word": self.letters,
            "a frequent word but another": self.without,
            "oldest with a word, far in": self.deep,
            "claims: status, month, word": self.claims,
            "all of a source": self.source,
            "all about an item": self.about,
            "matches to review, oldest first": self.unreviewed,
            "a saved view": self.view,
            "what a link names": self.link,
            "people": lambda r: ("/api/people", None),
            "tags": lambda r: ("/api/tags", None),
            "tags of an item": lambda r: (f"/api/tags?on=%23{self.number(r)}", None),
            "dates": lambda r: ("/api/dates", None),
            "sources": lambda r: ("/api/sources", None),
        }

    def number(self, r):
        return r.randint(1, self.items)

    def case(self, r):
        return "/api/case", "SELECT count(*) FROM (SELECT max(number) FROM items) counted"

    def library(self, order, far):
        def ask(r):
            entry = r.randint(0, self.items * 10) if far else 0
            after = f"&after={entry * 4096}" if far else ""
            compare = f"number > {entry // 10} ORDER BY number" if order == "oldest" else "true ORDER BY number DESC"
            return f"/api/items?limit=100&order={order}{after}", f"SELECT record FROM items WHERE {compare} LIMIT 100"
        return ask

    def filtered(self, asked, terms, order="oldest"):
        return lambda r: (items(order=order, **asked), ["·kind·item", *terms])

    def tagged(self, r):
        tag = word(r.randint(1, 99))
        plain = folded(tag)
        return items(tag=tag), plain and ["·kind·item", f"·tag·{plain}"]

    def monthly(self, field):
        def ask(r):
            month = f"2025-{r.randint(1, 12):02}"
            return items(order="newest", **{field: month}), ["·kind·item", f"·{field}·{month}"]
        return ask

    def several(self, r):
        month, frequent = f"2025-{r.randint(1, 12):02}", word(r.randint(1, 9))
        asked = {"with": "cut", "without": "match", "recorded": month, "words": frequent}
        plain = folded(frequent)
        return items(**asked), plain and ["·kind·item", "·with·cut", f"·recorded·{month}", plain, "-·with·match"]

    def item(self, rest):
        def ask(r):
            n = self.number(r)
            return f"/api/items/{n}{rest}", f"SELECT record FROM items WHERE number = {n}"
        return ask

    def matches(self, r):
        return f"/api/matches?item={self.number(r)}", None

    def journal(self, r):
        start = r.randint(0, self.items * 9)
        return f"/api/journal?from={start}&count=200", f"SELECT envelope FROM entries WHERE seq >= {start} ORDER BY seq LIMIT 200"

    def words(self, choose):
        def ask(r):
            chosen = choose(r)
            plain = [folded(one) for one in chosen]
            return search(words=" ".join(chosen)), None if None in plain else plain
        return ask

    def phrase(self, r):
        chosen = [word(r.randint(1, 9)), word(r.randint(1, 9))]
        plain = [folded(one) for one in chosen]
        return search(words=f'"{" ".join(chosen)}"'), None if None in plain else [" ".join(plain)]

    def beginning(self, r):
        begun = word(r.randint(16, 99))
        plain = folded(begun)
        return search(words=f"{begun}*"), plain and [plain + "*"]

    def letters(self, r):
        begun = word(r.randint(16, 99))[:r.randint(1, 2)]
        plain = folded(begun)
        return search(words=f"{begun}*"), plain and [plain + "*"]

    def without(self, r):
        chosen = [word(r.randint(1, 9)), word(r.randint(10, 99))]
        plain = [folded(one) for one in chosen]
        return search(words=f"{chosen[0]} -{chosen[1]}"), None if None in plain else [plain[0], "-" + plain[1]]

    def deep(self, r):
        after = r.randint(0, self.items * 10) * 4096
        return search(words=word(r.randint(1, 9)), order="oldest", after=after), None

    def claims(self, r):
        month, frequent = f"2025-{r.randint(1, 12):02}", word(r.randint(1, 9))
        plain = folded(frequent)
        terms = plain and ["·kind·claim", "·status·refuted", f"·recorded·{month}", plain]
        return search(kind="claim", status="refuted", recorded=month, words=frequent), terms

    def source(self, r):
        n = r.randint(1, 500)
        return search(cites=f"S{n}"), [f"·cites·s{n}"]

    def about(self, r):
        return search(item=self.number(r)), None

    def unreviewed(self, r):
        return search(kind="match", without="review", order="oldest"), ["·kind·match", "-·with·review"]

    def view(self, r):
        return search(view="refuted"), ["·kind·claim", "·status·refuted"]

    def link(self, r):
        n = self.number(r)
        return f"/api/links?to={r.choice(['C', 'O', 'E', '%23'])}{n}", f"SELECT record FROM claims WHERE number = {n}"


def search(**asked):
    return "/api/search?" + urllib.parse.urlencode(asked)


def items(**asked):
    return "/api/items?" + urllib.parse.urlencode({"limit": 100, **asked})


class Server:
    def __init__(self, program, case, home):
        environment = {**os.environ, "FRAMEWITNESS_HOME": str(home), "FRAMEWITNESS_CASE": str(case)}
        self.process = subprocess.Popen([program, "serve"], stdout=subprocess.PIPE, env=environment, text=True)
        address, token = self.process.stdout.readline().strip().split("/#token=")
        self.connection = http.client.HTTPConnection(address.removeprefix("http://"))
        sign = {"x-framewitness": "1", "content-type": "application/json"}
        self.connection.request("POST", "/api/session", json.dumps({"token": token}), sign)
        answer = self.connection.getresponse()
        answer.read()
        self.cookie = answer.getheader("set-cookie").split(";")[0]

    def ask(self, path):
        """Seconds until the whole answer is here."""
        start = time.perf_counter()
        self.connection.request("GET", path, headers={"cookie": self.cookie})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            sys.exit(f"{path}: {answer.status} {body[:300]}")
        return time.perf_counter() - start


def main():
    parse = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parse.add_argument("--items", type=int, default=100_000)
    parse.add_argument("--times", type=int, default=100, help="questions of each kind")
    parse.add_argument("--folder", type=Path, default=Path("/dev/shm"),
                       help="where the case is made; in memory, making it waits for no disk")
    parse.add_argument("--database", help="postgres://USER@HOST/DATABASE?schema=NAME, which does not exist yet")
    parse.add_argument("--program", type=Path, default=RELEASE / "framewitness", help="with examples/large beside it")
    parse.add_argument("--case", type=Path, help="a case that was made before, or where to make it, to be kept")
    given = parse.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        folder = Path(folder)
        home = folder / "home"
        case = given.case or folder / "case"
        if not case.exists():
            make(given, home, case)
        asked = on_postgres(given, home, case, folder) if given.database else case
        control = PostgresControl(given.database) if given.database else SqliteControl(case)
        server = Server(given.program, asked, home)
        try:
            slow = measure(server, control, given)
        finally:
            server.process.terminate()
            server.process.wait()
    sys.exit(1 if slow else 0)


def run(given, home, *command):
    environment = {**os.environ, "FRAMEWITNESS_HOME": str(home)}
    subprocess.run([given.program, "--quiet", *command], env=environment, check=True, stdout=subprocess.DEVNULL)


def make(given, home, case):
    start = time.monotonic()
    run(given, home, "init", case)
    run(given, home, "--case", case, "add", CLIP)
    run(given, home, "--case", case, "inspect", "1")
    run(given, home, "--case", case, "view", "save", "refuted", "--kind", "claim", "--status", "refuted")
    subprocess.run([given.program.parent / "examples" / "large", case / "case.db", str(given.items)], check=True)
    database = sqlite3.connect(case / "case.db")
    entries = database.execute("SELECT size FROM head").fetchone()[0]
    size = (case / "case.db").stat().st_size / 1e9
    print(f"{given.items} items, {entries} entries, {size:.2f} GB; made in {time.monotonic() - start:.0f} s")


def on_postgres(given, home, case, folder):
    start = time.monotonic()
    asked = folder / "on-postgres"
    run(given, home, "init", asked, "--database", given.database)
    copied(case, asked, given.database)
    print(f"copied to PostgreSQL in {time.monotonic() - start:.0f} s")
    return asked


def measure(server, control, given):
    slow = []
    dice = random.Random(1)
    print(f"{'asked for':38} {'p50':>7} {'p95':>7} {'most':>7}   {'SQL p95':>7}   ms, {given.times} questions each")
    for name, question in Questions(given.items).kinds().items():
        server.ask(question(dice)[0])
        asked, alone = [], []
        for _ in range(given.times):
            path, terms = question(dice)
            asked.append(server.ask(path) * 1000)
            if terms:
                alone.append(control.take(terms) * 1000)
        p95 = at_95(asked)
        beside = f"{at_95(alone):7.1f}" if alone else "      -"
        print(f"{name:38} {statistics.median(asked):7.1f} {p95:7.1f} {max(asked):7.1f}   {beside}", flush=True)
        if p95 > 100:
            slow.append(name)
    print(f"above 100 ms: {', '.join(slow) or 'none'}")
    return slow


def at_95(times):
    return sorted(times)[int(len(times) * 0.95)]


if __name__ == "__main__":
    main()
