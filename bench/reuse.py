#!/usr/bin/env python3
"""Reuse search through the command line, beside vPDQ, scored.

  bench/reuse.py --eval reuse_eval.py --references DIR --hosts DIR [--seed N ...] [--attacks a,b]
  bench/reuse.py --eval reuse_eval.py --references DIR --made DIR
  bench/reuse.py --piece --references DIR --hosts DIR

The evaluation script cuts spans of the references, alters them and hides them in host footage
(`make`), once for each seed; a case is made of the references; every query is matched against it; the
same script scores the matches (`score`). References and hosts must not share footage. --made takes a
folder that `make` filled before. vPDQ (PyPI, built into target/bench/venv-vpdq; needs g++ and the
headers of FFmpeg, libavdevice and libavfilter among them) gets the same queries; --alone leaves it out. --quick
runs the queries a second time, compared only with what the index nominates.

--piece hides four seconds of each reference, at 240 lines, cropped by 15 %, mirrored, with a logo and 5 %
faster, inside ten minutes of the hosts, and asks for the whole: the reference must come first, both
spans within half a second of the truth.

--framewitness names the program, else the release build or $PATH. Needs python3, ffmpeg, and footage.
"""
import argparse, json, pathlib, shutil, subprocess, sys, tempfile, time

import film

BATCH = 24  # queries in one call, so that a failure names few


def program(named):
    built = pathlib.Path(__file__).parent.parent / "target/release/framewitness"
    found = named or (str(built) if built.exists() else shutil.which("framewitness"))
    return found or sys.exit("no framewitness found: build it, or name it with --framewitness")


def run(command, **how):
    started = time.monotonic()
    done = subprocess.run([str(word) for word in command], text=True, **how)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command[:6]))} … ended with {done.returncode}: {(done.stderr or '')[:2000]}")
    return done.stdout, time.monotonic() - started


def files(folder):
    return sorted(path for path in pathlib.Path(folder).iterdir() if path.is_file())


def fill(framewitness, case, references):
    run([framewitness, "init", case], capture_output=True)
    run([framewitness, "add", "--case", case, *references], capture_output=True)
    return run([framewitness, "inspect", "--all", "--case", case], capture_output=True)[1]


def match(framewitness, case, queries, out, *how):
    seconds = 0.0
    with open(out, "w") as matches:
        for at in range(0, len(queries), BATCH):
            found, took = run([framewitness, "match", *how, "--case", case, "--json", "--query", *queries[at:at + BATCH]],
                              capture_output=True)
            matches.write(found)
            seconds += took
    return seconds


def vpdq(references, queries, out):
    """The same queries by vPDQ; seconds."""
    venv = film.FOLDER / "venv-vpdq"
    if not (venv / "done").exists():
        run([sys.executable, "-m", "venv", venv], capture_output=True)
        run([venv / "bin" / "pip", "install", "-q", "vpdq==0.2.5"], capture_output=True)
        (venv / "done").touch()
    script = pathlib.Path(__file__).with_name("vpdq_peer.py")
    with open(out, "w") as matches:
        return run([venv / "bin" / "python", script, references, queries], stdout=matches, stderr=subprocess.PIPE)[1]


def evaluated(args, seed, room, framewitness):
    """Scores of one seed, ours and theirs."""
    made = pathlib.Path(args.made or room / f"made-{seed}")
    if not args.made:
        run([sys.executable, args.eval, "make", "--references", args.references, "--hosts", args.hosts,
             "--out", made, "--seed", seed, "--attacks", args.attacks], capture_output=True)
    queries = files(made / "queries")
    outs = {"ours": room / f"{seed}.jsonl"}
    seconds = {"ours": match(framewitness, room / "case", queries, outs["ours"])}
    if args.quick:
        outs["ours, quick"] = room / f"{seed}-quick.jsonl"
        seconds["ours, quick"] = match(framewitness, room / "case", queries, outs["ours, quick"], "--quick")
    if not args.alone:
        outs["vPDQ"] = room / f"{seed}-vpdq.jsonl"
        seconds["vPDQ"] = vpdq(args.references, made / "queries", outs["vPDQ"])
    for name, file in outs.items():
        told = json.loads(run([sys.executable, args.eval, "score", "--truth", made / "truth.json", "--matches", file,
                               "--json"], capture_output=True)[0])
        told |= {"queries": len(queries), "seconds": round(seconds[name], 1)}
        print(f"seed {seed}, {name}: {json.dumps(told)}", flush=True)


