#!/usr/bin/env python3
"""Verifies journals of versions 1 and 2 by docs/formats/journal.md, and by nothing of our code.

usage: verify_journal.py FILE...    (one envelope a line; needs openssl for Ed25519)

Prints one JSON line per file: {"faulty": [places of faulty entries], "root": hex, "size": n}. Exit code 0
if no entry of any file is faulty, else 3. What entries say of blobs and witnesses: verify_witnesses.py.
"""
import base64, datetime, functools, hashlib, json  # noqa: E401: at most 150 lines, by intent
import os, re, subprocess, sys, tempfile  # noqa: E401

TYPE = "application/vnd.framewitness.entry+json"
WIRE = b"\0\0\0\x0bssh-ed25519\0\0\0\x20"
TIME = re.compile(r"(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?Z", re.ASCII)
NEW_KEY, VERSION_2 = ("actor.registered", "key.rotated"), ("key.rotated", "key.revoked")

class Fault(Exception): """What is wrong."""

def sha256(data):
    return hashlib.sha256(data).digest()

def require(truth, what):
    if not truth:
        raise Fault(what)

def canonical(value):
    """RFC 8785, for the values a journal may hold."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(n)}:{canonical(value[n])}" for n in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    require(not isinstance(value, float), "a fraction")
    require(not isinstance(value, int) or isinstance(value, bool) or abs(value) < 2**53, "too large")
    return json.dumps(value, ensure_ascii=False)

def parse(data, members):
    """A JSON object with exactly these members, from its canonical bytes."""
    try:
        value = json.loads(data)
        require(isinstance(value, dict) and set(value) == members, "other members")
        require(canonical(value).encode() == data, "not canonical")
    except (ValueError, RecursionError) as error:
        raise Fault(str(error)) from error
    return value

def unbase64(text):
    try:
        data = base64.b64decode(text, validate=True)
        require(base64.b64encode(data).decode() == text, "base64 in another form")
    except (ValueError, TypeError) as error:
        raise Fault("no base64") from error
    return data

def open_envelope(data):
    envelope = parse(data, {"payload", "payloadType", "signatures"})
    payload, signatures = unbase64(envelope["payload"]), envelope["signatures"]
    entry = parse(payload, {"format", "seq", "prev", "at", "actor", "kind", "body"})
    kind, actor, form = entry["kind"], entry["actor"], "framewitness-journal/"
    require(all(isinstance(entry[m], str) for m in ("prev", "at", "actor", "kind")), "not text")
    require(envelope["payloadType"] == TYPE and entry["format"] == form + "12"[kind in VERSION_2], "format")
    require(isinstance(signatures, list) and len(signatures) == 1 + (kind == "key.rotated"), "signatures")
    require(all(isinstance(s, dict) and set(s) == {"keyid", "sig"} for s in signatures), "form")
    require(all(len(unbase64(s["sig"])) == 64 for s in signatures), "form")
    require(re.fullmatch(r"sha256:[0-9a-f]{64}", entry["prev"]) and TIME.fullmatch(entry["at"]), "prev, at")
    try:
        datetime.date.fromisoformat(entry["at"][:10])
    except ValueError as error:
        raise Fault("at") from error
    require(actor and actor == actor.strip() and not re.search(r"[\0-\x1f\x7f-\x9f]", actor), "actor")
    require(re.fullmatch(r"[a-z]+(\.[a-z]+)*", kind), "kind")
    return payload, entry, signatures

@functools.cache
def openssl(arguments, **files):
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            with open(os.path.join(folder, name), "wb") as out:
                out.write(data)
        return subprocess.run(["openssl"] + arguments.split(), cwd=folder, capture_output=True).returncode == 0

def ed25519(key, message, sig):
    command = "pkeyutl -verify -rawin -pubin -keyform DER -inkey key -in message -sigfile sig"
    der = bytes.fromhex("302a300506032b6570032100") + key
    require(openssl(command, key=der, message=message, sig=sig), "signature")

def fingerprint(key):
    return "SHA256:" + base64.b64encode(sha256(WIRE + key)).decode().rstrip("=")

def signed(payload, signature, key):
    require(key and signature["keyid"] == fingerprint(key), "another key")
    ed25519(key, f"DSSEv1 {len(TYPE)} {TYPE} {len(payload)} ".encode() + payload, unbase64(signature["sig"]))

def take(keys, payload, entry, signatures):
    """Who signs at this entry; `keys` are {standing: {name: key}, revoked: names, used: keys}."""
    kind, actor, body = entry["kind"], entry["actor"], entry["body"]
    require(actor not in keys["revoked"], "revoked")
    new, signer, get = None, keys["standing"].get(actor), body.get if isinstance(body, dict) else {}.get
    if kind in NEW_KEY:
        require(isinstance(get("public_key"), str) and get("public_key").startswith("ssh-ed25519 "), "no key")
        wire = unbase64(get("public_key")[12:])
        require(wire.startswith(WIRE) and len(wire) == len(WIRE) + 32, "no key")
        new = wire[-32:]
        require(get("actor") == actor and new not in keys["used"], "another's, or used before")
        require(kind == "key.rotated" or signer is None, "registered before")
    if kind in VERSION_2:
        require(set(body) == {"actor", "reason", "public_key" if new else "fingerprint"}, "members")
        require(isinstance(get("reason"), str) and get("reason") or new and get("reason") in (None, ""), "reason")
    if kind == "key.revoked":
        standing = keys["standing"].get(get("actor")) if isinstance(get("actor"), str) else None
        require(standing and fingerprint(standing) == get("fingerprint"), "not that key")
    signed(payload, signatures[0], new if kind == "actor.registered" else signer)
    if kind == "key.rotated":
        signed(payload, signatures[1], new)
    if new:
        keys["standing"][actor] = new
        keys["used"].add(new)
    elif kind == "key.revoked":
        del keys["standing"][body["actor"]]
        keys["revoked"].add(body["actor"])

def root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"")
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1" + root(leaves[:split]) + root(leaves[split:]))

def verify(path, look=None):
    """`look` is shown each sound entry, with the keys after it and the hashes of all leaves."""
    with open(path, "rb") as file:
        lines = file.read().split(b"\n")
    lines = lines if lines[-1] else lines[:-1]
    leaves = [sha256(b"\0" + line) for line in lines]
    keys, faulty, previous = {"standing": {}, "revoked": set(), "used": set()}, [], sha256(b"")
    for place, line in enumerate(lines):
        try:
            payload, entry, signatures = open_envelope(line)
            take(keys, payload, entry, signatures)
            require((entry["seq"], entry["prev"]) == (place, "sha256:" + previous.hex()), "place")
            if look:
                look(entry, keys, leaves)
        except Fault:
            faulty.append(place)
        previous = sha256(line)
    return {"faulty": faulty, "root": root(leaves).hex(), "size": len(lines)}

if __name__ == "__main__":
    results = [verify(path) for path in sys.argv[1:]]
    print(*map(json.dumps, results), sep="\n")
    sys.exit(3 if any(result["faulty"] for result in results) else 0)
