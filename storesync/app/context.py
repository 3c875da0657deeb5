"""What commands work with: options -> repository, trees, cache; and what they write on the way."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storesync.app.pipe import write
from storesync.errors import UserError

if TYPE_CHECKING:
    from storesync.search.session import Session
    from storesync.source.cache import Cache
    from storesync.source.git import Repository
    from storesync.source.tree import Tree

# What brings the missing commits into a shallow clone, such as CI makes.
UNSHALLOW = "git fetch --unshallow (in GitHub Actions: fetch-depth: 0)"


@dataclass
class Options:
    """What the global options say; a command's own position wins over the group's."""

    directory: Path = Path()
    format: str = "text"
    format_given: bool = False
    quiet: bool = False
    verbose: bool = False
    color: bool | None = None


@dataclass
class Context:
    """What a command works with. Parts are made when they are first asked for."""

    options: Options
    now: datetime
    # The open indexes, once something was searched: see `search_index.open_session`.
    search: Session | None = None
    _ends: list[Callable[[], object]] = field(default_factory=list)

    def on_close(self, end: Callable[[], object]) -> None:
        """Have something ended with the command, however that ends."""
        self._ends.append(end)

    def close(self) -> None:
        """End what was started."""
        while self._ends:
            self._ends.pop()()

    @property
    def format(self) -> str:
        """Return the output format."""
        return self.options.format

    @property
    def quiet(self) -> bool:
        """Say whether only results and errors are wanted."""
        return self.options.quiet

    @cached_property
    def repository(self) -> Repository:
        """Return the Git repository whose top folder holds `storesync.yaml`."""
        from storesync.source.git import Repository

        found = Repository.find(self.root)
        self.on_close(found.let_go)
        if found.root.resolve() != self.root:
            message = f"{self.root} is a folder inside the Git repository {found.root}"
            raise UserError(message, hint="storesync.yaml belongs at the top of its own repository")
        return found

    @cached_property
    def root(self) -> Path:
        """Return the repository's top folder; it must hold `storesync.yaml`."""
        start = self.options.directory.resolve()
        for folder in (start, *start.parents):
            if (folder / "storesync.yaml").is_file():
                return folder
        from storesync.source.git import Repository

        # Whoever deletes the file in a commit does not stop what was approved.
        with suppress(UserError):
            found = Repository.find(start)
            if found.refs("refs/tags/storesync/genesis"):
                return found.root.resolve()
        message = "no storesync.yaml here or in a folder above"
        raise UserError(message, hint="go to your campaign repository, or make one: storesync init")

    @cached_property
    def work_tree(self) -> Tree:
        """Return the files on disk."""
        from storesync.source.work_tree import WorkTree

        return WorkTree(self.root)

    def tree(self, revision: str | None) -> Tree:
        """Return the files of a revision, or those on disk for None."""
        return self.work_tree if revision is None else self.repository.tree(revision)

    @cached_property
    def cache(self) -> Cache:
        """Return the cache in `.storesync/`; one in memory where there is no Git to ignore it."""
        from storesync.render.versions import versions
        from storesync.source.cache import open_cache

        return open_cache(self.root, versions(), lambda: self.repository)

    def head(self) -> str:
        """Return the newest commit: what is merged is what may be published."""
        head = self.repository.head()
        if head is None:
            message = "nothing is committed yet"
            raise UserError(message, hint="git add -A && git commit -m 'First campaigns'")
        return head

    def check_format(self, *allowed: str) -> None:
        """Refuse a format that this command does not have."""
        if self.format not in {"text", "json", *allowed}:
            names = ", ".join(["text", "json", *allowed])
            message = f"this command has no format {self.format}"
            raise UserError(message, hint=f"it has {names}")


def say(text: str) -> None:
    """Write data for people to stdout."""
    write(text)


def note(context: Context, text: str) -> None:
    """Write a remark to stderr, unless quiet."""
    if not context.quiet:
        click.echo(text, err=True)


def note_uncommitted(context: Context, so: str) -> None:
    """Write how many files differ from the newest commit, and what follows from it: `so`."""
    from storesync.source.on_disk import uncommitted

    count = len(uncommitted(context.repository))
    if count:
        what = "changed file is" if count == 1 else "changed files are"
        note(context, f"note: {count:,} {what} not committed, so {so}")


def say_json(value: object) -> None:
    """Write one JSON object to stdout."""
    write(json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def progress(
    label: str, total: int | None, *, quiet: bool = False
) -> Iterator[Callable[[int], object]]:
    """Show a bar with rate and time left on a terminal, and nothing elsewhere.

    Yields a function that is told how many more are done. `total` None: not known.
    """
    # A dumb terminal cannot move back over what it shows, and would keep an empty line of each bar.
    if quiet or not sys.stderr.isatty() or os.environ.get("TERM") in {"dumb", "unknown"}:
        yield lambda _count: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    ctx = click.get_current_context(silent=True)
    plain = True if ctx is not None and ctx.color is False else None  # None: as NO_COLOR says
    with Progress(*columns, console=Console(stderr=True, no_color=plain), transient=True) as bar:
        task = bar.add_task(label, total=total, rate="")

        def advance(count: int = 1) -> None:
            bar.advance(task, count)
            speed = bar.tasks[task].speed
            bar.update(task, rate=f"{speed:,.0f}/s" if speed else "")

        yield advance
