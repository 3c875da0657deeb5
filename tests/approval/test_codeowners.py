"""Files of CODEOWNERS: their lines, what is wrong with them, and who owns what."""

from __future__ import annotations

import time

import pytest
from casefile import CASES, Case, read_case
from hypothesis import given
from hypothesis import strategies as st

from storesync.approval.codeowners import TOO_LARGE, is_owner, place, read_codeowners
from storesync.approval.ownership import Owned, Ownership

FILES = sorted(
    path for path in (CASES / "codeowners").glob("*.txt") if "-- file --" in path.read_text("utf-8")
)


def ownership(text: str) -> Ownership:
    return Ownership(read_codeowners(text.encode("utf-8", "surrogateescape")))


def told(owned: Owned) -> str:
    by = f"line {owned.rule.line}" if owned.rule else "no line"
    doubt = f", in doubt by line {owned.doubt.line}" if owned.doubt else ""
    return f"{owned.path}: {' '.join(owned.owners) or 'nobody'} ({by}{doubt})"


@pytest.mark.parametrize(
    "case", [read_case(path) for path in FILES], ids=lambda case: case.path.stem
)
def test_a_file(case: Case, update: bool):
    found = read_codeowners(case.sections["file"].encode())
    lines = [f"{item.line}:{item.column} {item.message}" for item in found.problems]
    lines += map(told, Ownership(found).of_all(case.sections["paths"].split()))
    case.check("".join(f"{line}\n" for line in lines), update=update)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (None, "no CODEOWNERS"),
        (b"* @root\n" + b"#" * TOO_LARGE, "3 MB"),
        (b"\xef\xbb\xbf* @root\n", "not printable"),
        (b"/brands/ @root\r/brands/ @mallory\n", "control character"),
        ("# note\u2028* @mallory\n".encode(), "control character"),
        (b"# note\r* @mallory\n", "control character"),
        (b"* @root\n/brands/\xff @root\n", "control character"),
        (b"* @root\x00\n", "control character"),
    ],
)
def test_a_file_that_may_be_read_in_two_ways(raw: bytes | None, words: str):
    found = read_codeowners(raw)
    (problem,) = found.problems
    assert words in problem.message
    assert problem.rule == ("codeowners-line" if problem.line else "codeowners-gap")
    assert Ownership(found).of("brands/acme/brand.yaml").doubt == problem


def test_line_ends_of_windows_are_fine():
    found = read_codeowners(b"# all\r\n\r\n* @root\r\n")
    assert not found.problems
    assert Ownership(found).of("x").owners == ("@root",)


def test_an_empty_file_gives_nobody_anything():
    owned = ownership("").of("brands/acme/brand.yaml")
    assert (owned.rule, owned.owners, owned.doubt) == (None, (), None)


def test_a_later_line_ends_the_doubt():
    owners = ownership("[Legal] @legal\n/brands/ @ben\n")
    assert owners.of("brands/a.yaml").doubt is None
    assert owners.of("README.md").doubt is not None


@pytest.mark.parametrize(
    ("sizes", "used"),
    [
        ({".github/CODEOWNERS": 1, "CODEOWNERS": 1, "docs/CODEOWNERS": 1}, ".github/CODEOWNERS"),
        ({"CODEOWNERS": 1, "docs/CODEOWNERS": 1}, "CODEOWNERS"),
        ({"docs/CODEOWNERS": 1}, "docs/CODEOWNERS"),
        ({".gitlab/CODEOWNERS": 1, ".github/codeowners": 1}, None),
        ({".github/CODEOWNERS": 0, "CODEOWNERS": 1}, ".github/CODEOWNERS"),
        ({".github/CODEOWNERS": TOO_LARGE, "CODEOWNERS": 1}, None),
        ({}, None),
    ],
)
def test_which_file_counts(sizes: dict[str, int], used: str | None):
    assert place(sizes) == used


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("@ben", True),
        ("@Ben-2", True),
        ("@ben_acme", True),
        ("@acme/brand-team", True),
        ("ben@acme.example.com", True),
        ("ben+x@acme.photography", True),
        ("ben", False),
        ("@", False),
        ("@-ben", False),
        ("@acme/", False),
        ("@acme/a/b", False),
        ("@dependabot[bot]", False),
        ("ben@acme", False),
        ("ben@acme.", False),
        ("@ben,", False),
        ("@ben#", False),
        ("@" + "b" * 40, False),
        ("@bën", False),
        ("", False),
    ],
)
def test_who_can_own(word: str, right):
    assert is_owner(word) is right


@given(st.binary(max_size=200))
def test_no_bytes_break_it(raw: bytes):
    found = read_codeowners(raw)
    owned = Ownership(found).of("brands/acme/brand.yaml")
    assert owned.rule in [None, *found.rules]
    assert [item.line for item in found.problems] == sorted(item.line for item in found.problems)


lines = st.sampled_from(
    [
        "* @a",
        "/b/ @b",
        "/b/c/ @c @d",
        "b/c",
        "*.y @e",
        "/b/**/c @f",
        "/b/c/x.y g@h.example",
        "c/ @i",
    ]
)


@given(st.lists(lines, max_size=8), st.lists(st.sampled_from("bc"), max_size=4))
def test_looking_up_is_trying_one_after_the_other(chosen: list[str], folders: list[str]):
    found = read_codeowners("\n".join(chosen).encode())
    path = "/".join([*folders, "x.y"])
    matching = [rule for rule in found.rules if rule.pattern.matches(path)]
    assert Ownership(found).of(path).rule == (matching[-1] if matching else None)


def test_owners_of_many_paths_are_found_quickly():
    managers = "".join(f"/brands/b/locations/us/s{n}/ @u{n}\n" for n in range(1_000))
    owners = ownership(f"* @root\n{managers}/brands/*/locations/**/_defaults.yaml @ben\n*.j2 @t\n")
    paths = [f"brands/b/locations/us/s{n % 1_000}/store-{n}.yaml" for n in range(25_000)]
    begin = time.process_time()
    found = owners.of_all(paths)
    assert time.process_time() - begin < 2  # about 0.1 s
    assert found[1_999].owners == ("@u999",)
