"""What is generated is current, examples hold every field and are right, links lead somewhere."""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from storesync.render import vocabulary
from storesync.source.tree import MemoryTree
from storesync.validate.assess import Assessment, assess
from storesync.validate.rules import rules

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
A_SUNDAY = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def docs() -> Iterator[ModuleType]:
    """The script that writes the generated parts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "scripts"))
        import docs as module

        yield module
        for name in [
            name for name in sys.modules if name.partition(".")[0] in {"docs", "generated"}
        ]:
            del sys.modules[name]


def test_generated_parts_are_current(docs: ModuleType):
    stale = [path.relative_to(ROOT).as_posix() for path in docs.stale()]
    assert stale == [], "run .venv/bin/python scripts/docs.py"


def test_every_part_has_its_place(docs: ModuleType):
    assert docs.used_parts() == set(docs.PARTS)


@pytest.mark.parametrize(
    "text",
    [
        "<!-- generated: rules -->\n<!-- end: rules -->\n### a-rule\n<!-- end: rules -->\n",
        "<!-- generated: rules -->\n",
        "<!-- generated: rules -->\n<!-- end: commands -->\n",
    ],
)
def test_a_mark_that_stands_alone_is_refused(docs: ModuleType, text: str):
    with pytest.raises(ValueError, match="without their other half"):
        docs.current(text)


def test_what_is_generated_ends_with_its_line(docs: ModuleType):
    text = "<!-- generated: rules -->\n<!-- end: rules -->\n"
    assert docs.current(text).endswith(".\n<!-- end: rules -->\n")


def test_counting_finds_this_file(docs: ModuleType):
    found = dict(docs.counts.counted())
    assert found["test functions"] > 100
    assert all(found.values())


def test_every_family_of_rules_begins_with_a_rule(docs: ModuleType):
    from generated.rules import FAMILIES

    assert set(FAMILIES) <= set(rules())


def test_every_field_has_a_meaning_and_an_example(docs: ModuleType):
    page = (ROOT / "docs" / "files.md").read_text(encoding="utf-8")
    rows = [re.split(r"(?<!\\)\|", line) for line in page.splitlines() if line.startswith("| `")]
    fields = [[cell.strip() for cell in row[1:-1]] for row in rows if len(row) == 7]
    assert len(fields) > 100
    assert [row[0] for row in fields if not row[1] or not row[2] or row[4] in {"", "``"}] == []


@functools.cache
def examples() -> Assessment:
    folder = ROOT / "docs" / "examples"
    paths = [path for path in folder.rglob("*") if path.is_file()]
    tree = MemoryTree({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})
    return assess(tree, A_SUNDAY)


def test_the_examples_are_right():
    assert examples().diagnostics(A_SUNDAY) == []


def test_the_names_in_templates_are_those_documented(docs: ModuleType):
    from generated.templates import NAMES

    piece = next(piece for piece in examples().pieces() if piece.key.campaign != "loyalty-card")
    template = examples().catalog.templates[piece.template]
    names = {name for name in (*piece.shared, *piece.own) if name.isidentifier()}
    seen = names - set(template.file.variables) - set(vocabulary.FUNCTIONS)
    assert seen == set(NAMES)


def test_the_index_names_every_design_note():
    folder = ROOT / "docs" / "design"
    index = (folder / "README.md").read_text(encoding="utf-8")
    notes = [path.name for path in folder.glob("*.md") if path.name != "README.md"]
    assert [name for name in notes if f"]({name})" not in index] == []


def anchors(page: Path) -> set[str]:
    """Return the anchors that a page's headings have, as code hosts make them."""
    headings = HEADING.findall(page.read_text(encoding="utf-8"))
    words = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {text.strip().replace(" ", "-") for text in words}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path):
    broken = []
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        if name.startswith(("http://", "https://")):
            continue
        path = (page.parent / name).resolve() if name else page
        is_there = path.exists()
        if is_there and anchor and path.suffix == ".md":
            is_there = anchor in anchors(path)
        if not is_there:
            broken.append(target)
    assert broken == []
