"""Drafting without a repository: attempts, caps, waits and batches, against a real server."""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_server import Answer, Model, brief_of, completion, serve, sound

from storesync.builtin.openai_copywriter import open_openai
from storesync.copywriting.answers import Answers
from storesync.copywriting.ask import Pace, ask
from storesync.copywriting.bulk import advance
from storesync.copywriting.generate import Desk, generate
from storesync.copywriting.journal import Journal
from storesync.copywriting.purse import Purse
from storesync.copywriting.spend import CapReached, Caps, Price
from storesync.copywriting.walk import Bounds, Findings, Job, walk
from storesync.errors import UserError
from storesync.plugins.copywriter import (
    BadBatch,
    Brief,
    CopywriterCapabilities,
    CopywriterSetting,
    Draft,
    Field,
    TryLater,
    Usage,
)
from storesync.source.cache import MemoryCache

BRIEF = Brief("Acme", "web", "en-GB", "English (en-GB)", (Field("headline", "", 40),))


def calm(texts) -> list[str]:
    """Find loud words."""
    return [f"{name} shouts" for name, each in texts.items() for text in each if "!" in text]


def job(name: str = "one") -> Job:
    return Job(name, replace(BRIEF, facts={"name": name}), {"calm": calm})


def saying(text: str | None, **more) -> Callable:
    content = None if text is None else json.dumps({"headline": text})
    return lambda _request: Answer(completion(content, **more))


@pytest.fixture
def store() -> MemoryCache:
    return MemoryCache()


@pytest.fixture
def desk(model: Model, tmp_path: Path, store: MemoryCache) -> Callable[..., Desk]:
    """Make what drafting works with; the same store and journal for all of a test."""
    names = map(str, itertools.count())

    def build(
        *,
        caps: Caps | None = None,
        price: Price | None = None,
        patience: float = 5,
        url: str = model.url,
    ) -> Desk:
        setting = CopywriterSetting(tmp_path, "tiny", url, timeout=20, max_output=500)
        journal = Journal(tmp_path, "USD", lambda: datetime(2026, 11, 28, tzinfo=UTC))
        stop = threading.Event()
        pace = Pace(patience, time.monotonic, stop.wait, lambda: 0.5, stop.set)
        purse = Purse(caps or Caps(), price, journal, names.__next__)
        return Desk(open_openai(setting), Answers(store), purse, pace, attempts=3)

    return build


def test_attempts_are_told_what_was_wrong(desk, model):
    model.script = [saying("Loud!"), saying(None), saying("Calm")]
    (done,) = generate(desk(), [job()], 1)
    assert done.walk.draft.values == {"headline": ["Calm"]}
    told = [
        (brief_of(item).get("rejected"), brief_of(item).get("findings")) for item in model.requests
    ]
    assert told == [
        (None, None),
        ({"headline": ["Loud!"]}, ["headline shouts"]),
        (None, ["the answer is empty"]),
    ]
    assert done.walk.usage == Usage(2_700, 180)


@pytest.mark.parametrize(
    ("behave", "why"),
    [
        (saying("Loud!"), "headline shouts"),
        (saying(None, refusal="I would rather not"), "refused: I would rather not"),
        (saying("Lo", finish="length"), "cut off"),
        (lambda _: Answer(b'{"choices": [{"mess'), "no JSON object"),
        (lambda _: Answer(completion('{"headline": "Wa')), "no JSON object"),
    ],
)
def test_what_never_passes_ends_with_the_reason(desk, model, behave, why):
    model.behave = behave
    (done,) = generate(desk(), [job()], 1)
    assert done.walk.draft is None
    assert why in done.reasons[0]
    assert len(model.requests) == 3
    model.behave = sound
    (again,) = generate(desk(), [job()], 1)
    assert again.walk.draft, "the next run does not read the same failures again"


def test_answers_of_a_run_before_are_not_asked_for_again(desk, model):
    model.script = [saying("Loud!")]
    (first,) = generate(desk(), [job()], 1)
    (second,) = generate(desk(), [job()], 1)
    assert first.walk.draft == second.walk.draft
    assert len(model.requests) == 2


