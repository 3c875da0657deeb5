"""Writes the generated parts of docs/: files, rules, commands, template words, JSON keys, attacks.

    .venv/bin/python scripts/docs.py            writes what is not current
    .venv/bin/python scripts/docs.py --check    writes nothing; exit code 1 where a part is old
    .venv/bin/python scripts/docs.py --counts   prints how much is tested

A part lies between `<!-- generated: NAME -->` and `<!-- end: NAME -->`; what stands around it is
written by hand.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from generated import attacks, copy, files, output, rules, templates
from generated import commands as commands_of

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PARTS: Mapping[str, Callable[[], str]] = {
    **attacks.PARTS,
    **commands_of.PARTS,
    **copy.PARTS,
    **files.PARTS,
    **output.PARTS,
    **rules.PARTS,
    **templates.PARTS,
}
_PART = re.compile(r"(<!-- generated: ([a-z-]+) -->\n).*?(<!-- end: \2 -->)", re.DOTALL)


def current(text: str) -> str:
    """Return a page with its generated parts as they should be. Raises KeyError."""
    return _PART.sub(lambda match: f"{match[1]}{PARTS[match[2]]()}{match[3]}", text)


def stale() -> dict[Path, str]:
    """Return the pages that are not current, with the text they should have."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("*.md"))}
    return {path: new for path, text in pages.items() if (new := current(text)) != text}


def used_parts() -> set[str]:
    """Return the names of the parts that some page holds."""
    texts = (path.read_text(encoding="utf-8") for path in DOCS.glob("*.md"))
    return {name for text in texts for _, name, _ in _PART.findall(text)}


def counts() -> Iterator[tuple[str, int]]:
    """Yield what the tests are made of, counted in the sources without running anything."""
    modules = [path for path in (ROOT / "tests").rglob("*.py") if "__pycache__" not in path.parts]
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
    cases = [path for path in (ROOT / "tests" / "cases").rglob("*") if path.is_file()]
    yield "test functions", len(functions)
    yield "of these properties, tried on many examples each", len(properties)
    yield "files of cases", len(cases)
    yield "lines of tests", sum(map(_lines, modules))
    yield "lines of code", sum(map(_lines, (ROOT / "storesync").rglob("*.py")))
    yield "commands in README.md and docs/ that are run", len(list(commands()))


def commands() -> Iterator[str]:
    """Yield the commands shown in console blocks of README.md and docs/."""
    for page in (ROOT / "README.md", *sorted(DOCS.glob("*.md"))):
        for block in re.findall(
            r"^```console\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
        ):
            yield from re.findall(r"^\$ (.+)$", block, re.MULTILINE)


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def main(arguments: list[str]) -> int:
    """Run the command line; return its exit code."""
    if arguments == ["--counts"]:
        for what, count in counts():
            print(f"{count:7,} {what}")
        return 0
    found = stale()
    for path, text in found.items():
        if arguments == ["--check"]:
            print(f"{path.relative_to(ROOT)}: not current")
        else:
            path.write_text(text, encoding="utf-8")
            print(f"{path.relative_to(ROOT)}: written")
    return 1 if found and arguments == ["--check"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
