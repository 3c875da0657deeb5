"""Whether a text stands, word for word, in what a customer sees of a rendered part."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from markupsafe import escape

from storesync.model.channel import Part
from storesync.render import normalise

# Content that browsers do not show (HTML Living Standard, section 15.3.1, "Hidden elements").
_HIDDEN = frozenset({"head", "noembed", "noframes", "script", "style", "template", "title"})
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Content that some customers never see: what stands in for what a browser has, and what is closed.
_SELDOM_SEEN = frozenset(
    {"audio", "canvas", "datalist", "desc", "iframe", "noscript", "object", "video"}
)
_CLOSED = frozenset({"details", "dialog"})
_SELDOM_SHOWS = re.compile(
    r"visibility\s*:\s*collapse|\\"
    r"|(?:opacity|font-size)\s*:\s*0*(?:\.0*)?(?:[a-z]{1,5}|%)?\s*(?:[;!]|\Z)",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
# The first letter of Thai; it, and others behind it, write no blanks between words.
_FIRST_WITHOUT_BLANKS = "\u0e00"
# So many characters tell what a text stands in.
_BEFORE = 60
# Elements that do not part words (HTML Living Standard, "Phrasing content").
_INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "kbd"),
        *("mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var"),
        "wbr",
    }
)
_VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
        *("track", "wbr"),
    }
)
# Elements that hold text alone, whatever it looks like (HTML Living Standard, section 13.1.2).
_RAW = frozenset({"noembed", "noframes", "script", "style", "title"})
_NAME = re.compile(r"<(/?[a-zA-Z][^\s/>]*)")
_QUOTE_OR_END = re.compile("[\"'>]")
_ATTRIBUTE = re.compile(r"""([^\s=/>"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"']*))?""")
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,2000})", re.IGNORECASE)
_SAID = re.compile(
    r"""\s(?:alt|title|aria-label|content)\s{0,9}=\s{0,9}("[^"]{0,2000}"|'[^']{0,2000}')""",
    re.IGNORECASE,
)
# Characters of no width: soft hyphen, joiners, byte order mark.
_WIDTHLESS = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def shows(part: Part, rendered: str, wanted: str) -> bool:
    """Say whether a rendered part shows a text, white space and entities aside.

    In markup, what stands in comments, attributes and elements that are not shown does not count,
    or that are shown to some customers only. A part of a longer word is none.
    """
    text = _even(seen(rendered, by_all=True) if part.markup else rendered)
    return _holds(text, _even(normalise.text(part, wanted)))


def _holds(text: str, wanted: str) -> bool:
    """Say whether a text stands in another one and begins and ends no word in its midst.

    One without a letter or a figure, such as "." in place of the brand's own, says nothing.
    """
    place = text.find(wanted) if any(map(str.isalnum, wanted)) else -1
    while place >= 0:
        end = place + len(wanted)
        if not _is_inner(text, place) and not _is_inner(text, end):
            return True
        place = text.find(wanted, place + 1)
    return False


def _is_inner(text: str, place: int) -> bool:
    """Say whether a place is within a word, of languages that part words by blanks."""
    around = text[place - 1 : place + 1] if place else ""
    return len(around) == 2 and around.isalnum() and max(around) < _FIRST_WITHOUT_BLANKS


def surroundings(part: Part, rendered: str, wanted: str) -> str:
    """Return a text as a rendered part holds it, with what is around it; empty: not as it is.

    Where one part of a template shows the text in these surroundings, another one that holds them
    does: to find them takes a hundredth of the time that reading markup does.
    """
    raw = str(escape(wanted)) if part.markup else normalise.text(part, wanted)
    place = rendered.find(raw)
    return rendered[max(0, place - _BEFORE) : place + len(raw) + 1] if place >= 0 else ""


def _even(text: str) -> str:
    """Return a text with single spaces, and without what has no width."""
    return " ".join(_WIDTHLESS.sub("", text).split())


