"""`python -m benchmarks.calls`: what GitHub is asked, by how much is new since the last record.

The GitHub is the one of the tests, on loopback: it is held against GitHub's own description.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from benchmarks.run import PROGRAM

TESTS = Path(__file__).parents[1] / "tests"
# How many approved proposals are merged between one run and the next.
NEW = (1, 5, 20)
TITLES = (
    "merged in all",
    "new since the last run",
    "calls of `publish`",
    "a new merge",
    "calls of the next `publish`",
)


@dataclass(frozen=True)
class _Done:
    code: int
    stdout: str
    stderr: str


def _run(*args: Any) -> _Done:
    done = subprocess.run([PROGRAM, *map(str, args)], capture_output=True, text=True, check=False)
    return _Done(done.returncode, done.stdout, done.stderr)


def count(folder: Path) -> Iterator[tuple[int, int, int, int]]:
    """Yield what is merged, what was new, the calls of its first publish and of the next one."""
    sys.path[:0] = [str(TESTS / name) for name in ("story", "github")]
    import fake
    from hosted import Hosted
    from people import Chain, begin, edited

    with fake.serve(Hosted()) as hub, pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_PROXY", "127.0.0.1")
        begin(folder, hub)
        chain = Chain(folder, hub, _run, patch)
        chain.do("robin", "verify", "--adopt")
        chain.publish()
        merged = 0
        for new in NEW:
            for number in range(merged, merged + new):
                proposal = chain.propose(edited(f"No. {number}"))
                hub.say(proposal, "mia", "APPROVED")
                hub.merge(proposal, "ben", "squash")
            merged += new
            chain.publish()
            first = len(hub.asked)
            chain.publish()
            yield merged, new, first, len(hub.asked)


def main() -> None:
    """Print the table."""
    print(f"| {' | '.join(TITLES)} |", f"|{'---:|' * len(TITLES)}", sep="\n")
    with tempfile.TemporaryDirectory(prefix="calls-") as folder:
        for merged, new, first, again in count(Path(folder)):
            print(f"| {merged} | {new} | {first} | {first / new:.1f} | {again} |", flush=True)


if __name__ == "__main__":
    main()
