"""The same plug-in against npm's aimock, which has Files and Batches of its own."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storesync.builtin.openai_copywriter import open_openai
from storesync.copywriting.answers import Answers
from storesync.copywriting.ask import Pace
from storesync.copywriting.bulk import advance
from storesync.copywriting.generate import Desk, generate
from storesync.copywriting.journal import Journal
from storesync.copywriting.purse import Purse
from storesync.copywriting.spend import Caps
from storesync.copywriting.walk import Job
from storesync.plugins.copywriter import Brief, CopywriterSetting, Field, TryLater
from storesync.source.cache import MemoryCache

pytestmark = pytest.mark.slow

SERVERS = Path(__file__).parents[1] / "servers"
BRIEF = Brief("Acme", "web", "en-GB", "English", (Field("headline", "", 40),))
FIXTURES = [
    {
        "match": {"userMessage": '"brand": "Busy"'},
        "response": {"error": {"message": "slow down"}, "status": 429, "retryAfter": 7},
    },
    {
        "match": {"userMessage": '"brand": "Cut"'},
        "response": {"content": '{"headline": "Wa', "finishReason": "length"},
    },
    {
        "match": {"userMessage": '"brand": "Acme"'},
        "response": {"content": json.dumps({"headline": "Warm hands"})},
    },
]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    if not (SERVERS / "node_modules" / "@copilotkit" / "aimock").is_dir():
        pytest.skip("aimock is not installed: npm ci --prefix tests/servers")
    command = [node, str(SERVERS / "served.mjs"), json.dumps(FIXTURES)]
    surroundings = {"PATH": os.environ["PATH"], "NO_COLOR": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert line.startswith("http://127.0.0.1"), line
        yield f"{line.strip()}/v1"
        server.terminate()


@pytest.fixture
def desk(url: str, tmp_path: Path) -> Callable[[], Desk]:
    store = MemoryCache()
    names = map(str, itertools.count())

    def build() -> Desk:
        setting = CopywriterSetting(tmp_path, "gpt-5-mini", url, timeout=10, max_output=500)
        journal = Journal(tmp_path, "USD", lambda: datetime(2026, 11, 28, tzinfo=UTC))
        stop = threading.Event()
        pace = Pace(20, time.monotonic, stop.wait, lambda: 0.5, stop.set)
        purse = Purse(Caps(), None, journal, names.__next__)
        return Desk(open_openai(setting), Answers(store), purse, pace, attempts=2)

    return build


def job(name: str) -> Job:
    return Job(name, replace(BRIEF, facts={"name": name}), {})


def test_a_draft(desk):
    (done,) = generate(desk(), [job("a")], 1)
    assert done.walk.draft.values == {"headline": ["Warm hands"]}


def test_a_server_that_is_busy_says_for_how_long(desk):
    with pytest.raises(TryLater) as caught:
        desk().copywriter.write(replace(BRIEF, brand="Busy"))
    assert caught.value.after == 7


def test_an_answer_that_was_cut_off(desk):
    assert "cut off" in desk().copywriter.write(replace(BRIEF, brand="Cut")).fault


def test_batches_are_submitted_once_each_and_their_answers_checked(desk):
    # Its batches always answer with plain text, which is no draft: each attempt needs a batch.
    jobs = [job(f"{time.time_ns()}-{n}") for n in range(3)]
    seen: dict[str, set[str]] = {}
    for _ in range(12):
        found = advance(desk(), jobs)
        if found.batch is None:
            break
        seen.setdefault(found.batch.key, set()).add(found.batch.id)
        assert len(found.open) == 3
    assert found.batch is None
    assert [item.reasons for item in found.outcomes] == [
        ("the answer is no JSON object, or is cut off",)
    ] * 3
    assert [len(ids) for ids in seen.values()] == [1, 1], "two attempts, a batch each"
    api = desk().copywriter._client.api
    ours = [item.metadata["storesync"] for item in api.batches.list() if item.metadata]
    assert sorted(ours) == sorted(seen)
