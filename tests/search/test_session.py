"""The whole of it on real parts: SQLite, ChromaDB on disk and as a server, MiniLM."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from searched import BAKERY, build, campaign, files

from storesync.errors import UserError
from storesync.plugins.embedder import EmbedderCapabilities
from storesync.search.campaigns import brands_in
from storesync.search.document import state_of
from storesync.search.rank import FORMULA
from storesync.search.search import Filters, Question
from storesync.search.vectors import collection_name
from storesync.source.tree import MemoryTree

TWINS = {
    "north": {**BAKERY, "same": campaign("Same", "Secret northern recipe", "Only for the north.")},
    "south": {**BAKERY, "same": campaign("Same", "Tulips by the sea", "Only for the south.")},
}


QUESTIONS = {
    "BUN-2041": "buns",
    "bun2041": "buns",
    "tulips": "tulips",
    "flowers for Easter": "tulips",
    "hospital staff on duty late": "coffee",
    "Krankenschwestern": "coffee",
    "wholegrain bread": "rye",
    "cinamon buns": "buns",
    "birthday cake": "cake",
}


def test_questions_find_campaigns_in_whatever_language(open_session):
    search = open_session({"bakery": BAKERY})
    assert {asked: search.ask("bakery", asked)[0] for asked in QUESTIONS} == QUESTIONS


def test_what_a_slip_happens_to_mean_tells_no_answers_apart(open_session):
    stollen = campaign("Stollen", "Order our Stollen", "Baked in November.")
    stone = campaign("Stone", "Thieves broke a window", "They threw a stone and took the till.")
    search = open_session({"bakery": {**BAKERY, "stollen": stollen, "stone": stone}})
    ranked = search.session.ask("bakery", Question("stolen"))
    documents = search.session.search("bakery").documents
    assert {documents[item.number].campaign for item in ranked[:2]} == {"stollen", "stone"}
    assert ranked[0].score == ranked[1].score
    assert ranked[0].evidence.meaning > 0
    # Where more than the word is read, that tells them apart.
    beside = Question("A robbery in the night: the till is gone", words="stolen")
    first, second = search.session.ask("bakery", beside)[:2]
    assert documents[first.number].campaign == "stone"
    assert first.evidence.meaning > second.evidence.meaning


def test_words_alone_answer_where_meaning_is_not_known(open_session):
    search = open_session({"bakery": BAKERY}, embedder=None)
    assert search.ask("bakery", "flowers for Easter")[0] == "tulips"
    assert search.ask("bakery", "tyre pressure") == []


def test_an_archived_campaign_is_found_where_it_is(open_session):
    before = open_session({"bakery": BAKERY})
    assert before.ask("bakery", "tulips")[0] == "tulips"
    before.session.close()
    archived = {name: text for name, text in BAKERY.items() if name != "tulips"}
    session = open_session({"bakery": archived | {"archive/tulips": BAKERY["tulips"]}})
    assert session.ask("bakery", "tulips")[0] == "tulips"
    found = session.session.search("bakery").documents.values()
    paths = {item.campaign: {passage.path for passage in item.passages} for item in found}
    assert paths["tulips"] == {"brands/bakery/archive/tulips/campaign.yaml"}
    assert paths["buns"] == {"brands/bakery/campaigns/buns/campaign.yaml"}
    then = datetime(2025, 3, 10, tzinfo=UTC)
    states = {item.campaign: state_of(item, then) for item in found}
    assert (states["tulips"], states["buns"]) == ("completed", "active")


def test_only_what_changed_is_read_and_embedded(open_session):
    first = open_session({"bakery": BAKERY})
    done = first.session.refresh("bakery")
    assert (done.campaigns, done.read, done.gone, done.embedded) == (6, 6, 0, 12)
    again = open_session({"bakery": BAKERY}).session.refresh("bakery")
    assert (again.read, again.gone, again.embedded) == (0, 0, 0)
    changed = {
        **BAKERY,
        "soup": campaign("Soup days", "A bowl", "Pumpkin this week."),
        "new": BAKERY["rye"],
    }
    del changed["cake"]
    search = open_session({"bakery": changed})
    done = search.session.refresh("bakery")
    assert (done.campaigns, done.read, done.gone, done.embedded) == (6, 2, 1, 3)
    assert search.ask("bakery", "pumpkin")[0] == "soup"
    assert "cake" not in search.ask("bakery", "birthday cake")


def test_same_words_are_not_embedded_again_when_other_fields_change(open_session):
    open_session({"bakery": BAKERY}).session.refresh("bakery")
    sooner = {**BAKERY, "rye": BAKERY["rye"].replace("2025-03-01", "2025-02-01")}
    done = open_session({"bakery": sooner}).session.refresh("bakery")
    assert (done.read, done.embedded) == (1, 0)


def test_filters_leave_out_and_never_add(open_session):
    search = open_session({"bakery": BAKERY})
    assert search.ask("bakery", "tulips", filters=Filters(language="en")) == []
    assert search.ask("bakery", "tulips", filters=Filters(language="de")) == ["tulips"]
    assert search.ask("bakery", "tulips", filters=Filters(channel="sms")) == []
    assert search.ask("bakery", "tulips", filters=Filters(season="spring"))[0] == "tulips"
    assert search.ask("bakery", "tulips", filters=Filters(season="winter")) == []
    assert search.ask("bakery", "tulips", beside="tulips") != ["tulips"]


def test_in_a_brand_that_always_says_the_same_its_words_are_found(open_session):
    search = open_session({"bakery": {f"c{number}": BAKERY["soup"] for number in range(101)}})
    assert search.ask("bakery", "lentils")
    assert search.ask("bakery", "insurance") == []


def test_an_outcome_knows_how_many_locations_ran_for_how_long(open_session):
    numbers = "measured_on: 2025-03-10\nsource: Tills\nredemptions: 40\nlocations: 12\n"
    brand = {**BAKERY, "rye/results.yaml": numbers}
    late = numbers.replace("-03-", "-06-")
    brand["cake/results.yaml"] = late.replace("locations: 12\n", "")
    documents = open_session({"one": brand}, None).session.search("one").documents.values()
    outcomes = {item.campaign: item.outcome for item in documents if item.outcome}
    told = {name: (each.locations, each.days) for name, each in outcomes.items()}
    assert told == {"rye": (12, 10.0), "cake": (None, 20.0)}  # the flight: 1 to 20 March


@pytest.mark.parametrize("embedder", ["minilm", None])
def test_brands_never_see_each_other(open_session, minilm, embedder):
    search = open_session(TWINS, embedder=minilm if embedder else None)
    for brand, other in (("north", "tulips by the sea"), ("south", "secret northern recipe")):
        for question in (other, "recipe", "same"):
            for item in search.session.ask(brand, Question(question)):
                document = search.session.search(brand).documents[item.number]
                assert document.brand == brand
                assert all(
                    f"Only for the {brand}" in p.text
                    for p in document.passages
                    if document.campaign == "same"
                )


def test_no_two_brands_share_a_collection():
    names = {
        collection_name(*parts)
        for parts in [
            ("a", "b-c", "m"),
            ("a-b", "c", "m"),
            ("a", "b", "c-m"),
            ("a", "b", "m"),
            ("b", "a", "m"),
            ("a", "b\nm", ""),
            ("a\nb", "m", ""),
            ("", "a", "bm"),
        ]
    }
    assert len(names) == 8
    assert all(3 <= len(name) <= 63 for name in names)


@pytest.mark.parametrize(
    "harm",
    [
        lambda place: shutil.rmtree(place.words),
        lambda place: shutil.rmtree(place.vectors),
        lambda place: (place.words / "bakery.sqlite").write_bytes(
            b"SQLite format 3\0" + b"x" * 5000
        ),
        lambda place: (place.words / "bakery.sqlite").write_bytes(b""),
        lambda place: (place.vectors / "chroma.sqlite3").write_bytes(b"no database" * 500),
        lambda place: (shutil.rmtree(place.vectors), place.vectors.write_text("a file")),
        lambda place: shutil.copy(place.words / "other.sqlite", place.words / "bakery.sqlite"),
    ],
    ids=[
        "words gone",
        "vectors gone",
        "words damaged",
        "words empty",
        "vectors damaged",
        "a file in their place",
        "another brand's words",
    ],
)
def test_a_lost_or_damaged_index_is_built_again(open_session, harm):
    brands = {"bakery": BAKERY, "other": {"tulips": BAKERY["tulips"]}}
    first = open_session(brands)
    first.ask("bakery", "tulips")
    first.ask("other", "tulips")
    first.session.close()
    harm(first.place)
    again = open_session(brands)
    answers = again.ask("bakery", "hospital staff on duty late")
    assert again.told == []
    assert answers[0] == "coffee"
    assert again.ask("bakery", "BUN-2041")[0] == "buns"


def test_vectors_that_nobody_knows_are_removed_and_lost_ones_made_again(open_session):
    first = open_session({"bakery": BAKERY})
    vectors = first.session.search("bakery")._vectors[0]
    known = sorted(vectors.ids())
    vectors.put(["ghost/0/x"], vectors.get(known[:1]))
    vectors.remove(known[1:2])  # as many as before
    vectors.put(["ghost/1/x"], vectors.get(known[:1]))
    again = open_session({"bakery": BAKERY})
    assert again.session.refresh("bakery").embedded == 1
    assert sorted(again.session.search("bakery")._vectors[0].ids()) == known


class Unreachable:
    """An embedder whose server went away."""

    capabilities = EmbedderCapabilities("gone", 3, frozenset(), needs_network=True)

    def embed(self, request):
        raise UserError(f"no server for {len(request.texts)}", hint="start it")


def test_an_embedder_that_fails_leaves_words(open_session):
    search = open_session({"bakery": BAKERY}, embedder=Unreachable())
    assert search.ask("bakery", "flowers for Easter")[0] == "tulips"
    assert search.told == ["by words alone: no server for 12 (start it)"]


@pytest.fixture
def many():
    return {
        f"c{n}": campaign(
            f"Offer {n}", f"Loaf number {n}", f"Text {n} about bread and rain {n * 7}."
        )
        for n in range(120)
    }


@pytest.mark.slow
def test_killed_while_building_the_next_run_is_right(open_session, tmp_path, many):
    context = multiprocessing.get_context("spawn")
    for delay in (0.3, 0.8):
        started = context.Event()
        process = context.Process(target=build, args=(tmp_path, files({"bakery": many}), started))
        process.start()
        started.wait(60)
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    search = open_session({"bakery": many})
    assert search.session.refresh("bakery").campaigns == 120
    assert search.session.search("bakery")._vectors[0].count() == 240
    assert search.ask("bakery", "Loaf number 77")[0] == "c77"


@pytest.mark.slow
def test_two_at_once_are_safe(open_session, tmp_path, many):
    many = dict(list(many.items())[:40])
    context = multiprocessing.get_context("spawn")
    started = context.Event()
    both = [
        context.Process(target=build, args=(tmp_path, files({"bakery": many}), started))
        for _ in range(2)
    ]
    for process in both:
        process.start()
    for process in both:
        process.join(120)
    assert [process.exitcode for process in both] == [0, 0]
    search = open_session({"bakery": many})
    done = search.session.refresh("bakery")
    assert (done.read, done.embedded) == (0, 0)
    assert search.session.search("bakery")._vectors[0].count() == 80


@pytest.fixture
def server(tmp_path, monkeypatch):
    """A real Chroma server on a free port of this machine."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(sys.executable).with_name("chroma")
    process = subprocess.Popen(
        [program, "run", "--host", "127.0.0.1", "--port", str(port), "--path", tmp_path / "server"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=tmp_path,
    )
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


@pytest.mark.slow
def test_a_chroma_server_keeps_vectors_of_repositories_apart(open_session, server, tmp_path):
    one = open_session(TWINS, address=server, folder=tmp_path / "one", repository="one")
    two = open_session({"north": BAKERY}, address=server, folder=tmp_path / "two", repository="two")
    answers = one.ask("north", "hospital staff on duty late")
    assert one.told == []
    assert answers[0] == "coffee"
    assert two.ask("north", "secret northern recipe") == []
    assert one.ask("south", "Tulips by the sea")[0] == "same"
    assert not (tmp_path / "one" / "chroma").exists()
    assert one.told == two.told == []


def test_a_server_that_is_not_there_leaves_words(open_session):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{probe.getsockname()[1]}"
    search = open_session({"bakery": BAKERY}, address=address)
    assert search.ask("bakery", "flowers for Easter")[0] == "tulips"
    assert len(search.told) == 1
    assert search.told[0].startswith(f"by words alone: no Chroma server answers at {address}")


def test_what_is_told_names_no_other_campaign(open_session):
    from storesync.search.answer import hits_of

    search = open_session(TWINS)
    ranked = search.session.ask("north", Question("hospital staff at night"))
    hits = hits_of(search.session.search("north"), ranked, "en", search.session.known)
    assert hits[0].campaign == "coffee"
    assert "nurses" in hits[0].why
    assert hits[0].texts["headline"] == "Hot coffee for nurses"
    assert "look" not in hits[0].texts
    assert 0 < hits[0].score <= 1
    assert hits[0].success == 0.5
    assert json.dumps(hits[0].why)
    assert FORMULA.floor > 0


def test_what_lies_beside_the_brands_is_none():
    tree = MemoryTree({"brands/notes.txt": b"", "brands/a/brand.yaml": b"", "brands/b/x.txt": b""})
    assert brands_in(tree) == ["a"]
