#!/usr/bin/env python3
"""What a masked copy costs beside ffmpeg decoding and coding the same film at the same settings.

  bench/masks.py [--program PATH] [--seconds N | --film FILE] [--rounds N] [--case FOLDER]

Makes N seconds (30) of 1080p with sound from the phone clip in fixtures/, or takes a film so made, draws two masks
that move and mutes two seconds, renders it as MP4, and beside it lets ffmpeg decode and code the film with the
settings that the rendering states: libx264 with the same preset, factor, key frames and threads, no B-frames, AAC at
the same rate. Both in turn, N times (3). The look for leaks, which no peer makes, is measured by itself (`mask
check`) and taken off the rendering. Prints the ratios of the medians, wall and CPU (reach: 1.3), what rendering and
look together take, and the peak memory of the program and its decoders (reach: 900 MB). Where others use the machine,
too, the CPU time is the one to read. With --case the case stays there, to publish from. Exit code 1 where the CPU time or the memory is above.
"""
import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import typing

from measuring import measure
from memory import PROGRAM, family, make, memory

REACH, MOST = 1.3, 900


class Taken(typing.NamedTuple):
    """Seconds."""
    cpu: float
    wall: float

    def without(self, other):
        return Taken(self.cpu - other.cpu, self.wall - other.wall)

    def ratio(self, other):
        return Taken(self.cpu / other.cpu, self.wall / other.wall)


def median(runs):
    return Taken(*map(statistics.median, zip(*runs)))


def ask(program, case, *arguments):
    done = subprocess.run([program, "--case", case, "--json", *arguments], check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def watched(command):
    """CPU and wall seconds of a command with all that it starts, its peak memory in MB, and what it prints."""
    begun, peak, over = time.monotonic(), 0, threading.Event()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out)

        def watch():
            nonlocal peak
            while not over.wait(0.1):
                peak = max(peak, sum(memory(one)[0] for one in family(process.pid)))

        watcher = threading.Thread(target=watch)
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        over.set()
        watcher.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        if process.returncode != 0:
            # A copy that leaks is told there.
            sys.stderr.write(out.read().decode())
            sys.exit(f"{' '.join(map(str, command))}: exit code {process.returncode}")
        taken = Taken(usage.ru_utime + usage.ru_stime, time.monotonic() - begun)
        return taken, peak, [json.loads(line) for line in out.read().decode().splitlines()]


def peer(film, stated, to):
    """What ffmpeg is asked to do: the same settings as the rendering states."""
    preset, crf, keys, threads = re.fullmatch(
        r"libx264 preset (\w+) crf (\d+) keyint (\d+) bframes 0 threads (\d+)", stated["video"]).groups()
    bits = int(re.match(r"AAC, (\d+) ", stated["sound"])[1])
    return ["ffmpeg", "-v", "error", "-nostdin", "-y", "-i", film, "-c:v", "libx264", "-preset", preset, "-crf", crf,
            "-g", keys, "-bf", "0", "-threads", threads, "-c:a", "aac", "-b:a", str(2 * bits), to]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--film", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--case", type=pathlib.Path)
    arguments = parser.parse_args()
    program = arguments.program
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        coder = ["-c:v", "libx264", "-preset", "veryfast"]
        film = arguments.film or make(folder, "film.mp4", arguments.seconds, "1920:1080", coder)
        case = arguments.case or folder / "case"
        subprocess.run([program, "init", case, "--name", "Masks"], check=True, capture_output=True)
        ask(program, case, "add", film)
        frames = ask(program, case, "inspect", "1")[0]["frames"]
        last = frames - 1
        for first, then in (("400,300,300,260", "900,420,300,260"), ("1200,100,240,320", "800,500,240,320")):
            ask(program, case, "mask", "draw", "1", "--keyframe", f"0={first}", "--keyframe", f"{last}={then}",
                "--reason", "measured")
        ask(program, case, "mask", "draw", "1", "--sound-from", "2s", "--sound-to", "4s", "--reason", "measured")
        ours, looks, peers, peak = [], [], [], 0
        for turn in range(1, arguments.rounds + 1):
            both, memory_of, _ = watched([program, "--case", case, "--json", "mask", "render", "1"])
            look, _, checked = watched([program, "--case", case, "--json", "mask", "check", f"Y{turn}"])
            peak = max(peak, memory_of)
            ours.append(both.without(look))
            looks.append(look)
            peers.append(Taken(*measure(peer(film, checked[0]["parameters"], folder / "peer.mp4"))))
        own, look, other = map(median, (ours, looks, peers))
        ratio, whole = own.ratio(other), median([a.without(Taken(-b.cpu, -b.wall)) for a, b in zip(ours, looks)]).ratio(other)
        print(f"{frames} frames of 1080p: rendering {own.wall:.1f} s ({own.cpu:.1f} s CPU), "
              f"ffmpeg {other.wall:.1f} s ({other.cpu:.1f} s CPU)")
        print(f"ratio {ratio.wall:.2f} wall, {ratio.cpu:.2f} CPU (reach {REACH})")
        print(f"look for leaks {look.wall:.1f} s ({look.cpu:.1f} s CPU), with the rendering "
              f"{whole.wall:.2f} times ffmpeg by the wall, {whole.cpu:.2f} by CPU")
        print(f"peak memory {peak:.0f} MB (reach {MOST})")
        sys.exit(0 if ratio.cpu <= REACH and peak <= MOST else 1)


if __name__ == "__main__":
    main()
