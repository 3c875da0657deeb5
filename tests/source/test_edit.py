from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.errors import UserError
from storesync.source.edit import delete, set_value
from storesync.source.emit import dump

TEXT = """\
# top
name:   'It''s'   # why
flight: {start: 2026-12-01T07:00, end: 2026-12-24}   # each location's own time
select:
- folder: us/texas
  # inner
  x: 1
- tags: [drive-thru,
    two]   # after
  except: [store-00417]
# about channels
channels: [ web,email , sms ]
a: # note
     b: 1   # deep

     # mid
d: |   # header
    x
      y

e: "f"
empty:
last: {}
"""


def changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that went and the lines that came, where all others stayed in place."""
    old, new = before.split("\n"), after.split("\n")
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return old[start : len(old) - end], new[start : len(new) - end]


@pytest.mark.parametrize(
    ("at", "value", "came"),
    [
        (("name",), "Foo", ["name:   Foo   # why"]),
        (("name",), {"x": 1}, ["name:   {x: 1}   # why"]),
        (("name",), "a\nb", ["name:   |-   # why", "  a", "  b"]),
        (
            ("flight", "end"),
            "2026-12-25",
            ["flight: {start: 2026-12-01T07:00, end: 2026-12-25}   # each location's own time"],
        ),
        (
            ("flight", "start"),
            date(2026, 12, 2),
            ["flight: {start: 2026-12-02, end: 2026-12-24}   # each location's own time"],
        ),
        (("channels", 1), "a, b", ['channels: [ web,"a, b" , sms ]']),
        (("flight",), {"k": "v w"}, ["flight:   # each location's own time", "  k: v w"]),
        (("select", 0, "folder"), "us/ny", ["- folder: us/ny"]),
        (("select", 0, "new"), "z", ["  new: z"]),
        (("select", 1), "q", ["- q"]),
        (("select", 1), {"k": "v"}, ["- k: v"]),
        (("select", 2), {"k": "v", "l": ["a b"]}, ["- k: v", "  l:", "    - a b"]),
        (("channels", 1), "pdf", ["channels: [ web,pdf , sms ]"]),
        (("channels", 3), "pdf", ["channels: [ web,email , sms, pdf ]"]),
        (("a", "b"), Decimal("2.50"), ["     b: 2.50   # deep"]),
        (("a",), "scalar", ["a: scalar # note"]),
        (("a",), ["x y"], ["  - x y"]),
        (("a", "c"), "n\nm", ["     c: |-", "       n", "       m"]),
        (("d",), "k", ["d: k"]),
        (("d",), "k\nl\n", ["d: |", "  k", "  l"]),
        (("e",), "p", ["e: p"]),
        (("empty",), 5, ["empty: 5"]),
        (("empty", "k", "l"), True, ["  k: {l: true}"]),
        (("last", "k"), {"l": ["v, w"]}, ['last: {k: {l: ["v, w"]}}']),
        (("new", "k"), "v w", ["new:", "  k: v w"]),
    ],
)  # fmt: skip
def test_only_the_edited_lines_change(at, value, came):
    assert changed(TEXT, set_value(TEXT, at, value))[1] == came


@pytest.mark.parametrize(
    ("at", "went", "came"),
    [
        (("name",), ["name:   'It''s'   # why"], []),
        (("select", 0), ["- folder: us/texas", "  # inner", "  x: 1"], []),
        (("select", 0, "folder"), ["- folder: us/texas", "  # inner"], ["- # inner"]),
        (("select", 0, "x"), ["  x: 1"], []),
        (("channels", 0), ["channels: [ web,email , sms ]"], ["channels: [ email , sms ]"]),
        (("channels", 2), ["channels: [ web,email , sms ]"], ["channels: [ web,email ]"]),
        (("select", 1, "except", 0), ["  except: [store-00417]"], ["  except: []"]),
        (("a", "b"), ["a: # note", "     b: 1   # deep"], ["a: {} # note"]),
        (("d",), ["d: |   # header", "    x", "      y"], []),
        (("empty",), ["empty:"], []),
        (("last",), ["last: {}"], []),
        (("nothing",), [], []),
        (("select", 7), [], []),
    ],
)
def test_only_the_deleted_lines_go(at, went, came):
    assert changed(TEXT, delete(TEXT, at)) == (went, came)


def test_setting_what_is_there_changes_nothing():
    assert set_value(TEXT, ("select", 0, "folder"), "us/texas") == TEXT


@pytest.mark.parametrize(
    ("before", "at", "value", "after"),
    [
        ("a: b", ("c",), "d", "a: b\nc: d"),
        ("a: b\r\nc: d\r\n", ("e",), "x\ny", "a: b\r\nc: d\r\ne: |-\r\n  x\r\n  y\r\n"),
        ("a: b\rc: d\r", ("a",), "e", "a: e\rc: d\r"),
        ("\ufeffa: b\n", ("a",), "c", "\ufeffa: c\n"),
        ("{}\n", ("a",), "b", "{a: b}\n"),
        ('{"a": "b"}', ("a",), "c", '{"a": c}'),
        ("a: |+\n  b\n\n", ("c",), "d", "a: |+\n  b\n\nc: d\n"),
        ("a: {b: }", ("a", "b"), "c", "a: {b:  c}"),
        ("a: {b: , }", ("a", "c"), "d", "a: {b: , c: d, }"),
    ],
)
def test_unusual_files(before, at, value, after):
    assert set_value(before, at, value) == after


def test_deleting_the_last_entry_leaves_a_mapping():
    assert delete("# c\na: b\n", ("a",)) == "# c\n{}\n"
    assert delete("{a: b}\n", ("a",)) == "{}\n"
    assert delete("a: b\nc: d", ("c",)) == "a: b\n"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a: b\n", ("a", "c")),
        ("a: [b]\n", ("a", "c")),
        ("a: [b]\n", ("a", 5)),
        ("a: b\na: c\n", ("a",)),
        ("a: *b\n", ("a",)),
        ("", ("a",)),
        ("a: [b: c]\n", ("a", 0, "d")),
    ],
)
def test_what_cannot_be_changed_says_so(text, at):
    with pytest.raises(UserError) as caught:
        set_value(text, at, "x")
    assert caught.value.message


@pytest.mark.parametrize(("at", "value"), [((), "x"), (("a",), None), (("a",), 1.5)])
def test_wrong_use_is_a_bug(at, value):
    with pytest.raises(TypeError):
        set_value("a: b\n", at, value)


WORDS = st.sampled_from(["a", "b c", "NO", "x, y", "p\nq", "", "#5", "2026-12-01"])
VALUES = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(st.sampled_from("kl"), inner, max_size=2)
    ),
    max_leaves=5,
)
FILES = st.dictionaries(st.sampled_from("abc"), VALUES, min_size=1)


def places(data, at=()):
    """Return every place in some data."""
    parts = data.items() if isinstance(data, dict) else enumerate(data)
    for part, item in parts:
        yield (*at, part)
        if isinstance(item, dict | list):
            yield from places(item, (*at, part))


@given(FILES, VALUES, st.data())
def test_any_value_can_be_set_at_any_place(data, value, draw):
    text = dump(data)
    at = draw.draw(st.sampled_from(list(places(data))))
    set_value(text, at, value)  # it checks that the file then says just that
    delete(text, at)


@given(FILES, VALUES)
def test_what_was_added_can_be_deleted(data, value):
    text = dump(data, comment="kept")
    assert delete(set_value(text, ("new",), value), ("new",)) == text
