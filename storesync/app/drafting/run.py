"""A run of `generate`: what is to be asked, what came of it, and the files that it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from storesync.app.context import Context, note, progress, say
from storesync.app.drafting.file import CopyOnDisk, look_at, write_copy
from storesync.app.drafting.options import Asked
from storesync.copywriting.bulk import advance
from storesync.copywriting.estimate import Estimate, estimate
from storesync.copywriting.facts.language.word_lists import NO_LIST, has_list
from storesync.copywriting.filing import Origin, copy_file
from storesync.copywriting.generate import Desk, Outcome, generate
from storesync.copywriting.journal import exclusive
from storesync.copywriting.spend import Price
from storesync.copywriting.walk import Walk, brief_digest
from storesync.errors import UserError
from storesync.report.drafts import Drafted, Report, State, estimate_as_text
from storesync.source.cache import FOLDER

if TYPE_CHECKING:
    from storesync.app.drafting.jobs import Task
    from storesync.model.copywriter import CopywriterFile

_FIRST_LOOK, _LONGEST_LOOK = 1.0, 60.0


@dataclass
class DraftRun:
    """One run. `tasks` are all that was named; those that need nothing are never asked for."""

    context: Context
    asked: Asked
    said: CopywriterFile
    desk: Desk
    tasks: Sequence[Task]
    _before: dict[str, CopyOnDisk] = field(default_factory=dict)
    _done: dict[str, Drafted] = field(default_factory=dict)
    _batch: str = ""

    def finish(self) -> Report:
        """Draft what is to be drafted, and return what became of all."""
        left_out = self._tell_left_out()
        waiting = [task for task in self.tasks if not self._is_settled(task)]
        self._tell_unread(waiting)
        if self.asked.fresh:
            self._begin_anew(waiting)
        found = self._estimate(waiting)
        if waiting and not self.asked.only_estimate:
            try:
                self._ask(waiting)
            except (UserError, KeyboardInterrupt):
                for item in self._done.values():  # they stay, whatever came after
                    if item.state is State.WRITTEN:
                        note(self.context, f"{item.state} {item.path}")
                raise
        ordered = [self._done[task.job.name] for task in self.tasks if task.job.name in self._done]
        run = self.desk.purse.run
        currency = self.said.currency if self._price else None
        return Report(ordered, found, run, currency, left_out, self._batch)

    @property
    def _price(self) -> Price | None:
        return self.desk.purse.price

    def _tell_left_out(self) -> list[str]:
        texts = [f"{task.scene.name}: {what}" for task in self.tasks for what in task.left_out]
        for text in texts:
            note(self.context, f"left out, since it reads like an instruction: {text}")
        return texts

    def _tell_unread(self, waiting: Sequence[Task]) -> None:
        """Say of which languages the fact check knows no words."""
        locales = sorted({task.scene.locale for task in waiting})
        for locale in (item for item in locales if not has_list(item)):
            note(self.context, f"{locale}: {NO_LIST}; read each draft")

    def _is_settled(self, task: Task) -> bool:
        """Say whether a file stays as it is: edited by a person, or right for the same brief."""
        before = look_at(self.context.root, task.scene.path)
        self._before[task.job.name] = before
        if before.is_edited and not self.asked.force:
            reason = "a person wrote or edited it; --force writes over it"
            self._note(task, State.KEPT, (reason,))
            return True
        is_same = before.brief == brief_digest(task.job.brief) and not before.is_edited
        told = dict(self.desk.copywriter.capabilities.parameters)
        if self.asked.fresh or not is_same or before.parameters != told:
            return False
        if any(check(before.texts) for check in task.job.checks.values()):
            return False
        self._note(task, State.UNCHANGED)
        return True

    def _begin_anew(self, waiting: Sequence[Task]) -> None:
        """Forget answers of what was finished; what is under way, as in a batch, goes on."""
        for task in waiting:
            if self.desk.look(task.job).brief is None:
                self.desk.answers.begin_anew(
                    brief_digest(task.job.brief), lasting=not self.asked.only_estimate
                )

    def _estimate(self, waiting: Sequence[Task]) -> Estimate:
        walks = [self.desk.look(task.job) for task in waiting]
        left = [state for state in walks if state.brief is not None]
        found = estimate(self.desk.copywriter, left, self.desk.attempts, self._price)
        currency = self.said.currency if self._price else None
        line = estimate_as_text(found, currency, self.said.model)
        if not self.asked.only_estimate:
            if found.requests:
                note(self.context, line)
        elif self.context.format != "json":  # here it is what was asked for
            say(line)
        return found

    def _ask(self, waiting: Sequence[Task]) -> None:
        by_name = {task.job.name: task for task in waiting}
        if self.asked.batch:
            self._ask_batch(by_name)
            return
        jobs = [task.job for task in waiting]
        quiet = self.context.quiet
        with progress("drafting", len(jobs), quiet=quiet) as advanced:
            for outcome in generate(self.desk, jobs, self.said.parallel):
                self._take(by_name[outcome.walk.job.name], outcome)
                advanced(1)

    def _ask_batch(self, by_name: dict[str, Task]) -> None:
        """Look at the batch, once or until it is through; one run at a time looks."""
        jobs = [task.job for task in by_name.values()]
        wait = _FIRST_LOOK
        with progress("in a batch", None, quiet=self.context.quiet) as advanced:
            while True:
                with exclusive(self.context.root / FOLDER, "batch"):
                    found = advance(self.desk, jobs)
                if found.batch is None or not self.asked.wait:
                    break
                advanced(0)
                if self.desk.pace.wait(wait):
                    break
                wait = min(wait * 1.5, _LONGEST_LOOK)
        for outcome in found.outcomes:
            self._take(by_name[outcome.walk.job.name], outcome)
        if found.batch is not None:
            done = f"{found.batch.done} of {found.batch.total}"
            self._batch = f"{found.batch.id} ({found.batch.state}, {done} done)"
            for state in found.open:
                self._note(by_name[state.job.name], State.WAITING, walk=state)

    def _take(self, task: Task, outcome: Outcome) -> None:
        """Write the file of a draft that passed; say why of any other."""
        if outcome.walk.draft is None:
            state = State.STOPPED if outcome.stopped else State.FAILED
            self._note(task, state, outcome.reasons, outcome.walk)
            return
        cost = self._cost(outcome.walk)
        origin = Origin(
            copywriter=self.said.plugin,
            capabilities=self.desk.copywriter.capabilities,
            basis=task.basis,
            examples=task.examples,
            cost=cost,
            currency=self.said.currency,
            at=datetime.now(UTC),
        )
        before = self._before[task.job.name]
        text = copy_file(task.scene.path, outcome, origin, before.kept)
        if before.texts == outcome.walk.draft.values and before.brief == brief_digest(
            task.job.brief
        ):
            self._note(task, State.UNCHANGED, (), outcome.walk)
        elif write_copy(self.context.root, before, text):
            self._note(task, State.WRITTEN, (), outcome.walk)
        else:
            reason = "a person edited it meanwhile; run the command again to see"
            self._note(task, State.KEPT, (reason,), outcome.walk)

    def _cost(self, walk: Walk) -> Decimal | None:
        answers = self.desk.answers
        costs = [answers.cost(item.name, item.draft.usage) for item in walk.attempts]
        known = [cost for cost in costs if cost is not None]
        return sum(known, Decimal(0)) if len(known) == len(costs) else None

    def _note(
        self, task: Task, state: State, reasons: Sequence[str] = (), walk: Walk | None = None
    ) -> None:
        scene = task.scene
        self._done[task.job.name] = Drafted(
            campaign=scene.campaign.name,
            channel=scene.channel,
            locale=scene.locale,
            path=scene.path,
            state=state,
            reasons=tuple(reasons),
            findings=_findings(walk, state),
            attempts=len(walk.attempts) if walk else 0,
            input=walk.usage.input if walk else 0,
            output=walk.usage.output if walk else 0,
            cost=self._cost(walk) if walk and walk.attempts else None,
        )


def _findings(walk: Walk | None, state: State) -> tuple[tuple[str, ...], ...]:
    """Return what was wrong with the attempts before the last one, or with all that there were."""
    attempts = walk.attempts if walk else ()
    shown = attempts[:-1] if state is State.FAILED else attempts
    return tuple(item.findings for item in shown if item.findings)
