"""What is in force after any order of holds, recalls and resumes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storesync.errors import UserError
from storesync.ledger import entry, segment
from storesync.ledger.entry import JournalKind
from storesync.ledger.holds import Hold, Holds, Lift, digest, holds_of
from storesync.ledger.journal import assemble
from storesync.ledger.scope import Scope
from storesync.plan.change import PlacementKey

AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ROOT = "0" * 64
KEY = PlacementKey("acme", "winter", "leith", "web", "en-GB", "outbox")
WHO = {"who": "mia", "role": "brand_manager", "reason": "why"}


def read(*rows):
    """Return the holds of a journal with these lines; a row may be made of the hashes before."""
    parts, hashes, previous = [], [], ROOT
    for number, row in enumerate(rows, start=1):
        line, previous = segment.encode(row(hashes) if callable(row) else row, number, previous)
        parts.append(line)
        hashes.append(previous)
    files = {"ledger/journal/a.jsonl": b"".join(parts)} if parts else {}
    return holds_of(assemble(files, ROOT, ()))


def hold(*scope, until=AT + HOUR):
    return entry.hold(Scope(*scope), **WHO, until=until, at=AT - HOUR)


def recall(*scope):
    return entry.recall(Scope(*scope), **WHO, at=AT - HOUR)


def resume(*scope):
    return lambda hashes: entry.resume(Scope(*scope), hashes, **WHO, at=AT)


@pytest.mark.parametrize(
    ("scope", "covered"),
    [
        ((), True),
        (("acme",), True),
        (("other",), False),
        (("acme", "winter"), True),
        (("acme", "spring"), False),
        (("acme", "", "leith"), True),
        (("acme", "winter", "leith", "web"), True),
        (("acme", "winter", "leith", "sms"), False),
        (("", "", "", "web"), True),
        (("", "", "", "sms"), False),
    ],
)
def test_a_scope_covers_what_it_names(scope, covered):
    found = read(hold(*scope)).held(KEY, AT)
    assert (found is not None) is covered
    if found:
        assert found == ("until 2026-12-01 13:00Z by mia: why", False, AT - HOUR)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([hold("acme", until=AT)], None),
        ([hold("acme"), resume("acme")], None),
        ([hold("acme"), resume()], None),
        ([hold("acme"), resume("acme", "", "leith")], None),
        ([hold("acme"), resume("acme", "", "oslo")], False),
        ([hold("acme"), resume("acme", "spring")], False),
        ([hold("acme"), resume("acme"), hold("acme")], False),
        ([recall("acme"), hold("acme")], True),
        ([recall("acme"), hold("acme"), resume("acme")], None),
        ([hold("acme"), recall("acme", "", "leith"), lambda h: resume("acme")(h[1:])], False),
        ([recall("acme"), lambda _: resume("acme")([])], True),
    ],
)
def test_what_counts_after_several(rows, expected):
    found = read(*rows).held(KEY, AT)
    assert (found and found.recalled) is expected


def test_the_hold_that_ends_last_is_told():
    found = read(hold("acme"), hold("acme", until=AT + 5 * HOUR), hold("acme", until=AT + HOUR))
    assert found.held(KEY, AT).reason.startswith("until 2026-12-01 17:00Z")
    assert found.held(KEY, AT + 2 * HOUR) is not None
    assert found.held(KEY, AT + 5 * HOUR) is None


def test_what_was_held_then_is_known_later():
    found = read(hold("acme"), resume("acme"))
    assert not found.was_on(KEY, AT - 2 * HOUR)
    assert found.was_on(KEY, AT - HOUR)
    assert not found.was_on(KEY, AT)
    assert not read(hold("acme")).was_on(KEY, AT + HOUR)


@pytest.mark.parametrize(
    ("scope", "key"),
    [
        (("acme", "", "old"), KEY),
        (("acme", "", "old"), KEY._replace(location="old")),
        (("acme", "", "leith"), KEY._replace(location="old")),
        (("was", "winter", "old"), KEY),
        (("acme", "before"), KEY),
    ],
)
def test_a_hold_follows_what_was_renamed(scope, key):
    renamed = {
        ("acme", "location/old"): "leith",
        ("", "brand/was"): "acme",
        ("acme", "campaign/before"): "winter",
    }
    assert read(hold(*scope)).named(renamed).held(key, AT)
    assert not read(hold("acme", "", "else")).named(renamed).held(key, AT)
    assert not read(hold(*scope), resume("acme")).named(renamed).held(key, AT)


def test_a_brand_is_worked_out_anew_when_its_holds_change():
    brands = ["acme", "other"]

    def of(found, brand, at=AT):
        return digest(found.of_brand(brand, brands, at))

    nothing = of(read(), "acme")
    held = read(hold("acme"))
    assert of(held, "acme") != nothing
    assert of(held, "other") == nothing
    assert of(held, "acme", AT + HOUR) == nothing
    assert of(read(hold("acme"), resume("acme")), "acme") == nothing
    partly = read(hold("acme"), resume("acme", "", "leith"))
    assert of(partly, "acme") not in {nothing, of(held, "acme")}
    for everywhere in (read(hold("", "", "", "sms")), read(hold("gone"))):
        assert nothing not in {of(everywhere, "acme"), of(everywhere, "other")}


@pytest.mark.parametrize(
    "change",
    [
        {"scope": ["acme"] * 5},
        {"scope": [1, "", "", ""]},
        {"scope": None},
        {"until": "soon"},
        {"until": None},
        {"at": 3},
        {"who": ...},
    ],
)
def test_a_line_without_sense_stops_everything(change):
    row = hold("acme") | change
    row = {name: value for name, value in row.items() if value is not ...}
    with pytest.raises(UserError, match=r"cannot be understood: ledger/journal/a.jsonl:1"):
        read(row)


def test_only_what_is_there_can_be_lifted():
    with pytest.raises(UserError, match=r"a.jsonl:2"):
        read(hold("acme"), lambda _: resume("acme")(["f" * 64]))


parts = st.sampled_from(["", "a", "b"])
scopes = st.builds(Scope, parts, parts, parts, parts)
keys = st.builds(PlacementKey, *[st.sampled_from(["a", "b"])] * 4, st.just("en"), st.just("x"))


@given(scopes, scopes, keys)
def test_scopes_agree_with_the_placements_in_them(one, other, key):
    both = one.covers(key) and other.covers(key)
    assert not both or one.meets(other)
    if one.covers(other) and other.covers(key):
        assert one.covers(key)


@given(st.lists(st.tuples(scopes, st.booleans()), max_size=5), scopes, keys)
def test_a_resume_ends_all_that_it_covers_and_no_more(given_holds, lifted, key):
    made = [
        Hold(
            JournalKind.RECALL if recalls else JournalKind.HOLD,
            scope, "mia", "", "why", AT, None if recalls else AT + HOUR, str(number),
        )
        for number, (scope, recalls) in enumerate(given_holds)
    ]  # fmt: skip
    before = Holds(made)
    after = Holds(item._replace(lifts=(Lift(lifted, AT),)) for item in made)
    assert (before.on(key, AT) is None) == (not any(item.scope.covers(key) for item in made))
    if lifted.covers(key):
        assert after.on(key, AT) is None
    else:
        assert (after.on(key, AT) or made)[:3] == (before.on(key, AT) or made)[:3]


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        (Scope(), "everything"),
        (Scope(channel="sms"), "everything on sms"),
        (Scope("acme", "", "leith", "sms"), "acme at leith on sms"),
        (Scope("acme", "winter"), "acme/winter"),
    ],
)
def test_a_scope_reads_as_what_it_is(scope, told):
    assert str(scope) == told
