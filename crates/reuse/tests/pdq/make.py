#!/usr/bin/env python3
"""Writes expected.txt: what Meta's own PDQ says of made pictures.

  crates/reuse/tests/pdq/make.py > crates/reuse/tests/pdq/expected.txt

Builds the reference from PyPI's pdqhash 0.2.8 (bench/pdq_peer.py) and hands it the pictures that
tests/pdq_vectors.rs makes again. One line for each: kind, width, height, seed, quality, hash, and the
hashes of the eight orientations in the reference's order.
"""
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[4] / "bench"))
from pdq_peer import reference  # noqa: E402

SIZES = [(5, 5), (63, 64), (64, 63), (64, 64), (65, 127), (129, 128), (512, 512), (641, 359), (1080, 1920), (1920, 1080)]
KINDS = ["noise", "across", "down", "slope", "ruled", "flat"]
# Where the boxes are even, a row is long enough to drift, or there is nothing to hash.
MORE = [("noise", 4, 100), ("noise", 100, 4), ("noise", 1280, 720), ("noise", 3840, 2160), ("slope", 2560, 97),
        ("ruled", 1280, 720)]
WORD = 1 << 64


def noise(count, seed):
    out, state = bytearray(count), seed
    for at in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) % WORD
        out[at] = state >> 56
    return bytes(out)


def picture(kind, width, height, seed):
    if kind == "noise":
        return noise(width * height, seed)
    value = {
        "across": lambda x, y: x * 255 // (width - 1),
        "down": lambda x, y: y * 255 // (height - 1),
        "slope": lambda x, y: (x * 3 + y * 5 + seed) % 256,
        "ruled": lambda x, y: 235 if x // 8 % 2 == y // 8 % 2 else 16,
        "flat": lambda x, y: 77,
    }[kind]
    return bytes(value(x, y) for y in range(height) for x in range(width))


def main():
    program = reference()
    wanted = [(kind, *size) for size in SIZES for kind in KINDS] + MORE
    with tempfile.TemporaryDirectory() as folder:
        raw = pathlib.Path(folder) / "picture.raw"
        for seed, (kind, width, height) in enumerate(wanted):
            raw.write_bytes(picture(kind, width, height, seed))
            told = subprocess.run([program, str(width), str(height), raw, "0"], check=True, capture_output=True, text=True)
            print(kind, width, height, seed, told.stdout.strip())


if __name__ == "__main__":
    main()
