"""Vectors of a server are kept by model and text: nothing is paid for twice."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from searched import BAKERY, Counting

from storesync.plugins.embedder import EmbedRequest
from storesync.search import kept
from storesync.search.kept import KeptVectors, text_digest
from storesync.search.search import Filters

TEXTS = ["Warm buns", "Rye bread", "Warm buns"]


def ask(path: Path, embedder: Counting, *texts: str) -> list[list[float]]:
    return KeptVectors(embedder, path).embed(EmbedRequest(texts or TEXTS))


def test_the_same_text_is_asked_for_once(tmp_path):
    embedder = Counting()
    first = ask(tmp_path / "x.sqlite", embedder)
    assert embedder.asked == 2
    again = ask(tmp_path / "x.sqlite", embedder, *TEXTS, "Soup")
    assert embedder.asked == 3
    assert again[:3] == [pytest.approx(vector, abs=1e-6) for vector in first]
    assert again[0] == again[2] != again[1]


def test_questions_and_other_models_are_asked_for(tmp_path):
    embedder, other = Counting(), Counting("other")
    ask(tmp_path / "x.sqlite", embedder)
    ask(tmp_path / "x.sqlite", other)
    KeptVectors(embedder, tmp_path / "x.sqlite").embed(EmbedRequest(TEXTS, question=True))
    assert (embedder.asked, other.asked) == (2 + 3, 2)


def test_another_model_of_the_same_name_is_noticed_by_its_length(tmp_path):
    ask(tmp_path / "x.sqlite", Counting())
    longer = Counting(length=500)
    vectors = ask(tmp_path / "x.sqlite", longer, *TEXTS, "Soup")
    assert {len(vector) for vector in vectors} == {500}
    asked = longer.asked
    ask(tmp_path / "x.sqlite", longer)
    assert longer.asked == asked


@pytest.mark.parametrize("harm", ["no database" * 99, "folder", "link"])
def test_a_file_that_cannot_be_used_costs_requests_and_no_more(tmp_path, harm):
    path = tmp_path / "x.sqlite"
    if harm == "folder":
        path.mkdir()
    elif harm == "link":
        (tmp_path / "theirs").write_text("theirs")
        path.symlink_to(tmp_path / "theirs")
    else:
        path.write_text(harm)
    embedder = Counting()
    assert len(ask(path, embedder)) == 3
    KeptVectors(embedder, path).tidy(())
    if harm == "link":
        assert (tmp_path / "theirs").read_text() == "theirs"


def test_what_nobody_says_any_more_goes_where_it_is_much(tmp_path, monkeypatch):
    path, embedder = tmp_path / "x.sqlite", Counting()
    ask(path, embedder)
    keeper = KeptVectors(embedder, path)
    wanted = {text_digest("Warm buns")}

    def count() -> int:
        with closing(sqlite3.connect(path)) as base:
            return base.execute("SELECT count(*) FROM vectors").fetchone()[0]

    keeper.tidy(wanted)
    assert count() == 2, "a branch may come back"
    monkeypatch.setattr(kept, "_SPARE", -1)
    keeper.tidy(wanted)
    assert count() == 1


def test_the_same_question_of_another_channel_is_asked_for_once(open_session):
    embedder = Counting()
    search = open_session({"bakery": BAKERY}, embedder)
    search.session.refresh("bakery")
    before = embedder.asked
    for channel in ("", "web", "email"):
        search.ask("bakery", "Warm buns", filters=Filters(channel=channel))
    assert embedder.asked == before + 1


def test_a_lost_collection_or_a_new_name_is_not_paid_for_again(open_session):
    embedder = Counting()
    first = open_session({"bakery": BAKERY}, embedder)
    assert first.session.refresh("bakery").embedded == embedder.asked == 12
    first.session.close()
    shutil.rmtree(first.place.vectors)
    (first.place.words / "bakery.sqlite").unlink()
    renamed = {f"new-{name}": text for name, text in BAKERY.items()}
    again = open_session({"bakery": renamed}, embedder)
    assert (again.session.refresh("bakery").embedded, embedder.asked) == (12, 12)
    assert again.session.search("bakery")._vectors[0].count() == 12
    again.session.close()
    open_session({"rival": BAKERY}, embedder).session.refresh("rival")
    assert embedder.asked == 24, "no brand reads another one's"
