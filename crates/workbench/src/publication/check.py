#!/usr/bin/env python3
"""Checks a bundle of Framewitness by docs/formats/bundle.md, and by nothing of its code.
usage: check.py FOLDER [KEY]     (Python 3.11, openssl 3, ssh-keygen; KEY: the fingerprint that must have signed)
Prints what is wrong, a kind and what it is about on each line. Exit code 0, or 3.
"""
import base64, functools, hashlib, json, pathlib, re, subprocess, sys, tempfile  # noqa: E401
TYPE, SPACE = "application/vnd.framewitness.entry+json", "framewitness-publication"
WIRE, DER = b"\0\0\0\x0bssh-ed25519\0\0\0\x20", bytes.fromhex("302a300506032b6570032100")
MANIFEST, TAGS, SIGNATURE = "manifest-sha256.txt", "tagmanifest-sha256.txt", "tagmanifest-sha256.txt.sig"
OTS = b"\0OpenTimestamps\0\0Proof\0\xbf\x89\xe2\xe8\x84\xe8\x92\x94\1\x08"  # then the SHA-256 of what it is of
DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
ENTRIES, HEAD, CASE = "data/journal/entries.json", "data/journal/checkpoint.txt", "data/case.json"
sha256 = lambda data: hashlib.sha256(data).digest()  # noqa: E731: at most 150 lines, by intent
fingerprint = lambda key: "SHA256:" + base64.b64encode(sha256(WIRE + key)).decode().rstrip("=")  # noqa: E731
unbase64 = functools.partial(base64.b64decode, validate=True)
def require(truth):
    if not truth:
        raise ValueError
