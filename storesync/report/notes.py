"""The end of a comment: who must approve, what it costs, warnings, what is left out, proof."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from storesync.plan.plan import Plan
from storesync.plan.skipped import Skipped
from storesync.report.escape import as_code, escape
from storesync.report.fit import first_of
from storesync.report.view import View

_BOUNDS = (20, 7_000)  # lines and characters of each section
_ELSEWHERE = "`storesync plan --format json`"
_MOST_CAMPAIGNS = 5
_MOST_PEOPLE = 10
_FOLDED_FROM = 4
_WIDEST = 80


def approval_lines(view: View) -> list[str]:
    """Return who must approve and why, one line for each rule."""
    if not view.approvals:
        return []
    lines = _shown(map(_approval, view.approvals), len(view.approvals))
    return ["### Who must approve, and why", "", *lines, ""]


def _approval(item: Mapping[str, object]) -> str:
    count = item.get("count") or 1
    people = _texts(item.get("who"))
    who = _few(people, _MOST_PEOPLE)
    asked = f"{escape(str(count))} of {who}" if len(people) > 1 or count != 1 else who
    about = _few(_texts(item.get("campaigns")) or _texts(item.get("brands")), _MOST_CAMPAIGNS)
    line = f"- **{asked or 'somebody'}**"
    why = escape(str(item.get("why") or ""))
    if why:
        line += f": {why}"
    rule = str(item.get("rule") or "")
    ending = "; ".join(filter(None, (about, f"rule {as_code(rule)}" if rule else "")))
    return f"{line} ({ending})" if ending else line


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return [str(item) for item in value] if isinstance(value, Iterable) else []


def _few(found: Sequence[str], most: int) -> str:
    shown = [escape(item, limit=_WIDEST) for item in found[:most]]
    if len(found) > most:
        shown.append(f"{len(found) - most:,} more")
    return ", ".join(shown)


def cost_lines(view: View) -> list[str]:
    """Return what it costs, where that was worked out."""
    return ["### Cost", "", escape(view.cost), ""] if view.cost else []


def warning_lines(view: View) -> list[str]:
    """Return what to be careful about: the brake first."""
    plan = view.plan
    lines = [f"- **Brake:** {escape(plan.brake)}"] if plan.brake else []
    lines += _shown((f"- {escape(text)}" for text in plan.warnings), len(plan.warnings))
    return ["### Warnings", "", *lines, ""] if lines else []


def left_out_lines(view: View) -> list[str]:
    """Return what does not go out, or stays as it is, and why."""
    plan = view.plan
    missed = [Skipped(*change.key[:4], change.reason) for change in plan.missed]
    found = [
        *_left_out(plan.held, "held"),
        *_left_out(plan.frozen, "frozen"),
        *_left_out(missed, "missed"),
        *_left_out([*plan.skipped, *plan.sent_before], "skipped"),
    ]
    if not found:
        return []
    shown = _shown((_left_out_line(view, *item) for item in found), len(found))
    if len(found) < _FOLDED_FROM:
        return ["### Left out", "", *shown, ""]
    total = _places(plan)
    summary = f"<details><summary>Left out, and why ({total})</summary>"
    return [summary, "", *shown, "", "</details>", ""]


def _places(plan: Plan) -> str:
    found = (*plan.held, *plan.frozen, *plan.skipped, *plan.sent_before)
    places = {(item.brand, item.location) for item in found}
    places |= {(change.key.brand, change.key.location) for change in plan.missed}
    return f"{len(places):,} locations" if len(places) > 1 else "1 location"


Why = tuple[str, str, str, str]


def _left_out(items: Iterable[Skipped], word: str) -> list[tuple[str, Why, set[str]]]:
    """Return what is left out for the same reason with where, the most places first."""
    found: dict[Why, set[str]] = defaultdict(set)
    for item in items:
        found[item.brand, item.campaign, item.channel, item.reason].add(item.location)
    most_first = sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    return [(word, why, places) for why, places in most_first]


def _left_out_line(view: View, word: str, why: Why, places: set[str]) -> str:
    brand, campaign, channel, reason = why
    title = escape(view.title(brand, campaign), limit=_WIDEST)
    example = as_code(min(places))
    where = f"{len(places):,} locations, such as {example}" if len(places) > 1 else example
    on = f" on {escape(channel, limit=_WIDEST)}" if channel else ""
    return f"- *{word}* · {title} · {where}{on}: {escape(reason)}"


def _shown(lines: Iterable[str], total: int) -> list[str]:
    return first_of(lines, total, _BOUNDS, _ELSEWHERE)


def proof_lines(view: View) -> list[str]:
    """Return what an approval is given to."""
    lines = [f"Fingerprint `{view.plan.fingerprint}`"]
    if view.head:
        lines.append(f"of {as_code(view.head)}")
    return ["---", "", f"<sub>{' '.join(lines)}</sub>"]
