"""Tells which operations of the API answered a request with what was asked for, and fails where too few did.

`answered.py API.json REQUESTS.har LEAST`: a description is held by refusals alone where nothing gets past them.
"""
import collections
import json
import re
import sys


def main(description, requests, least):
    with open(description) as api, open(requests) as har:
        paths, entries = json.load(api)["paths"], json.load(har)["log"]["entries"]
    operations = [(method.upper(), path) for path, methods in paths.items() for method in methods]
    patterns = {path: re.compile(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(path))) for path in paths}
    answers = collections.defaultdict(collections.Counter)
    for entry in entries:
        path = "/" + entry["request"]["url"].split("?")[0].split("/", 3)[3]
        known = [one for one in operations if one[0] == entry["request"]["method"] and patterns[one[1]].fullmatch(path)]
        if known:
            # The address with the fewest parameters is the one that the server takes.
            answers[min(known, key=lambda one: one[1].count("{"))][entry["response"]["status"]] += 1
    answered = [one for one in operations if any(200 <= status < 400 for status in answers[one])]
    for method, path in operations:
        if (method, path) not in answered:
            print(f"never more than refused: {method} {path} {dict(answers[method, path])}")
    writing = sum(method == "POST" for method, _ in answered)
    print(f"{len(entries)} requests; {len(answered)} of {len(operations)} operations answered, {writing} of them writing")
    if len(answered) < least:
        sys.exit(f"only {len(answered)} operations were answered, {least} were before: give tools/schemathesis.toml what they need")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
