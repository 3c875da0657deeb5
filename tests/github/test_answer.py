"""Reading one value out of an answer: the right kind at the right place, or nothing is known."""

from __future__ import annotations

import pytest

from storesync.builtin.github_answer import has, read, read_login, read_or_none, read_time
from storesync.errors import UserError

GOOD = {"id": 7, "yes": True, "user": {"login": "mia", "type": "User"}, "gone": None}


def test_what_is_as_documented_is_read():
    assert (read(GOOD, "id", int), read(GOOD, "yes", bool)) == (7, True)
    assert read_or_none(GOOD, "gone", str) is None
    assert read_or_none(GOOD, "gone.login", str) is None
    assert (read_login(GOOD, "user"), read_login(GOOD, "gone")) == ("mia", None)
    assert read_login(GOOD["user"], "") == "mia"
    assert read_time({"at": "1970-01-01T01:00:00+01:00"}, "at") == 0
    assert (has(GOOD, "gone"), has(GOOD, "never"), has(GOOD, "id")) == (False, False, True)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("yes", int),
        ("id", bool),
        ("id", str),
        ("gone", str),
        ("never", str),
        ("id.deeper", int),
        ("user.login.first", str),
        ("user", list),
    ],
)
def test_anything_else_is_not(path, kind):
    with pytest.raises(UserError, match="not as documented"):
        read(GOOD, path, kind)


@pytest.mark.parametrize("value", [None, [], "text", 7])
def test_no_object_has_anything(value):
    with pytest.raises(UserError, match="not as documented"):
        has(value, "id")
