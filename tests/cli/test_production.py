"""Rendering that begins while a tree is checked gives what rendering afterwards gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from casefile import CASES, read_case

from storesync.app import production as module
from storesync.app.production import Production, sources_of
from storesync.plan.piece import Piece
from storesync.render.produce import Produced
from storesync.source.tree import MemoryTree
from storesync.validate.assess import Assessment, assess
from storesync.validate.inspections import Inspections
from storesync.validate.inspectors import inspections_of

AT = datetime(2026, 11, 10, tzinfo=UTC)
MANY = 120  # locations, so that there are several batches


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    tree = read_case(CASES / "base.txt").tree()
    path = "brands/acme/locations/gb/bath.yaml"
    files = {name: tree.read(name) for name in tree.paths()}
    more = {path.replace("bath", f"bath-{n}"): files[path] for n in range(MANY)}
    return assess(type(tree)(files | more), AT)


@pytest.fixture
def inspections(assessment: Assessment) -> Inspections:
    return inspections_of(assessment.catalog, AT.date())


@pytest.fixture
def production(assessment: Assessment) -> Iterator[Production]:
    parts = [path for path in assessment.tree.paths() if path.endswith(".j2")]
    made = Production(sources_of(assessment.tree, parts), None)
    yield made
    made.finish()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Piece]:
    """Return the pieces that become jobs."""
    pieces: list[Piece] = []
    real = module.job_of

    def count(piece: Piece, inspections: Inspections | None = None) -> module.RenderJob:
        if inspections is not None:  # else it is a sample
            pieces.append(piece)
        return real(piece, inspections)

    monkeypatch.setattr(module, "job_of", count)
    return pieces


def outcome(
    production: Production, pieces: list[Piece], inspections: Inspections, *, bodies: bool = False
) -> list[tuple[Piece, Produced]]:
    return list(production.produce(pieces, inspections=inspections, bodies=bodies))


def test_what_was_begun_is_gone_on_with(production, assessment, inspections, asked):
    pieces = list(assessment.pieces())
    assert len(pieces) > MANY
    expected = outcome(production, pieces, inspections)
    asked.clear()
    assert list(production.begin(iter(pieces), inspections)) == pieces
    production.attend()
    assert asked
    assert outcome(production, list(pieces), inspections) == expected
    assert len(asked) == len(pieces)


def test_what_was_begun_serves_once(production, assessment, inspections):
    pieces = list(assessment.pieces())
    assert list(production.begin(iter(pieces), inspections)) == pieces
    first = outcome(production, pieces, inspections)
    assert outcome(production, pieces, inspections) == first


@pytest.mark.parametrize("bodies", [False, True])
def test_other_pieces_than_those_begun_are_what_is_given(
    production, assessment, inspections, bodies
):
    pieces = list(assessment.pieces())
    assert list(production.begin(iter(pieces), inspections)) == pieces
    some = pieces[7::2]
    given = outcome(production, some, inspections, bodies=bodies)
    assert [piece for piece, _ in given] == some
    alone = outcome(production, some, inspections)
    assert [made.artifact for _, made in given] == [made.artifact for _, made in alone]


def test_nothing_can_be_begun(production, inspections):
    assert not list(production.begin(iter([]), inspections))
    production.attend()
    assert outcome(production, [], inspections) == []


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"\xef\xbb\xbfHello\r\n", "Hello\r\n"),
        (b"a\xef\xbb\xbf", "a\ufeff"),
        (b"caf\xe9", "caf\udce9"),
    ],
)
def test_what_editors_begin_a_file_with_is_no_part_of_a_template(raw: bytes, text: str):
    path = "templates/shared/x/sms.txt.j2"
    assert sources_of(MemoryTree({path: raw}), [path]) == {path: text}
