"""Meta's vPDQ, as a search that tells spans. Runs in an interpreter that has PyPI's vpdq.

  vpdq_peer.py REFERENCES QUERIES > MATCHES.jsonl

One frame a second is hashed, and frames within 31 bits are the same, if both have a quality of 50 or
more: the defaults of its own tools. vPDQ says which share of frames match, not where; the span is taken
from the first to the last frame that matches, and the share is the score.
"""
import json
import pathlib
import sys

import vpdq

RADIUS, QUALITY = 31, 50


def hashes(folder):
    """Of each file: seconds and bits of the frames that count."""
    found = {}
    for file in sorted(pathlib.Path(folder).iterdir()):
        features = vpdq.computeHash(str(file), seconds_per_hash=1, thread_count=1)
        found[file.name] = [(one.timestamp, int(one.hex, 16)) for one in features if one.quality >= QUALITY]
    return found


def main():
    references, queries = (hashes(folder) for folder in sys.argv[1:3])
    for query, ours in queries.items():
        for reference, theirs in references.items():
            near = [(a, b) for a, x in ours for b, y in theirs if (x ^ y).bit_count() <= RADIUS]
            if near:
                span = lambda side: [min(pair[side] for pair in near), max(pair[side] for pair in near) + 1]
                share = len({a for a, _ in near}) / len(ours)
                print(json.dumps({"query": query, "reference": reference, "query_span": span(0),
                                  "reference_span": span(1), "score": share}))


if __name__ == "__main__":
    main()
