"""HTML as a person reads it: lines of text, pictures by their words, links with their target."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser
from typing import NamedTuple

_SILENT = frozenset({"script", "style", "svg", "template"})
# What stands in a line; everything else has lines of its own.
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i"}
    | {"img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong"}
    | {"sub", "sup", "time", "tt", "u", "var", "wbr"}
)
_CELLS = frozenset({"td", "th"})


class Readable(NamedTuple):
    """What is read, line by line, and what lies behind: tags, attributes and styles in order."""

    lines: tuple[str, ...]
    behind: tuple[str, ...]


def readable(part: str, text: str) -> Readable:
    """Return an artifact's part as read; of one that is no HTML, its lines."""
    if part != "html":
        return Readable(_lines(text.splitlines()), ())
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return Readable(_lines("".join(reader.text).split("\n")), tuple(reader.behind))


def _lines(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(filter(None, (" ".join(line.split()) for line in lines)))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.behind: list[str] = []
        self._silent: list[str] = []
        self._targets: list[tuple[str, int]] = []  # of open links, and where their text begins
        self._ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._targets.append((found.pop("href", ""), len(self.text)))
        alternative = found.pop("alt", "")
        self.behind.append(f"<{tag} {sorted(found.items())}")
        if tag in _SILENT:
            self._silent.append(tag)
        elif not self._silent:
            self._stand(tag, alternative)
        self._ended = False

    def _stand(self, tag: str, alternative: str) -> None:
        if tag == "img":
            self.text.append(f" [picture: {alternative}] ")
        elif tag in _CELLS or (self._ended and tag in _INLINE):
            self.text.append(" ")  # styles set apart what meets here without a space
        elif tag not in _INLINE:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.behind.append(f"/{tag}")
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.pop()
        elif tag == "a" and self._targets:
            self.text.append(self._target())
        elif tag not in _INLINE | _CELLS:
            self.text.append("\n")
        self._ended = True

    def _target(self) -> str:
        """Return where a link leads, unless its text says so."""
        target, begun = self._targets.pop()
        said = "".join(self.text[begun:]).strip()
        return "" if not target or _says(said, target) else f" (link: {target}) "

    def handle_data(self, data: str) -> None:
        self._ended = False
        if self._silent:
            self.behind.append(data)
        else:
            self.text.append(data.replace("\n", " "))


def _says(text: str, target: str) -> bool:
    scheme, _, rest = target.partition(":")
    if scheme == "tel":
        digits, wanted = ("".join(filter(str.isdecimal, item)).lstrip("0") for item in (text, rest))
        return len(digits) > 5 and wanted.endswith(digits)
    return text.rstrip("/") in {target.rstrip("/"), rest.strip("/")}
