"""What is measured, row by row."""

from __future__ import annotations

import compileall
import functools
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import storesync
from benchmarks import chain, hugo, rivals
from benchmarks.measure import Command, CommandFailedError, compare, ratio, run
from benchmarks.table import Row

PROGRAM = str(Path(sys.executable).with_name("storesync"))
SCHEMA = Path(__file__).parents[1] / "schemas/location.json"
# A location in the path of its page, whatever else is in it.
_ID = re.compile(r"store-[0-9]{5}")

# Makes a command from what has to be done before each run.
Make = Callable[..., Command | str]


@dataclass
class Bench:
    """Where things lie, how many locations, how often; the chain is made when first asked for."""

    work: Path
    shops: list[chain.Shop]
    pairs: int
    tools: dict[str, rivals.Tool]
    seed: int = 1
    merges: int = 2_000
    turn: int = 0
    broken: str = ""

    @functools.cached_property
    def repository(self) -> Path:
        """Return the chain's repository, nothing published."""
        root = self.work / "chain"
        chain.write_repository(root, self.shops)
        return root

    @functools.cached_property
    def live(self) -> Path:
        """Return a copy of the repository where everything is published."""
        root = self.work / "live"
        shutil.copytree(self.repository, root, ignore=shutil.ignore_patterns(".storesync"))
        try:
            chain.git(root, "tag", "published")
            run(self.storesync(root, "publish", "--at", chain.AT))
            check_live(root, len(self.shops))
        except CommandFailedError as error:
            self.broken = str(error)
        return root

    def storesync(
        self, root: Path, *args: str, prepare: Callable[[], object] = lambda: None
    ) -> Command:
        """Return a StoreSync command in a repository."""
        return Command((PROGRAM, *args), root, prepare)

    def reconcile(self, verb: str, prepare: Callable[[], object] = lambda: None) -> Command | str:
        """Return plan or publish where everything is live, or why nothing could be published."""
        command = self.storesync(self.live, verb, "--at", chain.AT, prepare=prepare)
        return self.broken or command

    def change(self, root: Path) -> None:
        """Change one location in a way it never was before."""
        self.turn += 1
        chain.change_one(root, self.shops[len(self.shops) // 2], self.turn)

    def rival(
        self, name: str, folder: Path, *args: str, prepare: Callable[[], object] = lambda: None
    ) -> Command | str:
        """Return a rival's command, or why it is missing."""
        tool = self.tools[name]
        if tool.missing:
            return tool.missing
        return Command((tool.program, *args), folder, prepare)

    def row(
        self,
        title: str,
        ours: Command | str,
        against: str,
        theirs: Command | str,
        limits: tuple[float | None, float | None] = (None, None),
    ) -> Row:
        """Measure two commands in turns. `limits`: the most that the ratio may be, and the aim."""
        first, second = compare(ours, theirs, self.pairs)
        limit, aim = limits
        return Row(title, first, against, second, ratio(first, second), limit, aim)


def compile_code() -> None:
    """Compile StoreSync's byte code, as pip does with that of all other tools.

    An editable installation has none of a module that has not run yet, and none at all where the
    environment says PYTHONDONTWRITEBYTECODE: then each run would compile it again.
    """
    compileall.compile_dir(Path(storesync.__file__).parent, quiet=1)


def remove(path: Path) -> None:
    """Remove a folder with all in it, if it is there."""
    if path.exists():
        shutil.rmtree(path)


def forget(root: Path) -> None:
    """Make the next run a cold one: StoreSync's cache goes, the outbox stays."""
    remove(root / ".storesync/cache")


def check_live(root: Path, count: int) -> None:
    """Raise CommandFailedError where a plan does not find exactly `count` deliveries unchanged."""
    args = [PROGRAM, "plan", "--at", chain.AT, "--format", "json"]
    done = subprocess.run(args, cwd=root, capture_output=True, text=True, check=False)
    summary = json.loads(done.stdout or "{}").get("summary")
    if summary != {"create": 0, "update": 0, "withdraw": 0, "unchanged": count}:
        raise CommandFailedError(f"not everything is live after publishing: {summary}")


def against_hugo(bench: Bench) -> Iterator[Row]:
    """Render every page from nothing; Hugo builds the same pages."""
    site, root, out = bench.work / "site", bench.repository, bench.work / "pages"
    hugo.write_site(site, bench.shops)

    def prepare() -> None:
        forget(root)
        remove(out)

    ours = bench.storesync(root, "render", "--out", str(out), prepare=prepare)
    theirs = bench.rival("hugo", site, "--quiet", prepare=lambda: remove(site / "public"))
    yield bench.row("render, cold (validates too)", ours, "hugo", theirs, (1.0, 0.6))
    check_pages(out, site / "public", bench.shops)


def check_pages(out: Path, public: Path, shops: list[chain.Shop]) -> None:
    """Raise ValueError where StoreSync's and Hugo's pages do not say the same."""
    pages = {path.stem: path for path in public.rglob("*.html")}
    found = list(out.rglob("*.html"))
    if not pages or not found:
        return
    if len(found) != len(shops) or len(pages) != len(shops):
        raise ValueError(f"{len(found)} pages of StoreSync's, {len(pages)} of Hugo's")
    for path in found[:: max(1, len(found) // 100)]:
        name = next(iter(_ID.findall(path.as_posix())), "")
        if name not in pages:
            raise ValueError(f"{path.name}: which location's page is this?")
        texts = [page.read_text(encoding="utf-8") for page in (path, pages[name])]
        if hugo.words(texts[0]) != hugo.words(texts[1]):
            raise ValueError(f"{name}: StoreSync and Hugo say different things")


def against_check_jsonschema(bench: Bench) -> Iterator[Row]:
    """Check the location files alone, then with the campaign and its pages."""
    bare = bench.work / "locations"
    shutil.copytree(bench.repository, bare, ignore=shutil.ignore_patterns(".storesync"))
    shutil.rmtree(bare / f"brands/{chain.BRAND}/campaigns")
    shutil.rmtree(bare / "templates")
    chain.commit(bare, "Locations alone")
    files = [shop.path for shop in bench.shops]
    # Its own regular expressions are slower, and refuse what Python's and JavaScript's accept.
    args = ("--regex-variant", "python", "--schemafile", str(SCHEMA), *files)
    titles = {
        bare: ("validate location files, cold", (0.2, 0.1)),
        bench.repository: ("validate with campaign and its pages, cold", (None, None)),
    }
    for root, (title, limits) in titles.items():
        prepare = functools.partial(forget, root)
        ours = bench.storesync(root, "validate", prepare=prepare)
        theirs = bench.rival("check-jsonschema", root, *args)
        yield bench.row(title, ours, "check-jsonschema", theirs, limits)


def against_octodns(bench: Bench) -> Iterator[Row]:
    """Find nothing to do where everything is live, with and without the cache."""
    config = rivals.write_zone(bench.work / "zone", len(bench.shops))
    theirs = bench.rival("octodns-sync", config.parent, "--config-file", str(config))
    limits = (0.25, 0.1)
    for verb in ("plan", "publish"):
        ours = bench.reconcile(verb)
        yield bench.row(f"{verb}, nothing to do", ours, "octodns-sync", theirs, limits)
    ours = bench.reconcile("plan", functools.partial(forget, bench.live))
    yield bench.row("plan, nothing to do, cache removed", ours, "octodns-sync", theirs)


def warm(bench: Bench) -> Iterator[Row]:
    """Run again with nothing changed, and with one location changed."""
    root, out = bench.repository, bench.work / "pages-warm"
    prepare = functools.partial(_start_cold, root, out)
    args = {"validate": ("validate",), "render": ("render", "--out", str(out))}
    for verb, words in args.items():
        cold, again, changed = (
            bench.storesync(root, *words, prepare=action)
            for action in (prepare, lambda: None, lambda: bench.change(root))
        )
        yield from _warm(bench, verb, cold, again, changed)
    # Before the first publish everything has to be worked out; after it a manifest says enough.
    live = bench.live
    first = bench.storesync(root, "plan", "--at", chain.AT, prepare=prepare)
    later, other = (
        bench.reconcile("plan", action)
        for action in (
            lambda: chain.git(live, "reset", "-q", "--hard", "published"),
            lambda: bench.change(live),
        )
    )
    yield from _warm(bench, "plan", first, later, other)


def _warm(
    bench: Bench, verb: str, cold: Command, again: Command | str, changed: Command | str
) -> Iterator[Row]:
    # Cold first, so that the other finds what it left.
    theirs, ours = compare(cold, again, bench.pairs)
    title = f"{verb}, nothing changed"
    yield Row(title, ours, f"{verb}, cold", theirs, ratio(ours, theirs), 0.2)
    yield bench.row(f"{verb}, one location changed", changed, title, again, (2.0, None))


def _start_cold(root: Path, out: Path) -> None:
    forget(root)
    remove(out)


def start_up(bench: Bench) -> Iterator[Row]:
    """Ask for help."""
    ours = bench.storesync(bench.work, "--help")
    theirs = Command((sys.executable, "-c", "import click, yaml"), bench.work)
    yield bench.row("--help", ours, "python -c 'import click, yaml'", theirs, (3.0, None))


ROWS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "hugo": against_hugo,
    "check-jsonschema": against_check_jsonschema,
    "octodns": against_octodns,
    "warm": warm,
    "help": start_up,
}
