#!/usr/bin/env python3
"""Verifies journals of versions 1 and 2 by docs/formats/journal.md, and by nothing of our code.

usage: verify_journal.py FILE...    (one envelope a line; blobs in blobs/sha256 beside it; needs openssl)
Prints one JSON line per file: {"faulty": [places of faulty entries], "root": hex, "size": n, "untrue": [places
of entries that are sound, but whose blob, head, time stamp or cosignature is not what they say]}. Exit code 0, or 3.
"""
import base64, datetime, functools, hashlib, json, pathlib, re, subprocess, sys, tempfile  # noqa: E401

sha256 = lambda data: hashlib.sha256(data).digest()  # noqa: E731: at most 150 lines, by intent
TYPE, FORMAT = "application/vnd.framewitness.entry+json", "framewitness-journal/"
WIRE, DER = b"\0\0\0\x0bssh-ed25519\0\0\0\x20", bytes.fromhex("302a300506032b6570032100")
TIME = re.compile(r"(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?Z", re.ASCII)
CERTIFICATE = b"-----BEGIN CERTIFICATE-----\n%s-----END CERTIFICATE-----\n"
BLOBS = {"item.acquired": ["item"], "report.written": ["report"], "checkpoint.witnessed": ["proof"],
         "item.inspected": ["facts", "frames", "prints", "thumbnails", "sound"]}

def require(truth, what="a fraction"):
    if not truth:
        raise ValueError(what)

def parse(data, members):
    """A JSON object with exactly these members, from its canonical bytes (RFC 8785, without fractions)."""
    def ordered(pairs):
        names = [name.encode("utf-16-be") for name, _ in pairs]
        return require(names == sorted(set(names)), "order of members") or dict(pairs)

    read = {"object_pairs_hook": ordered, "parse_float": lambda _: require(False), "parse_constant": str}
    value = json.loads(data, parse_int=lambda n: require(abs(int(n)) < 2**53, "too large") or int(n), **read)
    require(set(value) == members, "other members")
    require(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() == data, "not canonical")
    return value

def unbase64(text):
    data = base64.b64decode(text, validate=True)
    return require(base64.b64encode(data).decode() == text, "base64 in another form") or data

def open_envelope(data):
    envelope = parse(data, {"payload", "payloadType", "signatures"})
    payload, signatures = unbase64(envelope["payload"]), envelope["signatures"]
    entry = parse(payload, {"format", "seq", "prev", "at", "actor", "kind", "body"})
    kind, actor, version = entry["kind"], entry["actor"], "12"[entry["kind"] in ("key.rotated", "key.revoked")]
    require(envelope["payloadType"] == TYPE and entry["format"] == FORMAT + version, "format")
    require(isinstance(signatures, list) and len(signatures) == 1 + (kind == "key.rotated"), "signatures")
    require(all(set(s) == {"keyid", "sig"} and len(unbase64(s["sig"])) == 64 for s in signatures), "form")
    datetime.date.fromisoformat(TIME.fullmatch(entry["at"])[1])
    require(actor and actor == actor.strip() and not re.search(r"[\0-\x1f\x7f-\x9f]", actor), "actor")
    require(re.fullmatch(r"[a-z]+(\.[a-z]+)*", kind) and re.fullmatch("sha256:[0-9a-f]{64}", entry["prev"]), "form")
    return payload, entry, signatures

@functools.cache
def openssl(arguments, **files):
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            pathlib.Path(folder, name).write_bytes(data)
        return subprocess.run(["openssl"] + arguments.split(), cwd=folder, capture_output=True).returncode == 0

def ed25519(key, message, sig):
    command = "pkeyutl -verify -rawin -pubin -keyform DER -inkey key -in message -sigfile sig"
    require(openssl(command, key=DER + key, message=message, sig=sig), "signature")

def fingerprint(key):
    return "SHA256:" + base64.b64encode(sha256(WIRE + key)).decode().rstrip("=")