def test_where_it_is_wrong_and_what_is_declared_there_is_told_to_people_only(desk, model):
    said = ['"9 pm" is no declared fact: 8 pm is (at leith)', '"best" is a claim (at leith)']
    findings = iter([said, []])
    (done,) = generate(desk(), [replace(job(), checks={"any": lambda _: next(findings)})], 1)
    assert list(done.walk.attempts[0].findings) == said
    assert brief_of(model.requests[1])["findings"] == [
        '"9 pm" is no declared fact',
        '"best" is a claim',
    ]


def test_another_server_is_asked_for_answers_of_its_own(desk, model):
    with serve() as other:
        for made in (desk(), desk(url=other.url), desk()):
            (done,) = generate(made, [job()], 1)
            assert done.walk.draft
        assert (len(model.requests), len(other.requests)) == (1, 1)


def test_a_store_that_takes_nothing_does_not_make_it_ask_for_ever(desk, model):
    class Full(MemoryCache):
        def save(self, name, value) -> None:
            """Keep nothing, as a full disk does."""

    full = replace(desk(), answers=Answers(Full()))
    (done,) = generate(full, [job()], 1)
    assert done.walk.draft
    assert len(model.requests) == 1


def test_a_server_that_is_busy_is_asked_again_no_sooner_than_it_said(desk, model):
    busy = Answer({"error": {"message": "slow down"}}, 429, {"retry-after": "0.7"})
    model.script = [busy, Answer({"error": {"message": "oops"}}, 500)]
    (done,) = generate(desk(), [job()], 1)
    assert done.walk.draft
    assert len(model.requests) == 3
    assert model.at[1] - model.at[0] >= 0.7


@pytest.mark.parametrize(
    ("headers", "said"),
    [({}, "slow down; asked"), ({"retry-after": "900"}, "asked once, and it asks for 900 seconds")],
)
def test_a_server_that_stays_busy_is_given_up_in_time(desk, model, headers, said):
    model.behave = lambda _: Answer({"error": {"message": "slow down"}}, 429, headers)
    started = time.monotonic()
    with pytest.raises(UserError, match=said):
        list(generate(desk(patience=0.8), [job(str(n)) for n in range(8)], 2))
    assert time.monotonic() - started < 3
    assert len(model.requests) <= 6, "the others are not tried as well"


def test_a_server_that_is_not_there_is_given_up_soon(tmp_path):
    away = TryLater("nobody there", away=True)
    clock, waited = [0.0], []

    class Nobody:
        def most(self, _brief):
            return Usage(1, 1)

        def write(self, _brief):
            raise away

    def wait(seconds: float) -> bool:
        clock[0] += seconds
        waited.append(seconds)
        return False

    pace = Pace(300, lambda: clock[0], wait, lambda: 0.5, lambda: None)
    journal = Journal(tmp_path, "USD", lambda: datetime(2026, 11, 28, tzinfo=UTC))
    purse = Purse(Caps(), None, journal, iter(map(str, range(100))).__next__)
    with pytest.raises(UserError, match="nobody there"):
        ask(Nobody(), job().brief, purse, pace)
    assert 1 < sum(waited) <= 20
    assert journal.spent().tokens == 0


def test_a_wrong_key_ends_the_run_and_keeps_what_is_done(desk, model):
    model.script = [sound, Answer({"error": {"message": "no such key"}}, 401)]
    done = []
    with pytest.raises(UserError, match="no such key"):
        done += generate(desk(), [job(str(n)) for n in range(6)], 1)
    assert len(model.requests) == 2


def test_requests_that_broke_off_count_at_their_most(desk, model):
    model.script = [lambda request: replace(sound(request), break_at=30)]
    made = desk()
    (done,) = generate(made, [job()], 1)
    assert done.walk.draft
    assert made.purse.run.tokens > 960 + 500
    assert made.purse.journal.spent() == made.purse.run


def test_a_cap_that_requests_without_an_answer_filled_says_so(desk, model):
    model.behave = lambda request: replace(sound(request), break_at=30)
    (done,) = generate(desk(caps=Caps(tokens_per_run=5_000)), [job()], 1)
    assert done.stopped
    assert "over its cap of 5,000; asked" in done.reasons[0]
    assert "broke the connection off" in done.reasons[0]


def test_several_are_asked_at_a_time_and_no_more_than_allowed(desk, model):
    model.behave = lambda request: replace(sound(request), pause=0.1)
    assert len(list(generate(desk(), [job(str(n)) for n in range(9)], 3))) == 9
    assert model.most_under_way == 3


