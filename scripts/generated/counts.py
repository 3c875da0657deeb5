"""How much is tested, counted in the sources."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_DOCS = _ROOT / "docs"
_TEST = re.compile(r"^ *def test_", re.MULTILINE)
_PROPERTY = re.compile(r"^ *@.*\bgiven\b", re.MULTILINE)


def how_much() -> str:
    """Return a table of what there is, rounded down so that it stays true for some time."""
    rows = [f"| {what} | {_rounded(count):,} |" for what, count in counted()]
    return "\n".join(["| there are | more than |", "|---|---:|", *rows, ""])


def _rounded(count: int) -> int:
    """Round down to two digits: 2,170 is more than 2,100."""
    step = 10 ** max(len(str(count)) - 2, 0)
    return (count - 1) // step * step


def counted() -> Iterator[tuple[str, int]]:
    """Yield what the tests are made of, counted in the sources without running anything."""
    texts = [path.read_text(encoding="utf-8") for path in _modules()]
    cases = [path for path in (_ROOT / "tests" / "cases").rglob("*") if path.is_file()]
    yield "test functions", sum(len(_TEST.findall(text)) for text in texts)
    properties = sum(len(_PROPERTY.findall(text)) for text in texts)
    yield "of these properties, tried on many examples each", properties
    yield "files of cases", len(cases)
    yield "lines of tests", sum(len(text.splitlines()) for text in texts)
    yield "lines of code", sum(map(_lines, (_ROOT / "storesync").rglob("*.py")))
    yield "commands in README.md and docs/ that are run", len(list(_commands()))


def _modules() -> Iterator[Path]:
    """Yield the modules of tests, and none of what packages brought along."""
    for folder, below, names in os.walk(_ROOT / "tests"):
        below[:] = [name for name in below if name not in {"__pycache__", "node_modules"}]
        yield from (Path(folder, name) for name in names if name.endswith(".py"))


def _commands() -> Iterator[str]:
    """Yield the commands shown in console blocks of README.md and docs/."""
    for page in (_ROOT / "README.md", *sorted(_DOCS.glob("*.md"))):
        for block in re.findall(
            r"^```console\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
        ):
            yield from re.findall(r"^\$ (.+)$", block, re.MULTILINE)


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


PARTS = {"counts": how_much}
