"""What is wrong in people's files: values that carry their place, collected and sorted."""

from __future__ import annotations

import difflib
import enum
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# Invisible characters that belong to text a person would write: line ends, tab, emoji joiners.
_PRINTED_AS_THEY_ARE = frozenset("\u200d\ufe0f")


class Severity(enum.StrEnum):
    """How bad a diagnostic is: an `error` ends a command with exit code 1, a `warning` does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing wrong in one file.

    `rule` is an id of the table in `storesync.validate.rules`; `path` is relative to the
    repository, with `/`. `at` is the symbolic place (keys and indices from the top of the
    document); `line` and `column` are 1-based, 0 where not known, and are filled in from the
    document's positions where only `at` is given. `span` says from which to which character of
    the text at `at` it reaches; `end_line` and `end_column`, just behind it, are filled in with
    the others. `fix` is what to write there instead, as it has to stand in the file; None where
    nobody but a person can say.
    """

    rule: str
    message: str
    path: str
    at: tuple[str | int, ...] = ()
    line: int = 0
    column: int = 0
    hint: str = ""
    severity: Severity = Severity.ERROR
    span: tuple[int, int] | None = None
    end_line: int = 0
    end_column: int = 0
    fix: str | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """The order of reports: by file, then by place, then by rule."""
        return (self.path, self.line, self.column, self.rule, self.message)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Say whether any of `diagnostics` is an error."""
    return any(item.severity is Severity.ERROR for item in diagnostics)


def printable(text: str, *, limit: int = 200) -> str:
    r"""Make hostile text safe to print: controls, bidi and other invisible characters as \uXXXX.

    Longer text is cut at `limit` characters with an ellipsis.
    """
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    if cut.isascii() and cut.isprintable():
        return cut
    return "".join(char if _is_shown(char) else _escaped(char) for char in cut)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return 'did you mean "x"?' for the nearest of `known`, or an empty string."""
    near = nearest(word, known)
    return f'did you mean "{near}"?' if near else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the one of `known` that a word is most likely a slip of, or an empty string."""
    near = difflib.get_close_matches(word[:80], list(known), n=1, cutoff=0.6)
    return near[0] if near else ""


def _is_shown(char: str) -> bool:
    return char in _PRINTED_AS_THEY_ARE or unicodedata.category(char) not in {
        "Cc",
        "Cf",
        "Co",
        "Cn",
        "Cs",
        "Zl",
        "Zp",
    }


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
