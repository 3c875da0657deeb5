"""`search`, `similar` and `index` on the demonstration."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storesync.app.context import Context, Options
from storesync.app.search_index import examples_for

AT = ("--at", "2026-11-22T16:00Z")
WARMERS = "harbor-coffee/2026-winter-warmers"


@pytest.mark.slow
def test_answers_come_brand_by_brand_with_why_and_what_was_achieved(run, published: Path):
    rows = run("search", "Christmas trees", *AT, "--format", "json", cwd=published).json["results"]
    brands = [row["brand"] for row in rows]
    assert brands == sorted(brands)
    assert len(set(brands)) == 2
    assert rows[0]["campaign"] == "2026-christmas-trees"  # its very name
    first = rows[1]
    assert first["campaign"] == "2025-christmas-trees"
    assert first["state"] == "completed"
    assert "christmas trees" in first["why"]
    assert first["achieved"].startswith("7,920 redemptions")
    for brand in set(brands):
        scores = [row["score"] for row in rows if row["brand"] == brand]
        assert scores == sorted(scores, reverse=True)


@pytest.mark.slow
def test_where_it_is_in_doubt_whether_anything_answers_it_says_so(run, published: Path):
    for question, weak in (("people who gave up dairy", True), ("Winter warmers", False)):
        ask = ("search", question, "--brand", "harbor-coffee", *AT)
        rows = run(*ask, "--format", "json", cwd=published).json["results"]
        assert {row["weak"] for row in rows} == {weak}
        head = run(*ask, cwd=published).stdout.splitlines()[0]
        assert head == "harbor-coffee" + ": perhaps nothing fits; the nearest" * weak


@pytest.mark.slow
def test_filters_and_mistakes(run, published: Path):
    def found(*args: str) -> set[str]:
        outcome = run("search", *args, *AT, "--format", "json", cwd=published)
        return {row["campaign"] for row in outcome.json["results"]}

    assert found("Christmas", "--state", "completed") < found("Christmas")
    assert found("Christmas", "--language", "de", "--brand", "fern-and-field")
    assert not found("zeppelin rental")
    assert found("\udcff Christmas")
    for args in (("--brand", "fern"), ("--channel", "fax"), ("--limit", "0")):
        assert run("search", "tea", *args, cwd=published).code == 2
    assert run("search", " ", cwd=published).code == 2
    assert run("similar", "nowhere", cwd=published).code == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--product", "oatlatte"), 'product "oatlatte"; did you mean "oat-latte"?'),
        (("--language", "es"), 'words in "es"; there are de, en, fr'),
        (("--product", "oat-latte", "--language", "fr"), "say it in other words, or with fewer"),
    ],
)
def test_a_filter_that_no_campaign_meets_is_named(run, published: Path, options, said):
    found = run("search", "winter", "--brand", "harbor-coffee", *options, *AT, cwd=published)
    assert (found.code, found.stdout) == (0, "")
    assert said in found.stderr


@pytest.mark.slow
def test_states_are_those_that_status_tells(run, published: Path):
    """After its last end a campaign is active as long as something of it is live."""
    late = ("--at", "2027-01-20T12:00Z")
    status = run("status", "--offline", *late, "--format", "json", cwd=published).json["campaigns"]
    for state in ("active", "completed"):
        told = {f"{row['brand']}/{row['campaign']}" for row in status if row["state"] == state}
        options = ("--state", state, "--limit", "100", *late, "--format", "json")
        rows = run("search", "Christmas", *options, cwd=published).json["results"]
        assert rows
        assert {f"{row['brand']}/{row['campaign']}" for row in rows} <= told
        assert {row["state"] for row in rows} == {state}
        over = {row["campaign"] for row in rows if row["ends"] and row["ends"] < "2027-01-20"}
        assert over  # of the active ones, too: by the flight alone they would not be


@pytest.mark.slow
def test_nothing_is_left_in_the_home(copy_of, published: Path, tmp_path: Path):
    """Some of what is loaded reports to its makers, unless it is told not to."""
    home = tmp_path / "home"
    home.mkdir()
    places = {"HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache"), "PATH": os.environ["PATH"]}
    command = [sys.executable, "-m", "storesync", "search", "Christmas trees", *AT]
    done = subprocess.run(
        command, cwd=copy_of(published), env=places, capture_output=True, text=True, check=True
    )
    assert "2025-christmas-trees" in done.stdout
    assert list(home.iterdir()) == []


@pytest.mark.slow
def test_without_an_embedder_words_answer_and_it_is_said(run, git_in, copy_of, published: Path):
    folder = copy_of(published)
    settings = folder / "storesync.yaml"
    settings.write_text(f"{settings.read_text()}search: {{embedder: none}}\n")
    git_in(folder, "commit", "-qam", "Words alone")
    outcome = run("search", "Weihnachtsbaum", "--brand", "fern-and-field", *AT, cwd=folder)
    assert "2025-christmas-trees" in outcome.stdout
    assert "by words alone" in outcome.stderr


@pytest.mark.slow
def test_examples_are_begun_campaigns_of_the_same_brand_and_language(published: Path):
    context = Context(Options(directory=published), datetime(2026, 11, 22, 16, tzinfo=UTC))
    try:
        hits = examples_for(context, *WARMERS.split("/"), "web", "fr-CA", 3)
        assert {hit.brand for hit in hits} == {"harbor-coffee"}
        assert "2026-winter-warmers" not in {hit.campaign for hit in hits}
        assert all(len(hit.commit) == 40 for hit in hits)
        assert all(hit.texts for hit in hits)
        assert "2027-valentine" not in {hit.campaign for hit in hits}
        assert {(hit.channels, hit.language) for hit in hits} == {((), "")}
        away = examples_for(context, *WARMERS.split("/"), "web", "ja-JP", 3)
        assert {hit.brand for hit in away} == {"harbor-coffee"}
        assert all(hit.language in {"en", "de", "fr"} and hit.texts for hit in away)
    finally:
        context.close()


@pytest.mark.slow
def test_what_search_needs_is_loaded_by_nothing_else(published: Path):
    code = (
        "import sys; from storesync.cli.main import run; run(['validate', '-q']);"
        "sys.exit(bool({'chromadb', 'openai', 'onnxruntime', 'tokenizers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=published, check=False)
    assert done.returncode == 0
