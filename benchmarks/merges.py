"""What merges take: a comment on one, and the proof that many were approved."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks import chain, proven, reviewed
from benchmarks.measure import Command, CommandFailedError, Side, run
from benchmarks.run import Bench
from benchmarks.table import Row

# Campaigns, locations: of the large chain and of the small one.
_LARGE, _SMALL = (1_000, 10_000), (10, 100)
_TITLE = "plan comment, 1 of {:,} campaigns, {:,} locations"
_MOST_MILLISECONDS = 20.0


def comment(bench: Bench) -> Iterator[Row]:
    """Comment on a merge that changes one campaign, in a large chain and in a small one."""
    commands = [_comment(bench, *size) for size in (_LARGE, _SMALL)]
    titles = [_TITLE.format(*size) for size in (_LARGE, _SMALL)]
    yield bench.row(titles[0], commands[0], titles[1], commands[1], (2.0, None))


def _comment(bench: Bench, campaigns: int, locations: int) -> Command:
    root = bench.work / f"review-{locations}"
    shops = list(chain.make_shops(locations, bench.seed))
    reviewed.write_chain(root, shops, campaigns, bench.seed).change(1)
    args = ("plan", "--base", "base", "--head", "main", "--at", chain.AT, "--format", "markdown")
    clone = bench.work / f"review-{locations}-clone"
    return bench.storesync(clone, *args, prepare=functools.partial(_clone, root, clone))


def _clone(root: Path, clone: Path) -> None:
    """Clone a repository anew, as CI does: whole, packed by Git, with no cache of anything."""
    shutil.rmtree(clone, ignore_errors=True)
    chain.git(root, "clone", "--quiet", "--no-local", str(root), str(clone))


def proof(bench: Bench) -> Iterator[Row]:
    """Prove merges from nothing, and publish where all of it is on record and nothing to do."""
    root = bench.work / "proof"
    shops = list(chain.make_shops(proven.FILES - proven.BESIDE, bench.seed))
    proven.write_history(root, shops)
    title = f"verify, {bench.merges:,} merges in {proven.FILES:,} files (ratio: ms a merge)"
    publish = bench.storesync(root, "publish", "--at", chain.AT)
    verify = bench.storesync(root, "verify")
    try:
        run(bench.storesync(root, "verify", "--adopt", "-m", "The baseline"))
        run(publish)
        before = run(verify)
        proven.merge(root, shops, bench.merges)
        after = run(verify)
        each = (after.wall - before.wall) * 1_000 / bench.merges
        yield Row(
            title,
            Side((after,)),
            "verify, nothing merged",
            Side((before,)),
            each,
            _MOST_MILLISECONDS,
        )
        run(publish)
        done = tuple(run(publish) for _ in range(bench.pairs))
        yield Row("publish, nothing to do, all merges on record", Side(done))
    except CommandFailedError as error:
        yield Row(title, Side(missing=str(error)), limit=_MOST_MILLISECONDS)


ROWS = {"review": comment, "proof": proof}