def take(keys, payload, entry, signatures):
    """Who signs at this entry; `keys` has those of each name, the one that stands last, None once revoked."""
    kind, actor, body, new = entry["kind"], entry["actor"], entry["body"], None
    require(None not in keys.get(actor, []), "revoked")
    if kind in ("actor.registered", "key.rotated"):
        new = (wire := unbase64(re.fullmatch("ssh-ed25519 (.*)", body["public_key"])[1]))[-32:]
        require(wire == WIRE + new and body["actor"] == actor, "no key, or another's")
        require(not any(new in each for each in keys.values()), "used before")
        require((kind == "actor.registered") != (actor in keys), "registered before, or not")
    if kind in ("key.rotated", "key.revoked"):
        require(set(body) == {"actor", "reason", "public_key" if new else "fingerprint"}, "members")
        require(isinstance(body["reason"] or "", str) and (new or body["reason"]), "reason")
    if kind == "key.revoked":
        require(fingerprint(keys[body["actor"]][-1]) == body["fingerprint"], "not that key")
    message = f"DSSEv1 {len(TYPE)} {TYPE} {len(payload)} ".encode() + payload
    for signature, key in zip(signatures, [new] if kind == "actor.registered" else [keys[actor][-1], new]):
        require(signature["keyid"] == fingerprint(key), "another key")
        ed25519(key, message, unbase64(signature["sig"]))
    if kind in ("actor.registered", "key.rotated", "key.revoked"):
        keys.setdefault(body["actor"], []).append(new)

def root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"")
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1" + root(leaves[:split]) + root(leaves[split:]))

def note_signature(note, kind, key):
    """Checks the line of this key; gives its time. `kind` 1 signs a head, 4 cosigns it."""
    text, lines = note.rsplit("\n\n", 1)
    said = [(line.split(" ")[1], unbase64(line.split(" ")[2])) for line in lines.splitlines()]
    data = next(d for name, d in said if d[:4] == sha256(name.encode() + bytes([10, kind]) + key)[:4])
    time = int.from_bytes(data[4:12], "big")
    start = f"cosignature/v1\ntime {time}\n" if kind == 4 else ""
    return ed25519(key, (start + text + "\n").encode(), data[12 if kind == 4 else 4:]) or time

def look_beyond(entry, key, leaves, blob, notes):
    """What an entry says beyond itself: blobs that it names, the head that it signs, a testimony."""
    kind, body = entry["kind"], entry["body"]
    for each in [body] + (body.get("tracks", []) if kind == "item.inspected" else []):
        [blob(each[name]) for name in BLOBS.get(kind, []) if each.get(name) is not None]
    if kind == "checkpoint.signed":
        notes.append(body["checkpoint"])
        size, head = notes[-1].split("\n")[1:3]
        require(unbase64(head) == root(leaves[:int(size)]), "another head")
        note_signature(notes[-1], 1, key)
    elif kind == "checkpoint.witnessed":
        note, said, proof = notes[int(body["checkpoint"][1:]) - 1], body["testimony"], blob(body["proof"])
        if said["form"] == "rfc3161":
            pem = CERTIFICATE % base64.encodebytes(blob(said["root"]))
            ask, files = "ts -verify -data data -in token -CAfile root", {"data": note.encode(), "token": proof}
            require(any(openssl(ask + form, root=pem, **files) for form in ("", " -token_in")), "no time stamp")
        elif said["form"] == "cosignature":
            at = note_signature(proof.decode(), 4, unbase64(said["key"].split("+", 2)[2])[1:])
            told = datetime.datetime.fromisoformat(said["at"].replace("Z", "+00:00")).timestamp()
            require(proof.decode().split("\n\n")[0] == note.split("\n\n")[0] and at == told, "another head or time")

def verify(path):
    def blob(name):
        file = path.parent.joinpath("blobs", "sha256", name[7:9], name[7:])
        data = file.read_bytes() if name not in gone or file.exists() else None
        return require(data is None or sha256(data).hex() == name[7:], "a blob is not what it was") or data

    lines = [line.rstrip(b"\n") for line in path.open("rb")]
    leaves, keys, gone, notes, faulty, false, good = [sha256(b"\0" + line) for line in lines], {}, set(), [], [], [], []
    for place, line in enumerate(lines):
        try:
            payload, entry, signatures = open_envelope(line)
            take(keys, payload, entry, signatures)
            before = sha256(b"".join(lines[place - 1:place])).hex()
            require((entry["seq"], entry["prev"]) == (place, "sha256:" + before), "place")
            good.append((entry, keys[entry["actor"]][-1]))
            if entry["kind"] == "item.removed":
                gone.update([entry["body"]["item"]], (it["id"] for it in entry["body"].get("derived", [])))
        except Exception:  # whatever it trips over is not as the format says
            faulty.append(place)
    for entry, key in good:
        try:
            look_beyond(entry, key, leaves, blob, notes)
        except Exception:
            false.append(entry["seq"])
    return {"faulty": faulty, "root": root(leaves).hex(), "size": len(lines), "untrue": false}

results = [verify(pathlib.Path(path)) for path in sys.argv[1:]]
print(*map(json.dumps, results), sep="\n")
sys.exit(3 if any(result["faulty"] or result["untrue"] for result in results) else 0)
