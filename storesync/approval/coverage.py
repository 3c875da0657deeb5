"""What is wrong with a CODEOWNERS file in use: gaps, lines without effect, owners on their own.

And owners whose approval nobody can tell from a stranger's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from storesync.approval.codeowners import PLACES, Codeowners, OwnerRule
from storesync.approval.decide import fold
from storesync.approval.ownership import Owned, Ownership
from storesync.diagnostics import Diagnostic, Severity, printable

# Files that need an owner before they are there: whoever adds them decides otherwise.
AHEAD = (
    PLACES[0],
    ".github/workflows/new.yaml",
    "brands/new-brand/brand.yaml",
    "schemas/new.json",
    "storesync.yaml",
    "templates/new-brand/new/template.yaml",
    "templates/shared/new/template.yaml",
)
_GUARDED = ("brands/", "templates/", "schemas/", ".github/")


def check_codeowners(
    codeowners: Codeowners, paths: Iterable[str], addresses: Mapping[str, str] | None = None
) -> list[Diagnostic]:
    """Return everything wrong, in the order of the lines.

    `codeowners.path` is one of `PLACES`. `paths` are the repository's files, as far as they are
    known; `addresses` are logins by mail address: one person is one, however he is named, and
    whose any other address is nobody knows.
    """
    known = addresses or {}
    # A CODEOWNERS further down in GitHub's order changes nothing while this one is there.
    itself = PLACES[: PLACES.index(codeowners.path) + 1]
    guarded = sorted({*AHEAD, *itself, *filter(is_guarded, paths)})
    ownership = Ownership(codeowners)
    owned = ownership.of_all(guarded)
    found = [
        *codeowners.problems,
        *_gaps(codeowners.path, owned),
        *_alone(codeowners.path, owned, known),
        *_unlisted(codeowners, known),
        *_without_effect(codeowners, ownership, owned),
    ]
    return sorted(found, key=lambda item: item.sort_key)


def is_guarded(path: str) -> bool:
    """Say whether a file must have an owner: what is published hangs on it, or who may approve."""
    return path.startswith(_GUARDED) or path in AHEAD


def check_places(present: Iterable[str]) -> list[Diagnostic]:
    """Return a warning for each CODEOWNERS that GitHub does not read because of another one."""
    there = set(present)
    found = [path for path in PLACES if path in there]
    return [
        Diagnostic(
            "codeowners-unused",
            f"GitHub reads {found[0]} and not this file",
            path,
            hint="delete it; people might take it for the one that counts",
            severity=Severity.WARNING,
        )
        for path in found[1:]
    ]


def check_current(text: str, expected: str) -> list[Diagnostic]:
    """Return a diagnostic where a CODEOWNERS is not the one that the teams ask for."""
    here, there = text.replace("\r\n", "\n").split("\n"), expected.split("\n")
    if here == there:
        return []
    line = next(
        (n for n, (one, two) in enumerate(zip(here, there, strict=False), 1) if one != two),
        min(len(here), len(there)) + 1,
    )
    wanted = there[line - 1] if line <= len(there) else ""
    message = "not what the teams in storesync.yaml and brand.yaml ask for; here it would say "
    message += f'"{printable(wanted)}"' if wanted else "nothing"
    hint = "write it anew: storesync codeowners"
    return [Diagnostic("codeowners-stale", message, PLACES[0], line=line, column=1, hint=hint)]


def _gaps(path: str, owned: Sequence[Owned]) -> Iterator[Diagnostic]:
    by_line: dict[int, list[str]] = defaultdict(list)
    for item in owned:
        if not item.owners and item.doubt is None:
            by_line[item.rule.line if item.rule else 0].append(item.path)
    for line, paths in by_line.items():
        message = f"{_shown(paths)} {'has' if len(paths) == 1 else 'have'} no owner"
        message += ": this line leaves out who" if line else ": no line is about it"
        hint = "anybody's change would pass; give it two owners, or one team"
        column = 1 if line else 0
        yield Diagnostic("codeowners-gap", message, path, line=line, column=column, hint=hint)


def _alone(path: str, owned: Sequence[Owned], addresses: Mapping[str, str]) -> Iterator[Diagnostic]:
    by_line: dict[int, list[str]] = defaultdict(list)
    for item in owned:
        if item.rule and item.doubt is None and _is_one_person(item.rule, addresses):
            by_line[item.rule.line].append(item.path)
    for line, paths in by_line.items():
        verb = "hangs" if len(paths) == 1 else "hang"
        message = f"{_shown(paths)} {verb} on one person, who cannot approve what he proposes"
        hint = "name a second one, a deputy or a team"
        yield Diagnostic("codeowners-alone", message, path, line=line, column=1, hint=hint)


def _is_one_person(rule: OwnerRule, addresses: Mapping[str, str]) -> bool:
    people = {addresses.get(fold(owner), fold(owner)) for owner in rule.owners}
    return len(people) == 1 and not any("/" in owner for owner in rule.owners)


def _unlisted(codeowners: Codeowners, addresses: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield owners who are a mail address that leads to no login: `decide` counts none of them.

    A code host may know the account behind it and ask it; a proof has the login alone.
    """
    by_owner: dict[str, list[OwnerRule]] = defaultdict(list)
    for rule in codeowners.rules:
        for owner in rule.owners:
            if not owner.startswith("@") and fold(owner) not in addresses:
                by_owner[fold(owner)].append(rule)
    for name, rules in by_owner.items():
        more = f" (and of {len(rules) - 1:,} more)" if len(rules) > 1 else ""
        message = f"no approval by {name}, an owner of this line{more}, counts: "
        message += "no login is known to have that address"
        hint = f"list it in storesync.yaml (people: {{LOGIN: [{name}]}}), or name the login instead"
        yield Diagnostic(
            "codeowners-unlisted",
            message,
            codeowners.path,
            line=rules[0].line,
            column=1,
            hint=hint,
            severity=Severity.WARNING,
        )


def _without_effect(
    codeowners: Codeowners, ownership: Ownership, owned: Sequence[Owned]
) -> Iterator[Diagnostic]:
    """Yield lines that decide about no file, there or to come, because of later ones."""
    deciding = {item.rule.line for item in owned if item.rule}
    paths = [item.path for item in owned]
    for rule in codeowners.rules:
        if rule.line in deciding:
            continue
        matched = [
            path for path in (*_ahead(rule), *_near(rule, paths)) if rule.pattern.matches(path)
        ]
        later = [ownership.of(path).rule for path in matched]
        if rule in later or not any(map(is_guarded, matched)):
            continue
        line = max(item.line for item in later if item)
        message = f"this line decides nothing: line {line} comes later ({matched[-1]})"
        hint = "put what is narrow behind what is broad, or delete the line"
        yield Diagnostic(
            "codeowners-shadowed", message, codeowners.path, line=rule.line, column=1, hint=hint
        )


def _ahead(rule: OwnerRule) -> tuple[str, ...]:
    """Return files that may come and that a rule may be there for."""
    name = rule.pattern.literal
    return (name, f"{name}/any/new") if name else ("new", "any/new")


def _near(rule: OwnerRule, paths: Sequence[str]) -> Sequence[str]:
    """Return those of some sorted paths that a rule may match: one, or for wildcards all."""
    name = rule.pattern.literal
    if not name:
        return paths
    begin = bisect_left(paths, f"{name}/")
    return paths[begin : begin + 1]


def _shown(paths: Sequence[str]) -> str:
    first = printable(paths[0], limit=120)
    return first if len(paths) == 1 else f"{first} and {len(paths) - 1:,} more"
