"""The same jobs through a batch: one round a run, each round what has no answer yet.

What a run knows is only what is kept: the answers, the journal, and the batch at the server. So
it goes on wherever the one before was stopped or killed, and submits nothing twice: a batch is
named after the answers it is to bring, and the server is asked for that name first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from storesync.copywriting.generate import Desk, Outcome, finished
from storesync.copywriting.walk import Job, Walk
from storesync.errors import UserError
from storesync.plugins.copywriter import BadBatch, Batch, BatchCopywriter, Brief, Usage

_MOST_BATCHES = 5


@dataclass(frozen=True, slots=True)
class Round:
    """What a look at the batch gave: outcomes of jobs that are finished, and what is waited for."""

    outcomes: Sequence[Outcome]
    batch: Batch | None
    open: Sequence[Walk]


def advance(desk: Desk, jobs: Sequence[Job]) -> Round:
    """Collect what a batch has answered, submit what is still to be asked, and say how it stands.

    Raises CapReached before a batch that could pass a cap, and UserError.
    """
    copywriter = desk.copywriter
    if not (copywriter.capabilities.can_batch and isinstance(copywriter, BatchCopywriter)):
        raise UserError("this copywriter takes no batches", hint="leave out --batch")
    desk.answers.recover()
    while True:
        states = [desk.look(job) for job in jobs]
        left = [state for state in states if state.brief is not None]
        briefs = {state.name: state.brief for state in left if state.brief is not None}
        if not briefs:
            return Round([finished(desk, state, 0.0) for state in states], None, ())
        batch = _waited_for(desk, copywriter, briefs)
        if batch is not None:
            # What failed is begun anew once no other one is waited for.
            ended = [state for state in states if state.brief is None]
            so_far = [Outcome(item, item.findings, stopped=False, seconds=0.0) for item in ended]
            return Round(so_far, batch, left)


def _waited_for(
    desk: Desk, copywriter: BatchCopywriter, briefs: Mapping[str, Brief]
) -> Batch | None:
    """Return the batch that works on briefs, a new one if need be; None: answers were kept."""
    for number in range(_MOST_BATCHES):
        key = batch_key(briefs, number)
        batch = copywriter.find(key)
        if batch is None:
            return _submit(desk, copywriter, key, briefs)
        if not batch.ended:
            return batch
        if _collect(desk, copywriter, batch, briefs):
            return None
    raise UserError(
        f"the server gave these drafts up {_MOST_BATCHES} times", hint="leave out --batch"
    )


def _submit(
    desk: Desk, copywriter: BatchCopywriter, key: str, briefs: Mapping[str, Brief]
) -> Batch:
    """Reserve the most of a batch that the server does not know, and hand it in."""
    most = _most(desk, briefs)
    held = desk.purse.again(key, most)
    if held is not None and desk.answers.was_handed_in(key):
        # The server has lost it, and may have worked on it.
        desk.purse.settle(held, most)
        held = None
    # A run that was killed right here has left its reservation: it is this one.
    if held is None:
        desk.purse.reserve(most, key)
    batch = copywriter.submit(key, briefs)
    desk.answers.hand_in(key)
    return batch


def _collect(
    desk: Desk, copywriter: BatchCopywriter, batch: Batch, briefs: Mapping[str, Brief]
) -> bool:
    """Keep the answers of a batch that ended; say whether there were any.

    That the server refused a batch is told once; the next run submits another one.
    """
    held = desk.purse.again(batch.key, _most(desk, briefs))
    try:
        drafts = copywriter.collect(batch, briefs)
    except BadBatch:
        if held is None:
            return False
        desk.purse.settle(held, Usage())
        raise
    if held is not None:  # first, since the answers make the next batch another one
        desk.purse.settle(held, _sum(draft.usage for draft in drafts.values()))
    desk.answers.keep_all(drafts)
    return bool(drafts)


def _most(desk: Desk, briefs: Mapping[str, Brief]) -> Usage:
    return _sum(desk.copywriter.most(brief) for brief in briefs.values())


def _sum(usages: Iterable[Usage]) -> Usage:
    return reduce(Usage.plus, usages, Usage())


def batch_key(briefs: Mapping[str, Brief], number: int) -> str:
    """Return the name of the n-th batch for the answers it is to bring, of 50 characters."""
    return f"{hashlib.sha256(chr(10).join(sorted(briefs)).encode()).hexdigest()[:48]}-{number}"
