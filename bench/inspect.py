#!/usr/bin/env python3
"""What an inspection costs beside decoding alone.

  bench/inspect.py [--runs N] [--program PATH] [FILE ...]

For each file (else the clips in fixtures/) runs `framewitness inspect --again` and
`ffmpeg -map 0:v:0 -f null -` in turns, both with as many decoder threads as they choose for this
machine, and prints CPU and wall time as ratios of medians. CPU time counts every process that
either starts. An inspection hashes every frame, looks for transitions, makes thumbnails and
fingerprints, and writes a signed entry.

On clips of a few seconds the start of two programs weighs more than the work: give a file of a
minute or more for the figure that matters, or look at the last line, which joins all files.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "framewitness"


def measure(command):
    """CPU and wall seconds of a command with all that it starts."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit code {process.returncode}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start


def compare(program, case, file, runs):
    """Median (CPU, wall) of ours and of ffmpeg, runs alternating so that both meet the same load."""
    ours, theirs = [], []
    for _ in range(runs):
        ours.append(measure([program, "--case", case, "--quiet", "inspect", "--again", file.name]))
        theirs.append(measure(["ffmpeg", "-v", "error", "-nostdin", "-i", file, "-map", "0:v:0", "-f", "null", "-"]))
    return [[statistics.median(column) for column in zip(*rows)] for rows in (ours, theirs)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM)
    parser.add_argument("files", nargs="*", type=pathlib.Path, metavar="FILE")
    options = parser.parse_args()
    files = options.files or sorted((ROOT / "fixtures" / "clips").iterdir())
    for program in (options.program, "ffmpeg"):
        if not shutil.which(program):
            sys.exit(f"{program} is missing: run make bench")

    with tempfile.TemporaryDirectory() as folder:
        case = pathlib.Path(folder) / "case"
        measure([options.program, "init", case])
        measure([options.program, "--case", case, "add", *files])
        print("inspect / decode alone                CPU   wall   (seconds of CPU)")
        totals = [[0, 0], [0, 0]]
        for file in files:
            ours, theirs = compare(options.program, case, file, options.runs)
            row(file.name, ours, theirs)
            totals = [[sum(pair) for pair in zip(total, one)] for total, one in zip(totals, (ours, theirs))]
        row("all", *totals)


def row(name, ours, theirs):
    cpu, wall = (mine / other for mine, other in zip(ours, theirs))
    print(f"{name:<34} {cpu:6.2f} {wall:6.2f}   ({ours[0]:.2f} / {theirs[0]:.2f})", flush=True)


if __name__ == "__main__":
    main()
