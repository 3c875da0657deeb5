"""A real chain's table through every stage, into a repository made by `storesync init`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import chain
from benchmarks.measure import Command, CommandFailedError, Sample, Side, ratio, run
from benchmarks.run import PROGRAM, remove
from benchmarks.table import Row

# Bytes: what the project promises.
_MEMORY = 1.5e9
# The brand that `storesync init` makes.
_BRAND = "my-brand"
_PUBLISH, _AGAIN = "publish", "publish again, nothing to do"


@dataclass
class Stages:
    """The samples of each stage, in the order they ran, and the first failure."""

    samples: dict[str, list[Sample]] = field(default_factory=dict)
    failure: str = ""

    def side(self, stage: str) -> Side:
        """Return a stage's samples, or why there are none."""
        taken = self.samples.get(stage)
        return Side(tuple(taken)) if taken else Side(missing=self.failure)

    def take(self, stage: str, command: Command) -> bool:
        """Run a stage and say whether it worked."""
        try:
            sample = run(command)
        except CommandFailedError as error:
            self.failure = f"{stage}: {error}"
            return False
        self.samples.setdefault(stage, []).append(sample)
        return True


def real_chain(table: Path, work: Path, runs: int) -> Iterator[Row]:
    """Import, validate, render, plan and publish a table of locations, `runs` times over."""
    stages = Stages()
    if table.exists():
        commands = _commands(table, work)
        for _ in range(runs):
            # What follows on a stage that failed would not be the same work.
            all(stages.take(stage, command) for stage, command in commands.items())
    else:
        stages.failure = f"there is no {table.name}"
    for stage in _commands(table, work):
        title = f"real chain: {stage}"
        side = stages.side(stage)
        if stage == _AGAIN:
            first = stages.side(_PUBLISH)
            yield Row(
                title, side, "its first publish", first, ratio(side, first), 0.2, None, _MEMORY
            )
        else:
            yield Row(title, side, memory_limit=_MEMORY)


def _commands(table: Path, work: Path) -> dict[str, Command]:
    """Return the stages in order; before the first the repository is made anew."""
    root, pages = work / "real", work / "real-pages"

    def start() -> None:
        remove(root)
        remove(pages)
        run(Command((PROGRAM, "init", str(root)), work))

    def adopt() -> None:
        chain.commit(root, "The real chain")

    encoding = () if table.suffix == ".xlsx" else ("--encoding", "cp1252")
    brought = ("import", "locations", str(table.resolve()), "--brand", _BRAND, *encoding)
    stages = {
        "import": ((*brought, "--skip-rejected"), work, start),
        "import again, nothing to do": ((*brought, "--skip-rejected"), root, lambda: None),
        "validate": (("validate",), root, adopt),
        "render": (("render", "--out", str(pages)), root, lambda: None),
        "plan": (("plan",), root, lambda: None),
        _PUBLISH: (("publish",), root, lambda: None),
        _AGAIN: (("publish",), root, lambda: None),
    }
    return {
        stage: Command((PROGRAM, "-C", str(root), *args), folder, prepare, watched=True)
        for stage, (args, folder, prepare) in stages.items()
    }
