#!/usr/bin/env python3
"""Exact frames at random, beside PyAV and decord.

  bench/seek.py [--frames N] [--threads N] [--python PYTHON] [FILE]

Asks for frames of a file (else the film that bench/film.py makes) in an order that never stays near,
by each program in turn, one frame at a time, and prints median and 99th percentile of the time until
its RGB pixels were there. Ours are checked against the hash of the frame index; PyAV seeks to the
timestamp and decodes up to it; decord is asked by number.

  far    no frame near it was decoded lately
  near   one of 250 frames around a place where an investigator rests, once those are decoded

PYTHON can `import av, decord`; by default one is made in target/bench/venv, from PyPI.
"""
import argparse
import json
import os
import pathlib
import random
import select
import signal
import subprocess
import sys
import time

import film
from measuring import RELEASE

AROUND = 125
PATIENCE, RESTING = 60, 0.5
PEERS = ["PyAV", "decord"]


def peer(name, path, threads):
    """Answers frame numbers on standard input with milliseconds; runs in PYTHON."""
    if name == "PyAV":
        import av
        container = av.open(path)
        stream = container.streams.video[0]
        stream.thread_type, stream.codec_context.thread_count = "AUTO", threads
        times = sorted(packet.pts for packet in container.demux(stream) if packet.pts is not None)

        def read(no):
            container.seek(times[no], stream=stream, backward=True)
            frame = next(frame for frame in container.decode(stream) if frame.pts >= times[no])
            assert frame.pts == times[no], "another frame"
            return frame.to_ndarray(format="rgb24")
    else:
        import decord
        reader = decord.VideoReader(path, num_threads=threads)
        read = lambda no: reader[no].asnumpy()
    for line in sys.stdin:
        start = time.perf_counter()
        read(int(line))
        print((time.perf_counter() - start) * 1e3, flush=True)


def venv():
    """An interpreter that has the peers."""
    folder = film.FOLDER / "venv"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "av==18.1.0", "decord==0.6.0", "numpy"], check=True)
    return python


def far_apart(count, many):
    """Frame numbers, each at least 2 * AROUND from the one before where the file is long enough."""
    dice, chosen = random.Random(11), [0]
    apart = min(2 * AROUND, count // 4)
    while len(chosen) <= many:
        no = dice.randrange(count)
        if abs(no - chosen[-1]) >= apart:
            chosen.append(no)
    return chosen[1:]


class Asked:
    """A program that answers lines. It rests a while after each, and is stopped while others are asked:
    decord decodes on for seconds."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, line):
        self.process.send_signal(signal.SIGCONT)
        print(line, file=self.process.stdin, flush=True)
        if not select.select([self.process.stdout], [], [], PATIENCE)[0]:
            self.process.kill()
            sys.exit(f"{' '.join(map(str, self.process.args))}: no answer to {line} within {PATIENCE} s")
        answer = float(self.process.stdout.readline())
        time.sleep(RESTING)
        self.process.send_signal(signal.SIGSTOP)
        return answer


def percentile(taken, share):
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * share))]


def main():
    if sys.argv[1:2] == ["--peer"]:
        return peer(*sys.argv[2:4], int(sys.argv[4]))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, default=100)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--python", type=pathlib.Path)
    parser.add_argument("file", nargs="?", type=pathlib.Path, metavar="FILE")
    options = parser.parse_args()
    file, python = options.file or film.film(), options.python or venv()
    ours = Asked([RELEASE / "examples" / "seek", file, str(options.threads)])
    count = int(ours.process.stdout.readline())
    asked = {"ours": lambda no: ours(f"far {no}")}
    for name in PEERS:
        asked[name] = Asked([python, __file__, "--peer", name, file, str(options.threads)])
    taken = {name: [] for name in asked}
    for no in far_apart(count, options.frames):
        for name, ask in asked.items():
            taken[name].append(ask(no))
    near = []
    for middle in far_apart(count, 4):
        low, high = max(0, middle - AROUND), min(count, middle + AROUND)
        ours(f"near {middle}")
        near += [ours(f"far {no}") for no in random.Random(middle).sample(range(low, high), 25)]
    # A stopped program hears of no closed pipe.
    for name in PEERS:
        asked[name].process.kill()
    ours.process.kill()
    report(file, options, taken, near)


def report(file, options, taken, near):
    print(f"{file.name}, {options.threads} threads, {options.frames} frames, one after the other")
    rows = {**taken, "ours, near": near}
    figures = {name: [percentile(row, share) for share in (.5, .99)] for name, row in rows.items()}
    for name, (p50, p99) in figures.items():
        print(f"  {name:<12} p50 {p50:8.1f} ms   p99 {p99:8.1f} ms")
    best = [min(figures[name][at] for name in PEERS) for at in (0, 1)]
    for name, reach in (("ours", 1.0), ("ours, near", 0.05)):
        ratios = [mine / other for mine, other in zip(figures[name], best)]
        print(f"  {name:<12} / best peer: p50 {ratios[0]:.3f}   p99 {ratios[1]:.3f}   (reach {reach})", flush=True)
    json.dump(figures, sys.stderr)


if __name__ == "__main__":
    main()
