"""A review plan of what a merge reaches says what one of everything says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from merges import ACME, AT, Files, campaign, chain, merges

from storesync.app.context import Context, Options
from storesync.app.review.asked import Head, Question, Reviewed, answer
from storesync.app.review.published import Base
from storesync.approval.codeowners import read_codeowners
from storesync.approval.ownership import Ownership
from storesync.report.markdown import as_markdown
from storesync.source.tree import MemoryTree

LOCATION = "brands/my-brand/locations/us/main-street.yaml"
NOON = "2026-11-22T16:00:00Z"
OWNERS = b"* @ann @ben\n/brands/acme/ @mia @eve\n"
RULES = """
admins: [root]
sms_price: {GBP: 0.01}
requirements:
  - {id: facts, when: {facts_change: true}, from: [legal]}
  - {id: many, when: {locations_over: 1}, from: [head]}
  - {id: money, when: {cost_over: 1}, from: [finance]}
"""
RULED = {**chain(), "storesync.yaml": chain()["storesync.yaml"] + RULES}


@pytest.fixture
def context(fresh: Path) -> Iterator[Context]:
    with closing(Context(Options(directory=fresh, quiet=True), AT)) as opened:
        yield opened


def reviewed(context: Context, before: Files, after: Files, *, narrow: bool) -> Reviewed:
    """Return the review of a merge; of two trees in memory the ids say which files differ."""
    trees = MemoryTree(before), MemoryTree(after)
    old, new = (tree.content_ids() for tree in trees)
    paths = frozenset(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))
    base = Base(trees[0], Ownership(read_codeowners(OWNERS)))
    question = Question(AT, comment=True, narrow=narrow)
    return answer(context, base, Head(trees[1], paths, "head"), question)


def same(some: Reviewed, every: Reviewed) -> None:
    """Compare all but the errors."""
    assert some.plan.changes == every.plan.changes
    assert some.plan.fingerprint == every.plan.fingerprint
    assert (some.plan.skipped, some.plan.inherited) == (every.plan.skipped, every.plan.inherited)
    assert some.asked == every.asked
    assert some.plan.unchanged <= every.plan.unchanged
    assert comment(some) == comment(every)


def comment(found: Reviewed) -> str:
    """Return the comment without the count of what stays."""
    text = as_markdown(found.plan, found.view)
    return re.sub(r"[0-9,]+ unchanged( within its reach)?", "", text)


@pytest.mark.slow
@given(files=merges(RULED))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_ways_say_the_same(context: Context, files: tuple[Files, Files]):
    some, every = (reviewed(context, *files, narrow=narrow) for narrow in (True, False))
    same(some, every)
    if some.plan.is_whole:
        assert some.errors == every.errors
        assert some.plan == every.plan
    else:
        assert some.errors == ()
        # What is wrong elsewhere was so before.
        before = reviewed(context, files[0], files[0], narrow=False)
        told = {(item.path, item.rule, item.message) for item in before.errors}
        assert told >= {(item.path, item.rule, item.message) for item in every.errors}


def changed(path: str, old: str, new: str, files: Files = RULED) -> Files:
    assert old in files[path]
    return {**files, path: files[path].replace(old, new)}


SMS = "templates/shared/offer/sms.txt.j2"
C2 = campaign("c2")
LEEDS = f"{ACME}/locations/gb/north/leeds.yaml"
BY_SMS = changed(C2, "[web]", "[web, sms]") | {LEEDS: f"{RULED[LEEDS]}notes: Old\n"}
BY_SMS[C2] += "costs: {recipients: 200}\n"


# A campaign of another brand lacks a value, and so cannot be rendered, by a template of both.
BROKEN = changed(
    campaign("winter", "brands/zeta"), "offer: {product: tea, discount_percentage: 20}\n", ""
)


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        pytest.param(RULED, changed(C2, "Warm", "Warmer"), False, id="words"),
        pytest.param(RULED, changed(C2, "percentage: 9", "percentage: 8"), False, id="a fact"),
        pytest.param(RULED, changed(C2, "priority: 3", "priority: 28"), False, id="a rival"),
        pytest.param(RULED, changed(LEEDS, "Leeds", "Leodis"), False, id="a location"),
        pytest.param(
            BY_SMS, changed(LEEDS, "Leeds", "Leodis", BY_SMS), True, id="cost at other locations"
        ),
        pytest.param(
            BY_SMS, changed(C2, "Warm", "Warmer", BY_SMS), False, id="cost of the campaign"
        ),
        pytest.param(
            BROKEN, changed(C2, "priority: 3", "priority: 28", BROKEN), False, id="an error of zeta"
        ),
        pytest.param(RULED, changed(C2, "Warm", "W" * 50), True, id="too long a text"),
        pytest.param(RULED, changed(SMS, "{{ headline }}", "{{ n"), True, id="a broken template"),
    ],
)
def test_what_is_looked_at(context: Context, before: Files, after: Files, *, whole: bool):
    some, every = (reviewed(context, before, after, narrow=narrow) for narrow in (True, False))
    same(some, every)
    assert some.errors == every.errors
    assert some.plan.is_whole == whole
    assert some.plan.changes or some.errors


def test_the_comment_says_what_was_counted(run, fresh: Path, commit):
    text = (fresh / LOCATION).read_text(encoding="utf-8")
    commit(fresh, {LOCATION: text.replace("name: ", "name: New ")})
    args = ("plan", "--base", "HEAD~1", "--head", "HEAD", "--at", NOON)
    assert (
        "1 to update, 0 to withdraw, 0 unchanged within its reach" in run(*args, cwd=fresh).stdout
    )
    data = run(*args, "--format", "json", cwd=fresh).json
    assert (data["whole"], data["summary"]["unchanged"]) == (False, 0)
    text = run(*args, "--format", "markdown", cwd=fresh).stdout
    assert "0 unchanged within its reach (counted by" in text
    # Of files on disk nobody can say as surely what differs.
    assert run(*args[:3], *args[5:], "--format", "json", cwd=fresh).json["whole"]


def test_the_cache_of_all_files_is_not_that_of_some(run, fresh: Path, commit):
    assert run("validate", "--at", NOON, cwd=fresh).code == 0
    cache = fresh / ".storesync/cache"
    kept = {path.name: path.read_bytes() for path in cache.iterdir()}
    text = (fresh / LOCATION).read_text(encoding="utf-8")
    commit(fresh, {LOCATION: text.replace("name: ", "name: New ")})
    run("plan", "--base", "HEAD~1", "--head", "HEAD", "--at", NOON, cwd=fresh)
    assert {path.name: path.read_bytes() for path in cache.iterdir()} == kept
