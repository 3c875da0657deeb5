"""The audit trail as files to be kept: JSON, a table for spreadsheets, and one page to read.

What they say hangs on Git, the ledger and the forge alone, never on the moment or the machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from storesync.diagnostics import printable
from storesync.importing.export import as_csv as as_table
from storesync.report.history import Event, as_data

_TOLD = ("at", "actor", "event", "brand", "campaign", "location", "channel", "detail", "proposal")
_IDS = ("commit", "fingerprint", "hash")  # too wide for columns of a page
_COLUMNS = (*_TOLD, *_IDS)
_STYLE = (
    "body{font:14px/1.5 system-ui,sans-serif;margin:2rem;color:#1d1d1f}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.25rem .6rem;overflow-wrap:break-word}"
    "td:nth-child(8){overflow-wrap:anywhere;min-width:9rem}"  # the detail: words of any length
    "th{position:sticky;top:0;background:#fff}td:first-child{white-space:nowrap}"
    "tbody{break-inside:avoid;border-top:1px solid #ddd}"
    ".ids td{padding-top:0;font-size:11px;color:#555;white-space:normal;word-break:break-all}"
    "dt{font-weight:600}dd{margin:0 0 .5rem;word-break:break-all}"
)


@dataclass(frozen=True)
class Evidence:
    """What is told, of what, and the hashes that it hangs on; `cannot_see` is what is missing."""

    scope: str
    repository: str
    published: str
    ledger: str
    genesis: str
    chains: Mapping[str, str] = field(default_factory=dict)
    cannot_see: Sequence[str] = ()
    events: Sequence[Event] = ()


def files(evidence: Evidence) -> dict[str, bytes]:
    """Return the files by name."""
    return {
        "history.json": as_json(evidence),
        "history.csv": as_csv(evidence),
        "history.html": as_page(evidence),
    }


def as_json(evidence: Evidence) -> bytes:
    """Return everything, for programs."""
    data = {
        "scope": evidence.scope,
        "repository": evidence.repository,
        "published": evidence.published,
        "ledger": evidence.ledger,
        "genesis": evidence.genesis,
        "chains": dict(evidence.chains),
        "cannot_see": list(evidence.cannot_see),
        **as_data(evidence.events),
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def as_csv(evidence: Evidence) -> bytes:
    """Return the events as a table; nothing in it is a formula."""
    rows = as_data(evidence.events)["events"]
    shown = [[_shown(row[name]) for name in _COLUMNS] for row in rows]
    return as_table([_COLUMNS, *shown], mark=True)


def as_page(evidence: Evidence) -> bytes:
    """Return one page without scripts that needs no other file."""
    title = f"History of {_html(evidence.scope)}"
    heads = "".join(f"<th>{name}</th>" for name in _TOLD)
    rows = "\n".join(_row(row) for row in as_data(evidence.events)["events"])
    unseen = "".join(f"<li>{_html(text)}</li>" for text in evidence.cannot_see)
    missing = f"<h2>Not seen</h2>\n<ul>{unseen}</ul>\n" if unseen else ""
    facts = {
        "Repository": evidence.repository,
        "Published commit": evidence.published,
        "Ledger commit": evidence.ledger or "nothing was published",
        "Hash of its first line": evidence.genesis,
        **{f"Last hash of {name}": last for name, last in evidence.chains.items()},
    }
    told = "".join(f"<dt>{_html(name)}</dt><dd>{_html(text)}</dd>" for name, text in facts.items())
    page = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{title}</h1>
<dl>{told}</dl>
{missing}<h2>{len(evidence.events):,} events, times in UTC</h2>
<table>
<thead><tr>{heads}</tr></thead>
{rows}
</table>
</body>
</html>
"""
    return page.encode()


def _row(row: Mapping[str, Any]) -> str:
    cells = "".join(f"<td>{_html(_shown(row[name]))}</td>" for name in _TOLD)
    ids = " · ".join(f"{name} {_html(_shown(row[name]))}" for name in _IDS if row[name])
    below = f'<tr class="ids"><td colspan="{len(_TOLD)}">{ids}</td></tr>' if ids else ""
    return f"<tbody><tr>{cells}</tr>{below}</tbody>"


def _html(text: str) -> str:
    return escape(printable(text, limit=1_000))


def _shown(value: object) -> str:
    return printable(str(value or ""), limit=1_000)
