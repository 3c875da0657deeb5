"""What HTML may point at: links to the web, and no content that another server would deliver.

A remote image in a mail or a page tells its server who looked, and can change after approval.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from storesync.render.addresses import SCHEMES, scheme_of
from storesync.render.markup import Tag
from storesync.render.places import HOLE

# Attributes that lead somewhere when a person follows them, and elements whose href does.
_LINKS = frozenset({"action", "cite", "formaction", "longdesc"})
# Attributes that say what a page does: no value may stand in them.
NEVER = frozenset(
    (
        "attributename",
        "by",
        "content",
        "from",
        "http-equiv",
        "rel",
        "srcdoc",
        "to",
        "type",
        "values",
    )
)
_LINKING = frozenset({"a", "area"})
# Attributes that load something by themselves.
_LOADING_WORDS = (
    "archive background classid code codebase data dynsrc icon imagesrcset lowsrc manifest ping "
    "poster profile src srcset xlink:href href"
)
_LOADING = frozenset(_LOADING_WORDS.split())
_LISTS = frozenset({"archive", "imagesrcset", "ping", "srcset"})
_FRAMES = frozenset({"applet", "embed", "frame", "iframe", "object", "portal", "script"})
# What a <link> is to: these relations load nothing.
_QUIET_RELATIONS = frozenset(
    {"alternate", "author", "canonical", "help", "license", "next", "prev"}
)
_ANIMATIONS = frozenset({"animate", "animatemotion", "animatetransform", "set"})
_NEVER = frozenset({"base"})
_PAINTING = re.compile(r"(fill|stroke|filter|mask|clip-path|marker(-start|-mid|-end)?|cursor)\Z")
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\n\f\r])?|\r\n|\n|(.))", re.DOTALL)
_CSS_TOKEN = re.compile(
    r"""/\*.*?(?:\*/|\Z)
    | "((?:[^"\\\n\r\f]|\\.)*)"?
    | '((?:[^'\\\n\r\f]|\\.)*)'?
    | url\(\s*(?!["'\s])((?:[^)\\]|\\.)*)\)?""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_FETCHED_WORDS = "blob cid data file filesystem ftp ftps http https mid ws wss"
_FETCHED = frozenset(_FETCHED_WORDS.split())
_SLASHES = re.compile(r"[\\/]{2}")
_LOCAL_DATA = re.compile(r"data:(?:image|font)/[a-z0-9.+-]+[;,]", re.IGNORECASE)
_SKIPPED = re.compile(r"[\x00-\x20]")


def is_link(element: str, attribute: str) -> bool:
    """Say whether an attribute holds an address to follow."""
    if attribute in {"href", "xlink:href"}:
        return element in _LINKING
    return attribute in _LINKS


def is_painting(attribute: str) -> bool:
    """Say whether an attribute of a drawing (SVG) holds a style's value."""
    return bool(_PAINTING.match(attribute))


def is_loading(attribute: str) -> bool:
    """Say whether an attribute holds an address that is loaded (if it is no link)."""
    return attribute in _LOADING


def problems(tag: Tag) -> Iterator[tuple[str, str]]:
    """Yield (rule, message) for each thing wrong with a start tag."""
    element = tag.element
    if element in _NEVER:
        yield "remote-content", f"<{element}> would turn relative addresses into remote ones"
    quiet = element == "link" and _is_quiet(tag)
    for name, value in tag.attributes:
        text = html.unescape(value)
        if element in _ANIMATIONS and name == "attributename" and "href" in text.lower():
            yield "template-not-allowed", f"<{element}> may not change an address"
        elif name == "http-equiv" and text.strip().lower() == "refresh":
            yield "template-not-allowed", "a page may not lead elsewhere by itself"
        elif name == "srcdoc":
            yield "template-not-allowed", "srcdoc is not allowed: include the content itself"
        elif is_link(element, name) or (quiet and name == "href"):
            yield from _link(name, text)
        elif is_loading(name):
            yield from _loaded(element, name, text)
        elif name == "style" or is_painting(name):
            yield from style_problems(text)


def _is_quiet(tag: Tag) -> bool:
    relations = [value.lower().split() for name, value in tag.attributes if name == "rel"]
    return bool(relations) and all(set(words) <= _QUIET_RELATIONS for words in relations)


def _link(name: str, text: str) -> Iterator[tuple[str, str]]:
    scheme = scheme_of(text.partition(HOLE)[0])
    if scheme and scheme not in SCHEMES:
        message = f"{name} begins with {scheme}:, not with https:, http:, mailto: or tel:"
        yield "template-not-allowed", message


def _loaded(element: str, name: str, text: str) -> Iterator[tuple[str, str]]:
    # A data: address holds commas and spaces of its own, so lists are taken apart only roughly.
    for part in re.split(r"[\s,]+", text) if name in _LISTS else [text]:
        if is_remote(part) or (element in _FRAMES and scheme_of(part)):
            message = f"<{element} {name}> loads from elsewhere"
            yield "remote-content", message
            return


def is_remote(address: str) -> bool:
    """Say whether an address is neither relative nor an image or a font in itself (data:)."""
    bare = _SKIPPED.sub("", address)
    if _LOCAL_DATA.match(bare):
        return False
    return bool(scheme_of(bare)) or bool(_SLASHES.match(bare))


def is_settled_link(prefix: str) -> bool:
    """Say whether what follows `prefix` can no longer decide where an address leads to."""
    bare = _SKIPPED.sub("", prefix)
    scheme = scheme_of(bare)
    if scheme:
        return scheme in {"mailto", "tel"} or bool(
            re.match(r"https?://[^/\\?#]", bare, re.IGNORECASE)
        )
    return is_settled_path(prefix)


def is_settled_path(prefix: str) -> bool:
    """Say whether `prefix` makes an address relative, or an image in itself, whatever follows."""
    bare = _SKIPPED.sub("", prefix)
    if _LOCAL_DATA.match(bare):
        return True
    if scheme_of(bare) or _SLASHES.match(bare) or bare.strip("/\\") == "":
        return False
    return any(char in bare for char in "/?#")


def style_problems(css: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a style: addresses of other servers, and what runs code."""
    outside = _CSS_TOKEN.sub(" ", css).lower()
    if "\\" in outside:
        yield "template-not-allowed", "a style may have \\ inside quotes only"
    if "expression(" in outside or "behavior:" in outside or "-moz-binding" in outside:
        yield "template-not-allowed", "a style may not run code"
    for match in _CSS_TOKEN.finditer(css):
        content = _CSS_ESCAPE.sub(_unescaped, match[1] or match[2] or match[3] or "")
        if _is_fetched(content):
            yield "remote-content", "a style loads from elsewhere"
            return


def _is_fetched(content: str) -> bool:
    text = content.replace(HOLE, "")
    if HOLE in content and ":" in text:
        return True
    return is_remote(text) and (scheme_of(text) in _FETCHED or not scheme_of(text))


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        code = int(match[1], 16)
        return chr(code) if 0 < code < 0x110000 else "\ufffd"
    return match[2] or ""
