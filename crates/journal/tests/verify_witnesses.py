#!/usr/bin/env python3
"""Verifies what the entries of a journal say of blobs, heads and witnesses, by docs/formats/journal.md.

usage: verify_witnesses.py FILE...    (needs openssl; blobs lie in blobs/sha256 beside the file)

Prints what verify_journal.py does, and "untrue": places of entries that are sound by themselves, but whose
blob, checkpoint, time stamp or cosignature is not what they say. Exit code 0, or 3.
"""
import base64
import datetime
import json
import os
import sys

from verify_journal import Fault, ed25519, openssl, require, root, sha256, unbase64, verify

def note_signature(note, kind, key):
    """Checks the line of this key; gives its time. `kind` 1 signs a head, 4 cosigns it."""
    text, lines = note.rsplit("\n\n", 1)
    for name, encoded in (line.removeprefix("\u2014 ").split(" ") for line in lines.splitlines()):
        data = unbase64(encoded)
        if data[:4] == sha256(name.encode() + bytes([10, kind]) + key)[:4]:
            time = int.from_bytes(data[4:12], "big")
            start = f"cosignature/v1\ntime {time}\n" if kind == 4 else ""
            return ed25519(key, (start + text + "\n").encode(), data[12 if kind == 4 else 4:]) or time
    raise Fault("not signed")

def check_body(entry, key, heads, blob, notes):
    """What an entry says beyond itself: blobs that it names, the head that it signs, a testimony."""
    kind, body = entry["kind"], entry["body"]
    names = {"item.acquired": ["item"], "report.written": ["report"], "checkpoint.witnessed": ["proof"]}
    names["item.inspected"] = ["facts", "frames", "prints", "thumbnails", "sound"]
    for each in [body] + (body.get("tracks", []) if kind == "item.inspected" else []):
        for name in names.get(kind, []):
            each.get(name) is None or blob(each[name])
    if kind == "checkpoint.signed":
        notes.append(body["checkpoint"])
        size, head = notes[-1].split("\n")[1:3]
        require(unbase64(head) == heads(int(size)), "another head")
        note_signature(notes[-1], 1, key)
    elif kind == "checkpoint.witnessed":
        note, said = notes[int(body["checkpoint"][1:]) - 1], body["testimony"]
        if said["form"] == "rfc3161":
            pem = b"-----%s CERTIFICATE-----\n"
            pem = pem % b"BEGIN" + base64.encodebytes(blob(said["root"])) + pem % b"END"
            files = {"data": note.encode(), "token": blob(body["proof"]), "root": pem}
            command = "ts -verify -data data -in token -CAfile root"
            holds = openssl(command, **files) or openssl(command + " -token_in", **files)
            require(holds, "the time stamp does not hold")
        elif said["form"] == "cosignature":
            theirs = blob(body["proof"]).decode()
            at = note_signature(theirs, 4, unbase64(said["key"].split("+", 2)[2])[1:])
            told = datetime.datetime.fromisoformat(said["at"].replace("Z", "+00:00")).timestamp()
            same = theirs.split("\n\n")[0] == note.split("\n\n")[0]
            require(same and at == told, "another head or time")

def verify_all(path):
    folder, untrue, notes = os.path.join(os.path.dirname(path), "blobs", "sha256"), [], []

    def blob(name):
        digits = name.removeprefix("sha256:")
        with open(os.path.join(folder, digits[:2], digits), "rb") as file:
            data = file.read()
        require(sha256(data).hex() == digits, "a blob is not what it was")
        return data

    def look(entry, keys, leaves):
        try:
            key = keys["standing"].get(entry["actor"])
            check_body(entry, key, lambda size: root(leaves[:size]), blob, notes)
        except (Fault, OSError, ValueError, LookupError, TypeError, AttributeError):
            untrue.append(entry["seq"])

    return {**verify(path, look), "untrue": untrue}

if __name__ == "__main__":
    results = [verify_all(path) for path in sys.argv[1:]]
    print(*map(json.dumps, results), sep="\n")
    sys.exit(3 if any(result["faulty"] + result["untrue"] for result in results) else 0)
