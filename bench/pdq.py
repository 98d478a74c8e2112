#!/usr/bin/env python3
"""PDQ of 1080p luma planes beside Meta's own C++, on one thread.

  bench/pdq.py [--runs N] [--frames N] [FILE]

Takes frames (20 unless told otherwise) spread over a video (else the phone's clip in fixtures/), scaled
to 1920 x 1080 where they are not; has both hash them in turns, Meta's code as the PyPI package pdqhash
carries it, compiled as its Makefile does; checks that hash, quality and all eight orientations are
equal; and prints the ratio of CPU time. Reading the frames is measured apart and taken off both.

Then what fingerprints take beside decoding: all that the fingerprinter does with the first 150 frames,
per frame, over what `ffmpeg -threads 1 -f null` takes for a frame of the video without its sound.
"""
import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile

import film
from measuring import RELEASE, measure
from pdq_peer import reference

WIDTH, HEIGHT = 1920, 1080
REACH = 8.0
SHARE = 0.15
CONSECUTIVE = 150


def length(file):
    """Frames of a video."""
    packets = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v:0", "-count_packets", "-show_entries",
                              "stream=nb_read_packets", "-of", "csv=p=0", file], check=True, capture_output=True, text=True)
    return int(packets.stdout.strip().strip(","))


def frames(file, count, apart, out):
    """Writes `count` luma planes of a video, each `apart` frames from the last."""
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-nostdin", "-i", file, "-map", "0:v:0", "-vf",
                    f"select=not(mod(n\\,{apart})),scale={WIDTH}:{HEIGHT},format=yuv420p,extractplanes=y", "-fps_mode", "passthrough",
                    "-frames:v", str(count), "-f", "rawvideo", "-pix_fmt", "gray", out], check=True)


def cost(program, raw, times):
    """CPU seconds of what `program` does with all frames, once; reading them is not counted."""
    command = [program, str(WIDTH), str(HEIGHT), raw]
    return (measure([*command, str(times)])[0] - measure([*command, "0"])[0]) / times


def hashing(options, raw):
    """Prints the ratio of the hash alone."""
    ours, theirs = RELEASE / "examples" / "pdq", reference()
    frames(options.file, options.frames, max(length(options.file) // options.frames, 1), raw)
    count = raw.stat().st_size // (WIDTH * HEIGHT)
    listings = [subprocess.run([program, str(WIDTH), str(HEIGHT), raw, "0"], check=True, capture_output=True).stdout
                for program in (theirs, ours)]
    if listings[0] != listings[1]:
        sys.exit("the hashes differ")
    rows = [(cost(theirs, raw, 2), cost(ours, raw, 20)) for _ in range(options.runs)]
    mine, other = (statistics.median(column) / count * 1000 for column in list(zip(*rows))[::-1])
    ratio = statistics.median(row[0] / row[1] for row in rows)
    print(f"{options.file.name}, {count} frames of {WIDTH} x {HEIGHT}, {options.runs} runs: "
          f"hash, quality and eight orientations are equal")
    print(f"  reference {other:6.2f} ms   ours {mine:6.2f} ms   {ratio:6.1f} times its speed (reach {REACH:.0f})", flush=True)


def fingerprints(options, raw):
    """Prints the share of fingerprints beside decoding."""
    frames(options.file, CONSECUTIVE, 1, raw)
    count, whole = raw.stat().st_size // (WIDTH * HEIGHT), length(options.file)
    decode = ["ffmpeg", "-v", "error", "-nostdin", "-threads", "1", "-i", options.file, "-map", "0:v:0",
              "-fps_mode", "passthrough", "-f", "null", "-"]
    rows = [(cost(RELEASE / "examples" / "fingerprints", raw, 4) / count, measure(decode)[0] / whole)
            for _ in range(options.runs)]
    mine, other = (statistics.median(column) * 1000 for column in zip(*rows))
    share = statistics.median(row[0] / row[1] for row in rows)
    print(f"  decoding  {other:6.2f} ms   fingerprints {mine:6.2f} ms   {share:6.3f} of it (reach {SHARE})", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--frames", type=int, default=20)
    parser.add_argument("file", nargs="?", type=pathlib.Path, default=film.ROOT / "fixtures/clips/VID_20191220_170832.mp4")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        raw = pathlib.Path(folder) / "frames.raw"
        hashing(options, raw)
        fingerprints(options, raw)


if __name__ == "__main__":
    main()
