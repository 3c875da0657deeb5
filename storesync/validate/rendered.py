"""What rendering showed, as diagnostics: one for each fault, with the count of locations it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from storesync.diagnostics import Diagnostic, printable
from storesync.model.channel import KINDS
from storesync.plan.piece import Piece
from storesync.render.produce import Produced
from storesync.resolve.values import HOLLOW
from storesync.validate.codes import is_language
from storesync.validate.facts import contexts_of

# What fails while a page is rendered that lacks a value it needs, for want of that alone. The file
# where the value should stand is told; what else fails so shows once it is there.
_CONSEQUENCES = frozenset({"empty-part", "missing-slot"})
# What messages of the sandbox say of a value that is not there, or is none yet.
_WANTING = ("empty", "cannot be calculated")


@dataclass
class _Places:
    campaigns: set[str] = field(default_factory=set)
    locations: set[str] = field(default_factory=set)


def check_rendered(results: Iterable[tuple[Piece, Produced]]) -> Iterator[Diagnostic]:
    """Yield template errors at their line, and texts over a channel's limit at the campaign."""
    faults: dict[Diagnostic, _Places] = {}
    for piece, produced in results:
        if produced.failure and not is_language(piece.key.locale):
            continue  # no template can be written in it; the file that names it is told
        is_hollow = any(HOLLOW in context for context in contexts_of(piece))
        for diagnostic in faults_of(piece, produced):
            if is_hollow and _is_for_want(diagnostic):
                continue
            places = faults.setdefault(diagnostic, _Places())
            places.campaigns.add(f"{piece.key.brand}/{piece.key.campaign}")
            places.locations.add(piece.key.location)
    for diagnostic, places in faults.items():
        yield replace(diagnostic, message=f"{diagnostic.message} ({_where(places)})")


def _is_for_want(diagnostic: Diagnostic) -> bool:
    """Say whether a fault of a page that lacks a value may be for want of that alone."""
    if diagnostic.rule in _CONSEQUENCES:
        return True
    wants = any(words in diagnostic.message for words in _WANTING)
    return diagnostic.rule == "template-error" and wants


def faults_of(piece: Piece, produced: Produced) -> Iterator[Diagnostic]:
    """Yield what keeps one rendered piece from going out."""
    failure = produced.failure
    if failure is not None and piece.key.channel not in KINDS:
        return  # the campaign's check says that there is no such channel
    if failure is not None:
        yield Diagnostic(
            failure.rule,
            failure.message,
            failure.path,
            ("values", failure.value) if failure.value else (),
            line=failure.line,
            hint=failure.hint,
        )
    for violation in produced.violations:
        key = piece.key
        path = violation.path or f"brands/{key.brand}/campaigns/{key.campaign}/campaign.yaml"
        yield Diagnostic(
            violation.rule,
            f"{key.channel} {key.locale}: {violation.message}",
            path,
            violation.at if violation.path else ("channels",),
            violation.line,
            violation.column,
            violation.hint,
            violation.severity,
        )


def without_repeats(found: Iterable[Diagnostic], static: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return both lists, without what rendering says again of a template that is refused anyway."""
    known = list(static)
    said = {(item.rule, item.path, item.line) for item in known}
    # A part that is too large to be read is not missing, and of one that is, another one is told.
    parts = {item.path for item in known if item.rule in {"template-too-large", "missing-part"}}
    said |= {("missing-part", path.rpartition("/")[0], 0) for path in parts}
    return [*known, *(item for item in found if (item.rule, item.path, item.line) not in said)]


def _where(places: _Places) -> str:
    example = printable(min(places.locations))
    count = len(places.locations)
    where = f"at {count} locations, such as {example}" if count > 1 else f"at {example}"
    campaigns = sorted(places.campaigns)
    others = f" and {len(campaigns) - 1} more" if len(campaigns) > 1 else ""
    return f"{where}, in {campaigns[0]}{others}"