@pytest.mark.parametrize(
    "caps",
    [
        Caps(tokens_per_run=5_000),
        Caps(tokens_per_month=5_000),
        Caps(money_per_run=Decimal("0.025")),
        Caps(money_per_month=Decimal("0.025")),
    ],
)
@pytest.mark.parametrize("parallel", [1, 4])
def test_a_cap_stops_before_the_request_that_could_pass_it(desk, model, caps, parallel):
    price = Price(Decimal(5), Decimal(5))
    made = desk(caps=caps, price=price)
    outcomes = list(generate(made, [job(str(n)) for n in range(8)], parallel))
    written = [item for item in outcomes if item.walk.draft]
    stopped = [item for item in outcomes if item.stopped]
    assert len(outcomes) == 8
    assert written
    assert stopped
    assert len(model.requests) == len(written)
    assert made.purse.run.tokens <= 5_000
    if caps.tokens_per_run is None and caps.money_per_run is None:
        with pytest.raises(CapReached):
            desk(caps=caps, price=price).purse.reserve(Usage(3_000, 500))


def test_requests_wait_for_the_room_that_others_hold_at_their_most(desk, model):
    model.behave = lambda request: replace(sound(request), pause=0.2)
    most = desk().copywriter.most(job().brief).total
    made = desk(caps=Caps(tokens_per_run=most + 3 * 960))
    found = list(generate(made, [job(name) for name in "abcd"], parallel=4))
    assert all(item.walk.draft for item in found), [item.reasons for item in found]
    assert made.purse.run.tokens == 4 * 960


def test_room_that_comes_right_after_a_refusal_is_waited_for(desk, model, monkeypatch):
    most = desk().copywriter.most(job().brief)
    purse = desk(caps=Caps(tokens_per_run=most.total + 960)).purse
    other, reserve = purse.reserve(most), purse.reserve

    def refused_and_then_settled(most, name=""):
        try:
            return reserve(most, name)
        except CapReached:
            purse.settle(other, Usage(900, 60))
            raise

    monkeypatch.setattr(purse, "reserve", refused_and_then_settled)
    made = replace(desk(), purse=purse)
    (done,) = generate(made, [job()], 1)
    assert done.walk.draft
    assert purse.run.tokens == 2 * 960
    with pytest.raises(CapReached):
        reserve(Usage(most.total, 0))


@given(answers=st.lists(st.sampled_from(["calm", "loud!", "fault", "none"]), max_size=4))
def test_a_walk_ends_at_the_first_that_passes_or_asks_for_the_next(answers):
    given = iter(answers)
    known: dict[str, Draft | None] = {}

    def answer(name: str) -> Draft | None:
        assert name not in known, "every attempt has a name of its own"
        kind = next(given, "none")
        usage = Usage(1, 1)
        made = (
            Draft({}, usage, fault="x") if kind == "fault" else Draft({"headline": [kind]}, usage)
        )
        known[name] = None if kind == "none" else made
        return known[name]

    bounds = Bounds(CopywriterCapabilities("tiny", {}), 3)
    state = walk(job(), answer, bounds, Findings())
    before = list(itertools.takewhile(lambda kind: kind != "calm", answers[:3]))
    bad = list(itertools.takewhile(lambda kind: kind != "none", before))
    if len(bad) < len(before) or (len(answers) < 3 and "calm" not in answers):
        assert state.brief is not None
        assert state.draft is None
        assert len(state.attempts) == len(bad)
    else:
        assert state.brief is None
        assert bool(state.draft) == ("calm" in answers[:3])


