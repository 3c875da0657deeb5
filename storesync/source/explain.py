"""A parser's error -> a diagnostic in plain words that says what to do.

libyaml and PyYAML's Python parser word the same error differently; a rule names a piece of each.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import yaml

from storesync.diagnostics import Diagnostic, printable
from storesync.source.lines import line_end, line_start, place

_IN_QUOTES = "put the whole text in quotes"
# Characters that are typed for a space, a hyphen or a colon and are none to a parser.
_ODD_INDENT = re.compile(r"[ \t-]*([^\S \t\r\n]|[\u200b-\u200d\u2060\ufeff])")
_ODD_COLON = re.compile(r"[^:\r\n]*?(?:([\uff1a\ufe55\ua789\u2236])|:([^\S \t\r\n]))")
# What Git leaves in a file that two people changed: "<<<<<<< HEAD", then ======= and >>>>>>>.
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|={7}|\|{7})(?=[ \r\n]|\Z)", re.MULTILINE)
_KEY_WITHOUT_BLANK = re.compile(r"[ \t-]*[A-Za-z_][\w-]*:[^\s:/]")


@dataclass(frozen=True, slots=True)
class _Error:
    """A parser's error with the text around it; indices count characters."""

    text: str
    context: str
    problem: str
    began: int
    index: int

    @property
    def char(self) -> str:
        return self.text[self.index : self.index + 1]

    @property
    def before(self) -> str:
        """The line up to the error."""
        return self.text[line_start(self.text, self.index) : self.index]

    def line(self, index: int) -> str:
        """Return the line that holds a character."""
        return self.text[line_start(self.text, index) : line_end(self.text, index)]


# What an explanation gives: rule, message, index to point at.
_Explained = tuple[str, str, int]


def explain(path: str, body: bytes, error: yaml.YAMLError) -> Diagnostic:
    """Return the diagnostic for an error met in parsing `body`."""
    text = body.decode()
    if (conflict := _conflict(path, text)) is not None:
        return conflict
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Diagnostic("yaml-syntax", f"not YAML: {printable(str(error))}", path, (), 1, 1)
    mark = error.problem_mark
    began = error.context_mark or mark
    met = _Error(text, error.context or "", error.problem or "", began.index, mark.index)
    rule, message, index = _explained(met)
    line, column = place(text, min(index, len(text)))
    return Diagnostic(rule, message, path, (), line, column)


def explain_text(path: str, body: bytes, index: int) -> Diagnostic:
    """Return the diagnostic for a file that is one text, which begins at `index`."""
    text = body.decode()
    if (conflict := _conflict(path, text)) is not None:
        return conflict
    met = _Error(text, "", "", index, index)
    rule, message, index = _odd_character(met) or _no_colon(met)
    rule = "yaml-empty" if rule == "yaml-syntax" else rule
    return Diagnostic(rule, message, path, (), *place(text, index))


def _conflict(path: str, text: str) -> Diagnostic | None:
    found = _CONFLICT.search(text)
    if found is None:
        return None
    message = "a merge conflict of Git is not settled here: keep one side and delete its marks"
    hint = "the marks are the lines that begin with <<<<<<<, ======= and >>>>>>>"
    return Diagnostic("yaml-syntax", message, path, (), *place(text, found.start()), hint)


def _explained(error: _Error) -> _Explained:
    for piece, explanation in _BY_CONTEXT.items():
        if piece in error.context:
            return explanation(error)
    if (odd := _odd_character(error)) is not None:
        return odd
    for pieces, explanation in _BY_PROBLEM.items():
        if any(piece in error.problem for piece in pieces):
            return explanation(error)
    return "yaml-syntax", f"not YAML: {printable(error.problem)}", error.index


