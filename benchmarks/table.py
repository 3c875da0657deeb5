"""The table as Markdown, and the machine it was made on."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Side

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- table: written by python -m benchmarks --write -->", "<!-- end of the table -->"
_HEAD = (
    "| | wall s | user s | system s | peak MB | against | wall s | user s | system s | peak MB "
    "| ratio | at most | aim | |"
)

NOTHING = Side()


@dataclass(frozen=True)
class Row:
    """What was measured against what. The ratio is ours by theirs, so less is better."""

    title: str
    ours: Side
    against: str = ""
    theirs: Side = NOTHING
    ratio: float | None = None
    limit: float | None = None
    aim: float | None = None
    # Bytes.
    memory_limit: float | None = None

    def verdict(self) -> str:
        """Say whether the limits are kept, in a word."""
        if not self.ours.samples:
            return "not measured"
        if self.limit is not None and self.ratio is None:
            return "not measured"
        too_slow = self.limit is not None and (self.ratio or 0) > self.limit
        too_large = self.memory_limit and self.ours.median("peak") > self.memory_limit
        if too_slow or too_large:
            return "**missed**"
        return "kept" if self.limit is not None or self.memory_limit else ""


def write_table(rows: Sequence[Row], facts: Sequence[str]) -> str:
    """Return the machine's description, the table, and why anything is missing from it."""
    count = _HEAD.count("|") - 1
    lines = [*(f"- {fact}" for fact in facts), "", _HEAD, "|---" + "|---:" * (count - 1) + "|"]
    lines += [_line(row) for row in rows]
    reasons = dict(_reasons(rows))
    if reasons:
        lines += ["", "Not measured, and why:", ""]
        lines += [f"- {title}: {reason}" for reason, title in reasons.items()]
    return "\n".join(lines) + "\n"


def _line(row: Row) -> str:
    cells = [row.title, *_times(row.ours), row.against, *_times(row.theirs)]
    cells += [_number(row.ratio), _number(row.limit), _number(row.aim), row.verdict()]
    return "| " + " | ".join(cells) + " |"


def _times(side: Side) -> list[str]:
    if not side.samples:
        return [""] * 4
    seconds = [f"{side.median(what):.2f}" for what in ("wall", "user", "system")]
    return [*seconds, f"{side.median('peak') / 1e6:.0f}"]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _reasons(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Yield each reason with what it keeps from being measured; the first of many comes last."""
    for row in reversed(rows):
        if row.theirs.missing:
            yield row.theirs.missing, row.against
        if row.ours.missing:
            yield row.ours.missing, row.title


def describe_machine(work: Path) -> list[str]:
    """Return what the numbers depend on: processor, memory, systems, how busy it was."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout
    return [
        f"Processor: {_processor()}, {os.cpu_count()} cores; memory: {memory:.0f} GiB",
        f"System: {_system()}; files on {file_system(work)}",
        f"Python {platform.python_version()}, {git.strip()}",
        f"Load before the start (1 minute): {os.getloadavg()[0]:.1f}",
    ]


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        found = re.search(r"^model name\s*: (.*)$", info.read_text(encoding="utf-8"), re.MULTILINE)
        if found:
            return found[1]
    return platform.processor() or platform.machine()


def _system() -> str:
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        name = platform.system()
    return f"{name}, {platform.system()} {platform.release()}"


def file_system(folder: Path) -> str:
    """Return the kind of file system that a folder is on, as far as the system tells."""
    table = Path("/proc/self/mounts")
    if not table.exists():
        return "an unknown file system"
    mounts = [line.split() for line in table.read_text(encoding="utf-8").splitlines()]
    above = [mount for mount in mounts if folder.resolve().is_relative_to(mount[1])]
    return max(above, key=lambda mount: len(mount[1]))[2]


def update_readme(text: str) -> None:
    """Put the table between the marks in README.md."""
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    README.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")
