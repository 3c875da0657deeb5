"""A template's text taken apart at its marks, without parsing it: every character keeps its place.

For what looks at words and has to be quick; what a template does is read from its syntax tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

SAID = ""  # literal text
VALUE, STATEMENT, COMMENT = "{{", "{%", "{#"
MARK = "mark"
_CLOSING = {VALUE: "}}", STATEMENT: "%}", COMMENT: "#}"}
_MARKS = re.compile(r"(\{[{%#]|[}%#]\})")


def pieces(source: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, text) of all that a source is made of, in order."""
    kind = SAID
    for text in _MARKS.split(source):
        if kind == SAID and text in _CLOSING:
            yield MARK, text
            kind = text
        elif kind != SAID and text == _CLOSING[kind]:
            yield MARK, text
            kind = SAID
        else:
            yield kind, text
