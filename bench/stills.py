#!/usr/bin/env python3
"""Stills and screenshots looked for through the command line, scored. Needs python3, ffmpeg, DejaVu fonts.

  bench/stills.py --archive FILE... --others FILE... [--seed N] [--each N] [--keep DIR]

A case is made of the archive. Frames of it, drawn by the seed, are turned into screenshots of eight
kinds: plain, scaled, hard JPEG, in a player, on a phone, on a page, cropped by a tenth, mirrored. Frames
of the others, made up the same way, must not be found. Archive and others must not share footage.
Prints rates by kind, and the scores of right, wrong and false answers. --framewitness names the program,
else the release build or $PATH.
"""
import argparse, json, pathlib, random, shutil, subprocess, sys, tempfile

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
WORDS = ("the council said on monday that witnesses had seen smoke near the bridge before dawn while officials "
         "denied it and asked for time").split()
PLAIN = 30  # quality of PDQ under which a frame is too plain to be told from others


def program(named):
    built = pathlib.Path(__file__).parent.parent / "target/release/framewitness"
    found = named or (str(built) if built.exists() else shutil.which("framewitness"))
    return found or sys.exit("no framewitness found: build it, or name it with --framewitness")


def run(*command):
    done = subprocess.run([str(word) for word in command], text=True, capture_output=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command[:8]))} … ended with {done.returncode}: {done.stderr[:2000]}")
    return done.stdout


def fill(framewitness, case, files):
    run(framewitness, "init", case)
    run(framewitness, "add", "--case", case, *files)
    run(framewitness, "inspect", "--all", "--case", case)


def text(draw, x, y, size, colour):
    line = " ".join(draw.choices(WORDS, k=draw.randint(3, 9)))
    return f"drawtext=fontfile={FONT}:text='{line}':x={x}:y={y}:fontsize={size}:fontcolor={colour}"


def player(draw, size):
    width = draw.choice([640, 854, 1280])
    bars = f"drawbox=y=0:h=38:color=0x2b2b2b:t=fill,{text(draw, 14, 10, 16, 'white')}"
    shade = "drawbox=y=ih-70:h=70:color=black@0.55:t=fill"
    done = f"drawbox=x=16:y=ih-58:w=iw*{draw.uniform(.1, .8):.2f}:h=5:color=red:t=fill"
    rest = "drawbox=x=16:y=ih-58:w=iw-32:h=5:color=white@0.4:t=fill"
    return (f"scale={width}:-2,{shade},{rest},{done},{text(draw, 60, 'h-34', 18, 'white')},"
            f"pad=iw+2:ih+40:1:38:color=0x2b2b2b,{bars}")


def phone(draw, size):
    colour = draw.choice(["black", "white", "0x181c24"])
    ink = "black" if colour == "white" else "white"
    lines = ",".join(text(draw, 40, y, 40, ink) for y in (24, draw.randint(1700, 1800), 1880, 1960))
    return (f"scale=1080:1400:force_original_aspect_ratio=decrease,"
            f"pad=1080:2340:(ow-iw)/2:{draw.randint(200, 300)}:color={colour},{lines}")


def page(draw, size):
    width = draw.randint(480, 960)
    left, top = draw.randint(90, 1300), draw.randint(130, 500)
    height = int(width * size[1] / size[0])
    words = [text(draw, left, 40, 44, "black"), text(draw, left, top - 40, 24, "0x333333")]
    words += [text(draw, left, top + height + 30 + 40 * k, 24, "0x333333") for k in range(12)]
    words += [text(draw, left + width + 60, 130 + 70 * k, 20, "0x0b4f9c") for k in range(16)]
    boxes = [f"drawbox=x={left + width + 60}:y={300 + 260 * k}:w=220:h=124:color=0x{draw.randrange(1 << 24):06x}:t=fill"
             for k in range(3)]
    return (f"scale={width}:-2,pad=2560:1440:{left}:{top}:color=white,"
            f"drawbox=h=90:color=0x1a1a2e:t=fill,{','.join(words + boxes)}")


def cropped(draw, size):
    return f"crop=iw*.9:ih*.9:iw*{draw.uniform(0, .1):.3f}:ih*{draw.uniform(0, .1):.3f}"


KINDS = {
    "plain": (lambda draw, size: "null", "png"),
    "scaled": (lambda draw, size: f"scale=iw*{draw.choice([.5, .7, 1.5])}:-2", "jpg"),
    "jpeg": (lambda draw, size: "null", "hard.jpg"),
    "player": (player, "png"),
    "phone": (phone, "jpg"),
    "page": (page, "png"),
    "cropped": (cropped, "jpg"),
    "mirrored": (lambda draw, size: "hflip", "jpg"),
}


