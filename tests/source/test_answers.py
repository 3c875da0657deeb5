"""What is kept of git's answers, and what has to be asked again."""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess

import pytest

from storesync.source.answers import Answers, answers_of

ID = "0123456789abcdef" * 2 + "01234567"


def asked(ids: list[str], output: bytes = b"x", code: int = 0) -> int:
    """Return how often git is asked the same thing three times over."""
    answers, count = Answers(), 0

    def ask() -> CompletedProcess[bytes]:
        nonlocal count
        count += 1
        return CompletedProcess((), code, output, b"")

    assert {answers.get("question", ids, ask).stdout for _ in range(3)} == {output}
    return count


@pytest.mark.parametrize(("output", "code"), [(b"x", 0), (b"", 1)])
def test_an_answer_about_objects_is_asked_for_once(output: bytes, code: int):
    assert asked([ID], output, code) == 1
    assert asked([ID, ID + "89abcdef0123456701234567"], output, code) == 1


@pytest.mark.parametrize(
    ("ids", "output", "code"),
    [
        ([], b"x", 0),
        (["HEAD"], b"x", 0),
        ([ID, "main"], b"x", 0),
        ([ID[:12]], b"x", 0),
        ([ID.upper()], b"x", 0),
        ([ID], b"", 128),
        ([ID], b"0123 missing\n", 0),
        ([ID], b"x" * 100_000, 0),
    ],
)
def test_what_may_be_another_one_later_is_asked_again(ids: list[str], output: bytes, code: int):
    assert asked(ids, output, code) == 3


def test_few_are_kept():
    answers = Answers()
    asks = [
        answers.get(number, [ID], lambda n=number: CompletedProcess((), 0, b"%d" % n, b""))
        for number in range(2_000)
    ]
    assert [int(item.stdout) for item in asks] == list(range(2_000))
    assert len(answers._known) <= 512


def test_all_that_read_a_clone_know_the_same_and_nothing_of_another_one(tmp_path: Path):
    one, other = tmp_path / "one", tmp_path / "other"
    answers_of(one).get("question", [ID], lambda: CompletedProcess((), 0, b"first", b""))
    later = CompletedProcess((), 0, b"second", b"")
    assert answers_of(one).get("question", [ID], lambda: later).stdout == b"first"
    assert answers_of(other).get("question", [ID], lambda: later).stdout == b"second"
