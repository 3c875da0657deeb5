"""A plan as Markdown for a pull request's comment: harmless whatever files say, and in bounds."""

from __future__ import annotations

import re

from storesync.diagnostics import printable
from storesync.plan.plan import Group, Plan
from storesync.report.plan import SIGN, locales_of, missed_lines, skipped_lines, span, unchanged

# GitHub refuses a comment over 65,536 characters; some room is left for what others add.
_MOST_CHARACTERS = 65_000
_MOST_NOTES = 40
_WIDEST = 300
_ID = re.compile(r"[\w-]{1,80}")
# Punctuation that Markdown or GitHub reads as markup, mathematics included.
_MARKUP = re.compile(r"[\\`*_\[\]|~$!]")


def as_markdown(plan: Plan, title: str = "Plan") -> str:
    """Return a plan for a pull request's comment, cut before a comment's limit."""
    counts = plan.summary
    head = [
        f"### {escape(title)}",
        "",
        (
            f"**{counts['create']:,}** to create, **{counts['update']:,}** to update,"
            f" **{counts['withdraw']:,}** to withdraw, {unchanged(plan)}"
        ),
        "",
        "| | campaign | channel | locations | when | why |",
        "|---|---|---|---|---|---|",
    ]
    tail = _tail(plan)
    left = _MOST_CHARACTERS - sum(len(line) + 1 for line in (*head, *tail))
    return "\n".join([*head, *_rows(plan.groups(), left), *tail])


def _rows(groups: list[Group], left: int) -> list[str]:
    rows: list[str] = []
    for index, group in enumerate(groups):
        row = _row(group)
        left -= len(row) + 1
        if left < 100:
            rows.append(f"| | …and {len(groups) - index:,} more groups | | | | |")
            break
        rows.append(row)
    return rows


def _row(group: Group) -> str:
    count = group.locations
    where = f"{count:,}, such as {_code(group.example)}" if count > 1 else _code(group.example)
    if group.odd:
        where += " (differs)"
    cells = [
        f"{SIGN[group.action]} {group.action.value}",
        escape(f"{group.brand}/{group.campaign}"),
        escape(f"{group.channel} {locales_of(group)}"),
        where,
        span(group.changes).rstrip(": "),
        escape(group.reason),
    ]
    return f"| {' | '.join(cells)} |"


def _tail(plan: Plan) -> list[str]:
    notes = [
        *skipped_lines([*plan.skipped, *plan.sent_before]),
        *skipped_lines(plan.held, "held"),
        *skipped_lines(plan.frozen, "frozen"),
        *missed_lines(plan.missed),
        *(f"warning: {text}" for text in plan.warnings),
    ]
    lines = ["", *(f"- {escape(note)}" for note in notes[:_MOST_NOTES])]
    if len(notes) > _MOST_NOTES:
        lines.append(f"- …and {len(notes) - _MOST_NOTES:,} more")
    if plan.brake:
        lines += ["", f"> **Brake:** {escape(plan.brake)}"]
    return [*lines, "", f"Fingerprint `{plan.fingerprint}`"]


def escape(text: str) -> str:
    """Return text from files so that Markdown shows it as it stands: no links, images, mentions."""
    safe = _MARKUP.sub(r"\\\g<0>", printable(text, limit=_WIDEST))
    safe = safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # A space without width: GitHub looks for these behind what Markdown has made of the text.
    for mark in ("@", "#", "://", "www."):
        safe = safe.replace(mark, f"{mark[:-1]}\u200b{mark[-1]}" if mark[1:] else f"{mark}\u200b")
    return safe


def _code(text: str) -> str:
    """Return an id as code; a backslash before a bar would end a table's cell even there."""
    return f"`{text}`" if _ID.fullmatch(text) else escape(text)
