"""Meta's own PDQ in C++, built from the sources that the package pdqhash carries on PyPI."""
import subprocess
import sys
import tarfile

from film import FOLDER, ROOT

PACKAGE = "pdqhash==0.2.8"
PARTS = ["hashing/pdqhashing", "hashing/torben", "downscaling/downscaling", "common/pdqhashtypes", "common/pdqhamming"]


def reference():
    """Path of the program of bench/pdq_reference.cpp; builds it where it is missing."""
    program = FOLDER / "pdq_reference"
    if program.exists():
        return program
    folder = FOLDER / "pdqhash"
    if not any(folder.glob("pdqhash-*.tar.gz")):
        venv = FOLDER / "pip"
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([venv / "bin" / "pip", "download", "-q", "--no-deps", "--no-binary", "pdqhash", "-d", folder, PACKAGE],
                       check=True)
    [archive] = folder.glob("pdqhash-*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    [sources] = folder.glob("pdqhash-*/ThreatExchange")
    # As Meta's Makefile builds it, but that products and sums are rounded apart on every machine.
    subprocess.run(["g++", "-O3", "-std=c++11", "-ffp-contract=off", f"-I{sources}", ROOT / "bench" / "pdq_reference.cpp",
                    *(sources / "pdq" / "cpp" / f"{part}.cpp" for part in PARTS), "-o", program], check=True)
    return program