class TestBatches:
    def test_a_batch_is_submitted_once_and_picked_up(self, desk, model):
        model.looks = 3
        jobs = [job("a"), job("b")]
        first = advance(desk(), jobs)
        assert (first.batch.state, len(first.open)) == ("in_progress", 2)
        second = advance(desk(), jobs)
        assert second.batch.id == first.batch.id
        for _ in range(4):
            last = advance(desk(), jobs)
        assert last.batch is None
        assert [bool(item.walk.draft) for item in last.outcomes] == [True, True]
        assert len(model.batches) == 1
        assert model.requests == [], "nothing was asked outside the batch"
        assert desk().purse.journal.spent().tokens == 2 * 960

    def test_what_fails_goes_into_the_next_batch(self, desk, model):
        model.script = [saying("Loud!"), sound, sound]
        for _ in range(6):
            found = advance(desk(), [job("a"), job("b")])
        assert [bool(item.walk.draft) for item in found.outcomes] == [True, True]
        assert len(model.batches) == 2

    def test_attempts_are_bounded(self, desk, model):
        model.behave = saying("Loud!")
        for _ in range(9):
            found = advance(desk(), [job("a")])
            if found.batch is None:
                break
        assert found.outcomes[0].reasons == ("headline shouts",)
        assert len(model.batches) == 3

    @pytest.mark.parametrize("step", ["POST /v1/files", "POST /v1/batches", "collect"])
    def test_killed_at_any_step_it_submits_nothing_twice(self, desk, model, monkeypatch, step):
        class Killed(BaseException):
            pass

        made = desk()
        real = made.copywriter._client.call

        def call(ask):
            before = len(model.calls)
            result = real(ask)
            if any(step in text for text in model.calls[before:]):
                raise Killed
            return result

        monkeypatch.setattr(made.copywriter._client, "call", call)
        if step == "collect":
            monkeypatch.setattr(made.answers, "keep", lambda *_: (_ for _ in ()).throw(Killed))
        for _ in range(4):
            try:
                advance(made, [job("a")])
            except Killed:
                break
        else:
            pytest.fail("nothing was killed")
        for _ in range(4):
            found = advance(desk(), [job("a")])
        assert found.outcomes[0].walk.draft
        assert len(model.batches) == 1
        assert desk().purse.journal.spent().tokens <= 960

    def test_without_the_cache_the_answers_are_still_at_the_server(
        self, desk, model, store, tmp_path
    ):
        advance(desk(), [job("a")])
        advance(desk(), [job("a")])
        store._texts.clear()
        for path in (tmp_path / "spend").glob("*.jsonl"):
            path.unlink()
        for _ in range(3):
            found = advance(desk(), [job("a")])
        assert found.outcomes[0].walk.draft
        assert len(model.batches) == 1

    def test_a_batch_that_brought_only_some_is_followed_by_the_rest(self, desk, model):
        model.ends, model.drops = "expired", 1
        advance(desk(), [job("a"), job("b")])
        advance(desk(), [job("a"), job("b")])
        model.ends, model.drops = "completed", 0
        for _ in range(3):
            found = advance(desk(), [job("a"), job("b")])
        assert [bool(item.walk.draft) for item in found.outcomes] == [True, True]
        assert len(model.batches) == 2

    def end(self, model: Model, lines: Callable, file: str = "output_file_id", how="completed"):
        """End the newest batch with what `lines` makes of the names of its requests."""
        batch = model.batches[-1]
        asked = [json.loads(line) for line in model.files[batch["input_file_id"]].splitlines()]
        records = lines([record["custom_id"] for record in asked])
        batch |= {"status": how, file: f"{file}-{batch['id']}"}
        model.files[batch[file]] = b"\n".join(
            record if isinstance(record, bytes) else json.dumps(record).encode()
            for record in records
        )

    def said(self, name: str, text: str) -> dict:
        body = completion(json.dumps({"headline": text}))
        return {"custom_id": name, "response": {"status_code": 200, "body": body}, "error": None}

    @pytest.mark.parametrize(
        "left",
        [
            {"response": None, "error": {"code": "batch_expired", "message": "no time"}},
            {"response": {"status_code": 429, "body": {"error": {"message": "busy"}}}},
            {"response": {"status_code": 500, "body": None}},
        ],
    )
    def test_what_a_server_did_not_come_to_is_no_attempt(self, desk, model, left):
        advance(desk(), [job("a"), job("b")])

        def lines(names: list[str]) -> list[dict]:
            return [{"custom_id": name, **left} for name in names]

        self.end(model, lines, "error_file_id", "expired")
        for _ in range(3):
            found = advance(desk(), [job("a"), job("b")])
        assert [len(item.walk.attempts) for item in found.outcomes] == [1, 1]

    def test_what_failed_is_told_while_others_are_waited_for(self, desk, model):
        model.looks = 99
        jobs = [job("a"), job("b")]
        loud = "headline shouts"
        for _ in range(3):
            found = advance(desk(), jobs)
            asked = {state.name: state.job.brief.facts["name"] for state in found.open}
            self.end(
                model,
                lambda names, asked=asked: [
                    self.said(name, "Loud!")
                    if asked[name] == "a"
                    else {"custom_id": name, "error": {"code": "batch_expired"}}
                    for name in names
                ],
                how="expired",
            )
        for _ in range(2):
            found = advance(desk(), jobs)
            assert [(item.reasons, item.walk.draft) for item in found.outcomes] == [((loud,), None)]
            assert [state.job.brief.facts["name"] for state in found.open] == ["b"]
        assert len(model.batches) == 4

    def test_lines_in_any_order_twice_broken_or_of_others(self, desk, model):
        made = desk()
        advance(made, [job("a"), job("b")])
        self.end(
            model,
            lambda names: [
                b'{"custom_id": "',
                b"",
                b"[]",
                self.said("f" * 64, "Another's"),
                self.said(names[1], "Second"),
                self.said(names[0], "First"),
                self.said(names[0], "Loud!"),
            ],
        )
        self.end(
            model,
            lambda names: [{"custom_id": names[1], "error": {"message": "failed"}}],
            "error_file_id",
        )
        found = advance(made, [job("a"), job("b")])
        assert [item.walk.draft.values["headline"] for item in found.outcomes] == [
            ["First"],
            ["Second"],
        ]
        assert made.purse.run.tokens == 2 * 960, "what was handed in and collected counts once"

    @pytest.mark.parametrize("kept", [0, 1, 2])
    def test_killed_while_answers_are_kept_it_asks_for_none_again(
        self, desk, model, monkeypatch, kept
    ):
        class Killed(BaseException):
            pass

        jobs = [job("a"), job("b"), job("c")]
        advance(desk(), jobs)
        made = desk()
        real, left = made.answers.keep, iter(range(kept))

        def keep(name, draft):
            if next(left, None) is None:
                raise Killed
            real(name, draft)

        monkeypatch.setattr(made.answers, "keep", keep)
        with pytest.raises(Killed):
            advance(made, jobs)
        found = advance(desk(), jobs)
        assert [bool(item.walk.draft) for item in found.outcomes] == [True] * 3
        assert len(model.batches) == 1
        assert desk().purse.journal.spent().tokens == 3 * 960

    def test_a_batch_that_the_server_lost_counts_at_its_most(self, desk, model):
        advance(desk(), [job("a")])
        before = desk().purse.journal.spent().tokens
        model.batches.clear()
        advance(desk(), [job("a")])
        assert desk().purse.journal.spent().tokens == 2 * before

    @pytest.mark.parametrize(
        "listed", [{}, [], "x", {"data": [1]}, {"data": None}, {"data": [{"id": 5, "metadata": 3}]}]
    )
    def test_a_list_of_batches_that_is_none_submits_nothing(self, desk, model, monkeypatch, listed):
        monkeypatch.setattr(model, "listed", listed)
        with pytest.raises(UserError, match="something else"):
            advance(desk(), [job("a")])
        assert model.files == {}

    def test_a_server_without_pages_is_asked_for_one(self, desk, model, monkeypatch):
        page = {"data": [{"id": "other", "metadata": {}}], "has_more": True}
        monkeypatch.setattr(model, "listed", page)
        advance(desk(), [job("a")])
        assert len([call for call in model.calls if call.startswith("GET /v1/batches?")]) == 2

    def test_a_batch_that_the_server_refuses_is_told_once(self, desk, model):
        model.ends = "failed"
        advance(desk(), [job("a")])
        with pytest.raises(BadBatch, match="not for batches"):
            advance(desk(), [job("a")])
        assert desk().purse.journal.spent().tokens == 0
        model.ends = "completed"
        for _ in range(3):
            found = advance(desk(), [job("a")])
        assert found.outcomes[0].walk.draft

    def test_a_cap_stops_before_the_batch(self, desk, model):
        with pytest.raises(CapReached):
            advance(desk(caps=Caps(tokens_per_run=2_000)), [job("a"), job("b")])
        assert model.batches == []
        assert model.files == {}

    def test_where_batches_cannot_be_listed_none_is_submitted(self, desk, model, monkeypatch):
        monkeypatch.setattr(model, "batches", None)
        with pytest.raises(UserError):
            advance(desk(), [job("a")])
        assert model.files == {}
