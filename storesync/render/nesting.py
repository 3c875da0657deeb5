"""Which elements of a page are open at a place, so that none stays open or is closed twice.

Browsers repair such a page without a word, each part after it in another place than was meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from storesync.render.markup import RAW_ELEMENTS


class Trouble(NamedTuple):
    """What is wrong, and the line of the tag."""

    line: int
    message: str


class Element(NamedTuple):
    """An open element, the line that opens it, and the only condition under which it is open."""

    name: str
    line: int
    condition: str = ""


# The elements that are open, outermost first.
Open = tuple[Element, ...]

# Elements without content, and elements whose end may be left out
# (html.spec.whatwg.org/multipage/syntax.html#elements-2 and #optional-tags).
_VOID = "area base br col embed hr img input link meta source track wbr"
_ENDED = (
    "body caption colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr"
)
_FREE = RAW_ELEMENTS | {*_VOID.split(), *_ENDED.split()}
_FOREIGN = frozenset({"math", "svg"})  # there `<path />` is complete
_OUTLOOK = "<!--[if"


def after(opened: Open, tag: str, line: int) -> tuple[Open, Trouble | None]:
    """Return what is open after a tag, and what is wrong with it.

    `tag` is an element's name, with a slash before it for an end tag, or a conditional comment.
    What only Outlook reads is not followed.
    """
    inner = opened[-1].name if opened else ""
    if tag.startswith("<!"):
        return _conditional(opened, tag, line, inside=inner == _OUTLOOK), None
    name = tag.removeprefix("/")
    if inner == _OUTLOOK or (inner in _FOREIGN and name != inner) or name in _FREE or ":" in name:
        return opened, None
    if tag == name:
        return (*opened, Element(name, line)), None
    if name == inner:
        return opened[:-1], None
    at = max((index for index, item in enumerate(opened) if item.name == name), default=None)
    if at is None:
        return opened, Trouble(line, f"</{name}> closes nothing that is open here")
    message = f"</{name}> comes while <{inner}> of line {opened[-1].line} is open"
    return opened[:at], Trouble(line, message)


def _conditional(opened: Open, comment: str, line: int, *, inside: bool) -> Open:
    if inside:
        return opened[:-1] if "endif" in comment else opened
    hidden = comment.startswith(_OUTLOOK) and comment.endswith("]>")
    return (*opened, Element(_OUTLOOK, line)) if hidden else opened


def meet(ends: Sequence[Open], condition: str = "") -> tuple[Open, Trouble | None]:
    """Return what is open where branches meet, and the first element that only some leave open.

    `condition` is that of a branch without others, which may be left out; then `ends` are its end
    and its beginning. What it opens, a later branch of the same condition may close.
    """
    if condition:
        inside, outside = ends
        same = _same(inside, outside)
        extra = inside[same:]
        if same == len(outside):
            return (*outside, *(item._replace(condition=condition) for item in extra)), None
        if not extra and {item.condition for item in outside[same:]} == {condition}:
            return inside, None
    longest = max(ends, key=len)
    for end in ends:
        same = _same(end, longest)
        if same < len(longest):
            name, line, _ = longest[same]
            return longest, Trouble(line, f"{_shown(name)} is open after some branches only")
    return longest, None


def difference(before: Open, now: Open, what: str) -> Trouble | None:
    """Return what a piece of a template leaves open or closes too much.

    `what` names the piece, such as "the file". None where it ends as it began.
    """
    same = _same(before, now)
    if same < len(now):
        name, line, _ = now[same]
        return Trouble(line, f"{_shown(name)} is not closed in {what}")
    if same < len(before):
        name, line, _ = before[same]
        return Trouble(line, f"{_shown(name)} is closed in {what}, which did not open it")
    return None


def _same(one: Open, other: Open) -> int:
    """Return how many elements from the outermost on both have open."""
    for index, (ours, theirs) in enumerate(zip(one, other, strict=False)):
        if ours.name != theirs.name:
            return index
    return min(len(one), len(other))


def _shown(name: str) -> str:
    return f"{name} …]>" if name == _OUTLOOK else f"<{name}>"
