#!/usr/bin/env python3
"""Verifies journals of versions 1 and 2 by docs/formats/journal.md, and by nothing of our code.

usage: verify_journal.py FILE...    (one envelope a line; needs openssl for Ed25519)

Prints one JSON line per file: {"faulty": [places of faulty entries], "root": hex, "size": n}.
Exit code 0 if no entry of any file is faulty, else 3.
"""
import base64
import datetime
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

FORMATS = {"key.rotated": 2, "key.revoked": 2}
PAYLOAD_TYPE = "application/vnd.framewitness.entry+json"
WIRE_PREFIX = b"\0\0\0\x0bssh-ed25519\0\0\0\x20"
TIME = re.compile(r"(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?Z", re.ASCII)


class Fault(Exception):
    """What is wrong with an entry."""


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
    if isinstance(value, int) and not isinstance(value, bool):
        require(abs(value) < 2**53, "an integer too large")
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
    require(isinstance(text, str), "no base64")
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Fault("no base64") from error
    require(base64.b64encode(data).decode() == text, "base64 in another form")
    return data


def open_envelope(data):
    envelope = parse(data, {"payload", "payloadType", "signatures"})
    require(envelope["payloadType"] == PAYLOAD_TYPE, "another payload type")
    signatures = envelope["signatures"]
    payload = unbase64(envelope["payload"])
    entry = parse(payload, {"format", "seq", "prev", "at", "actor", "kind", "body"})
    check_members(entry)
    wanted = 2 if entry["kind"] == "key.rotated" else 1
    require(isinstance(signatures, list) and len(signatures) == wanted, "number of signatures")
    require(all(isinstance(s, dict) and set(s) == {"keyid", "sig"} for s in signatures), "form")
    require(all(len(unbase64(s["sig"])) == 64 for s in signatures), "form")
    return payload, entry, signatures


def check_members(entry):
    require(all(isinstance(entry[m], str) for m in ("prev", "at", "actor", "kind")), "not text")
    require(entry["format"] == f"framewitness-journal/{FORMATS.get(entry['kind'], 1)}", "another format")
    require(re.fullmatch(r"sha256:[0-9a-f]{64}", entry["prev"]), "prev")
    time = TIME.fullmatch(entry["at"])
    require(time, "at")
    try:
        datetime.date.fromisoformat(time[1])
    except ValueError as error:
        raise Fault("at") from error
    actor = entry["actor"]
    require(actor and actor == actor.strip() and not re.search(r"[\0-\x1f\x7f-\x9f]", actor), "actor")
    require(re.fullmatch(r"[a-z]+(\.[a-z]+)*", entry["kind"]), "kind")


def read_key(text):
    require(isinstance(text, str) and text.startswith("ssh-ed25519 "), "no key")
    wire = unbase64(text.removeprefix("ssh-ed25519 "))
    require(wire.startswith(WIRE_PREFIX) and len(wire) == len(WIRE_PREFIX) + 32, "no key")
    return wire


class Keys:
    """Which key signs for whom, entry after entry."""

    def __init__(self):
        self.standing, self.revoked, self.used = {}, set(), set()

    def take(self, payload, entry, signatures):
        kind, actor, body = entry["kind"], entry["actor"], entry["body"]
        require(actor not in self.revoked, "revoked")
        member = body.get if isinstance(body, dict) else lambda name: None
        if kind in ("actor.registered", "key.rotated"):
            new = read_key(member("public_key"))
            require(member("actor") == actor and new not in self.used, "another's or used before")
        if kind == "actor.registered":
            require(actor not in self.standing, "registered before")
        elif kind == "key.rotated":
            require(set(body) == {"actor", "public_key", "reason"}, "members")
            require(isinstance(body["reason"], (str, type(None))), "reason")
        elif kind == "key.revoked":
            require(isinstance(body, dict) and set(body) == {"actor", "fingerprint", "reason"}, "members")
            require(isinstance(body["reason"], str) and body["reason"], "reason")
            require(isinstance(body["actor"], str) and body["actor"] in self.standing, "whose")
            require(fingerprint(self.standing[body["actor"]]) == body["fingerprint"], "which")
        signer = new if kind == "actor.registered" else self.standing.get(actor)
        require(signer, "no key of the actor is known")
        check_signature(payload, signatures[0], signer)
        if kind == "key.rotated":
            check_signature(payload, signatures[1], new)
        if kind in ("actor.registered", "key.rotated"):
            self.standing[actor] = new
            self.used.add(new)
        elif kind == "key.revoked":
            del self.standing[body["actor"]]
            self.revoked.add(body["actor"])


def fingerprint(wire):
    return "SHA256:" + base64.b64encode(sha256(wire)).decode().rstrip("=")


def check_signature(payload, signature, wire):
    require(signature["keyid"] == fingerprint(wire), "another key")
    header = f"DSSEv1 {len(PAYLOAD_TYPE)} {PAYLOAD_TYPE} {len(payload)} ".encode()
    subject_public_key = bytes.fromhex("302a300506032b6570032100") + wire[-32:]
    parts = {"key": subject_public_key, "message": header + payload, "sig": unbase64(signature["sig"])}
    with tempfile.TemporaryDirectory() as folder:
        for name, data in parts.items():
            with open(os.path.join(folder, name), "wb") as out:
                out.write(data)
        command = "openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey key -in message -sigfile sig"
        said = subprocess.run(command.split(), cwd=folder, capture_output=True)
    require(said.returncode == 0, "signature")


def root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256(b"")
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1" + root(leaves[:split]) + root(leaves[split:]))


def verify(path):
    with open(path, "rb") as file:
        lines = file.read().split(b"\n")
    require(lines.pop() == b"", "the last line does not end")
    keys, faulty, previous = Keys(), [], sha256(b"")
    for place, line in enumerate(lines):
        try:
            payload, entry, signatures = open_envelope(line)
            keys.take(payload, entry, signatures)
            require(entry["seq"] == place, "seq")
            require(entry["prev"] == "sha256:" + previous.hex(), "prev")
        except Fault:
            faulty.append(place)
        previous = sha256(line)
    leaves = [sha256(b"\0" + line) for line in lines]
    return {"faulty": faulty, "root": root(leaves).hex(), "size": len(lines)}


if __name__ == "__main__":
    results = [verify(path) for path in sys.argv[1:]]
    for result in results:
        print(json.dumps(result))
    sys.exit(3 if any(result["faulty"] for result in results) else 0)
