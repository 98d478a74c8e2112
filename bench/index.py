#!/usr/bin/env python3
"""The index of prints beside FAISS, on prints of real pictures.

  bench/index.py [--prints N ...] [--python PYTHON] [--alone] [--keep] [CLIP ...]

Cuts shots out of the clips (else those in fixtures/): windows of frames, drifting. Each becomes ten
videos, as ten uploads of the same footage: some of the bits that change within the shot differ in the
whole copy, some more in each frame. For 1 and 10 million of these prints:

  single   200 prints, one after the other, one thread, everything within 31 bits: ours, then
           IndexBinaryFlat and IndexBinaryMultiHash (16 tables of 16 bits, all neighbours at one bit: as
           exact as ours). Half of the queries are of footage that is there, half of footage that is not.
           All three must find the same number of prints; a query's mean CPU time, ours over the
           better of theirs, is what counts, since the wall depends on what else runs.
  nearly   the same, MultiHash without neighbours: faster, and misses some. For comparison only.
  video    300 and 1500 prints and their mirrored ones, one search on all cores; peak of resident memory.

Needs 6 GB of memory and 3 GB of disk in target/bench, which are given back unless --keep. PYTHON can
`import faiss`; by default one is made in target/bench/venv-faiss, from PyPI. --alone asks no peer: for
archives that would not fit FAISS's memory (100 million prints take 20 GB of disk, and an hour).
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

import film
from measuring import RELEASE

RADIUS = 31
SIZE = (320, 180)
GOAL = 8


def peer(prints, count, queries, kind):
    """Searches with FAISS and prints what was found and how long it took; runs in PYTHON."""
    import faiss
    import numpy
    faiss.omp_set_num_threads(1)
    archive = numpy.fromfile(prints, dtype=numpy.uint8, count=count * 32).reshape(count, 32)
    asked = numpy.fromfile(queries, dtype=numpy.uint8).reshape(-1, 32)
    if kind == "flat":
        index = faiss.IndexBinaryFlat(256)
    else:
        index = faiss.IndexBinaryMultiHash(256, 16, 16)
        index.nflip = int(kind)
    index.add(archive)
    del archive
    for _ in range(2):
        hits, times, cpu = 0, [], time.process_time()
        for query in asked:
            start = time.perf_counter()
            # FAISS finds what lies under the radius.
            bounds, _, _ = index.range_search(query.reshape(1, 32), RADIUS + 1)
            times.append((time.perf_counter() - start) * 1e3)
            hits += int(bounds[-1])
        cpu = (time.process_time() - cpu) * 1e3 / len(times)
        times.sort()
        mean, median = sum(times) / len(times), times[len(times) // 2]
        print(json.dumps({"cpu_ms": cpu, "mean_ms": mean, "median_ms": median, "hits": hits}), flush=True)


def venv():
    """An interpreter that has FAISS."""
    folder = film.FOLDER / "venv-faiss"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "faiss-cpu==1.15.1", "numpy"], check=True)
    return python


def frames(clips):
    """A process that gives the frames of all clips, small and grey."""
    scale = f"scale={SIZE[0]}:{SIZE[1]}:flags=area,format=gray"
    command = "; ".join(f"ffmpeg -v error -nostdin -i '{clip}' -map 0:v:0 -vf {scale} -frames:v 600 -f rawvideo -"
                        for clip in clips)
    return subprocess.Popen(["sh", "-c", command], stdout=subprocess.PIPE)


def lines(command, **environment):
    """What a program says, as JSON."""
    done = subprocess.run(list(map(str, command)), check=True, stdout=subprocess.PIPE, text=True,
                          env=os.environ | environment)
    return [json.loads(line) for line in done.stdout.splitlines()]


def single(ours, folder, count, python):
    """Single prints, ours and theirs; the ratio to the better of theirs."""
    one = folder / "one"
    found = {"ours": lines([ours, "search", folder / "index", one, RADIUS, "one"], RAYON_NUM_THREADS="1")[-1]}
    peers = [("IndexBinaryFlat", "flat"), ("IndexBinaryMultiHash", "1"), ("MultiHash, nearly", "0")]
    for name, kind in peers if python else []:
        found[name] = lines([python, __file__, "--peer", folder / "prints", count, one, kind])[-1]
    for name, told in found.items():
        print(f"  {name:22} {told['cpu_ms']:9.3f} ms of CPU a print (by the wall {told['mean_ms']:.3f}, "
              f"median {told['median_ms']:.3f}), {told['hits']} found", flush=True)
    if not python:
        return found["ours"]["cpu_ms"]
    exact = [found["IndexBinaryFlat"], found["IndexBinaryMultiHash"]]
    if any(told["hits"] != found["ours"]["hits"] for told in exact):
        sys.exit("they did not find the same")
    ratio = min(told["cpu_ms"] for told in exact) / found["ours"]["cpu_ms"]
    print(f"  ours: {ratio:.1f} times as fast as the better of the exact two (reach {GOAL} at 10 million)")
    return found["ours"]["cpu_ms"]


def measure(ours, folder, count, python):
    print(f"{count} prints", flush=True)
    index = folder / "index"
    built, = lines([ours, "build", folder / "prints", folder / "videos", count, index])
    size = sum(file.stat().st_size for file in index.iterdir())
    print(f"  added in {built['seconds_adding']} s into {built['segments']} segments, merged into one after "
          f"{built['seconds']} s; {size / count:.0f} bytes a print on disk, {built['peak_mb']} MB at most")
    mean = single(ours, folder, count, python)
    for name in ["video-300", "video-1500"]:
        told = lines([ours, "search", index, folder / name, RADIUS, "all"])
        print(f"  {name}: {told[-1]['mean_ms'] / 1e3:.3f} s (first time {told[0]['mean_ms'] / 1e3:.3f} s), "
              f"{told[-1]['hits']} found, {told[-1]['peak_mb']} MB at most", flush=True)
    shutil.rmtree(index)
    return mean


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", nargs="*", metavar="CLIP", type=pathlib.Path)
    parser.add_argument("--prints", nargs="+", type=int, default=[1_000_000, 10_000_000])
    parser.add_argument("--python", type=pathlib.Path)
    parser.add_argument("--alone", action="store_true", help="without FAISS")
    parser.add_argument("--keep", action="store_true", help="leave the prints in target/bench/index")
    parser.add_argument("--peer", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        prints, count, queries, kind = options.peer
        return peer(prints, int(count), queries, kind)
    fixtures = film.ROOT / "fixtures" / "clips"
    clips = options.clips or sorted(file for file in fixtures.iterdir())
    ours, folder = RELEASE / "examples" / "index", film.FOLDER / "index"
    python = None if options.alone else options.python or venv()
    if not (folder / "prints").exists():
        given = frames(clips)
        size = f"{SIZE[0]}x{SIZE[1]}"
        subprocess.run([ours, "make", size, str(max(options.prints)), folder], stdin=given.stdout, check=True)
        given.stdout.close()
        given.wait()
    means = [measure(ours, folder, count, python) for count in options.prints]
    if len(means) > 1:
        print(f"from {options.prints[0]} to {options.prints[-1]} prints: {means[-1] / means[0]:.1f} times as long")
    if not options.keep:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
