"""A plan as a comment on a pull request, for the people who decide: harmless, and in bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from storesync.plan.bundle import Bundle
from storesync.plan.change import Action
from storesync.plan.plan import Plan
from storesync.report.bundle import brief, content_of, head_lines, name_of, words_lines
from storesync.report.escape import link
from storesync.report.fit import size
from storesync.report.notes import (
    approval_lines,
    cost_lines,
    left_out_lines,
    proof_lines,
    warning_lines,
)
from storesync.report.plan import unchanged
from storesync.report.since import since_lines
from storesync.report.verdict import verdict
from storesync.report.view import View, view_of

# By this line the comment is found again and replaced.
MARKER = "<!-- storesync:plan -->"
# GitHub refuses a comment over 65,536 characters; some room is left for what others add.
MOST_CHARACTERS = 60_000
_FOR_CUT = 400
_FOR_TITLES = 60
# So much of what is left may go to naming bundles; the rest is for their words.
_SHARE_OF_HEADS = 0.6
# Among so many bundles odd ones, and each campaign's first, show their words unfolded.
_OPEN = 12
_TITLES = {
    Action.CREATE: "### Goes live",
    Action.UPDATE: "### Changes",
    Action.WITHDRAW: "### Comes down",
}
_AS_ABOVE = "<sub>The words are those above, but for the place and its dates.</sub>"
_NO_ROOM = "<sub>No room here for the words: see the preview, or `storesync render`.</sub>"
_ODD = "### Look here first: unlike the rest"


def as_markdown(plan: Plan, view: View | None = None) -> str:
    """Return a plan for a pull request's comment, under 60,000 characters whatever it holds."""
    view = view or view_of(plan)
    first = [MARKER, f"## {verdict(view)}", "", *_facts(view), ""]
    last = [
        *approval_lines(view),
        *cost_lines(view),
        *warning_lines(view),
        *left_out_lines(view),
        *proof_lines(view),
    ]
    since = since_lines(view)
    room = MOST_CHARACTERS - size([*first, *since, *last]) - _FOR_CUT
    return "\n".join([*first, *since, *_bundles(view, room), *last])


def _facts(view: View) -> Iterator[str]:
    counts = view.plan.summary
    words = {"create": "go live", "update": "change", "withdraw": "come down"}
    shown = [f"**{counts[name]:,}** {verb}" for name, verb in words.items() if counts[name]]
    shown.append(unchanged(view.plan))
    yield f"{', '.join(shown)} (counted by location, channel, language and dates)"
    most = max((item for item in view.bundles if not item.odd), key=_reach, default=None)
    if most and any(item.odd for item in view.bundles):
        yield ""
        yield f"Most of it: {name_of(view, most)} {brief(most)}"
    if view.preview_url:
        yield ""
        yield link("See every page and message as customers will", view.preview_url)


def _reach(bundle: Bundle) -> int:
    return len(bundle.locations)


def _bundles(view: View, room: int) -> list[str]:
    """Return as many bundles as there is room for, and then their words, in the same order."""
    for_heads = int(room * _SHARE_OF_HEADS)
    heads, left_out = _heads(view, for_heads)
    words = _words(view, [bundle for bundle, _ in heads], room - for_heads)
    lines: list[str] = []
    title = campaign = ""
    for (bundle, head), said in zip(heads, words, strict=True):
        if _title(bundle) != title:
            title, campaign = _title(bundle), ""
            lines += [title, ""]
        if name_of(view, bundle) != campaign:
            campaign = name_of(view, bundle)
            lines += [f"#### {campaign}", ""]
        lines += [*head, *said]
    return [*lines, *_rest(left_out)]


def _heads(view: View, left: int) -> tuple[list[tuple[Bundle, list[str]]], list[Bundle]]:
    """Return the bundles that there is room to name, with their heads, and the others."""

    def needed(bundle: Bundle, head: list[str]) -> int:
        return size(head) + len(name_of(view, bundle)) + _FOR_TITLES

    others = (needed(item, head_lines(view, item)) for item in view.bundles if not item.odd)
    kept = _kept(others, left)
    named: list[tuple[Bundle, list[str]]] = []
    left_out: list[Bundle] = []
    full: set[bool] = set()  # whether of odd bundles, of others, or of both
    for bundle in view.bundles:
        head = [] if bundle.odd in full else head_lines(view, bundle)
        needs = needed(bundle, head)
        if bundle.odd in full or needs > left - (kept if bundle.odd else 0):
            full.add(bundle.odd)
            left_out.append(bundle)
        else:
            left -= needs
            named.append((bundle, head))
    return named, left_out


def _kept(sizes: Iterable[int], left: int) -> int:
    """Return what odd bundles leave to the others, at most half: none hide what most get."""
    most, total = left // 2, 0
    for needed in sizes:
        total += needed
        if total > most:
            return most
    return total


def _words(view: View, bundles: Sequence[Bundle], left: int) -> Iterator[list[str]]:
    """Yield the words of each bundle, as long as there is room; the same words only once."""
    shown: set[tuple[object, ...]] = set()
    others = (words_lines(view, item, is_open=False) for item in bundles if not item.odd)
    kept = _kept(map(size, others), left)
    for at, bundle in enumerate(bundles):
        usable = left - kept if bundle.odd else left
        is_first = at == 0 or bundles[at - 1].campaigns != bundle.campaigns
        words = words_lines(view, bundle, is_open=at < _OPEN and (bundle.odd or is_first))
        content = content_of(bundle)
        if words and content and content <= shown:
            words = [_AS_ABOVE, ""]
        if size(words) > usable:
            words = [_NO_ROOM, ""]
        else:
            shown |= content
        if size(words) > usable:
            words = []
        left -= size(words)
        yield words


def _title(bundle: Bundle) -> str:
    return _ODD if bundle.odd else _TITLES[bundle.action]


def _rest(left_out: Sequence[Bundle]) -> list[str]:
    """Say what there was no room for, and where it is seen."""
    if not left_out:
        return []
    locations = {change.key[0:3:2] for bundle in left_out for change in bundle.changes}
    changes = sum(len(bundle.changes) for bundle in left_out)
    odd = sum(bundle.odd for bundle in left_out)
    unlike = f" ({odd:,} unlike the rest)" if odd else ""
    more = f"{len(left_out):,} more groups{unlike}: {changes:,} changes"
    more += f" at {len(locations):,} locations"
    where = "see the preview, or `storesync plan -v`"
    return [f"**… and {more}.** They do not fit in a comment: {where}.", ""]
