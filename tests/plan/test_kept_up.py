"""Which placements stay out in a rival's time: those at places where nothing of it comes out."""

from __future__ import annotations

import pytest

from storesync.plan.kept_up import Taken, kept_up
from storesync.schedule.window import Window
from tests.plan.test_due import AT, HOUR, key, piece, record

LOSER = key()
WINNER = LOSER._replace(campaign="rush")
NOW = Window(AT - HOUR, AT + HOUR)
RUNS = piece()._replace(key=WINNER)
DOUBTFUL = record(out=False, doubtful=True)


def kept(*taken, winner=RUNS, live=None, stopped=()):
    known = {LOSER: record()} if live is None else live
    return kept_up(taken, [winner], known, stopped.__contains__, AT)


@pytest.mark.parametrize(
    ("more", "stays"),
    [
        ({}, False),
        ({"stopped": {WINNER}}, True),
        ({"stopped": {LOSER}}, False),
        ({"stopped": {WINNER}, "live": {}}, False),  # nothing of it is out that could stay
        ({"stopped": {WINNER}, "live": {LOSER: record(out=False)}}, False),
        ({"stopped": {WINNER}, "live": {LOSER: record(), WINNER: record()}}, False),
        ({"stopped": {WINNER}, "live": {LOSER: record(), WINNER: DOUBTFUL}}, True),
        ({"live": {LOSER: record(), WINNER: DOUBTFUL}}, False),  # it is put out anew
        ({"winner": RUNS._replace(if_late="skip")}, True),
        ({"winner": RUNS._replace(if_late="skip", grace_minutes=60)}, False),
        ({"winner": RUNS._replace(starts=AT + HOUR)}, True),
        ({"winner": RUNS._replace(key=WINNER._replace(location="elsewhere"))}, True),
    ],
)
def test_who_keeps_the_place(more, *, stays):
    assert kept(Taken(LOSER, "rush", NOW), **more) == ({LOSER} if stays else set())


def test_in_another_language_it_has_the_place_too():
    french = WINNER._replace(locale="fr-FR")
    assert kept(Taken(LOSER, "rush", NOW), winner=RUNS._replace(key=french)) == set()


def test_its_own_time_is_not_a_rival_s():
    assert kept(Taken(LOSER, "rush", Window(AT + HOUR, None)), stopped={WINNER}) == set()


def test_one_of_two_rivals_takes_the_place():
    other = Taken(LOSER, "sale", NOW)
    assert kept(Taken(LOSER, "rush", NOW), other) == set()
    assert kept(Taken(LOSER, "rush", NOW), other, stopped={WINNER}) == {LOSER}
