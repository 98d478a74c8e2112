#!/usr/bin/env python3
"""Both hashes of a file beside OpenSSL's SHA-256 alone.

  bench/hash.py [--runs N] [--mebibytes N]

Preserving a file makes SHA-256 and BLAKE3 of it while it arrives. Hashes a file of random bytes (1 GiB
unless told otherwise; read once before, so that it comes from memory) in turns with `openssl dgst
-sha256` and with the code that preserves, and prints the ratio of throughputs by the wall: SHA-256 and
BLAKE3 run side by side, on two threads. The CPU time that both take together is printed too.
"""
import argparse
import os
import pathlib
import statistics
import tempfile

from measuring import RELEASE, measure

REACH = 0.9


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--mebibytes", type=int, default=1024)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "bytes"
        with file.open("wb") as out:
            for _ in range(options.mebibytes):
                out.write(os.urandom(1 << 20))
        ours, theirs = [], []
        for _ in range(options.runs):
            theirs.append(measure(["openssl", "dgst", "-sha256", file]))
            ours.append(measure([RELEASE / "examples" / "hash", file]))
    cpu, wall = (statistics.median(mine[at] / other[at] for mine, other in zip(ours, theirs)) for at in (0, 1))
    speed = [options.mebibytes * 1.048576 / statistics.median(row[1] for row in rows) for rows in (ours, theirs)]
    print(f"SHA-256 and BLAKE3 {speed[0]:.0f} MB/s, OpenSSL's SHA-256 alone {speed[1]:.0f} MB/s by the wall: "
          f"{1 / wall:.2f} of its throughput (reach {REACH}); CPU {cpu:.2f} of its", flush=True)


if __name__ == "__main__":
    main()
