"""What is live when a version changes that alone would render it otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.ledger.layout import CampaignId
from storesync.ledger.manifest import Entry, Manifest
from storesync.plan.change import PlacementKey
from storesync.plan.live import Live
from storesync.plan.piece import Piece
from storesync.publish.manifests import Hashes
from storesync.publish.outdated import Past, moved, outdated, told
from storesync.render.artifact import Artifact
from storesync.render.limits import Violation
from storesync.render.pool import Renderer, RenderJob
from storesync.render.produce import Producer
from storesync.schedule.quiet import Rules

AT = datetime(2026, 12, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
NAME = CampaignId("acme", "winter")
OLD, NEW = "storesync 1", "storesync 2"
TREE = {"acme": {"brands/acme": "1" * 40}}


def piece(number: int = 0, **changes: Any) -> Piece:
    key = PlacementKey(*NAME, f"store-{number:03}", "web", "en-GB", "outbox")
    made = Piece(
        key=key,
        starts=AT - HOUR,
        ends=AT + HOUR,
        flight=("", "", ""),
        if_late="publish",
        grace_minutes=30,
        reason="",
        message=False,
        rules=Rules("UTC", (), ()),
        template="shared/offer",
        locales=("en-GB",),
        shared={},
        own={},
        titles={},
    )
    return made._replace(**changes)


def record(artifact: str, **changes: Any) -> Live:
    made = Live(
        out=True,
        final=False,
        missed=False,
        refused=False,
        artifact=artifact,
        fingerprint="f",
        starts=AT - HOUR,
        ends=AT + HOUR,
    )
    return made._replace(**changes)


def entry(of: Piece, artifact: str, inputs: str) -> Entry:
    return Entry(of.key, of.starts, of.ends, "", artifact, inputs)


def past(*entries: Entry, tool: str = NEW, tree: str = "0") -> Past:
    """Return what is known of one campaign whose brand has changed since, unless `tree` is 1."""
    inputs = {"brands/acme": tree * 40}
    return Past({NAME: Manifest(tool, inputs, "", AT, None, entries)}, TREE, NEW)


ONE = piece()
KNOWN = past(entry(ONE, "a1", "a"))


class Sealed:
    def seal(self) -> str:
        return "sealed"

    def look(self, artifact: Artifact) -> list[Violation]:
        raise AssertionError(artifact)


@pytest.mark.parametrize(
    ("live", "now", "known", "stays"),
    [
        pytest.param(record("a1"), Hashes("a2", "a"), KNOWN, True, id="old"),
        pytest.param(record("a1"), Hashes("a1", "a"), KNOWN, False, id="same"),
        pytest.param(record("a1"), Hashes("b2", "b"), KNOWN, False, id="edit"),
        pytest.param(record("a1"), Hashes("a2", "a"), past(entry(ONE, "a1", "")), False, id="none"),
        pytest.param(record("a1"), Hashes("a2", "a"), past(), False, id="no entry"),
        pytest.param(record("a1"), Hashes("a2", "a"), Past({}, TREE, NEW), False, id="no manifest"),
        pytest.param(record("a1"), Hashes("", "a"), KNOWN, False, id="failed"),
        # A run in between put out b and could not finish: the manifest is older than that.
        pytest.param(record("b2"), Hashes("a2", "a"), KNOWN, False, id="back"),
        pytest.param(
            record("a1", doubtful=True),
            Hashes("a2", "a"),
            KNOWN,
            False,
            id="in doubt",
        ),
        pytest.param(
            record("", out=False, withdrawn=True),
            Hashes("a2", "a"),
            past(entry(ONE, "", "a")),
            False,
            id="withdrawn",
        ),
        # The new version shows templates more than the old one did, and no file changed.
        pytest.param(
            record("a1"),
            Hashes("a2", "a with more"),
            past(entry(ONE, "a1", "a"), tool=OLD, tree="1"),
            True,
            id="shown more",
        ),
        pytest.param(
            record("a1"),
            Hashes("a2", "a with more"),
            past(entry(ONE, "a1", "a"), tool=OLD),
            False,
            id="shown more of other files",
        ),
        pytest.param(
            record("a1"),
            Hashes("b2", "b"),
            past(entry(piece(ends=AT), "a1", "a"), tool=OLD, tree="1"),
            False,
            id="the next stretch",
        ),
        pytest.param(
            record("a1"),
            Hashes("b2", "b"),
            past(entry(ONE, "a1", "a"), tree="1"),
            False,
            id="the same version",
        ),
    ],
)
def test_only_what_another_version_alone_alters_stays(
    live: Live, now: Hashes, known: Past, stays: bool
):
    found = outdated([ONE], {id(ONE): now}, {ONE.key: live}, known)
    assert found == ([ONE] if stays else [])


@dataclass
class World:
    """Placements as a run after the other leaves them; what is written is `words`."""

    words: list[str]
    version: int = 1
    live: dict[PlacementKey, Live] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()

    def artifact(self, number: int) -> str:
        return f"{self.words[number]} by {self.version}"

    def publish(self, failing: int | None = None) -> set[int]:
        """Put out what is due, but for one that fails; return what went out."""
        pieces = [piece(number) for number in range(len(self.words))]
        hashes = {
            id(item): Hashes(self.artifact(number), self.words[number])
            for number, item in enumerate(pieces)
        }
        known = Past({NAME: Manifest(NEW, {}, "", AT, None, self.entries)}, TREE, NEW)
        for item in outdated(pieces, hashes, self.live, known):
            hashes[id(item)] = hashes[id(item)]._replace(artifact=self.live[item.key].artifact)
        sent = set()
        for number, item in enumerate(pieces):
            new = hashes[id(item)].artifact
            if item.key in self.live and self.live[item.key].artifact == new:
                continue
            if number != failing:
                self.live[item.key] = record(new)
                sent.add(number)
        if failing is None:
            self.entries = tuple(entry(item, *hashes[id(item)]) for item in pieces)
        return sent

    def shown(self) -> Iterator[str]:
        """Yield the words that customers see."""
        for number in range(len(self.words)):
            yield self.live[piece(number).key].artifact.partition(" ")[0]


STEPS = st.lists(
    st.one_of(
        st.just("upgrade"),
        st.tuples(st.integers(0, 2), st.sampled_from("abc")),
        st.tuples(st.just("fail"), st.integers(0, 2)),
        st.just("publish"),
    ),
    max_size=14,
)


@given(STEPS)
def test_what_was_written_last_is_out_and_nothing_else_was_sent(steps: list[Any]):
    world = World(["a", "a", "b"])
    world.publish()
    settled, sound = list(world.words), True
    for step in [*steps, "publish"]:
        if step == "upgrade":
            world.version += 1
        elif step == "publish" or step[0] == "fail":
            failing = None if step == "publish" else step[1]
            sent = world.publish(failing)
            edited = {n for n in range(3) if world.words[n] != settled[n]}
            if sound:
                assert sent == edited - {failing}
            sound = failing is None
            if sound:
                settled = list(world.words)
                assert list(world.shown()) == world.words
        else:
            world.words[step[0]] = step[1]
    assert list(world.shown()) == world.words


@pytest.mark.parametrize("count", [0, 1, 1200])
def test_it_is_told_with_an_example(count: int):
    pieces = [piece(number) for number in reversed(range(count))]
    text = told([*pieces, piece(9, message=True)])
    first = "1,200 live artifacts (such as " if count > 1 else "1 live artifact ("
    assert text.startswith(f"{first}acme/winter, store-000, web)" if count else "")
    assert bool(text) == bool(count)


@pytest.mark.parametrize(
    ("known", "moves"),
    [
        (past(entry(piece(ends=AT), "a", "a"), tool=OLD, tree="1"), True),
        (past(entry(piece(starts=AT), "a", "a"), tool=OLD, tree="1"), True),
        (past(entry(ONE, "a", "a"), tool=OLD, tree="1"), False),
        (past(entry(piece(ends=AT), "a", "a"), tool=OLD), False),
        (past(entry(piece(ends=AT), "a", "a"), tree="1"), False),
        (past(entry(piece(1), "a", "a"), tool=OLD, tree="1"), False),
    ],
)
def test_of_the_same_files_other_moments_are_another_versions(known: Past, moves: bool):
    assert moved([ONE], known, AT) == ([ONE] if moves else [])
    assert moved([piece(ends=AT)], known, AT) == []
    assert moved([ONE], known, AT - HOUR) == []


SOURCES = {
    "templates/acme/page/web.html.j2": "1",
    "templates/acme/_includes/foot.html.j2": "1",
    "templates/shared/_includes/foot.html.j2": "1",
    "templates/acme/other/web.html.j2": "1",
    "templates/other/_includes/foot.html.j2": "1",
}
JOB = RenderJob("acme/page", "web", "en-GB", {"shared": 1}, {"own": 1})


def keys(sources: dict[str, str], job: RenderJob = JOB) -> tuple[str, str]:
    return Producer(sources, Renderer(sources)).key(job)


@pytest.mark.parametrize("path", SOURCES)
def test_inputs_are_of_the_files_that_a_template_can_be_made_of(path: str):
    key, inputs = keys(SOURCES)
    other, others = keys({**SOURCES, path: "2"})
    assert key != other
    assert (inputs == others) == ("other/" in path)


@pytest.mark.parametrize(
    "change",
    [
        {"template": "acme/other"},
        {"channel": "email"},
        {"locale": "fr-CA"},
        {"shared": {"shared": 2}},
        {"own": {"own": 2}},
    ],
)
def test_inputs_are_all_that_goes_into_an_artifact(change: dict[str, Any]):
    first, second = keys(SOURCES), keys(SOURCES, replace(JOB, **change))
    assert not {*first} & {*second}


def test_inputs_are_not_what_judges_an_artifact_nor_a_version(upgrade):
    key, inputs = keys(SOURCES)
    sealed = keys(SOURCES, replace(JOB, judge=Sealed()))
    upgrade("2")
    later = keys(SOURCES)
    assert len({key, sealed[0], later[0]}) == 3
    assert {inputs, sealed[1], later[1]} == {inputs}
