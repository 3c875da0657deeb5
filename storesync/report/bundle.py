"""One bundle of changes in a comment: what it is, where, when, why, and its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from storesync.plan.bundle import Bundle
from storesync.plan.change import Action, Change
from storesync.plan.difference import Differing
from storesync.report.escape import as_code, escape, escape_html
from storesync.report.example import example_lines
from storesync.report.fit import first_of
from storesync.report.view import View
from storesync.report.when import ending, starting

_MOST_AREAS = 6
_MOST_CAMPAIGNS = 12
_MOST_NAMED = 3
_MOST_VALUES = 6
_MOST_LISTED = 4
_WIDEST = 60
_MOST_CHARACTERS = 6_000  # of one bundle's words
# Says nothing that the heading and the words do not.
_SAID = frozenset({"new", "content", "flight started"})
_NEVER = datetime.min.replace(tzinfo=UTC)  # nothing starts before
VERBS = {Action.CREATE: "goes live", Action.UPDATE: "changes", Action.WITHDRAW: "comes down"}


def head_lines(view: View, bundle: Bundle) -> list[str]:
    """Return a bundle without its campaign's name and without its words."""
    verb = f"{VERBS[bundle.action].capitalize()} at " if bundle.odd else ""
    facts = (f"**{verb}{_number(bundle)}**", listed(bundle.channels), listed(bundle.locales))
    several = [f"- Campaigns: {_campaigns(view, bundle)}"] if len(bundle.campaigns) > 1 else []
    lines = [
        " · ".join(facts),
        "",
        *several,
        f"- Where: {_where(view, bundle)}",
        f"- When: {_when(view, bundle)}",
    ]
    if before := _before(view, bundle):
        lines.append(f"- Before: {before}")
    if bundle.difference.values:
        lines.append(f"- What: {_values(bundle.difference.values)}")
    if bundle.reason not in _SAID:
        lines.append(f"- Why: {escape(bundle.reason)}")
    return [*lines, ""]


def brief(bundle: Bundle) -> str:
    """Return in half a line what happens to a bundle, where, and to which values."""
    values = f": {_values(bundle.difference.values)}" if bundle.difference.values else ""
    return f"**{VERBS[bundle.action]} at {_number(bundle)}**{values}"


def _number(bundle: Bundle) -> str:
    count = len(bundle.locations)
    return f"{count:,} locations" if count > 1 else "1 location"


def name_of(view: View, bundle: Bundle) -> str:
    """Return what people call a campaign, and which one it is; of several, how many."""
    if len(bundle.campaigns) > 1:
        return f"{len(bundle.campaigns):,} campaigns of {escape(bundle.brand, limit=_WIDEST)}"
    [campaign] = bundle.campaigns
    shown = escape(f"{bundle.brand}/{campaign}", limit=2 * _WIDEST)
    return f"{_title(view, bundle, campaign)} ({shown})"


def _campaigns(view: View, bundle: Bundle) -> str:
    names = [_title(view, bundle, name) for name in bundle.campaigns[:_MOST_CAMPAIGNS]]
    more = len(bundle.campaigns) - len(names)
    return ", ".join(names) + (f" and {more:,} more" if more else "")


def _title(view: View, bundle: Bundle, campaign: str) -> str:
    return escape(view.title(bundle.brand, campaign), limit=_WIDEST)


def content_of(bundle: Bundle) -> set[tuple[object, ...]]:
    """Return what a new bundle's words hang on besides place and dates; of others nothing."""
    if bundle.action is not Action.CREATE or not bundle.difference.mark:
        return set()
    about = (bundle.brand, bundle.campaigns, bundle.difference.mark)
    return {(*about, channel) for channel in bundle.channels}


def listed(found: Sequence[str]) -> str:
    """Return channels or languages, the first ones of many."""
    more = f" and {len(found) - _MOST_LISTED} more" if len(found) > _MOST_LISTED else ""
    return ", ".join(escape(item, limit=_WIDEST) for item in found[:_MOST_LISTED]) + more


