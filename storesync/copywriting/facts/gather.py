"""From what templates see to facts: values of fact types, flight, hours, contact, names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from storesync.copywriting.facts.facts import Facts
from storesync.model.template import Variable


def facts_of(
    shared: Mapping[str, Any],
    own: Mapping[str, Any] | None = None,
    statements: Sequence[str] = (),
    claims: Sequence[str] = (),
    variables: Mapping[str, Variable] | None = None,
) -> Facts:
    """Return what is declared in the contexts that templates see.

    `shared` is `resolve.context.shared_context` with the flight (`plan.pieces.with_flight`), `own`
    is `own_context`, None for a campaign without its locations. `variables` are the template's;
    those of the types integer, number, money, date and url are facts. A text is none: only
    `statements` and `claims` that somebody declared.
    """
    raise NotImplementedError
