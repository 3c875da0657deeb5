"""How much is tested, counted in the sources."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_DOCS = _ROOT / "docs"


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
    modules = [path for path in (_ROOT / "tests").rglob("*.py") if "__pycache__" not in path.parts]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in modules]
    functions = [
        node
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    properties = [
        item for item in functions if any("given" in ast.unparse(d) for d in item.decorator_list)
    ]
    cases = [path for path in (_ROOT / "tests" / "cases").rglob("*") if path.is_file()]
    yield "test functions", len(functions)
    yield "of these properties, tried on many examples each", len(properties)
    yield "files of cases", len(cases)
    yield "lines of tests", sum(map(_lines, modules))
    yield "lines of code", sum(map(_lines, (_ROOT / "storesync").rglob("*.py")))
    yield "commands in README.md and docs/ that are run", len(list(_commands()))


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