def _where(view: View, bundle: Bundle) -> str:
    first = {change.key.location: change for change in reversed(bundle.changes)}
    if len(first) <= _MOST_NAMED:
        return ", ".join(_named(view, first[name]) for name in sorted(first))
    areas = Counter(view.place(change).area for change in first.values())
    shown = [
        f"{escape(area, limit=_WIDEST)} ({count:,})"
        for area, count in sorted(areas.items(), key=lambda item: (-item[1], item[0]))
        if area
    ]
    if len(shown) > _MOST_AREAS:
        shown[_MOST_AREAS:] = [f"{len(shown) - _MOST_AREAS} more areas"]
    example = f"such as {_named(view, bundle.examples[0])}"
    return "; ".join([", ".join(shown), example]) if shown else example


def _named(view: View, change: Change) -> str:
    name, code = view.place(change).name, as_code(change.key.location)
    return f"{escape(name, limit=_WIDEST)} ({code})" if name else code


def _when(view: View, bundle: Bundle) -> str:
    changes = bundle.changes
    zones = [view.place(change).zone for change in changes]
    pairs = list(zip(changes, zones, strict=True))
    starts = {(change.starts, zone) for change, zone in pairs if change.starts}
    ends = {(change.ends, zone) if change.ends else None for change, zone in pairs}
    now = "now" if view.plan.at else "as soon as this is merged"
    begins = starting(starts, view.at).replace("at once", now)
    if bundle.action is Action.WITHDRAW:
        begun = any(moment <= view.at for moment, _ in starts)
        return now if begun or not starts else f"never goes live; it was to, {begins}"
    return ", ".join(filter(None, (begins or now, ending(ends))))


def _before(view: View, bundle: Bundle) -> str:
    """Return from when to when it was before, of start and end what is another one now."""
    zoned = [(item, item.was, view.place(item).zone) for item in bundle.changes if item.was]
    starts = {(was[0], zone) for item, was, zone in zoned if was[0] and was[0] != item.starts}
    ends = {(was[1], zone) if was[1] else None for item, was, zone in zoned if was[1] != item.ends}
    return ", ".join(filter(None, (starting(starts, _NEVER), ending(ends))))


def _values(values: Sequence[Differing]) -> str:
    shown = []
    for value in values[:_MOST_VALUES]:
        name = escape(value.name.replace("_", " "), limit=_WIDEST)
        if value.old or value.new:
            name += f" <del>{escape(value.old, limit=_WIDEST)}</del>"
            name += f" <b>{escape(value.new, limit=_WIDEST)}</b>"
        shown.append(name)
    if len(values) > _MOST_VALUES:
        shown.append(f"{len(values) - _MOST_VALUES} more values")
    return ", ".join(shown)


def words_lines(view: View, bundle: Bundle, *, is_open: bool) -> list[str]:
    """Return an example's words before and after, on each channel; nothing where none is known."""
    found: list[str] = []
    for change in bundle.examples:
        example = view.examples.get(change)
        if example is not None:
            found += example_lines(change, example)
    if not found:
        return []
    found = first_of(found, len(found), (len(found), _MOST_CHARACTERS), "see the preview")
    first = bundle.examples[0]
    place = view.place(first)
    where = escape_html(place.name or first.key.location, limit=_WIDEST)
    language = escape_html(first.key.locale, limit=_WIDEST)
    if len(bundle.campaigns) > 1:
        title = view.title(bundle.brand, first.key.campaign)
        where = f"{where} ({escape_html(title, limit=_WIDEST)})"
    begun = "<details open>" if is_open else "<details>"
    return [
        f"{begun}<summary>{_headline(view, bundle)} {where}, in {language}</summary>",
        "",
        *(line for text in found for line in (f"> {text}", "")),
        "</details>",
        "",
    ]


def _headline(view: View, bundle: Bundle) -> str:
    if bundle.action is Action.WITHDRAW:
        return "What comes down at"
    examples = [view.examples[change] for change in bundle.examples if change in view.examples]
    if any(example.before is not None for example in examples):
        return "Words before and after at"
    return "Words at"
