#!/usr/bin/env python3
"""Traces of an earlier coding, with truth by construction.

  recoded.py make  --clips DIR --out DIR [--pool dev|test]
  recoded.py score --set DIR [--set DIR ...] [--untouched DIR] [--framewitness PROGRAM] [--each]

`make` takes stretches of real footage, made smaller so that little is left of how they were coded
before, and codes each once (x264, two qualities, key frames every 250 and every 33 frames) and twice:
first by x264, MPEG-2 or MPEG-4 with key frames every 12 to 50 frames, then by x264 with 250 or 33.
`score` inspects them and counts how often `recoded/pulse` is found, how often with the period that
the first coding had (or a multiple or whole part of it), and how often where there was but one coding. With
`--untouched`, files that nobody coded again are inspected too, and what is found there is listed.

Needs python3, ffmpeg with libx264, and the clips; nothing else.
"""
import argparse, json, pathlib, subprocess, sys, tempfile

METHOD = "recoded/pulse"
# Stretches: (file, first frame, number of frames). The pools share no footage.
POOLS = {
    "dev": [("box.mp4", 0, 300), ("carphone_pristine.mp4", 0, 120), ("cityCC0.mpg", 0, 189), ("cup.mp4", 0, 217),
            ("dog.1.mp4", 222, 300), ("foreman.mp4", 0, 300), ("bigbuckbunny.mp4", 0, 132), ("bikes.mp4", 0, 250),
            ("test_A.avi", 0, 300)],
    "test": [("VID_20191220_170832.mp4", 1, 150), ("cat.1.mp4", 270, 300), ("franck.mp4", 0, 300),
             ("franck.mp4", 2000, 300), ("movie-hello.mp4", 0, 245), ("ocean.mp4", 0, 239), ("faces.mov", 0, 250),
             ("trailer_bbb.mp4", 500, 300), ("v2.m4v", 0, 149), ("vtest.avi", 0, 300), ("street.mp4", 2, 106)],
}
# Codings that come first: (name, period, arguments).
FIRST = [(f"x264-{gop}-{crf}", gop, f"-c:v libx264 -preset veryfast -crf {crf} -g {gop} -keyint_min {gop} -sc_threshold 0")
         for gop, crf in [(12, 20), (15, 28), (25, 24), (30, 20), (50, 24)]]
FIRST += [(f"mpeg2-{gop}-{q}", gop, f"-c:v mpeg2video -q:v {q} -g {gop} -bf 2 -sc_threshold 1000000000")
          for gop, q in [(12, 4), (15, 8)]]
FIRST += [("mpeg4-12-6", 12, "-c:v mpeg4 -q:v 6 -g 12 -sc_threshold 1000000000")]
SECOND = [(f"{gop}-{crf}", f"-c:v libx264 -preset {preset} -crf {crf} -g {gop}")
          for gop, crf, preset in [(250, 18, "veryfast"), (250, 26, "medium"), (33, 23, "veryfast")]]


def ffmpeg(arguments, source, target):
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", "-i", str(source), "-map", "0:v:0", *arguments.split(), "-an",
               "-threads", "2", "-pix_fmt", "yuv420p", str(target)]
    subprocess.run(command, check=True)


def make(options):
    clips, out = pathlib.Path(options.clips), pathlib.Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    truth = {}
    for clip, start, length in POOLS[options.pool]:
        name = f"{clip.split('.')[0]}-{start}"
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / "source.mkv"
            chain = f"select=between(n\\,{start}\\,{start + length - 1}),scale=trunc(min(iw*3/4\\,512)/2)*2:-2,setsar=1,setpts=N/25/TB"
            ffmpeg(f"-vf {chain} -r 25 -c:v libx264 -preset ultrafast -qp 0", clips / clip, source)
            for second, arguments in SECOND:
                ffmpeg(arguments, source, out / f"{name}_once_{second}.mp4")
                truth[f"{name}_once_{second}.mp4"] = 0
            for first, period, arguments in FIRST:
                once = pathlib.Path(folder) / "once.mkv"
                ffmpeg(arguments, source, once)
                for second, arguments in SECOND:
                    ffmpeg(arguments, once, out / f"{name}_{first}_{second}.mp4")
                    truth[f"{name}_{first}_{second}.mp4"] = period
        (out / "truth.json").write_text(json.dumps(truth, indent=1))
        print(name, file=sys.stderr, flush=True)


def findings(program, files):
    """What `recoded/pulse` says of each file: [(period, places, first frame)]."""
    told = {}
    with tempfile.TemporaryDirectory() as folder:
        case = pathlib.Path(folder) / "case"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([program, "init", case], check=True, **quiet)
        for file in files:
            subprocess.run([program, "--case", case, "add", file], check=True, **quiet)
            command = [program, "--case", case, "--json", "inspect", file.name]
            done = subprocess.run(command, capture_output=True, text=True)
            record = json.loads(done.stdout)
            told[file] = list(pulses(record))
    return told


def pulses(part):
    """Every finding of the method, wherever the record keeps its findings."""
    if isinstance(part, dict):
        if isinstance(part.get("method"), dict) and part["method"].get("name") == METHOD:
            values = part["values"]
            yield int(values["period_frames"]), int(values["places"]), int(values["first_frame"])
        for inner in part.values():
            yield from pulses(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from pulses(inner)


def related(period, truth):
    return truth and (period % truth == 0 or truth % period == 0)


def score(options):
    counts = {}
    for folder in map(pathlib.Path, options.set):
        truth = json.loads((folder / "truth.json").read_text())
        told = findings(options.framewitness, [folder / name for name in truth])
        for file, found in told.items():
            period = truth[file.name]
            right = any(related(it[0], period) for it in found)
            wrong = any(not related(it[0], period) for it in found)
            _, first, second = file.stem.rsplit("_", 2)
            for row in [f"first {first}", f"second {second}", "twice" if period else "once"]:
                of, hits, misses = counts.get(row, (0, 0, 0))
                counts[row] = (of + 1, hits + right, misses + wrong)
            if options.each and (wrong or right):
                print(f"  {file.name}: period {period}, told {found}")
    print(f"{'coded':<24} {'files':>6} {'right period':>13} {'another':>8}")
    for row, (of, right, wrong) in sorted(counts.items()):
        print(f"{row:<24} {of:6} {right:6} {right / of:5.0%} {wrong:9}", flush=True)
    if options.untouched:
        files = sorted(it for it in pathlib.Path(options.untouched).iterdir() if it.is_file())
        for file, found in findings(options.framewitness, files).items():
            print(f"untouched {file.name}: {found}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verb = verbs.add_parser("make")
    verb.add_argument("--clips", required=True)
    verb.add_argument("--out", required=True)
    verb.add_argument("--pool", choices=POOLS, default="test")
    verb = verbs.add_parser("score")
    verb.add_argument("--set", action="append", required=True)
    verb.add_argument("--untouched", metavar="DIR")
    verb.add_argument("--framewitness", metavar="PROGRAM", default="target/release/framewitness")
    verb.add_argument("--each", action="store_true", help="what is told of each file")
    options = parser.parse_args()
    make(options) if options.verb == "make" else score(options)


if __name__ == "__main__":
    main()
