"""Many jobs at a time, each from its brief to its outcome."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from storesync.copywriting.answers import Answers
from storesync.copywriting.ask import Pace, Stopped, ask
from storesync.copywriting.purse import Purse
from storesync.copywriting.spend import CapReached
from storesync.copywriting.walk import Bounds, Findings, Job, Walk, brief_digest, walk
from storesync.errors import UserError
from storesync.plugins.copywriter import Copywriter


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: `walk.draft` passed, or `reasons` say why there is none.

    `stopped`: it was not finished and may be gone on with. `seconds` is the time it took.
    """

    walk: Walk
    reasons: tuple[str, ...]
    stopped: bool
    seconds: float


@dataclass(frozen=True)
class Desk:
    """What drafting works with; `attempts` bounds how often one job is asked for."""

    copywriter: Copywriter
    answers: Answers
    purse: Purse
    pace: Pace
    attempts: int
    findings: Findings = field(default_factory=Findings)
    # Checks render, in workers that are not made for several threads.
    checking: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def look(self, job: Job) -> Walk:
        """Return how far a job is by the answers that are kept."""
        with self.checking:
            begun = self.answers.begun(brief_digest(job.brief))
            bounds = Bounds(self.copywriter.capabilities, self.attempts, begun)
            return walk(job, self.answers.get, bounds, self.findings)


def generate(desk: Desk, jobs: Sequence[Job], parallel: int) -> Iterator[Outcome]:
    """Yield outcomes as they come. Raises UserError where going on makes no sense.

    Before it does, what is under way is waited for, and its outcomes are yielded.
    """
    failure: UserError | None = None
    pool = ThreadPoolExecutor(max_workers=parallel, thread_name_prefix="draft")
    try:
        waiting = {pool.submit(_finish, desk, job) for job in jobs}
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                try:
                    outcome = future.result()
                except UserError as error:
                    failure = failure or error
                    desk.pace.stop()
                else:
                    yield outcome
    finally:
        desk.pace.stop()
        pool.shutdown(wait=False, cancel_futures=True)
    if failure is not None:
        raise failure


def _finish(desk: Desk, job: Job) -> Outcome:
    """Ask until a draft passes, the attempts are used up, or the run ends."""
    started = desk.pace.clock()
    while True:
        state = desk.look(job)
        if state.brief is None:
            return finished(desk, state, desk.pace.clock() - started)
        try:
            draft = ask(desk.copywriter, state.brief, desk.purse, desk.pace)
        except (CapReached, Stopped) as error:
            desk.pace.stop()
            seconds = desk.pace.clock() - started
            return Outcome(state, (error.message,), stopped=True, seconds=seconds)
        except UserError:
            desk.pace.stop()  # here, before this thread takes the next job
            raise
        desk.answers.keep(state.name, draft)


def finished(desk: Desk, state: Walk, seconds: float) -> Outcome:
    """Return the outcome of a job that nothing is left to be asked for."""
    if state.draft is None:
        # The next run asks anew, and does not read the same failures again.
        desk.answers.begin_anew(brief_digest(state.job.brief))
    return Outcome(state, state.findings, stopped=False, seconds=seconds)
