"""Writes the generated parts of docs/: files, rules, commands, template words, JSON keys, tests.

    .venv/bin/python scripts/docs.py            writes what is not current
    .venv/bin/python scripts/docs.py --check    writes nothing; exit code 1 where a part is old
    .venv/bin/python scripts/docs.py --counts   prints how much is tested

A part lies between `<!-- generated: NAME -->` and `<!-- end: NAME -->`; what stands around it is
written by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from generated import attacks, commands, copy, counts, files, output, rules, templates

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PARTS: Mapping[str, Callable[[], str]] = {
    **attacks.PARTS,
    **commands.PARTS,
    **copy.PARTS,
    **counts.PARTS,
    **files.PARTS,
    **output.PARTS,
    **rules.PARTS,
    **templates.PARTS,
}
_PART = re.compile(r"(<!-- generated: ([a-z-]+) -->\n).*?(<!-- end: \2 -->)", re.DOTALL)
_MARK = re.compile(r"<!-- (?:generated|end): .*?-->")


def current(text: str) -> str:
    """Return a page with its generated parts as they should be.

    Raises KeyError for a part that there is none of, ValueError where a mark stands alone: what
    is before or behind it looks generated, and would stay old for ever.
    """
    alone = _MARK.findall(_PART.sub("", text))
    if alone:
        page = text.partition("\n")[0]
        raise ValueError(f'page "{page}": without their other half: {", ".join(alone)}')
    return _PART.sub(lambda match: f"{match[1]}{PARTS[match[2]]().rstrip()}\n{match[3]}", text)


def stale() -> dict[Path, str]:
    """Return the pages that are not current, with the text they should have."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(DOCS.glob("*.md"))}
    return {path: new for path, text in pages.items() if (new := current(text)) != text}


def used_parts() -> set[str]:
    """Return the names of the parts that some page holds."""
    texts = (path.read_text(encoding="utf-8") for path in DOCS.glob("*.md"))
    return {name for text in texts for _, name, _ in _PART.findall(text)}


def main(arguments: list[str]) -> int:
    """Run the command line; return its exit code."""
    if arguments == ["--counts"]:
        for what, count in counts.counted():
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
