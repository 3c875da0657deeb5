from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storesync.copywriting.journal import Journal
from storesync.copywriting.purse import Purse
from storesync.copywriting.spend import CapReached, Caps, Price, Spent, priced
from storesync.errors import UserError
from storesync.plugins.copywriter import Usage

NOVEMBER = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 1, 0, 1, tzinfo=UTC)
TEN = Spent(10, Decimal("0.5"))


def anything(_month: Spent) -> None:
    """No cap."""


class Clock:
    now = NOVEMBER

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reopen(tmp_path: Path, clock: Clock) -> Callable[..., Journal]:
    return lambda currency="USD": Journal(tmp_path, currency, clock)


def file_of(folder: Path, month: str = "2026-11") -> Path:
    return folder / "spend" / f"{month}.jsonl"


def test_what_is_settled_counts_as_it_was(reopen):
    journal = reopen()
    first = journal.reserve("a", TEN, anything)
    assert journal.spent() == TEN
    journal.settle(first, Spent(3, Decimal("0.1")))
    assert journal.spent() == reopen().spent() == Spent(3, Decimal("0.1"))


def test_a_run_that_was_killed_has_spent_what_it_might_have(reopen):
    reopen().reserve("a", TEN, anything)
    assert reopen().spent() == TEN
    assert reopen().find("a") is not None
    assert reopen().find("b") is None


def test_settling_twice_counts_once(reopen):
    journal = reopen()
    held = journal.reserve("a", TEN, anything)
    journal.settle(held, TEN)
    reopen().settle(held, Spent(99, Decimal(9)))
    assert reopen().spent() == TEN


def test_a_month_begins_at_midnight_utc(reopen, clock):
    held = reopen().reserve("a", TEN, anything)
    clock.now = DECEMBER
    assert reopen().spent() == Spent()
    assert reopen().find("a") == held, "still open, from the month before"
    reopen().settle(held, Spent(1, Decimal(1)))
    assert reopen().spent() == Spent(), "it is settled where it was reserved"
    clock.now = NOVEMBER
    assert reopen().spent() == Spent(1, Decimal(1))


def test_a_line_that_was_cut_off_is_taken_away(reopen, tmp_path):
    reopen().reserve("a", TEN, anything)
    whole = file_of(tmp_path).read_bytes()
    file_of(tmp_path).write_bytes(whole + whole[:40])
    journal = reopen()
    assert journal.spent() == TEN
    journal.reserve("b", TEN, anything)
    assert reopen().spent() == TEN.plus(TEN)


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: raw.replace(b'"tokens": 10', b'"tokens": 1'),
        lambda raw: raw.replace(b'"money": "0.5"', b'"money": "0"'),
        lambda raw: raw.splitlines(keepends=True)[1],
        lambda raw: b"\n" + raw,
        lambda raw: b"{}\n" + raw,
        lambda _: b"[]\n",
        lambda _: b"\xff\xfe\n",
        lambda raw: raw + raw.splitlines(keepends=True)[0],
    ],
)
def test_a_damaged_journal_is_refused_and_not_taken_for_nothing(reopen, tmp_path, damage):
    journal = reopen()
    journal.reserve("a", TEN, anything)
    journal.reserve("b", TEN, anything)
    file_of(tmp_path).write_bytes(damage(file_of(tmp_path).read_bytes()))
    before = file_of(tmp_path).read_bytes()
    with pytest.raises(UserError, match="damaged"):
        reopen().reserve("c", TEN, anything)
    assert file_of(tmp_path).read_bytes() == before


def test_a_journal_that_shrank_under_a_run_is_refused(reopen, tmp_path):
    journal = reopen()
    journal.reserve("a", TEN, anything)
    file_of(tmp_path).write_bytes(b"")
    with pytest.raises(UserError, match="shorter"):
        journal.spent()


def test_a_link_in_place_of_the_journal_is_refused(reopen, tmp_path):
    (tmp_path / "spend").mkdir()
    file_of(tmp_path).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="cannot be told"):
        reopen().spent()


def test_another_currency_has_to_wait_for_another_month(reopen):
    reopen().reserve("a", TEN, anything)
    with pytest.raises(UserError, match="counted in USD"):
        reopen("EUR").spent()


def test_a_refused_reservation_leaves_nothing(reopen, tmp_path):
    def refuse(_month: Spent) -> None:
        raise CapReached("no")

    with pytest.raises(CapReached):
        reopen().reserve("a", TEN, refuse)
    assert file_of(tmp_path).read_bytes() == b""


def _spend(folder: str, name: str) -> None:
    journal = Journal(Path(folder), "USD", Clock())
    caps = Caps(tokens_per_month=1_000)
    purse = Purse(caps, None, journal, iter(f"{name}-{n}" for n in range(10_000)).__next__)
    for _ in range(60):
        try:
            held = purse.reserve(Usage(30, 10))
        except CapReached:
            os._exit(3)
        purse.settle(held, Usage(20, 5))
    os._exit(0)


@pytest.mark.slow
def test_runs_at_the_same_time_share_one_cap(tmp_path, reopen):
    others = multiprocessing.get_context("fork")
    runs = [others.Process(target=_spend, args=(str(tmp_path), f"run{n}")) for n in range(4)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert {run.exitcode for run in runs} == {3}, "each met the cap"
    spent = reopen().spent().tokens
    assert 1_000 - 40 < spent <= 1_000


@settings(max_examples=40)
@given(
    asked=st.lists(st.tuples(st.integers(1, 400), st.integers(0, 100), st.booleans()), max_size=25),
    cap=st.integers(0, 2_000),
)
def test_no_order_of_requests_passes_a_cap(tmp_path_factory, asked, cap):
    folder = tmp_path_factory.mktemp("spend")
    price = Price(Decimal("1.5"), Decimal(6))
    caps = Caps(tokens_per_run=cap, money_per_month=Decimal(cap) / 400_000)
    names = iter(str(n) for n in range(1_000))
    purse = Purse(caps, price, Journal(folder, "USD", Clock()), names.__next__)
    really = Spent()
    for most, part, settled in asked:
        usage = Usage(most, most // 3)
        actual = Usage(most * part // 100, most // 3 * part // 100)
        try:
            held = purse.reserve(usage)
        except CapReached:
            continue
        if settled:
            really = really.plus(purse.settle(held, actual))
        else:
            really = really.plus(priced(usage, price))
    assert really.tokens <= cap
    assert really.money <= Decimal(cap) / 400_000
    assert really == purse.run == purse.journal.spent()


def test_a_cap_of_money_needs_a_price(reopen):
    with pytest.raises(UserError, match="no price"):
        Purse(Caps(money_per_month=Decimal(1)), None, reopen(), lambda: "a")


def test_the_cap_that_was_reached_is_named(reopen):
    purse = Purse(Caps(tokens_per_month=9), None, reopen(), lambda: "a")
    with pytest.raises(CapReached, match="tokens_per_month to 10, over its cap of 9"):
        purse.reserve(Usage(6, 4))
