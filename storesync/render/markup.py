"""Where in HTML a place in a template lies: a small tokenizer that can stop and be asked.

It follows the WHATWG tokenizer as far as templates need, and refuses what browsers read in
surprising ways.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from storesync.render.places import Place, State, is_plain, with_text

_SPACE = " \t\n\f\r"


class Tag(NamedTuple):
    """A tag with its attributes; a name can come more than once. An end tag is `/div`.

    A conditional comment is an element of its whole text.
    """

    element: str
    attributes: tuple[tuple[str, str], ...]


class MarkupError(Exception):
    """HTML that is not followed; `position` is where in the text it stands."""

    def __init__(self, message: str, position: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.position = position


class Event(NamedTuple):
    """A complete tag, or a complete style sheet (a Tag "style" with a text)."""

    tag: Tag
    text: str
    position: int


RAW_ELEMENTS = frozenset({"script", "style", "textarea", "title"})
_REFUSED_ELEMENTS = frozenset({"plaintext", "xmp", "noembed", "noframes", "listing"})
_SPECIAL_ELEMENTS = RAW_ELEMENTS | _REFUSED_ELEMENTS
_MAX_ATTRIBUTES = 200
_UNQUOTED_END = re.compile(r"[\s>]")
_TAG_START = re.compile(r"<(/?[a-zA-Z][^\s/>]*)")
_SIMPLE_TAG = re.compile(
    r"""<(/?+[a-zA-Z][a-zA-Z0-9-]*+)((?:\s++[a-zA-Z][a-zA-Z0-9:-]*+(?:="[^"]*+")?+)*+)\s*+/?+>"""
)
_SIMPLE_ATTRIBUTE = re.compile(r"""([a-zA-Z][a-zA-Z0-9:-]*+)(?:="([^"]*+)")?+""")
_COMMENT_END = re.compile(r"--!?>")
_NAME = re.compile(r"[^\s/>=\"'<]+")
# Outlook's conditional comments: what they hold is HTML to it, so it is looked at as such.
_CONDITIONAL = re.compile(
    r"<!--\[if [^\]<>]{1,80}\]>(?:<!-->|<!---->)?|<!\[if [^\]<>]{1,80}\]>|<!\[endif\](?:--)?>"
)
_CONDITIONAL_BEGUN = re.compile(r"<!(?:-?|--(?:\[[^\]<>]{0,90}\]?)?|\[[^\]<>]{0,90}\]?)-{0,2}\Z")


@dataclass(slots=True)
class _Scan:
    """One run of the tokenizer over one piece of text."""

    state: State
    text: str
    offset: int
    at: int = 0
    events: list[Event] = field(default_factory=list)

    def error(self, message: str) -> MarkupError:
        return MarkupError(message, max(self.at - self.offset, 0))

    def emit(self, tag: Tag, text: str = "") -> None:
        self.events.append(Event(tag, text, max(self.at - self.offset, 0)))


def advance(state: State, text: str) -> tuple[State, list[Event]]:
    """Read a piece of static text and return where it ends, and what was completed in it.

    Raises MarkupError for HTML that is not followed.
    """
    whole = state.pending + text
    scan = _Scan(replace(state, pending=""), whole, len(state.pending))
    while scan.at < len(whole) and not scan.state.pending:
        _STEPS[scan.state.place](scan)
    return scan.state, scan.events


def _text(scan: _Scan) -> None:
    found = scan.text.find("<", scan.at)
    if found < 0:
        scan.at = len(scan.text)
        return
    scan.at = found
    simple = _SIMPLE_TAG.match(scan.text, found)
    if simple and simple[1].lower() not in _SPECIAL_ELEMENTS:
        _take_simple(scan, simple)
        return
    rest = scan.text[found : found + 100]
    conditional = _CONDITIONAL.match(rest)
    tag = _TAG_START.match(scan.text, found)
    if conditional:
        scan.at += conditional.end()
        scan.emit(Tag(conditional[0], ()))
    elif _CONDITIONAL_BEGUN.match(rest) or rest in {"<", "</"}:
        _wait(scan)
    elif rest.startswith(("<!-->", "<!--->")):  # comments that end where they begin
        scan.at = scan.text.index(">", found) + 1
    elif rest.startswith("<!--"):
        scan.at += 4
        scan.state = replace(scan.state, place=Place.COMMENT)
    elif rest.startswith("<!["):
        raise scan.error("<![…]> sections are not allowed in templates")
    elif rest[1] in "!?":
        scan.at += 2
        scan.state = replace(scan.state, place=Place.DECLARATION)
    elif tag is None:
        scan.at += 1
    else:
        _open(scan, tag[1].lower())
        scan.at = tag.end()


def _take_simple(scan: _Scan, tag: re.Match[str]) -> None:
    """Take a whole tag at once: most are complete and quoted, and templates have thousands."""
    scan.at = tag.end()
    own = "" if tag[1].startswith("/") else tag[2]
    pairs = ((m[1].lower(), m[2] or "") for m in _SIMPLE_ATTRIBUTE.finditer(own))
    scan.emit(Tag(tag[1].lower(), tuple(pair for pair in pairs if not is_plain(pair[0]))))


def _wait(scan: _Scan) -> None:
    scan.state = replace(scan.state, pending=scan.text[scan.at :])


def _open(scan: _Scan, element: str) -> None:
    if element in _REFUSED_ELEMENTS:
        raise scan.error(f"<{element}> is not allowed in templates")
    if not re.fullmatch(r"/?[a-z][a-z0-9:._-]*", element):
        raise scan.error("a tag has a character in its name that no tag has")
    scan.state = State(Place.TAG, element=element, loose=True)


def _comment(scan: _Scan) -> None:
    end = _COMMENT_END.search(scan.text, scan.at)
    if not end:
        tail = re.search(r"-{0,2}!?\Z", scan.text[scan.at :])
        scan.at = len(scan.text) - len(tail[0]) if tail else len(scan.text)
        if scan.at < len(scan.text):
            _wait(scan)
        return
    scan.at = end.end()
    scan.state = State()


def _declaration(scan: _Scan) -> None:
    end = scan.text.find(">", scan.at)
    scan.at = len(scan.text) if end < 0 else end + 1
    if end >= 0:
        scan.state = State()


def _tag(scan: _Scan) -> None:
    char = scan.text[scan.at]
    if scan.state.loose and char not in _SPACE + "/>":
        raise scan.error("a tag's name and its attributes need a space between them")
    if char == ">":
        _close(scan)
        scan.at += 1
    elif char in _SPACE or char == "/":
        scan.at += 1
        scan.state = replace(scan.state, loose=False)
    else:
        _begin_name(scan)


def _begin_name(scan: _Scan) -> None:
    name = _NAME.match(scan.text, scan.at)
    if not name:
        raise scan.error(f"{scan.text[scan.at]} stands in a tag where an attribute should begin")
    scan.state = replace(scan.state, place=Place.NAME, name="", values=("",), loose=False)


def _name(scan: _Scan) -> None:
    char = scan.text[scan.at]
    if scan.state.loose and char not in _SPACE + "/>":
        raise scan.error("an attribute must be complete inside one branch")
    part = _NAME.match(scan.text, scan.at)
    if part:
        scan.at = part.end()
        scan.state = replace(scan.state, name=scan.state.name + part[0].lower())
    elif char in "\"'<":
        raise scan.error(f"{char} stands in an attribute's name")
    else:
        scan.state = replace(scan.state, place=Place.AFTER_NAME)


def _after_name(scan: _Scan) -> None:
    char = scan.text[scan.at]
    if char in _SPACE:
        scan.at += 1
    elif char == "=" and scan.state.loose:
        raise scan.error("an attribute must be complete inside one branch")
    elif char == "=":
        scan.at += 1
        scan.state = replace(scan.state, place=Place.BEFORE_VALUE)
    else:
        _finish_attribute(scan)


def _before_value(scan: _Scan) -> None:
    char = scan.text[scan.at]
    if char in _SPACE:
        scan.at += 1
    elif char in "\"'":
        scan.at += 1
        place = Place.DOUBLE if char == '"' else Place.SINGLE
        scan.state = replace(scan.state, place=place)
    elif char == ">":
        _finish_attribute(scan)
    else:
        scan.state = replace(scan.state, place=Place.UNQUOTED)


def _unquoted(scan: _Scan) -> None:
    found = _UNQUOTED_END.search(scan.text, scan.at)
    end = found.start() if found else len(scan.text)
    _add_value(scan, end)
    if found:
        _finish_attribute(scan)


def _quoted(scan: _Scan) -> None:
    quote = '"' if scan.state.place is Place.DOUBLE else "'"
    end = scan.text.find(quote, scan.at)
    _add_value(scan, len(scan.text) if end < 0 else end)
    if end >= 0:
        scan.at += 1
        _finish_attribute(scan)


def _add_value(scan: _Scan, end: int) -> None:
    scan.state = with_text(scan.state, scan.text[scan.at : end])
    scan.at = end


def _finish_attribute(scan: _Scan) -> None:
    if len(scan.state.attributes) > _MAX_ATTRIBUTES:
        raise scan.error("a tag has too many attributes")
    pairs = tuple((scan.state.name, value) for value in scan.state.values)
    attributes = scan.state.attributes + pairs
    scan.state = State(Place.TAG, element=scan.state.element, attributes=attributes)


def _close(scan: _Scan) -> None:
    element = scan.state.element
    scan.emit(Tag(element, () if element.startswith("/") else scan.state.attributes))
    raw = element in RAW_ELEMENTS
    scan.state = State(Place.RAW, element=element) if raw else State()


def _raw(scan: _Scan) -> None:
    found = scan.text.find("<", scan.at)
    _add_value(scan, len(scan.text) if found < 0 else found)
    if found < 0:
        return
    element = scan.state.element
    rest = scan.text[found : found + len(element) + 3].lower()
    end = f"</{element}"
    if len(rest) <= len(end) and end.startswith(rest):
        _wait(scan)
    elif rest.startswith(end) and rest[len(end)] in _SPACE + "/>":
        for value in scan.state.values:
            scan.emit(Tag(element, ()), value)
        scan.at = found + len(end)
        scan.state = State(Place.TAG, element=f"/{element}")
    elif element == "script" and rest[1] in _SPACE + "=0123456789":
        _add_value(scan, found + 1)
    else:
        raise scan.error(f"< inside <{element}> is read in different ways; write &lt; or %3C")


_STEPS = {
    Place.TEXT: _text,
    Place.RAW: _raw,
    Place.COMMENT: _comment,
    Place.DECLARATION: _declaration,
    Place.TAG: _tag,
    Place.NAME: _name,
    Place.AFTER_NAME: _after_name,
    Place.BEFORE_VALUE: _before_value,
    Place.UNQUOTED: _unquoted,
    Place.DOUBLE: _quoted,
    Place.SINGLE: _quoted,
}
