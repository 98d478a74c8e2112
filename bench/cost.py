#!/usr/bin/env python3
"""What an inspection costs beside decoding alone.

  bench/cost.py [--runs N] [--threads N] [FILE ...]

For each file (else the films that bench/film.py makes) runs in turns, so that all meet the same load:

  decode    ffmpeg -map 0:v:0 -map 0:a? -f null -, the peer: pictures and sound decoded and dropped
  pass      one whole pass of the engine without fingerprints: jailed decoding, a hash of every frame,
            all findings, thumbnails, sound with waveform and loudness, hashes of every stream
  unjailed  the same without the jail
  inspect   framewitness inspect: the pass with fingerprints, and a signed entry in the journal

all with the same number of decoder threads (default: the cores of this machine), and prints ratios of
medians, CPU and wall. CPU time counts every process that a command starts.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import sys
import tempfile

import film
from measuring import RELEASE, measure

REACH = {"pass / decode": 1.15, "inspect / decode": 1.30, "pass / unjailed": 1.02}


def commands(file, case, threads):
    """What is measured, by name."""
    one_pass = [RELEASE / "examples" / "pass", file, str(threads)]
    return {
        "decode": ["ffmpeg", "-v", "error", "-nostdin", "-threads", str(threads), "-i", file,
                   "-map", "0:v:0", "-map", "0:a?", "-fps_mode", "passthrough", "-f", "null", "-"],
        "pass": one_pass,
        "unjailed": [*one_pass, "unjailed"],
        "inspect": [RELEASE / "framewitness", "--case", case, "--quiet", "inspect", "--again", file.name],
    }


def compare(file, case, options):
    """Prints the ratios of one file."""
    wanted = commands(file, case, options.threads)
    if options.threads != os.cpu_count():
        # The program itself takes as many threads as there are cores.
        del wanted["inspect"]
    taken = {name: [] for name in wanted}
    for _ in range(options.runs):
        for name, command in wanted.items():
            taken[name].append(measure(command))
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in taken.items()}
    print(f"{file.name}, {options.threads} threads, {options.runs} runs")
    for name, (cpu, wall) in medians.items():
        print(f"  {name:<18} {cpu:8.2f} s CPU {wall:8.2f} s wall")
    for name, reach in REACH.items():
        ours, theirs = name.split(" / ")
        if ours in medians:
            cpu, wall = (mine / other for mine, other in zip(medians[ours], medians[theirs]))
            # Of each run with its neighbour: what load changes slowly meets both.
            paired = statistics.median(a[0] / b[0] for a, b in zip(taken[ours], taken[theirs]))
            print(f"  {name:<18} {cpu:8.3f} CPU   {wall:8.3f} wall   {paired:6.3f} CPU, pair by pair   (reach {reach})",
                  flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("files", nargs="*", type=pathlib.Path, metavar="FILE")
    options = parser.parse_args()
    for program in (RELEASE / "framewitness", RELEASE / "examples" / "pass", "ffmpeg"):
        if not shutil.which(program):
            sys.exit(f"{program} is missing: run make bench")
    with tempfile.TemporaryDirectory() as folder:
        case = pathlib.Path(folder) / "case"
        files = [file.resolve() for file in options.files or [film.film(16), film.film(8)]]
        measure([RELEASE / "framewitness", "init", case])
        measure([RELEASE / "framewitness", "--case", case, "add", *files])
        for file in files:
            compare(file, case, options)


if __name__ == "__main__":
    main()
