"""What looks at rendered artifacts says the same in every run, however little is rendered."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from storesync.plan.piece import Piece
from storesync.render.artifact import Artifact
from storesync.render.limits import Violation
from storesync.validate import inspectors
from storesync.validate.inspections import Inspection, Inspections

BRAND = "brands/my-brand/brand.yaml"
TEMPLATE = "templates/shared/welcome/template.yaml"
PAGE = "templates/shared/welcome/web.html.j2"
LAKESIDE = "brands/my-brand/locations/us/lakeside.yaml"
ASKED = """
legal: {tax: Prices before tax.}
disclosures:
  - {legal: tax, channels: [web], countries: [US]}
"""


@pytest.fixture
def asking(fresh: Path) -> Path:
    """The small repository, with a disclosure that its template shows."""
    (fresh / BRAND).write_text((fresh / BRAND).read_text() + ASKED)
    page = (fresh / PAGE).read_text()
    (fresh / PAGE).write_text(page.replace("</main>", "<p>{{ legal.tax }}</p></main>"))
    return fresh


def found(run, root: Path) -> list[tuple[str, str]]:
    """Return (rule, message) of what validate finds; a tag that no campaign has is told besides."""
    shown = json.loads(run("validate", "--format", "json", cwd=root).stdout)["diagnostics"]
    return [(item["rule"], item["message"]) for item in shown if item["rule"] != "unknown-tag"]


EDITS = {
    "not printed": (PAGE, "<p>{{ legal.tax }}</p>", "", 3),
    "hidden": (PAGE, "<p>{{ legal.tax }}", "<p hidden>{{ legal.tax }}", 3),
    "in other words": (PAGE, "{{ legal.tax }}", "{{ legal.tax|upper }}", 3),
    "not everywhere": (
        PAGE,
        "<p>{{ legal.tax }}</p>",
        "{% if not location.tags %}<p>{{ legal.tax }}</p>{% endif %}",
        1,
    ),
    "asked elsewhere": (BRAND, "countries: [US]", "countries: [CA]", 0),
    "not asked here": (BRAND, "legal: tax, ", "legal: tax, tags: [taxed], ", 0),
}


@pytest.mark.parametrize("change", EDITS.values(), ids=EDITS)
def test_a_change_is_seen_and_remembered(
    run, asking: Path, edit, change: tuple[str, str, str, int]
):
    path, old, new, count = change
    assert found(run, asking) == []
    edit(asking / path, old, new)
    first = found(run, asking)
    assert [rule for rule, _ in first] == ["missing-disclosure"] * bool(count)
    if count > 1:
        assert f"at {count} locations" in first[0][1]
    assert found(run, asking) == first
    edit(asking / LAKESIDE, "name: ", "name: New ")
    narrow = found(run, asking)
    shutil.rmtree(asking / ".storesync/cache")
    assert found(run, asking) == narrow
    edit(asking / path, new or "</main>", old if new else f"{old}</main>")
    assert found(run, asking) == []


def test_nothing_goes_out_without_what_has_to_be_seen(run, asking: Path, edit, commit):
    edit(asking / PAGE, "<p>{{ legal.tax }}</p>", "")
    commit(asking, {})
    published = run("publish", "--at", "2026-11-22T16:00:00Z", cwd=asking)
    assert published.code == 1
    assert "missing-disclosure" in published.stderr + published.stdout
    assert not list((asking / ".storesync").glob("outbox/**/*.html"))


def test_a_sample_is_looked_at_once_and_speaks_for_all(run, fresh: Path, monkeypatch):
    seen: list[Piece] = []

    def look(piece: Piece, artifact: Artifact) -> list[Violation]:
        seen.append(piece)
        assert "<h1" in artifact.parts["html"]
        return [Violation("missing-disclosure", "no", path=TEMPLATE, at=("variables", "message"))]

    def inspections_of(*_: object) -> Inspections:
        return Inspections([Inspection(look, lambda piece: piece.template, sampled=True)])

    monkeypatch.setattr(inspectors, "inspections_of", inspections_of)
    first = run("validate", cwd=fresh).stdout
    assert len(seen) == 1
    assert f"{TEMPLATE}:6:3: error: web en-US: no (at 3 locations" in first
    for kept in (fresh / ".storesync/cache").glob("validated*"):
        kept.unlink()
    assert run("validate", cwd=fresh).stdout == first
    assert len(seen) == 1
