"""The frame of the outbox's pages: style, heading, way back; and how counts and times read."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import NamedTuple

from storesync.diagnostics import printable

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# One file, nothing loaded, nothing that runs: the policy says so to the browser as well.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root{color-scheme:light dark;--ink:#1c2526;--soft:#5b6b6c;--line:#dfe5e3;--paper:#fff;
--ground:#f4f6f4;--link:#0b6655;--chip:#e6f0ec}
@media(prefers-color-scheme:dark){:root{--ink:#e8eeec;--soft:#9db0ad;--line:#2d3a3a;
--paper:#182020;--ground:#101616;--link:#6fd0b8;--chip:#213230}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:64rem;margin:0 auto;padding:1.25rem 1rem 4rem}
nav,.when,code,small,footer{color:var(--soft)}
nav{font-size:.9rem}
h1{margin:.2rem 0 .3rem;font-size:1.9rem;line-height:1.2;letter-spacing:-.01em}
h2{margin:0;padding:.8rem 1rem;font-size:1.05rem;border-bottom:1px solid var(--line)}
h1,h2,b{overflow-wrap:anywhere}
.lead{margin:0 0 1.2rem;color:var(--soft)}
small,code{font-size:.82rem;font-weight:400}
code{font-family:ui-monospace,Menlo,Consolas,monospace;white-space:nowrap}
a{color:var(--link);text-decoration:none}
a:hover,a:focus-visible{text-decoration:underline}
section{margin:0 0 1.1rem;background:var(--paper);border:1px solid var(--line);
border-radius:.7rem;overflow:hidden}
ul{list-style:none;margin:0;padding:0}
.rows>li{display:grid;grid-template-columns:minmax(0,8fr) minmax(0,9fr) minmax(0,9fr);
gap:.2rem 1rem;align-items:baseline;padding:.6rem 1rem}
.rows>li+li{border-top:1px solid var(--line)}
.when{font-size:.86rem}
.chips{margin:0 0 1.1rem}
.rows .chips{margin:0}
.chips span,.what span{display:inline-block;margin:.1rem .25rem .1rem 0;border-radius:.45rem;
background:var(--chip);font-size:.86rem}
.chips span,.what a{padding:.1rem .55rem}
.what a{display:inline-block}
.what a+a{padding-left:0;font-size:.8rem}
.areas{display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));
gap:0 1.5rem;padding:.5rem}
.areas li{display:flex;justify-content:space-between;gap:1rem;padding:.25rem .5rem}
.areas span{color:var(--soft);font-variant-numeric:tabular-nums}
.pager a,.pager b{display:inline-block;min-width:2.2rem;padding:.3rem .5rem;text-align:center}
.more,.empty{margin:0;padding:.8rem 1rem}
.more{border-top:1px solid var(--line)}
footer{font-size:.82rem}
@media(max-width:44rem){.rows>li{grid-template-columns:minmax(0,1fr)}h1{font-size:1.55rem}
.what a{padding:.3rem .6rem}}
""".strip()
_FOOTER = (
    "A copy of what StoreSync has out at this moment, brand by brand. "
    "Times are UTC; each location starts and ends by its own clock."
)


class Crumb(NamedTuple):
    """A step of the way back: a title and where it leads."""

    title: str
    address: str


def frame(title: str, crumbs: Sequence[Crumb], lead: str, body: str) -> bytes:
    """Return a whole page. `title` is text; `lead` and `body` are HTML."""
    name = shown(title)
    way = " / ".join(f'<a href="{crumb.address}">{shown(crumb.title)}</a>' for crumb in crumbs)
    nav = f"<nav aria-label=Breadcrumb>{way}</nav>\n" if crumbs else ""
    page = f"""<!doctype html>
<html lang=en>
<head>
<meta charset=utf-8>
<meta name=generator content="StoreSync outbox">
<meta name=viewport content="width=device-width,initial-scale=1">
<meta http-equiv=Content-Security-Policy content="{_POLICY}">
<title>{name}</title>
<style>
{_STYLE}
</style>
</head>
<body>
<main>
{nav}<h1>{name}</h1>
<p class=lead>{lead}</p>
{body}
<footer>{_FOOTER}</footer>
</main>
</body>
</html>
"""
    return page.encode()


def shown(text: str) -> str:
    """Return text as HTML that shows it and does nothing else."""
    return html.escape(printable(text))


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 delivery", "25,601 deliveries"."""
    if number == 1:
        return f"1 {noun}"
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {plural}"


def span(starts: str, ends: str) -> str:
    """Return from when to when, of times such as 2026-12-01T13:00:00Z; empty ones are open."""
    begins, finishes = _moment(starts), _moment(ends)
    if not begins:
        return f"until {finishes}" if finishes else "without an end"
    return f"{begins} – {finishes}" if finishes else f"since {begins}"


def _moment(text: str) -> str:
    """Return 1 Dec 2026, 13:00 in one piece; what is not a time is shown as it is."""
    try:
        year, month, day = text[:10].split("-")
        words = f"{int(day)} {_MONTHS[int(month) - 1]} {year}, {text[11:16]}"
        return shown(words).replace(" ", "&nbsp;")
    except (ValueError, IndexError):
        return shown(text)
