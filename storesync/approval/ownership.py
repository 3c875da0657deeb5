"""Who owns a path: the last line that matches decides, and a doubtful line puts it in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from storesync.approval.codeowners import BrokenLine, Codeowners, OwnerRule
from storesync.approval.pattern import Pattern
from storesync.diagnostics import Diagnostic

_NONE = -1


@dataclass(frozen=True, slots=True)
class Owned:
    """What CODEOWNERS says of a path.

    `rule` is the line that decides, None where none matches. `doubt` is a later line, broken, that
    may be about the path: then nobody can say who owns it, and nobody can approve it.
    """

    path: str
    rule: OwnerRule | None
    doubt: Diagnostic | None = None

    @property
    def owners(self) -> tuple[str, ...]:
        """Return the owners as GitHub sees them, which skips broken lines."""
        return self.rule.owners if self.rule else ()


class Ownership:
    """The owners of paths after one CODEOWNERS file."""

    def __init__(self, codeowners: Codeowners) -> None:
        self._rules: Sequence[OwnerRule] = codeowners.rules
        self._broken: Sequence[BrokenLine] = codeowners.broken
        self._sound = _Index([item.pattern for item in self._rules])
        self._doubtful = _Index([item.reach for item in self._broken])

    def of(self, path: str) -> Owned:
        """Return who owns a path: relative, with `/`, without empty steps."""
        found = self._sound.last(path)
        rule = self._rules[found] if found != _NONE else None
        last = self._doubtful.last(path)
        if last == _NONE:
            return Owned(path, rule)
        broken = self._broken[last]
        is_later = rule is None or broken.line == 0 or broken.line > rule.line
        return Owned(path, rule, broken.problem if is_later else None)

    def of_all(self, paths: Iterable[str]) -> list[Owned]:
        """Return who owns each of many paths."""
        return [self.of(path) for path in paths]


class _Index:
    """The last of many patterns that matches a path.

    Most patterns are about one path or one folder and are looked up; what holds wildcards is
    tried, from the last one on, where it is about the path's folder at all.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._at: dict[str, int] = {}
        self._below: dict[str, int] = {}
        self._globs: list[tuple[int, Pattern]] = []
        for number, pattern in enumerate(patterns):
            if pattern.glob is not None:
                self._globs.append((number, pattern))
            else:
                self._below[pattern.literal] = number
                if not pattern.only_below:
                    self._at[pattern.literal] = number
        self._globs.reverse()
        self._folders: dict[str, tuple[int, list[tuple[int, Pattern]]]] = {}

    def last(self, path: str) -> int:
        """Return the number of the last pattern that matches, -1 where none does."""
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            self._folders[folder] = self._about(folder)
        best, globs = self._folders[folder]
        best = max(best, self._at.get(path, _NONE))
        for number, pattern in globs:
            if number < best:
                break
            if pattern.matches(path):
                return number
        return best

    def _about(self, folder: str) -> tuple[int, list[tuple[int, Pattern]]]:
        """Return the last lookup that holds for all below a folder, and the wildcards to try."""
        best, above = self._below.get("", _NONE), f"{folder}/"
        end = above.find("/")
        while end != -1:
            best = max(best, self._below.get(above[:end], _NONE))
            end = above.find("/", end + 1)
        globs = [item for item in self._globs if above.startswith(item[1].root)]
        return best, globs
