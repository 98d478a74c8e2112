#!/usr/bin/env python3
"""Reuse search through the command line, scored. Needs python3, ffmpeg and a built `framewitness`.

  bench/reuse.py --eval reuse_eval.py --references DIR --hosts DIR [--seed N] [--attacks a,b]
  bench/reuse.py --eval reuse_eval.py --references DIR --made DIR

The evaluation script cuts spans of the references, alters them and hides them in host footage
(`make`); a case is made of the references; every query is matched against it; the same script
scores the matches (`score`). References and hosts must not share footage. --made takes a folder
that `make` filled before. --framewitness names the program, else the release build or $PATH.
"""
import argparse, json, pathlib, shutil, subprocess, sys, tempfile, time

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


def match(framewitness, case, queries, out):
    seconds = 0.0
    with open(out, "w") as matches:
        for at in range(0, len(queries), BATCH):
            found, took = run([framewitness, "match", "--case", case, "--json", "--query", *queries[at:at + BATCH]],
                              capture_output=True)
            matches.write(found)
            seconds += took
    return seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", required=True, help="the evaluation script")
    parser.add_argument("--references", required=True)
    parser.add_argument("--hosts")
    parser.add_argument("--made", help="folder that `make` filled before")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--attacks", default="")
    parser.add_argument("--framewitness")
    args = parser.parse_args()
    if not args.hosts and not args.made:
        parser.error("one of --hosts and --made is needed")
    framewitness = program(args.framewitness)
    with tempfile.TemporaryDirectory() as room:
        room = pathlib.Path(room)
        made = pathlib.Path(args.made or room / "made")
        if not args.made:
            run([sys.executable, args.eval, "make", "--references", args.references, "--hosts", args.hosts,
                 "--out", made, "--seed", args.seed, "--attacks", args.attacks])
        inspecting = fill(framewitness, room / "case", files(args.references))
        queries = files(made / "queries")
        matching = match(framewitness, room / "case", queries, room / "matches.jsonl")
        scores = json.loads(run([sys.executable, args.eval, "score", "--truth", made / "truth.json",
                                 "--matches", room / "matches.jsonl", "--json"], capture_output=True)[0])
    scores |= {"queries": len(queries), "references": len(files(args.references)),
               "inspect_seconds": round(inspecting, 1), "match_seconds": round(matching, 1)}
    print(json.dumps(scores, indent=1))


if __name__ == "__main__":
    main()
