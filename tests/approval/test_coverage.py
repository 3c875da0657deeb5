"""What is wrong with a CODEOWNERS in use, by rule and line."""

from __future__ import annotations

import time

import pytest

from storesync.approval.codeowners import PLACES, read_codeowners
from storesync.approval.coverage import check_codeowners, check_current, check_places
from storesync.approval.decide import members_of
from storesync.diagnostics import Severity
from storesync.plugins.forge import People

PATHS = [
    "brands/acme/brand.yaml",
    "brands/acme/locations/us/austin.yaml",
    "templates/shared/a/b.j2",
]
US = "/brands/acme/locations/us/"
TWO = "@root @ada"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"* {TWO}\n", []),
        ("* @acme/admins\n", []),
        ("", [("codeowners-gap", 0)]),
        ("* @root\n", [("codeowners-alone", 1)]),
        ("* root@acme.example @root\n", [("codeowners-alone", 1)]),
        ("* root@acme.example @ada\n", []),
        (f"* {TWO}\n/brands/acme/\n", [("codeowners-gap", 2)]),
        (f"* {TWO}\n/docs/\n/README.md @root\n", []),  # nothing of ours
        (f"/brands/ {TWO}\n/templates/ {TWO}\n", [("codeowners-gap", 0)]),
        (f"* {TWO}\n/brands/acme/ @ben @mia\n", []),
        (f"/brands/acme/ @ben @mia\n* {TWO}\n", [("codeowners-shadowed", 1)]),
        (f"* {TWO}\n* @ben @mia\n", [("codeowners-shadowed", 1)]),
        (f"* {TWO}\n*.j2 @ben @mia\n/templates/ {TWO}\n", [("codeowners-shadowed", 2)]),
        (f"* {TWO}\n/brands/new/ @ben @mia\n/brands/ {TWO}\n", [("codeowners-shadowed", 2)]),
        (f"/legal/ @lea\n* {TWO}\n", []),  # nothing of ours
        # a folder whose only file has a line of its own: the next file will be the folder's
        (f"* {TWO}\n{US} @a/b\n{US}austin.yaml @a/c\n", []),
        (f"* {TWO}\n/brands/acme/ @ben,\n", [("codeowners-line", 2)]),
        (f"[Legal]\n* {TWO}\n", [("codeowners-line", 1)]),
        ("* @root Root@Acme.example @ada\n", []),  # listed, in other letters
        (f"* {TWO}\n/brands/ @ada eve@acme.example\n", [("codeowners-unlisted", 2)]),
        # as GitHub keeps an address secret: a login, but reviews are counted by `people` alone
        (f"* {TWO} 7+eve@users.noreply.github.com\n", [("codeowners-unlisted", 1)]),
        (f"* {TWO}\n/brands/ @a/b # eve@acme.example\n", []),
    ],
)
def test_what_is_wrong(text: str, found: list[tuple[str, int]]):
    addresses = {"root@acme.example": "root"}
    seen = check_codeowners(read_codeowners(text.encode()), PATHS, addresses)
    assert [(item.rule, item.line) for item in seen] == found


def test_messages_name_a_file_and_count_the_others():
    seen = check_codeowners(read_codeowners(f"* {TWO}\n/brands/acme/\n".encode()), PATHS)
    (found,) = seen
    assert found.message.startswith("brands/acme/brand.yaml and 1 more have no owner")


def test_an_address_that_leads_to_no_login_is_told_once_and_counts_for_nothing():
    name = "eve@acme.example"
    text = f"* {TWO} {name}\n/brands/ @ada {name.upper()}\n/templates/ @root {name}\n"
    codeowners = read_codeowners(text.encode())
    (found,) = check_codeowners(codeowners, PATHS)
    assert (found.line, found.severity) == (1, Severity.WARNING)
    assert f"no approval by {name}, an owner of this line (and of 2 more), counts" in found.message
    assert f"people: {{LOGIN: [{name}]}}" in found.hint
    people = People(frozenset({name}), addresses={"ada@acme.example": "ada"})
    assert members_of(name, people) is None  # for whoever decides, on any forge


@pytest.mark.parametrize(("gaps", "path"), list(enumerate(PLACES, 1)))
def test_the_file_itself_and_what_would_replace_it_need_an_owner(gaps: int, path: str):
    text = f"* {TWO}\n.github/CODEOWNERS\n/CODEOWNERS\n/docs/CODEOWNERS\n".encode()
    seen = check_codeowners(read_codeowners(text, path), PATHS)
    assert [item.rule for item in seen] == ["codeowners-gap"] * gaps


def test_nothing_is_said_twice_where_there_is_no_file():
    (found,) = check_codeowners(read_codeowners(None), PATHS)
    assert found.rule == "codeowners-gap"


def test_a_second_file_is_not_read():
    assert check_places([PLACES[1]]) == []
    assert [item.path for item in check_places(reversed(PLACES))] == list(PLACES[1:])


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\nb\n", 0, ""),
        ("a\r\nb\r\n", 0, ""),
        ("a\nc\n", 2, '"b"'),
        ("a\n", 2, '"b"'),
        ("a\nb\nc\n", 3, "nothing"),
        ("", 1, '"a"'),
        ("a\nb", 3, "nothing"),
    ],
)
def test_the_first_line_that_differs(text: str, line: int, words: str):
    found = check_current(text, "a\nb\n")
    assert [item.line for item in found] == ([line] if line else [])
    assert all(words in item.message for item in found)


def test_a_chain_is_checked_quickly():
    lines = "".join(f"/brands/b/locations/us/s{n}/ @u{n} @v\n" for n in range(1_000))
    codeowners = read_codeowners(f"* {TWO}\n{lines}*.j2 @t @u\n".encode())
    paths = [f"brands/b/locations/us/s{n % 1_000}/store-{n}.yaml" for n in range(25_000)]
    begin = time.process_time()
    assert not check_codeowners(codeowners, paths)
    assert time.process_time() - begin < 3  # about 0.2 s