def make(framewitness, case, folder, draw, each):
    """Screenshots of `each` frames of every item and kind: path, item, frame, second."""
    made = []
    for item in map(json.loads, run(framewitness, "list", "--case", case, "--json").splitlines()):
        number = item["number"]
        lines = run(framewitness, "hashes", "export", number, "--case", case, "--label", "x").splitlines()
        telling = [no for no, line in enumerate(lines) if int(line.split(",")[1]) >= PLAIN]
        rows = [json.loads(row) for row in run(framewitness, "frames", number, "--case", case, "--json").splitlines()]
        for kind, (layout, form) in KINDS.items():
            for no in draw.sample(telling, min(each, len(telling))):
                still = folder / "still.png"
                run(framewitness, "frame", number, no, "--case", case, "-o", still)
                size = run("ffprobe", "-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0", still)
                size = tuple(map(int, size.strip().split(",")))
                out = folder / f"{kind}-{number[1:]}-{no}.{form}"
                quality = ["-q:v", "24"] if form == "hard.jpg" else ["-q:v", "4"] if form == "jpg" else []
                run("ffmpeg", "-v", "error", "-y", "-i", still, "-vf", layout(draw, size), *quality, out)
                made.append((kind, out, number, no, rows[no]["at_s"]))
    return made


def look(framewitness, case, made):
    """The answers for each screenshot, the best first."""
    answers = {}
    for at in range(0, len(made), 24):
        files = [shot[1] for shot in made[at:at + 24]]
        for line in run(framewitness, "match", "--case", case, "--json", "--image", *files).splitlines():
            found = json.loads(line)
            answers.setdefault(found["picture"], []).append(found)
    return [answers.get(shot[1].name, []) for shot in made]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", nargs="+", required=True)
    parser.add_argument("--others", nargs="+", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=1, help="frames of each item and kind")
    parser.add_argument("--keep", help="folder for cases and screenshots")
    parser.add_argument("--verbose", action="store_true", help="print what was not found, or wrongly")
    parser.add_argument("--framewitness")
    args = parser.parse_args()
    framewitness, draw = program(args.framewitness), random.Random(args.seed)
    with tempfile.TemporaryDirectory() as room:
        room = pathlib.Path(args.keep or room)
        kept = room / "made.json"
        for name, files in (("archive", args.archive), ("others", args.others)):
            if not (room / name / "case").exists():
                (room / name).mkdir(parents=True)
                fill(framewitness, room / name / "case", files)
        if not kept.exists():
            shots = [make(framewitness, room / name / "case", room / name, draw, args.each) for name in ("archive", "others")]
            kept.write_text(json.dumps(shots, default=str))
        of_archive, of_others = ([(kind, pathlib.Path(path), *rest) for kind, path, *rest in shots]
                                 for shots in json.loads(kept.read_text()))
        rates = {}
        right, wrong = [], []
        for (kind, path, item, no, at), found in zip(of_archive, look(framewitness, room / "archive/case", of_archive)):
            rate = rates.setdefault(kind, dict.fromkeys(["queries", "video", "exact", "in_range", "half_second"], 0))
            rate["queries"] += 1
            best = found[0] if found else None
            hit = best is not None and best["item"] == item
            for one in found:
                (right if one["item"] == item else wrong).append((round(one["score"], 3), one["distance"], one["corners"]))
            if hit:
                rate["video"] += 1
                rate["exact"] += best["frame"] == no
                rate["in_range"] += best["frames"][0] <= no <= best["frames"][1]
                rate["half_second"] += abs(best["at_s"] - at) <= .5
            if args.verbose and not (hit and best["frames"][0] <= no <= best["frames"][1]):
                print(path.name, item, no, best, file=sys.stderr)
        false = []
        for shot, found in zip(of_others, look(framewitness, room / "archive/case", of_others)):
            false += [(round(one["score"], 3), one["distance"], one["corners"], shot[1].name, one["name"]) for one in found]
    print(json.dumps({"rates": rates, "unrelated": len(of_others),
                      "lowest_right": sorted(right)[:20], "highest_wrong": sorted(wrong)[:-12:-1],
                      "false": len(false), "highest_false": sorted(false)[:-16:-1]}))


if __name__ == "__main__":
    main()