def seen(markup: str, *, by_all: bool = False) -> str:
    """Return the text of a page as it is read: no markup, no comments, nothing hidden.

    `by_all` leaves out as well what only some customers may see. It takes time in proportion to
    the page, whatever that holds; html.parser does not.
    """
    found: list[str] = []
    hidden, depth = "", 0  # the element that hides, and how many of its name are open
    place = 0
    while place < len(markup):
        start = markup.find("<", place)
        if not hidden:
            found.append(markup[place : start if start >= 0 else len(markup)])
        if start < 0:
            break
        end, name, attributes = _tag(markup, start)
        place = end
        if not name:
            found += ["<"] if end == start + 1 and not hidden else []
        elif hidden:
            if name.strip("/") == hidden:
                depth += -1 if name[0] == "/" else 1
            hidden = hidden if depth else ""
        elif name[0] != "/" and name not in _VOID and _is_hidden(name, attributes, by_all=by_all):
            hidden, depth = name, 1
            if name in _RAW:  # what looks like markup in it is none
                place = _raw_end(markup, end, name)
        elif name.strip("/") not in _INLINE:
            found.append("\n")
    return _unescaped("".join(found))


def spoken(markup: str) -> Iterator[str]:
    """Yield what a page says beside its text: its title, and descriptions of it and its pictures.

    Search engines, shared links and screen readers tell customers these.
    """
    for match in _TITLE.finditer(markup):
        yield _unescaped(match[1])
    for match in _SAID.finditer(markup):
        yield _unescaped(match[1][1:-1])


def _tag(markup: str, start: int) -> tuple[int, str, str]:
    """Return where a tag or comment ends, a tag's name (/name of its end) and its attributes.

    A "<" that begins neither ends behind itself. What is not ended goes to the end of the page.
    """
    if markup.startswith("<!--", start):
        end = markup.find("-->", start + 4)
        return (len(markup) if end < 0 else end + 3), "", ""
    named = _NAME.match(markup, start)
    if named is None:
        closed = markup.find(">", start) if markup[start + 1 : start + 2] in {"!", "?"} else start
        return (len(markup) if closed < 0 else closed + 1), "", ""
    place = named.end()
    while (mark := _QUOTE_OR_END.search(markup, place)) and mark[0] != ">":
        place = markup.find(mark[0], mark.end()) + 1
        if not place:
            mark = None
            break
    if mark is None:
        return len(markup), "", ""
    return mark.end(), named[1].lower(), markup[named.end() : mark.start()]


def _raw_end(markup: str, start: int, name: str) -> int:
    """Return where the end tag of an element of raw text begins, or the end of the page."""
    closing = re.compile(f"</{name}", re.IGNORECASE).search(markup, start)
    return closing.start() if closing else len(markup)


def _is_hidden(name: str, attributes: str, *, by_all: bool) -> bool:
    """Say whether an element is not shown; `by_all`: or not to everybody."""
    if name in _HIDDEN or (by_all and name in _SELDOM_SEEN):
        return True
    is_open = False
    for key, value in _ATTRIBUTE.findall(attributes):
        field = key.lower()
        if field == "hidden" or (field == "style" and _hides(value, by_all=by_all)):
            return True
        is_open |= field == "open"
    return by_all and name in _CLOSED and not is_open


def _hides(style: str, *, by_all: bool) -> bool:
    plain = _COMMENT.sub("", _unescaped(style.strip("\"'")))
    return bool(_HIDES.search(plain) or (by_all and _SELDOM_SHOWS.search(plain)))


def _unescaped(text: str) -> str:
    try:
        return html.unescape(text)
    except ValueError:  # a number of thousands of digits
        return text


def parts_read(parts: dict[str, str], known: tuple[Part, ...]) -> Iterator[tuple[Part, str]]:
    """Yield the parts that a customer reads alone: never what is one line, such as a subject."""
    for part in known:
        if part.name in parts and not part.one_line:
            yield part, parts[part.name]
