"""A CODEOWNERS file: its rules with their lines, and every line that GitHub may skip or misread.

After GitHub's pages "About code owners" and "List CODEOWNERS errors" (REST). A line with a fault is
skipped there, so that a slip hands its paths to an earlier, broader line. Here such a line is a
diagnostic, and what it may have been about is in doubt (see `ownership`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from storesync.approval.pattern import Pattern, fault, read_below, read_pattern, root_of
from storesync.diagnostics import Diagnostic, printable

# Where GitHub looks, in this order; only the first one that is there counts.
PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
# From 3 MB on GitHub loads nothing; which megabytes it means is not said: the smaller ones.
TOO_LARGE = 3_000_000
_LOGIN = re.compile(r"@[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})(?:_[A-Za-z0-9]{1,40})?\Z")
_TEAM = re.compile(r"@[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9][A-Za-z0-9_-]{0,99}\Z")
_MAILBOX = re.compile(r"[A-Za-z0-9._%+-]{1,64}\Z")
_LABEL = re.compile(r"[A-Za-z0-9-]{1,63}\Z")
# The pattern, with the spaces that a backslash is before; then words.
_PATTERN = re.compile(r"(?:\\.|[^\\ \t]|\\\Z)+")
_WORD = re.compile(r"[^ \t]+")


@dataclass(frozen=True, slots=True)
class OwnerRule:
    """A sound line: who owns what its pattern matches; nobody where `owners` is empty."""

    line: int
    text: str
    pattern: Pattern
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that GitHub skips or may read in another way, and the widest it may be about."""

    reach: Pattern
    problem: Diagnostic

    @property
    def line(self) -> int:
        """Return the number of the line, from 1; 0 where the whole file is broken."""
        return self.problem.line


@dataclass(frozen=True, slots=True)
class Codeowners:
    """A file understood, in the order of its lines."""

    path: str
    rules: tuple[OwnerRule, ...] = ()
    broken: tuple[BrokenLine, ...] = ()

    @property
    def problems(self) -> list[Diagnostic]:
        """Return a diagnostic for each broken line."""
        return [item.problem for item in self.broken]


def place(sizes: Mapping[str, int]) -> str | None:
    """Return which CODEOWNERS counts among the files of a tree (path -> bytes).

    None where there is none, or where the one that counts is too large for GitHub to load.
    """
    found = next((path for path in PLACES if path in sizes), None)
    return None if found is None or sizes[found] >= TOO_LARGE else found


def read_codeowners(raw: bytes | None, path: str = PLACES[0]) -> Codeowners:
    """Read a file's bytes; None: there is no such file, and nothing can be approved."""
    if raw is None:
        return _without_rules(path, "there is no CODEOWNERS file: nobody has to approve anything")
    if len(raw) >= TOO_LARGE:
        return _without_rules(path, "3 MB or more: GitHub does not load the file")
    rules: list[OwnerRule] = []
    broken: list[BrokenLine] = []
    # Other line ends than \n are no line ends for GitHub: what they hide is looked for below.
    for number, line in enumerate(raw.decode("utf-8", "surrogateescape").split("\n"), 1):
        found = _read_line(path, number, line.removesuffix("\r"))
        if isinstance(found, OwnerRule):
            rules.append(found)
        elif found is not None:
            broken.append(found)
    return Codeowners(path, tuple(rules), tuple(broken))


def _without_rules(path: str, message: str) -> Codeowners:
    hint = "write it with: storesync codeowners"
    problem = Diagnostic("codeowners-gap", message, path, hint=hint)
    return Codeowners(path, broken=(BrokenLine(read_below(""), problem),))


def _read_line(path: str, number: int, line: str) -> OwnerRule | BrokenLine | None:
    begin = _WORD.search(line)
    if begin is None:
        return None
    hidden = _hiding(line)
    if hidden:
        return _broken(path, number, hidden, "", _HIDDEN)
    if begin[0][0] == "#":
        return None
    end = _end_of_pattern(line, begin.start())
    text = line[begin.start() : end]
    message = fault(text)
    if message:
        return _broken(path, number, begin.start() + 1, root_of(text), message)
    owners = list(_owners(line, end))
    for at, owner in owners:
        message = _fault_of_owner(owner)
        if message:
            return BrokenLine(read_pattern(text), _problem(path, number, at + 1, message))
    return OwnerRule(number, text, read_pattern(text), tuple(owner for _, owner in owners))


def _end_of_pattern(line: str, begin: int) -> int:
    found = _PATTERN.match(line, begin)
    return found.end() if found else len(line)


_HIDDEN = "a control character, behind which another line may hide"


def _hiding(line: str) -> int:
    """Return the column of a character that some readers end a line at, or do not show; else 0."""
    for column, char in enumerate(line, 1):
        if char != "\t" and unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}:
            return column
    return 0


def _owners(line: str, begin: int) -> Iterator[tuple[int, str]]:
    """Yield (index, owner) of the words up to a comment."""
    for word in _WORD.finditer(line, begin):
        if word[0][0] == "#":
            return
        yield word.start(), word[0]


def is_owner(word: str) -> bool:
    """Say whether GitHub takes a word as an owner: @login, @organisation/team or an address."""
    if word.startswith("@"):
        return bool(_LOGIN.match(word) or _TEAM.match(word))
    mailbox, _, domain = word.partition("@")
    labels = domain.split(".")
    is_domain = len(labels) > 1 and labels[-1].isalpha() and all(map(_LABEL.match, labels))
    return is_domain and bool(_MAILBOX.match(mailbox))


def is_named(rule: OwnerRule, names: Iterable[str]) -> bool:
    """Say whether a rule names somebody, whose logins (without @) and addresses are `names`."""
    folded = {name.lower() for name in names}
    return any(owner.removeprefix("@").lower() in folded for owner in rule.owners)


def _fault_of_owner(word: str) -> str:
    if is_owner(word):
        return ""
    shown = printable(word, limit=60)
    return f'"{shown}" is no owner: write @login, @organisation/team or a mail address'


def _broken(path: str, number: int, column: int, root: str, message: str) -> BrokenLine:
    return BrokenLine(read_below(root), _problem(path, number, column, message))


def _problem(path: str, number: int, column: int, message: str) -> Diagnostic:
    said = f"GitHub skips this line or reads it in another way: {message}"
    hint = "until it is mended, nothing that it may be about can be approved"
    return Diagnostic("codeowners-line", said, path, line=number, column=column, hint=hint)
