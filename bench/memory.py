#!/usr/bin/env python3
"""How much memory an inspection takes, program and decoder together.

  bench/memory.py [--program PATH] [--seconds N] [FILE ...]

Makes a minute of 1080p (H.264) and ten seconds of 4K (H.264; HEVC of 8 and of 10 bits) from the phone
clip in fixtures/, inspects each (or the FILEs), and samples /proc all the while: the proportional set
size (PSS) of `framewitness` and `framewitness-decoder` summed, so that the pictures in the memory that
both share count once, and beside it the sum of their resident sets, in which they count twice. Prints
the peaks and the limits: 400 MB for pictures up to 1080p, 1.2 GB for larger ones. Exit code 1 if one
is above.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release" / "framewitness"
CLIP = ROOT / "fixtures" / "clips" / "VID_20191220_170832.mp4"

FAST = ["-preset", "ultrafast"]
MADE = [
    ("1080p-h264.mp4", 60, "1920:1080", ["-c:v", "libx264", "-preset", "veryfast"]),
    ("2160p-h264.mp4", 10, "3840:2160", ["-c:v", "libx264", *FAST, "-bf", "3"]),
    ("2160p-hevc.mp4", 10, "3840:2160", ["-c:v", "libx265", *FAST, "-x265-params", "log-level=none"]),
    ("2160p-hevc-10bit.mp4", 10, "3840:2160",
     ["-c:v", "libx265", *FAST, "-pix_fmt", "yuv420p10le", "-x265-params", "log-level=none"]),
]
LIMITS = ((1920 * 1088, 400), (1 << 62, 1200))


def make(folder, name, seconds, size, coder):
    path = folder / name
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-stream_loop", "-1", "-i", CLIP, "-t", str(seconds),
                    "-vf", f"scale={size}", *coder, "-c:a", "aac", path], check=True)
    return path


def pixels(path):
    shown = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries",
                            "stream=width,height", "-of", "csv=p=0", path], check=True, capture_output=True)
    width, height = shown.stdout.decode().strip().split(",")[:2]
    return int(width) * int(height)


def family(process):
    """A process and all below it."""
    found, rest = [], [process]
    while rest:
        one = rest.pop()
        found.append(one)
        for task in pathlib.Path(f"/proc/{one}/task").glob("*/children"):
            try:
                rest += map(int, task.read_text().split())
            except OSError:
                pass
    return found


def memory(process):
    """PSS and RSS of one process in MB; nothing of one that is gone."""
    sums = {"Pss:": 0, "Rss:": 0}
    try:
        for line in pathlib.Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            name, *numbers = line.split()
            if name in sums:
                sums[name] += int(numbers[0]) / 1024
    except OSError:
        pass
    return sums["Pss:"], sums["Rss:"]


def inspect(program, case, name):
    """Peaks of both sums over an inspection, and of each program's PSS alone."""
    command = [program, "--case", case, "--quiet", "inspect", "--again", name]
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    peaks = [0.0] * 4
    while child.poll() is None:
        each = [memory(process) for process in family(child.pid)]
        own, below = each[0][0], sum(pss for pss, _ in each[1:])
        now = own + below, sum(rss for _, rss in each), own, below
        peaks = [max(pair) for pair in zip(peaks, now)]
        time.sleep(0.02)
    if child.returncode != 0:
        sys.exit(f"{name}: exit code {child.returncode}")
    return peaks


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM)
    parser.add_argument("--seconds", type=int, help="length of the files made, instead of theirs")
    parser.add_argument("files", nargs="*", type=pathlib.Path, metavar="FILE")
    options = parser.parse_args()
    for program in (options.program, "ffmpeg", "ffprobe"):
        if not shutil.which(program):
            sys.exit(f"{program} is missing: run make bench")

    above = False
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        case = folder / "case"
        subprocess.run([options.program, "init", case], check=True, stdout=subprocess.DEVNULL)
        files = options.files or [make(folder, name, options.seconds or seconds, size, coder)
                                  for name, seconds, size, coder in MADE]
        print("peak memory in MB                  PSS (of which program, decoder)    RSS   limit")
        for file in files:
            subprocess.run([options.program, "--case", case, "add", file], check=True, stdout=subprocess.DEVNULL)
            pss, rss, own, below = inspect(options.program, case, file.name)
            limit = next(limit for most, limit in LIMITS if pixels(file) <= most)
            above |= pss > limit
            verdict = "ABOVE" if pss > limit else ""
            print(f"{file.name:<32} {pss:6.0f} ({own:4.0f}, {below:4.0f})"
                  f"                {rss:10.0f} {limit:7} {verdict}", flush=True)
    sys.exit(above)


if __name__ == "__main__":
    main()