def hidden(reference, hosts, room):
    """Ten minutes of hosts with an altered piece of the reference inside: file, and the truth."""
    probe = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", reference]
    length = float(run(probe, capture_output=True)[0])
    start, speed, where = max(0.0, length - 4.3) / 2, 1.05, 287.0
    every = [word for host in hosts for word in ("-stream_loop", "-1", "-i", host)]
    share = 600 / len(hosts)
    fit = "scale=480:270:force_original_aspect_ratio=decrease,pad=480:270:(ow-iw)/2:(oh-ih)/2,setsar=1,fps=25,format=yuv420p"
    parts = "".join(f"[{k + 1}:v]{fit},trim=duration={share},setpts=PTS-STARTPTS[h{k}];" for k in range(len(hosts)))
    around = "".join(f"[h{k}]" for k in range(len(hosts))) + f"concat=n={len(hosts)},split[x][y];"
    cut = f"[x]trim=end={where}[before];[y]trim=start={where},setpts=PTS-STARTPTS[after];"
    piece = (f"[0:v]crop=iw*.85:ih*.85,scale=-2:240,hflip,setpts=PTS/{speed},drawbox=x=iw*.75:y=ih*.05:w=iw*.2:h=ih*.14:"
             f"color=red:t=fill,{fit}[piece];[before][piece][after]concat=n=3[o]")
    out = room / f"{reference.stem}.mp4"
    run(["ffmpeg", "-v", "error", "-y", "-ss", start, "-t", 4, "-i", reference, *every, "-filter_complex",
         parts + around + cut + piece, "-map", "[o]", "-an", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "30", out],
        capture_output=True)
    return out, [where, where + 4 / speed], [start, start + 4]


def pieces(args, room, framewitness):
    """Whether each reference is found first by four altered seconds of it."""
    hosts, right = files(args.hosts), 0
    for reference in files(args.references):
        query, span, other = hidden(reference, hosts, room)
        found = run([framewitness, "match", "--case", room / "case", "--json", "--query", query], capture_output=True)[0]
        found = [json.loads(line) for line in found.splitlines()]
        query.unlink()
        first = max(found, key=lambda one: one["score"], default=None)
        if first is None:
            print(f"{reference.name}: not found")
            continue
        off = [round(a - b, 2) for key, truth in (("query_span", span), ("reference_span", other))
               for a, b in zip(first[key], truth)]
        good = first["reference"] == reference.name and max(map(abs, off)) <= 0.5
        right += good
        print(f"{reference.name}: first of {len(found)} is {first['reference']}, score {first['score']:.2f}, off by {off} s"
              f"{'' if good else '  <-- not within half a second'}", flush=True)
    print(f"{right} of {len(files(args.references))} first and within half a second")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", help="the evaluation script")
    parser.add_argument("--references", required=True)
    parser.add_argument("--hosts")
    parser.add_argument("--made", help="folder that `make` filled before")
    parser.add_argument("--seed", nargs="+", default=["1"])
    parser.add_argument("--attacks", default="")
    parser.add_argument("--alone", action="store_true", help="without vPDQ")
    parser.add_argument("--quick", action="store_true", help="also with what the index nominates alone")
    parser.add_argument("--piece", action="store_true", help="four altered seconds inside ten minutes")
    parser.add_argument("--framewitness")
    args = parser.parse_args()
    if not args.hosts and not args.made:
        parser.error("one of --hosts and --made is needed")
    if not args.eval and not args.piece:
        parser.error("one of --eval and --piece is needed")
    framewitness = program(args.framewitness)
    with tempfile.TemporaryDirectory() as room:
        room = pathlib.Path(room)
        fill(framewitness, room / "case", files(args.references))
        if args.piece:
            return pieces(args, room, framewitness)
        for seed in args.seed:
            evaluated(args, seed, room, framewitness)


if __name__ == "__main__":
    main()
