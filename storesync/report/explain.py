"""Where each value comes from: as text and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from storesync.diagnostics import printable
from storesync.resolve.explain import Explained, Option, Source
from storesync.schedule.zones import written
from storesync.source.history import Commit

Place = tuple[str, int]


class Authors(NamedTuple):
    """Who wrote what: (path, at) -> path and line of a value, and the commit of each such line.

    `unknown` is what is said of a line without one, `approvers` are logins by the commit's id.
    """

    lines: Mapping[tuple[str, Any], Place]
    commits: Mapping[Place, Commit]
    unknown: str
    approvers: Mapping[str, tuple[str, ...]]

    def commit(self, source: Source) -> Commit | None:
        """Return the commit that wrote a value's line, None where nobody can tell."""
        return self.commits.get(self.lines[source.path, source.at])


def as_data(item: Explained, authors: Authors) -> dict[str, Any]:
    """Return a value with its layers, the one that counts last."""
    lines, last = authors.lines, item.layers[-1]
    place, commit = lines[last.path, last.at], authors.commit(last)
    return {
        "name": item.name,
        "value": item.value,
        "path": place[0],
        "line": place[1],
        "commit": commit.id if commit else None,
        "approved_by": list(authors.approvers.get(commit.id, ())) if commit else [],
        "layers": [
            {
                "layer": source.layer,
                "path": source.path,
                "line": lines[source.path, source.at][1],
                "value": source.value,
                "until": written(source.until) if source.until else None,
            }
            for source in item.layers
        ],
        "option": _option(item.option),
        "copy": [
            {
                "channel": copy.channel,
                "locale": copy.locale,
                "path": copy.source.path,
                "line": lines[copy.source.path, copy.source.at][1],
                "value": copy.value,
                "option": _option(copy.option),
            }
            for copy in item.copies
        ],
    }


def _option(option: Option | None) -> dict[str, int] | None:
    return {"number": option.number, "of": option.of} if option else None


def as_text(item: Explained, authors: Authors) -> str:
    """Return a value, who set it, and what it overrode."""
    *below, last = item.layers
    text = [f"{item.name} = {_shown(item.value)}", _origin(last, item.option, authors)]
    verb = "adds to  " if item.adds_up else "overrides"
    text += [f"    {verb} {_below(source, authors)}" for source in reversed(below)]
    for copy in item.copies:
        text.append(f"  on {copy.channel} in {copy.locale} = {_shown(copy.value)}")
        text.append(_origin(copy.source, copy.option, authors))
    return "\n".join(text)


def _origin(source: Source, option: Option | None, authors: Authors) -> str:
    path, line = authors.lines[source.path, source.at]
    commit = authors.commit(source)
    who = authors.unknown
    if commit is not None:
        wrote = f"{printable(commit.author, limit=80)}: {printable(commit.subject)}"
        who = f"{commit.id[:10]} {commit.at:%Y-%m-%d} {wrote}"
        logins = authors.approvers.get(commit.id, ())
        who += f", approved by {', '.join(map(printable, logins))}" if logins else ""
    chosen = f", option {option.number} of {option.of} by the location's id" if option else ""
    until = f"  until {written(source.until)}" if source.until else ""
    return f"    {source.layer:9} {path}:{line}{chosen}{until}  ({who})"


def _below(source: Source, authors: Authors) -> str:
    path, line = authors.lines[source.path, source.at]
    return f"{source.layer:9} {path}:{line}  {_shown(source.value)}"


def _shown(value: object) -> str:
    if isinstance(value, dict) and set(value) == {"vary"}:
        return " | ".join(map(_shown, value["vary"]))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_shown(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    return printable(str(value), limit=120)
