#!/usr/bin/env python3
"""Verifies journals of version 1 by docs/formats/journal.md, and by nothing of our code.

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

FORMAT = "framewitness-journal/1"
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
    require(isinstance(signatures, list) and len(signatures) == 1, "not one signature")
    require(isinstance(signatures[0], dict) and set(signatures[0]) == {"keyid", "sig"}, "form")
    payload = unbase64(envelope["payload"])
    entry = parse(payload, {"format", "seq", "prev", "at", "actor", "kind", "body"})
    check_members(entry)
    return payload, entry, signatures[0]


def check_members(entry):
    require(entry["format"] == FORMAT, "another format")
    require(all(isinstance(entry[m], str) for m in ("prev", "at", "actor", "kind")), "not text")
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


def registered_key(entry, keys):
    body = entry["body"]
    require(isinstance(body, dict) and body.get("actor") == entry["actor"], "registers another")
    wire = read_key(body.get("public_key"))
    require(entry["actor"] not in keys and wire not in keys.values(), "taken")
    return wire


def check_signature(payload, signature, wire):
    fingerprint = "SHA256:" + base64.b64encode(sha256(wire)).decode().rstrip("=")
    require(signature["keyid"] == fingerprint, "another key")
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
    keys, faulty, previous = {}, [], sha256(b"")
    for place, line in enumerate(lines):
        try:
            payload, entry, signature = open_envelope(line)
            registers = entry["kind"] == "actor.registered"
            wire = registered_key(entry, keys) if registers else keys.get(entry["actor"])
            require(wire, "no key of the actor is known")
            check_signature(payload, signature, wire)
            keys[entry["actor"]] = wire
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