def _odd_character(error: _Error) -> _Explained | None:
    """Find a character that looks like a space or a colon near the error."""
    line_above = max(line_start(error.text, error.index) - 1, 0)
    for index in dict.fromkeys((error.index, error.began, line_above)):
        start = line_start(error.text, index)
        line = error.line(index)
        for found in (_ODD_INDENT.match(line), _ODD_COLON.match(line)):
            if found is None:
                continue
            group = found.lastindex or 0
            name = (
                f"U+{ord(found[group]):04X} ({unicodedata.name(found[group], 'no name').lower()})"
            )
            message = f"{name} stands where a plain space or colon belongs: type it again"
            return "yaml-character", message, start + found.start(group)
    return None


def _bad_start(error: _Error) -> _Explained:
    if error.char == "\t":
        what = "tab used for indentation" if not error.before.strip() else "tab before a text"
        return "yaml-tab", f"{what}: use spaces instead", error.index
    return (
        "yaml-syntax",
        f'value starts with "{printable(error.char)}": put it in quotes',
        error.index,
    )


def _tab(error: _Error) -> _Explained:
    return "yaml-tab", "tab used for indentation: use spaces instead", error.index


def _reads_as(kind: str, rule: str) -> Callable[[_Error], _Explained]:
    def explanation(error: _Error) -> _Explained:
        rest = error.text[error.began : line_end(error.text, error.began)]
        shown = printable(rest.strip(), limit=40)
        message = f'"{shown}" reads as {kind}, which is not allowed: put the text in quotes'
        return rule, message, error.began

    return explanation


def _colon_inside(error: _Error) -> _Explained:
    if ": " in error.before or re.search(r"[\"'\]}]\s*$", error.before):
        message = f'a second ": " on one line: if it belongs to the text, {_IN_QUOTES}'
        return "yaml-syntax", message, error.index
    message = (
        "this line reads as part of the text above: check its indentation, and that"
        ' the line above has ": " behind its key'
    )
    start = line_start(error.text, error.index)
    return "yaml-syntax", message, start + len(error.before) - len(error.before.lstrip())


def _colon_in_brackets(error: _Error) -> _Explained:
    message = (
        f'a ":" that no blank follows, between brackets: if it belongs to the text, {_IN_QUOTES}'
    )
    return "yaml-syntax", message, error.index


def _no_colon(error: _Error) -> _Explained:
    line = error.line(error.began)
    if _KEY_WITHOUT_BLANK.match(line):
        return "yaml-syntax", 'write a space behind the ":"', error.began
    return "yaml-syntax", 'this line has no "key: value": add the ":" or indent it', error.began


def _open_quote(error: _Error) -> _Explained:
    return "yaml-syntax", "the quote that opens here is never closed", error.began


def _quote_meets_mark(error: _Error) -> _Explained:
    message = 'a text in quotes holds a line "---" or "...", or its closing quote is missing'
    return "yaml-document", message, error.index


def _behind_value(error: _Error) -> _Explained:
    """Explain an unexpected piece: behind a closed text, or at an indentation that fits nothing."""
    last = error.before.rstrip()[-1:]
    if last in {'"', "'"} and error.before.strip() != last:
        message = (
            f"text goes on behind the closing {last}: {_IN_QUOTES}"
            " (inside '…' write ' twice, inside \"…\" write \\\")"
        )
        return "yaml-syntax", message, error.index
    if last in {"]", "}"}:
        return "yaml-syntax", f'text goes on behind "{last}": {_IN_QUOTES}', error.index
    if error.char == "-":
        return "yaml-syntax", "a list item cannot stand here: check its indentation", error.index
    if error.char == ":":
        return "yaml-syntax", 'a key is missing before the ":"', error.index
    count = len(error.before)
    spaces = f"{count} space{'' if count == 1 else 's'}"
    message = f"indented by {spaces}, which fits no line above: line it up with its neighbours"
    return "yaml-syntax", message, error.index


def _open_bracket(error: _Error) -> _Explained:
    opening = error.text[error.began : error.began + 1]
    kind, closing = ("list", "]") if opening == "[" else ("mapping", "}")
    rest = error.text[error.began : line_end(error.text, error.index)]
    if re.search(r"[ \t]#", rest):
        hint = f'what follows " #" is a comment: {_IN_QUOTES}'
    elif error.index >= len(error.text.rstrip()):
        hint = f'add the "{closing}"'
    else:
        hint = f"write a comma between its parts, and {_IN_QUOTES} where it holds , : or brackets"
    return (
        "yaml-syntax",
        f'the {kind} that "{opening}" opens is not closed properly: {hint}',
        error.began,
    )


