#!/usr/bin/env python3
"""Makes the film that the other scripts measure on, out of the clips in fixtures/.

  bench/film.py [8 | 16] [KEYS]

Writes target/bench/film-1080p-8.mp4 or -16.mp4: real footage one clip after the other, each a second
time mirrored, 1920 x 1080, 30 frames a second, 74 s, with a little noise as sensors add it; H.264 by
x264's medium preset, 3 B-frames, key frames up to KEYS (250) frames apart, with AAC sound. At 8 Mbit/s as services
deliver it, at 16 as phones film: the one they record here, in fixtures/, takes 15. Made once; a later
call prints its path.
"""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "bench"
CLIPS = ["VID_20191220_170832.mp4", "movie-hello.mpeg", "v2.m4v", "cityCC0.mpg", "bigbuckbunny.mp4", "movie-hello.ogg"]


def film(megabits=8, keys=250):
    """Path of the film; makes it where it is missing."""
    path = FOLDER / f"film-1080p-{megabits}{'' if keys == 250 else f'-keys-{keys}'}.mp4"
    if path.exists():
        return path
    FOLDER.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half.mp4")
    clips = [clip for clip in CLIPS for _ in range(2)]
    command = ["ffmpeg", "-v", "error", "-y", "-nostdin"]
    for clip in clips:
        command += ["-i", ROOT / "fixtures" / "clips" / clip]
    pieces = [f"[{at}:v:0]{'hflip,' if at % 2 else ''}scale=1920:1080,setsar=1,fps=30,format=yuv420p[p{at}]"
              for at in range(len(clips))]
    joined = "".join(f"[p{at}]" for at in range(len(clips)))
    chain = f"{joined}concat=n={len(clips)},noise=alls=5:allf=t:all_seed=7[v]"
    command += ["-f", "lavfi", "-i", "anoisesrc=c=pink:a=0.2:seed=7", "-filter_complex",
                ";".join([*pieces, chain]), "-map", "[v]", "-map", f"{len(clips)}:a", "-c:v", "libx264",
                "-preset", "medium", "-b:v", f"{megabits}M", "-bf", "3", "-g", str(keys), "-c:a", "aac", "-shortest", half]
    subprocess.run(command, check=True)
    half.rename(path)
    return path


if __name__ == "__main__":
    print(film(*map(int, sys.argv[1:3])))