@functools.cache
def run(command, given=b"", **files):
    """Whether a program says yes to these files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            pathlib.Path(folder, name).write_bytes(data)
        return subprocess.run(command.split(), cwd=folder, input=given, capture_output=True).returncode == 0
def ed25519(key, message, sig):
    command = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in message -sigfile sig"
    require(len(key) == 32 and run(command, key=DER + key, message=message, sig=sig))
def raw(openssh):
    wire = unbase64(re.fullmatch("ssh-ed25519 (.*)", openssh)[1])
    return require(wire[:-32] == WIRE) or wire[-32:]
def bag(files, wrong):
    """Form, and that the files are those of the manifests."""
    listed = {}
    for manifest, payload in ((TAGS, False), (MANIFEST, True)):
        lines = files[manifest].read_bytes().decode(errors="replace").splitlines() if manifest in files else []
        for match in (re.fullmatch("([0-9a-f]{64})  (.+)", line) for line in lines):
            fits = match and match[2].startswith("data/") == payload and match[2] not in listed
            listed.update({match[2]: match[1]}) if fits else wrong("form", manifest)
    for path, fits in (("bagit.txt", files["bagit.txt"].read_bytes() == DECLARED), (TAGS, MANIFEST in listed)):
        fits or wrong("form", path)
    for path in ({TAGS, MANIFEST, SIGNATURE, ENTRIES, HEAD, CASE} | listed.keys()) - files.keys():
        wrong("missing", path)
    for path in files.keys() - {TAGS, SIGNATURE}:
        with files[path].open("rb") as file:
            if path not in listed:
                wrong("extra", path)
            elif hashlib.file_digest(file, "sha256").hexdigest() != listed[path]:
                wrong("changed", path)
def signature(read, key, wrong):
    allowed = read("allowed_signers")
    form = re.fullmatch(rb'(\S+) namespaces="%s" (ssh-ed25519 \S+)\n' % SPACE.encode(), allowed)
    command = f"ssh-keygen -Y verify -f allowed -n {SPACE} -s sig -I {form[1].decode() if form else ''}"
    holds = form and run(command, read(TAGS), allowed=allowed, sig=read(SIGNATURE))
    signer = holds and fingerprint(raw(form[2].decode()))
    return signer if holds and key in (None, signer) else wrong("signature", TAGS)
def head(note, vkey):  # a signed note's number of entries and root
    name, key = vkey.split("+")[0], unbase64(vkey.split("+", 2)[2])
    body, lines = note.split("\n\n", 1)
    data = [unbase64(line.split(" ")[2]) for line in lines.splitlines() if line.startswith(f"\u2014 {name} ")]
    signed = next(it for it in data if it[:4] == sha256(name.encode() + b"\n" + key)[:4])
    origin, size, root = body.split("\n")[:3]
    require(key[:1] == b"\1" and origin == name and re.fullmatch("(\u2014 \\S+ \\S+\n)+", lines))
    return ed25519(key[1:], (body + "\n").encode(), signed[4:]) or (int(size), unbase64(root))
def included(shown, size, root):  # RFC 9162, 2.1.3.2
    at, last, digest = shown["seq"], size - 1, bytes.fromhex(shown["leaf"])
    require(0 <= at < size and len(digest) == 32)
    for node in map(unbase64, shown["nodes"]):
        require(last and len(node) == 32)
        left = at & 1 or at == last
        digest = sha256(b"\1" + (node + digest if left else digest + node))
        while left and not at & 1 and at:
            at, last = at >> 1, last >> 1
        at, last = at >> 1, last >> 1
    require(last == 0 and digest == root)
def entry(shown, before, size, root, keys):  # it is in the tree, and signed by the key that stood
    require(shown["seq"] > before)
    included(shown, size, root)
    if shown.get("envelope") is None:
        return
    require(sha256(b"\0" + shown["envelope"].encode()).hex() == shown["leaf"])
    outer = json.loads(shown["envelope"])
    payload = unbase64(outer["payload"])
    said = json.loads(payload)
    kind, actor, body = said["kind"], said["actor"], said["body"]
    require(outer["payloadType"] == TYPE and all(said[it] == shown[it] for it in ("seq", "at", "actor", "kind")))
    new = raw(body["public_key"]) if kind in ("actor.registered", "key.rotated") else None
    require(kind != "actor.registered" or body["actor"] == actor and actor not in keys)
    message = f"DSSEv1 {len(TYPE)} {TYPE} {len(payload)} ".encode() + payload
    for signed, key in zip(outer["signatures"], [new] if kind == "actor.registered" else [keys[actor], new]):
        require(signed["keyid"] == fingerprint(key))
        ed25519(key, message, unbase64(signed["sig"]))
    keys.update({actor: new} if new else {})
    keys.pop(body["actor"] if kind == "key.revoked" else None, None)
def origins(value):
    if isinstance(value, dict) and {"entry", "at", "actor"} <= value.keys():
        yield value["entry"], value["at"], value["actor"]
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from origins(each)
def parsed(text):
    it, parts = json.loads(text), {"seq", "at", "actor", "kind", "leaf", "nodes"}
    require(it.keys() == {"format", "checkpoint_key", "entries", "pseudonyms"} and it["format"] == "framewitness-slice/1")
    require(all(parts <= one.keys() <= parts | {"envelope"} for one in it["entries"]))
    return require(all(one.keys() == {"name", "key", "signature"} for one in it["pseudonyms"])) or it
def journalled(read, attempt):
    sliced = attempt("form", ENTRIES, lambda: parsed(read(ENTRIES)))
    top = sliced and attempt("checkpoint", HEAD, lambda: head(read(HEAD).decode(), sliced["checkpoint_key"]))
    if not top:
        return
    keys, before, there = {}, -1, set()
    for shown in sliced["entries"]:
        attempt("entry", str(shown["seq"]), lambda: entry(shown, before, *top, keys))
        before, _ = shown["seq"], there.add((shown["seq"], shown["at"], shown["actor"]))
    for it in sliced["pseudonyms"]:
        said = f"framewitness-pseudonym/1\n{it['name']}\n".encode() + read(HEAD)
        attempt("pseudonym", it["name"], lambda: ed25519(raw(it["key"]), said, unbase64(it["signature"])))
    for one in origins(attempt("form", CASE, lambda: json.loads(read(CASE)).get("records"))):
        attempt("entry", str(one[0]), lambda: require(one in there))
def check(folder, key=None):
    """What is wrong with a bundle, kinds and what each is about; and the fingerprint of who signed it."""
    found, files, wrong = set(), {}, lambda kind, about: found.add((kind, about))
    read = lambda path: files[path].read_bytes()  # noqa: E731
    for path in sorted(pathlib.Path(folder).rglob("*")):
        name, plain = path.relative_to(folder).as_posix(), not path.is_symlink()
        if not (plain and path.is_dir()):
            files.update({name: path}) if plain and path.is_file() else wrong("form", name)
    def attempt(kind, about, work):
        try:
            return work()
        except Exception:  # whatever it trips over is not as the format says
            wrong(kind, about)
    bag(files, wrong)
    signer = signature(read, key, wrong) if {SIGNATURE, TAGS, "allowed_signers"} <= files.keys() else None
    if {ENTRIES, HEAD, CASE} <= files.keys():
        journalled(read, attempt)
    for path in (it for it in files if HEAD in files and re.fullmatch(r"data/journal/witness-.*\.(tsr|ots|note)", it)):
        name, _, ending = path.rpartition(".")
        given = {"note": read(HEAD), "root": read(name + "-root.pem") if name + "-root.pem" in files else b""}
        ask = "openssl ts -verify -data note -in token -CAfile root"
        holds = {  # the latter two are of this head; CHECKING.md says how to ask whether they hold
            "tsr": lambda: any(run(ask + form, token=read(path), **given) for form in ("", " -token_in")),
            "ots": lambda: read(path).startswith(OTS + sha256(read(HEAD))),
            "note": lambda: read(path).rsplit(b"\n\n", 1)[0] == read(HEAD).rsplit(b"\n\n", 1)[0],
        }
        holds[ending]() or wrong("stamp", path)
    return sorted(found), signer
if __name__ == "__main__":
    damage, signer = check(*(sys.argv[1:3] or ["."]))
    print(*(f"{kind:<12}{about}" for kind, about in damage) if damage else [f"All as it was signed by {signer}"], sep="\n")
    sys.exit(3 if damage else 0)
