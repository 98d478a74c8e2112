#!/usr/bin/env python3
"""What a masked copy costs beside ffmpeg decoding and coding the same film at the same settings.

  bench/masks.py [--program PATH] [--seconds N]

Makes N seconds (30) of 1080p with sound from the phone clip in fixtures/, draws two masks that move and mutes two
seconds, renders it as MP4, and beside it lets ffmpeg decode and code the film with the settings that the rendering
states: libx264 with the same preset, factor, key frames and threads, no B-frames, AAC at the same rate. Both in turn,
three times. The look for leaks, which no peer makes, is measured by itself (`mask check`) and taken off the
rendering. Prints the ratio of the medians (reach: 1.3), what rendering and look together take, and the peak memory
of the program and its decoders (reach: 900 MB). Exit code 1 where one is missed.
"""
import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from measuring import measure
from memory import PROGRAM, family, make, memory

REACH, MOST = 1.3, 900
ROUNDS = 3


def ask(program, case, *arguments):
    done = subprocess.run([program, "--case", case, "--json", *arguments], check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def watched(command):
    """Wall seconds of a command, and the peak memory in MB of all that it starts."""
    begun, peak = time.monotonic(), 0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def watch():
        nonlocal peak
        while process.poll() is None:
            peak = max(peak, sum(memory(one)[0] for one in family(process.pid)))
            time.sleep(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    watcher.join()
    if process.wait() != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit code {process.returncode}")
    return time.monotonic() - begun, peak


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM)
    parser.add_argument("--seconds", type=int, default=30)
    arguments = parser.parse_args()
    program = arguments.program
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        film = make(folder, "film.mp4", arguments.seconds, "1920:1080", ["-c:v", "libx264", "-preset", "veryfast"])
        case = folder / "case"
        subprocess.run([program, "init", case, "--name", "Masks"], check=True, capture_output=True)
        ask(program, case, "add", film)
        frames = ask(program, case, "inspect", "1")[0]["frames"]
        last = frames - 1
        for first, then in (("400,300,300,260", "900,420,300,260"), ("1200,100,240,320", "800,500,240,320")):
            ask(program, case, "mask", "draw", "1", "--keyframe", f"0={first}", "--keyframe", f"{last}={then}",
                "--reason", "measured")
        ask(program, case, "mask", "draw", "1", "--sound-from", "2s", "--sound-to", "4s", "--reason", "measured")
        ours, looks, peers, peak = [], [], [], 0
        for turn in range(1, ROUNDS + 1):
            both, memory_of = watched([program, "--case", case, "mask", "render", "1"])
            look, _ = watched([program, "--case", case, "mask", "check", f"Y{turn}"])
            peak = max(peak, memory_of)
            stated = ask(program, case, "mask", "check", f"Y{turn}")[0]["parameters"]
            preset, crf, keys, threads = re.fullmatch(
                r"libx264 preset (\w+) crf (\d+) keyint (\d+) bframes 0 threads (\d+)", stated["video"]).groups()
            bits = int(re.match(r"AAC, (\d+) ", stated["sound"])[1])
            peer = ["ffmpeg", "-v", "error", "-nostdin", "-y", "-i", film, "-c:v", "libx264", "-preset", preset,
                    "-crf", crf, "-g", keys, "-bf", "0", "-threads", threads, "-c:a", "aac", "-b:a", str(2 * bits),
                    folder / "peer.mp4"]
            ours.append(both - look)
            looks.append(look)
            peers.append(measure(peer)[1])
        own, look, peer = map(statistics.median, (ours, looks, peers))
        ratio = own / peer
        print(f"{frames} frames of 1080p: rendering {own:.1f} s, ffmpeg {peer:.1f} s, ratio {ratio:.2f} (reach {REACH})")
        print(f"look for leaks {look:.1f} s, with the rendering {(own + look) / peer:.2f} times ffmpeg")
        print(f"peak memory {peak:.0f} MB (reach {MOST})")
        sys.exit(0 if ratio <= REACH and peak <= MOST else 1)


if __name__ == "__main__":
    main()
