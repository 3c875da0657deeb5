"""`python -m benchmarks`: make a chain, measure every stage, print the table."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import chain, merges, rivals, table
from benchmarks.real import real_chain
from benchmarks.run import ROWS as STAGES
from benchmarks.run import Bench, compile_code

ROWS = {**STAGES, **merges.ROWS}
ROOT = Path(__file__).parents[1]
# Tools of other people, kept between runs; Git ignores the folder.
TOOLS = ROOT / ".storesync/benchmarks"
REAL = ROOT.parent / "shared/data/starbucks-locations.csv"


def parse(args: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = [*ROWS, "real"]
    parser.add_argument("--only", action="append", choices=names, help="these groups of rows")
    parser.add_argument("--locations", type=int, default=10_000, metavar="N")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="pairs of runs")
    parser.add_argument("--merges", type=int, default=2_000, metavar="N", help="merges to prove")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--real", type=Path, default=REAL, metavar="FILE", help="a real table")
    parser.add_argument("--work", type=Path, metavar="DIR", help="where the chain is made")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    return parser.parse_args(args)


def choose_work() -> Path:
    """Return a folder on tmpfs where there is one: disks are not what is measured."""
    memory = Path("/dev/shm")
    return memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())


def measure(options: argparse.Namespace, work: Path) -> tuple[list[table.Row], list[str]]:
    """Measure the groups asked for; return the rows, and the tools' versions."""
    compile_code()
    check, sync = rivals.find_python_tools(TOOLS / "tools")
    tools = {tool.name: tool for tool in (rivals.find_hugo(), check, sync)}
    shops = list(chain.make_shops(options.locations, options.seed))
    bench = Bench(work, shops, options.runs, tools, options.seed, options.merges)
    rows = []
    for name in options.only or [*ROWS, "real"]:
        for row in _group(name, bench, options):
            print(f"{row.title}: {row.verdict() or 'measured'}", file=sys.stderr)
            rows.append(row)
    return rows, [f"{tool.name} {tool.version or tool.missing}" for tool in tools.values()]


def _group(name: str, bench: Bench, options: argparse.Namespace) -> Iterator[table.Row]:
    if name == "real":
        return real_chain(options.real, bench.work, options.runs)
    return ROWS[name](bench)


def main(args: Sequence[str] | None = None) -> None:
    """Measure, print, and write the table if asked to."""
    options = parse(args)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=options.work or choose_work()) as folder:
        facts = table.describe_machine(Path(folder))
        rows, versions = measure(options, Path(folder))
        size = f"{options.locations:,} locations, seed {options.seed}; {options.runs} runs each"
        text = table.write_table(rows, [*facts, f"Measured against: {', '.join(versions)}", size])
    print(text)
    if options.write:
        table.update_readme(text)


if __name__ == "__main__":
    main()
