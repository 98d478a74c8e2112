#!/usr/bin/env python3
"""A journal of a million entries: verified in full, and how fast one grows on the disk.

  bench/journal.py [--entries N] [--seconds N] [--disk DIR]

Makes a case of a million entries (unless told otherwise) in memory, appended one by one by the code that
the program appends with: items, inspections, sources, claims, changes of status, observations, a signed head
every 50,000. Verifies it as `framewitness verify --quick` does: the link of every entry, the tree, the keys, every
signed head, and in full what comes after the last. Then as `framewitness verify` does: the database's own structure, form, link and
signature of every entry, the tree, every signed head, and every record against a fold of the journal. Prints
seconds by the wall and of CPU, and the most memory. SQLite's own speed of reading all entries stands beside.

Then appends to a new case on the disk, each entry synced before it is acknowledged, by one writer and by eight at
once, as requests to one server come, in turns with 4 KiB that are written and synced alone: what the disk itself
can do. One writer cannot be faster than the disk; those who come at once share its syncs.
"""
import argparse
import pathlib
import re
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

from measuring import RELEASE

PROGRAM = RELEASE / "examples" / "journal"
REACH = 10.0
RATE = 300


def run(*words):
    """Last line that the example prints, wall and CPU seconds, and the most memory in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    done = subprocess.run(["/usr/bin/env", PROGRAM, *map(str, words)], capture_output=True, text=True)
    wall = time.monotonic() - start
    if done.returncode != 0:
        sys.exit(f"{words}: {done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout.strip().splitlines()[-1], wall, cpu, after.ru_maxrss / 1024


def rate(said):
    return float(re.match(r"\d+", said).group())


def read_all(database):
    start = time.monotonic()
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        size = sum(len(row[0]) for row in connection.execute("SELECT envelope FROM entries"))
    return size, time.monotonic() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--disk", type=pathlib.Path, default=pathlib.Path.cwd())
    options = parser.parse_args()
    memory = "/dev/shm" if pathlib.Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        _, wall, _, _ = run("fill", folder, options.entries)
        print(f"{options.entries} entries appended in {wall:.0f} s, in memory", flush=True)
        size, reading = read_all(pathlib.Path(folder) / "case.db")
        print(f"SQLite reads all {size / 1e6:.0f} MB of them in {reading:.2f} s", flush=True)
        said, wall, cpu, most = run("quick", folder)
        print(f"chain, tree, keys and checkpoints: {said}; CPU {cpu:.2f} s, {most:.0f} MB at most (reach {REACH:.0f} s)",
              flush=True)
        said, wall, cpu, most = run("verify", folder)
        print(f"verified in full: {said}; CPU {cpu:.2f} s, {most:.0f} MB at most", flush=True)
    ours, together, disk = [], [], []
    for _ in range(3):
        with tempfile.TemporaryDirectory(dir=options.disk) as folder:
            disk.append(rate(run("sync", folder, options.seconds)[0]))
            ours.append(rate(run("append", folder, options.seconds, 1)[0]))
        with tempfile.TemporaryDirectory(dir=options.disk) as folder:
            together.append(rate(run("append", folder, options.seconds, 8)[0]))
    one, eight, alone = map(statistics.median, (ours, together, disk))
    print(f"appended, synced and acknowledged: {one:.0f} entries a second by one writer, {eight:.0f} by eight at once "
          f"(reach {RATE}); the disk syncs 4 KiB {alone:.0f} times a second: {one / alone:.2f} of its rate", flush=True)


if __name__ == "__main__":
    main()
