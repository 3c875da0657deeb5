"""The second reader: `python -I -S reading.py FOLDER…`, files on stdin, their data on stdout.

Started by `storesync.source.ahead` and by nobody else. Input is each file's length in four bytes
and its bytes; output is frames of JSON, each a list with `[data, places of Plain]` of so many
files, in the order they came. A file with anything to complain of is null: whoever asked reads it
again and says what.
"""

from __future__ import annotations

import gc
import sys
from typing import BinaryIO

# Files in a frame: what is read twice where the two readers meet, and waited for at first.
FILES = 40


def main(folders: list[str]) -> None:
    """Answer until the input ends."""
    sys.path[:] = [*sys.path, *folders]
    from storesync.source.encoding import to_json
    from storesync.source.yaml import read

    gc.disable()  # nothing here makes cycles, and the process ends soon
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while raws := _some(source):
        answers = []
        for raw in raws:
            document, found = read("", raw)
            sound = document is not None and not found
            answers.append([document.data, document.plains] if document and sound else None)
        payload = to_json(answers)
        target.write(len(payload).to_bytes(4, "big") + payload)
        target.flush()


def _some(source: BinaryIO) -> list[bytes]:
    raws: list[bytes] = []
    while len(raws) < FILES and len(head := source.read(4)) == 4:
        raws.append(source.read(int.from_bytes(head, "big")))
    return raws


if __name__ == "__main__":
    main(sys.argv[1:])