def _no_content(error: _Error) -> _Explained:
    begun = error.text[: error.index].rstrip()
    comment = re.search(r"(?<=[ \t])#", error.line(len(begun)))
    if comment and error.index > line_end(error.text, len(begun)):
        message = f'what follows " #" is a comment, so a value is missing: {_IN_QUOTES}'
        return "yaml-syntax", message, line_start(error.text, len(begun)) + comment.start()
    char = printable(error.char)
    if char and char in "-?,]}|>":
        return (
            "yaml-syntax",
            f'"{char}" cannot stand here: a text that starts with it needs quotes',
            error.index,
        )
    return "yaml-syntax", "a value is missing here: write one, or a text in quotes", error.index


def _item_in_line(error: _Error) -> _Explained:
    message = 'value starts with "-": put it in quotes, or write list items on lines of their own'
    return "yaml-syntax", message, error.index


def _question(error: _Error) -> _Explained:
    return "yaml-syntax", 'value starts with "?": put it in quotes', error.index


def _escape(error: _Error) -> _Explained:
    at = error.text.rfind("\\", 0, error.index + 1)
    shown = printable(error.text[at : at + 2])
    message = f'"{shown}" is no escape: write \\\\ for a backslash, or use single quotes'
    return "yaml-syntax", message, at


def _escaped_character(error: _Error) -> _Explained:
    at = error.text.rfind("\\", 0, error.index + 1)
    code = re.match(r"\\(?:x(..)|u(.{4})|U(.{8}))", error.text[at:])
    name = f"U+{code[code.lastindex or 0].upper():0>4}" if code else "this escape"
    message = f"escape gives {name}, a lone surrogate or no character: write the character itself"
    return "yaml-character", message, at


def _block_header(error: _Error) -> _Explained:
    sign = error.text[error.began : error.began + 1]
    message = f'value starts with "{sign}": put it in quotes, or begin the text on the next line'
    return "yaml-syntax", message, error.began


def _two_parts(error: _Error) -> _Explained:
    if error.char == "-":
        return "yaml-syntax", "a list item stands beside keys: check its indentation", error.index
    return _behind_value(error)


_BY_CONTEXT: dict[str, Callable[[_Error], _Explained]] = {
    "scanning an alias": _reads_as("an alias", "yaml-anchor"),
    "scanning an anchor": _reads_as("an anchor", "yaml-anchor"),
    "scanning a tag": _reads_as("a tag", "yaml-tag"),
    "parsing a tag": _reads_as("a tag", "yaml-tag"),
    "scanning a directive": _reads_as("a directive", "yaml-directive"),
}
_BY_PROBLEM: dict[tuple[str, ...], Callable[[_Error], _Explained]] = {
    ("cannot start any token",): _bad_start,
    ("found a tab character",): _tab,
    ("undefined tag handle",): _reads_as("a tag", "yaml-tag"),
    ("mapping values are not allowed",): _colon_inside,
    ("unexpected ':'",): _colon_in_brackets,
    ("could not find expected ':'",): _no_colon,
    ("unexpected end of stream",): _open_quote,
    ("unexpected document",): _quote_meets_mark,
    ("unknown escape character",): _escape,
    ("hexdecimal", "hexadecimal"): _escape,
    ("invalid Unicode character escape",): _escaped_character,
    ("comment or line break", "comment or a line break", "indentation indicator"): _block_header,
    ("block sequence entries are not allowed",): _item_in_line,
    ("mapping keys are not allowed",): _question,
    ("expected ',' or",): _open_bracket,
    ("expected node content", "expected the node content"): _no_content,
    ("expected key", "expected <block end>", "expected '-' indicator"): _two_parts,
    ("<document start>",): _two_parts,
}
